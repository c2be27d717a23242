"""Which language a text is in: a guess that says when it does not know."""

from functools import lru_cache
from typing import Any, Final

UNKNOWN: Final = "und"
"""ISO 639's own code for a language not determined."""

CONFIDENT: Final = 0.6
"""Least probability at which a guess is told."""

_READ: Final = 4000
"""Code points looked at, from the beginning."""


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language, or `und`.

    A few words rarely reach the confidence that is asked; `und` is the
    right answer for a name alone.
    """
    language, probability = _identifier().classify(text[:_READ])
    return str(language) if probability >= CONFIDENT else UNKNOWN


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The identifier, loaded once per process (a quarter of a second)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
