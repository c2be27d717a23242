"""Who speaks for whom: named spokespeople, officers, planners, offices, cities; nobody's groups."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    ("Fenside Rail spokesperson Kit Mulroney said 40 trains were late.", {"40 trains": "Kit Mulroney"}),
    (
        "The Kite Board's spokesperson, Hanna Brits, said 40 kites had burned. “We lost 40,” Brits wrote.",
        {"40 kites": "Hanna Brits", "We lost": "Hanna Brits"},
    ),
    ("Kite Union housing spokeswoman Sara Flinn said 40 homes stood empty.", {"40 homes": "Sara Flinn"}),
    ("Fenside Rail's former spokesman, Kit Mulroney, said 40 trains were late.", {"40 trains": "Kit Mulroney"}),
    ("Fenside Council's monitoring officer confirmed that 40 letters had come.", {"40 letters": "Fenside Council"}),
    (
        "Fenside Council met on Monday. Planning officers had asked for more. In a report they said 40 trees had gone.",
        {"40 trees": "Fenside Council"},
    ),
    (
        "The attorney general's office said it had 61 complaints. A spokesperson for the office said 12 were false.",
        {"61": "attorney general's office", "12 were": "attorney general's office"},
    ),
    ("A senior official in the prime minister's office said 40 aides had left.", {"40 aides": None}),
    (
        "City of Fenside buses run late. The city disputes that. The number of late buses was 40, a spokesperson said.",
        {"was 40": "City of Fenside"},
    ),
    (
        "A group of scientists at Fenside University counted kites. The team said 40 had burned, the scientists found.",
        {"40 had": None},
    ),
    ("Zentra and Kansho said they did not use the 40 parts.", {"40 parts": "Zentra"}),
    (
        "Shares in Nordlys Energi rose 14% after the wind developer said it had sold 40 turbines.",
        {"40 turbines": "Nordlys Energi"},
    ),
    (
        "Ann Hollis ran in May. The Hollis campaign stood by the film. It said 40 people had seen it.",
        {"40 people": "Hollis campaign"},
    ),
    (
        "Since May, Kite Aid and partners have:\n\n• Sent 40 kites to schools\n• Mended 12 roofs",
        {"40 kites": AUTHOR, "12 roofs": AUTHOR},
    ),
    ("Records shown in court put the figure at 1,450.", {"1,450": AUTHOR}),
    ("A scan later showed he had broken 12 bones.", {"12 bones": AUTHOR}),
    ("The jury heard from Rosa Bell, a cook at one of the 40 sites named.", {"40 sites": AUTHOR}),
    (
        "The trial, by the Kite Board, ran in May. The study was filed in Fenside Court by the Roof League. "
        "It argues that 40 roofs leaked.",
        {"40 roofs": "Roof League"},
    ),
    (
        "The report, published on Thursday by the Kite Institute, says 40 kites were lost.",
        {"40 kites": "Kite Institute"},
    ),
    ("A kite can be fatal, Rosa Bell points out: 40 people were hurt in May.", {"40 people": "Rosa Bell"}),
    ("Rosa Bell said the roof was mended. Every ward now had 40 beds.", {"40 beds": "Rosa Bell"}),
    ("Rosa Bell lost 40 kites. According to her, 12 were stolen.", {"12 were": "Rosa Bell"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_speaks_for_whom(text, expected):
    assert sources_of(text, expected) == expected
