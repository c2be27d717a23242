"""What the tests of copies and links share."""

import pytest

from factcheck.net import fetching
from reviews.models import Source
from tests import factories
from tests.reviews.archiving.internet import BOOK, Web


@pytest.fixture
def web(monkeypatch):
    made = Web()
    monkeypatch.setattr(fetching, "fetch", made.fetch)
    return made


@pytest.fixture
def source():
    """The only source with an address that a submitted verdict cites."""
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK))
    return Source.objects.get(url="https://port.example/log")
