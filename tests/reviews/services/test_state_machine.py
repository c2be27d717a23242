"""No sequence of actions breaks a rule of the workflow.

FAULTS=full runs 2,000 sequences: `./dev test-faults --full`.
"""

import pytest

from tests.harness.records import FULL
from tests.reviews.services.desk_model import ABLE
from tests.reviews.services.review_machine import explore


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_a_rule():
    explore(examples=25, steps=15)


@pytest.mark.fault
@pytest.mark.slow
@pytest.mark.django_db
def test_two_thousand_sequences_break_no_rule(record):
    tried, taken = explore(examples=2000 if FULL else 100, steps=30)
    record["tried"], record["taken"] = dict(tried), dict(taken)
    wanted, least = (ABLE, 20) if FULL else (("submit", "approve", "publish"), 1)
    assert {action: taken[action] for action in wanted if taken[action] < least} == {}, "too seldom to prove anything"
