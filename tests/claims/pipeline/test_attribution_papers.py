"""Whose a paper is that says something, and what stands between a frame and its clause."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    (
        "More than £40,000 vanished from the vault, according to an audit the town released on Monday.\n\n"
        "The audit, by the accountants Rowe Pryor, ran to 90 pages.",
        {"£40,000 vanished": "Rowe Pryor"},
    ),
    (
        "The poll, carried out by Brightwater Research in May, found that 40% of nurses had no fridge.",
        {"40% of nurses": "Brightwater Research"},
    ),
    (
        "Four sheds had vanished, according to a secret review seen by the Courier.\n\n"
        "The document, prepared by the lawyers Marr Bexley, found that 112 beds had gone. "
        "Invoices had been altered 40 times, it said.",
        {"Four sheds": "Marr Bexley", "112 beds": "Marr Bexley", "40 times": "Marr Bexley"},
    ),
    (
        "A separate analysis, commissioned from the University of Ostend, found that 64% of nets were new.",
        {"64% of nets": "University of Ostend"},
    ),
    ("A study of 12,000 Swedes found that 40% slept badly.", {"40% slept": None}),
    (
        "The study, which appeared in the Annals of Sleep, followed 900 nurses. Those on nights were 22% heavier, it found.",
        {"22% heavier": None},
    ),
    ("Officials familiar with the board's work said 40 seats were moved. The Water Board met.", {"40 seats": None}),
    ("The Water Board replied. Losses had been flat at 8,900, it told the Standard.", {"flat at 8,900": "Water Board"}),
    (
        "Lena Moore runs the lab. By the time it rings, she noted, the fault is 15 years old.",
        {"15 years old": "Lena Moore"},
    ),
    ("Carl Dutton was angry. He did confirm that 40 trees had been felled.", {"40 trees": "Carl Dutton"}),
    ("Ann Lee knocked. A volunteer told me 40 beds were wet.", {"40 beds": None}),
    ("• Schools are shut\n• The Water Board says it has received 61 letters", {"61 letters": "Water Board"}),
    ("Ann Lee met swaps traders. A cut is priced at 38%, according to swaps data.", {"38%": None}),
    ("She told me that 40 doors were fitted.", {"40 doors": None}),
    ("The report has 40 pages.", {"40 pages": AUTHOR}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_whose_a_paper_is(text, expected):
    assert sources_of(text, expected) == expected
