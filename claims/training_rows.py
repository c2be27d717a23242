"""What people decided on claims as rows to train on, one row a decision.

A row holds words of the article, places in them, and names of claimants;
never what an editor wrote or who the editor was. Withdrawn articles are left
out; personal values that can be erased stand in detail rows, which are not read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from claims.decisions import Case, Step, outcome_of, pages
from claims.evaluation.desk import Outcome
from claims.evaluation.measures import Span
from claims.models import ArticleRevision, ClaimAnchor, Claimant, Sentence

ARTICLES = 20
"""Articles a page: their texts are held."""
DECISIONS = {
    "claim.selected": "accepted",
    "claim.unselected": "put_back",
    "claim.dismissed": "dismissed",
    "claim.merged": "duplicate",
    "claim.edited": "edited",
    "claim.adjusted": "boundaries_changed",
    "claim.split": "split",
    "claim.added": "added",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One decision. `text` is the sentence or sentences around the places;
    `span` (what stood, None for an addition) and `spans_after` are half-open
    in `text`, in code points; `date` is the day of the decision."""

    text: str
    span: Span | None
    spans_after: tuple[Span, ...]
    decision: str
    claimant_before: str | None
    claimant_after: str | None
    extractor: str
    outlet: str | None
    date: str
    article: int
    claim: int


@dataclass(frozen=True, slots=True)
class _Decision:
    """A row before its text is read; places are in the revision."""

    case: Case
    revision: int
    decision: str
    before: Span | None
    after: tuple[Span, ...]
    claimants: tuple[int | None, int | None]
    at: datetime


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a page's articles with the ends of their sentences."""

    texts: dict[int, str]
    sentences: dict[int, list[Span]]

    def around(self, revision: int, spans: Sequence[Span]) -> Span:
        """From the first sentence that a span touches to the end of the last."""
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        hit = [s for s in self.sentences.get(revision, ()) if s[0] < last and s[1] > first]
        return min([first, *(start for start, _ in hit)]), max([last, *(end for _, end in hit)])


def rows(since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every decision on claims offered or added from `since` on, by article."""
    for page in pages(since, size=ARTICLES, withdrawn=False):
        decided = [one for case in page for one in _decisions(case)]
        texts = _texts({one.revision for one in decided})
        ids = {pk for one in decided for pk in one.claimants if pk is not None}
        names = dict(Claimant.objects.filter(pk__in=ids).values_list("pk", "name"))
        for one in decided:
            yield asdict(_row(one, texts, names))


def _texts(revisions: set[int]) -> _Texts:
    texts = dict(ArticleRevision.objects.filter(pk__in=revisions).values_list("pk", "text"))
    ledger = Sentence.objects.filter(run__revision__in=revisions, run__superseded_at__isnull=True)
    sentences: dict[int, list[Span]] = {}
    for revision, start, end in ledger.values_list("run__revision", "start", "end").order_by("run", "ordinal"):
        sentences.setdefault(revision, []).append((start, end))
    return _Texts(texts, sentences)


def _row(one: _Decision, texts: _Texts, names: dict[int, str]) -> Row:
    start, end = texts.around(one.revision, [*one.after, *([one.before] if one.before else [])])
    before, after = (names[pk] if pk is not None else None for pk in one.claimants)
    return Row(
        text=texts.texts[one.revision][start:end],
        span=(one.before[0] - start, one.before[1] - start) if one.before else None,
        spans_after=tuple((place[0] - start, place[1] - start) for place in one.after),
        decision=one.decision,
        claimant_before=before,
        claimant_after=after,
        extractor=one.case.extractor,
        outlet=one.case.outlet,
        date=one.at.date().isoformat(),
        article=one.case.article.pk,
        claim=one.case.claim.pk,
    )


def _decisions(case: Case) -> Iterator[_Decision]:
    """The steps of one claim, and what it means that a claim was left alone."""
    if not case.anchors or (case.claim.run is None and not case.is_missed):
        return
    claimant = _first_claimant(case)
    for step in case.steps:
        before, claimant = claimant, step.claimants[1] if step.claimants else claimant
        place = _place_at(case, step)
        decision = DECISIONS[step.action]
        spans: tuple[Span, ...] = (_span(place),)
        was: Span | None = spans[0]
        if step.action == "claim.edited" and step.claimants:
            decision = "claimant_changed"
        elif step.action == "claim.adjusted":
            pair = case.adjusted(step)
            decision, was = (decision, _span(pair[0])) if pair else ("place_confirmed", was)
        elif step.action == "claim.added":
            was, before = None, None
        elif step.action == "claim.dismissed":
            spans = ()
        elif step.action == "claim.split":
            parts = [part.anchors[0] for part in case.parts if part.anchors and part.claim.pk in step.data["parts"]]
            spans = tuple(_span(part) for part in parts if part.revision_id == place.revision_id)
        yield _Decision(case, place.revision_id, decision, was, spans, (before, claimant), step.at)
    if not case.steps:
        yield from _left_alone(case)


def _left_alone(case: Case) -> Iterator[_Decision]:
    """A claim without steps: reviewed as it was offered, or left standing."""
    outcome = outcome_of(case)
    if outcome not in (Outcome.ACCEPTED, Outcome.LEFT_STANDING):
        return
    place, claimant = case.anchors[-1], case.claim.claimant_id
    decision = "reviewed" if outcome is Outcome.ACCEPTED else outcome.value
    at = case.claim.touched_at or case.claim.created_at
    yield _Decision(case, place.revision_id, decision, _span(place), (_span(place),), (claimant, claimant), at)


def _first_claimant(case: Case) -> int | None:
    changed = [step.claimants for step in case.steps if step.claimants]
    return changed[0][0] if changed else case.claim.claimant_id


def _place_at(case: Case, step: Step) -> ClaimAnchor:
    """Where the claim stood after the step."""
    named = case.anchor(step.data.get("after", {}).get("anchor"))
    earlier = [anchor for anchor in case.anchors if anchor.created_at <= step.at]
    return named or (earlier or case.anchors)[-1 if earlier else 0]


def _span(anchor: ClaimAnchor) -> Span:
    return anchor.start, anchor.end
