"""Hostile inputs: text, JSON, headers, spans, queries, HTML; seeded, endless."""

import json
import random
from collections.abc import Sequence
from typing import Any

TEXTS = (
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff",
    "\u202e\u2066evil\u2069",
    "e\u0301" * 50,
    "🏳️‍🌈" * 40,
    "\ufeff",
    "\u2028\u2029",
    "<script>alert(1)</script>",
    "</script><!--",
    "{{ 7*7 }}{% debug %}",
    "'; DROP TABLE claims_claim; --",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "%00%0a%0d",
    "\r\nSet-Cookie: a=b",
    "A" * 5000,
    '"' * 3000,
    "(" * 3000,
    " " * 3000,
    "\n" * 3000,
    "said " * 600,
    "‏" * 100 + "مرحبا",
    "-0",
    "NaN",
    "1e400",
    "9" * 400,
    "null",
    "",
    "\x1b[31m",
    "\x7f\x80\x9f",
    "ﷺ" * 100,
    "Z" + "͑" * 300,
)
NUMBERS = (0, -1, 1, 2**31, 2**31 - 1, 2**63, 2**63 - 1, 2**64, 10**30, -(2**63), 0.1, 1e308, True, False)
RAW = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"a"',
    b"{}" * 100,
    b"[" * 5000,
    b'{"a":' * 5000,
    b'{"text": "\\ud800"}',
    b'{"text": "\\u0000"}',
    b'{"text": 1e999}',
    b'{"text": NaN}',
    b'{"text": "\xff\xfe"}',
    b'{"text": "a", "text": "b"}',
    b"\x80\x81\x82",
    b"\xef\xbb\xbf{}",
    b"a=1&b=2",
    b'{"x": ' + b"1" * 6000 + b"}",
)
HEADERS = (
    {"If-Match": '"v1"'},
    {"If-Match": "*"},
    {"If-Match": '"v99999999999"'},
    {"If-Match": "\x7f"},
    {"Idempotency-Key": "k"},
    {"Idempotency-Key": "é"},
    {"Idempotency-Key": "k" * 300},
    {"X-Request-ID": "../../x"},
    {"Accept": "text/" + "x" * 500},
    {"Accept-Language": "*;q=" + "9" * 200},
    {"Content-Type": "application/json; charset=utf-7"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "text/plain"},
    {"Authorization": "Bearer fct_" + "x" * 500},
    {"Authorization": "Bearer"},
    {"Authorization": "Basic Og=="},
    {"Origin": "null"},
)
PATH_PARTS = ("0", "1", "2", "3", "9" * 18, "9" * 40)
SLUGS = ("1", "a", "1-x", "-", "%00", "%ff", "é", "x" * 300, "..", "1-x.csv")


class Corpus:
    """A generator of requests from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def text(self) -> str:
        """A hostile text, sometimes long, sometimes two joined."""
        first = self._random.choice(TEXTS)
        return first + self._random.choice(TEXTS) if self._random.random() < 0.2 else first

    def value(self, depth: int = 0) -> Any:
        """A JSON value."""
        roll = self._random.random()
        if roll < 0.5 or depth > 3:
            return self.text()
        if roll < 0.7:
            return self._random.choice(NUMBERS)
        if roll < 0.8:
            return None
        if roll < 0.9:
            return [self.value(depth + 1) for _ in range(self._random.randint(0, 4))]
        return {self.text()[:40]: self.value(depth + 1) for _ in range(self._random.randint(0, 4))}

    def body(self, members: tuple[str, ...]) -> bytes:
        """Raw bytes, or an object with some of the members the address knows."""
        if self._random.random() < 0.15 or not members:
            return self._random.choice(RAW)
        chosen = self._random.sample(members, k=self._random.randint(1, len(members)))
        return json.dumps({name: self.value() for name in chosen}).encode()

    def query(self, names: tuple[str, ...]) -> dict[str, str]:
        """A query string's members; lone surrogates cannot be written in one."""
        if self._random.random() < 0.6:
            return {}
        name = self._random.choice([*names, "unknown", "limit", "cursor", "\x00"])
        return {name: self.text().encode("utf-8", "replace").decode()[:2000]}

    def headers(self) -> dict[str, str]:
        """Some header, or none."""
        return self._random.choice(HEADERS) if self._random.random() < 0.4 else {}

    def fill(self, parameters: dict[str, str]) -> dict[str, Any]:
        """Values for a path's parameters: `int` or `str`."""
        return {
            name: int(self._random.choice(PATH_PARTS)) if kind == "int" else self._random.choice(SLUGS)
            for name, kind in parameters.items()
        }

    def pick(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return self._random.choice(options)

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self._random.random() < share
