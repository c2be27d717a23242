"""What one typed oneself: never overwritten unseen, never lost, offered back."""

import html
import re
from pathlib import Path

import pytest
from django.contrib.messages import get_messages

from factcheck.accounts.roles import Role
from reviews.models import Review, VerdictDraft
from reviews.services import approvals, drafts, leases, verdicts
from tests import factories
from tests.reviews.desk.pages import hidden, plain

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
AUTOSAVE = {"X-Desk-Autosave": "1"}


def address(review) -> str:
    return f"/admin/review/{review.pk}/"


def form_of(client, review) -> dict[str, str]:
    """What the verdict form of an opened page carries along."""
    page = client.get(address(review)).content.split(b'id="verdict"', 1)[1]
    return {"form": "verdict", **{name: hidden(page, name) for name in ("version", "base", "page")}}


def send(client, review, form, **typed):
    return client.post(f"{address(review)}verdict/", {**form, **typed})


def explained(page: bytes) -> str:
    return plain(re.search(r'<textarea id="verdict-explanation".*?</textarea>', page.decode(), re.DOTALL)[0]).strip()


def earlier(page: bytes) -> list[str]:
    """The values of the buttons that bring own earlier words back."""
    return re.findall(r'name="again" value="(\w+)"', page.decode())


def own(by) -> VerdictDraft:
    return VerdictDraft.objects.get(author=by)


def test_going_on_from_another_draft_keeps_ones_own_to_come_back(signed_in):
    mine, theirs = factories.checker(), factories.checker()
    review = factories.taken(mine)
    other = drafts.save(review_id=review.pk, content={"explanation": "words of theirs"}, actor=theirs)
    client = signed_in(mine)
    form = form_of(client, review)
    answer = send(client, review, form, explanation="MY OWN WORK", copy=str(other.pk))
    [said] = get_messages(answer.wsgi_request)
    assert str(said).startswith("You go on from the text you chose")
    assert own(mine).content["explanation"] == "words of theirs"
    page = client.get(address(review)).content
    assert explained(page) == "words of theirs"
    assert b"MY OWN WORK" in page
    [number] = earlier(page)
    send(client, review, form_of(client, review), explanation="theirs, and a bit more", again=number)
    page = client.get(address(review)).content
    assert explained(page) == "MY OWN WORK"
    assert "theirs, and a bit more" in page.decode()
    assert own(theirs).content == {"explanation": "words of theirs"}


def test_earlier_words_that_are_not_there_are_refused_and_nothing_is_lost(signed_in):
    by = factories.checker()
    review = factories.taken(by)
    client = signed_in(by)
    for name, value in (("again", "7"), ("again", "x"), ("copy", "0"), ("revision", "99"), ("again", "draft")):
        answer = send(client, review, form_of(client, review), explanation="MY OWN WORK", **{name: value})
        assert answer.status_code in {400, 404}
        assert explained(answer.content) == "MY OWN WORK"


@pytest.fixture
def two_windows(signed_in):
    by = factories.checker()
    review = factories.taken(by)
    client = signed_in(by)
    early, late = form_of(client, review), form_of(client, review)
    assert send(client, review, late, explanation="WORDS OF THE OTHER WINDOW").status_code == 302
    return by, review, client, early


def test_a_second_window_is_refused_and_shows_both_texts(two_windows):
    by, review, client, early = two_windows
    answer = send(client, review, early, explanation="WORDS OF THIS WINDOW", do="submit")
    assert answer.status_code == 412
    assert explained(answer.content) == "WORDS OF THIS WINDOW"
    assert b"WORDS OF THE OTHER WINDOW" in answer.content
    assert own(by).content["explanation"] == "WORDS OF THE OTHER WINDOW"
    again = {name: hidden(answer.content.split(b'id="verdict"', 1)[1], name) for name in ("base", "page")}
    assert again == {name: early[name] for name in again}


@pytest.mark.parametrize(
    ("button", "stays", "kept"),
    [
        (("instead_of", "1"), "WORDS OF THIS WINDOW", "WORDS OF THE OTHER WINDOW"),
        (("do", "aside"), "WORDS OF THE OTHER WINDOW", "WORDS OF THIS WINDOW"),
    ],
)
def test_either_text_is_chosen_and_the_other_is_kept(two_windows, button, stays, kept):
    by, review, client, early = two_windows
    refused = send(client, review, early, explanation="WORDS OF THIS WINDOW")
    assert f'name="{button[0]}" value="{button[1]}"' in refused.content.decode()
    answer = send(client, review, early, explanation="WORDS OF THIS WINDOW", **dict([button]))
    assert answer.status_code == 302
    assert own(by).content["explanation"] == stays
    assert [one["content"]["explanation"] for one in own(by).set_aside] == [kept]
    page = client.get(address(review)).content
    assert explained(page) == stays
    assert kept in page.decode()


def test_an_autosave_of_a_second_window_answers_with_both_choices(two_windows):
    by, review, client, early = two_windows
    answer = client.post(
        f"{address(review)}verdict/", {**early, "explanation": "WORDS OF THIS WINDOW"}, headers=AUTOSAVE
    )
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "<html" not in page
    assert "WORDS OF THE OTHER WINDOW" in page
    assert 'name="instead_of" value="1"' in page
    assert own(by).content["explanation"] == "WORDS OF THE OTHER WINDOW"


def test_one_window_saves_again_and_again(signed_in):
    by = factories.checker()
    review = factories.taken(by)
    client = signed_in(by)
    form = form_of(client, review)
    for words in ("a", "ab", "abc"):
        saved = client.post(f"{address(review)}verdict/", {**form, "explanation": words}, headers=AUTOSAVE)
        assert saved.status_code == 200
    assert own(by).content["explanation"] == "abc"


@pytest.mark.parametrize("base", ["x", "-1", "9" * 20])
def test_a_base_that_is_no_number_is_refused(signed_in, base):
    by = factories.checker()
    review = factories.taken(by)
    client = signed_in(by)
    answer = send(client, review, {**form_of(client, review), "base": base}, explanation="MY WORK")
    assert answer.status_code == 400
    assert b"MY WORK" in answer.content


@pytest.fixture
def overtaken(signed_in):
    """A drafted, B submitted, changes were requested, A has it again."""
    a, b = factories.checker(), factories.user(Role.CHECKER, Role.PUBLISHER)
    review = factories.taken(a)
    drafts.save(review_id=review.pk, content={"explanation": "OLD WORDS OF A"}, actor=a)
    leases.takeover(review_id=review.pk, actor=b)
    verdict = verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=b).verdict
    approvals.request_changes(verdict_id=verdict.pk, revision=1, comment="Which log?", actor=factories.approver())
    leases.release(review_id=review.pk, actor=b)
    leases.take(review_id=review.pk, actor=a)
    return a, review, verdict, signed_in(a)


def test_a_form_starts_from_the_newer_verdict_and_offers_the_older_draft(overtaken):
    a, review, verdict, client = overtaken
    page = client.get(address(review)).content
    assert explained(page) == verdict.explanation
    assert "OLD WORDS OF A" in page.decode()
    assert earlier(page) == ["draft"]
    send(client, review, form_of(client, review), explanation="better words", again="draft")
    page = client.get(address(review)).content
    assert explained(page) == "OLD WORDS OF A"
    assert [one["content"]["explanation"] for one in own(a).set_aside] == ["better words"]


def test_saving_over_an_older_draft_sets_it_aside(overtaken):
    a, review, _, client = overtaken
    form = form_of(client, review)
    for words in ("better", "better words"):
        send(client, review, form, explanation=words)
    assert own(a).content["explanation"] == "better words"
    assert [one["content"]["explanation"] for one in own(a).set_aside] == ["OLD WORDS OF A"]


def test_one_can_go_back_to_an_earlier_revision(overtaken):
    a, review, verdict, client = overtaken
    send(client, review, form_of(client, review), explanation="worse words")
    page = client.get(address(review)).content.decode()
    assert f'name="revision" value="{verdict.pk}"' in page
    send(client, review, form_of(client, review), explanation="worse words", revision=str(verdict.pk))
    assert own(a).content["explanation"] == verdict.explanation
    assert Review.objects.get(pk=review.pk).status == "in_review"


def test_a_text_refused_because_the_review_moved_on_stands_on_the_page(signed_in):
    by, other = factories.checker(), factories.checker()
    review = factories.taken(by)
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    typed = {"explanation": "AN HOUR OF <b>WORK</b>", "summary": "IN SHORT", "evidence-1-excerpt": "A LONG QUOTE"}
    answer = send(signed_in(other), review, {"form": "verdict", "version": "1"}, do="draft", **typed)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "What you typed" in page
    assert all(words in page for words in typed.values())
    assert "Source 2, excerpt" in page
    assert "&lt;b&gt;WORK" in answer.content.decode()


def test_a_comment_refused_because_the_review_moved_on_stands_on_the_page(signed_in):
    approver, author = factories.approver(), factories.checker()
    verdict = factories.submitted(author)
    verdicts.withdraw(review_id=verdict.review_id, actor=author)
    named = {"verdict": verdict.pk, "revision": 1, "form": "request_changes"}
    answer = signed_in(approver).post(
        f"{address(verdict.review)}request_changes/", {**named, "comment": "THE LOG ON PAGE 3\r\nSAYS SO"}
    )
    assert answer.status_code == 409
    assert b"THE LOG ON PAGE 3" in answer.content


def test_a_page_that_is_gone_shows_what_was_typed_for_it(signed_in):
    answer = signed_in(factories.checker()).post(
        "/admin/review/999999/verdict/", {"form": "verdict", "explanation": "AN HOUR OF WORK"}
    )
    assert answer.status_code == 404
    assert b"AN HOUR OF WORK" in answer.content


def test_nobody_reads_a_review_by_having_a_form_refused(signed_in):
    review = factories.review()
    answer = signed_in(factories.user(Role.ADMINISTRATOR)).post(f"{address(review)}verdict/", {"explanation": "MINE"})
    assert answer.status_code == 403
    assert review.claim.anchor.quote not in html.unescape(answer.content.decode())


@pytest.mark.parametrize("do", ["draft", "add_source", "submit"])
def test_a_browser_that_keeps_a_copy_hears_what_was_taken_in(signed_in, do):
    by = factories.checker()
    review = factories.taken(by)
    client = signed_in(by)
    form = form_of(client, review)
    typed = {"rating": "false", "explanation": "The log.", "evidence-0-url": "https://port.example/log"}
    typed |= {"evidence-0-title": "Log", "evidence-0-stance": "refutes", "evidence-1-stance": "refutes"}
    typed |= {"evidence-1-url": "https://daily.example/bridge", "evidence-1-title": "Bridge"}
    answer = send(client, review, form, do=do, local=form["page"], **typed)
    assert answer.status_code == 302, explained(answer.content)
    assert f"taken={form['page']}" in answer["Location"]
    assert client.get(answer["Location"]).status_code == 200


def test_every_reader_has_a_place_for_words_that_only_the_browser_has(signed_in):
    by, other = factories.checker(), factories.checker()
    verdict = factories.submitted(by)
    page = signed_in(other).get(address(verdict.review)).content.decode()
    assert f'data-typed="{other.pk}/{verdict.review_id}"' in page


def test_the_document_says_how_much_is_kept_and_how_long():
    said = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    script = (ROOT / "factcheck" / "static" / "desk" / "editor.js").read_text(encoding="utf-8")
    days = re.search(r"KEPT_FOR_MS = (\d+) \* 24 \* 3600 \* 1000", script)[1]
    assert f"the newest {drafts.KEPT_ASIDE} such texts" in said
    assert f"for {days} days" in said
    assert "`desk.typed/" in said
    assert "`desk.typed/${" in script
