"""Labelled articles: what is right, false, an abstention, and kept out."""

import json

import pytest

from claims.enums import Boilerplate, ClaimantType, ClaimType, Disposition, Speech
from claims.evaluation.articles import broken_offsets, has_articles, measure_articles, read_articles
from claims.evaluation.claimbuster import DataError
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction, Fact, LedgerEntry, Score, Speaker

TEXT = "Advert\n\nBo Marr said prices fell 3%. Rents rose. He is kind.\n"


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


def gold(**changes):
    claims = [
        {"quote": "prices fell 3%", "claimant": "Bo Marr", "check_worthy": True, "speech": "indirect", "venue": None},
        {"quote": "Rents rose", "claimant": "author", "check_worthy": False, "speech": "author", "venue": None},
    ]
    for claim in claims:
        claim["start"], claim["end"] = span(claim["quote"])
    label = {
        "claims": claims,
        "boilerplate": [{"text": "Advert", "start": 0, "end": 6}],
        "not_claims": [{"text": "He is kind.", "start": span("He is kind.")[0], "end": span("He is kind.")[1]}],
        "document_date": "2025-03-14",
        "title": "Prices",
    }
    return label | changes


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one.gold.json").write_text(json.dumps(gold()), encoding="utf-8")
    return tmp_path


def claim(words, speech, speaker=None, value=0.9, **changes):
    start, end = span(words)
    fields = {
        "start": start,
        "end": end,
        "quote": words,
        "prefix": TEXT[max(0, start - 32) : start],
        "suffix": TEXT[end : end + 32],
        "statement": words,
        "speech": speech,
        "claim_type": ClaimType.EVENT,
        "score": Score(value, "test"),
        "speaker": Speaker(speaker, ClaimantType.PERSON, 1.0) if speaker else None,
    }
    return ExtractedClaim(**fields | changes)


def extraction(*claims, sentences=None, date="2025-03-14"):
    whole = (
        LedgerEntry(0, 6, Disposition.BOILERPLATE, Boilerplate.AD),
        LedgerEntry(8, len(TEXT) - 1, Disposition.CLAIM),
    )
    return Extraction("en", date, "test", sentences=sentences if sentences is not None else whole, claims=claims)


def measured(folder, result):
    ticks = iter(range(100))
    return measure_articles(read_articles(folder), lambda text, info: result, lambda: float(next(ticks)))


def test_perfect_extraction_scores_one(folder):
    figures = measured(
        folder,
        extraction(claim("prices fell 3%", Speech.INDIRECT, "Marr"), claim("Rents rose", Speech.AUTHOR, value=0.1)),
    )
    assert figures["claims"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 2}
    assert figures["claims_exact_span"]["f1"] == 1.0
    assert figures["claimant_on_matched"]["indirect"] == {
        "claims": 1,
        "right": 1.0,
        "abstained": 0.0,
        "false": 0.0,
        "misnamed": 0.0,
    }
    assert figures["claimant_on_matched"]["author"]["right"] == 1.0
    assert figures["attribution_end_to_end"] == 1.0
    assert figures["check_worthiness"]["end_to_end"]["f1"] == 1.0
    assert figures["check_worthiness"]["matched"]["average_precision"] == 1.0
    assert figures["blocks"]["f1"] == 1.0
    assert figures["not_claims_kept_out"] == 1.0
    assert figures["document_date_right"] == 1.0
    assert figures["broken_offsets"] == 0
    assert figures["speed"]["articles_per_second"] == 1.0


def test_false_attribution_costs_double_an_abstention(folder):
    wrong = measured(folder, extraction(claim("prices fell 3%", Speech.INDIRECT, "Ada Quill")))
    unsure = measured(folder, extraction(claim("prices fell 3%", Speech.INDIRECT)))
    own = measured(folder, extraction(claim("prices fell 3%", Speech.AUTHOR)))
    assert wrong["claimant_on_matched"]["cost_per_claim"] == 2.0
    assert unsure["claimant_on_matched"]["cost_per_claim"] == 1.0
    assert unsure["claimant_on_matched"]["all"]["abstained"] == 1.0
    assert (own["claimant_on_matched"]["all"]["false"], own["claimant_on_matched"]["all"]["misnamed"]) == (1.0, 0.0)
    assert wrong["attribution_end_to_end"] == 0.0


def test_unnamed_claimant_is_right_when_nobody_is_named(folder):
    label = gold()
    label["claims"][0]["claimant"] = None
    (folder / "one.gold.json").write_text(json.dumps(label), encoding="utf-8")
    assert (
        measured(folder, extraction(claim("prices fell 3%", Speech.INDIRECT)))["claimant_on_matched"]["all"]["right"]
        == 1.0
    )
    named = measured(folder, extraction(claim("prices fell 3%", Speech.INDIRECT, "Bo Marr")))
    assert (named["claimant_on_matched"]["all"]["false"], named["claimant_on_matched"]["all"]["misnamed"]) == (1.0, 1.0)


def test_missed_and_wrong_claims_count_in_worthiness_end_to_end(folder):
    figures = measured(folder, extraction(claim("He is kind", Speech.AUTHOR, value=0.8)))
    assert figures["claims"]["recall"] == 0.0
    assert figures["check_worthiness"]["end_to_end"]["claims"] == 3
    assert figures["check_worthiness"]["end_to_end"]["f1"] == 0.0
    assert figures["not_claims_kept_out"] == 0.0


def test_broken_offsets_are_counted():
    good = claim("Rents rose", Speech.AUTHOR)
    assert broken_offsets(TEXT, extraction(good)) == 0
    assert broken_offsets(TEXT, extraction(claim("Rents rose", Speech.AUTHOR, quote="Rents fell"))) == 1
    assert broken_offsets(TEXT, extraction(claim("Rents rose", Speech.AUTHOR, prefix="other words"))) == 1
    assert broken_offsets(TEXT, extraction(claim("Rents rose", Speech.AUTHOR, end=10_000))) == 1
    fact = Fact("number", 0, 1, "3", "3")
    assert broken_offsets(TEXT, extraction(claim("Rents rose", Speech.AUTHOR, facts=(fact,)))) == 1


@pytest.mark.parametrize(
    "sentences",
    [
        (),
        (LedgerEntry(0, 6, Disposition.BOILERPLATE, Boilerplate.AD),),
        (LedgerEntry(0, 20, Disposition.CLAIM), LedgerEntry(10, len(TEXT), Disposition.CLAIM)),
        (LedgerEntry(8, len(TEXT), Disposition.CLAIM),),
    ],
)
def test_ledger_with_a_gap_or_an_overlap_is_broken(sentences):
    assert broken_offsets(TEXT, extraction(sentences=sentences)) >= 1


def test_read_articles_gives_what_the_sender_would_tell(folder):
    (article,) = read_articles(folder)
    assert article.info == DocumentInfo(title="Prices")
    assert article.name == "one"
    assert has_articles(folder)


def test_read_articles_label_that_does_not_fit_is_refused(folder):
    label = gold()
    label["claims"][0]["start"] += 1
    (folder / "one.gold.json").write_text(json.dumps(label), encoding="utf-8")
    with pytest.raises(DataError, match="one"):
        read_articles(folder)


def test_read_articles_of_an_empty_folder_is_refused(tmp_path):
    assert not has_articles(tmp_path)
    with pytest.raises(DataError):
        read_articles(tmp_path)
