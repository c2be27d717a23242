"""Speakers named late, posts, roles that say `I`, words around a quotation, editors' last words."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    (
        "The chief executive of Kite Port has warned that the town ran out of 40 berths.\n\nSpeaking on Monday, Barry "
        "O'Dowd said loads grew 4%.",
        {"40 berths": "Barry O'Dowd", "grew 4%": "Barry O'Dowd"},
    ),
    (
        "A father was failed by 40 people, a coroner has ruled.\n\nTom Dewhurst, 43, died in May.\n\nArea coroner Rosa "
        "Frayne said 12 calls were lost.",
        {"40 people": "Rosa Frayne", "12 calls": "Rosa Frayne"},
    ),
    (
        "A judge ruled that 40 kites were stolen.\n\nTom Dewhurst, 43, said he had bought them.",
        {"40 kites": None},
    ),
    (
        "Reaction:\n\nCarla Finch (@carlafinch): 400 people are waiting.\n\n@kitefan: The A12 has 9 miles of queues.",
        {"400 people": "Carla Finch", "9 miles": None},
    ),
    (
        "The bridge shut. It was busy.\n\n400 kites are stuck on the bridge.\n\n— Dan Rowe (@danrowe) 14 March",
        {"400 kites": "Dan Rowe"},
    ),
    (
        "Shanice Obi is back. “I've played 12 minutes since May,” the goal defence said. “We lost 40 games.”",
        {"12 minutes": "Shanice Obi", "40 games": "Shanice Obi"},
    ),
    (
        "Paul Dodd, 58, said 3,000 people had signed.\n\nThe retired postman said: “The council pays him £18,000.”",
        {"£18,000": "Paul Dodd"},
    ),
    (
        "Giving evidence, Mr Hollis said he had paid 40 men.\n\nCross-examined by David Low, defending, he accepted that "
        "12 had left. Mr Low asked why. The witness said 9 were ill.",
        {"40 men": "Hollis", "12 had": "Hollis"},
    ),
    (
        "Ben Sokol said 40 came. It was full. Garrity showed a photo with the words “This is a pantry with 12 tins.”",
        {"12 tins": "Garrity"},
    ),
    (
        "Rosa Bell had plenty to say about the trip. The Kites flew south on Monday.\n\n“We got there at ten. Two of my "
        "40 girls slept on the floor.”",
        {"40 girls": "Rosa Bell"},
    ),
    (
        "Mike Dodd took over in May. Asked about the job, he smiled. “I've had 12 phone calls.”",
        {"12 phone": "Mike Dodd"},
    ),
    (
        "In an email to users, Petra Hahn said the thieves got in. “We have reset 40 passwords,” the email reads.",
        {"40 passwords": "Petra Hahn"},
    ),
    (
        "One driver, who asked to be identified only as Julien, said he was offered 40 coins. “I said no 12 times,” said "
        "the father of two.",
        {"40 coins": "Julien", "12 times": "Julien"},
    ),
    (
        "Drones struck 40 homes, the regional governor said.\n\nIvan Fedor said 12 people were hurt.",
        {"40 homes": "Ivan Fedor", "12 people": "Ivan Fedor"},
    ),
    ("He thought it was one of the 40 pumps.", {"40 pumps": AUTHOR}),
    (
        "Anders Holm, a former engineer who now advises banks, said 40 buttons were broken.",
        {"40 buttons": "Anders Holm"},
    ),
    (
        "But Rosa Bell argued that 12 had gone. In an interview with Kite Grid, she said 40 were small.",
        {"40 were": "Rosa Bell"},
    ),
    (
        "Tom Voss, who saw the list, said at least 300 of the cards were new.",
        {"300": "Tom Voss"},
    ),
    (
        "Jade, from Hull, whose son was born at 26 weeks, said she learned of his 40 scars from a cleaner.",
        {"40 scars": "Jade"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_is_named_late_or_around(text, expected):
    assert sources_of(text, expected) == expected


def test_interview_ends_with_the_articles_own_words():
    text = (
        "KG: How many kites did you lose?\n\nRosa Bell: I lost 40 of them in May.\n\nKG: And then?\n\n"
        "Rosa Bell: We bought 12 more.\n\nKG: Who paid?\n\nRosa Bell: My brother paid £90.\n\n"
        "After the interview, the Kite Board disputed parts of Bell's account. It said 9 kites were lost."
    )
    expected = {"40 of them": "Rosa Bell", "disputed parts": AUTHOR, "9 kites": "Kite Board"}
    assert sources_of(text, expected) == expected
