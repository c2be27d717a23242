"""The workflow and the policies against an expectation written by hand."""

import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import DomainError
from reviews import policies, workflow
from reviews.enums import Action, ReportStatus, ReviewStatus, Role
from reviews.policies import Permission
from reviews.workflow import InvalidTransition

EXPECTED = tomllib.loads(Path(__file__).with_name("workflow_expectation.toml").read_text(encoding="utf-8"))
PAIRS = list(product(ReviewStatus, ReportStatus))
WRITERS = [permission for permission in Permission if not permission.startswith("read_")]


def _name(state):
    return "/".join(state)


def _outcomes(status, report_status, *, met):
    found = {}
    for action in Action:
        try:
            row = workflow.find(status, report_status, action)
        except InvalidTransition:
            continue
        found[action.value] = _name(row.leads_to(status, report_status, met=met))
    return found


@pytest.mark.parametrize(("status", "report_status"), PAIRS, ids=_name)
def test_workflow_outcomes_as_written(status, report_status):
    expected = EXPECTED["outcomes"].get(f"{status}/{report_status}", {})
    assert _outcomes(status, report_status, met=True) == expected


@pytest.mark.parametrize(("status", "report_status"), PAIRS, ids=_name)
def test_workflow_outcomes_when_not_met_as_written(status, report_status):
    state = f"{status}/{report_status}"
    expected = EXPECTED["outcomes"].get(state, {}) | EXPECTED["unmet"].get(state, {})
    assert _outcomes(status, report_status, met=False) == expected


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("status", "report_status"), PAIRS, ids=_name)
def test_workflow_actions_of_role_as_written(status, report_status, role):
    possible = EXPECTED["outcomes"].get(f"{status}/{report_status}", {})
    expected = {action for action in possible if action in EXPECTED["roles"][role]}
    assert set(policies.actions_for({role.value}, status, report_status)) == expected


def test_workflow_states_as_written():
    states = {_name((status, report)) for status, reports in workflow.STATES.items() for report in reports}
    assert states == set(EXPECTED["outcomes"])


def test_workflow_states_are_exactly_the_reachable_ones():
    seen, waiting = set(), [(ReviewStatus.QUEUED, ReportStatus.NONE)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        for action in workflow.allowed_actions(*state):
            row = workflow.find(*state, action)
            waiting += [row.leads_to(*state, met=True), row.leads_to(*state, met=False)]
    assert {_name(state) for state in seen} == set(EXPECTED["outcomes"])


def test_workflow_guards_as_written():
    guards = {
        f"{status} {action}": list(workflow.find(status, report_status, action).guards)
        for status, reports in workflow.STATES.items()
        for report_status in reports
        for action in workflow.allowed_actions(status, report_status)
    }
    assert guards == EXPECTED["guards"]


def test_workflow_has_one_row_per_state_and_action():
    for (status, report_status), action in product(PAIRS, Action):
        rows = [row for row in workflow.TRANSITIONS if row.action is action and row.starts_from(status, report_status)]
        assert len(rows) <= 1


def test_workflow_names_are_documented_and_used():
    rows = workflow.TRANSITIONS
    assert {name for row in rows for name in row.guards} == set(workflow.GUARDS)
    assert {name for row in rows for name in row.effects} == set(workflow.EFFECTS)
    assert {row.outcome for row in rows if row.outcome} == set(workflow.OUTCOMES)
    assert all(name.isidentifier() for name in [*workflow.GUARDS, *workflow.EFFECTS, *workflow.OUTCOMES])


def test_workflow_every_action_has_a_row():
    assert {row.action for row in workflow.TRANSITIONS} == set(Action)
    assert set(InvalidTransition.PARTICIPLES) == set(Action)


def test_invalid_transition_names_what_is_possible():
    with pytest.raises(InvalidTransition) as caught:
        workflow.find(ReviewStatus.PUBLISHED, ReportStatus.LIVE, Action.SUBMIT)
    error = caught.value
    assert isinstance(error, DomainError)
    assert (error.code, error.status) == ("invalid_transition", 409)
    assert str(error) == (
        "A review that is published (report live) cannot be submitted. Possible now: correct, retract."
    )
    assert error.extra == {
        "action": "submit",
        "review_status": "published",
        "report_status": "live",
        "allowed": ["correct", "retract"],
    }


def test_invalid_transition_says_why_a_correction_cannot_be_dropped():
    with pytest.raises(InvalidTransition, match=r"in_review \(report under_correction\).*retract"):
        workflow.find(ReviewStatus.IN_REVIEW, ReportStatus.UNDER_CORRECTION, Action.DROP)


def test_invalid_transition_of_a_final_state_says_nothing_is_possible():
    with pytest.raises(InvalidTransition, match="Possible now: nothing"):
        workflow.find(ReviewStatus.RETRACTED, ReportStatus.RETRACTED, Action.PUBLISH)


@given(st.sampled_from(PAIRS), st.sampled_from(list(Action)))
def test_find_and_allowed_actions_agree(pair, action):
    if action in workflow.allowed_actions(*pair):
        assert workflow.find(*pair, action).action is action
    else:
        with pytest.raises(InvalidTransition) as caught:
            workflow.find(*pair, action)
        assert action.value not in caught.value.extra["allowed"]


@pytest.mark.parametrize("role", Role)
def test_policies_of_role_as_written(role):
    actions = {action.value for action in Action if policies.may([role.value], action)}
    permissions = {one.value for one in Permission if policies.may([role.value], one)}
    assert actions == set(EXPECTED["roles"][role])
    assert permissions == set(EXPECTED["permissions"][role])


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from([*Action, *Permission]))
def test_policies_roles_add_up(roles, action):
    assert policies.may(roles, action) == any(policies.may([role], action) for role in roles)


def test_policies_same_value_in_both_vocabularies_is_never_mixed_up():
    assert not {action.value for action in Action} & {permission.value for permission in Permission}


def test_policies_unknown_group_grants_nothing():
    assert not any(policies.may(["editors", ""], action) for action in [*Action, *Permission])


def test_policies_administrator_gives_no_verdict_approval_or_publication():
    mine = {"administrator"}
    assert not any(policies.may(mine, action) for action in Action)
    assert not policies.may(mine, Permission.DRAFT)
    assert not policies.may(mine, Permission.OVERRIDE_GATE)


def test_policies_auditor_reads_everything_and_writes_nothing():
    assert not any(policies.may({"auditor"}, action) for action in [*Action, *WRITERS])
    assert all(policies.may({"auditor"}, one) for one in Permission if one.startswith("read_"))


def test_policies_every_action_can_be_done_by_somebody():
    assert all(policies.roles_for(action) for action in [*Action, *Permission])
