"""Words that carry speech: verbs of saying, by what must follow them."""

from enum import Enum

from claims.pipeline.lexicon import words
from claims.pipeline.names import GROUP_NOUNS


class Cue(Enum):
    """What a verb of saying needs to introduce somebody else's statement."""

    SAY = "say"
    CLAUSE = "clause"
    TELL = "tell"
    FIND = "find"
    THINK = "think"
    VOICE = "voice"
    HEAR = "hear"


_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote writing written",
    "think": "thinks thought thinking", "know": "knows knew", "feel": "feels felt", "find": "finds found finding",
    "show": "shows showed shown showing", "hear": "hears heard", "learn": "learns learned learnt",
    "swear": "swears swore", "hold": "holds held", "begin": "begins began", "quip": "quips quipped quipping",
    "understand": "understands understood", "reply": "replies replied replying", "cry": "cries cried",
    "testify": "testifies testified testifying", "deny": "denies denied denying", "admit": "admits admitted admitting",
    "concede": "concedes conceded conceding", "post": "posts posted posting", "see": "sees saw",
    "imply": "implies implied implying", "certify": "certifies certified", "clarify": "clarifies clarified clarifying",
    "sob": "sobs sobbed sobbing", "rap": "raps rapped", "snap": "snaps snapped", "speak": "speaks spoke",
    "forget": "forgets forgot", "shoot": "shoots shot", "chip": "chips chipped", "hit": "hits hit",
    "go": "", "break": "", "weep": "weeps wept weeping", "sing": "sings sang",
    "foresee": "foresees foresaw", "vie": "", "specify": "specifies specified specifying",
    "verify": "verifies verified verifying", "confer": "confers conferred", "infer": "infers inferred",
    "chat": "chats chatted", "nod": "nods nodded nodding", "jut": "",
    "submit": "submits submitted submitting", "rebut": "rebuts rebutted rebutting", "tut": "tuts tutted tutting",
    "dispel": "", "grin": "grins grinned grinning", "decry": "decries decried decrying", "query": "queries queried",
    "relay": "relays relayed", "rely": "", "prove": "proves proved proving", "shrug": "shrugs shrugged shrugging",
    "sympathise": "sympathises sympathised", "bet": "bets", "put": "puts", "volunteer": "volunteers volunteered",
}  # fmt: skip


def _forms(verb: str) -> list[str]:
    """All finite forms and the participle of a verb."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    stem = verb[:-1] if verb.endswith("e") else verb
    s_form = verb + "es" if verb.endswith(("s", "x", "ch", "sh")) else verb + "s"
    return [verb, s_form, stem + "ed", stem + "ing"]


_VERBS = {
    Cue.SAY: "say",
    Cue.CLAUSE: (
        "claim state add note stress insist announce report confirm reveal warn argue admit acknowledge allege "
        "explain declare maintain assert contend concede emphasise emphasize complain disclose reply respond observe "
        "remark boast testify tweet write post deny accept reiterate repeat recall estimate calculate "
        "suggest indicate imply point highlight underline underscore affirm agree charge protest "
        "caution clarify counter comment conclude determine rule certify swear speculate "
        "attest aver avow confess confide divulge surmise reaffirm reassert theorise theorize postulate posit "
        "hypothesise hypothesize hint lament bemoan grumble fret rejoin retort marvel"
    ),
    Cue.TELL: "tell inform assure remind notify advise reassure persuade convince alert text",
    Cue.FIND: "find show discover",
    Cue.THINK: "believe think suspect fear feel understand reckon doubt know",
    Cue.HEAR: "hear learn",
    Cue.VOICE: (
        "ask answer continue laugh joke shout fume smile quip spill blast rage sneer sob yell cry exclaim urge plead "
        "mutter whisper grin sigh begin gush rant moan groan beam storm thunder interject offer promise vow pledge "
        "demand insist enthuse muse ponder recount relate conclude wonder tease crow scoff snap slam speak appeal "
        "praise hail predict forecast chip shoot bark guess "
        "bellow bleat blurt bluster bristle chant chime chirp chortle chuckle coo croak deadpan drawl echo elaborate "
        "expound giggle gloat growl grunt gripe grouse harrumph howl hiss intone interrupt jeer jest jibe josh mumble "
        "murmur narrate nod object opine orate pipe preach purr quaver query quote rasp recite reminisce retaliate "
        "roar scold scream screech shriek shrug shudder smirk snarl sniff snigger snort splutter sputter squeal "
        "stammer stutter summarise summarize swoon tut utter volunteer wail wave weep whine whimper whoop wince "
        "caption apologise apologize admonish berate chide concur confer decree deduce denounce describe detail "
        "deplore dictate direct dispute exhort exult grimace hazard implore instruct invite lecture proclaim "
        "pronounce proffer rebut recommend refute reject relay sing stipulate sympathise sympathize taunt thank "
        "toast transmit vouch vent welcome verify propose infer remember reflect realise realize recognise "
        "recognize recollect reason signal brief record document mention demonstrate illustrate prove establish "
        "ascertain project foresee anticipate envisage text remonstrate submit venture hope worry imagine "
        "presume assume"
    ),
}  # fmt: skip

CUE_FORMS: dict[str, Cue] = {
    form: cue for cue in reversed(_VERBS) for verb in _VERBS[cue].split() for form in _forms(verb)
}
"""Every form of every verb of saying -> its class (the first class named wins)."""

BASE_CUES = words(
    "say believe think warn claim insist argue write add report show suggest indicate find estimate fear suspect "
    "note predict reckon put caution maintain "
    "acknowledge concede admit explain agree deny allege contend conclude recall confirm announce tell observe stress "
    "insist complain remember recount reply respond swear assert state reveal emphasise emphasize"
)
"""Base forms that may follow a plural subject (`figures show that`)."""

PAST_OR_PRESENT = (
    frozenset(
        form
        for verbs in _VERBS.values()
        for verb in verbs.split()
        for form in _forms(verb)
        if not form.endswith("ing") and form != verb
    )
    | BASE_CUES
)

PARTICIPLE_CUES = words(
    "saying adding claiming arguing warning noting insisting stressing explaining writing stating alleging "
    "telling suggesting announcing confirming revealing admitting acknowledging asserting declaring "
    "complaining boasting conceding predicting estimating emphasising emphasizing reiterating maintaining pointing "
    "contending recalling calculating concluding declaring lamenting indicating implying hinting confessing "
    "testifying joking quipping remarking observing reminding assuring informing advising reporting tweeting posting "
    "showing finding believing thinking fearing claiming cautioning clarifying affirming replying"
)
DOCUMENT_NOUNS = words(
    "report study survey analysis research data figures statistics review audit investigation inquiry paper papers "
    "poll document documents letter statement assessment census findings evidence records minutes "
    "article filing lawsuit indictment ruling judgment complaint memo email emails briefing dossier index "
    "accounts estimates results numbers monitoring website leaflet bulletin press-release"
)
VENUE_NOUNS = words(
    "statement interview post letter report tweet speech address briefing conference blog video message email memo "
    "filing ruling broadcast podcast article call meeting rally hearing debate event summit programme program show "
    "newsletter note release document thread column op-ed essay lecture sermon testimony submission "
    "session phone-call newspaper radio television tv court parliament congress"
)
UNNAMED_SOURCES = words(
    "official officials source sources insider insiders resident residents witness witnesses expert experts "
    "analyst analysts critic critics rescuer rescuers researcher researchers scientist scientists trader traders "
    "neighbour neighbours neighbor neighbors campaigner campaigners activist activists observer observers "
    "people person man woman men women local locals diplomat diplomats aide aides doctor doctors worker workers "
    "economist economists lawyer lawyers prosecutor prosecutors paramedic engineer engineers driver soldier soldiers "
    "investigator investigators farmer farmers parent parents teacher teachers student students fan fans customer "
    "customers user users bystander bystanders passenger passengers employee employees investor investors broker "
    "brokers two three four several some many one others another supporters opponents historians authors author "
    "medics medic nurse nurses relatives relative friend friends family families villagers shopper shoppers "
    "protesters demonstrators voters speakers members dealers advisers"
)
SPOKESPEOPLE = words("spokesman spokeswoman spokesperson spokespeople spox representative press")
SPEAKING_NOUNS = (
    DOCUMENT_NOUNS | UNNAMED_SOURCES | GROUP_NOUNS | SPOKESPEOPLE
    | words("he she they police officials staff bosses chiefs ministers mps mother father wife husband son daughter "
            "brother sister partner family union-leaders regulators lawyers ministry")
)  # fmt: skip
"""Common nouns that can stand right after a verb of saying as its subject."""

REPORTED_PASSIVES = words(
    "alleged claimed reported said believed thought understood told heard estimated argued suggested "
    "announced confirmed revealed expected rumoured rumored feared accepted known noted agreed hoped"
)
