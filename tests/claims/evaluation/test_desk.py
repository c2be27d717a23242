"""The extraction by what people made of it, through the real services."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from claims import decisions, training_rows
from claims.enums import ClaimantType, ClaimType, Disposition, Speech
from claims.evaluation import desk
from claims.evaluation.desk import NOBODY_DECIDED, Judgement, Outcome, Tally, characters_apart
from claims.models import Article, Claim
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction, LedgerEntry, Score, Speaker
from claims.services import articles, editing, extraction, holds, intake, pairs, triage
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify

pytestmark = pytest.mark.django_db
SENTENCES = (
    "The bridge was closed for 40 days 🌉 and fares rose by 12 percent.",
    "Ana Ruiz said three parks were sold.",
    "The museum has 900 visitors a day.",
    "No ferry was late in June.",
)
TEXT = " ".join(SENTENCES)
OFFERED = (
    "The bridge was closed for 40 days 🌉 and fares rose by 12 percent",
    "three parks were sold",
    "The museum has 900",
)


@pytest.fixture
def olena(person):
    return person("olena", Role.CHECKER, Role.SUBMITTER, Role.PUBLISHER)


def span(words: str, text: str = TEXT) -> editing.Span:
    start = text.index(words)
    return editing.Span(start, start + len(words), words)


def offered(words: str, text: str, score: float) -> ExtractedClaim:
    place = span(words, text)
    speaker = Speaker("Ana Ruiz", ClaimantType.PERSON, 0.9) if "parks" in words else None
    return ExtractedClaim(
        place.start,
        place.end,
        words,
        text[max(0, place.start - 32) : place.start],
        text[place.end : place.end + 32],
        words,
        Speech.INDIRECT if speaker else Speech.AUTHOR,
        ClaimType.EVENT,
        Score(score, "model-1"),
        speaker,
    )


def extract_with(version: str, text: str = TEXT, score: float = 0.1) -> Extraction:
    places = [span(sentence, text) for sentence in SENTENCES if sentence in text]
    ledger = tuple(LedgerEntry(place.start, place.end, Disposition.UNREVIEWED) for place in places)
    found = tuple(offered(words, text, score) for words in OFFERED if words in text)
    return Extraction("en", None, version, ledger, found)


def store(article: Article, version: str, text: str = TEXT, score: float = 0.1) -> None:
    revision = article.revisions.order_by("-number")[0]
    with transaction.atomic():
        extraction.store(article=article, revision=revision, result=extract_with(version, text, score))


def read(olena, version: str = "rules-a", outlet: str = "Example News", text: str = TEXT) -> list[Claim]:
    """The claims that a version offers of a new article."""
    article = intake.submit(submission=intake.Submission(text=text, outlet=outlet), actor=olena).article
    store(article, version, text)
    return list(article.claims.order_by("pk"))


def revision_of(claim: Claim):
    return claim.article.revisions.order_by("-number")[0]


def adjust(claim: Claim, words: str, olena) -> Claim:
    return editing.adjust(
        claim=claim, revision=revision_of(claim), span=span(words), actor=olena, expected_version=claim.version
    )


def add(claim: Claim, words: str, olena) -> Claim:
    return editing.add(article=claim.article, revision=revision_of(claim), span=span(words), fields={}, actor=olena)


def name(claim: Claim, who: str, olena) -> Claim:
    fields = {"claimant": {"name": who, "type": "Person"}}
    return editing.edit(claim=claim, fields=fields, actor=olena, expected_version=claim.version)


def figures(version: str = "rules-a") -> dict:
    measured = desk.measure(decisions.offered(), decisions.judgements())
    return next(row["all_outlets"] for row in measured["versions"] if row["extractor"] == version)


def rows() -> list[dict]:
    return list(training_rows.rows())


def decided(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row["decision"] != "left_standing"]


def test_every_decision_keeps_the_version_in_history(olena):
    bridge, parks, museum = read(olena)
    triage.select(claim=bridge, actor=olena)
    adjust(bridge, "fares rose by 12 percent", olena)
    name(parks, "Bo Marr", olena)
    triage.dismiss(claim=museum, reason="trivial", actor=olena)
    add(bridge, "No ferry was late", olena)
    events = AuditEvent.objects.filter(action__startswith="claim.").order_by("pk")
    assert [(event.action, event.data["extractor"]) for event in events] == [
        ("claim.selected", "rules-a"),
        ("claim.adjusted", "rules-a"),
        ("claim.edited", "rules-a"),
        ("claim.dismissed", "rules-a"),
        ("claim.added", "rules-a"),
    ]
    assert verify() == []


def test_an_accepted_a_dismissed_and_a_standing_claim(olena):
    bridge, _, museum = read(olena)
    triage.select(claim=bridge, actor=olena)
    triage.dismiss(claim=museum, reason="Too  Trivial", actor=olena)
    shown = figures()
    assert (shown["offered"], shown["judged"], shown["kept"]) == (3, 3, 2)
    assert (shown["accepted"], shown["left_standing"], shown["dismissed"]) == (1, 1, 1)
    assert shown["dismissed_because"] == {"too trivial": 1}
    accepted, standing, dismissed = rows()
    assert (accepted["decision"], standing["decision"]) == ("accepted", "left_standing")
    assert (dismissed["decision"], dismissed["spans_after"]) == ("dismissed", ())
    start, end = dismissed["span"]
    assert (dismissed["text"], dismissed["text"][start:end]) == (SENTENCES[2], OFFERED[2])


def test_a_dismissal_taken_back_is_no_dismissal(olena):
    _, _, museum = read(olena)
    gone = triage.dismiss(claim=museum, reason="trivial", actor=olena)
    triage.unselect(claim=gone, actor=olena)
    assert (figures()["dismissed"], figures()["left_standing"]) == (0, 3)
    assert [row["decision"] for row in decided(rows())] == ["dismissed", "put_back"]


def test_a_review_counts_as_accepting(olena):
    article = intake.submit(submission=intake.Submission(text=TEXT), actor=olena).article
    store(article, "rules-a", score=0.9)
    assert list(decisions.judgements()) == []
    chosen = article.claims.order_by("pk")[0]
    holds.set_hold(claim_id=chosen.pk, held_as="review")
    assert (figures()["accepted"], figures()["left_standing"]) == (1, 2)
    assert [row["decision"] for row in rows()] == ["reviewed", "left_standing", "left_standing"]


def test_changed_boundaries_are_measured_in_characters(olena):
    bridge, _, _ = read(olena)
    once = adjust(bridge, "The bridge was closed for 40 days 🌉", olena)
    assert figures()["boundaries_changed"] == 1
    judged = next(one for one in decisions.judgements() if one.boundaries_changed)
    assert judged.span_edit == len(" and fares rose by 12 percent")
    adjust(once, OFFERED[0], olena)
    assert (figures()["boundaries_changed"], figures()["accepted"]) == (0, 1)
    first = decided(rows())[0]
    words = [first["text"][start:end] for start, end in (first["span"], *first["spans_after"])]
    assert words == [OFFERED[0], "The bridge was closed for 40 days 🌉"]


def test_a_changed_claimant_counts_once_however_often(olena):
    _, parks, museum = read(olena)
    renamed = name(name(parks, "Bo Marr", olena), "Cy Noor", olena)
    again = name(museum, "Bo Marr", olena)
    original = {"claimant": {"name": "Example News", "type": "Organization"}}
    editing.edit(claim=again, fields=original, actor=olena, expected_version=again.version)
    assert (figures()["claimants_changed"], renamed.claimant.name) == (1, "Cy Noor")
    told = [(row["claimant_before"], row["claimant_after"]) for row in decided(rows()) if row["claim"] == parks.pk]
    assert told == [("Ana Ruiz", "Bo Marr"), ("Bo Marr", "Cy Noor")]
    assert {row["decision"] for row in decided(rows())} == {"claimant_changed"}


def test_an_addition_was_missed_unless_it_is_dismissed_or_nothing_was_extracted(olena):
    bridge, _, _ = read(olena)
    add(bridge, "No ferry was late", olena)
    triage.dismiss(claim=add(bridge, "late in June", olena), reason="a slip", actor=olena)
    unread = intake.submit(submission=intake.Submission(text=TEXT + " End."), actor=olena).article
    place = span("No ferry was late")
    editing.add(article=unread, revision=unread.revisions.get(), span=place, fields={}, actor=olena)
    assert (figures()["added"], figures()["kept"]) == (1, 3)
    added = [row for row in rows() if row["decision"] == "added"]
    assert [(row["text"], row["span"], row["extractor"]) for row in added] == [(SENTENCES[3], None, "rules-a")] * 2
    assert added[0]["text"][slice(*added[0]["spans_after"][0])] == "No ferry was late"


def test_a_split_claim_was_right_but_for_its_boundaries(olena):
    bridge, _, _ = read(olena)
    parts = [span("The bridge was closed for 40 days 🌉"), span("fares rose by 12 percent")]
    editing.split(claim=bridge, revision=revision_of(bridge), spans=parts, actor=olena, expected_version=bridge.version)
    shown = figures()
    assert (shown["accepted"], shown["dismissed"], shown["added"], shown["boundaries_changed"]) == (1, 0, 0, 1)
    assert next(one for one in decisions.judgements() if one.boundaries_changed).span_edit == len(" and ")
    row = decided(rows())[0]
    assert (row["decision"], [row["text"][a:b] for a, b in row["spans_after"]]) == ("split", [p.exact for p in parts])


def test_a_pair_asked_for_is_nothing_that_was_missed(olena):
    _, parks, _ = read(olena)
    pairs.ask_whether_said(claim=parks, actor=olena)
    assert (figures()["added"], figures()["left_standing"]) == (0, 3)


def test_a_duplicate_is_a_claim_all_the_same(olena):
    bridge, parks, _ = read(olena)
    triage.merge(root=bridge, others=[parks], actor=olena)
    assert (figures()["dismissed"], figures()["kept"]) == (0, 3)
    assert [row["decision"] for row in decided(rows())] == ["duplicate"]


def test_a_place_confirmed_in_a_new_text_is_no_changed_boundary(olena):
    url = "https://news.example/bridge"
    sent = intake.Submission(text=TEXT, url=url, outlet="Example News")
    article = intake.submit(submission=sent, actor=olena).article
    store(article, "rules-a")
    museum = triage.select(claim=article.claims.get(statement=OFFERED[2]), actor=olena)
    changed = TEXT.replace("The museum has 900", "The museum has some 900")
    intake.submit(submission=intake.Submission(text=changed, url=url, outlet="Example News"), actor=olena)
    store(article, "rules-a", changed)
    museum.refresh_from_db()
    place = span("The museum has some 900", changed)
    newest = article.revisions.get(number=2)
    editing.adjust(claim=museum, revision=newest, span=place, actor=olena, expected_version=museum.version)
    assert (figures()["boundaries_changed"], figures()["accepted"]) == (0, 1)
    assert [row["decision"] for row in rows() if row["claim"] == museum.pk] == ["accepted", "place_confirmed"]


def test_versions_and_outlets_stand_apart(olena):
    triage.select(claim=read(olena)[0], actor=olena)
    triage.dismiss(claim=read(olena, "rules-b", "Other News")[0], reason="trivial", actor=olena)
    read(olena, "rules-b", "")
    measured = desk.measure(decisions.offered(), decisions.judgements())
    shown = [
        (v["extractor"], o["outlet"], o["offered"], o["judged"]) for v in measured["versions"] for o in v["outlets"]
    ]
    assert shown == [("rules-a", "Example News", 3, 3), ("rules-b", None, 3, 0), ("rules-b", "Other News", 3, 3)]


def test_a_withdrawn_article_is_counted_and_not_exported(olena):
    bridge, _, _ = read(olena)
    triage.select(claim=bridge, actor=olena)
    articles.withdraw(article=bridge.article, reason="sent in error", actor=olena)
    assert figures()["accepted"] == 1
    assert rows() == []


def test_no_row_holds_what_an_editor_wrote_or_who_it_was(olena):
    bridge, parks, _ = read(olena)
    triage.dismiss(claim=bridge, reason="secret reason", actor=olena)
    editing.edit(claim=parks, fields={"statement": "secret words"}, actor=olena, expected_version=1)
    written = json.dumps(rows())
    assert "secret" not in written
    assert "olena" not in written


def test_shares_need_ten_cases():
    tally = Tally()
    for number in range(9):
        tally.add(Judgement("rules-a", None, Outcome.ACCEPTED, boundaries_changed=True, span_edit=number))
    assert [tally.figures()[name] for name in ("precision", "recall", "mean_span_edit")] == [None, None, None]
    tally.add(Judgement("rules-a", None, Outcome.DISMISSED, reason="trivial"))
    tally.add(Judgement("rules-a", None, Outcome.ADDED))
    shown = tally.figures()
    assert (shown["precision"], shown["precision_decided"], shown["recall"]) == (0.9, 0.9, 0.9)
    tally.add(
        Judgement("rules-a", None, Outcome.ACCEPTED, boundaries_changed=True, span_edit=14, claimant_changed=True)
    )
    shown = tally.figures()
    assert (shown["mean_span_edit"], shown["claimant_agreement"], shown["boundary_agreement"]) == (5.0, 0.9, 0.0)


def test_rare_reasons_become_one_number():
    tally = Tally()
    for number in range(13):
        tally.add(Judgement("rules-a", None, Outcome.DISMISSED, reason=f"reason {number:02}"))
    assert tally.figures()["dismissed_because"]["(other reasons)"] == 3


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([(0, 10)], [(0, 10)], 0),
        ([(0, 10)], [(2, 13)], 5),
        ([(0, 10)], [(20, 25)], 15),
        ([(0, 10)], [(0, 4), (6, 10)], 2),
        ([], [(1, 3)], 2),
    ],
)
def test_characters_apart(left, right, expected):
    assert characters_apart(left, right) == characters_apart(right, left) == expected


def call(**options) -> str:
    out = io.StringIO()
    call_command("evaluate_extraction", desk=True, stdout=out, **options)
    return out.getvalue()


def test_the_command_says_in_words_that_nobody_decided(olena):
    assert call().strip() == NOBODY_DECIDED
    read(olena)
    assert call().splitlines() == [NOBODY_DECIDED, "Claims offered so far: 3."]
    assert json.loads(call(json=True))["note"] == NOBODY_DECIDED


def test_the_command_gives_counts_and_withholds_shares(olena):
    triage.dismiss(claim=read(olena)[2], reason="trivial", actor=olena)
    told = call()
    assert "offered 3, judged 3: accepted 0, left standing 2, dismissed 1" in told
    assert "too few for shares" in told
    for number in range(3):
        triage.select(claim=read(olena, text=f"{TEXT} Part {number}.")[0], actor=olena)
    assert "precision 0.917" in call()
    assert call(since="2999-01-01").splitlines()[0] == NOBODY_DECIDED


def test_the_command_exports_one_row_a_decision(olena, tmp_path):
    bridge, _, museum = read(olena)
    triage.dismiss(claim=triage.select(claim=bridge, actor=olena), reason="trivial", actor=olena)
    name(museum, "Bo Marr", olena)
    file = tmp_path / "rows.jsonl"
    assert call(export=file).startswith("4 decisions written")
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["decision"] for row in written] == ["accepted", "dismissed", "left_standing", "claimant_changed"]
    assert {row["outlet"] for row in written} == {"Example News"}
    assert list(tmp_path.glob("*.part")) == []


def test_the_command_refuses_what_it_cannot_do(tmp_path):
    with pytest.raises(CommandError, match="2026-03-14"):
        call(since="yesterday")
    with pytest.raises(CommandError, match="No such file"):
        call(export=tmp_path / "nowhere" / "rows.jsonl")
    with pytest.raises(CommandError, match="go with --desk"):
        call_command("evaluate_extraction", since="2026-03-14")


def test_statements_do_not_grow_with_the_articles(olena, django_assert_num_queries):
    for number in range(3):
        bridge, _, museum = read(olena, text=f"{TEXT} Part {number}.")
        triage.select(claim=bridge, actor=olena)
        name(museum, "Bo Marr", olena)
    with django_assert_num_queries(5):
        assert len(list(decisions.judgements())) == 9
    with django_assert_num_queries(8):
        assert len(rows()) == 9


def test_pages_leave_no_article_out(olena):
    for number in range(3):
        triage.select(claim=read(olena, text=f"{TEXT} Part {number}.")[0], actor=olena)
    assert [len(page) for page in decisions.pages(size=2)] == [6, 3]


def test_the_real_pipeline_can_be_judged(olena, kursk_text):
    article = intake.submit(submission=intake.Submission(text=kursk_text), actor=olena).article
    result = extract(kursk_text, DocumentInfo())
    with transaction.atomic():
        extraction.store(article=article, revision=article.revisions.get(), result=result)
    triage.select(claim=article.claims.filter(triage="suggested")[0], actor=olena)
    assert figures(result.extractor)["kept"] == len(result.claims)
    assert all(row["text"][slice(*row["span"])] for row in rows())


def test_the_documentation_names_every_decision_and_action(settings):
    told = (settings.BASE_DIR / "docs" / "extraction.md").read_text(encoding="utf-8")
    made = {*training_rows.DECISIONS.values(), "claimant_changed", "place_confirmed", "reviewed", "left_standing"}
    members = training_rows.Row.__dataclass_fields__
    assert [name for name in (*sorted(made), *members) if f"`{name}`" not in told] == []
