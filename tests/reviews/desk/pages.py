"""Reading a page as a person does: the words, not the markup."""

import html
import re


def words_in(page: bytes, start: str) -> str:
    """The words inside the first element whose opening tag contains `start`.

    The element is a `div`, and no `div` stands inside it.
    """
    inner = page.decode().split(start, 1)[1].split(">", 1)[1].split("</div>", 1)[0]
    return plain(inner)


def plain(markup: str) -> str:
    """Markup without its tags, entities resolved."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def current_words(page: bytes) -> str:
    """The words marked as the claim in hand."""
    found = re.findall(r'<a class="[^"]*claim-current[^"]*"[^>]*>(.*?)</a>', page.decode(), re.DOTALL)
    return plain("".join(found))


def hidden(page: bytes, name: str) -> str:
    """The first hidden input of that name."""
    return re.search(rf'name="{name}" value="([^"]*)"', page.decode())[1]
