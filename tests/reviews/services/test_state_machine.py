"""Random sequences of every action by every role through every door, with
crashes and redeliveries between, against the independent model of one review.

FAULTS=full runs 2,000 sequences: `./dev test-faults --full`.
"""

import copy
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
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
from rest_framework.test import APIClient

from claims.models import Claim
from claims.services import editing, triage
from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import DomainError
from factcheck.events import emitting
from factcheck.jobs import outbox
from reviews import tasks
from reviews.enums import CorrectionType, Decision, DropReason
from reviews.models import Approval, ReportVersion, Review, Verdict, VerdictDraft
from reviews.services import approvals, corrections, drafts, leases, publication, queue, verdicts
from tests import factories
from tests.harness.records import FULL
from tests.reviews.services.desk_model import ABLE, PEOPLE, Desk

RATINGS = ("mostly_false", "false")
ARGS = {
    "draft": ("one", "two"),
    "submit": RATINGS,
    "correct": tuple(kind.value for kind in CorrectionType),
    "assign": ("cara", "olga", "anna"),
    "prioritise": ("5", "-5"),
}
NOT_OVER_REST = {"renew", "edit_claim", "triage"}
NOT_AS_FORM = {"draft", "submit", "edit_claim", "triage", "prioritise"}
UNVERSIONED = {"renew", "draft", "edit_claim", "triage"}
POSTED = set(ABLE) - NOT_OVER_REST - {"take", "release", "draft", "prioritise"}


class Crash(Exception):
    """The process ends here, before it commits."""


class ReviewMachine(RuleBasedStateMachine):
    """Every step is taken by the product and by the model; both must agree."""

    tried: Counter = Counter()
    """Of all sequences of a run: sequences, steps done and refused, crashes."""

    def __init__(self):
        super().__init__()
        self.tried["sequences"] += 1
        self.stack = ExitStack()
        atomic = transaction.atomic()
        atomic.__enter__()
        self.stack.callback(self._roll_back, atomic)
        self.people = {name: factories.user(*map(Role, roles), name=name) for name, roles in PEOPLE.items()}
        self.review_id = factories.review().pk
        row = self.row()
        self.claim_id, self.article_id = row.claim_id, row.claim.article_id
        self.model = Desk(claim_version=row.claim.version)

    @staticmethod
    def _roll_back(atomic):
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    def teardown(self):
        try:
            assert [(fault.where, fault.what) for fault in verify()] == []
        finally:
            self.stack.close()

    def row(self):
        return Review.objects.select_related("claim", "verdict__author", "verdict__rating").get(pk=self.review_id)

    # The doors

    def through_service(self, action, who, arg, version):
        """The service itself, as a shell or a job would call it."""
        actor = self.people[who]
        common = {"review_id": self.review_id, "actor": actor, "expected_version": version}
        if action == "draft":
            base = self._draft_version(who)
            drafts.save(review_id=self.review_id, content={"summary": arg}, actor=actor, base=base)
        elif action == "submit":
            verdicts.submit(**common, submission=factories.submission(rating=arg))
        elif action in ("approve", "request_changes"):
            self._decide(action, actor, version)
        elif action == "renew":
            leases.renew(review_id=self.review_id, actor=actor)
        elif action in ("take", "release", "takeover"):
            getattr(leases, action)(**common)
        elif action in ("withdraw", "revise"):
            getattr(verdicts, action)(**common)
        elif action == "publish":
            publication.publish(**common)
        elif action == "retract":
            publication.retract(**common, reason="The log was forged.")
        elif action == "correct":
            corrections.correct(**common, type=CorrectionType(arg), reason="The log was misread.")
        elif action == "abandon_correction":
            corrections.abandon(**common)
        elif action == "assign":
            queue.assign(**common, assignee=self.people[arg])
        elif action == "prioritise":
            queue.prioritise(**common, changes={"priority": int(arg)})
        elif action == "drop":
            queue.drop(**common, reason=DropReason.OTHER)
        elif action == "reopen":
            queue.reopen(**common)
        else:
            self._change_claim(action, actor)

    def _draft_version(self, who):
        own = VerdictDraft.objects.filter(review=self.review_id, author=self.people[who]).first()
        return own.version if own else None

    def _decide(self, action, actor, version):
        row = self.row()
        newest = row.verdicts.order_by("-revision").first()
        verdict = row.verdict or newest
        given = {"verdict_id": verdict.pk if verdict else 0, "revision": verdict.revision if verdict else 1}
        comment = "" if action == "approve" else "Say more."
        getattr(approvals, action)(**given, actor=actor, comment=comment, expected_version=version)

    def _change_claim(self, action, actor):
        claim = Claim.objects.get(pk=self.claim_id)
        if action == "edit_claim":
            fields = {"venue": f"room {claim.version}"}
            editing.edit(claim=claim, fields=fields, actor=actor, expected_version=claim.version)
        elif claim.triage == "selected":
            triage.dismiss(claim=claim, reason="not ours", actor=actor)
        else:
            triage.select(claim=claim, actor=actor)

    def over_rest(self, action, who, arg, version, key=None):
        """The same step over the API; the answer."""
        client = APIClient()
        client.force_authenticate(self.people[who])
        verb, path, body = self._request(action, arg)
        headers = {"If-Match": f'"v{version}"'}
        if action == "draft":
            headers = {"If-Match": f'"v{self._draft_version(who) or 1}"'}
        if key and verb == "post":
            headers["Idempotency-Key"] = key
        answer = getattr(client, verb)(f"/api/v1/{path}", body, format="json", headers=headers)
        assert answer.status_code < 500, answer.content
        return answer

    def _request(self, action, arg):
        at = f"reviews/{self.review_id}"
        if action in ("approve", "request_changes"):
            verdict = self.row().verdict or Verdict.objects.filter(review=self.review_id).order_by("-revision").first()
            number, revision = (verdict.pk, verdict.revision) if verdict else (2**30, 1)
            return (
                "post",
                f"verdicts/{number}/approvals",
                {"decision": action, "revision": revision, "comment": "Say more."},
            )
        requests = {
            "take": ("put", f"{at}/lease", None),
            "release": ("delete", f"{at}/lease", None),
            "draft": ("put", f"{at}/draft", {"summary": arg}),
            "submit": ("post", f"{at}/verdicts", self._verdict(arg)),
            "correct": ("post", f"{at}/correct", {"type": arg, "reason": "The log was misread."}),
            "retract": ("post", f"{at}/retract", {"reason": "The log was forged."}),
            "drop": ("post", f"{at}/drop", {"reason": "other"}),
            "assign": ("post", f"{at}/assign", {"assignee": arg}),
            "prioritise": ("patch", at, {"priority": arg}),
        }
        return requests.get(action, ("post", f"{at}/{action}", {}))

    @staticmethod
    def _verdict(rating):
        evidence = [
            {"url": one.url, "title": one.title, "stance": one.stance.value, "publisher": one.publisher}
            for one in factories.EVIDENCE
        ]
        return {"rating": rating, "summary": "14 days.", "explanation": "The log shows 14.", "evidence": evidence}

    def as_form(self, action, who, arg, version):
        """The same step through the editors' screens; whether it went through."""
        browser = Client()
        browser.force_login(self.people[who])
        row = self.row()
        verdict = row.verdict or row.verdicts.order_by("-revision").first()
        typed = {
            "form": action,
            "version": version,
            "reason": "other" if action == "drop" else "The log was misread.",
            "comment": "Say more.",
            "type": arg,
            "assignee": arg,
            "verdict": verdict.pk if verdict else 2**30,
            "revision": verdict.revision if verdict else 1,
        }
        answer = browser.post(f"/admin/review/{self.review_id}/{action}/", typed)
        assert answer.status_code < 500, answer.content
        return answer.status_code == 302 and "login" not in answer["Location"]

    def try_service(self, action, who, arg, version):
        """Whether the service did it; a refusal must be one of ours."""
        try:
            with transaction.atomic():
                self.through_service(action, who, arg, version)
        except DomainError:
            return False
        return True

    # The steps

    @initialize(required=st.sampled_from([1, 2]))
    def choose_quorum(self, required):
        self.stack.enter_context(_setting("REQUIRED_APPROVALS", required))
        self.model.required = required

    def step(self, action, who, arg, door):
        """Take one step through one door, in the product and in the model."""
        version = self.model.version
        if door == "rest" and action not in NOT_OVER_REST:
            done = self.over_rest(action, who, arg, version).status_code < 300
        elif door == "form" and action not in NOT_AS_FORM:
            done = self.as_form(action, who, arg, version)
        else:
            done = self.try_service(action, who, arg, version)
        assert done == self.model.do(action, who, arg), (action, who, arg, door, self.model)
        self.tried["steps taken" if done else "steps refused"] += 1

    @rule(
        action=st.sampled_from(sorted(ABLE)),
        who=st.sampled_from(sorted(PEOPLE)),
        door=st.sampled_from(["service", "rest", "form"]),
        data=st.data(),
    )
    def anybody_tries_anything(self, action, who, door, data):
        self.step(action, who, data.draw(st.sampled_from(ARGS.get(action, ("",)))), door)

    def possible(self):
        """Every step that the rules allow now, those that lead on thrice."""
        found = []
        for action in sorted(ABLE):
            weight = 1 if action in {"drop", "retract", "prioritise", "assign", "renew", "triage", "takeover"} else 4
            for who in sorted(PEOPLE):
                fitting = [arg for arg in ARGS.get(action, ("",)) if self.model.allows(action, who, arg)]
                found += [(action, who, arg) for arg in fitting] * weight
        return found

    @rule(data=st.data(), door=st.sampled_from(["service", "rest", "form"]))
    def somebody_does_what_is_possible(self, data, door):
        self.step(*data.draw(st.sampled_from(self.possible())), door)

    @rule(data=st.data(), moment=st.sampled_from(["event", "commit"]))
    def a_crash_leaves_nothing(self, data, moment):
        """The process dies after the last write, before the commit."""
        action, who, arg = data.draw(st.sampled_from(self.possible()))
        before = copy.deepcopy(self.model.__dict__)
        try:
            with transaction.atomic():
                with _crashing_at(moment):
                    self.through_service(action, who, arg, self.model.version)
                raise Crash
        except Crash:
            pass
        assert self.model.__dict__ == before
        self.tried["crashes"] += 1

    @rule(data=st.data())
    def a_step_sent_twice_is_taken_once(self, data):
        """The same request with the version it was made for, delivered again."""
        action, who, arg = data.draw(st.sampled_from([one for one in self.possible() if one[0] not in UNVERSIONED]))
        version = self.model.version
        assert self.try_service(action, who, arg, version)
        self.model.do(action, who, arg)
        if self.model.version != version:
            assert not self.try_service(action, who, arg, version)
        self.tried["steps sent again"] += 1

    @rule(data=st.data())
    def a_request_replayed_answers_the_same(self, data):
        """The same Idempotency-Key: one effect, the first answer again."""
        possible = [one for one in self.possible() if one[0] in POSTED]
        if not possible:
            return
        action, who, arg = data.draw(st.sampled_from(possible))
        version, key = self.model.version, f"key-{self.model.version}-{len(self.model.history)}"
        path = self._request(action, arg)[1]
        first = self.over_rest(action, who, arg, version, key=key)
        assert first.status_code < 300, first.content
        self.model.do(action, who, arg)
        if path == self._request(action, arg)[1]:
            again = self.over_rest(action, who, arg, version, key=key)
            assert again.headers["Idempotency-Replayed"] == "true"
            assert again.content == first.content
        self.tried["requests replayed"] += 1

    @rule(times=st.integers(1, 2))
    def the_job_is_delivered(self, times):
        """The job that opens reviews, perhaps twice; the second changes nothing."""
        for _ in range(times):
            job = outbox.enqueue("reviews.open", self.article_id, at=clock.db_now() - timedelta(seconds=1))
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
        row, model = self.row(), self.model
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
        current = self.row().verdict_id
        assert set(given.filter(verdict=current).values_list("approver__username", flat=True)) == (
            text.approvers if text else set()
        )
        assert ReportVersion.objects.filter(report__review=self.review_id).count() == self.model.report_versions
        if self.model.status == "approved":
            assert len(text.approvers) >= self.model.required


@contextmanager
def _setting(name, value):
    from django.test import override_settings

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


def explore(*, examples: int, steps: int) -> Counter:
    """Run the machine; what was tried. A failure prints its sequence, the shortest one at full size."""
    ReviewMachine.tried = Counter()
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
    return ReviewMachine.tried


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_a_rule():
    explore(examples=40, steps=15)


@pytest.mark.fault
@pytest.mark.slow
@pytest.mark.django_db
def test_two_thousand_sequences_break_no_rule(record):
    record["tried"] = dict(explore(examples=2000 if FULL else 100, steps=30))
