"""Who people are by their names alone, and by what they are called later."""

import pytest

from tests.claims.pipeline.statements import sources_of

CASES = [
    (
        "Solicitor to the council Dermot Fay advised that 40 flats were damp. He said 12 were empty.",
        {"40 flats": "Dermot Fay", "12 were empty": "Dermot Fay"},
    ),
    (
        "Orlaith Brannigan and Caradoc Pugh run the mill. She said it made 40 tonnes a week.",
        {"40 tonnes": "Orlaith Brannigan"},
    ),
    (
        "Farida Rahimi met Zsolt Kerekes in May. “We lost 40 goats,” he said.",
        {"40 goats": "Zsolt Kerekes"},
    ),
    (
        "Tomoko Hayashi and Reinhard Vogel led the dig. Vogel, she said, found 40 coins.",
        {"found 40 coins": "Tomoko Hayashi"},
    ),
    (
        "Nokuthula Dube phoned Gunvor Lie. Kwabena Asante had not. He said 40 letters were lost.",
        {"40 letters": "Kwabena Asante"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_a_person_is(text, expected):
    assert sources_of(text, expected) == expected
