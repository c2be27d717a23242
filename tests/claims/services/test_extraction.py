"""Extraction as a job: stored once, re-run without harm, carried to new texts."""

import pytest

from claims.enums import Triage
from claims.models import Article, Claim, ClaimAnchor, ExtractionRun, Sentence
from claims.services import articles, editing, extraction, intake, triage
from factcheck.accounts.roles import Role
from factcheck.audit.verification import verify
from factcheck.errors import Stale
from factcheck.events.models import Event
from factcheck.jobs import runner
from factcheck.jobs.models import Job

pytestmark = pytest.mark.django_db
URL = "https://news.example/kursk"


@pytest.fixture
def olena(person):
    return person("olena", Role.CHECKER, Role.SUBMITTER)


def submit(text: str, actor) -> Article:
    submission = intake.Submission(text=text, url=URL, outlet="Example News", published_at="2025-03-14")
    return intake.submit(submission=submission, actor=actor).article


def work_off() -> None:
    """Run every queued extraction as a worker would."""
    for job in Job.objects.filter(kind=intake.EXTRACT, state="queued").order_by("pk"):
        assert runner.run(intake.EXTRACT, extraction.run, job.pk)


@pytest.fixture
def article(kursk_text, olena) -> Article:
    made = submit(kursk_text, olena)
    work_off()
    made.refresh_from_db()
    return made


def rows() -> tuple:
    return (
        list(Claim.objects.order_by("pk").values_list("pk", "statement", "triage", "superseded_at")),
        list(ClaimAnchor.objects.order_by("pk").values_list("pk", "claim", "start", "end")),
        list(Sentence.objects.order_by("pk").values_list("pk", "ordinal", "disposition")),
    )


def test_every_claim_stands_on_its_exact_words(article, kursk_text):
    assert article.status == "ready"
    assert Job.objects.get(kind=intake.EXTRACT).state == "done"
    anchors = ClaimAnchor.objects.all()
    assert anchors
    for anchor in anchors:
        assert kursk_text[anchor.start : anchor.end] == anchor.quote
    assert Claim.objects.filter(anchor__isnull=True).count() == 0
    assert verify() == []


def test_the_ledger_covers_all_the_text(article, kursk_text):
    covered = set()
    for sentence in Sentence.objects.all():
        covered.update(range(sentence.start, sentence.end))
    assert [i for i, char in enumerate(kursk_text) if not char.isspace() and i not in covered] == []


def test_claims_above_the_threshold_are_selected_by_the_system(article, settings):
    for claim in Claim.objects.all():
        expected = Triage.SELECTED if claim.score >= settings.QUEUE_THRESHOLD else Triage.SUGGESTED
        assert claim.triage == expected.value
    selected = Claim.objects.filter(triage="selected").count()
    assert 0 < selected < Claim.objects.count()
    assert Event.objects.filter(type="claim.selected").count() == selected
    assert Event.objects.filter(type="article.ready").count() == 1


def test_the_articles_own_voice_is_the_outlets(article):
    own = Claim.objects.filter(speech="author")
    assert own.exists()
    assert {claim.claimant.name for claim in own.select_related("claimant")} == {"Example News"}
    assert {claim.claimant.type for claim in own.select_related("claimant")} == {"Organization"}


def test_running_the_job_twice_gives_the_same_rows(article):
    before = rows()
    job = Job.objects.get(kind=intake.EXTRACT)
    Job.objects.filter(pk=job.pk).update(state="queued", attempts=0)
    work_off()
    assert rows() == before
    assert Job.objects.get(pk=job.pk).state == "done"


def test_another_extractor_supersedes_and_keeps_what_it_finds_again(article, monkeypatch):
    before = set(Claim.objects.values_list("pk", flat=True))
    revision = article.revisions.get()
    found = extraction.extract(revision.text, extraction._info(article))
    less = type(found)(
        language=found.language,
        document_date=found.document_date,
        extractor="another-1",
        sentences=found.sentences,
        claims=found.claims[1:],
    )
    extraction.store(article=article, revision=revision, result=less)
    standing = set(Claim.objects.filter(superseded_at__isnull=True).values_list("pk", flat=True))
    assert len(before - standing) == 1
    assert standing < before
    assert ExtractionRun.objects.filter(superseded_at__isnull=True).get().extractor == "another-1"


def test_a_touched_claim_is_never_superseded(article, olena):
    first = Claim.objects.order_by("anchor__start").first()
    triage.dismiss(claim=first, reason="old news", actor=olena)
    revision = article.revisions.get()
    found = extraction.extract(revision.text, extraction._info(article))
    nothing = type(found)(
        language="en", document_date=None, extractor="another-1", sentences=found.sentences, claims=()
    )
    extraction.store(article=article, revision=revision, result=nothing)
    assert list(Claim.objects.filter(superseded_at__isnull=True)) == [first]


def test_a_persons_disposition_survives_a_new_run(article, olena):
    sentence = Sentence.objects.order_by("ordinal").last()
    articles.dispose(article=article, sentence=sentence, disposition="not_a_claim", reason="other", actor=olena)
    revision = article.revisions.get()
    found = extraction.extract(revision.text, extraction._info(article))
    again = type(found)(
        language="en", document_date=None, extractor="another-1", sentences=found.sentences, claims=found.claims
    )
    run = extraction.store(article=article, revision=revision, result=again)
    carried = run.sentences.get(start=sentence.start, end=sentence.end)
    assert (carried.disposition, carried.reason, carried.decided_by) == ("not_a_claim", "other", olena)


def test_a_sentence_somebody_decided_is_changed_only_by_who_saw_that(article, olena, person):
    sentence, seen = Sentence.objects.order_by("ordinal").last(), None
    for reason in ("other", "opinion"):
        done = articles.dispose(
            article=article, sentence=sentence, disposition="not_a_claim", reason=reason, actor=olena, seen_at=seen
        )
        seen = done.decided_at
    with pytest.raises(Stale) as refused:
        articles.dispose(
            article=article, sentence=sentence, disposition="claim", reason="", actor=person("otto", Role.CHECKER)
        )
    assert refused.value.extra["by"] == "olena"
    assert refused.value.extra["changed"] == ["disposition"]
    assert Sentence.objects.get(pk=sentence.pk).reason == "opinion"


def test_a_new_text_carries_over_what_is_unchanged_and_asks_about_the_rest(article, kursk_text, olena):
    troops = Claim.objects.get(anchor__quote__startswith="AT THIS VERY MOMENT")
    thousands = Claim.objects.get(anchor__quote__startswith="Thousands, unfortunately")
    gone = Claim.objects.get(anchor__quote__startswith="I have strongly requested")
    for claim in (troops, thousands, gone):
        editing.edit(claim=claim, fields={"venue": "checked"}, actor=olena, expected_version=claim.version)
    changed = (
        ("Note: this article was updated.\n\n" + kursk_text)
        .replace("Thousands, unfortunately, have died", "Thousands, sadly, have died")
        .replace("I have strongly requested President Putin that their lives be spared.", "Some words.")
    )
    submit(changed, olena)
    work_off()
    for claim in (troops, thousands, gone):
        claim.refresh_from_db()
    assert troops.placement == "placed"
    assert changed[troops.anchor.start : troops.anchor.end] == troops.anchor.quote
    assert troops.anchor.revision.number == 2
    assert thousands.placement == "needs_confirmation"
    assert "sadly" in changed[thousands.proposed_start : thousands.proposed_end]
    assert gone.placement in {"orphaned", "needs_confirmation"}
    assert (
        Claim.objects.filter(superseded_at__isnull=True, touched_at__isnull=True)
        .exclude(anchor__revision__number=2)
        .count()
        == 0
    )
    assert verify() == []


def test_an_article_given_up_is_failed_and_says_so(kursk_text, olena):
    made = submit(kursk_text, olena)
    extraction.fail(str(made.pk), "MemoryError: too large")
    made.refresh_from_db()
    assert made.status == "failed"
    assert Event.objects.filter(type="article.failed").exists()


def test_a_late_extraction_of_an_older_text_changes_nothing(kursk_text, olena):
    made = submit(kursk_text, olena)
    old = made.revisions.get()
    late = extraction.extract(old.text, extraction._info(made))
    submit(kursk_text + " More words were added.", olena)
    work_off()
    before = rows()
    assert extraction.store(article=made, revision=old, result=late) is None
    assert rows() == before
    assert set(Claim.objects.filter(superseded_at__isnull=True).values_list("anchor__revision__number", flat=True)) == {
        2
    }
