"""Hold the test articles to their own conventions, both halves alike.

A label that drifts from its text makes every measure taken with it wrong,
so the offsets and the vocabulary are checked here and not trusted.
"""

import datetime
import functools
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.enums import Boilerplate, NotAClaim, Speech

ARTICLES = Path(__file__).parent / "articles"
HALVES = ("dev", "measure")
GOLD_FILES = sorted(ARTICLES.glob("*/*.gold.json"))
SAMPLE_SHA256 = "b5d1addfaef6027bcfd8005d80ee45980b256fe9c91db483be336f118fb42700"
OPENERS = ('"', "“", "‘", "«")
CLOSERS = ('"', "”", "’", "»")
ENDS_OF_FRAME = (".", ",", ";", ":")
ABBREVIATIONS = ("a.m.", "p.m.", "U.S.", "lb.")
FEW_WORDS = 4
"""A statement as short as this may stand in two articles by chance."""


def read_pair(gold_path: Path) -> tuple[str, dict[str, Any]]:
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    text = (gold_path.parent / gold["article"]).read_bytes().decode("utf-8")
    return text, gold


def quoted(item: dict[str, Any]) -> str:
    return item["quote"] if "quote" in item else item["text"]


def kinds_of(half: str) -> list[str]:
    return sorted(read_pair(path)[1]["kind"] for path in GOLD_FILES if path.parent.name == half)


def each_article(check: Callable[[tuple[str, dict[str, Any]]], None]) -> Callable[[], None]:
    """A test that goes through all articles: one test for each would take longer than what they check."""

    @functools.wraps(check)
    def through_all() -> None:
        assert len(GOLD_FILES) > 100
        for path in GOLD_FILES:
            try:
                check(read_pair(path))
            except AssertionError as error:
                raise AssertionError(f"{path.parent.name}/{path.name}: {error}") from error

    del through_all.__wrapped__  # type: ignore[attr-defined] # pytest would ask for a fixture named pair
    return through_all


@pytest.mark.parametrize("half", HALVES)
def test_articles_every_text_has_its_gold(half: str) -> None:
    texts = {path.name.removesuffix(".txt") for path in (ARTICLES / half).glob("*.txt")}
    golds = {path.name.removesuffix(".gold.json") for path in (ARTICLES / half).glob("*.gold.json")}
    assert texts == golds
    assert len(texts) >= 14


def test_articles_halves_cover_the_same_kinds() -> None:
    dev, measure = Counter(kinds_of("dev")), Counter(kinds_of("measure"))
    assert measure <= dev
    assert set(measure) <= set(dev)
    assert len(measure) == 14


def test_articles_halves_share_no_claim() -> None:
    dev, measure = (
        {
            claim["quote"]
            for path in GOLD_FILES
            if path.parent.name == half
            for claim in read_pair(path)[1]["claims"]
            if len(claim["quote"].split()) > FEW_WORDS
        }
        for half in HALVES
    )
    assert not dev & measure


@each_article
def test_article_text_is_plain(pair: tuple[str, dict[str, Any]]) -> None:
    text, gold = pair
    assert "\r" not in text
    assert "\x00" not in text
    assert 250 <= len(text.split()) <= 760
    assert datetime.date.fromisoformat(gold["document_date"]).isoformat() == gold["document_date"]
    assert gold["outlet"]
    assert gold["title"]


@each_article
def test_article_spans_quote_the_text(pair: tuple[str, dict[str, Any]]) -> None:
    text, gold = pair
    for item in (*gold["claims"], *gold["boilerplate"], *gold["not_claims"]):
        assert text[item["start"] : item["end"]] == quoted(item)
        assert quoted(item).strip() == quoted(item) != ""


@each_article
def test_article_spans_do_not_overlap(pair: tuple[str, dict[str, Any]]) -> None:
    _, gold = pair
    spans = sorted(
        (item["start"], item["end"]) for item in (*gold["claims"], *gold["boilerplate"], *gold["not_claims"])
    )
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start


@each_article
def test_article_claims_are_in_order(pair: tuple[str, dict[str, Any]]) -> None:
    starts = [claim["start"] for claim in pair[1]["claims"]]
    assert starts == sorted(starts)
    assert len(starts) >= 10


@each_article
def test_article_claims_are_without_frame_marks(pair: tuple[str, dict[str, Any]]) -> None:
    for claim in pair[1]["claims"]:
        quote = claim["quote"]
        assert not quote.startswith(OPENERS) or (claim["speech"] == "mixed" and not quote.endswith(CLOSERS))
        assert not quote.endswith(ENDS_OF_FRAME) or quote.endswith(ABBREVIATIONS)


@each_article
def test_article_claims_use_the_vocabulary(pair: tuple[str, dict[str, Any]]) -> None:
    for claim in pair[1]["claims"]:
        assert set(claim) == {"start", "end", "quote", "claimant", "check_worthy", "venue", "speech"}
        assert claim["speech"] in set(Speech)
        assert (claim["claimant"] == "author") == (claim["speech"] == Speech.AUTHOR)
        assert isinstance(claim["check_worthy"], bool)
        assert claim["claimant"] != ""


@each_article
def test_article_claimants_are_named_in_the_text(pair: tuple[str, dict[str, Any]]) -> None:
    text, gold = pair
    folded = text.replace("’", "'").casefold()
    for claim in gold["claims"]:
        if claim["claimant"] not in {None, "author"}:
            assert all(word in folded for word in claim["claimant"].replace("’", "'").casefold().split())


@each_article
def test_article_reasons_use_the_vocabulary(pair: tuple[str, dict[str, Any]]) -> None:
    _, gold = pair
    assert {item["reason"] for item in gold["boilerplate"]} <= set(Boilerplate)
    assert {item["reason"] for item in gold["not_claims"]} <= set(NotAClaim)


@pytest.mark.parametrize("name", ["wire-dam-inspection", "parliament-rural-buses", "local-alma-street-baths"])
def test_seed_articles_are_the_labelled_texts(name: str) -> None:
    seed = (ARTICLES.parents[2] / "seeds" / "articles" / f"{name}.txt").read_bytes()
    _, _, body = seed.partition(b"\n---\n")
    assert body == (ARTICLES / "dev" / f"{name}.txt").read_bytes()


def test_seed_sample_article_is_unchanged() -> None:
    seed = (ARTICLES.parents[2] / "seeds" / "articles" / "kursk-2025-03-14.txt").read_bytes()
    _, _, body = seed.partition(b"\n---\n")
    assert hashlib.sha256(body).hexdigest() == SAMPLE_SHA256
