"""Names and sources as other newsrooms print them: titles, offices in lower case, names kept back, marks inside."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    ("The tunnel was “built on a guess,” Ana Ruiz said on Friday.", {"a guess": "Ana Ruiz"}),
    ("The tunnel was 'built on a guess,' Ana Ruiz said. It cost £40m.", {"a guess": "Ana Ruiz"}),
    ("The tunnel had leaked 12 times and was “built on a guess,” said Ana Ruiz.", {"12 times": "Ana Ruiz"}),
    ("Fergal Whyte BL, for the firm, said 40 cranes were new.", {"40 cranes": "Fergal Whyte"}),
    ("The Liberal Democrat spokesman, Callum Reed, said 40 dentists had left.", {"40 dentists": "Callum Reed"}),
    ("Its chairman, Alhaji Rasheed Bello, said 40 boats had sunk.", {"40 boats": "Rasheed Bello"}),
    ("Shri Vikram Anand said 40 boats had sunk.", {"40 boats": "Vikram Anand"}),
    ("Comptroller Dorothy Eng said 40 boats had sunk.", {"40 boats": "Dorothy Eng"}),
    ("Rotterdam Thomas Adler said 40 boats had sunk.", {"40 boats": "Thomas Adler"}),
    ("The Lowland health department says 40 wards were shut.", {"40 wards": "Lowland health department"}),
    ("The U.N. refugee agency said 4,200 people had left.", {"4,200": "U.N. refugee agency"}),
    ("The Turners and Toolmakers Union said 40 jobs had gone.", {"40 jobs": "Turners and Toolmakers Union"}),
    (
        "The Department of Elder Care Services said 40 beds were empty.",
        {"40 beds": "Department of Elder Care Services"},
    ),
    ("Voss & Brandt Appliances, Inc. said 40 heaters had burnt.", {"40 heaters": "Voss & Brandt Appliances"}),
    (
        "Some 280 people drowned, according to a tally kept by the charity SafeWater Nigeria.",
        {"280": "SafeWater Nigeria"},
    ),
    (
        "Some 280 people fish there, according to a 2024 survey by the Lake Tolo Commission.",
        {"280": "Lake Tolo Commission"},
    ),
    (
        "The levy is £40 a month, according to a schedule published by the Ministry of Waterways.",
        {"£40": "Ministry of Waterways"},
    ),
    (
        "The Ministry of Waterways was silent. An official at the ministry, who asked not to be named, said 40 boats were old.",
        {"40 boats": None},
    ),
    ("A spokesman for Elmet Power, on condition of anonymity, said 40 boats were old.", {"40 boats": None}),
    (
        "Dr Ana Ruiz arrived. A doctor in the ward said 12 beds were empty. “We had 40 patients,” the doctor said.",
        {"12 beds": None, "40 patients": None},
    ),
    (
        "Elmet Power is a firm. A spokeswoman for Elmet, Petra Lund, said in an email that 40 homes were dark.",
        {"40 homes": "Petra Lund"},
    ),
    (
        "Among the speakers was Sheriff Petra Lund, who spoke last.\n\n“My deputies answered 212 calls,” she said.",
        {"212 calls": "Petra Lund"},
    ),
    (
        "Her mother, Mrs Ada Okoro, a nurse, said it was hard. “She had a placement in May 2020,” Mrs Okoro said. "
        "Miss Ngozi Okoro was 19.",
        {"May 2020": "Ada Okoro"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sources_as_other_newsrooms_print_them(text, expected):
    assert sources_of(text, expected) == expected


DEBATE = """Claims were debated.

The exchange

ANA RUIZ (Tolo): Will the Minister say how many of the 40 boats sank?

SHRI VIKRAM ANAND: We lost 12 boats in 2020 and we paid for all of them.

ANA RUIZ: I have the receipt of 3 March in my hand.

SHRI VIKRAM ANAND: I will look at it.

Walkout

The members left the House at 14:20. They returned after 20 minutes.

Ms Ruiz told reporters that 900 letters had gone unanswered."""


def test_a_debate_ends_where_the_article_reports_again():
    expected = {"12 boats": "Vikram Anand", "14:20": AUTHOR, "20 minutes": AUTHOR, "900 letters": "ANA RUIZ"}
    assert {key: who.upper() if who else who for key, who in sources_of(DEBATE, expected).items()} == {
        key: who.upper() for key, who in expected.items()
    }


INTERVIEW = """How many vets work here?

One and a half. There were four of us in 2015.

And what happens when you stop?

I try not to think about it. My daughter runs 12 shops in Leeds. Who is going to get up for 214 herds?

Is it the money?

It is the hours. I was on call 19 nights in September.

What would you change?

Pay them. We lost 40 graduates last year.

A spokesman for the Ministry of Farming said on Tuesday that 900 vets were needed."""


def test_an_answer_may_end_as_a_question_and_the_article_has_the_last_word():
    sources = sources_of(INTERVIEW, {"12 shops", "900 vets", "19 nights"})
    assert sources == {"12 shops": None, "19 nights": None, "900 vets": "Ministry of Farming"}
