"""Sentences in which two people speak, and sources that a mark, a verb or an owner used to hide."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

ANNA, BOB = "Anna Lee", "Bob Reed"
CASES = [
    ("“We lost 40 boats,” Anna Lee said, while Bob Reed said £3m was lost.", {"40 boats": ANNA, "£3m": BOB}),
    ("Anna Lee said 40 boats sank, but Bob Reed said £3m was lost.", {"40 boats": ANNA, "£3m": BOB}),
    ("Anna Lee says 40 boats sank, while Bob Reed claims £3m was lost.", {"40 boats": ANNA, "£3m": BOB}),
    ("While Anna Lee said 40 boats sank, Bob Reed claimed £3m was lost.", {"40 boats": ANNA, "£3m": BOB}),
    ("Anna Lee argued that 40 boats sank; Bob Reed replied that £3m was lost.", {"40 boats": ANNA, "£3m": BOB}),
    ("Anna Lee said it had 40 boats, adding that 12 crews had left.", {"40 boats": ANNA, "12 crews": ANNA}),
    ("Anna Lee said 40 boats sank, while police found 12 wrecks.", {"40 boats": ANNA}),
    ("Research by Leeds University suggests 40 boats were lost.", {"40 boats": "Leeds University"}),
    ("Mayor Anna Lee said on Friday 40 boats were lost.", {"40 boats": ANNA}),
    ("Mayor Anna Lee said on 3 March 40 boats were lost.", {"boats were lost": ANNA}),
    ("Some 40 boats were lost, Anna Lee told the Herald in an interview published on Monday.", {"40 boats": ANNA}),
    ("Kremlin spokesman Dmitry Volkov said £3m was lost.", {"£3m": "Dmitry Volkov"}),
    ("Israel's military said 40 boats sank.", {"40 boats": "Israel's military"}),
    ("Russia's defence ministry said 40 boats sank.", {"40 boats": "Russia's defence ministry"}),
    ("The UN's refugee agency says 40 boats sank.", {"40 boats": "UN's refugee agency"}),
    ("Leeds head coach Bob Reed said 40 fans left.", {"40 fans": BOB}),
    ("Rangers captain Bob Reed said 40 fans left.", {"40 fans": BOB}),
    ("Bob Reed said the crews were safe. The 40 boats had fled.", {"40 boats": BOB}),
    ("Bob Reed said the crews were safe. The coastguard had sped past 40 boats.", {"40 boats": BOB}),
    ("Anna Lee claims all of the 40 boats, while Bob Reed says £3m was lost.", {"£3m": BOB}),
    ("Although Anna Lee said 40 boats sank, divers found 12 wrecks.", {"40 boats": ANNA, "12 wrecks": AUTHOR}),
    (
        "Corvo Laboratories of Northbrook, Illinois, will look. Corvo concluded that 40 boats sank.",
        {"40 boats": "Corvo Laboratories"},
    ),
    ("The city met. City records show 40 boats sank. The City was silent.", {"40 boats": None}),
    (
        "The Coastal and Harbour Workers’ Union (Chwu) says 40 boats sank.",
        {"40 boats": "Coastal and Harbour Workers' Union"},
    ),
    ("Bob Reed won 40 races. He has two children.", {"40 races": AUTHOR}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_says_what_when_two_speak_or_the_source_hides(text, expected):
    assert sources_of(text, expected) == expected
