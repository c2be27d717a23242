"""Named spokespeople: the words that tell for whom `Elmet Power spokeswoman Ann Lee` speaks.

Whoever speaks for a body in public stands for the body; a party's speaker on a
subject (`housing spokesman`) is a politician and stands for herself.
"""

from collections.abc import Iterator, Sequence

from claims.pipeline.cues import CUE_FORMS, SPOKESPEOPLE
from claims.pipeline.lexicon import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, words
from claims.pipeline.register import Entry, Naming, Register
from claims.pipeline.tokens import Token

_SPEAKERS = SPOKESPEOPLE - {"press", "representative", "spokespeople"}
_SUBJECTS = words(
    "housing justice health education finance economy economic treasury foreign affairs home defence defense transport "
    "environment energy agriculture farming business trade culture equality children family social security policing "
    "immigration climate work pensions sport media technology rural local"
)
_PARTIES = words("labour labor conservative tory liberal democrat democratic republican green greens reform snp dup")
_STOPS = frozenset(CUE_FORMS) | AUXILIARIES | CONJUNCTIONS | (PREPOSITIONS - {"of", "for"}) | {"that", "who", "which"}
_PAST = frozenset({"former", "onetime", "one-time", "then", "ex"})
_REACH = 7


def find_voices(lists: Sequence[Sequence[Token]], register: Register) -> dict[int, Sequence[Token]]:
    """`id` of a person's entry -> the words that make her a voice (`The department's spokesperson`)."""
    found: dict[int, Sequence[Token]] = {}
    starts = {naming.run.start: naming for naming in register.namings}
    ends = {naming.run.end: naming for naming in register.namings}
    for tokens in lists:
        for entry, phrase in _voices(tokens, starts, ends):
            if not _is_politician(phrase) and not any(token.lower in _PAST for token in phrase):
                found.setdefault(id(entry), phrase)
    return found


def _voices(
    tokens: Sequence[Token], starts: dict[int, Naming], ends: dict[int, Naming]
) -> Iterator[tuple[Entry, Sequence[Token]]]:
    """Each person beside a word for a spokesperson, with the phrase that holds the word."""
    for index, token in enumerate(tokens):
        if token.lower not in _SPEAKERS:
            continue
        before = index
        while before > 0 and index - before < _REACH and _is_inside(tokens[before - 1]):
            before -= 1
        stop = _phrase_end(tokens, index)
        after = stop + (stop < len(tokens) and tokens[stop].text == ",")
        person = _person(starts.get(tokens[after].start)) if after < len(tokens) else None
        if person is not None:
            yield person, tokens[before:stop]
        elif before > 1 and tokens[before - 1].text == ",":
            person = _person(ends.get(tokens[before - 2].end))
            stop = index + 1
            is_owned = any(token.lower.endswith("'s") for token in tokens[before:index])
            while not is_owned and stop < len(tokens) and stop - index < _REACH and tokens[stop].is_word:
                stop += 1
            if person is not None:
                yield person, tokens[before:stop]


def _phrase_end(tokens: Sequence[Token], index: int) -> int:
    """Where `spokeswoman for Vantage,` ends; right behind the word where nothing like that follows."""
    if index + 1 >= len(tokens) or tokens[index + 1].lower not in {"for", "of", "on"}:
        return index + 1
    stop = next((at for at in range(index + 2, min(len(tokens), index + _REACH)) if not tokens[at].is_word), index + 1)
    return stop if stop < len(tokens) and tokens[stop].text == "," else index + 1


def _is_politician(phrase: Sequence[Token]) -> bool:
    """Whether a subject or a party stands right before the word (`housing spokesman`, `Liberal Democrat spokesman`)."""
    place = next(index for index, token in enumerate(phrase) if token.lower in _SPEAKERS)
    return place > 0 and phrase[place - 1].lower in _SUBJECTS | _PARTIES


def _is_inside(token: Token) -> bool:
    """Whether the word may belong to `the education department's spokesperson`."""
    return (token.is_word or token.text in {"'", "’"}) and token.lower not in _STOPS


def _person(naming: Naming | None) -> Entry | None:
    """The one person a printed name means."""
    if naming is None or len(naming.entries) != 1 or not naming.entries[0].is_person:
        return None
    return naming.entries[0]
