"""Frozen dataclasses to JSON-able dicts and back, without loss.

Covers what a report is made of: dataclasses, tuples, StrEnums, strings,
integers, booleans and None. Every key is written, absent values as null; only a member
that came after the schema's first payloads (LATER) is left out while it is None,
so that those payloads keep their digest.
Reading is strict (an unknown key or a wrong type is a PayloadError), but a
key with a default may be missing, so that a payload frozen before a field
existed can still be read.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Shape = TypeVar("Shape")
LATER: Mapping[str, bool] = {"later": True}
"""Metadata of a field that older payloads do not have."""


class PayloadError(ValueError):
    """A stored payload is not what its shape says; names the place."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(f"{pointer or '/'}: {detail}")
        self.pointer = pointer


def dump(value: object) -> Any:
    """The JSON-able form of `value`."""
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        members = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: dump(member) for field, member in members if member is not None or "later" not in field.metadata
        }
    raise TypeError(f"{type(value).__name__} cannot stand in a payload")


def load(shape: type[Shape], data: object, pointer: str = "") -> Shape:
    """The `shape` that was dumped as `data`, or PayloadError."""
    if not isinstance(data, Mapping):
        raise PayloadError(pointer, f"expected an object, found {type(data).__name__}")
    dataclass: Any = shape
    kinds = _kinds(dataclass)
    if unknown := sorted(set(data) - set(kinds)):
        raise PayloadError(pointer, f"unknown keys: {', '.join(map(str, unknown))}")
    values = {}
    for field in fields(dataclass):
        place = f"{pointer}/{field.name}"
        if field.name in data:
            values[field.name] = _value(kinds[field.name], data[field.name], place)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise PayloadError(place, "missing")
    try:
        return shape(**values)
    except ValueError as error:
        raise PayloadError(pointer, str(error)) from error


@cache
def _kinds(shape: type) -> dict[str, Any]:
    if not is_dataclass(shape):
        raise TypeError(f"{shape.__name__} is no dataclass")
    return get_type_hints(shape)


def _value(kind: Any, data: object, pointer: str) -> Any:
    if get_origin(kind) is types.UnionType:
        if data is None:
            return None
        kind = next(one for one in get_args(kind) if one is not types.NoneType)
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise PayloadError(pointer, f"expected a list, found {type(data).__name__}")
        return tuple(_value(get_args(kind)[0], item, f"{pointer}/{i}") for i, item in enumerate(data))
    if isinstance(kind, type) and is_dataclass(kind):
        return load(kind, data, pointer)
    if issubclass(kind, StrEnum):
        try:
            return kind(data)
        except ValueError:
            raise PayloadError(pointer, f"{data!r} is none of {', '.join(kind)}") from None
    if type(data) is not kind:
        raise PayloadError(pointer, f"expected {kind.__name__}, found {type(data).__name__}")
    return data
