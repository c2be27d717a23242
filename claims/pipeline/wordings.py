"""Wordings that mark what is no claim: one pattern a kind, all linear."""

import re

from claims.pipeline.lexicon import words

GREETING = re.compile(
    r"(?:thank(?:s(?! to (?!the many|all|every|our|those|you))| you)|good (?:morning|afternoon|evening|night|"
    r"luck|bye)|hello|hi\b|dear\b|welcome\b|"
    r"congratulations|"
    r"cheers|happy (?:birthday|new year)|merry christmas|farewell|goodbye|(?:i am|i'm|we are|we're) (?:very |so |"
    r"most |deeply "
    r"|extremely )?grateful|i (?:thank|congratulate|pay tribute|commend)\b|well done|our (?:thoughts|hearts|"
    r"prayers)|my (?:thoughts|heart|prayers)|hear,? hear)",
    re.IGNORECASE,
)
WISH = re.compile(
    r"(?:god (?:bless|save|help)|may (?:god|the|he|she|they|we|you|heaven|his|her|allah|peace|it)\b|long live|"
    r"(?:i|we) (?:(?:do|really|very much|just|sincerely|still|only) )*(?:hope|wish|want|pray|long|dream|look "
    r"forward|aspire)\b|"
    r"(?:i|we)(?: would|'d|’d) (?:\w+ )?(?:love|like|want|prefer|rather|hope)\b|if only|stay safe|let there be|"
    r"rest in peace|"
    r"(?:he|she|they|it) hopes? (?:to|that)\b|(?:i am|i'm|i’m|we are|we're|we’re) (?:hopeful|hoping|looking forward))",
    re.IGNORECASE,
)
EXHORTATION = re.compile(
    r"(?:let(?:'s|’s| us)\b|please\b|do(?:n't|n’t| not) \w+|never (?:forget|give|let|mind|trust)|order[.!]|"
    r"(?:it is|it's|it’s|now is) (?:the |high )?time\b|we (?:all )?(?:must|need to|have to|ought to|should|cannot "
    r"let|can't let)|"
    r"(?:you|everyone|everybody|people|they|he|she|ministers|the government|the council|the minister|parliament|"
    r"the house|someone|"
    r"somebody) (?:must|should|need to|needs to|has to|have to|ought to)\b(?! have)|i (?:urge|call on|ask|beg|"
    r"appeal|implore|"
    r"would urge|encourage)\b|we (?:urge|call on|ask|appeal|demand|encourage)\b|you can print)",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"(?:.{0,40}\b)?(?:i|we)(?:'ll|’ll|(?: \w+)?? (?:will|shall|won't|won’t|intend to|plan to|promise|vow|pledge|"
    r"guarantee|aim to|swear)\b|"
    r"(?:'re|’re| are|'m|’m| am) (?:not )?(?:going to|committed to|determined to)\b)",
    re.IGNORECASE,
)
PREDICTION = re.compile(
    r"(?:will|\w+'ll|won't|shall|is going to|are going to|(?:is|are|was|were) (?:\w+ )?(?:expected|likely|set|"
    r"forecast|projected|"
    r"predicted|unlikely|bound|poised) to|(?:is|are) (?:now )?all but certain|expects? (?:to|that|\w+ to)|"
    r"anticipates? (?:that|to)|"
    r"forecasts? (?:that|to))\b",
    re.IGNORECASE,
)
ANY_PROSPECT = re.compile(
    r"(?:\b(?:will|won't|shall|should|shouldn't|ought|could|may|might|would|going|expect\w*|likely|unlikely|set|"
    r"forecasts?|projected|predicted|bound|poised|"
    r"certain|anticipat\w*|hop\w+|looks?)\b|'(?:ll|d)\b)",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r",\s(?:which|who|whose|where|you will hear|i think|i believe)\b[^,]{0,200}(?:,|$)", re.IGNORECASE
)
SUBORDINATE = re.compile(
    r"(?:if|when|once|although|though|while|after|before|because|since|unless|until)\b[^,]{3,200},\s", re.IGNORECASE
)
POSSIBLE = re.compile(
    r"(?:could(?! not\b|n't)|may(?! \d)|might|would|\w+'d(?! \w+ed\b| (?:been|had|gone|done|seen|taken|given|"
    r"made|lost|left|said|told|found|met|got|sent|sold|won)\b))\b(?! not have| have| \w+ have|'ve|’ve)",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"(?:i(?:'d|’d| would(?:n't)?)\b|you(?:'d|’d| would)\b|perhaps\b|maybe\b|frankly\b|honestly\b|in my "
    r"(?:opinion|view)|"
    r"to me\b|of course\b|"
    r"(?:no,? )?i (?:don't|do not) (?:buy|believe|think|see|know|care|accept|agree|mind|like|want|recommend)|"
    r"i stand by|the (?:only )?(?:question|truth|fact|reality|problem|point|answer|honest answer) is\b|"
    r"(?:this|it|that) is (?:not )?(?:about|what|why|exactly|how|a matter|just|simply|all about)\b|"
    r"whether\b.{0,60}\b(?:guess|seen|unclear)|obviously\b|what (?:i|we) (?:would|need|want)\b|quite what\b|"
    r"(?:he|she|they|nobody|somebody|people|we|you) deserves?\b)",
    re.IGNORECASE,
)
OPINION_ANYWHERE = re.compile(
    r"\b(?:in my (?:opinion|view)|remains a mystery|anyone'?s guess|anyone’s guess|as if|deserves? (?:to|better|"
    r"more)|(?:is|are|was)(?: not|n't)? worth (?:a|it|the)|step forward|game[- ]changer|turning point|wake-up "
    r"call|tip of the iceberg|is a matter for|"
    r"(?:are|is) entitled to|what matters|no doubt|let's face it|speaks? for itself|remains to be seen|time will tell|"
    r"ought to have|should never have|must never|should not be)\b",
    re.IGNORECASE,
)
DONE = (
    r"(?:been|had|gone|done|seen|taken|given|made|lost|left|said|told|found|met|got|sent|sold|won|come|become|"
    r"\w+ed|\w+en)"
)
PAST_OF_MODAL = re.compile(
    rf"\b(?:could|may|might|would|should|must)(?: not|n't|n’t)? have (?:\w+ly )?{DONE}\b", re.IGNORECASE
)
IMPERATIVES = words(
    "stop vote go get come turn be tell stay look listen keep remember imagine join donate shut wake stand leave "
    "sign send bring "
    "put try ask wait pray enjoy have take give call read see click subscribe don't consider note think make let "
    "forget help "
    "expect watch fight buy sell eat drink run walk hold hang take check follow support visit choose trust "
    "believe defend protect"
)
AFTER_IMPERATIVE = words(
    "the a an your my our his her their its this that these those me us him them it yourself yourselves out up "
    "down off on in to "
    "for with at away back over not no all every each here there now what how when whether sure more less and "
    "together again"
)
OUGHT = re.compile(r"(?:should|shouldn't|ought)\b(?P<past>(?: not| never)? have\b)?", re.IGNORECASE)
NEED = re.compile(
    r"(?:we|they|people|families|patients|my constituents|the (?:country|town|people|public)|this (?:country|"
    r"town)|you)\b"
    r"(?: (?:do not|don't|all|really|just))* (?:need|deserve)\b|there(?: is|'s) (?:more|still|much|a lot|plenty) "
    r"(?:\w+ )?to (?:do|be done)\b",
    re.IGNORECASE,
)
INDIRECT_QUESTION = re.compile(
    r"(?:what|whether|how)\s(?!(?:i|we|you|he|she|it|they|is|was|matters|happened|about|a|ever)\b)", re.IGNORECASE
)
ABOUT_ITSELF = re.compile(
    r"(?:what follows is\b|(?:this|the) (?:interview|conversation|article|transcript|text|announcement|"
    r"release)\b.{0,40}\b(?:edited|"
    r"condensed|forward-looking|updated|"
    r"corrected|translated)|actual results (?:may|might|could)|any resemblance|we(?: have|'ve) (?:asked|"
    r"approached|contacted|requested))",
    re.IGNORECASE,
)
CONDITIONAL_ORDER = re.compile(
    r"(?:if|when) [^,]{3,80}, (?:please |just )?(?:believe|tell|call|come|go|ask|stop|take|stay|get|look|let|"
    r"be|don't|do|try|think|remember|vote)\b",
    re.IGNORECASE,
)
CALLED = re.compile(r"\bcalled (?:the|it|them|him|her|his|its|their|that|this)\b[^.]{0,60}[“\"‘]")
QUOTED_VERDICT = re.compile(
    r"(?:it|this|that|he|she|they)\b(?: had| has| have)? (?:was|is|were|been) (?:\w+ )?[“\"‘]an? ", re.IGNORECASE
)
JUDGING_VERB = re.compile(
    r"\b(?:blasted|slammed|described|branded|dubbed|hailed|labelled|labeled|mocked|ridiculed|accused)\b"
)
PLAN = re.compile(
    r"(?:could(?! not\b|n't)|may(?! \d)|might|expects?|anticipates?|hopes?|(?:is|are|was|were|remains?) (?:\w+ "
    r")?(?:expected|likely|unlikely|"
    r"anticipated|forecast|predicted|hoped|all but certain|hoping|poised|bound)|looks? (?:set|likely))\b",
    re.IGNORECASE,
)
LEAD_INS = words("and but so well honestly frankly personally obviously then yes no")
DENIAL = words("wrong false untrue incorrect right true")
COPULAS = words(
    "is are was were be been isn't aren't wasn't seems looks feels sounds remains makes make it's that's he's "
    "she's they're "
    "we're you're i'm what's there's"
)
APOLOGY = re.compile(r"(?:i|we) (?:sincerely |deeply )?apologi[sz]e\b", re.IGNORECASE)
THANKS = re.compile(r"\bthank you\b", re.IGNORECASE)
HOPE = re.compile(r"\bhopes? (?:to|that|for)\b", re.IGNORECASE)
OWN_PROMISE = re.compile(r"we(?:'ll| will| shall)\b", re.IGNORECASE)
CONDITION = re.compile(r"if\b.{0,200}\b(?:will|could|may|might)\b", re.IGNORECASE)
REPORTED_QUESTION = re.compile(r"(?:what|why|how|whether)\b")
MIGHT_HAVE_BEEN = re.compile(r"\b(?:would|'d) have\b")
SINCE = re.compile(r"\b(?:since|for the first time|ever)\b", re.IGNORECASE)
