"""JSON as the desk takes it: UTF-8, an object, shallow, and every text storable."""

import codecs
import json
import math
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from factcheck.errors import FieldError, Malformed, TooLarge

MAX_DEPTH = 32
MAX_NAMES_SHOWN = 40


class _Duplicate(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Duplicate("a name stands twice in one object")
    return made


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number {text[:20]} is too large")
    return value


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def parse(raw: bytes) -> dict[str, Any]:
    """The object in `raw`, or Malformed saying what is wrong and where."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"The body is not UTF-8 (byte {error.start})") from None
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_number)
    except RecursionError:
        raise Malformed(f"The body nests deeper than {MAX_DEPTH} levels") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except ValueError as error:
        raise Malformed(f"The body is not JSON: {str(error)[:200]}") from None
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object")
    _check(value)
    return value


def _check(value: dict[str, Any]) -> None:
    """Refuse NUL, lone surrogates and depth; iterative, so depth cannot hurt."""
    stack: list[tuple[str, Any, int]] = [("", value, 1)]
    while stack:
        pointer, item, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise Malformed(f"The body nests deeper than {MAX_DEPTH} levels")
        if isinstance(item, str):
            _check_text(pointer, item)
        elif isinstance(item, list):
            stack.extend((f"{pointer}/{index}", child, depth + 1) for index, child in enumerate(item))
        elif isinstance(item, dict):
            for key, child in item.items():
                _check_text(pointer, key)
                stack.append((f"{pointer}/{key[:MAX_NAMES_SHOWN]}", child, depth + 1))


def _check_text(pointer: str, text: str) -> None:
    if "\0" in text:
        place = text.index("\0")
        detail = f"The text holds a NUL character (position {place}), which no text may hold"
        raise Malformed(detail, errors=[FieldError(pointer, "nul_character", detail)], code="nul_character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        detail = f"The text holds half a surrogate pair (position {error.start}), which is no character"
        raise Malformed(detail, errors=[FieldError(pointer, "lone_surrogate", detail)], code="lone_surrogate") from None


class StrictJSONParser(BaseParser):
    """DRF parser for application/json."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Read at most the allowed size and parse it."""
        charset = "utf-8"
        for part in (media_type or "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset":
                charset = value.strip('"').lower()
        try:
            if codecs.lookup(charset).name != "utf-8":
                raise LookupError
        except LookupError:
            raise Malformed(f"Send UTF-8, not {charset[:MAX_NAMES_SHOWN]!r}") from None
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(f"The request is larger than the {limit} bytes the desk takes")
        return parse(raw)
