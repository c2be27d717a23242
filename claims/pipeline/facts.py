"""Stage 7: numbers with units, dates and places of a claim, and its main type."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from claims.enums import ClaimType
from claims.pipeline.dates import find_dates, fold
from claims.pipeline.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MAGNITUDES,
    NUMBER_WORDS,
    PREPOSITIONS,
)
from claims.pipeline.shapes import Fact

MAX_FACTS = 40
"""No claim carries more dates, nor more numbers, than this (hostile text)."""

_CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "US$": "USD", "A$": "AUD", "C$": "CAD",
               "HK$": "HKD", "R$": "BRL", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW"}  # fmt: skip
_UNIT_WORDS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "pc": "percent",
    "percentage points": "percentage points", "percentage point": "percentage points", "pence": "pence",
    "p": "pence", "c": "C", "km": "km", "kg": "kg", "mph": "mph", "mm": "mm", "cm": "cm", "mw": "MW",
    "kwh": "kWh", "dollars": "USD", "euros": "EUR", "pounds": "GBP", "francs": "CHF", "yen": "JPY",
    "rupees": "INR", "roubles": "RUB", "rubles": "RUB",
}  # fmt: skip
_WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?P<currency>US\$|A\$|C\$|HK\$|R\$|[$£€¥₹₽₴₺₩])?\s?
    (?:(?P<digits>(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|(?<![\w,])\d+(?:\.\d+)?)
      |(?P<word>\b(?:{_WORD_NUMBER})(?:-(?:{_WORD_NUMBER}))?\b)
      |(?P<plural>\b(?:hundreds(?:\sof\sthousands)?|thousands|tens\sof\sthousands|dozens|millions|billions)\b))
    (?P<magnitude>(?:[\s-]?(?:hundred|thousand|million|billion|trillion)\b|(?:m|bn|k|tn|mn)\b))?
    (?P<unit>\s?(?:%|percentage\spoints?|per\scent\b|percent\b|mph\b|km\b|kg\b|cm\b|mm\b|pc\b|MW\b|kWh\b|C\b|p\b))?""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGN = re.compile(rf"\d|{_WORD_NUMBER}|hundreds|thousands|tens|dozens|millions|billions")
"""What every number holds when folded; asked before the pattern, which is slow on words."""

_NEXT_WORDS = re.compile(r"[\s-]+([^\W\d_][\w’'-]*)(?:\s+([^\W\d_][\w’'-]*))?(?:\s+([^\W\d_][\w’'-]*))?")
_PLURALS = {"hundreds": "100", "thousands": "1000", "dozens": "12", "millions": "1000000", "billions": "1000000000",
            "hundreds of thousands": "100000", "tens of thousands": "10000"}  # fmt: skip
_PLACE = re.compile(
    r"\b(?:in|at|near|from|off|across|outside|around)\s+(?:the\s+)?((?:[A-Z][\w’'-]+)(?:\s[A-Z][\w’'-]+){0,3})"
)
_NOT_UNITS = (
    PREPOSITIONS
    | CONJUNCTIONS
    | DETERMINERS
    | AUXILIARIES
    | ADVERBS
    | {"it", "he", "she", "they", "we", "who", "which"}
)

_RECORD = re.compile(
    r"\b(?:record|first (?:time|decline|rise|since|woman|man|ever|\w+ to)|(?:highest|lowest|largest|biggest|"
    r"smallest|worst|"
    r"best|most|fewest|oldest|youngest|longest|fastest|tallest|deadliest)\b.{0,60}\b(?:ever|since|in (?:the "
    r")?(?:history|"
    r"world|country)|of (?:its|the))|never (?:before|once)?|not (?:seen )?since|in \w+ history|all-time|"
    r"unprecedented)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\b(?:than|compared (?:with|to)|times (?:as|more|the)|(?:twice|half|double) (?:as|the)|up from|down from|"
    r"against a "
    r"target|as (?:many|much|high|low|likely) as|outnumber\w*|exceed\w*)\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    r"\b(?:because|due to|owing to|caused|causes|led to|leads to|leading to|result(?:ed|s|ing)? in|as a result of|"
    r"thanks to|triggered|sparked|so that|therefore|blamed|responsible for|contribut\w+ to|prevent(?:ed|s))\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"\b(?:said|says|told|tells|promised|claimed|denied|stated|announced|wrote|asked|vowed|pledged|urged|"
    r"called (?:on|for)|"
    r"warned|admitted|confirmed|insisted|appealed|rejected|apologi[sz]ed)\b",
    re.IGNORECASE,
)


def find_facts(text: str, start: int, end: int, document_day: date | None) -> tuple[Fact, ...]:
    """Dates, numbers and places of `text[start:end]`, in order, not overlapping."""
    facts = [
        Fact("date", found.start, found.end, text[found.start : found.end], found.value)
        for found in islice(find_dates(text, start, end, document_day), MAX_FACTS)
    ]
    taken = [(fact.start, fact.end) for fact in facts]
    facts.extend(islice((fact for fact in _numbers(text, start, end) if _is_free(fact, taken)), MAX_FACTS))
    taken = [(fact.start, fact.end) for fact in facts]
    facts.extend(fact for fact in _places(text, start, end) if _is_free(fact, taken))
    return tuple(sorted(facts, key=lambda fact: fact.start))


def _is_free(fact: Fact, taken: list[tuple[int, int]]) -> bool:
    return all(fact.end <= start or fact.start >= end for start, end in taken)


def _numbers(text: str, start: int, end: int) -> Iterator[Fact]:
    """Numbers in digits and words with what they count."""
    if _SIGN.search(fold(text[start:end])) is None:
        return
    for match in _NUMBER.finditer(text, start, end):
        value = _amount(match)
        if value is None:
            continue
        left = match.start() + len(match.group()) - len(match.group().lstrip())
        unit = _unit_of(text, match, end)
        if match.group("word") and unit is None and match.group("word").lower() == "one":
            continue
        yield Fact("number", left, match.end(), text[left : match.end()], value, unit)


def _amount(match: re.Match[str]) -> str | None:
    """The number as a plain decimal string."""
    if match.group("plural"):
        return _PLURALS.get(" ".join(match.group("plural").lower().split()))
    try:
        if match.group("digits"):
            number = Decimal(match.group("digits").replace(",", ""))
        else:
            number = Decimal(sum(NUMBER_WORDS[part] for part in match.group("word").lower().split("-")))
    except (InvalidOperation, KeyError):
        return None
    magnitude = (match.group("magnitude") or "").strip(" -\t\n").lower()
    if len(str(number)) > 40:
        return None
    value = number * MAGNITUDES.get(magnitude, 1)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _unit_of(text: str, match: re.Match[str], end: int) -> str | None:
    """The currency, the unit sign, or the counted noun after the number."""
    if match.group("currency"):
        return _CURRENCIES.get(match.group("currency").upper(), match.group("currency"))
    if match.group("unit"):
        word = " ".join(match.group("unit").lower().split())
        return _UNIT_WORDS.get(word, word)
    following = _NEXT_WORDS.match(text, match.end(), min(end, match.end() + 60))
    if following is None:
        return None
    words = [word.lower() for word in following.groups() if word]
    chosen: str | None = None
    for index, word in enumerate(words):
        if word in _NOT_UNITS:
            if word == "of" and index == 0:
                continue
            break
        chosen = word
        if (word.endswith("s") and not word.endswith("ss")) or word in {
            "people",
            "percent",
            "men",
            "women",
            "children",
            "police",
        }:
            break
    return _UNIT_WORDS.get(chosen, chosen) if chosen else None


def _places(text: str, start: int, end: int) -> Iterator[Fact]:
    """Capitalised names after a preposition of place."""
    shouted = text[start:end].isupper()
    if shouted:
        return
    for match in _PLACE.finditer(text, start, end):
        name = re.sub(r"[’']s$", "", match.group(1))
        if name.lower() not in {"i", "monday", "january"}:
            yield Fact("place", match.start(1), match.start(1) + len(name), name, name)


def type_of(statement: str, facts: tuple[Fact, ...]) -> ClaimType:
    """The main kind of fact a claim states; the most specific sign wins."""
    if _RECORD.search(statement):
        return ClaimType.RECORD
    if _COMPARISON.search(statement):
        return ClaimType.COMPARISON
    if _CAUSAL.search(statement):
        return ClaimType.CAUSAL
    if any(fact.kind == "number" for fact in facts):
        return ClaimType.NUMERIC
    return ClaimType.QUOTE if _QUOTE.search(statement) else ClaimType.EVENT
