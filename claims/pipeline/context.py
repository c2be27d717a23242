"""What stands beside a printed name: titles, roles, ages, kinds; evidence for a person or a body."""

from collections.abc import Sequence
from typing import NamedTuple

from claims.pipeline.cues import CUE_FORMS, DOCUMENT_NOUNS, SPOKESPEOPLE
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    PRESENT_S,
    TIME_WORDS,
    words,
)
from claims.pipeline.names import DEMONYMS, FEMALE_ROLES, GROUP_NOUNS, MALE_ROLES, POST_NOMINALS, TITLES
from claims.pipeline.runs import Run
from claims.pipeline.tokens import Token

_SAME_ROLE = {
    "prosecuting": "barrister prosecutor", "defending": "barrister", "defence": "barrister", "ceo": "chief executive",
    "gov": "governor", "sen": "senator lawmaker", "rep": "representative lawmaker", "dr": "doctor", "prof": "professor",
    "insp": "inspector", "capt": "captain", "sgt": "sergeant", "gen": "general", "col": "colonel", "cllr": "councillor",
    "pm": "prime minister", "mp": "lawmaker politician", "senator": "lawmaker", "coach": "manager", "manager": "boss",
    "striker": "player", "captain": "skipper", "executive": "boss", "director": "boss", "chairwoman": "chair",
    "chairman": "chair", "chairperson": "chair", "headmaster": "headteacher", "headmistress": "headteacher",
}  # fmt: skip
_KIN_GENDER = {
    **dict.fromkeys(
        [
            "husband",
            "father",
            "dad",
            "son",
            "brother",
            "uncle",
            "grandfather",
            "grandson",
            "boyfriend",
            "widower",
            "nephew",
        ],
        "m",
    ),
    **dict.fromkeys(
        [
            "wife",
            "mother",
            "mum",
            "mom",
            "daughter",
            "sister",
            "aunt",
            "grandmother",
            "granddaughter",
            "girlfriend",
            "niece",
        ],
        "f",
    ),
}
KIN = frozenset(_KIN_GENDER) | {"partner", "fiancé", "fiancée", "cousin", "twin", "parents"}
_GENDERED = frozenset({"he", "his", "him", "himself", "she", "her", "herself"})
_POST_CUES = frozenset({"said", "says", "told", "added", "adds", "tells", "explained", "explains", "wrote"})
_LONE_CUES = words("asked replied argued recalled continued concluded laughed joked testified admitted responded")
_BESIDE = _POST_CUES | _LONE_CUES
_IN_OFFICE = words("president minister mayor governor chancellor senator chairman chief director")
_WINDOW = 10


_OF_BODIES = SPOKESPEOPLE | DOCUMENT_NOUNS | {"official", "officials", "shares"}
_MAKERS = words("designer developer broker builder distributor trader promoter processor miner")
_GROWERS = words("grower brewer winemaker processor distributor smelter refiner distiller grocer jeweller jeweler")
_INTRODUCTION = 14
_ENDS = frozenset(".!?,;:")
_KIND_ENDS = PREPOSITIONS | {"that", "which", "who", "whose", "where", "behind", "and"}
_BETWEEN = TIME_WORDS | ADVERBS | {"last", "on", "this", "late", "early"}
_NO_PERSON_AFTER = PREPOSITIONS | DETERMINERS | GROUP_NOUNS
_ACTIONS = AUXILIARIES | IRREGULAR_PAST | PRESENT_S | frozenset(form for form in CUE_FORMS if form.endswith("s"))
_VOICES = SPOKESPEOPLE | {"official", "officials"}
_NO_ROLE_WORDS = DETERMINERS | PREPOSITIONS
_BEFORE_ROLES = frozenset(CUE_FORMS) | AUXILIARIES | {"and", "but", "that", "who"}
"""Words behind which a role in front of a name begins."""


class Hint(NamedTuple):
    """Evidence of one printed name: weights for a person and a body, what is said of it, its gender."""

    person: int = 0
    body: int = 0
    gender: str = ""
    title_gender: str = ""
    roles: tuple[frozenset[str], ...] = ()
    descriptions: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    is_subject: bool = False
    is_speaking: bool = False


def hint_at(tokens: Sequence[Token], run: Run) -> Hint:
    """Everything that the surroundings of a run tell."""
    title = next((TITLES[word] for word in run.lead if TITLES.get(word)), "")
    ranges = [span for span in (_lead(run), role_before(tokens, run), role_after(tokens, run)) if span is not None]
    roles, descriptions = [], []
    gender = title
    for low, high in ranges:
        kept = _role_words(tokens[low:high])
        if kept:
            roles.append(kept | role_synonyms(kept))
            descriptions.append(" ".join(token.text for token in tokens[low:high] if token.is_word))
            gender = gender or gender_of(kept)
    age = _age(tokens, run)
    if age:
        roles.append(frozenset({f"{age}-year-old"}))
    before = tokens[run.low - 1].lower if run.low else ""
    kin = _kin(tokens, run)
    gender = gender or _KIN_GENDER.get(kin, "")
    person = 4 * bool(_person_lead(run)) + 3 * bool(len(ranges) > bool(run.lead)) + _person_after(tokens, run)
    is_speaking = _is_beside_saying(tokens, run, before)
    is_full = is_speaking and len(run.words) in {2, 3} and before not in {"the", "a", "an"}
    person += _pronoun_after(tokens, run) + 4 * bool(kin) + is_full - 3 * (before == "the" and not run.lead)
    kinds = _kinds(tokens, run)
    return Hint(person, _body(tokens, run, before, kinds), gender, title, tuple(roles), tuple(descriptions), kinds,
                _opens_clause(tokens, run), is_speaking)  # fmt: skip


def _role_words(said: Sequence[Token]) -> frozenset[str]:
    """The words of a role; another's office inside it (`the mayor's chief of staff`) is left out."""
    kept = set()
    is_behind = False
    for token in said:
        word = token.lower
        is_behind = is_behind or word in PREPOSITIONS
        is_other = word.endswith("'s") or is_behind
        if token.is_word and word not in _NO_ROLE_WORDS and not (is_other and is_role(word)):
            kept.add(word.removesuffix("'s"))
    return frozenset(kept)


def _lead(run: Run) -> tuple[int, int] | None:
    """Token range of the titles and roles inside the run."""
    return (run.low, run.begin) if run.lead else None


def _person_lead(run: Run) -> bool:
    """Whether a title or role stands right before the name, with a capital too."""
    words_before = [word for word in run.lead if word != "."]
    return bool(words_before) and is_role(words_before[-1]) and words_before[-1] not in DEMONYMS


def role_before(tokens: Sequence[Token], run: Run) -> tuple[int, int] | None:
    """Token range of a lower-case role in front of the name (`chief inspector`, `the mayor of Teno,`)."""
    end = run.low
    if end and tokens[end - 1].lower == ",":
        end -= 1
    low = end
    while low > 0 and end - low < _WINDOW and (tokens[low - 1].is_word or tokens[low - 1].lower in {"'", "-"}):
        if tokens[low - 1].lower in _BEFORE_ROLES:
            break
        low -= 1
    roles = [index for index in range(low, end) if is_role(tokens[index].lower)]
    if not roles:
        return None
    opens = next((index for index in range(roles[-1], low, -1) if tokens[index].lower in {"the", "a", "an"}), low)
    low = opens if any(tokens[index].lower in PREPOSITIONS for index in range(low, opens)) else low
    is_linked = roles[-1] + 1 < end and tokens[roles[-1] + 1].lower in {"of", "for", "at", "in", "to"}
    if end == run.low:
        is_linked = is_linked and (len(run.words) > 1 or run.words[0] in GIVEN_NAMES)
        is_closed = (
            is_linked
            and (end - roles[-1] > 2 or bool(run.lead))
            and (bool(run.lead) or tokens[end - 1].lower not in _NO_PERSON_AFTER)
        )
        return (low, end) if roles[-1] == end - 1 or is_closed else None
    return (low, end) if roles[-1] == end - 1 or is_linked else None


def role_after(tokens: Sequence[Token], run: Run) -> tuple[int, int] | None:
    """Token range of what is said after the name (`, the Athletic head coach,`, `is the governor`)."""
    low = run.high
    while low < len(tokens) and tokens[low].lower in POST_NOMINALS:
        low += 1
    if low + 1 >= len(tokens):
        return None
    if tokens[low].lower in {"is", "was"} and tokens[low + 1].lower in {"the", "a", "an"}:
        low += 1
    elif tokens[low].lower in {",", "(", "–", "—"}:
        low += 1
        if tokens[low].text.isdigit():
            low += 2
    else:
        return None
    high = low
    while high < len(tokens) and high - low < 14 and tokens[high].lower not in {",", ".", ";", ")", "(", "who", "–"}:
        high += 1
    span = [token.lower for token in tokens[low:high]]
    if not span or (tokens[low].is_capitalised and span[0] not in DETERMINERS and not is_role(span[0])):
        has_role = any(is_role(word) for word in span[1:6]) and len(span) > 2
        if not span or not has_role or tokens[low - 1].lower in {"is", "was", "the", "a", "an"}:
            return None
    if any(word in CUE_FORMS for word in span[:2]) or span[0] in {"and", "whose"}:
        return None
    head = next((place for place, word in enumerate(span) if place and word in PREPOSITIONS), len(span))
    has_role = any(is_role(word) for word in span[: max(head, 1)][:9])
    return (low, high) if has_role or span[0] in {"prosecuting", "defending"} else None


def _person_after(tokens: Sequence[Token], run: Run) -> int:
    """Evidence after the name: an age, `who`, an office held."""
    if run.high + 1 >= len(tokens):
        return 0
    mark, word = tokens[run.high].text, tokens[run.high + 1].text
    if _age(tokens, run):
        return 5
    if mark in {",", "–", "—"} and word == "who":
        return 4
    if mark == ":" and run.low == 0:
        return 4
    return 2 if mark == "who" else 0


def _age(tokens: Sequence[Token], run: Run) -> str:
    """The age in `Tom Reed, 45,`."""
    if run.high + 1 >= len(tokens) or tokens[run.high].text not in {",", "("}:
        return ""
    word = tokens[run.high + 1].text
    return word if word.isdigit() and len(word) <= 2 else ""


def _is_beside_saying(tokens: Sequence[Token], run: Run, before: str) -> bool:
    """Whether a plain verb of saying stands right before or behind the name."""
    after = tokens[run.high].lower if run.high < len(tokens) else ""
    return after in _BESIDE or before in {"said", "says", "added", "adds"}


def _opens_clause(tokens: Sequence[Token], run: Run) -> bool:
    """Whether the name opens a sentence and a verb follows, or a lone one owns a role (`Zentra's head of sales`)."""
    if run.is_owner and len(run.words) == 1:
        return any(is_role(token.lower) for token in tokens[run.high : run.high + 3])
    if not run.is_initial or run.lead or run.is_owner or run.high >= len(tokens):
        return False
    verb = _behind_place(tokens, run.high)
    limit = verb + 3
    while verb < min(len(tokens) - 1, limit) and _stands_between(tokens[verb].lower):
        verb += 1
    word = tokens[verb].lower
    return word in _ACTIONS or (len(word) > 4 and word.endswith("ed"))


def _behind_place(tokens: Sequence[Token], high: int) -> int:
    """The token behind `of Hull` or `from South Lissen` behind a name, else the one right behind the name."""
    place = high
    if tokens[place].lower in {"of", "from"} and place + 1 < len(tokens) and tokens[place + 1].is_capitalised:
        place += 1
        while place < min(len(tokens) - 1, high + 4) and tokens[place].is_capitalised:
            place += 1
    return place


def _stands_between(word: str) -> bool:
    """Whether the word may stand between a subject and its verb (`flatly`, `on Friday`)."""
    return word in _BETWEEN or (word.endswith("ly") and len(word) > 4)


def _pronoun_after(tokens: Sequence[Token], run: Run) -> int:
    """Whether `he` or `her` follows in the same sentence before another name."""
    if (
        run.lead
        or len(run.words) > 3
        or [token.lower in _GENDERED for token in tokens[run.high + 1 : run.high + 2]] == [True]
    ):
        return 0
    for place, token in enumerate(tokens[run.high : run.high + 14], run.high):
        if token.lower in _GENDERED:
            return 1
        if token.text == "." and place + 1 < len(tokens) and tokens[place + 1].text in {"He", "She"}:
            return 2 * (run.is_initial and len(run.words) > 1)
        if token.is_capitalised or token.text in {".", "“", '"', "‘", "?"}:
            return 0
    return 0


def _kin(tokens: Sequence[Token], run: Run) -> str:
    """The word of kinship right before the name, or before its comma."""
    place = run.low - 1
    if place > 0 and tokens[place].text == ",":
        place -= 1
    if place >= 0 and tokens[place].lower in KIN:
        return tokens[place].lower
    return run.lead[-1] if run.lead and run.lead[-1] in KIN else ""


def _kinds(tokens: Sequence[Token], run: Run) -> frozenset[str]:
    """The kind of body said beside the name: `charity Shelterline`, `Castor, a chipmaker,`, `bank Merton`."""
    found = set()
    place = run.low - 1
    if place > 0 and tokens[place].text == ",":
        place -= 1
    before = tokens[place].lower.split("-")[-1] if place >= 0 else ""
    is_person_like = len(run.words) > 1 and run.words[0] in GIVEN_NAMES
    is_introduced = place < run.low - 1 and _is_introduction(tokens, place)
    if before in GROUP_NOUNS and not tokens[place].is_capitalised and not is_person_like and not is_introduced:
        found.add(before)
    if before in _MAKERS and len(run.words) == 1 and run.words[0] not in GIVEN_NAMES and not run.lead:
        found.add("company")
    if before in {"itself", "called", "as"}:
        found.update(token.lower for token in tokens[max(0, place - 4) : place] if token.lower in GROUP_NOUNS)
    found.update(word for word in run.lead if word in GROUP_NOUNS)
    if run.high + 2 < len(tokens) and tokens[run.high].text == ",":
        rest = [token.lower for token in tokens[run.high + 1 : run.high + 9]]
        if rest[0] in {"a", "an", "the"}:
            stop = next((i for i, word in enumerate(rest) if i and (word in _KIND_ENDS or not word[0].isalnum())), 8)
            last = rest[stop - 1].split("-")[-1] if stop <= len(rest) else ""
            if last in GROUP_NOUNS:
                found.add(last)
            elif last in _GROWERS and run.words[0] not in GIVEN_NAMES and not run.lead:
                found.add("company")
    return frozenset(found)


def _is_introduction(tokens: Sequence[Token], place: int) -> bool:
    """Whether the words up to a comma only lead up to the sentence (`Prosecuting for the council, Ann Lee`)."""
    low = place
    while low > 0 and place - low < _INTRODUCTION and tokens[low - 1].text not in _ENDS:
        low -= 1
    first = tokens[low].lower
    return tokens[low].is_capitalised and (first.endswith("ing") or first in PREPOSITIONS)


def _body(tokens: Sequence[Token], run: Run, before: str, kinds: frozenset[str]) -> int:
    """Evidence that the name is a body's."""
    score = 4 * bool(kinds) + 3 * tokens[run.low - 1].lower.endswith(("-based", "-listed", "-owned")) * bool(run.low)
    after = [token.lower for token in tokens[run.high : run.high + 4]]
    if before == "the" and not run.lead and not (after and (after[0] in GROUP_NOUNS or is_role(after[0]))):
        score += 2
    if after[:2] == [",", "which"]:
        score += 3
    if after[:1] and after[0] in _OF_BODIES:
        score += 3
    if run.is_owner and any(word in _IN_OFFICE for word in after[:3]) and len(run.words) > 1:
        score += 1
    held = [token.lower for token in tokens[max(0, run.low - 3) : run.low]]
    if held[-1:] and held[-1] in {"at", "for", "of", "from"} and len(held) > 1:
        score += 2 if is_role(held[-2]) or held[-2] in _VOICES else 0
    if held[-1:] == ["in"] and len(held) > 1 and held[-2] in {"shares", "stock", "stake", "investor", "investors"}:
        score += 3
    return score


def role_synonyms(words_said: frozenset[str]) -> frozenset[str]:
    """Words a later mention may use for the same role or country."""
    extra = {DEMONYMS[word] for word in words_said if word in DEMONYMS}
    for word in words_said & _SAME_ROLE.keys():
        extra.update(_SAME_ROLE[word].split())
    return frozenset(extra)


def gender_of(words_said: frozenset[str]) -> str:
    """`m`, `f` or nothing, from titles and roles."""
    for word in words_said:
        if TITLES.get(word):
            return TITLES[word]
    if words_said & FEMALE_ROLES:
        return "f"
    return "m" if words_said & MALE_ROLES else ""
