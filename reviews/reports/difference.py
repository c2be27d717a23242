"""What changed between two versions of a report, for everybody to read. Pure.

Texts are compared paragraph by paragraph, and inside a changed paragraph word
by word; a paragraph too long for that is shown as taken out and put in. So the
work stays in proportion to the text, whatever it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from reviews.reports.verdict_report import ReportClaim, ReportEvidence, VerdictReport

MAX_WORDS = 600
"""Words and gaps of one changed place beyond which it is not compared by words."""

_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\s+|[^\s]+")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words with one mark. Removed and same pieces in order are
    the text before, added and same ones the text after."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One member of the report that differs; an absent one has an empty text."""

    member: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The two texts in one, marked."""
        return tuple(compared(self.before, self.after))


def changes(before: VerdictReport, after: VerdictReport) -> tuple[Change, ...]:
    """Every member in which two versions differ, in the order of the page."""
    old, new = _members(before), _members(after)
    names = list(dict.fromkeys([*new, *old]))
    return tuple(
        Change(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")
    )


def _members(report: VerdictReport) -> dict[str, str]:
    """What a reader sees of a version, by name; empty members are left out."""
    rating = report.rating
    of = f" ({rating.value} of {rating.best})" if rating.value is not None else ""
    shown = {
        "rating": f"{rating.label}{of}",
        "scale": f"{rating.scale.name}, version {rating.scale.version}",
        "summary": report.summary,
        "explanation": report.explanation,
        **_of_claim(report.claim),
        **_sources(report.evidence),
        **{f"set aside: {one.rule}": one.reason for one in report.overrides},
        **{f"reason: {one.rule}": one.reason for one in report.reasons},
        **{
            f"right of reply {number}": "\n".join(filter(None, [one.party, one.question, one.response]))
            for number, one in enumerate(report.contacts, start=1)
        },
        **{f"see also: {one.statement}": one.rating_label or "" for one in report.links},
        "approvals": str(report.approvals or ""),
        "retraction": report.retraction.reason if report.retraction else "",
    }
    return {name: text for name, text in shown.items() if text}


def _of_claim(claim: ReportClaim) -> Mapping[str, str]:
    return {
        "claim": claim.statement,
        "quote": claim.quote,
        "headline": claim.headline or "",
        "claimant": claim.claimant.name if claim.claimant else "",
        "said at": claim.said_at or "",
        "venue": claim.venue or "",
        "appearances": "\n".join(filter(None, (place.url or place.title for place in claim.appearances))),
    }


def _sources(evidence: Sequence[ReportEvidence]) -> Mapping[str, str]:
    """Sources by their address (else title), so that a new number is no change."""
    shown: dict[str, str] = {}
    for one in evidence:
        stance = f"{one.stance.value}{', primary' if one.primary else ''}"
        copy = f"copy kept {one.archived_at}, SHA-256 {one.archived_sha256}" if one.archived_at else None
        lines = [one.title, one.publisher, one.locator, one.url, stance, one.excerpt, one.confidential_reason]
        lines += [one.archived_url, copy]
        name = f"source: {one.url or one.title}"
        name = name if name not in shown else f"{name} ({one.number})"
        shown[name] = "\n".join(line for line in lines if line)
    return shown


def compared(before: str, after: str) -> Iterator[Piece]:
    """The two texts as one run of marked pieces, no two neighbours alike."""
    old, new = _PARAGRAPH.findall(before), _PARAGRAPH.findall(after)
    yield from _joined(_by_words(piece) for piece in _matched(old, new))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of text before and after, in order; equal ones are unchanged."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        yield (left, left) if kind == "equal" else (left, right)


def _by_words(pair: tuple[str, str]) -> Iterator[Piece]:
    left, right = pair
    if left == right:
        yield Piece(Mark.SAME, left)
        return
    old, new = _WORD.findall(left), _WORD.findall(right)
    if len(old) > MAX_WORDS or len(new) > MAX_WORDS:
        yield from _replaced(left, right)
        return
    for one, other in _matched(old, new):
        if one == other:
            yield Piece(Mark.SAME, one)
        else:
            yield from _replaced(one, other)


def _replaced(left: str, right: str) -> Iterator[Piece]:
    if left:
        yield Piece(Mark.REMOVED, left)
    if right:
        yield Piece(Mark.ADDED, right)


def _joined(runs: Iterator[Iterator[Piece]]) -> Iterator[Piece]:
    """Neighbours of one mark made one."""
    last: Piece | None = None
    for piece in (one for run in runs for one in run):
        if last is not None and last.mark is piece.mark:
            last = Piece(last.mark, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
