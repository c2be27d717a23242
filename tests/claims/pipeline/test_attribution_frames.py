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
    (
        "Tulloch shook his head. Liberal Democrat Joss Penhale raised a case which, he said, had cost £40,000. Fraser Tulloch is a minister.",
        {"£40,000": "Joss Penhale"},
    ),
    (
        "Wilma Strand led the unit. Her daughter Nell is a nurse. Strand smiles. ‘It took 40 days,’ she says.",
        {"40 days": "Wilma Strand"},
    ),
    ("The company, Dray Avionics, withdrew 40 parts. Dray says it has 12 left.", {"12 left": "Dray Avionics"}),
    (
        "Norlin had insisted it was red. The company now says its early comments rested on 40 reports. Norlin runs trains.",
        {"40 reports": "Norlin"},
    ),
    (
        "Shares in Brackley fell. Brackley employs 1,900 people. In a letter to employees the company said the plant ran at 54pc.",
        {"54pc": "Brackley"},
    ),
    (
        "Another inch of ice is likely, the Weather Service says. It has already measured 12 inches at Mill Fork.",
        {"12 inches": "Weather Service"},
    ),
    (
        "Ana Ruiz said she had treated four babies since May. Two were sent on to Dubbo on 12 June.",
        {"12 June": "Ana Ruiz"},
    ),
    (
        "The Heads' Guild backs it. According to a survey of 1,740 heads it carried out in March, 62% had cut staff.",
        {"62%": "Heads' Guild"},
    ),
    (
        "The Swim Trust, which has an office here, said it was sad. Its members say 40 pools have closed.",
        {"40 pools": "Swim Trust"},
    ),
    (
        "It was 40 miles off, Ana Ruiz told the Standard. The road she referred to was 12 miles long.",
        {"12 miles": "Ana Ruiz"},
    ),
    (
        "Lionel Stroud, the founder of hedge fund Orme Pelham, has his doubts. In an email to MarketLine he put it this way:\n\n“The bank has been late to 12 recessions.”",
        {"12 recessions": "Lionel Stroud"},
    ),
    (
        "But pensioners Jean and Ron Hoskins are sad. Retired dinner lady Jean, 81, raged: “We planted 40 trees.”",
        {"40 trees": "Jean Hoskins"},
    ),
    (
        "Nobody disputes the findings of the Auditor General, whose report, published on Tuesday, says 40 yards were paid.",
        {"40 yards": "Auditor General"},
    ),
    (
        "Wes Orr, chief executive of chipmaker Castor, resigned. Castor said 40 jobs would go. It makes 12 chips, it said.",
        {"40 jobs": "Castor", "12 chips": "Castor"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_named_round_about(text, expected):
    assert sources_of(text, expected) == expected
