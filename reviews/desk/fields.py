"""Form fields as the templates show them, and refusals that find their way to
the fields they are about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from factcheck.errors import DomainError, FieldError, Invalid

TITLES = {422: "Something is missing or wrong", 412: "Somebody changed this meanwhile"}
"""What a refused form says first, by status; else the refusal's own title."""


FAULTY = 422
MACHINERY = frozenset(
    {"csrfmiddlewaretoken", "owner", "form", "version", "base", "page", "do", "to", "local", "verdict", "claim"}
    | {"copy", "again", "revision", "instead_of", "remove"}
)
"""Fields that nobody types into."""
_SOURCE = re.compile(r"evidence-(\d{1,3})-(\w+)\Z", re.ASCII)


def said_in(typed: QueryDict) -> list[tuple[str, str]]:
    """What somebody typed into a form, as (name in words, text)."""
    found = [(name, text) for name, texts in typed.lists() if not _is_machinery(name) for text in texts]
    return [(_SOURCE.sub(_source_named, name).replace("_", " "), lines(text)) for name, text in found if text.strip()]


def _is_machinery(name: str) -> bool:
    place = _SOURCE.match(name)
    return name in MACHINERY or (place is not None and place[2] in {"source", "was_url", "was_title"})


def _source_named(match: re.Match[str]) -> str:
    return f"source {int(match[1]) + 1}, {match[2]}"


def id_of(form: str, pointer: str) -> str:
    """The element that a JSON pointer of a form's input means."""
    place = re.sub(r"[^a-zA-Z0-9_]+", "-", pointer.strip("/"))
    return f"{form}-{place}" if place else form


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a select or a radio group."""

    value: str
    label: str
    hint: str = ""
    key: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled input. `kind` is text, area, select, check, number, file or hidden;
    `limit` is in characters, None for no limit."""

    id: str
    name: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    limit: int | None = None
    required: bool = False
    rows: int = 3
    errors: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def described_by(self) -> str:
        """The ids of what explains the input."""
        parts = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*parts, *([f"{self.id}-error"] if self.errors else [])])


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused request, with what was typed, so that the same page can be
    shown again. `form` names the form it came from."""

    title: str
    detail: str
    status: int = 200
    code: str = ""
    errors: tuple[FieldError, ...] = ()
    form: str = ""
    typed: QueryDict = field(default_factory=QueryDict)
    changes: tuple[Mapping[str, object], ...] = ()

    @classmethod
    def of(cls, error: DomainError, typed: QueryDict) -> "Refusal":
        """What a service refused."""
        changes = error.extra.get("changes")
        return cls(
            title=TITLES.get(error.status, error.title),
            detail=error.detail,
            status=error.status,
            code=error.code,
            errors=error.errors,
            form=typed.get("form", ""),
            typed=typed,
            changes=tuple(changes) if isinstance(changes, list) else (),
        )

    @property
    def places(self) -> list[tuple[str, str]]:
        """(id of the element, what is wrong there), for the list at the top; no
        id for what stands in the report to be and in no field of the page."""
        has_fields = self.code != "not_conforming"
        return [(id_of(self.form, error.pointer) if has_fields else "", error.detail) for error in self.errors]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was typed, for a page that may not have its form any more; a form
        with fields in fault (422) is always shown again."""
        return said_in(self.typed) if self.status >= 400 and self.status != FAULTY else []

    def at(self, pointer: str) -> tuple[str, ...]:
        """What is wrong at exactly this place."""
        return tuple(error.detail for error in self.errors if error.pointer == pointer)


NOTHING = Refusal("", "")
"""No refusal."""


def typed_in(refusal: Refusal, form: str) -> QueryDict | None:
    """What was typed into that form, when it was the one refused."""
    return refusal.typed if refusal.form == form else None


def typed_text(refusal: Refusal, form: str, name: str, default: str = "") -> str:
    """What was typed into one field of a form that was refused, else `default`."""
    typed = typed_in(refusal, form)
    return default if typed is None else typed.get(name, "")


def made(form: str, refusal: Refusal, name: str, label: str, value: str = "", **more: Any) -> Field:
    """A field of a form with `value`, or with what was typed into it, and what is
    wrong with it."""
    errors = refusal.at(f"/{name}") if refusal.form == form else ()
    return Field(id_of(form, name), name, label, typed_text(refusal, form, name, value), errors=errors, **more)


def lines(text: str) -> str:
    """Text of a form: browsers send CRLF for every line break."""
    return text.replace("\r\n", "\n")


def choices(words: Mapping[str, str], chosen: str, *, blank: str | None = None) -> tuple[Choice, ...]:
    """The values of a vocabulary; `blank` is the label of "none of them"."""
    first = (Choice("", blank, is_chosen=not chosen),) if blank is not None else ()
    return (*first, *(Choice(str(value), label, is_chosen=value == chosen) for value, label in words.items()))


def require_lengths(values: Iterable[tuple[str, str, int]]) -> None:
    """Invalid naming every (pointer, text, limit) whose text is too long."""
    errors = [
        FieldError(pointer, "too_long", f"At most {limit:,} characters; this has {len(text):,}")
        for pointer, text, limit in values
        if len(text) > limit
    ]
    if errors:
        raise Invalid(errors[0].detail, errors=errors, code="too_long")


def whole(text: str, *, pointer: str, least: int, most: int) -> int:
    """A whole number of a form, or Invalid naming the field."""
    if not re.fullmatch(r"-?\d{1,9}", text.strip(), re.ASCII) or not least <= int(text) <= most:
        raise Invalid.at(pointer, "number_invalid", f"Give a whole number from {least:,} to {most:,}")
    return int(text)
