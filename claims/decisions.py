"""What people decided on claims, read from history: a page of articles at a time.

Every article that somebody has worked on is read once, with a fixed number of
statements a page. A claim belongs to the version that offered it first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from claims.enums import Kind, Triage
from claims.evaluation.desk import Judgement, Outcome, characters_apart
from claims.models import Article, Claim, ClaimAnchor
from factcheck.audit.models import AuditEvent

ARTICLES = 50
"""Articles a page."""
COLUMNS = (
    "article_id",
    "run__extractor",
    "claimant_id",
    "kind",
    "triage",
    "dismiss_reason",
    "created_at",
    "touched_at",
    "superseded_at",
)
ACTIONS = (
    "claim.selected",
    "claim.unselected",
    "claim.dismissed",
    "claim.merged",
    "claim.edited",
    "claim.adjusted",
    "claim.split",
    "claim.added",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a person on one claim."""

    action: str
    at: datetime
    data: Mapping[str, Any]

    @property
    def claimants(self) -> tuple[int | None, int | None] | None:
        """The claimant before and after, None when the step did not change it."""
        before, after = self.data.get("before", {}), self.data.get("after", {})
        if "claimant" not in after or before.get("claimant") == after["claimant"]:
            return None
        return before.get("claimant"), after["claimant"]


@dataclass(slots=True)
class Case:
    """One claim, its places in order, and what people did to it in order."""

    claim: Claim
    article: Article
    anchors: list[ClaimAnchor] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    parts: list["Case"] = field(default_factory=list)

    @property
    def extractor(self) -> str:
        """The version that offered the claim or, added by hand, missed it."""
        if self.claim.run is not None:
            return self.claim.run.extractor
        found = [step.data.get("extractor", "") for step in self.steps if step.action == "claim.added"]
        return str(found[0]) if found else ""

    @property
    def outlet(self) -> str | None:
        """The publisher of the article."""
        return self.article.outlet.name if self.article.outlet else None

    @property
    def is_missed(self) -> bool:
        """Whether a person added what an extractor had read and not offered."""
        by_hand = self.claim.run is None and self.claim.kind == Kind.CONTENT.value
        return by_hand and bool(self.extractor) and not any("split_from" in step.data for step in self.steps)

    @property
    def is_split(self) -> bool:
        """Whether several claims stand in its place now."""
        triaged = [step.action for step in self.steps if "triage" in step.data.get("after", {})]
        return self.claim.triage == Triage.DISMISSED.value and triaged[-1:] == ["claim.split"]

    def anchor(self, pk: int | None) -> ClaimAnchor | None:
        """One of its places by id."""
        return next((anchor for anchor in self.anchors if anchor.pk == pk), None)

    def adjusted(self, step: Step) -> tuple[ClaimAnchor, ClaimAnchor] | None:
        """The places before and after, None when the text was another one:
        then a person said where the words stand now, and the offer was right."""
        before = self.anchor(step.data["before"].get("anchor"))
        after = self.anchor(step.data["after"].get("anchor"))
        if before is None or after is None or before.revision_id != after.revision_id:
            return None
        return before, after


def pages(since: datetime | None = None, *, size: int = ARTICLES, withdrawn: bool = True) -> Iterator[list[Case]]:
    """The claims of the articles that people have worked on, `size` articles at
    a time: those offered or added from `since` on."""
    touched = Claim.objects.filter(article=OuterRef("pk"), touched_at__isnull=False)
    articles = Article.objects.filter(Exists(touched)).select_related("outlet").order_by("pk")
    if since is not None:
        articles = articles.filter(Exists(Claim.objects.filter(article=OuterRef("pk"), created_at__gte=since)))
    if not withdrawn:
        articles = articles.filter(withdrawn_at__isnull=True)
    page = list(articles[:size])
    while page:
        yield _cases(page, since)
        page = list(articles.filter(pk__gt=page[-1].pk)[:size])


def _claims(since: datetime | None) -> QuerySet[Claim]:
    claims = Claim.objects.filter(Q(run__isnull=False) | Q(created_by__isnull=False))
    return claims.filter(created_at__gte=since) if since is not None else claims


def _cases(page: Sequence[Article], since: datetime | None) -> list[Case]:
    by_id = {article.pk: article for article in page}
    claims = _claims(since).filter(article__in=by_id).select_related("run").only(*COLUMNS).order_by("pk")
    cases = {claim.pk: Case(claim, by_id[claim.article_id]) for claim in claims}
    anchors = ClaimAnchor.objects.filter(claim__article__in=by_id).defer("quote", "prefix", "suffix")
    for anchor in anchors.order_by("pk"):
        if anchor.claim_id in cases:
            cases[anchor.claim_id].anchors.append(anchor)
    ids = [str(pk) for pk in by_id]
    events = AuditEvent.objects.filter(subject_type=Article._meta.label, subject_id__in=ids, action__in=ACTIONS)
    for event in events.order_by("pk"):
        data = event.data
        case = cases.get(data["claim"])
        if case is not None:
            case.steps.append(Step(event.action, event.at, data))
            case.parts.extend(cases[part] for part in data.get("parts", ()) if part in cases)
    return list(cases.values())


def offered(since: datetime | None = None) -> Iterator[tuple[str, str | None, int]]:
    """(extractor, outlet, claims it offered), in one statement."""
    rows = _claims(since).filter(run__isnull=False).order_by()
    grouped = rows.values_list("run__extractor", "article__outlet__name").annotate(total=Count("pk"))
    yield from grouped.order_by("run__extractor", "article__outlet__name").iterator()


def judgements(since: datetime | None = None) -> Iterator[Judgement]:
    """What became of every claim that was judged; the others are left out."""
    for page in pages(since):
        for case in page:
            one = judge(case)
            if one is not None:
                yield one


def judge(case: Case) -> Judgement | None:
    """The judgement on one claim, None for one that nobody judged."""
    outcome = outcome_of(case)
    if outcome is None:
        return None
    changed = [step.claimants for step in case.steps if step.claimants]
    changed_span, distance = _span_edit(case)
    return Judgement(
        extractor=case.extractor,
        outlet=case.outlet,
        outcome=outcome,
        reason=case.claim.dismiss_reason,
        boundaries_changed=changed_span,
        span_edit=distance,
        claimant_changed=bool(changed) and changed[0][0] != changed[-1][1],
    )


def outcome_of(case: Case) -> Outcome | None:
    """What became of the claim. A split one was right but for its boundaries."""
    claim = case.claim
    if claim.run is None:
        return Outcome.ADDED if case.is_missed and claim.triage != Triage.DISMISSED.value else None
    if claim.superseded_at is not None:
        return None
    if case.is_split:
        return Outcome.ACCEPTED
    if claim.triage == Triage.DISMISSED.value:
        return Outcome.DISMISSED
    chosen = claim.triage in (Triage.SELECTED.value, Triage.DUPLICATE.value)
    worked_on = any(step.action in ("claim.edited", "claim.adjusted") for step in case.steps)
    if claim.touched_at is not None and (chosen or worked_on):
        return Outcome.ACCEPTED
    return Outcome.LEFT_STANDING


def _span_edit(case: Case) -> tuple[bool, int | None]:
    """Whether the boundaries changed, and by how many characters: from the place
    before the first change to that after the last, as far as they share a text."""
    pairs = [pair for step in case.steps if step.action == "claim.adjusted" and (pair := case.adjusted(step))]
    if not case.is_split:
        if not pairs:
            return False, 0
        first, last = pairs[0][0], pairs[-1][1]
        if first.revision_id != last.revision_id:
            first = pairs[-1][0]
        distance = characters_apart([(first.start, first.end)], [(last.start, last.end)])
        return distance > 0, distance
    places = [part.anchors[0] for part in case.parts if part.anchors]
    if not places:
        return True, None
    same_text = [anchor for anchor in case.anchors if anchor.revision_id == places[0].revision_id]
    if not same_text:
        return True, None
    whole = [(same_text[0].start, same_text[0].end)]
    return True, characters_apart(whole, [(place.start, place.end) for place in places])
