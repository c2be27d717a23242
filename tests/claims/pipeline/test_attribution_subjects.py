"""Whom a sentence goes on to speak of: roles, bodies and spokespeople as subjects, and reports that go on."""

import pytest

from tests.claims.pipeline.statements import sources_of

CASES = [
    (
        "Ingrid Solheim sees merit in the plan. The geologist, who works for a mine, thinks it is late.\n\n"
        "“We drilled 40 holes,” she said.",
        {"40 holes": "Ingrid Solheim"},
    ),
    (
        "Tom Reed, 45, was arrested in May. Paul Ince, 31, was not. The 45-year-old said he had paid 90 crowns.",
        {"90 crowns": "Tom Reed"},
    ),
    (
        "Orla Dunne rejected the claim. A reader who sent a film said he had counted 90 rats.",
        {"90 rats": None},
    ),
    (
        "Varnum Homes, the Lissen company that owns the site, would not comment. In a statement a spokesperson said "
        "40 flats had been sold.",
        {"40 flats": "Varnum Homes"},
    ),
    (
        "Alan Orme cut his rating. A spokesman for Varnum Steel called that odd. The mill made 40 tonnes, he said.",
        {"40 tonnes": "Varnum Steel"},
    ),
    ("Police records show 14 arrests, all of them in 2017.", {"14 arrests": None}),
    (
        "Petra Lund said the fault lay with a spring. The supplier had since been dropped by all 12 plants.",
        {"all 12 plants": "Petra Lund"},
    ),
    ("Petra Lund said the fault lay with a spring. The firm has 12 plants.", {"12 plants": None}),
    ("As the economist Petra Lund points out, the country imports 40% of its coal.", {"40% of its coal": "Petra Lund"}),
    (
        'Raymond Lisk was found guilty on Friday.\n\n"He sold 40 vials," Assistant U.S. Attorney Kristin Boyle said.',
        {"40 vials": "Kristin Boyle"},
    ),
    (
        '"It rained for 40 days," Donna Prewitt said. Her husband said 12 of them were dry. "I counted," Gus Prewitt said.',
        {"12 of them": "Gus Prewitt"},
    ),
    (
        "The Rail Bureau found that a relay had failed 31 times. Trains ran on for 12 days, the report says.",
        {"12 days": "Rail Bureau"},
    ),
    ("June Mabbott said she had waited 12 weeks.", {"12 weeks": "June Mabbott"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_whom_a_sentence_goes_on_to_speak_of(text, expected):
    assert sources_of(text, expected) == expected
