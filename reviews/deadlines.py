"""Reading the deadline policy: when a review of some priority is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from reviews.models import DueRule

Rules = Mapping[int, int]
"""Least priority -> hours."""


def rules() -> dict[int, int]:
    """The desk's rules; without any, no review gets a deadline by itself."""
    return dict(DueRule.objects.values_list("least_priority", "hours"))


def due_at(rules_: Rules, *, priority: int, opened_at: datetime) -> datetime | None:
    """The deadline that the rules give a review."""
    fitting = [least for least in rules_ if priority >= least]
    return opened_at + timedelta(hours=rules_[max(fitting)]) if fitting else None
