"""Random sequences of every action by every role through every door, with
crashes and redeliveries between, against the independent model of one review."""

import copy
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.events import emitting
from factcheck.jobs import outbox
from reviews import tasks
from reviews.enums import CorrectionType, Decision
from reviews.models import Approval, ReportVersion, Verdict, VerdictDraft
from tests import factories
from tests.harness.records import FULL
from tests.reviews.services.desk_model import ABLE, PEOPLE, Desk
from tests.reviews.services.doors import NOT_AS_FORM, NOT_OVER_REST, RATINGS, Doors

ARGS = {
    "draft": ("one", "two"),
    "submit": RATINGS,
    "correct": tuple(kind.value for kind in CorrectionType),
    "assign": ("cara", "olga", "anna"),
    "prioritise": ("5", "-5"),
}
UNVERSIONED = {"renew", "draft", "comment", "contact", "suggest", "edit_claim", "triage"}
LEADING = (
    *("publish", "approve", "submit", "accept", "suggest", "draft", "take"),
    *("correct", "request_changes", "revise", "withdraw"),
)
"""What leads on through the workflow. Hypothesis prefers what comes first."""
NOT_POSTED = NOT_OVER_REST | {"take", "release", "draft", "prioritise"}


class Crash(Exception):
    """The process ends here, before it commits."""


class ReviewMachine(RuleBasedStateMachine):
    """Every step is taken by the product and by the model; both must agree."""

    tried: Counter = Counter()
    """Of all sequences of a run: sequences, steps done and refused, crashes."""
    taken: Counter = Counter()
    """How often each action was taken in them."""

    def __init__(self):
        super().__init__()
        self.tried["sequences"] += 1
        self.stack = ExitStack()
        atomic = transaction.atomic()
        atomic.__enter__()
        self.stack.callback(self._roll_back, atomic)
        self.people = {name: factories.user(*map(Role, roles), name=name) for name, roles in PEOPLE.items()}
        self.doors = Doors(self.people, factories.review().pk)
        self.review_id = self.doors.review_id
        self.model = Desk(claim_version=self.doors.row().claim.version)

    @staticmethod
    def _roll_back(atomic):
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    def teardown(self):
        try:
            assert [(fault.where, fault.what) for fault in verify()] == []
        finally:
            self.stack.close()

    # The steps

    @initialize(required=st.sampled_from([1, 2]))
    def choose_quorum(self, required):
        self.stack.enter_context(_setting("REQUIRED_APPROVALS", required))
        self.model.required = required

    def step(self, action, who, arg, door):
        """Take one step through one door, in the product and in the model."""
        version = self.model.version
        if door == "rest" and action not in NOT_OVER_REST:
            done = self.doors.over_rest(action, who, arg, version).status_code < 300
        elif door == "form" and action not in NOT_AS_FORM:
            done = self.doors.as_form(action, who, arg, version)
        else:
            done = self.doors.try_service(action, who, arg, version)
        assert done == self.model_does(action, who, arg), (action, who, arg, door, self.model)
        self.tried["steps taken" if done else "steps refused"] += 1

    def model_does(self, action, who, arg):
        """Whether the model takes the step."""
        done = self.model.do(action, who, arg)
        self.taken[action] += done
        return done

    @rule(
        action=st.sampled_from(sorted(ABLE)),
        who=st.sampled_from(sorted(PEOPLE)),
        door=st.sampled_from(["service", "rest", "form"]),
        data=st.data(),
    )
    def anybody_tries_anything(self, action, who, door, data):
        self.step(action, who, data.draw(st.sampled_from(ARGS.get(action, ("",)))), door)

    def possible(self, but=()):
        """Every step that the rules allow now, by its action; those that lead on come first."""
        found = {}
        for action in (*LEADING, *sorted(set(ABLE) - set(LEADING))):
            steps = [(who, arg) for who in sorted(PEOPLE) for arg in ARGS.get(action, ("",))]
            fitting = [(who, arg) for who, arg in steps if self.model.allows(action, who, arg)]
            if fitting and action not in but:
                found[action] = fitting
        return found

    def drawn(self, data, but=()):
        """A step that the rules allow now: the action first, then who does it."""
        possible = self.possible(but)
        leading = [one for one in LEADING if one in possible]
        action = data.draw(st.sampled_from([*leading * 6, *possible]))
        return action, *data.draw(st.sampled_from(possible[action]))

    @rule(data=st.data(), door=st.sampled_from(["service", "rest", "form"]))
    def somebody_does_what_is_possible(self, data, door):
        self.step(*self.drawn(data), door)

    @rule(data=st.data(), moment=st.sampled_from(["event", "commit"]))
    def a_crash_leaves_nothing(self, data, moment):
        """The process dies after the last write, before the commit."""
        action, who, arg = self.drawn(data)
        before = copy.deepcopy(self.model.__dict__)
        try:
            with transaction.atomic():
                with _crashing_at(moment):
                    self.doors.through_service(action, who, arg, self.model.version)
                raise Crash
        except Crash:
            pass
        assert self.model.__dict__ == before
        self.tried["crashes"] += 1

    @rule(data=st.data())
    def a_step_sent_twice_is_taken_once(self, data):
        """The same request with the version it was made for, delivered again."""
        action, who, arg = self.drawn(data, but=UNVERSIONED)
        version = self.model.version
        assert self.doors.try_service(action, who, arg, version)
        assert self.model_does(action, who, arg)
        if self.model.version != version:
            assert not self.doors.try_service(action, who, arg, version)
        self.tried["steps sent again"] += 1

    @rule(data=st.data())
    def a_request_replayed_answers_the_same(self, data):
        """The same Idempotency-Key: one effect, the first answer again."""
        if not self.possible(but=NOT_POSTED):
            return
        action, who, arg = self.drawn(data, but=NOT_POSTED)
        version, key = self.model.version, f"key-{self.model.version}-{len(self.model.history)}"
        path = self.doors.request(action, arg)[1]
        first = self.doors.over_rest(action, who, arg, version, key=key)
        assert first.status_code < 300, first.content
        assert self.model_does(action, who, arg)
        if path == self.doors.request(action, arg)[1]:
            again = self.doors.over_rest(action, who, arg, version, key=key)
            assert again.headers["Idempotency-Replayed"] == "true"
            assert again.content == first.content
        self.tried["requests replayed"] += 1

    @rule(times=st.integers(1, 2))
    def the_job_is_delivered(self, times):
        """The job that opens reviews, perhaps twice; the second changes nothing."""
        for _ in range(times):
            job = outbox.enqueue("reviews.open", self.doors.article_id, at=clock.db_now() - timedelta(seconds=1))
            assert tasks.open_reviews(job.pk)
            assert not tasks.open_reviews(job.pk)
        self.model.job_runs()
        self.tried["jobs delivered again"] += 1

    @rule(minutes=st.sampled_from([5, 29, 31, 600]))
    def time_passes(self, minutes):
        self.stack.enter_context(clock.shifted(timedelta(minutes=minutes)))
        self.model.now += minutes

    @precondition(lambda self: self.model.revisions)
    @rule(who=st.sampled_from(sorted(PEOPLE)), decision=st.sampled_from(list(Decision)), data=st.data())
    def the_orm_lets_no_contributor_decide(self, who, decision, data):
        """A shell: a row put in by hand, for any revision, by who may not."""
        verdict = data.draw(st.sampled_from(list(Verdict.objects.filter(review=self.review_id).order_by("pk"))))
        is_current = self.model.status == "in_approval" and verdict.revision == self.model.text.revision
        if is_current and self.model.allows("request_changes", who):
            return
        if is_current and who not in self.model.contributors | self.model.text.decided:
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(
                verdict=verdict, approver=self.people[who], decision=decision.value, comment="so", at=clock.db_now()
            )

    # What must hold after every step

    @invariant()
    def both_accounts_agree(self):
        row, model = self.doors.row(), self.model
        live = row.lease_holder_id is not None
        assert (row.status, row.report_status, row.version, row.round) == (
            model.status,
            model.report,
            model.version,
            model.round,
        )
        assert (row.lease_holder.username if live else None) == model.holder
        assert row.revisions == model.revisions
        assert (row.assignee.username if row.assignee_id else None) == model.assignee
        assert row.priority == model.priority
        assert (row.claim.version, row.claim.triage == "selected") == (model.claim_version, model.is_selected)
        assert bool(row.claim.held_as) == (model.is_claim_held or model.report == "under_correction")
        told = None if row.verdict is None else (row.verdict.author.username, row.verdict.rating.slug)
        assert told == (None if model.text is None else (model.text.author, model.text.rating))

    @invariant()
    def no_draft_is_lost(self):
        kept = VerdictDraft.objects.filter(review=self.review_id).select_related("author")
        found = {draft.author.username: (draft.round, draft.content["summary"]) for draft in kept}
        assert found == self.model.drafts

    @invariant()
    def history_tells_every_step(self):
        events = AuditEvent.objects.filter(subject_type="reviews.Review", subject_id=str(self.review_id))
        assert list(events.order_by("seq").values_list("action", flat=True)) == self.model.history

    @invariant()
    def nobody_approved_own_work_and_no_approval_survived(self):
        given = Approval.objects.filter(verdict__review=self.review_id, decision=Decision.APPROVE.value)
        for approval in given.select_related("verdict", "approver"):
            until = {"round": approval.verdict.round, "revision__lte": approval.verdict.revision}
            assert not Verdict.objects.filter(review=self.review_id, author=approval.approver, **until).exists()
        text = self.model.text
        current = self.doors.row().verdict_id
        assert set(given.filter(verdict=current).values_list("approver__username", flat=True)) == (
            text.approvers if text else set()
        )
        assert ReportVersion.objects.filter(report__review=self.review_id).count() == self.model.report_versions
        if self.model.status == "approved":
            assert len(text.approvers) >= self.model.required


@contextmanager
def _setting(name, value):
    with override_settings(**{name: value}):
        yield


@contextmanager
def _crashing_at(moment):
    """`event`: die right after the event of a step was written."""
    if moment != "event":
        yield
        return
    wake = emitting.wake_subscribers

    def wake_and_die(*args, **kwargs):
        wake(*args, **kwargs)
        raise Crash

    emitting.wake_subscribers = wake_and_die
    try:
        yield
    finally:
        emitting.wake_subscribers = wake


def explore(*, examples: int, steps: int) -> tuple[Counter, Counter]:
    """Run the machine; what was tried, and how often each action was taken. A
    failure prints its sequence, the shortest one at full size."""
    ReviewMachine.tried, ReviewMachine.taken = Counter(), Counter()
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        ReviewMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate, *([Phase.shrink] if FULL else [])),
            suppress_health_check=checks,
        ),
    )
    assert ReviewMachine.tried["sequences"] >= examples
    return ReviewMachine.tried, ReviewMachine.taken
