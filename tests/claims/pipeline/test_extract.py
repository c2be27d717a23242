"""The whole pipeline on small texts: who said what, what is a claim and what is none."""

import pytest

from claims.enums import Boilerplate, ClaimantType, ClaimType, Disposition, NotAClaim, Speech
from claims.pipeline.extract import EXTRACTOR, extract
from claims.pipeline.shapes import DocumentInfo, ExtractedClaim, Extraction, Score

FRIDAY = "2025-03-14"


def run(text: str, **given) -> Extraction:
    """Extract with a score that costs nothing."""
    info = DocumentInfo(**{"published_at": FRIDAY, **given})
    return extract(text, info, score=lambda _: Score(0.5, "flat"))


def who(text: str) -> dict[str, str | None]:
    """Quote -> speaker's name, or None; claims in the article's voice are left out."""
    return {
        claim.quote: claim.speaker.name if claim.speaker else None
        for claim in run(text).claims
        if claim.speech is not Speech.AUTHOR
    }


def only(text: str) -> ExtractedClaim:
    """The one claim of a text."""
    [claim] = run(text).claims
    return claim


CAST = "Mayor Ada Stone met Tom Reed, head of the Wend Harbour Board, in Port Lyle on Monday. "


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ('"The dam has leaked since June," said Ada Stone.', "The dam has leaked since June", "Ada Stone"),
        ('"The dam has leaked since June," Stone said.', "The dam has leaked since June", "Ada Stone"),
        ('"The dam," Stone said, "has leaked since June 2022."', "has leaked since June 2022", "Ada Stone"),
        ('Stone told reporters: "The dam has leaked since June."', "The dam has leaked since June", "Ada Stone"),
        ("Stone said that the dam had leaked since June.", "the dam had leaked since June", "Ada Stone"),
        ("Stone said on Friday the dam had leaked since June.", "the dam had leaked since June", "Ada Stone"),
        ("The dam had leaked since June, Stone said.", "The dam had leaked since June", "Ada Stone"),
        ("According to Stone, the dam had leaked since June.", "the dam had leaked since June", "Ada Stone"),
        ("The dam had leaked since June, according to Stone.", "The dam had leaked since June", "Ada Stone"),
        ("The mayor claimed that the dam had leaked since June.", "the dam had leaked since June", "Ada Stone"),
        (
            "The board's head, Tom Reed, said the dam had leaked since June.",
            "the dam had leaked since June",
            "Tom Reed",
        ),
        ("The board said the dam had leaked since June.", "the dam had leaked since June", "Wend Harbour Board"),
        (
            "Officials told the paper that Reed had said the dam was built in 1974.",
            "the dam was built in 1974",
            "Tom Reed",
        ),
        ("Stone voted against it, saying the dam had leaked since June.", "the dam had leaked since June", "Ada Stone"),
        ("The dam, Reed, who joined in 2019, said, had leaked since June.", None, None),
        ("Witnesses said the dam had leaked since June.", "the dam had leaked since June", None),
        ("It is alleged that the dam had leaked since June.", "the dam had leaked since June", None),
        (
            "An official, who asked not to be named, said the dam had leaked since June.",
            "the dam had leaked since June",
            None,
        ),
    ],
)
def test_source_is_found_wherever_it_stands(text, quote, name):
    if quote is None:
        run(CAST + text)
        return
    assert who(CAST + "\n\n" + text)[quote] == name


def test_pronoun_is_the_last_speaker_of_that_gender():
    text = (
        CAST
        + '\n\n"The dam leaks," Stone said. Reed said the harbour was shut for nine days.\n\nShe said repairs took two years.'
    )
    assert who(text)["repairs took two years"] == "Ada Stone"


def test_ambiguous_surname_is_an_abstention():
    text = "Ada Stone and Bea Stone met in Port Lyle on Monday.\n\nMs Stone said the dam had leaked since June."
    found = run(text)
    [claim] = [claim for claim in found.claims if claim.speech is Speech.INDIRECT]
    assert claim.speaker is None
    assert "1 claims" in found.warnings[0]


def test_evidence_leads_from_the_words_to_the_name():
    claim = next(c for c in run(CAST + "\n\nThe mayor said the dam had leaked since June.").claims if c.speaker)
    assert claim.speaker.type is ClaimantType.PERSON
    assert next(step.split(" at ")[0] for step in claim.speaker.evidence) == '"The mayor"'
    assert "Ada Stone" in claim.speaker.evidence[-1]
    assert 0 < claim.speaker.confidence <= 1


def test_quotation_over_paragraphs_keeps_its_speaker():
    text = 'Ada Stone said: "We closed 14 schools in May.\n\n"We opened nine in June."\n\nThe council met on Monday.'
    found = who(text)
    assert found == {"We closed 14 schools in May": "Ada Stone", "We opened nine in June": "Ada Stone"}


def test_announced_post_belongs_to_its_author():
    text = "Mayor Ada Stone posted on X:\n\nThat is the ninth car in the river today.\n\nPolice closed the road."
    claim = run(text).claims[0]
    assert (claim.quote, claim.speaker.name, claim.venue) == (
        "That is the ninth car in the river today",
        "Ada Stone",
        "X",
    )


def test_shouted_post_is_restated_in_lower_case():
    text = (
        "US President Jo Hale met Ukrainian officers on Friday.\n\nBUT, AT THIS VERY MOMENT, 900 UKRAINIAN SOLDIERS ARE LOST, "
        'AND IN A VERY BAD PLACE," US President wrote on her platform Truth Social.'
    )
    lost, place = (claim for claim in run(text).claims if claim.speech is Speech.DIRECT)
    assert lost.quote == "AT THIS VERY MOMENT, 900 UKRAINIAN SOLDIERS ARE LOST"
    assert lost.statement == "900 Ukrainian soldiers are lost"
    assert (lost.speaker.name, lost.venue, lost.said_at) == ("Jo Hale", "Truth Social", FRIDAY)
    assert place.statement == "900 Ukrainian soldiers are in a very bad place"


def test_conjoined_statements_are_split():
    quotes = [c.quote for c in run("The roof fell in 2019 and the boiler burst a year later.").claims]
    assert quotes == ["The roof fell in 2019", "the boiler burst a year later"]


def test_time_clause_in_front_is_its_own_claim():
    text = "Hours after Lee urged Hu to spare the town, Hu called on the town to surrender."
    assert [c.quote for c in run(text).claims] == [
        "Lee urged Hu to spare the town",
        "Hu called on the town to surrender",
    ]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ('"Who checks the checkers?" Stone asked.', NotAClaim.QUESTION),
        ('"God bless this town," Stone said.', NotAClaim.WISH),
        ('"I hope every child gets a place," Stone said.', NotAClaim.WISH),
        ('"Get out and vote," Stone said.', NotAClaim.EXHORTATION),
        ('"We must act before it is too late," Stone said.', NotAClaim.EXHORTATION),
        ('"We will rebuild every house," Stone said.', NotAClaim.PROMISE),
        ('"It will be a hard winter for the town," Stone said.', NotAClaim.PREDICTION),
        ('"It is a lovely result," Stone said.', NotAClaim.OPINION),
        ('"I felt completely useless," Stone said.', NotAClaim.EXPERIENCE),
        ('"We are sympathetic to the call," Stone said.', NotAClaim.EXPERIENCE),
        ('"Thank you all very much," Stone said.', NotAClaim.GREETING),
        ('"It was not," Stone said.', NotAClaim.FRAGMENT),
        ("Work could begin as early as August.", NotAClaim.PREDICTION),
        ("May heaven help us all.", NotAClaim.WISH),
    ],
)
def test_what_states_nothing_is_typed(sentence, reason):
    found = run(CAST + "\n\n" + sentence)
    assert [(entry.disposition, entry.reason) for entry in found.sentences[1:]] == [(Disposition.NOT_A_CLAIM, reason)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Stone called on the board to resign.",
        "The share of women on the board fell to 12% in May.",
        "The 25-yard pool will be kept.",
        "A committee is due to question the board on Feb. 20.",
        "Nobody was in the water.",
        "May 4 was the wettest day since 1911.",
        "He was arrested in August 2023 after an audit ordered by the diocese.",
    ],
)
def test_plain_facts_are_the_article_s_claims(sentence):
    claims = run(sentence).claims
    assert claims
    assert all(claim.speech is Speech.AUTHOR and claim.speaker is None for claim in claims)


def test_scare_quotes_are_no_statement():
    claim = only("The council's so-called 'contamination cameras' cost £640,000.")
    assert (claim.speech, claim.claim_type) == (Speech.AUTHOR, ClaimType.NUMERIC)


def test_quoted_fragment_in_reported_speech_is_mixed():
    claim = only('Ada Stone said the spillway had been "signed off twice" by engineers.')
    assert claim.speech is Speech.MIXED
    assert claim.quote == 'the spillway had been "signed off twice" by engineers'


def test_furniture_never_holds_a_claim():
    text = "Also read: Mayor says dam leaked 43 times\n\nAdvertisement\n\nThe dam leaked twice in May.\n\n(With inputs from agencies)"
    found = run(text)
    assert [c.quote for c in found.claims] == ["The dam leaked twice in May"]
    assert [e.reason for e in found.sentences] == [Boilerplate.RELATED_LINK, Boilerplate.AD, None, Boilerplate.CREDIT]


def test_date_of_the_text_is_used_when_none_is_given():
    found = run("date 2025-03-14 On Friday the dam leaked.", published_at=None)
    assert found.document_date == FRIDAY
    assert [fact.value for fact in found.claims[0].facts if fact.kind == "date"] == [FRIDAY]


def test_said_at_is_the_day_named_in_the_frame():
    assert only("Ada Stone said on Tuesday that the dam had leaked in May 2023.").said_at == "2025-03-11"


def test_minutes_are_read_as_turns():
    text = (
        "The Minister for Roads (Mr Gareth Pell): Since April we have put £62 million into roads.\n\n"
        "Mrs Thorne: I thank him. Four routes were cut in my valley. Does he accept that?\n\n"
        "Mr Pell: The council cut them, not my Department.\n\nMadam Speaker: Order.\n\n"
        "Mrs Thorne: The council was promised £3 million."
    )
    assert who(text) == {
        "Since April we have put £62 million into roads": "Gareth Pell",
        "Four routes were cut in my valley": "Thorne",
        "The council cut them, not my Department": "Gareth Pell",
        "The council was promised £3 million": "Thorne",
    }


def test_interview_without_labels_belongs_to_the_person_introduced():
    text = (
        "Biologist Sofia Lind has counted whales for 22 years. Lind spoke to us at sea.\n\nHow many are there?\n\n"
        "We counted 1,340 last winter.\n\nIs it the herring?\n\nThe herring moved 300 kilometres after 2019. I saw it.\n\n"
        "What would help?\n\nA limit of ten knots. We tried it in 2020."
    )
    found = who(text)
    assert found["We counted 1,340 last winter"] == "Sofia Lind"
    assert found["The herring moved 300 kilometres after 2019"] == "Sofia Lind"


def test_other_language_is_left_to_people():
    found = run("Der Damm leckt seit Juni. Das sagte Frau Stein.", language="de")
    assert not found.claims
    assert [entry.disposition for entry in found.sentences] == [Disposition.UNREVIEWED] * 2
    assert found.warnings


def test_score_sees_the_content_and_never_the_frame():
    seen: list[str] = []

    def score(words: str) -> Score:
        seen.append(words)
        return Score(0.5, "spy")

    extract('"THE DAM HAS LEAKED 43 TIMES," said Ada Stone.', DocumentInfo(), score=score)
    assert seen == ["the dam has leaked 43 times"]


def test_shipped_model_is_the_default():
    found = extract("The dam leaked 43 times in 2022.", DocumentInfo())
    assert found.extractor == EXTRACTOR
    assert 0 < found.claims[0].score.value < 1


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("Stone's deputy, Lena Moss, said the vote was lost by nine.", "the vote was lost by nine", "Lena Moss"),
        ("The Wend is safe, the board's head, Tom Reed, said by phone.", "The Wend is safe", "Tom Reed"),
        ("Reed was quoted by the Courier as saying the dam lost $2m a day.", "the dam lost $2m a day", "Tom Reed"),
        ('"We lost two boats," put in her husband, Arne, who sails.', "We lost two boats", "Arne Stone"),
        ('"We lost two boats," Reed shrugged.', "We lost two boats", "Tom Reed"),
        ("A source close to Reed said the board had lost $40m.", "the board had lost $40m", None),
        ("Lyle Shipping, which says it has 2,300 members, met on Monday.", "it has 2,300 members", "Lyle Shipping"),
        ("The finance ministry said exports fell 4% in May.", "exports fell 4% in May", "Finance Ministry"),
        ("The boat sank in nine minutes, a jury has heard.", "The boat sank in nine minutes", None),
        ("Stocks fell and Lyle Bank data showed that rents rose 3%.", "rents rose 3%", "Lyle Bank"),
    ],
)
def test_source_is_found_in_harder_sentences(text, quote, name):
    assert who(CAST + "\n\n" + text)[quote] == name


def test_denial_is_not_turned_into_its_opposite():
    claims = run(CAST + "\n\nReed denied that the dam had leaked since June.").claims
    assert all("Reed denied" in claim.quote or claim.quote in CAST for claim in claims)


def test_own_findings_of_the_outlet_are_its_voice():
    text = "The firm took deposits from 61 families, a Lantern investigation has found."
    assert [c.speech for c in run(text, outlet="The Daily Lantern").claims] == [Speech.AUTHOR]


def test_spokesperson_speaks_for_the_body():
    text = CAST + "\n\nA spokeswoman for the board said the dam had leaked since June."
    assert who(text)["the dam had leaked since June"] == "Wend Harbour Board"


def test_initials_in_a_transcript_are_spelled_out():
    text = (
        "Amara Diallo ran the clinic with Piet Lund in 2022.\n\nJONAH KERR: How bad was it?\n\nAMARA DIALLO: We had 1,140 cases.\n\n"
        "PIET LUND: The stock was full on paper.\n\nJK: Who did that?\n\nPL: The ministry paid clinics by the form."
    )
    assert who(text)["The ministry paid clinics by the form"] == "Piet Lund"


def test_list_after_a_colon_belongs_to_its_source():
    text = "The poll by Roof Research found that:\n\n• 38 per cent of tenants had no heating\n• nine per cent had moved"
    assert set(who(text).values()) == {"Roof Research"}


def test_a_lone_surname_that_he_once_spoke_for_is_a_person_everywhere():
    text = (
        "On Friday Okonjo said that 14 bridges had closed.\n\n"
        '"Two of them were new," he said.\n\nOkonjo added that 3 would reopen in May.'
    )
    found = [claim.speaker for claim in run(text).claims if claim.speaker is not None]
    assert {(speaker.name, speaker.type) for speaker in found} == {("Okonjo", ClaimantType.PERSON)}
    assert len(found) >= 2
