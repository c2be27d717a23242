"""Check-worthiness: sane on news, total on any text, damaged files refused."""

import hashlib
import io
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pipeline import checkworthiness, checkworthiness_features
from claims.pipeline.checkworthiness import ModelError, load_model, read_model, score_text

FACTS = [
    "The number of nurses fell by 4,200 in 2023, the steepest drop in ten years",
    "thousands of soldiers have been surrounded near the border since monday",
    "The minister voted against the pension bill in 2019",
    "Rents have risen 12 percent since 2020, twice as fast as wages",
    "The company paid no tax on profits of £310 million last year",
    "More than half of the city's schools were built before 1970",
]
NO_FACTS = [
    "Bless you all and good night!",
    "We feel with the families tonight",
    "This is what every parent wants for a child",
    "Let us work together for a better future",
    "What do you think we should do about it?",
    "I believe he is a fine and decent man",
]


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("other", NO_FACTS)
def test_score_fact_above_opinion_and_wish(fact, other):
    assert score_text(fact).value > score_text(other).value


@pytest.mark.parametrize("fact", FACTS)
def test_score_fact_reaches_the_queue(fact):
    assert score_text(fact).value >= 0.35


@pytest.mark.parametrize("other", NO_FACTS)
def test_score_no_fact_stays_below_the_queue(other):
    assert score_text(other).value < 0.35


def test_score_letter_case_moves_little():
    text = "Thousands of soldiers have died since Monday"
    assert abs(score_text(text).value - score_text(text.lower()).value) < 0.1


def test_score_reasons_are_words_for_editors():
    score = score_text("Unemployment fell to 4.1% in March from 5.2% a year earlier")
    texts = [reason.text for reason in score.reasons]
    assert "a percentage" in texts
    assert any(text.startswith("words typical of checked statements: ") for text in texts)
    assert [abs(r.weight) for r in score.reasons] == sorted((abs(r.weight) for r in score.reasons), reverse=True)
    assert len(texts) <= checkworthiness.MAX_REASONS


def test_score_reasons_of_a_low_score_speak_against():
    score = score_text("Thank you so much, and God bless you")
    assert score.reasons
    assert all(reason.weight < 0 for reason in score.reasons)


@pytest.mark.parametrize("text", ["", "  \n", "?!", "12 34", "—"])
def test_score_without_a_word_is_zero(text):
    assert score_text(text).value == 0.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_score_any_text_is_a_probability_and_repeatable(text):
    score = score_text(text)
    assert 0.0 <= score.value <= 1.0
    assert score_text(text) == score


def test_score_long_text_is_read_to_the_limit_only():
    text = "word " * 1000
    assert score_text(text) == score_text(text + "12 million people died in 1999 ")


@given(st.text(max_size=60))
def test_character_count_is_the_number_of_ngrams(token):
    assert checkworthiness_features.character_count(token) == len(checkworthiness_features.character_ngrams(token))


def test_marks_keep_the_order_of_their_list():
    read = checkworthiness_features.read("In 2019 they cut 300 jobs, more than in 2015, didn't they?")
    order = list(checkworthiness_features.MARKS)
    assert list(read.marks) == sorted(read.marks, key=order.index)
    assert {"number_unit", "two_periods", "past_others", "question"} <= set(read.marks)


def test_shipped_model_is_loaded_once_and_matches_its_record():
    content = checkworthiness.MODEL_PATH.read_bytes()
    record = json.loads(checkworthiness.MODEL_PATH.with_suffix(".json").read_text(encoding="utf-8"))
    assert checkworthiness.shipped_model() is checkworthiness.shipped_model()
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert checkworthiness.shipped_model().id.endswith(record["sha256"][:12])
    assert len(content) <= 10_000_000
    assert "10.5281/zenodo.3609356" in record["data"][0]["attribution"]
    assert "CC BY 4.0" in record["data"][0]["attribution"]


def test_shipped_model_was_measured_above_the_bar():
    figures = json.loads(checkworthiness.MODEL_PATH.with_suffix(".json").read_text(encoding="utf-8"))["measures"]
    assert figures["five_fold_by_debate"]["f1"] >= 0.67
    assert figures["expert_part"]["f1"] >= 0.87
    assert figures["expert_part"]["average_precision"] >= 0.93
    assert figures["expert_part"]["calibration_error"] <= 0.05


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a model", b"\x93NUMPY\x01\x00"])
def test_read_model_damaged_is_refused(content):
    with pytest.raises(ModelError):
        read_model(content)


def test_read_model_other_format_is_refused():
    file = io.BytesIO()
    np.savez(file, record=np.frombuffer(b'{"format": 999}', dtype=np.uint8))
    with pytest.raises(ModelError, match="format 999"):
        read_model(file.getvalue())


def test_read_model_with_pickled_objects_is_refused():
    file = io.BytesIO()
    np.savez(file, record=np.array([{"format": 1}], dtype=object))
    with pytest.raises(ModelError):
        read_model(file.getvalue())


def test_load_model_missing_names_the_path(tmp_path):
    with pytest.raises(ModelError, match=r"none\.npz"):
        load_model(tmp_path / "none.npz")
