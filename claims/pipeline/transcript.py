"""Interviews and minutes: paragraphs that begin with who speaks (`Mr Pell: ...`).

Says for each body block whether it is one speaker's turn, where the spoken
words start, and whether the turn is an interviewer's question. Texts without
labels count as interviews only when short questions alternate with answers in
the first person.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.enums import Boilerplate
from claims.pipeline.blocks import Block
from claims.pipeline.frames import Mention
from claims.pipeline.lexicon import words
from claims.pipeline.names import ROLES
from claims.pipeline.shapes import DocumentInfo

_LABEL = re.compile(r"(?:\d{1,3}\.\s+)?(?P<label>[A-Z][^:\n“\"‘«?!]{0,110}?)\s*:\s+(?=[^\s])")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Prof|Professor)\b\.?\s+[A-Z]")
_LINKS = words("of for the and to in de van von der al on hon right several")
_NOT_LABELS = words(
    "note notes update updates correction source sources photo image picture caption breaking exclusive referee "
    "attendance "
    "analysis opinion watch read related more key latest location date time when where what who why how price tickets "
    "verdict rating ingredients method claim fact result results scorers goals subs weather traffic contact email tel "
    "address website summary background context example total warning tip tips question answer step steps option "
    "pros cons monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december score scores team teams squad lineup venue kick-off kickoff"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I[’']m|I[’']ve|we|We|my|our|We[’']ve|we[’']ve)\b")
_SECOND_PERSON = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ou[’'](?:ve|re))\b")
_REPORTING = re.compile(r"\b(?:said|told|accused|according to|asked|replied|answered)\b")
_MIN_TURNS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One block as one speaker's words from `start` on.

    `mention` None: the speaker is not known here. `is_question`: the words of
    an interviewer, which frame questions and state nothing of their own.
    """

    start: int
    mention: Mention | None
    is_question: bool = False


def find_turns(text: str, blocks: Sequence[Block], info: DocumentInfo) -> dict[int, Turn]:
    """Block index -> turn; empty when the text is no transcript."""
    labels = _labels(text, blocks)
    labels = _spelled_out(labels)
    counts = Counter(_key(label.text) for label, _ in labels.values())
    is_once = len(counts) == 2 == len(labels) and _alternates(text, blocks, labels)
    if not is_once and (len(labels) < _MIN_TURNS or (max(counts.values()) < 2 and len(counts) < _MIN_TURNS)):
        return _unlabelled(text, blocks) if not labels else {}
    askers = _askers(text, blocks, labels, info)
    askers = askers or (frozenset({_key(labels[min(labels)][0].text)}) if is_once else frozenset())
    is_interview = len(counts) <= 4 and bool(askers)
    turns: dict[int, Turn] = {}
    last: Mention | None = None
    answering: Mention | None = None
    for index, block in enumerate(blocks):
        if not block.is_body:
            continue
        if index in labels:
            last, start = labels[index]
            is_asker = _key(last.text) in askers
            answering = answering if is_asker else last
            turns[index] = Turn(start, None if last.text == "A" else last, is_asker and is_interview)
        elif last is not None and is_interview and answering is not None and _tells_of(text, block, answering):
            continue
        elif last is not None and is_interview:
            asks = _asks(text, block) or (is_once and _prompts(text, block))
            is_known = answering is not None and answering.text != "A"
            turns[index] = Turn(block.start, answering if is_known and not asks else None, asks)
        elif last is not None and not _is_report(text, blocks, max(labels), index):
            turns[index] = Turn(block.start, last)
        elif last is not None and index > max(labels):
            break
    return turns


def _is_report(text: str, blocks: Sequence[Block], final: int, index: int) -> bool:
    """Whether a paragraph behind the last label tells of the debate: a heading stands between, or it reports."""
    if index < final:
        return False
    block = blocks[index]
    is_cut = any(other.kind is Boilerplate.HEADING for other in blocks[final:index])
    is_own = _FIRST_PERSON.search(text, block.start, block.end) is not None
    return is_cut or (not is_own and _REPORTING.search(text, block.start, block.end) is not None)


def _tells_of(text: str, block: Block, answering: Mention) -> bool:
    """Whether a paragraph tells of whoever answers and is no answer (`Later a firm disputed Lee's account`)."""
    name = _key(answering.text)
    words_inside = text[block.start : block.end]
    is_named = re.search(rf"\b{re.escape(name)}\b", words_inside, re.IGNORECASE) is not None
    return is_named and not re.search(r"\b(?:I|I[’']\w+|my|me|you|your)\b", words_inside)


def _asks(text: str, block: Block) -> bool:
    """Whether a paragraph ends as a question."""
    return text[block.start : block.end].rstrip("”\"’' ").endswith("?")


def _prompts(text: str, block: Block) -> bool:
    """Whether a short paragraph speaks to the other and says nothing of itself."""
    said = text[block.start : block.end]
    return len(said) <= 240 and bool(_SECOND_PERSON.search(said)) and not _FIRST_PERSON.search(said)


def _alternates(text: str, blocks: Sequence[Block], labels: Mapping[int, tuple[Mention, int]]) -> bool:
    """Whether two labels, printed once each, open a row of questions and answers."""
    first, second = sorted(labels)
    body = [index for index, block in enumerate(blocks) if block.is_body and index > second]
    asked = sum(_asks(text, blocks[index]) for index in body)
    is_next = not any(block.is_body for block in blocks[first + 1 : second])
    return is_next and _asks(text, blocks[first]) and asked >= 2 and len(body) - asked >= 2


def _labels(text: str, blocks: Sequence[Block]) -> dict[int, tuple[Mention, int]]:
    """Blocks that begin with a label: who, and where the words start."""
    found: dict[int, tuple[Mention, int]] = {}
    for index, block in enumerate(blocks):
        if not block.is_body:
            continue
        match = _LABEL.match(text, block.start, min(block.end, block.start + 130))
        if match is None or not _is_name(match.group("label")) or text[match.end()] in '“"‘«':
            continue
        inner = _named_in_parenthesis(match.group("label"))
        left = match.start("label")
        if inner is not None:
            start, end = left + inner.start(1), left + inner.end(1)
        else:
            cut = match.group("label").find("(")
            start, end = left, left + (cut if cut > 0 else len(match.group("label")))
        name = text[start:end].strip()
        found[index] = (Mention(start, start + len(name), " ".join(name.split())), match.end())
    return found


def _spelled_out(labels: Mapping[int, tuple[Mention, int]]) -> dict[int, tuple[Mention, int]]:
    """Initials (`PL:`) replaced by the full label they stand for (`PIET LUND:`), where one fits."""
    full: dict[str, Mention] = {}
    for label, _ in labels.values():
        parts = re.findall(r"[^\W\d_]+", label.text)
        if len(parts) > 1:
            full.setdefault("".join(part[0] for part in parts).upper(), label)
    return {
        index: (full.get(label.text, label) if label.text.isupper() and len(label.text) <= 4 else label, start)
        for index, (label, start) in labels.items()
    }


def _named_in_parenthesis(label: str) -> re.Match[str] | None:
    """The `(Mr Gareth Pell)` after an office; a party or constituency is no name."""
    is_office = any(word in ROLES for word in re.findall(r"[a-z-]+", label.split("(")[0].lower()))
    for part in _PARENTHESIS.finditer(label):
        if _TITLED.search(part.group(1)) or (
            is_office and re.fullmatch(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){1,3}", part.group(1))
        ):
            return part
    return None


def _is_name(label: str) -> bool:
    """Whether a label can be a speaker: capitalised words, few, no everyday heading."""
    plain = _PARENTHESIS.sub(" ", label)
    parts = re.findall(r"[\w’'.-]+", plain)
    if not parts or len(parts) > 9 or parts[0].lower() in _NOT_LABELS:
        return False
    return all(part[0].isupper() or part.lower().strip(".") in _LINKS for part in parts)


def _key(label: str) -> str:
    """What two labels of one speaker share: the last word."""
    parts = re.findall(r"[\w’'-]+", label.lower())
    return parts[-1] if parts else label.lower()


def _askers(
    text: str, blocks: Sequence[Block], labels: Mapping[int, tuple[Mention, int]], info: DocumentInfo
) -> frozenset[str]:
    """Labels of interviewers: the outlet, its initials, the author, Q, or who mostly asks."""
    known = {"q", "question", "interviewer", "host", "presenter", "moderator"}
    if info.outlet:
        known |= {_key(info.outlet), "".join(word[0] for word in info.outlet.split()).lower()}
    if info.author:
        known.add(_key(info.author))
    asked: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    for index, (label, _) in labels.items():
        block = blocks[index]
        key = _key(label.text)
        spoke[key] += 1
        asked[key] += text[block.start : block.end].rstrip("”\"’' ").endswith("?")
    mostly = {key for key in spoke if asked[key] * 2 > spoke[key]}
    askers = {key for key in spoke if key in known} or (mostly if len(spoke) <= 3 else set())
    return frozenset(askers) if len(askers) < len(spoke) else frozenset()


def _unlabelled(text: str, blocks: Sequence[Block]) -> dict[int, Turn]:
    """An interview without labels: at least three short questions, answers in the first person."""
    body = [index for index, block in enumerate(blocks) if block.is_body]
    asks = {
        index
        for index in body
        if text[blocks[index].end - 1] == "?"
        and blocks[index].end - blocks[index].start < 400
        and text[blocks[index].start] not in "“\"‘'«"
    }
    asks -= {index for index in asks if _answers(text, blocks, body, index, asks)}
    if len(asks) < _MIN_TURNS:
        return {}
    first = min(asks)
    final = blocks[body[-1]]
    is_told = _REPORTING.search(text, final.start, final.end) and not _FIRST_PERSON.search(text, final.start, final.end)
    body = body[:-1] if is_told else body
    answers = [index for index in body if index > first and index not in asks]
    personal = [index for index in answers if _FIRST_PERSON.search(text, blocks[index].start, blocks[index].end)]
    quoted = [index for index in answers if text[blocks[index].start] in "“\"‘'«"]
    if len(personal) * 2 < len(answers) or not answers or quoted:
        return {}
    asks |= {index for index in answers if _is_prompt(text, blocks, body, index, asks)}
    return {index: Turn(blocks[index].start, None, index in asks) for index in body if index >= first}


def _answers(text: str, blocks: Sequence[Block], body: Sequence[int], index: int, asks: set[int]) -> bool:
    """Whether a paragraph that ends as a question follows one and tells of the speaker: an answer."""
    place = body.index(index)
    block = blocks[index]
    is_behind = place > 0 and body[place - 1] in asks
    is_long = ". " in text[block.start : block.end]
    return is_behind and is_long and re.search(r"\b(?:I|[Mm]y)\b", text[block.start : block.end]) is not None


def _is_prompt(text: str, blocks: Sequence[Block], body: Sequence[int], index: int, asks: set[int]) -> bool:
    """Whether a short sentence between two answers is the interviewer's, without a question mark."""
    place = body.index(index)
    if place + 1 >= len(body) or body[place - 1] in asks or body[place + 1] in asks:
        return False
    words_inside = text[blocks[index].start : blocks[index].end]
    return len(words_inside) <= 100 and ". " not in words_inside and not _FIRST_PERSON.search(words_inside)
