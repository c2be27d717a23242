"""Which body speaks: by one word, by its kind, by its field, by its office, by a spokesperson."""

import pytest

from tests.claims.pipeline.statements import sources_of

CASES = [
    (
        "Users of Zentra are angry. Zentra flatly denies the charge. “No user was billed twice,” a spokeswoman insisted.",
        {"billed twice": "Zentra"},
    ),
    (
        "Westbrook's captain, Ade Bello, limped off. Westbrook play on Monday. The club said he had passed three tests.",
        {"three tests": "Westbrook"},
    ),
    (
        "The Herons denied the report. “He played 40 minutes,” a team spokesman said.",
        {"40 minutes": "Herons"},
    ),
    (
        "Fans are angry. The supporters' club said it had been promised 400 seats. “We paid £90 each,” it said.",
        {"400 seats": "supporters' club", "£90 each": "supporters' club"},
    ),
    ("Four people died. A spokesman for the fire service said 40 crews had come.", {"40 crews": "fire service"}),
    ("Pupils stayed at home on 40 days, the schools inspectorate found.", {"40 days": "schools inspectorate"}),
    (
        "The Treasury said it had saved £4m. The department added that 40 posts had gone.",
        {"saved £4m": "Treasury", "40 posts": "Treasury"},
    ),
    ("Ghent University's press office confirmed that 40 students were sent home.", {"40 students": "Ghent University"}),
    (
        "Zentra fell 4%. The league, which fined it, would say no more; a spokesperson said 40 letters had come.",
        {"40 letters": "League"},
    ),
    (
        "Maya Ferro has followed 600 teenagers. Her team's study, which is not yet out, found that 40% slept badly.",
        {"40% slept": "Maya Ferro"},
    ),
    ("Parents wept. The old firm said 40 letters had come.", {"40 letters": None}),
    (
        "Norrbeck, the company that makes the pill, paid for it. In a statement the Danish drugmaker said it had ended 40 "
        "trials.",
        {"40 trials": "Norrbeck"},
    ),
    (
        "Observers from the Democracy Mission saw 40 booths. In a report, the mission found that 90 stations were shut.",
        {"90 stations": "Democracy Mission"},
    ),
    ("The judges met. A Channel 8 spokesperson said the 12 judges had scored alone.", {"12 judges": "Channel 8"}),
    (
        "Eastmoor and Wold NHS Trust said it had moved 40 beds. The trust says 12 are empty.",
        {"40 beds": "Eastmoor and Wold NHS Trust", "12 are empty": "Eastmoor and Wold NHS Trust"},
    ),
    ("The landlord of the Fleece said takings were down by 40%.", {"40%": None}),
    ("Tallis, which spoke at dawn, said sales rose 11%. Tallis fell 4%.", {"rose 11%": "Tallis"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_which_body_speaks(text, expected):
    assert sources_of(text, expected) == expected
