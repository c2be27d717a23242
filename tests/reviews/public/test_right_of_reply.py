"""The right of reply on a report: what was asked, and what had come by then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from factcheck.clock import db_now
from reviews.enums import Channel
from reviews.services import approvals, contacts, publication, verdicts
from reviews.templatetags.report_text import day
from tests import factories
from tests.reviews.reports.examples import FULL, REPORT

pytestmark = pytest.mark.django_db


def asked(*, ends, by):
    """A taken review with a question put nine days ago, to be answered `ends` from now."""
    now = db_now()
    held = factories.taken(by)
    question = contacts.Question(
        party="Ana Ruiz",
        channel=Channel.EMAIL,
        text="Where are the 40 days from?",
        asked_at=now - timedelta(days=9),
        deadline=now + ends,
    )
    return held, contacts.ask(review_id=held.pk, question=question, actor=by)


def publish(held, by):
    verdict = verdicts.submit(review_id=held.pk, submission=factories.submission(), actor=by).verdict
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    return publication.publish(review_id=held.pk, actor=factories.publisher())


def page_of(client, report):
    return client.get(f"/reports/{report.slug}").content.decode()


def test_deadline_that_still_runs_is_not_told_as_passed(client):
    by = factories.checker()
    held, question = asked(ends=timedelta(days=10), by=by)
    text = page_of(client, publish(held, by).report)
    assert "No answer came" not in text
    assert f"{day(question.deadline.isoformat())}</time>; when this was published no answer had come." in text


def test_deadline_that_has_passed_is_told_so(client):
    by = factories.checker()
    held, _ = asked(ends=timedelta(days=-1), by=by)
    text = page_of(client, publish(held, by).report)
    assert "No answer came by" in text
    assert "asked to answer by" not in text


@pytest.mark.parametrize(
    ("deadline", "response", "is_awaited"),
    [
        ("2026-05-05", None, False),
        ("2026-05-06", None, True),
        ("2026-05-06T09:59:59+00:00", None, False),
        ("2026-05-07T00:00:00+02:00", None, True),
        ("2026-05-07", "No.", False),
        (None, None, False),
    ],
)
def test_answer_is_awaited_while_the_deadline_runs(deadline, response, is_awaited):
    question = replace(FULL.contacts[0], deadline=deadline, response=response)
    assert [one.is_awaited for one in replace(REPORT, contacts=(question,)).replies] == [is_awaited]


def test_answer_that_comes_before_publication_is_in_the_report_and_told_to_the_publisher(client):
    by = factories.checker()
    held, question = asked(ends=timedelta(days=10), by=by)
    verdict = verdicts.submit(review_id=held.pk, submission=factories.submission(), actor=by).verdict
    publisher = factories.publisher()
    client.force_login(publisher)
    path = f"/admin/review/{held.pk}/"
    assert "after this verdict was written" not in client.get(path).content.decode()
    contacts.answer(contact_id=question.pk, text="It was 41 days, with the night closures.", actor=by)
    approvals.approve(verdict_id=verdict.pk, revision=verdict.revision, actor=factories.approver())
    assert "An answer came after this verdict was written." in client.get(path).content.decode()
    published = publication.publish(review_id=held.pk, actor=publisher)
    [told] = [one for one in published.warnings if one.rule == "right_of_reply"]
    assert told.detail.startswith("an answer was recorded after the verdict was written")
    text = page_of(client, published.report)
    assert "They answered: It was 41 days, with the night closures." in text
    assert "No answer came" not in text
    assert "no answer had come" not in text


def test_answer_known_to_the_author_warns_nobody():
    by = factories.checker()
    held, question = asked(ends=timedelta(days=10), by=by)
    contacts.answer(contact_id=question.pk, text="It was 41 days.", actor=by)
    assert [one.rule for one in publish(held, by).warnings if one.rule == "right_of_reply"] == []
