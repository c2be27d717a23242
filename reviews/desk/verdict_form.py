"""The verdict form: read from what was sent, shown from a draft or a refusal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from reviews.desk import words
from reviews.desk.fields import Choice, Field, Refusal, choices, id_of, lines, require_lengths
from reviews.gate import REASONED, RULES, CheckItem
from reviews.models import Rating

FORM = "verdict"
TEXTS = {"rating": 60, "headline": 150, "summary": 1000, "explanation": 100_000}
SOURCE_TEXTS = {
    "url": 2000,
    "title": 500,
    "publisher": 200,
    "excerpt": 10_000,
    "locator": 200,
    "accessed_at": 40,
    "independence_group": 200,
    "confidential_reason": 500,
    "public_title": 500,
}
MAX_REASON = 500
MAX_SOURCES = 100
LEAST_ROWS = 2
_ROW = re.compile(r"evidence-(\d{1,3})-url\Z", re.ASCII)


def content_of(typed: QueryDict) -> dict[str, Any]:
    """What was sent as the content of a draft; empty source rows are left out."""
    content: dict[str, Any] = {name: lines(typed.get(name, "")) for name in TEXTS}
    numbers = sorted(int(match[1]) for name in typed if (match := _ROW.match(name)))
    sources = [_source_of(typed, number) for number in numbers[:MAX_SOURCES]]
    content["evidence"] = [source for source in sources if any(source.values())]
    content["overrides"] = [
        {"rule": rule, "reason": reason} for rule in RULES if (reason := typed.get(f"override-{rule}", "").strip())
    ]
    asked = [rule for rule in REASONED if f"reason-{rule}" in typed]
    if asked:
        given = {rule: lines(typed.get(f"reason-{rule}", "")).strip() for rule in asked}
        content["reasons"] = {rule: reason for rule, reason in given.items() if reason}
    return content


def _source_of(typed: QueryDict, number: int) -> dict[str, Any]:
    start = f"evidence-{number}-"
    source: dict[str, Any] = {name: lines(typed.get(start + name, "")) for name in SOURCE_TEXTS}
    source["url"] = source["url"].strip()
    source["stance"] = typed.get(f"{start}stance", "") if typed.get(f"{start}stance") in words.STANCE else None
    source["primary"] = bool(typed.get(f"{start}primary"))
    source["confidential"] = bool(typed.get(f"{start}confidential"))
    known = typed.get(f"{start}source", "")
    if known.isascii() and known.isdigit() and len(known) < 10 and _is_still(typed, start, source):
        source["source"] = int(known)
    return {name: value for name, value in source.items() if value}


def _is_still(typed: QueryDict, start: str, source: Mapping[str, Any]) -> bool:
    """Whether a row of the form is still about the source that it was shown with:
    no other address stands there, nor, without one, another title. One that is
    made confidential stays the same source however it is told."""
    was_url, was_title = (lines(typed.get(f"{start}was_{name}", "")) for name in ("url", "title"))
    if source["confidential"] or source["url"] != was_url:
        return bool(source["confidential"]) and source["url"] in {"", was_url}
    return bool(source["url"]) or source["title"] == was_title


def require_fitting(content: Mapping[str, Any]) -> None:
    """Invalid naming every text that is longer than the desk keeps."""
    texts = [(f"/{name}", content[name], limit) for name, limit in TEXTS.items()]
    for place, source in enumerate(content["evidence"]):
        texts += [(f"/evidence/{place}/{name}", source.get(name, ""), limit) for name, limit in SOURCE_TEXTS.items()]
    texts += [(f"/overrides/{n}", one["reason"], MAX_REASON) for n, one in enumerate(content["overrides"])]
    texts += [(f"/reasons/{rule}", reason, MAX_REASON) for rule, reason in content.get("reasons", {}).items()]
    require_lengths(texts)


def without_source(content: dict[str, Any], place: int) -> dict[str, Any]:
    """The content with one source taken out."""
    return {**content, "evidence": [one for n, one in enumerate(content["evidence"]) if n != place]}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source as the form shows it."""

    id: str
    number: int
    place: int
    url: Field
    title: Field
    publisher: Field
    stance: Field
    excerpt: Field
    locator: Field
    primary: Field
    known: tuple[Field, ...]
    more: tuple[Field, ...]
    has_more: bool
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """The whole form."""

    ratings: tuple[Choice, ...]
    rating_errors: tuple[str, ...]
    headline: Field
    summary: Field
    explanation: Field
    sources: tuple[SourceRow, ...]
    source_errors: tuple[str, ...]
    blank: SourceRow
    overrides: tuple[Field, ...]
    reasons: tuple[Field, ...]


def form_of(
    content: Mapping[str, Any],
    ratings: list[Rating],
    refusal: Refusal,
    *,
    rows: int = LEAST_ROWS,
    overridable: tuple[CheckItem, ...] = (),
    reasoned: tuple[CheckItem, ...] = (),
) -> VerdictForm:
    """The form over a draft's content; `rows` is the least number of source rows."""
    sources = list(content.get("evidence") or ())
    shown = max(len(sources), min(rows, MAX_SOURCES), LEAST_ROWS)
    chosen = content.get("rating") or ""

    def text(name: str, label: str, **more: Any) -> Field:
        return Field(
            id=id_of(FORM, f"/{name}"),
            name=name,
            label=label,
            value=content.get(name) or "",
            limit=TEXTS[name],
            errors=refusal.at(f"/{name}"),
            **more,
        )

    return VerdictForm(
        ratings=tuple(
            Choice(one.slug, one.label, one.meaning, str(n) if n < 10 else "", one.slug == chosen)
            for n, one in enumerate(ratings, start=1)
        ),
        rating_errors=refusal.at("/rating"),
        headline=text("headline", "Headline of the claim", hint="Optional: the claim in fewer words, for lists."),
        summary=text("summary", "Summary", kind="area", rows=2, hint="The reason in one sentence."),
        explanation=text("explanation", "Explanation", kind="area", rows=9, hint="Markdown: **bold**, links, lists."),
        sources=tuple(_row(n, sources[n] if n < len(sources) else {}, refusal) for n in range(shown)),
        source_errors=refusal.at("/evidence"),
        blank=_row(MAX_SOURCES, {}, Refusal("", "")),
        overrides=tuple(_override(item, content, refusal) for item in overridable),
        reasons=tuple(_reason(item, content, refusal) for item in reasoned),
    )


def _reason(item: CheckItem, content: Mapping[str, Any], refusal: Refusal) -> Field:
    return Field(
        id=id_of(FORM, f"/reasons/{item.code}"),
        name=f"reason-{item.code}",
        label=f"{item.text}: the reason, if there is none",
        value=str((content.get("reasons") or {}).get(item.code, "")),
        limit=MAX_REASON,
        errors=refusal.at(f"/reasons/{item.code}"),
        hint="Shown on the report.",
    )


def _override(item: CheckItem, content: Mapping[str, Any], refusal: Refusal) -> Field:
    given = {one.get("rule"): one.get("reason", "") for one in content.get("overrides") or ()}
    return Field(
        id=id_of(FORM, f"/override-{item.code}"),
        name=f"override-{item.code}",
        label=f"Set aside “{item.text}” because",
        value=given.get(item.code, ""),
        limit=MAX_REASON,
        hint="Leave it empty to keep the rule. The reason goes into the history.",
    )


def _known(source: Mapping[str, Any]) -> dict[str, str]:
    """Which source a row is about, and what it said when it was shown."""
    number = source.get("source")
    told = {"source": number, "was_url": source.get("url"), "was_title": source.get("title")} if number else {}
    return {name: str(told.get(name) or "") for name in ("source", "was_url", "was_title")}


def _hidden(place: int, name: str, value: str) -> Field:
    return Field(id_of(FORM, f"/evidence/{place}/{name}"), f"evidence-{place}-{name}", "", value, kind="hidden")


def _row(place: int, source: Mapping[str, Any], refusal: Refusal) -> SourceRow:
    def made(name: str, label: str, **more: Any) -> Field:
        value = source.get(name)
        return Field(
            id=id_of(FORM, f"/evidence/{place}/{name}"),
            name=f"evidence-{place}-{name}",
            label=label,
            value=("1" if value else "") if isinstance(value, bool) else str(value or ""),
            limit=SOURCE_TEXTS.get(name),
            errors=refusal.at(f"/evidence/{place}/{name}"),
            **more,
        )

    stances = choices(words.STANCE, str(source.get("stance") or ""), blank="Choose …")
    more = (
        made("accessed_at", "Read on", hint="A date, such as 2026-05-02."),
        made("independence_group", "Counts as", hint="Only to change what it is counted under; else its domain."),
        made("confidential", "Confidential: the public is not told who it is", kind="check"),
        made("confidential_reason", "Why it stays confidential"),
        made("public_title", "How the public is told of it"),
    )
    return SourceRow(
        id=id_of(FORM, f"/evidence/{place}"),
        number=place + 1,
        place=place,
        url=made("url", "Address", kind="url", hint=""),
        title=made("title", "Title"),
        publisher=made("publisher", "Publisher"),
        stance=made("stance", "Stance", kind="select", choices=stances),
        excerpt=made("excerpt", "Excerpt", kind="area", rows=2),
        locator=made("locator", "Page, section or time"),
        primary=made("primary", "Primary source", kind="check"),
        known=tuple(_hidden(place, name, value) for name, value in _known(source).items()),
        more=more,
        has_more=any(field.value or field.errors for field in more),
        errors=refusal.at(f"/evidence/{place}"),
    )
