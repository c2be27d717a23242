"""Words that judge or feel: closed lists behind the typing of what is no claim."""

from claims.pipeline.lexicon import (
    words,
)

EVALUATIVE = words(
    "great terrible wonderful horrible awful dreadful lovely fantastic amazing incredible brilliant beautiful ugly "
    "nice disgusting disgraceful disgrace outrageous outrage shameful shame pathetic ridiculous absurd nonsense crazy "
    "mad insane stupid silly idiotic foolish disaster catastrophe catastrophic joke farce scandal scandalous "
    "tragedy tragic heartbreaking devastating devastated unacceptable acceptable unforgivable inexcusable excuse "
    "proud pride sad happy thrilled delighted pleased glad disappointed disappointing frustrated frustrating "
    "exciting excited encouraging promising worrying worried concerning alarming shocking shocked appalled appalling "
    "important vital crucial essential significant historic remarkable extraordinary exceptional outstanding "
    "excellent superb magnificent impressive perfect fabulous terrific marvellous marvelous inspiring inspirational "
    "good bad worse better best worst fair unfair wrong right reasonable unreasonable sensible fine honest dishonest "
    "fault special unique natural beloved brave courageous cowardly weak strong tough hard difficult easy "
    "priority committed commitment passionate privilege honour honor fitting testament milestone gem nightmare "
    "miracle bonkers strangling magic evil hero heroes heroic legend smart clever dumb lucky unlucky fun funny "
    "hilarious "
    "welcome unbelievable insulting insult offensive naive irresponsible reckless dangerous rubbish garbage "
    "mystery ironic irony nervous fearless beautiful sorry grateful humbled rightly luxury common-sense "
    "strangled fascinating interesting boring challenging rewarding enjoyable delicious charming meaningless"
)


SUPERLATIVE = words(
    "unbelievable incredible amazing fantastic brilliant disgraceful shameful outrageous ridiculous absurd "
    "pathetic heartbreaking "
    "wonderful magnificent fabulous terrific disgusting unacceptable unforgivable nonsense rubbish nightmare "
    "farce shambles "
    "disaster catastrophe joke idiotic insane bonkers marvellous marvelous superb lovely horrendous appalling"
)


FEELING = words(
    "want wanted feel felt hate hated love loved cried cry thought forgot forgotten wept adore adored enjoy "
    "enjoyed miss missed worry "
    "worried dream dreamed dreamt remember wondered fear feared panicked"
)


MENTAL = words(
    "think believe feel suspect guess reckon suppose imagine bet wonder doubt mean understand agree disagree "
    "appreciate accept respect recognise recognize trust"
)


STATES = words(
    "sympathetic tired sick scared afraid angry furious upset relieved confident convinced sure certain ready "
    "lost desperate hungry surprised amazed ashamed embarrassed exhausted hurt determined optimistic "
    "saddened"
)
