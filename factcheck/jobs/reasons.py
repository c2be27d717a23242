"""Why a job failed, in words that quote nothing of what it worked on.

A message of an exception may hold a piece of an article; what is kept and
shown is its type, and where in our code it was raised.
"""

from pathlib import Path
from types import TracebackType

from django.conf import settings

from factcheck.errors import DomainError

MAX_CHARS = 300


def reason_of(error: BaseException) -> str:
    """`ValueError at claims/pipeline/segment.py, line 132`; with its code for a
    refusal of ours, and its words for one of the operating system's, which
    speak of files and addresses only."""
    name = type(error).__name__
    if isinstance(error, DomainError):
        name = f"{name} ({error.code})"
    elif isinstance(error, OSError):
        name = f"{name}: {error}"
    place = _place(error.__traceback__)
    return f"{name} at {place}"[:MAX_CHARS].replace("\0", "") if place else name[:MAX_CHARS].replace("\0", "")


def _place(step: TracebackType | None) -> str:
    """The innermost line of our own code that the error passed through."""
    found = ""
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts:
            found = f"{path.relative_to(settings.BASE_DIR).as_posix()}, line {step.tb_lineno}"
        step = step.tb_next
    return found
