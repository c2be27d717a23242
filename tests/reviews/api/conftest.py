"""Who calls the API of reviews."""

import pytest

from factcheck.accounts.roles import Role


@pytest.fixture
def olena(person):
    return person("olena", Role.CHECKER)


@pytest.fixture
def checker(olena, client_of):
    return client_of(olena)


@pytest.fixture
def approver(person, client_of):
    return client_of(person("anna", Role.APPROVER))


@pytest.fixture
def publisher(person, client_of):
    return client_of(person("pavlo", Role.PUBLISHER))
