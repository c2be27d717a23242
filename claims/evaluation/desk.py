"""The extraction by what the desk made of it: judgements in, figures out.

Kept is what a person accepted and what stands on an article that people have
worked on. Below `LEAST` cases there are counts and no shares.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from claims.evaluation.measures import Span

LEAST: Final = 10
"""Cases that a share or a mean needs."""
REASONS_SHOWN: Final = 10
NOBODY_DECIDED: Final = "Nothing to measure yet: nobody on the desk has accepted, dismissed, changed or added a claim."


class Outcome(StrEnum):
    """What became of one claim on the desk."""

    ACCEPTED = "accepted"
    LEFT_STANDING = "left_standing"
    DISMISSED = "dismissed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One claim as people left it; `extractor` offered it, or missed it (ADDED).

    `span_edit` counts the characters in only one of the two places, the
    offered and the final one; None when the boundaries were changed and the
    places cannot be compared.
    """

    extractor: str
    outlet: str | None
    outcome: Outcome
    reason: str = ""
    boundaries_changed: bool = False
    span_edit: int | None = 0
    claimant_changed: bool = False


@dataclass(slots=True)
class Tally:
    """What is added up for one version, or for one of its outlets."""

    offered: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    boundaries_changed: int = 0
    span_edits: int = 0
    spans_compared: int = 0
    claimants_changed: int = 0

    def add(self, one: Judgement) -> None:
        """Count one judgement."""
        self.outcomes[one.outcome] += 1
        if one.outcome is Outcome.DISMISSED:
            self.reasons[" ".join(one.reason.casefold().split())] += 1
        if one.outcome not in (Outcome.ACCEPTED, Outcome.LEFT_STANDING):
            return
        self.claimants_changed += one.claimant_changed
        self.boundaries_changed += one.boundaries_changed
        if one.boundaries_changed and one.span_edit is not None:
            self.span_edits += one.span_edit
            self.spans_compared += 1

    def figures(self) -> dict[str, Any]:
        """Counts, then shares; a share of fewer than `LEAST` is None."""
        accepted, standing = self.outcomes[Outcome.ACCEPTED], self.outcomes[Outcome.LEFT_STANDING]
        dismissed, added = self.outcomes[Outcome.DISMISSED], self.outcomes[Outcome.ADDED]
        kept = accepted + standing
        return {
            "offered": self.offered,
            "judged": kept + dismissed,
            "kept": kept,
            "accepted": accepted,
            "left_standing": standing,
            "dismissed": dismissed,
            "dismissed_because": self._reasons(),
            "boundaries_changed": self.boundaries_changed,
            "claimants_changed": self.claimants_changed,
            "added": added,
            "precision": share(kept, kept + dismissed),
            "precision_decided": share(accepted, accepted + dismissed),
            "recall": share(kept, kept + added),
            "boundary_agreement": share(kept - self.boundaries_changed, kept),
            "claimant_agreement": share(kept - self.claimants_changed, kept),
            "mean_span_edit": share(self.span_edits, self.spans_compared),
        }

    def _reasons(self) -> dict[str, int]:
        """The most frequent reasons; the rest is one number."""
        ranked = sorted(self.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        shown = dict(ranked[:REASONS_SHOWN])
        rest = sum(count for _, count in ranked[REASONS_SHOWN:])
        return {**shown, "(other reasons)": rest} if rest else shown


def share(part: int, whole: int) -> float | None:
    """`part / whole`, None for fewer than `LEAST`."""
    return round(part / whole, 3) if whole >= LEAST else None


def characters_apart(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Characters that lie in only one of two sets of spans of one text."""
    return 2 * _covered([*left, *right]) - _covered(left) - _covered(right)


def _covered(spans: Iterable[Span]) -> int:
    total = reached = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def measure(offered: Iterable[tuple[str, str | None, int]], judgements: Iterable[Judgement]) -> dict[str, Any]:
    """Figures per version, and per outlet of each; `note` says that nobody decided.

    `offered` are (extractor, outlet, number of claims).
    """
    versions: dict[str, Tally] = {}
    outlets: dict[tuple[str, str | None], Tally] = {}
    decided = False
    for extractor, outlet, count in offered:
        for tally in _tallies(versions, outlets, extractor, outlet):
            tally.offered += count
    for one in judgements:
        decided = True
        for tally in _tallies(versions, outlets, one.extractor, one.outlet):
            tally.add(one)
    figures = {
        "least": LEAST,
        "versions": [
            {
                "extractor": extractor,
                "all_outlets": tally.figures(),
                "outlets": [
                    {"outlet": outlet, **outlets[of, outlet].figures()}
                    for of, outlet in sorted(outlets, key=lambda key: (key[0], key[1] or ""))
                    if of == extractor
                ],
            }
            for extractor, tally in sorted(versions.items())
        ],
    }
    return figures if decided else {"note": NOBODY_DECIDED, **figures}


def _tallies(
    versions: dict[str, Tally], outlets: dict[tuple[str, str | None], Tally], extractor: str, outlet: str | None
) -> tuple[Tally, Tally]:
    return versions.setdefault(extractor, Tally()), outlets.setdefault((extractor, outlet), Tally())


def tell(figures: dict[str, Any]) -> Iterator[str]:
    """The figures of `measure` as lines to read."""
    if "note" in figures:
        yield figures["note"]
        total = sum(version["all_outlets"]["offered"] for version in figures["versions"])
        if total:
            yield f"Claims offered so far: {total}."
        return
    for version in figures["versions"]:
        yield f"Extractor {version['extractor']}, all outlets"
        yield from _lines(version["all_outlets"])
        for row in version["outlets"]:
            yield f"Extractor {version['extractor']}, {row['outlet'] or 'articles without an outlet'}"
            yield from _lines(row)
    yield f"Kept: accepted or left standing. A share is given from {figures['least']} cases on."


def _lines(row: dict[str, Any]) -> Iterator[str]:
    yield (
        f"  offered {row['offered']}, judged {row['judged']}: accepted {row['accepted']}, "
        f"left standing {row['left_standing']}, dismissed {row['dismissed']}"
    )
    for reason, count in row["dismissed_because"].items():
        yield f"    dismissed: {count} x {reason}"
    yield (
        f"  boundaries changed {row['boundaries_changed']}, claimants changed {row['claimants_changed']}, "
        f"missed and added {row['added']}"
    )
    shares = ("precision", "precision_decided", "recall", "boundary_agreement", "claimant_agreement")
    told = [f"{name.replace('_', ' ')} {row[name]:.3f}" for name in shares if row[name] is not None]
    if row["mean_span_edit"] is not None:
        told.append(f"mean span edit {row['mean_span_edit']:.1f} characters")
    yield f"  {', '.join(told)}" if told else "  too few for shares"
