"""The whole journey by an editor in the web admin, with a real browser."""

import shutil
import time

import pytest

from tests.harness.desks import running_desk
from tests.harness.product import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: apt-get install -y chromium"),
]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TROOPS = "THOUSANDS OF UKRAINIAN TROOPS ARE COMPLETELY SURROUNDED"
SOURCES = [
    {
        "url": "https://www.understandingwar.example/2025/03/14/assessment",
        "title": "Campaign assessment, 14 March 2025",
        "publisher": "Institute of War Studies",
        "excerpt": "No geolocated evidence indicates that a significant number of troops is encircled.",
        "stance": "refutes",
    },
    {
        "url": "https://generalstaff.example/statement",
        "title": "Statement on the Kursk direction",
        "publisher": "General Staff",
        "excerpt": "There is no threat of encirclement of our units.",
        "stance": "refutes",
    },
]


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    with running_desk(tmp_path_factory.mktemp("editors")) as running:
        running.team(olena="checker", marko="approver,publisher")
        yield running


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


class Editor:
    """One person at a browser of their own; complaints of the browser are kept."""

    def __init__(self, browser, product, folder, name: str) -> None:
        self.url, self.folder, self.name = product.url, folder, name
        self.context = browser.new_context(viewport={"width": 1280, "height": 860})
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self) -> None:
        self.page.goto(f"{self.url}/admin/")
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        sync_api.expect(self.page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def sees(self, words: str) -> None:
        sync_api.expect(self.page.get_by_text(words).first).to_be_visible()

    def picture(self, name: str) -> None:
        """The page in both themes, wide and narrow; nothing may stick out sideways."""
        for scheme in ("light", "dark"):
            for width in (1280, 360):
                self.page.set_viewport_size({"width": width, "height": 860})
                self.page.emulate_media(color_scheme=scheme)
                self.page.screenshot(path=self.folder / f"{name}-{scheme}-{width}.png", full_page=width == 360)
                wide = self.page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} is {wide} wide on a screen of {width}"
        self.page.set_viewport_size({"width": 1280, "height": 860})
        self.page.emulate_media(color_scheme="light")


def submit_article(editor: Editor, text: str) -> None:
    """Through the form; the article's page shows the claims when they are there."""
    editor.page.get_by_role("link", name="Submit", exact=True).click()
    editor.page.get_by_label("Title").fill("Putin calls on Ukrainian troops in Kursk to surrender")
    editor.page.get_by_label("Outlet").fill("Example News")
    editor.page.get_by_label("Published on").fill("2025-03-14")
    editor.press("Submit the article")
    editor.sees("The article has no text")
    assert editor.page.get_by_label("Outlet").input_value() == "Example News"
    editor.complaints.clear()  # the browser reports the refused form's 422
    editor.page.get_by_label("Address").fill("https://news.example/kursk")
    editor.page.get_by_label("Text", exact=True).fill(text)
    editor.press("Submit the article")
    editor.sees("The article is taken in")
    sync_api.expect(editor.page.get_by_text("100 % of").first).to_be_visible(timeout=30_000)


def claim_in_queue(editor: Editor):
    """The row of the troops claim, once its review is open."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        editor.open("/admin/queue/?tab=unassigned&q=troops")
        row = editor.page.locator(".row").filter(has_text=TROOPS)
        if row.count() == 1:
            return row
        time.sleep(0.2)
    raise AssertionError("the claim did not come into the queue")


def write_verdict(editor: Editor) -> None:
    """Digits rate, the empty list of sources is refused, two sources go through."""
    page = editor.page
    page.locator("h1").click()
    page.keyboard.press("6")
    assert page.get_by_label("Unproven").is_checked()
    page.get_by_label("Summary").fill("No evidence supports an encirclement of thousands of troops.")
    page.get_by_label("Explanation").fill("Analysts and both general staffs were asked; no evidence shows it.")
    editor.press("Submit for approval")
    editor.sees("0 of 2 independent sources")
    assert page.locator("#verdict-evidence .error").first.is_visible()
    assert page.get_by_label("Summary").input_value().startswith("No evidence")
    editor.picture("refused")
    editor.complaints.clear()
    for number, source in enumerate(SOURCES):
        row = page.locator(f"#verdict-evidence-{number}")
        for name in ("url", "title", "publisher", "excerpt"):
            row.locator(f"[name=evidence-{number}-{name}]").fill(source[name])
        row.locator(f"[name=evidence-{number}-stance]").select_option(source["stance"])
    page.locator("[name=evidence-0-primary]").check()
    sync_api.expect(page.locator("[data-checklist] .count")).to_have_text("4/4", timeout=10_000)
    editor.picture("review")
    page.get_by_label("Explanation").press("Control+Enter")
    editor.sees("Submitted as revision 1")


def test_an_editor_brings_a_claim_from_the_article_to_a_retracted_report(product, browser, tmp_path, kursk_text):
    olena = Editor(browser, product, tmp_path, "olena")
    marko = Editor(browser, product, tmp_path, "marko")
    olena.sign_in()
    submit_article(olena, kursk_text)
    olena.picture("article")
    shown = olena.page.locator("[data-article]").evaluate("node => node.textContent")
    assert shown == kursk_text
    row = claim_in_queue(olena)
    olena.picture("queue")
    row.get_by_role("button", name="Take").click()
    olena.sees("You have it")
    assert TROOPS in olena.page.locator(".claim-current").first.inner_text()
    assert "Donald Trump" in olena.page.locator(".facts").inner_text()
    assert "Truth Social" in olena.page.locator(".facts").inner_text()
    write_verdict(olena)
    review = olena.page.url.split("#")[0]

    marko.sign_in()
    marko.page.get_by_role("link", name="Approvals").click()
    marko.sees("No evidence supports")
    marko.picture("approvals")
    marko.press("Approve")
    marko.sees("Nothing waits for approval")
    marko.page.goto(review)
    marko.press("Publish")
    marko.sees("Published: version 1")
    address = marko.page.locator(".facts a[href^='/reports/']").get_attribute("href")

    public = browser.new_page()
    public.goto(f"{product.url}{address}")
    sync_api.expect(public.get_by_text("Unproven").first).to_be_visible()
    sync_api.expect(public.get_by_text(SOURCES[0]["title"]).first).to_be_visible()

    open_correction(marko)
    correct(olena, review)
    marko.page.goto(review)
    marko.press("Approve")
    marko.sees("Approved.")
    marko.press("Publish")
    marko.sees("Published: version 2")
    public.reload()
    sync_api.expect(public.get_by_text("A later assessment settles it.").first).to_be_visible()

    retract(marko)
    public.reload()
    sync_api.expect(public.get_by_text("The wrong statement was rated.").first).to_be_visible()
    assert public.locator("script[type='application/ld+json']").count() == 0
    marko.picture("retracted")
    assert (olena.complaints, marko.complaints) == ([], [])


def open_correction(editor: Editor) -> None:
    editor.page.locator("summary", has_text="Open a correction").click()
    form = editor.page.locator("form#correct")
    form.get_by_label("Kind of correction").select_option("rating_changed")
    form.get_by_label("Reason").fill("A later assessment settles it.")
    form.get_by_role("button", name="Open a correction").click()
    editor.sees("The correction is open")


def correct(editor: Editor, review: str) -> None:
    """The form starts from the published text; only the rating changes."""
    editor.page.goto(review)
    editor.press("Take")
    editor.sees("You have it now")
    assert editor.page.get_by_label("Unproven").is_checked()
    assert editor.page.locator("[name=evidence-1-url]").input_value() == SOURCES[1]["url"]
    editor.page.locator("[name=rating][value=false]").check()
    editor.press("Submit for approval")
    editor.sees("Submitted as revision 2")


def retract(editor: Editor) -> None:
    editor.page.locator("summary", has_text="Retract the report").click()
    form = editor.page.locator("form#retract")
    form.get_by_label("Reason").fill("The wrong statement was rated.")
    form.get_by_role("button", name="Retract the report").click()
    editor.sees("Retracted: a notice")


def test_what_was_typed_survives_a_sign_in_that_ended(product, browser, tmp_path):
    editor = Editor(browser, product, tmp_path, "olena")
    editor.sign_in()
    editor.open("/admin/submit/")
    editor.page.get_by_label("Text", exact=True).fill("The bridge was closed for 40 days.\n\nNobody said why.")
    editor.page.get_by_label("Outlet").fill("Example News")
    cookies = [one for one in editor.context.cookies() if one["name"] != "sessionid"]
    editor.context.clear_cookies()
    editor.context.add_cookies(cookies)
    editor.press("Submit the article")
    editor.page.get_by_label("Username").fill("olena")
    editor.page.get_by_label("Password").fill(PASSWORD)
    editor.press("Log in")
    editor.sees("Your sign-in had ended")
    assert editor.page.get_by_label("Outlet").input_value() == "Example News"
    assert editor.page.get_by_label("Text", exact=True).input_value().endswith("Nobody said why.")
    editor.press("Submit the article")
    editor.sees("The article is taken in")


def taken_review(editor: Editor, words: str) -> str:
    """The address of a review of its own, taken."""
    editor.page.get_by_role("link", name="Submit", exact=True).click()
    editor.page.get_by_label("Text", exact=True).fill(words)
    editor.press("Submit the article")
    sync_api.expect(editor.page.get_by_text("% of").first).to_be_visible(timeout=30_000)
    article = editor.page.url.split("#")[0].rstrip("/").rsplit("/", 1)[1]
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        editor.open(f"/admin/queue/?tab=unassigned&article={article}")
        if editor.page.locator(".row").count():
            break
        time.sleep(0.2)
    editor.page.locator(".row").first.get_by_role("button", name="Take").click()
    editor.sees("You have it")
    return editor.page.url.split("#")[0]


def test_what_the_desk_never_got_is_offered_back_by_the_browser(product, browser, tmp_path):
    editor = Editor(browser, product, tmp_path, "olena")
    editor.sign_in()
    review = taken_review(editor, "The canal was closed for 31 days in 2024, the port authority said.")
    page = editor.page
    page.route("**/verdict/", lambda route: route.abort())
    page.get_by_label("Explanation").fill("AN HOUR OF WORK")
    page.locator("[name=evidence-0-title]").fill("The port's log")
    page.locator("[name=rating]").nth(2).check()
    editor.sees("the desk cannot be reached")
    page.unroute("**/verdict/")
    page.goto("about:blank")
    page.goto(review)
    editor.sees("Typed here on")
    assert page.get_by_label("Explanation").input_value() == ""
    editor.press("Put it back into the form")
    assert page.get_by_label("Explanation").input_value() == "AN HOUR OF WORK"
    assert page.locator("[name=evidence-0-title]").input_value() == "The port's log"
    assert page.locator("[name=rating]").nth(2).is_checked()
    sync_api.expect(page.locator("[data-saved]")).to_contain_text("Draft saved at", timeout=10_000)
    page.goto("about:blank")
    page.goto(review)
    assert page.get_by_label("Explanation").input_value() == "AN HOUR OF WORK"
    assert page.get_by_text("Typed here on").count() == 0
    page.get_by_label("Explanation").fill("AN HOUR OF WORK, and more")
    page.get_by_role("button", name="Save draft").last.click()
    editor.sees("Draft saved.")
    assert "taken" not in page.url
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('desk.typed')).length") == 0
    assert page.get_by_text("Typed here on").count() == 0
    editor.context.close()


def test_two_windows_show_both_texts_and_one_is_chosen(product, browser, tmp_path):
    editor = Editor(browser, product, tmp_path, "olena")
    editor.sign_in()
    review = taken_review(editor, "The lock was closed for 17 days in 2023, the port authority said.")
    second = editor.context.new_page()
    second.goto(review)
    editor.page.get_by_label("Explanation").fill("WORDS OF THE FIRST")
    sync_api.expect(editor.page.locator("[data-saved]")).to_contain_text("Draft saved at", timeout=10_000)
    second.get_by_label("Explanation").fill("WORDS OF THE SECOND")
    sync_api.expect(second.get_by_text("saved from another window meanwhile")).to_be_visible(timeout=10_000)
    sync_api.expect(second.get_by_text("WORDS OF THE FIRST")).to_be_visible()
    assert second.get_by_label("Explanation").input_value() == "WORDS OF THE SECOND"
    second.get_by_role("button", name="Go on with what is typed here").click()
    sync_api.expect(second.get_by_text("Draft saved.")).to_be_visible()
    assert second.get_by_label("Explanation").input_value() == "WORDS OF THE SECOND"
    second.get_by_text("Yours of").click()
    second.get_by_role("button", name="Go on from these words").click()
    sync_api.expect(second.get_by_text("You go on from the text you chose")).to_be_visible()
    assert second.get_by_label("Explanation").input_value() == "WORDS OF THE FIRST"
    editor.context.close()


def test_the_desk_works_without_javascript(product, browser, tmp_path):
    """The address of a page is all that a keyboard and a form need."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{product.url}/admin/")
    page.get_by_label("Username").fill("olena")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{product.url}/admin/submit/")
    page.get_by_label("Text", exact=True).fill("The tunnel was closed for 12 days in 2025. Tickets cost 4 euros.")
    page.get_by_role("button", name="Submit the article").click()
    sync_api.expect(page.get_by_text("% of").first).to_be_visible(timeout=30_000)
    page.locator("summary", has_text="Add a claim").click()
    page.get_by_label("Exact words").fill("Tickets cost 4 euros")
    page.get_by_role("button", name="Add the claim").click()
    sync_api.expect(page.get_by_text("The claim is added").first).to_be_visible()
    article = page.url.split("#")[0].rstrip("/").rsplit("/", 1)[1]
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        page.goto(f"{product.url}/admin/queue/?tab=unassigned&article={article}&q=Tickets")
        if page.locator(".row").count():
            break
        time.sleep(0.2)
    page.get_by_role("button", name="Take review").first.click()
    page.get_by_role("button", name="Add a source").click()
    page.locator("[name=evidence-0-url]").fill("https://tickets.example/")
    page.get_by_role("button", name="Save draft").last.click()
    sync_api.expect(page.get_by_text("Draft saved.").first).to_be_visible()
    assert page.locator("[name=evidence-0-url]").input_value() == "https://tickets.example/"
    context.close()
