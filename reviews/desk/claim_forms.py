"""Claims as forms: adding one by its exact words, triage, and the facts of one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from claims import selectors
from claims.enums import ClaimantType
from claims.models import Article, Claim
from claims.services import editing, triage
from claims.services.editing import Span
from factcheck.accounts.models import User
from factcheck.errors import Invalid
from reviews.desk.fields import Field, Refusal, choices, id_of, lines, require_lengths, whole

ADD = "add"
FACTS = "facts"
LIMITS = {"exact": 20_000, "statement": 2000, "claimant": 200, "said_at": 40, "venue": 200, "reason": 300}
SHOWN_PLACES = 5


def adding(typed: QueryDict | None, refusal: Refusal) -> tuple[Field, ...]:
    """The fields of a new claim."""
    made = _maker(ADD, typed, {}, refusal)
    return (
        made("exact", "Exact words", kind="area", required=True, hint="As they stand in the text, to the letter."),
        made("start", "Starts at", kind="number", hint="Only when the words stand there more than once."),
        made("end", "Ends at", kind="number"),
        *_facts(made),
    )


def facts(claim: Claim, typed: QueryDict | None, refusal: Refusal) -> tuple[Field, ...]:
    """The fields of a claim that is there."""
    known = {
        "statement": claim.statement,
        "claimant": claim.claimant.name if claim.claimant else "",
        "claimant_type": claim.claimant.type if claim.claimant else "",
        "said_at": claim.said_at or "",
        "venue": claim.venue,
    }
    return tuple(_facts(_maker(FACTS, typed, known, refusal)))


def _maker(form: str, typed: QueryDict | None, known: Mapping[str, str], refusal: Refusal) -> Callable[..., Field]:
    def made(name: str, label: str, **more: Any) -> Field:
        pointer = "/claimant/name" if name == "claimant" else f"/{name}"
        value = typed.get(name, "") if typed is not None else known.get(name, "")
        if more.get("kind") == "select":
            more["choices"] = choices(more.pop("words"), value)
        return Field(
            id=id_of(form, pointer),
            name=name,
            label=label,
            value=value,
            limit=LIMITS.get(name),
            errors=refusal.at(pointer) if typed is not None else (),
            **more,
        )

    return made


def _facts(made: Callable[..., Field]) -> list[Field]:
    types = {kind.value: kind.value.replace("Organization", "Organisation") for kind in ClaimantType}
    return [
        made("statement", "Statement", kind="area", rows=2, hint="The claim said so that it stands alone."),
        made("claimant", "Claimant", hint="Who made the claim; empty when it is not known."),
        made("claimant_type", "The claimant is a", kind="select", words=types),
        made("said_at", "Said on", hint="A date, such as 2026-05-02 or 2026-05."),
        made("venue", "Said where", hint="Such as Truth Social, or a press conference."),
    ]


def _fields_of(typed: QueryDict) -> dict[str, Any]:
    """The facts as the service takes them; Invalid names what is too long."""
    given = {name: lines(typed.get(name, "")).strip() for name in ("statement", "claimant", "said_at", "venue")}
    require_lengths(
        [("/claimant/name" if name == "claimant" else f"/{name}", value, LIMITS[name]) for name, value in given.items()]
    )
    kind = typed.get("claimant_type", "")
    named = {"name": given["claimant"], "type": kind if kind in set(ClaimantType) else ClaimantType.PERSON.value}
    return {
        "statement": given["statement"],
        "claimant": named if given["claimant"] else None,
        "said_at": given["said_at"] or None,
        "venue": given["venue"],
    }


def add(article: Article, typed: QueryDict, actor: User) -> Claim:
    """A claim at the words given; Invalid when they do not stand there, or
    stand there more than once and no start is given."""
    revision = selectors.latest_revision(article)
    exact = lines(typed.get("exact", ""))
    require_lengths([("/exact", exact, LIMITS["exact"])])
    fields = _fields_of(typed)
    if not fields["statement"]:
        del fields["statement"]
    return editing.add(
        article=article, revision=revision, span=span_of(revision.text, exact, typed), fields=fields, actor=actor
    )


def span_of(text: str, exact: str, typed: QueryDict) -> Span:
    """Where the words stand: at the start typed in, else where they stand once."""
    if not exact.strip():
        raise Invalid.at("/exact", "exact_missing", "Give the words of the claim as they stand in the text")
    if typed.get("start", "").strip():
        start = whole(typed.get("start", ""), pointer="/start", least=0, most=len(text))
        end = typed.get("end", "").strip()
        stop = whole(end, pointer="/end", least=0, most=len(text)) if end else start + len(exact)
        return Span(start, stop, exact)
    places = _places(text, exact)
    if not places:
        raise Invalid.at("/exact", "words_not_found", "These words do not stand in the text: copy them to the letter")
    if len(places) > 1:
        listed = ", ".join(map(str, places[:SHOWN_PLACES]))
        raise Invalid.at(
            "/start", "words_ambiguous", f"These words stand there more than once, at {listed}: give one as the start"
        )
    return Span(places[0], places[0] + len(exact), exact)


def _places(text: str, exact: str) -> list[int]:
    """Where the words stand; one more than is shown is enough to know."""
    places: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(places) <= SHOWN_PLACES:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def edit(claim: Claim, typed: QueryDict, actor: User, version: int | None) -> Claim:
    """Change the facts that differ from what stands there."""
    given = _fields_of(typed)
    claimant = {"name": claim.claimant.name, "type": claim.claimant.type} if claim.claimant else None
    now = {
        "statement": claim.statement,
        "claimant": claimant,
        "said_at": claim.said_at,
        "venue": claim.venue,
    }
    changed = {name: value for name, value in given.items() if value != now[name]}
    return editing.edit(
        claim=claim, fields=changed, actor=actor, expected_version=claim.version if version is None else version
    )


def _select(claim: Claim, typed: QueryDict, actor: User, version: int | None) -> str:
    triage.select(claim=claim, actor=actor, expected_version=version)
    return "Selected: a review is opened for it."


def _unselect(claim: Claim, typed: QueryDict, actor: User, version: int | None) -> str:
    triage.unselect(claim=claim, actor=actor, expected_version=version)
    return "Back among the suggestions."


def _dismiss(claim: Claim, typed: QueryDict, actor: User, version: int | None) -> str:
    triage.dismiss(claim=claim, reason=lines(typed.get("reason", "")), actor=actor, expected_version=version)
    return "Dismissed."


TRIAGE: Mapping[str, Callable[[Claim, QueryDict, User, int | None], str]] = {
    "select": _select,
    "unselect": _unselect,
    "dismiss": _dismiss,
}
"""What can be decided on a claim, by the name in the address."""
