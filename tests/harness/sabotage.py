"""Takes one guard away, so that a test can show that another test notices.

`SABOTAGE=fence pytest ...` runs the suite with that guard gone; conftest calls
`apply`. Each entry names the tests that must fail then.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _no_fence() -> None:
    from factcheck.jobs import runner
    from factcheck.jobs.models import Job

    runner.Running.row = lambda self: Job.objects.filter(pk=self.id)


def _no_sweep() -> None:
    from factcheck.jobs import sweep

    sweep.sweep = lambda *, limit=1000: sweep.Swept(0, 0, broker_answers=True)


def _no_compare_and_swap() -> None:
    """Neither the row nor the head of its history is compared with what was read."""
    from factcheck.audit import history
    from reviews.models import Review
    from reviews.services import moves

    def swap(seen, step, after):
        columns = dict(step.columns)
        return Review.objects.filter(pk=seen.review.pk).update(
            status=after[0].value, report_status=after[1].value, version=seen.review.version + 1, **columns
        )

    moves._swap = swap
    history.read_head = lambda found: None


def _no_contributor_trigger() -> None:
    from factcheck import immutable
    from reviews.models import Approval

    immutable._guards[Approval] = []


def _no_if_match() -> None:
    from factcheck.api import preconditions

    preconditions.expected_version = lambda request: None


@dataclass(frozen=True)
class Sabotage:
    """How to take a guard away, and which tests must notice. One that lives in
    the database is missing only from a database made without it."""

    act: Callable[[], None]
    noticed_by: str
    in_database: bool = False


GUARDS: dict[str, Sabotage] = {
    "fence": Sabotage(_no_fence, "tests/factcheck/test_jobs.py::test_take_of_an_expired_job_fences_the_first_owner"),
    "sweep": Sabotage(_no_sweep, "tests/factcheck/test_jobs.py::test_the_sweep_publishes_jobs_whose_lease_ran_out"),
    "compare-and-swap": Sabotage(
        _no_compare_and_swap, "tests/reviews/services/test_races.py::test_accepted_saves_equal_the_final_version"
    ),
    "contributor trigger": Sabotage(
        _no_contributor_trigger, "tests/reviews/services/test_triggers.py", in_database=True
    ),
    "If-Match": Sabotage(_no_if_match, "tests/reviews/api/test_reviews_api.py::test_actions_want_the_version_seen"),
}


def apply(name: str) -> None:
    """Take the guard away in this process."""
    GUARDS[name].act()
