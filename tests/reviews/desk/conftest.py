"""What the tests of the screens share."""

import pytest

from factcheck.accounts.roles import Role
from tests import factories


@pytest.fixture
def signed_in(client, db):
    """`signed_in(user)` is a browser in which that person is signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def allrounder(db):
    """Somebody who checks, approves and publishes."""
    return factories.user(Role.CHECKER, Role.APPROVER, Role.PUBLISHER)
