"""Every word about saying in every place of a sentence where a word of saying may stand."""

from claims.pipeline import cues
from claims.pipeline.extract import extract
from claims.pipeline.shapes import DocumentInfo

FRAMES = (
    "Ana Ruiz {0} that the bridge had closed twice in May.",
    "The bridge, Ana Ruiz {0}, had closed twice in May.",
    "The mayor sued the state in March, {0} that it had closed 14 bridges.",
    "The mayor was quoted as {0} that 14 bridges were closed.",
    "According to a {0} of the ministry, 14 bridges were closed.",
    '"The bridge was closed," {0} Ana Ruiz, the mayor. "It was not safe."',
    "{1} Ana Ruiz: the bridge was closed, and she {0} it.",
    "Ana Ruiz's {0} showed, the {0} said, that 14 bridges were closed.",
)
PARTICIPLE_FRAMES = FRAMES[2:4]


def _words():
    found = set()
    for name, value in vars(cues).items():
        if name.isupper() and isinstance(value, (set, frozenset, dict)):
            found |= {word for word in value if isinstance(word, str) and word.isalpha()}
    return sorted(found)


def test_lexicons_agree_on_what_is_a_cue():
    assert set(cues.CUE_FORMS) >= cues.PARTICIPLE_CUES


def _sentences():
    """Each word in one of the frames in turn; a participle also behind a comma and behind `quoted as`."""
    for place, word in enumerate(_words()):
        frames = {FRAMES[place % len(FRAMES)], *(PARTICIPLE_FRAMES if word.endswith("ing") else ())}
        yield from (frame.format(word, word.capitalize()) for frame in sorted(frames))


def test_no_word_in_no_place_stops_the_extraction():
    sentences = list(_sentences())
    assert len(sentences) > 1500
    info = DocumentInfo(published_at="2025-03-14")
    for start in range(0, len(sentences), 40):
        text = "\n\n".join(sentences[start : start + 40])
        assert all(text[claim.start : claim.end] == claim.quote for claim in extract(text, info).claims)
