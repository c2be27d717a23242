"""Sentences that go on with a report without naming its source again, and those that do not."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

UNSURE = None

CASES = [
    (
        "Petra Lund said the lift was old. In March 2020 a cable had caught fire on 12 floors.",
        {"12 floors": "Petra Lund"},
    ),
    ("Petra Lund said the lift was old. The last one had cost £40,000.", {"£40,000": "Petra Lund"}),
    ("The lift was old, Petra Lund estimated. The firm had also built 40 sheds.", {"40 sheds": "Petra Lund"}),
    (
        "Petra Lund said the files were safe. The 40 boxes would be handed to a court on Tuesday.",
        {"40 boxes": "Petra Lund"},
    ),
    ("Petra Lund said the files were safe. She would not say who kept the 40 boxes.", {"40 boxes": AUTHOR}),
    ("Orders rose to 900 in May, the company said. Varnum Steel paid 40 crowns.", {"40 crowns": AUTHOR}),
    ("Orders rose to 900 in May, Varnum Steel said. Costs were 12% higher at £40m.", {"£40m": "Varnum Steel"}),
    ("Orders rose to 900 in May, according to Varnum Steel. Costs were 12% higher at £40m.", {"£40m": UNSURE}),
    ("Varnum Steel confirmed a leak. It has already paid 40 fines for it.", {"40 fines": AUTHOR}),
    (
        "Varnum Steel confirmed it had found a leak. It has already paid 40 fines for it.",
        {"40 fines": "Varnum Steel"},
    ),
    (
        "The map was old for six years, Petra Lund says; the office that printed it was warned 12 times.",
        {"six years": "Petra Lund", "12 times": "Petra Lund"},
    ),
    (
        "Petra Lund said a roof had fallen in. Eleven guests had been carried out. The eldest was 97.",
        {"Eleven guests": "Petra Lund", "was 97": "Petra Lund"},
    ),
    ("Petra Lund said the roof had fallen in. A crane was sent on 12 March.", {"12 March": AUTHOR}),
    ("Petra Lund said the roof had fallen in. One of them showed me 40 photographs.", {"40 photographs": AUTHOR}),
    ("Petra Lund said the roof had fallen in. He was fined £900.", {"£900": UNSURE}),
    ("Varnum Steel said orders had risen. Rivals were 12% behind.", {"12% behind": UNSURE}),
    ("Ana Ruiz told reporters she had won. The count was stopped at 40%.", {"40%": AUTHOR}),
    ("The count had ended by noon, Ana Ruiz said. Police were called at 12:40.", {"12:40": AUTHOR}),
    ("Ana Ruiz said she was glad. The leaflets had cost £40,000.", {"£40,000": "Ana Ruiz"}),
    (
        "Ana Ruiz said the roof leaks. It was built in 1962. The tiles cost £40,000.",
        {"1962": UNSURE, "£40,000": UNSURE},
    ),
    ("Ana Ruiz said the roof leaks. The mayor denied that it cost £40,000.", {"£40,000": AUTHOR}),
    ("Ana Ruiz said the roof leaks. Varnum Steel built it for £40,000.", {"£40,000": AUTHOR}),
    ("Ana Ruiz said the roof leaks.\n\nIt was built for £40,000.", {"£40,000": AUTHOR}),
    ("“The roof leaks,” Ana Ruiz said. It was built for £40,000.", {"£40,000": AUTHOR}),
    ("Ana Ruiz said she was glad. Her rival had spent £40,000 on leaflets.", {"£40,000": "Ana Ruiz"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_whether_a_report_goes_on(text, expected):
    assert sources_of(text, expected) == expected
