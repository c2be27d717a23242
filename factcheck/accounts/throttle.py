"""Sign-in attempts are counted in the database and slowed down.

Five failures of one name from one address, or thirty from one address,
within fifteen minutes close the door for that pair or address until the
oldest of them is fifteen minutes old. An attempt is counted before it is
decided, so that many at the same moment are no way around.
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


def admit(*, username: str, address: str) -> list[SignInFailure] | None:
    """Count an attempt as failed; None when the door is closed to it, and then
    it does not count. Hand what is returned to `forgive` if it succeeds."""
    SignInFailure.objects.filter(at__lt=db_now_plus(-2 * WINDOW)).delete()
    by_name, by_address = _key("name", username.lower(), address), _key("address", address)
    counted = SignInFailure.objects.bulk_create([SignInFailure(key=by_name), SignInFailure(key=by_address)])
    if _recent(by_name) <= PER_NAME and _recent(by_address) <= PER_ADDRESS:
        return counted
    forgive(counted)
    return None


def forgive(counted: list[SignInFailure]) -> None:
    """The attempt was none of somebody guessing."""
    SignInFailure.objects.filter(pk__in=[row.pk for row in counted]).delete()
