"""Ways to name a source round about: passives, presentations, hearsay from somebody, quotations over paragraphs."""

import pytest

from tests.claims.pipeline.statements import sources_of

CASES = [
    ("The leak lasted 40 days, it was claimed by Ana Ruiz.", {"40 days": "Ana Ruiz"}),
    ("The court was told by Ana Ruiz that the leak lasted 40 days.", {"40 days": "Ana Ruiz"}),
    ("Ministers were warned in May by the engineer Ana Ruiz that 40 dams leaked.", {"40 dams": "Ana Ruiz"}),
    ("The court was told that 40 dams leaked.", {"40 dams": None}),
    (
        "“We lost 40 sheep.\n\n“Nobody came for nine days,” said Gwen Pugh, a farmer.",
        {"40 sheep": "Gwen Pugh", "nine days": "Gwen Pugh"},
    ),
    (
        "Ade Bello scored twice on Saturday. “I had not scored for 400 days,” the former Rovers striker said.",
        {"400 days": "Ade Bello"},
    ),
    ("We're hearing from the coastguard that 40 people have been rescued.", {"40 people": "Coastguard"}),
    ("Word from the health ministry: 40 people have been treated.", {"40 people": "Health Ministry"}),
    ("Here's Ana Ruiz, the mayor, speaking just now: “We have opened 40 halls.”", {"40 halls": "Ana Ruiz"}),
    (
        "My colleague Theo has been talking to Sef Jowett, 19, who came by boat:\n\nIt took us 16 days.",
        {"16 days": "Sef Jowett"},
    ),
    ("Campaigners such as Ana Ruiz say 40 trees were felled.", {"40 trees": None}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_named_round_about(text, expected):
    assert sources_of(text, expected) == expected
