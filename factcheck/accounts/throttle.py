"""Sign-in attempts are counted in the database and slowed down.

Five failures of one name from one address, or thirty from one address,
within fifteen minutes close the door for that pair or address until the
oldest of them is fifteen minutes old.
"""

import hashlib
from datetime import timedelta

from factcheck.accounts.models import SignInFailure
from factcheck.clock import db_now_plus

WINDOW = timedelta(minutes=15)
PER_NAME = 5
PER_ADDRESS = 30


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _recent(key: str) -> int:
    return SignInFailure.objects.filter(key=key, at__gt=db_now_plus(-WINDOW)).count()


def is_closed(*, username: str, address: str) -> bool:
    """Whether this name from this address has to wait."""
    by_name = _recent(_key("name", username.lower(), address))
    return by_name >= PER_NAME or _recent(_key("address", address)) >= PER_ADDRESS


def note_failure(*, username: str, address: str) -> None:
    """Count one failed attempt; forget those out of the window."""
    SignInFailure.objects.filter(at__lt=db_now_plus(-2 * WINDOW)).delete()
    SignInFailure.objects.bulk_create(
        [
            SignInFailure(key=_key("name", username.lower(), address)),
            SignInFailure(key=_key("address", address)),
        ]
    )
