"""Forgetting a source while somebody writes, submits or publishes with it."""

import threading

import pytest
from django.db import connection, connections

from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.errors import Conflict
from reviews.models import Evidence, ReportVersion, Source, VerdictDraft
from reviews.services import approvals, drafts, erasing, publication, sources, verdicts
from reviews.submissions import EvidenceItem
from tests import factories
from tests.reviews.confidential.test_forgotten_sources import HIDDEN, NAME, cite, everything_kept, hidden_source
from tests.reviews.services.test_races import at_once, refused

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


@pytest.fixture
def admin(person):
    return person("ada", Role.ADMINISTRATOR)


def beside(act):
    """Run it in a connection of its own, to its end."""

    def run():
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def erase(source, admin):
    return erasing.erase_source(source_id=source.pk, reason="asked for it", actor=admin)


def by_number(source):
    return EvidenceItem(
        stance=HIDDEN.stance, source=source.pk, confidential=True, confidential_reason="r", public_title="p"
    )


@pytest.mark.parametrize("where", ["completed", "cite"])
def test_a_submission_in_the_middle_of_an_erasure_keeps_no_word(admin, monkeypatch, where):
    cite(HIDDEN)
    source, by = hidden_source(), factories.checker()
    held = factories.taken(by)
    real, done = getattr(sources, where), []

    def slow(*args, **kwargs):
        given = real(*args, **kwargs) if where == "completed" else None
        if not done:
            done.append(beside(lambda: erase(source, admin)))
        return given if where == "completed" else real(*args, **kwargs)

    monkeypatch.setattr(sources, where, slow)
    given = factories.submission(evidence=(*factories.EVIDENCE, by_number(source)))
    verdict = verdicts.submit(review_id=held.pk, submission=given, actor=by).verdict
    assert NAME not in everything_kept()
    assert verdict.evidence.get(number=3).title == "[erased]"
    assert Source.objects.filter(erased_at__isnull=False).count() == 1
    assert verify() == []


def test_submissions_and_erasures_at_once_leave_no_word(admin):
    for _ in range(5):
        cite(HIDDEN)
        source, by = hidden_source(), factories.checker()
        held = factories.taken(by)
        given = factories.submission(evidence=(*factories.EVIDENCE, by_number(source)))
        outcomes = at_once(
            lambda held=held, given=given, by=by: verdicts.submit(review_id=held.pk, submission=given, actor=by),
            lambda source=source: erase(source, admin),
        )
        assert not refused(outcomes)
        assert NAME not in everything_kept()
    assert verify() == []


def test_publishing_and_erasing_at_once_never_leaves_a_public_name_that_was_erased(admin):
    for _ in range(5):
        ready = factories.approved()
        source = Evidence.objects.get(verdict__review=ready.pk, number=2).source
        publisher = factories.publisher()
        at_once(
            lambda ready=ready, publisher=publisher: publication.publish(review_id=ready.pk, actor=publisher),
            lambda source=source: erase(source, admin),
        )
        assert ReportVersion.objects.filter(report__review=ready.pk).count() == 1
        source.refresh_from_db()
        assert source.erased_at is None


def test_a_draft_saved_in_the_middle_of_an_erasure_keeps_what_was_new(admin, monkeypatch):
    cite(HIDDEN)
    source, by = hidden_source(), factories.checker()
    held = factories.taken(by)
    cited = {"evidence": [{"source": source.pk, "title": HIDDEN.title}]}
    first = drafts.save(review_id=held.pk, content={"summary": "old", **cited}, actor=by)
    real, done = erasing._blanked, []

    def slow(*args):
        given = real(*args)
        if not done:
            done.append(1)
            beside(
                lambda: drafts.save(
                    review_id=held.pk, content={"summary": "hours of work", **cited}, actor=by, base=first.version
                )
            )
        return given

    monkeypatch.setattr(erasing, "_blanked", slow)
    erase(source, admin)
    kept = VerdictDraft.objects.get(pk=first.pk)
    assert kept.content["summary"] == "hours of work"
    assert NAME not in everything_kept()


def test_two_erasures_in_one_draft_bring_nothing_back(admin):
    cite(HIDDEN)
    cite(EvidenceItem(**{**vars_of(HIDDEN), "title": "Talk with John Doexample"}))
    one, other = hidden_source(), Source.objects.get(title="Talk with John Doexample")
    by, held = factories.checker(), factories.review()
    told = [{"source": source.pk, "title": source.title} for source in (one, other)]
    drafts.save(review_id=held.pk, content={"evidence": told}, actor=by)
    assert not refused(at_once(lambda: erase(one, admin), lambda: erase(other, admin)))
    assert NAME not in everything_kept()


def vars_of(item):
    return {name: getattr(item, name) for name in EvidenceItem.__dataclass_fields__}


def test_an_approval_beside_an_erasure_stands_or_is_refused_whole(admin):
    verdict = cite(HIDDEN)
    approver = factories.approver()
    outcomes = at_once(
        lambda: approvals.approve(verdict_id=verdict.pk, revision=1, actor=approver),
        lambda: erase(hidden_source(), admin),
    )
    assert all(isinstance(one, Conflict) for one in refused(outcomes))
    assert NAME not in everything_kept()
    assert verify() == []
