"""The real article, against labels made by hand."""

import json
import statistics
from pathlib import Path

import pytest

from claims.pipeline.checkworthiness import score_text
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction

GOLD = json.loads((Path(__file__).with_name("kursk-2025-03-14.gold.json")).read_text())
WORTHY = [claim for claim in GOLD["claims"] if claim["check_worthy"]]


@pytest.fixture(scope="module")
def found(kursk_text) -> Extraction:
    return extract(kursk_text, DocumentInfo(published_at=GOLD["document_date"], outlet="Example News"))


def overlap(gold: dict, claim: ExtractedClaim) -> float:
    shared = min(gold["end"], claim.end) - max(gold["start"], claim.start)
    return max(0, shared) / (max(gold["end"], claim.end) - min(gold["start"], claim.start))


def match(gold: dict, found: Extraction) -> ExtractedClaim:
    best = max(found.claims, key=lambda claim: overlap(gold, claim))
    assert overlap(gold, best) >= 0.5, f"not found: {gold['quote']}"
    return best


@pytest.mark.parametrize("gold", WORTHY, ids=[claim["quote"][:30] for claim in WORTHY])
def test_check_worthy_claims_are_found_with_the_right_claimant(gold, found):
    claim = match(gold, found)
    if gold["claimant"] == "author":
        assert claim.speech == "author"
        assert claim.speaker is None
    else:
        assert claim.speaker is not None
        assert claim.speaker.name.split()[-1] == gold["claimant"].split()[-1]


def test_the_troops_claim_is_exact(found):
    [troops] = [claim for claim in found.claims if claim.quote.startswith("AT THIS VERY MOMENT")]
    assert troops.quote == WORTHY[2]["quote"]
    assert troops.statement == "Thousands of Ukrainian troops are completely surrounded by the Russian military"
    assert (troops.speaker.name, troops.venue, troops.said_at) == ("Donald Trump", "Truth Social", "2025-03-14")


def test_check_worthy_claims_score_above_what_is_none(found, kursk_text):
    lesser = [
        match(gold, found).score.value
        for gold in GOLD["claims"]
        if not gold["check_worthy"] and any(overlap(gold, claim) >= 0.5 for claim in found.claims)
    ]
    not_claims = [score_text(entry["text"]).value for entry in GOLD["not_claims"]]
    bar = max([*not_claims, statistics.median(lesser)])
    scores = {gold["quote"][:30]: match(gold, found).score.value for gold in WORTHY}
    assert {quote: score for quote, score in scores.items() if score <= bar} == {}


def test_no_claim_touches_boilerplate(found):
    for place in GOLD["boilerplate"]:
        touching = [c.quote for c in found.claims if c.start < place["end"] and place["start"] < c.end]
        assert touching == [], place["text"]


def test_boilerplate_is_labelled(found):
    for place in GOLD["boilerplate"]:
        entries = [e for e in found.sentences if e.start < place["end"] and place["start"] < e.end]
        assert {e.disposition for e in entries} == {"boilerplate"}, place["text"]


def test_what_is_no_claim_is_none(found):
    for place in GOLD["not_claims"]:
        touching = [c.quote for c in found.claims if c.start < place["end"] and place["start"] < c.end]
        assert touching == [], place["text"]


def test_every_word_is_in_the_ledger(found, kursk_text):
    covered = {i for entry in found.sentences for i in range(entry.start, entry.end)}
    assert [i for i, char in enumerate(kursk_text) if not char.isspace() and i not in covered] == []
