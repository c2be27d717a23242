"""Bodies told by their kind: `the council`, `the company`, `Fenbridge council`, `the employers' federation`."""

from bisect import bisect_left
from collections.abc import Sequence

from claims.pipeline.answers import body_of, is_place
from claims.pipeline.cues import SPOKESPEOPLE
from claims.pipeline.discourse import Discourse
from claims.pipeline.given_names import GIVEN_NAMES
from claims.pipeline.leads import is_role
from claims.pipeline.lexicon import DETERMINERS, PREPOSITIONS, words
from claims.pipeline.name_forms import PLACE_ENDS
from claims.pipeline.names import COMMERCIAL_NOUNS, GROUP_NOUNS, OFFICES, VAGUE
from claims.pipeline.reading import Reading
from claims.pipeline.register import Entry, Naming, Register
from claims.pipeline.runs import COMMON, NO_NAME, NOT_NAMES
from claims.pipeline.things import may_be_body, thing_before
from claims.pipeline.tokens import Token, Words

_CLASSES = (
    COMMERCIAL_NOUNS | words("bank lender insurer maker supermarket brand giant owner service"),
    words("charity trust foundation organisation organization campaign group body society association"),
    words("police force constabulary"),
    words("council authority"),
    words("government administration cabinet"),
    words("army military navy"),
    words("club team side"),
    words("paper newspaper outlet broadcaster station website publisher"),
    words("university college institute institution school"),
    words("hospital trust service infirmary clinic"),
    words("think-tank tank institute forum foundation"),
    words("agency regulator watchdog inspectorate authority commission body office bureau administration"),
    words("union federation association guild"),
    words("ministry department"),
)
_LOOSE = COMMERCIAL_NOUNS | words("authority service organisation organization charity campaign agency")
_TELLING = COMMERCIAL_NOUNS | words(
    "regulator watchdog agency charity organisation organization group think-tank broadcaster publisher "
    "consultancy brokerage pollster bank lender insurer institute body militia"
)
"""Kinds by which an article tells what a name before is (`Ofgem ... The regulator said`)."""

_PUBLIC = words(
    "council police ministry department court university party government school college parliament army senate "
    "congress hospital church union commission radio tv news times herald post league"
)
_KIND_OF = {
    "water": "utility", "energy": "utility", "power": "utility", "electric": "utility", "gas": "utility",
    "airlines": "airline", "airways": "airline", "air": "airline", "railways": "operator", "rail": "operator",
    "trains": "operator", "buses": "operator", "lines": "operator", "motors": "carmaker", "insurance": "insurer",
    "pharmaceuticals": "drugmaker", "pharma": "drugmaker", "stores": "retailer", "supermarkets": "retailer",
    "homes": "developer", "treasury": "department", "airport": "airport", "guild": "union", "alliance": "group",
    "society": "charity",
}  # fmt: skip
"""Words in a body's name that tell what a later mention may call it."""

GOVERNED = words("city county town borough village")
"""Places that stand for whoever governs them once a body bears their name (`City of Hamilton`)."""

_KINDS = GROUP_NOUNS.union(*_CLASSES)
_SHORT = 60
"""Code points that a mention of a body has at most."""
_MENTION = 80
_OFFICE_WORDS = 6
_MANY = 60
"""No more bodies of one kind are kept: the kind then tells them apart no more."""

_BARE = words("police government army military parliament congress cabinet opposition jury league coastguard")


_FIELDS = words(
    "air border fire ambulance schools prisons parents residents tenants supporters drivers teachers students farmers "
    "nurses fans "
    "health water rail transport environment heritage housing food probation weather energy finance defence education "
    "planning traffic highways ethics licensing safety aviation charities gambling press data immigration customs "
    "coastguard cricket football rugby athletics cycling trade rescue mountain lifeboat forestry fisheries"
)
"""Words before a kind of body that tell which one it is, so that `the fire service` is a name."""

_SIDES = words("club team side")
_STUDYING = words("study researchers scientists researcher scientist authors author journal university")
_OFTEN = 2
_NOT_OWN = DETERMINERS | PREPOSITIONS | VAGUE | SPOKESPEOPLE


class Groups:
    """Finds the body that a kind of body refers to; precision first."""

    def __init__(self, source: Words, register: Register, discourse: Discourse) -> None:
        self._by_kind: dict[str, list[Entry]] = {}
        for body in register.bodies:
            told = {_KIND_OF[word] for word in body.words if word in _KIND_OF}
            if body.words[0] in GOVERNED and body.words[1:2] == ("of",):
                told.add(body.words[0])
            for word in sorted({*body.words, *body.kinds, *told} & (_KINDS | told)):
                if len(self._by_kind.setdefault(word, [])) < _MANY:
                    self._by_kind[word].append(body)
        self._discourse = discourse
        self._text = source.text
        self._register = register
        self._phrases = _phrases(source.lists)
        self._is_research = _is_research(source.lists)

    def meant(self, noun: str, reading: Reading, place: int) -> tuple[str, Entry | None] | None:
        """Name (and entry) of the body that `the NOUN` at a place means, or None."""
        noun = noun.rsplit("-", 1)[-1]
        printed = self._printed(noun, place) if noun == "office" else None
        if printed is not None and "'s " in printed:
            return printed, None
        entry = self._entry(noun, place)
        phrase = self._phrase(noun, place)
        if phrase is not None and entry is not None and noun not in entry.words and noun not in entry.kinds:
            entry = None
        own = _own_words(noun, reading)
        is_other = noun in OFFICES and own and not set(own) & (set(entry.words) | entry.kinds) if entry else False
        if entry is not None and not is_other:
            return entry.name, entry
        if own and noun in OFFICES and len(own) <= 2:
            if phrase is not None and phrase.lower().split()[0].strip("'") == own[0]:
                return phrase, None
            printed = self._printed(noun, place) or ""
            return printed if "'" in printed else " ".join([*own, noun]).title(), None
        if phrase is not None and not own:
            return phrase, None
        if entry is None and own and (own[-1] in _FIELDS or own[-1].endswith("s'")):
            return self._printed(noun, place) or " ".join([*own, noun]), None
        return (noun.capitalize(), None) if noun in _BARE and entry is None else None

    def _entry(self, noun: str, place: int) -> Entry | None:
        """The registered body of that kind: the only one, else the one spoken of last."""
        exact = self._by_kind.get(noun, [])
        exact = [body for body in exact if len(body.words) > 1] or exact
        alike = exact or self._like(noun)
        named = [body for body in alike if bisect_left(body.places, place)]
        if exact and not named:
            near = [body for body in self._like(noun) if bisect_left(body.places, place) and self._is_near(body, place)]
            if len(near) == 1:
                return near[0]
        fitting = named or (alike if exact else [])
        if len(fitting) == 1 and (exact or self._is_near(fitting[0], place)):
            return fitting[0]
        if fitting:
            return self._nearest(fitting, place)
        if noun in _LOOSE:
            told = self._nearest(None, place) or self._told_company(noun, place)
            return told or (self._unkind(noun, place) if not alike else None)
        if noun in _SIDES and not self._is_research:
            body = self._discourse.body_for(place, reach=1)
            return body if body is not None and not set(body.words) & _PUBLIC else None
        return self._unkind(noun, place) if not alike else None

    def _unkind(self, noun: str, place: int) -> Entry | None:
        """The name right before that nothing tells a kind of, for `the regulator` or `the consultancy`."""
        is_told = noun in _TELLING and f"the {noun}" in self._text[place : place + _MENTION].lower()
        return thing_before(self._discourse, self._register, self._text, place) if is_told else None

    def _told_company(self, noun: str, place: int) -> Entry | None:
        """`The company` behind a sentence about a name that nothing else tells of (`Chip designer Alphawave ...`)."""
        number = self._discourse.sentence_at(place)
        is_behind = self._discourse.subject_span(number)[1] < place
        for before in range(number - (not is_behind), max(-1, number - 3), -1):
            if noun not in COMMERCIAL_NOUNS or self._discourse.is_quoted(self._discourse.subject_span(before)[0]):
                break
            found = self._register.between(*self._discourse.subject_span(before))
            named = [item for item in found if _is_name(item) and (item.entries[:1] or may_be_body(item, self._text))]
            named = [item for item in named if not is_place(item) and len(item.entries) < 2]
            if len(named) == 1 and not self._has_other(named[0], place, before):
                known = named[0].entries[0] if named[0].entries else None
                is_other = known is not None and known.is_person and (len(known.words) > 1 or bool(known.gender))
                is_other = is_other or (named[0].run.words[0] in GIVEN_NAMES and len(named[0].run.words) > 1)
                return None if is_other else known or body_of(named[0])
        return None

    def _has_other(self, subject: Naming, place: int, number: int) -> bool:
        """Whether a sentence names another that may be a company right behind its verb (`Ofgem fined Deloitte`)."""
        verb = self._discourse.subject_span(number)[1]
        behind = self._register.between(verb, min(place, verb + _SHORT))
        return any(
            item.run.words != subject.run.words
            and may_be_body(item, self._text)
            and self._text[verb : item.run.start].count(" ") == 1
            for item in behind
        )

    def _like(self, noun: str) -> list[Entry]:
        """The bodies of a kind that shares a class with the noun."""
        words_alike = {word for kinds in _CLASSES if noun in kinds for word in kinds}
        found = {id(body): body for word in words_alike for body in self._by_kind.get(word, [])}
        return list(found.values())

    def _is_near(self, body: Entry, place: int) -> bool:
        """Whether the body was named within the sentences before."""
        return any(entry is body for _, entry in self._discourse.weigh(place, bodies=True))

    def _nearest(self, fitting: Sequence[Entry] | None, place: int) -> Entry | None:
        """The most prominent of several bodies (None: of all that may be any company); None when two are as near."""
        ranked = self._discourse.weigh(place, bodies=True)
        if fitting is None:
            ranked = [item for item in ranked if _may_be_company(item[1])]
        else:
            known = {id(body) for body in fitting}
            ranked = [item for item in ranked if id(item[1]) in known]
        spoke = self._discourse.last
        is_near = (
            spoke is not None and self._discourse.sentence_at(place) - self._discourse.sentence_at(spoke.place) <= 1
        )
        if spoke is not None and is_near and any(entry is spoke.entry for _, entry in ranked[:2]):
            return spoke.entry
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 1.5):
            return None
        return ranked[0][1]

    def _printed(self, noun: str, place: int) -> str | None:
        """The words of the mention at a place itself, as they are printed."""
        found = self._phrases.get(noun, [])
        near = bisect_left(found, (place, ""))
        return found[near][1] if near < len(found) and found[near][0] - place < _SHORT else None

    def _phrase(self, noun: str, place: int) -> str | None:
        """Fuller words for a body that has no name of its own, the nearest before."""
        found = self._phrases.get(noun, [])
        near = bisect_left(found, (place, ""))
        if not near or noun in COMMERCIAL_NOUNS:
            return None
        return found[near - 1][1]


def _may_be_company(body: Entry) -> bool:
    """Whether nothing tells that a body is no company: no other kind, no office, no place."""
    return not body.kinds and not set(body.words) & _PUBLIC and body.words[-1] not in PLACE_ENDS


def _is_name(naming: Naming) -> bool:
    """Whether the printed name is more than a noun with the capital of a sentence's start (`Parents`)."""
    word = naming.run.words[-1]
    is_word = len(naming.run.words) == 1 and naming.run.is_initial and not naming.run.is_owner and not naming.entries
    return not (is_word and (word.endswith("s") or word in COMMON or is_role(word)))


def _is_research(lists: Sequence[Sequence[Token]]) -> bool:
    """Whether an article is about a study, so that `the team` is nobody's side."""
    return sum(token.lower in _STUDYING for tokens in lists for token in tokens) >= _OFTEN


_OFFICE_HOLDERS = words(
    "attorney general governor mayor sheriff coroner ombudsman auditor comptroller commissioner prosecutor treasurer "
    "president chancellor secretary minister clerk registrar taoiseach premier examiner marshal"
)


def _own_words(noun: str, reading: Reading) -> list[str]:
    """What the mention itself puts before its noun: the `county` of `the county council's own plan`."""
    if noun not in reading.modifiers and noun != reading.noun:
        return []
    place = reading.modifiers.index(noun) if noun in reading.modifiers else len(reading.modifiers)
    own: list[str] = []
    for word in reversed(reading.modifiers[:place]):
        if word in _NOT_OWN or not word[0].isalpha() or len(own) == 2 or NO_NAME.fullmatch(word):
            break
        own.insert(0, word)
    return own


def _modifies(token: Token) -> bool:
    """Whether the word may stand between `the` and the kind of body."""
    return token.text in {"'", "’"} or (token.is_word and token.lower not in NOT_NAMES)


def _phrases(lists: Sequence[Sequence[Token]]) -> dict[str, list[tuple[int, str]]]:
    """Noun -> places and words of `the employers' federation` and `Fenbridge council`."""
    found: dict[str, list[tuple[int, str]]] = {}
    for tokens in lists:
        for index, token in enumerate(tokens):
            if token.is_capitalised or index < 1 or token.lower not in GROUP_NOUNS:
                continue
            low = index
            while low > 0 and index - low < 4 and _modifies(tokens[low - 1]) and not _is_owner(tokens[low - 1]):
                low -= 1
            if token.lower == "office":
                low = _office_start(tokens, low, index)
            opens = tokens[low - 1].lower if low else ""
            is_named = low < index and tokens[low].is_capitalised and all(t.is_capitalised for t in tokens[low:index])
            is_phrase = low < index and opens == "the" and tokens[low].lower not in VAGUE
            if is_phrase or (is_named and (low == 0 or tokens[low - 1].is_word)):
                name = " ".join(item.text for item in tokens[low : index + 1]).replace("’", "'").replace(" '", "'")
                found.setdefault(token.lower, []).append((token.start, name))
    return found


def _office_start(tokens: Sequence[Token], low: int, index: int) -> int:
    """Where `secretary of state's office` and `California attorney general's office` begin."""
    start = index - 1
    if start < 1 or not _is_owner(tokens[start]):
        return low
    holder = tokens[start].lower.removesuffix("'s")
    if holder == "state" and start > 1 and tokens[start - 1].lower == "of":
        start -= 2
        holder = tokens[start].lower
    if holder not in _OFFICE_HOLDERS:
        return low
    while (
        start > 0
        and index - start < _OFFICE_WORDS
        and _modifies(tokens[start - 1])
        and not _is_owner(tokens[start - 1])
    ):
        start -= 1
    return start


def _is_owner(token: Token) -> bool:
    return token.text.endswith(("'s", "’s"))
