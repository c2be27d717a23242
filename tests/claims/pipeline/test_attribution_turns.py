"""Who speaks when a sentence turns to somebody else, tells of its speaker in an aside, or names a stranger by a job."""

import pytest

from claims.enums import Boilerplate
from claims.pipeline.extract import extract
from claims.pipeline.furniture import label_line
from claims.pipeline.shapes import DocumentInfo
from tests.claims.pipeline.statements import AUTHOR, sources_of

ANN, TOM = "Ann Hill", "Tom Reed"
CASES = [
    (
        "President Joe Banks said 40 firms fell, while former President Tom Reed said 12 rose.",
        {"40 firms": "Joe Banks", "12 rose": TOM},
    ),
    ("Ann Hill said 12 died, but police said 40 died.", {"12 died": ANN, "40 died": "Police"}),
    ("Ann Hill said 12 died, but local officials said 40 died.", {"12 died": ANN, "40 died": None}),
    ("Ann Hill said 12 died, while critics say 30 were hurt.", {"12 died": ANN, "30 were": None}),
    ("Ann Hill said 12 died, and opposition leader Tom Reed said 30 were hurt.", {"12 died": ANN, "30 were": TOM}),
    ("Ann Hill said 12 died, but a spokesman for Acme said 30 were hurt.", {"12 died": ANN, "30 were": "Acme"}),
    ("Ann Hill said 12 died, but a 2020 study found 40 had died.", {"12 died": ANN, "40 had": None}),
    ("Ann Hill said she won, while Tom Reed said Banks won by 11,779.", {"she won": ANN, "won by": TOM}),
    ("Ann Hill said 12 died, but according to the Red Cross, 40 did.", {"12 died": ANN, "40 did": "Red Cross"}),
    ("“It costs $3m,” Ann Hill said, and the White House said 40 jobs would go.", {"40 jobs": "White House"}),
    ("“It costs $3m,” Ann Hill said; the White House said 40 jobs would go.", {"40 jobs": "White House"}),
    ("“It costs $3m,” Ann Hill said, before adding that 40 jobs would go.", {"40 jobs": ANN}),
    ("While crime fell 12%, Ann Hill said, robberies rose 4%.", {"crime fell": ANN, "robberies": ANN}),
    ("Ann Hill said that, while crime fell 12%, robberies rose 4%.", {"crime fell": ANN, "robberies": ANN}),
    ("Ann Hill, who chairs the board, said Mr. Reed resigned in May.", {"resigned": ANN}),
    ("Ann Hill, who lives next door, said police arrived in 12 minutes.", {"12 minutes": ANN}),
    ("Ann Hill, the treasurer, said Tom Reed resigned in May.", {"resigned": ANN}),
    ("Rep. Mike Hall, R-Ohio, said 40 Democrats voted for the bill.", {"40 Democrats": "Mike Hall"}),
    ("According to Ann Hill, a professor at Leeds, prices rose 12%.", {"prices rose": ANN}),
    ("Wages fell 4%, according to Tom Reed, a baker in Hull, and prices rose 5%.", {"prices rose": TOM}),
    ("Tom Reed, 12, was shot in Leeds on Monday. The doctor said he had 4 wounds.", {"4 wounds": None}),
    ("Tom Reed, 40, was charged on Monday. The detective said 4 shots were fired.", {"4 shots": None}),
    ("Tom Reed scored on Monday. The 22-year-old defender said 40 fans had come.", {"40 fans": TOM}),
    ("Ann Hill sued Acme in 2012. The company said 40 firms had paid.", {"40 firms": None}),
    ("According to the United Nations, 40 people died.", {"40 people": "United Nations"}),
    (
        "Acme spokeswoman Ann Hill said 40 left. “We kept 12,” the spokeswoman said. Tom Reed wept.",
        {"40 left": ANN, "We kept": ANN},
    ),
    ("Superintendent of Police K. V. Rao said 40 were held. According to Rao, 12 fled.", {"40 were": "K. V. Rao"}),
    ("A K Singh, a passenger, said 40 were hurt.", {"40 were": "A K Singh"}),
    ("A. R. Rao said 40 were hurt.", {"40 were": "A. R. Rao"}),
    ("Plan A failed. A man said 40 were hurt.", {"40 were": None}),
    ("Partner Liam, 36, said 40 traps were set.", {"40 traps": "Liam"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_says_what_when_a_sentence_turns(text, expected):
    assert sources_of(text, expected) == expected


def test_statements_leave_no_frame_behind_when_a_sentence_turns():
    text = "Ann Hill said 12 people died, but according to the Red Cross, 40 were killed."
    assert [claim.quote for claim in extract(text, DocumentInfo()).claims] == ["12 people died", "40 were killed"]


def test_doubt_about_whose_words_go_on_ends_after_two_sentences():
    text = "A fire broke out, officials said. Schools shut for 2 days. Roads shut at 3. The school has 4 rooms. The hall has 9. The road has 40 trees."
    expected = {"2 days": None, "at 3": None, "40 trees": AUTHOR}
    assert sources_of(text, expected) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Will Dunn; Editing by May Lee",
        "(Reporting by Ann Hill in Has, Kosovo; Writing by Rose Found)",
        "Additional reporting by Tom Reed. This article was amended on 4 May 2020.",
        "Research by Ann Hill, Tom Reed and Kari Vik",
    ],
)
def test_a_credit_is_a_credit_whatever_its_people_are_called(line):
    assert label_line(line) is Boilerplate.CREDIT


def test_research_that_suggests_something_is_no_credit():
    assert label_line("Research by Leeds University suggests 40 boats were lost.") is None


PEOPLE = (
    ("Piet van der Berg", "Van der Berg", "he"),
    ("Dolores de la Vega", "De la Vega", "she"),
    ("María José Ruiz", "Ruiz", "she"),
    ("Marie-Claire Dubois", "Dubois", "she"),
    ("Li Wei", "Li", "he"),
    ("Park Min-jun", "Park", "he"),
    ("J. T. Hollis", "Hollis", "he"),
    ("Wren Halloran", "Halloran", "she"),
    ("Theresa May", "May", "she"),
    ("Kelly Rose", "Rose", "she"),
    ("Anna Good", "Good", "she"),
)
BROUGHT_IN = (
    "{}, a dentist, moved there in May.",
    "{} of Brightwater plc backs the plan.",
    "{} (Lab) said it cost £3m.",
)


@pytest.mark.parametrize("first", BROUGHT_IN)
@pytest.mark.parametrize(("name", "again", "pronoun"), PEOPLE)
def test_whoever_was_named_once_is_known_again(first, name, again, pronoun):
    for later in (
        f"{again} said 40 boats sank.",
        f"{pronoun.title()} said 40 boats sank.",
        f"40 boats sank, {pronoun} said.",
    ):
        text = f"{first.format(name)}\n\n{later}"
        assert sources_of(text, {"40 boats": name}) == {"40 boats": name}, text


BODIES = (
    ("Ofgem", "The regulator"),
    ("Deloitte", "The consultancy"),
    ("Brightwater plc", "The company"),
    ("Bus Éireann", "The company"),
    ("Doctors Without Borders", "The charity"),
    ("Save Our Sands", "The group"),
    ("Transport for London", "Transport for London"),
    ("Kestrel Energy", "It"),
    ("Oxford Economics", "The consultancy"),
)


@pytest.mark.parametrize(
    "first", ["{} said it cost £3m.", "“It cost £3m,” {} said in a statement.", "{} cut 12 jobs in May."]
)
@pytest.mark.parametrize(("name", "again"), BODIES)
def test_a_body_whose_kind_nothing_tells_is_known_again_by_its_kind(first, name, again):
    text = f"{first.format(name)} {again} said 40 boats sank."
    found = sources_of(text, {"40 boats": name})["40 boats"]
    assert found is not None
    assert found.removesuffix(" plc") == name.removesuffix(" plc")


def test_a_kind_means_nobody_where_two_names_may_be_meant():
    text = "Ofgem fined Deloitte in May. The company said 40 boats sank."
    assert sources_of(text, {"40 boats": None}) == {"40 boats": None}


@pytest.mark.parametrize("name", ["Bex Fry", "Kez Marlow", "Ellie-Mae Watts", "Wren Halloran", "Jaydn Pike"])
@pytest.mark.parametrize("first", ["{}, 34, moved out.", "Furious mum {} moved out.", "Heartbroken {}, 34, moved out."])
def test_whoever_is_called_by_a_rare_first_name_keeps_the_full_one(first, name):
    given = name.split()[0]
    for later in (
        f"“We saw 40 rats,” fumed {given}.",
        f"{given} said 40 rats came.",
        f"But {given} claims 40 rats came.",
    ):
        text = f"{first.format(name)}\n\n{later}"
        assert sources_of(text, {"40 rats": name}) == {"40 rats": name}, text


@pytest.mark.parametrize(
    "text",
    [
        "Ann Hill is warning that 40 boats sank.",
        "Ann Hill went on to say that 40 boats sank.",
        "Ann Hill made it clear 40 boats sank.",
        "Ann Hill would say only that 40 boats sank.",
        "Ann Hill took to X to say 40 boats sank.",
        "Ann Hill used a speech to claim 40 boats sank.",
        "Ann Hill can be heard saying 40 boats sank.",
        "Ann Hill keeps saying 40 boats sank.",
        "Ann Hill let slip that 40 boats sank.",
        "In Ann Hill's view, 40 boats sank.",
        "As Ann Hill put it, 40 boats sank.",
        "Ann Hill said so. By her count, 40 boats sank.",
    ],
)
def test_reports_in_several_words_have_their_source(text):
    assert sources_of(text, {"40 boats": ANN}) == {"40 boats": ANN}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Hill took 40 boats to Hull.",
        "Ann Hill did not go on to say that 40 boats sank.",
        "In Hull's harbour, 40 boats sank.",
        "Ann Hill made 40 boats clear.",
        "Ann Hill was in Hull when 40 boats sank, to say nothing of the crews.",
    ],
)
def test_what_only_looks_like_a_report_in_several_words_is_the_articles(text):
    assert sources_of(text, {"40 boats": AUTHOR}) == {"40 boats": AUTHOR}


def test_a_seat_set_off_by_commas_belongs_to_its_university():
    text = (
        "“It had 12 metals,” said Ann Hill of the University of Nevada, Reno. The University of Nevada, Reno, lost 40."
    )
    assert sources_of(text, {"12 metals": ANN}) == {"12 metals": ANN}
    assert sources_of("At the University of Leeds, Tom Reed said 40 left.", {"40 left": TOM}) == {"40 left": TOM}


def test_whoever_leads_an_interview_does_not_answer_it():
    turns = "\n\n".join(f"Q: Was year {n} bad?\n\nA: We lost {n} boats. My brother left." for n in (41, 42, 43))
    text = f"Jo Tate meets Ann Lee in Hull.\n\n{turns}"
    assert sources_of(text, {"lost 42": "Ann Lee"}) == {"lost 42": "Ann Lee"}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('Villagers reckon "9 parties" were held.', '"9 parties" were held'),
        ("Villagers reckon “9 parties” were held.", "“9 parties” were held"),
        ("Ann Hill said it was a “total failure”, adding that 3 died.", "it was a “total failure”"),
    ],
)
def test_a_quotation_inside_a_statement_keeps_both_its_marks(text, quote):
    assert extract(text, DocumentInfo()).claims[0].quote == quote


@pytest.mark.parametrize("who", ["Border guards", "Two officials in Teno", "A Teno official", "One official in Teno"])
def test_people_who_keep_their_names_back_stay_nobody(who):
    assert sources_of(f"{who} said 40 boats sank.", {"40 boats": None}) == {"40 boats": None}
