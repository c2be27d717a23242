"""The word lists behind the marks of check-worthiness, all lower case."""

from typing import Final


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


NUMBER_WORDS: Final = _words("""
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion
    billions trillion trillions dozen dozens half quarter third thirds twice double doubled triple
    tripled
""")
LARGE_WORDS: Final = _words("""
    hundred hundreds thousand thousands million millions billion billions trillion trillions m bn tn
""")
UNIT_WORDS: Final = _words("""
    percent percentage points dollar dollars cents pounds euros yen people jobs troops soldiers
    families americans children women men workers students patients voters deaths cases homes houses
    schools hospitals miles kilometres kilometers metres meters tonnes tons barrels degrees acres
    hectares hours minutes days weeks months years decades votes seats countries nations states
    times cars flights vehicles missiles drones
""")
COMPARISON_WORDS: Final = _words("""
    than more less fewer higher lower larger smaller bigger greater better worse compared versus
    highest lowest largest smallest biggest greatest worst fastest slowest oldest youngest longest
    most least outnumber exceeds exceeded above below average majority record
""")
CHANGE_WORDS: Final = _words("""
    rose risen rise rises rising fell fallen fall falls falling increased increase increases
    increasing decreased decrease dropped drop drops declined decline grew grown growth lost lose
    loses losing gained cut cuts doubled tripled halved raised raise reduced reduce reduction up
    down soared plunged jumped slashed climbed surged shrank shrunk slumped expanded
""")
PERIOD_WORDS: Final = _words("""
    since ago last year years month months decade decades week weeks quarter century yesterday today
    under during previous earlier january february march april june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday
""")
RECORD_WORDS: Final = _words("""
    voted vote signed passed vetoed opposed supported sponsored introduced promised pledged banned
    repealed approved rejected endorsed appointed nominated resigned elected convicted sentenced
    charged arrested fined sued acquitted ruled announced launched ordered withdrew blocked funded
""")
BE_AND_HAVE: Final = _words("""
    is are was were has have had been does did do
""")
IRREGULAR_PAST: Final = _words("""
    was were had did went said told made took gave got came became began built bought brought broke
    chose drew drove fell felt fought found flew forgot grew heard held hit kept knew laid led left
    lent lost met paid put ran rose saw sent set shot shut sold spent spoke stole stood struck swore
    taught thought threw understood won wrote cut
""")
NOT_PAST: Final = _words("""
    need speed feed indeed exceed succeed proceed breed seed weed bleed hundred sacred naked red bed
    united agreed
""")
FIRST_PERSON: Final = _words("""
    i i'm i've i'd i'll me my mine myself
""")
FIRST_PLURAL: Final = _words("""
    we we're we've we'd we'll us our ours ourselves
""")
SECOND_PERSON: Final = _words("""
    you you're you've you'd you'll your yours yourself
""")
THIRD_PERSON: Final = _words("""
    he she they it he's she's they're it's they've his her their its them him who which
""")
OPINION_WORDS: Final = _words("""
    think believe feel hope wish guess suppose imagine opinion frankly personally maybe perhaps
    seems seem honestly should ought must love hate wonderful beautiful terrible horrible great
    proud sorry sympathetic natural important disagree doubt prefer deserve deserves
""")
FUTURE_WORDS: Final = _words("""
    will won't i'll we'll you'll he'll she'll they'll it'll gonna would wouldn't shall could may
    might
""")
NEED_WORDS: Final = _words("""
    need needs let let's must should want wants got please ought try
""")
COURTESY_WORDS: Final = _words("""
    thank thanks welcome hello bless congratulations goodbye please applause laughter gentlemen
    ladies sir ma'am condolences prayers god sorry excuse
""")
QUESTION_STARTS: Final = _words("""
    who what when where why how which do does did is are was were can could would will should have
    has
""")
CAUSE_WORDS: Final = _words("""
    because caused cause causes due led leads result resulted results thanks blame blamed
""")
ALL_OR_NONE_WORDS: Final = _words("""
    all every everyone everybody no none nobody never always only first entire ever
""")
SOURCE_WORDS: Final = _words("""
    report study according data figures statistics survey census commission court official officials
    research scientists economists agency department government
""")
FUNCTION_WORDS: Final = _words("""
    a an the and or but if of in on at to for from by with as it its it's that this these those
    there is are was were be been am being have has had having do does did not no so than then too
    very just also into out about over under up down who which what when where why how he she they
    him her them his their i me my we us our you your one all any some such only own same more most
    other will would can could may might shall should
""")
NEGATIONS: Final = _words("""
    not no never don't didn't doesn't isn't wasn't aren't haven't hasn't without nor can't
""")
