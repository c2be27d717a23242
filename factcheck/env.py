"""Typed reading of environment variables.

Every variable is read through `Env`, which remembers its name, default and
meaning: docs/settings.md is held against that list by a test, and a value
that cannot be read stops the start with one sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable as the settings declare it."""

    name: str
    default: str
    meaning: str


class Env:
    """Reads variables from `source` and keeps a list of what was declared."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source
        self.declared: dict[str, Variable] = {}

    def _raw(self, name: str, default: object, meaning: str) -> str | None:
        self.declared[name] = Variable(name, "" if default is None else str(default), meaning)
        value = self._source.get(name, "").strip()
        return value or None

    def text(self, name: str, default: str, meaning: str) -> str:
        """A string; an empty variable counts as not set."""
        return self._raw(name, default, meaning) or default

    def secret(self, name: str, meaning: str) -> str | None:
        """A string without a default."""
        return self._raw(name, None, meaning)

    def path(self, name: str, default: Path, meaning: str, *, shown: str) -> Path:
        """An absolute path; `shown` stands for the default in the docs."""
        value = self._raw(name, shown, meaning)
        return Path(value).expanduser().absolute() if value else default

    def flag(self, name: str, *, default: bool, meaning: str) -> bool:
        """`1 true yes on` or `0 false no off`, in any case."""
        value = self._raw(name, int(default), meaning)
        if value is None:
            return default
        if value.lower() in TRUE:
            return True
        if value.lower() in FALSE:
            return False
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0")

    def whole(self, name: str, default: int, meaning: str, *, least: int = 0, most: int | None = None) -> int:
        """A whole number within `least` and `most`."""
        value = self._raw(name, default, meaning)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name}={value!r} is not a whole number") from None
        if number < least or (most is not None and number > most):
            limit = f"at least {least}" if most is None else f"between {least} and {most}"
            raise ImproperlyConfigured(f"{name}={number} must be {limit}")
        return number

    def fraction(self, name: str, default: float, meaning: str) -> float:
        """A number from 0 to 1."""
        value = self._raw(name, default, meaning)
        if value is None:
            return default
        try:
            number = float(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name}={value!r} is not a number") from None
        if not 0.0 <= number <= 1.0:
            raise ImproperlyConfigured(f"{name}={value} must be between 0 and 1")
        return number

    def words(self, name: str, default: tuple[str, ...], meaning: str) -> list[str]:
        """A comma-separated list."""
        value = self._raw(name, ",".join(default), meaning)
        return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)
