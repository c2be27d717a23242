"""How many statements the API of reviews takes, whatever the number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.services import queue
from tests import factories
from tests.reviews.api.requests import EVIDENCE, URL, VERDICT, match

pytestmark = pytest.mark.django_db
TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def test_list_takes_the_same_statements_for_any_number_of_rows(checker):
    factories.opened(claims=1)
    checker.get(URL)
    with CaptureQueriesContext(connection) as one:
        checker.get(URL)
    factories.opened(claims=5)
    factories.published()
    with CaptureQueriesContext(connection) as many:
        assert len(checker.get(URL).json()["data"]) == 7
    assert len(many) == len(one) <= 5


def test_lists_of_one_review_take_the_same_statements_for_any_number_of_rows(checker, olena):
    verdict = factories.submitted(olena)
    addresses = [
        f"{URL}/{verdict.review_id}/verdicts",
        f"{URL}/{verdict.review_id}/history",
        "/api/v1/sources",
        "/api/v1/scales",
    ]

    def counted():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert checker.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    counted()
    before = counted()
    for version in (3, 5):
        checker.post(f"{URL}/{verdict.review_id}/withdraw", {}, format="json", headers=match(version))
        body = {**VERDICT, "evidence": [*EVIDENCE, {"url": f"https://x{version}.example", "stance": "context"}]}
        address = f"{URL}/{verdict.review_id}/verdicts"
        assert checker.post(address, body, format="json", headers=match(version + 1)).status_code == 201
    assert counted() == before
    assert max(before) <= 7


def test_submission_over_rest_takes_at_most_14_statements(checker, olena):
    warm = factories.taken(olena)
    checker.post(f"{URL}/{warm.pk}/verdicts", VERDICT, format="json", headers=match(2))
    review = factories.taken(olena)
    with CaptureQueriesContext(connection) as captured:
        answer = checker.post(f"{URL}/{review.pk}/verdicts", VERDICT, format="json", headers=match(2))
    assert answer.status_code == 201
    told = [one["sql"] for one in captured if not one["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= 14, "\n".join(told)


def test_next_takes_few_statements(olena):
    factories.opened(claims=2)
    with CaptureQueriesContext(connection) as captured:
        queue.take_next(actor=olena)
    told = [one["sql"] for one in captured if not one["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= 8, "\n".join(told)
