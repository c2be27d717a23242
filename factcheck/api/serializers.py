"""Serializers that refuse what they do not know."""

import math
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from factcheck.api.pages import DEFAULT_LIMIT, MAX_LIMIT
from factcheck.api.problems import nearest


class Text(serializers.CharField):
    """A text kept as it came: never trimmed, and only a string is a string."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The string itself; a number or a truth value is refused."""
        if not isinstance(data, str):
            raise serializers.ValidationError("Send a string.", code="not_a_string")
        return data


class Share(serializers.FloatField):
    """A number from 0 to 1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0.0, "max_value": 1.0, **kwargs})

    def to_internal_value(self, data: Any) -> float:
        """The number; a truth value is none, nor is what is not finite."""
        value = 0.0 if isinstance(data, bool) else float(super().to_internal_value(data))
        if isinstance(data, bool) or not math.isfinite(value):
            self.fail("invalid")
        return value


class Whole(serializers.IntegerField):
    """A whole number that fits a database column."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 2**31 - 1)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        """The number; a truth value is none."""
        if isinstance(data, bool):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses unknown members, naming the nearest known one."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated members."""
        if isinstance(data, Mapping):
            writable = [name for name, field in self.fields.items() if not field.read_only]
            unknown = {
                key: [
                    serializers.ErrorDetail(
                        f"Unknown member.{nearest(str(key), writable)} Known: {', '.join(writable)}.",
                        code="unknown_member",
                    )
                ]
                for key in data
                if key not in writable
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class ListQuery(serializers.Serializer[Any]):
    """Query of every list. `count=exact` asks for the number of all rows."""

    limit = Whole(min_value=1, max_value=MAX_LIMIT, default=DEFAULT_LIMIT)
    cursor = serializers.CharField(required=False, max_length=500)


class NoQuery(serializers.Serializer[Any]):
    """An address that takes no query."""
