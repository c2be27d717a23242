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
    ("Cal Dunmore was angry. He said 40 trees had been felled.", {"40 trees": "Cal Dunmore"}),
    (
        "Nadia Brooks told the chamber the baths lost money.\n\n‘Every swim costs £4.80,’ the Labour leader said.",
        {"£4.80": "Nadia Brooks"},
    ),
    (
        "Rosa Keane told the Commons that 412 dentists had come.\n\nMartin Ashe said neither claim was true.\n\n"
        '"In Thorn last month 900 people queued," the Conservative leader said.',
        {"900 people": "Martin Ashe"},
    ),
    (
        "Coun Piers Thack, whose brother is a director, left. Approached afterwards, the deputy leader said he had paid £40.",
        {"£40": "Piers Thack"},
    ),
    (
        "Rhodri Marsh put it less kindly. The Green candidate said 40 people were on a list.",
        {"40 people": "Rhodri Marsh"},
    ),
    (
        "Lenti, 52, hit back on Friday. ‘I have marked 900 skaters in my life,’ the Italian fumed. Fabrizio Lenti is a judge.",
        {"900 skaters": "Fabrizio Lenti"},
    ),
    (
        "Opening the case at Westmere Crown Court Helena Abara KC, for the Crown, said he had printed 40 certificates.",
        {"40 certificates": "Helena Abara"},
    ),
    ("Speaking after the hearing Detective Sergeant Ann Lee said the gang took 40 cars.", {"40 cars": "Ann Lee"}),
    (
        "Craig Mallory laughed. 'I have 40 games left,' said Mallory.\n\n"
        "That brought a smile from Terry Munn, the former striker. 'He told me that in 2016,' he said.",
        {"in 2016": "Terry Munn"},
    ),
    (
        "Tom Reed, 51, is on trial. The jury was read a statement from Dr Alan Knoll, who saw 40 doors. "
        "Thirty-one had no seal, he wrote.",
        {"no seal": "Alan Knoll"},
    ),
    (
        "Rufus Pell, director of a research group, agreed. Asked about that, Tallis Homes's finance director said it "
        "had 40 plots.",
        {"40 plots": None},
    ),
    (
        "Piers Thack said he had paid. Askby School had sent a letter. Dust was found on 40 sills, wrote the head teacher.",
        {"40 sills": None},
    ),
    (
        "In court, prosecutor Ian Dell said Frost had made 40 calls. Frost, he said, had also sent 12 letters.",
        {"40 calls": "Ian Dell", "12 letters": "Ian Dell"},
    ),
    (
        "The home secretary, Priti Vale, was asked about boats. She told MPs 40 had been stopped.",
        {"40 had been": "Priti Vale"},
    ),
    ("The Tory MP said 12 nurses had gone.", {"12 nurses": None}),
    ("Smith resigned on Friday. The Labour leader said 40 MPs had written.", {"40 MPs": None}),
    (
        '"We won 40 seats," said Ann Lee. "They won 12," the Conservative leader said.',
        {"40 seats": "Ann Lee", "They won 12": None},
    ),
    (
        'Ann Lee, the Greens leader, spoke. Tom Reed, the Labour leader, followed. "We won 40 seats," the Labour leader said.',
        {"40 seats": "Tom Reed"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_a_person_is(text, expected):
    assert sources_of(text, expected) == expected
