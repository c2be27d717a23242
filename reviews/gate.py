"""The standards gate: what a verdict must bring before it may be submitted.

One validator for both uses: live beside the draft (`checklist`) and at submit
(`check`). Rules are data with a small function each; a desk chooses the opt-in
ones, and a publisher may set an overridable rule aside with a reason. Pure: no
database, no network, no Django.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from reviews import addresses
from reviews.enums import Stance

STAYS_CONFIDENTIAL = (
    "this source is confidential in a verdict: cite it as confidential here too, with the reason and a description "
    "fit for the public, or cite another one"
)
LONG_TEXT = 20_000
"""Characters of a source beyond which a reader needs to be told where to look."""


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """One source as the draft holds it; blank text counts as absent.

    `independence_group` is set by an editor only; else the registrable domain
    of `url` stands for it (`owners.json`: one for all of an owner's), or the
    publisher of a source without address.
    `text_length` is in characters, None when unknown; `archived` says whether
    a copy is kept; `is_secret`, whether a verdict cites this source as
    confidential, so that none may name it; `source` is the number of a known one.
    """

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    locator: str | None = None
    stance: Stance | None = None
    independence_group: str | None = None
    primary: bool = False
    archived: bool = False
    no_archive_reason: str | None = None
    text_length: int | None = None
    media_type: str | None = None
    confidential: bool = False
    confidential_reason: str | None = None
    public_title: str | None = None
    source: int | None = None
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class VerdictInput:
    """A draft or a submission. `rating` is a slug of the scale.

    `reasons` holds what stands in for a rule that allows a reason, by the
    rule's code, e.g. `{"primary_source": "the archive burnt down"}`.
    """

    rating: str | None = None
    summary: str | None = None
    explanation: str | None = None
    evidence: tuple[EvidenceInput, ...] = ()
    claimant_contacted: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Override:
    """A rule that a publisher set aside, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One thing missing: the rule's code, where, and how to mend it.

    `pointer` is a JSON pointer into the verdict as it is sent.
    """

    code: str
    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class GatePolicy:
    """What this desk asks for. `ratings` None: any rating that is not blank."""

    minimum_sources: int = 2
    opt_in: frozenset[str] = frozenset()
    ratings: tuple[str, ...] | None = None


Check = Callable[[VerdictInput, GatePolicy], Iterator[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class GateRule:
    """One rule: `check` yields (pointer, detail) for everything missing."""

    code: str
    text: str
    by_default: bool
    check: Check
    overridable: bool = True


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the live checklist. Overridden counts as passed."""

    code: str
    text: str
    findings: tuple[GateFinding, ...]
    override: Override | None = None

    @property
    def passed(self) -> bool:
        """Whether this rule lets the verdict through."""
        return not self.findings or self.override is not None


def independence_group(source: EvidenceInput) -> str | None:
    """What a source is counted under; None: nothing is known to count it by."""
    if says_something(source.independence_group):
        return addresses.owner_of(_folded(source.independence_group))
    domain = addresses.registrable_domain(source.url)
    if domain is None and not says_something(source.url) and says_something(source.publisher):
        return _folded(source.publisher)
    return domain and addresses.owner_of(domain)


def set_group(group: str, *, url: str, publisher: str) -> str:
    """The group if somebody set it; blank if it is the one that follows from
    address and publisher, and so must follow them when they change."""
    derived = independence_group(EvidenceInput(url=url, publisher=publisher))
    return "" if not group or addresses.owner_of(_folded(group)) == derived else group


def _folded(words: str | None) -> str:
    return " ".join(str(words).split()).casefold()


def is_long(source: EvidenceInput) -> bool:
    """Whether a reader needs a page or a timestamp to find the passage."""
    media_type = (source.media_type or "").lower()
    if media_type.startswith(("audio/", "video/")):
        return True
    if source.text_length is None:
        return media_type.partition(";")[0].strip() == "application/pdf"
    return source.text_length > LONG_TEXT


def says_something(text: str | None) -> bool:
    """Whether there is a letter or a digit in it: dots and blanks are no answer."""
    return text is not None and any(character.isalnum() for character in text)


def _rating(verdict: VerdictInput, policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if not says_something(verdict.rating):
        yield "/rating", "choose a rating"
    elif policy.ratings is not None and verdict.rating not in policy.ratings:
        yield "/rating", f"{verdict.rating!r} is no rating of this scale: choose one of {', '.join(policy.ratings)}"


def _explanation(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if not says_something(verdict.explanation):
        yield "/explanation", "explain how the sources lead to the rating"


def _summary(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if not says_something(verdict.summary):
        yield "/summary", "give the reason in one sentence"


def _complete_sources(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    for number, source in enumerate(verdict.evidence):
        place, name = f"/evidence/{number}", f"source {number + 1}"
        if says_something(source.url) and addresses.split(source.url) is None:
            yield f"{place}/url", "this is no web address: write it whole, starting with https://"
        elif not says_something(source.url) and not says_something(source.title):
            yield place, "this source has neither an address nor a title: give one of them"
        if source.stance is None:
            yield f"{place}/stance", "say whether this source supports, refutes or gives context"
        if source.confidential and not says_something(source.confidential_reason):
            yield f"{place}/confidential_reason", f"say why {name} must stay confidential"
        if source.confidential and not says_something(source.public_title):
            yield f"{place}/public_title", f"{name} is confidential: describe it for the public without giving it away"
        if source.is_secret and not source.confidential:
            yield f"{place}/confidential", STAYS_CONFIDENTIAL


def _independent_sources(verdict: VerdictInput, policy: GatePolicy) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[int]] = {}
    pages: dict[object, int] = {}
    uncounted, told_again = [], []
    for number, source in enumerate(verdict.evidence, start=1):
        page, group = addresses.page(addresses.unarchived(source.url)) or source.source, independence_group(source)
        if page is not None and pages.setdefault(page, number) != number:
            told_again.append(f"source {number} is the same as source {pages[page]}")
        elif group is None:
            uncounted.append(number)
        else:
            groups.setdefault(group, []).append(number)
    missing = policy.minimum_sources - len(groups)
    if missing <= 0:
        return
    told = [f"{len(groups)} of {policy.minimum_sources} independent sources", *told_again]
    told += [f"sources {_listed(numbers)} all count as {g}" for g, numbers in groups.items() if len(numbers) > 1]
    if uncounted:
        told.append(f"source {_listed(uncounted)} has no usable address, publisher or independence group to count by")
    told.append(f"add {missing} more from elsewhere")
    yield "/evidence", "; ".join(told)


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _primary_source(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if not any(source.primary for source in verdict.evidence) and not _has_reason(verdict, "primary_source"):
        yield "/evidence", "mark a primary source, or say why there is none"


def _locator(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    for number, source in enumerate(verdict.evidence):
        if is_long(source) and not says_something(source.locator):
            yield f"/evidence/{number}/locator", "this source is long: give the page, section or timestamp"


def _archived_copy(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if _has_reason(verdict, "archived_copy"):
        return
    for number, source in enumerate(verdict.evidence):
        needs_copy = says_something(source.url) and not source.confidential
        if needs_copy and not source.archived and not says_something(source.no_archive_reason):
            yield (
                f"/evidence/{number}",
                "no copy of this source is kept: add it under Sources and wait for the copy, or say why there is none",
            )


def _both_sides(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    stances = {source.stance for source in verdict.evidence}
    missing = [stance for stance in (Stance.SUPPORTS, Stance.REFUTES) if stance not in stances]
    if missing and not _has_reason(verdict, "both_sides"):
        yield "/evidence", f"no source {' or '.join(missing)} the claim: add one, or say what was looked for in vain"


def _claimant_contacted(verdict: VerdictInput, _policy: GatePolicy) -> Iterator[tuple[str, str]]:
    if not verdict.claimant_contacted and not _has_reason(verdict, "claimant_contacted"):
        yield "", "ask the claimant for a reply and record it, or say why this was not done"


def _has_reason(verdict: VerdictInput, code: str) -> bool:
    return says_something(verdict.reasons.get(code))


RULES: Mapping[str, GateRule] = {
    rule.code: rule
    for rule in (
        GateRule("rating", "A rating from the scale", True, _rating, overridable=False),
        GateRule("explanation", "An explanation", True, _explanation, overridable=False),
        GateRule("complete_sources", "Every source can be told apart", True, _complete_sources, overridable=False),
        GateRule("independent_sources", "Enough independent sources", True, _independent_sources),
        GateRule("summary", "The reason in one sentence", False, _summary),
        GateRule("primary_source", "A primary source, or a reason", False, _primary_source),
        GateRule("locator", "A page or timestamp in every long source", False, _locator),
        GateRule("archived_copy", "An archived copy of every source, or a reason", False, _archived_copy),
        GateRule("both_sides", "Evidence on both sides considered", False, _both_sides),
        GateRule("claimant_contacted", "The claimant asked for a reply, or a reason", False, _claimant_contacted),
    )
}
"""Every rule, in the order of the checklist."""


REASONED = ("primary_source", "archived_copy", "both_sides", "claimant_contacted")
"""Rules that a reason given with the verdict can stand in for."""

CHOOSABLE = ("summary", "locator", *REASONED)
"""Opt-in rules that a desk can ask for."""

OVERRIDABLE = tuple(code for code, rule in RULES.items() if rule.overridable)
"""Rules that a publisher may set aside."""

OF_COPIES = frozenset({"locator", "archived_copy"})
"""Rules that look at the archived copies of sources."""


def rules_of(policy: GatePolicy) -> tuple[GateRule, ...]:
    """The rules that hold under `policy`; ValueError for an opt-in that is none."""
    if unknown := sorted(policy.opt_in - set(RULES)):
        raise ValueError(f"no such rule of the standards gate: {', '.join(unknown)}")
    return tuple(rule for rule in RULES.values() if rule.by_default or rule.code in policy.opt_in)


def checklist(verdict: VerdictInput, policy: GatePolicy, overrides: Collection[Override] = ()) -> tuple[CheckItem, ...]:
    """Every rule that holds, with what is missing: shown live beside the draft."""
    standing = {one.rule: one for one in overrides if fault_of(one) is None}
    return tuple(
        CheckItem(
            rule.code,
            rule.text,
            tuple(GateFinding(rule.code, pointer, detail) for pointer, detail in rule.check(verdict, policy)),
            standing.get(rule.code),
        )
        for rule in rules_of(policy)
    )


def check(verdict: VerdictInput, policy: GatePolicy, overrides: Collection[Override] = ()) -> list[GateFinding]:
    """All that keeps the verdict from being submitted; empty: the gate is open."""
    items = checklist(verdict, policy, overrides)
    findings = [finding for item in items if not item.passed for finding in item.findings]
    for number, override in enumerate(overrides):
        if (fault := fault_of(override)) is not None:
            findings.append(GateFinding("override", f"/overrides/{number}", fault))
    findings += [
        GateFinding("reasons", f"/reasons/{code}", f"a reason stands in for one of {', '.join(REASONED)} only")
        for code in sorted(set(verdict.reasons) - set(REASONED))
    ]
    return findings


def needed(verdict: VerdictInput, policy: GatePolicy, overrides: Collection[Override]) -> tuple[Override, ...]:
    """The overrides without which the gate would be shut; a rule that is met, or
    does not hold, is not set aside."""
    items = checklist(verdict, policy, overrides)
    return tuple(item.override for item in items if item.findings and item.override is not None)


def fault_of(override: Override) -> str | None:
    """What is wrong with an override itself, or None."""
    rule = RULES.get(override.rule)
    if rule is None:
        return f"{override.rule!r} is no rule of the standards gate"
    if not rule.overridable:
        return f"the rule {rule.code!r} cannot be set aside"
    if not says_something(override.reason):
        return f"say why the rule {rule.code!r} is set aside"
    return None
