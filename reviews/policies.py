"""Who may do what: the role x action matrix and the other permissions, as data.

A role grants; nothing takes away, and a person may hold several. Conditions
that concern a row (the holder, the author, a contributor) are guards of
`reviews.workflow`. No database, no Django.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from reviews.enums import Action, ReportStatus, ReviewStatus, Role
from reviews.workflow import allowed_actions


class Permission(StrEnum):
    """What may be done beside the actions of the workflow."""

    SUBMIT_ARTICLE = "submit_article"
    READ_OWN_ARTICLES = "read_own_articles"
    READ_DESK = "read_desk"
    READ_EVERYTHING = "read_everything"
    TRIAGE = "triage"
    EDIT_CLAIM = "edit_claim"
    DRAFT = "draft"
    EDIT_SOURCE = "edit_source"
    RECORD_CONTACT = "record_contact"
    COMMENT = "comment"
    SUGGEST_EDIT = "suggest_edit"
    PRIORITISE = "prioritise"
    OVERRIDE_GATE = "override_gate"
    RELEASE_SOURCE = "release_source"
    ERASE = "erase"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_TOKENS = "manage_tokens"
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_SCALES = "manage_scales"


ACTIONS: Mapping[Role, frozenset[Action]] = {
    Role.SUBMITTER: frozenset(),
    Role.CHECKER: frozenset({Action.TAKE, Action.RENEW, Action.RELEASE, Action.SUBMIT, Action.WITHDRAW, Action.REVISE}),
    Role.APPROVER: frozenset(
        {
            Action.APPROVE,
            Action.REQUEST_CHANGES,
            Action.ASSIGN,
            Action.TAKEOVER,
            Action.DROP,
            Action.REOPEN,
        }
    ),
    Role.PUBLISHER: frozenset(
        {
            Action.PUBLISH,
            Action.CORRECT,
            Action.ABANDON_CORRECTION,
            Action.RETRACT,
            Action.ASSIGN,
            Action.TAKEOVER,
            Action.DROP,
            Action.REOPEN,
        }
    ),
    Role.AUDITOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}
"""Which role may do which action of the workflow."""

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.SUBMITTER: frozenset({Permission.SUBMIT_ARTICLE, Permission.READ_OWN_ARTICLES}),
    Role.CHECKER: frozenset(
        {
            Permission.READ_DESK,
            Permission.TRIAGE,
            Permission.EDIT_CLAIM,
            Permission.DRAFT,
            Permission.EDIT_SOURCE,
            Permission.RECORD_CONTACT,
            Permission.COMMENT,
        }
    ),
    Role.APPROVER: frozenset(
        {Permission.READ_DESK, Permission.COMMENT, Permission.SUGGEST_EDIT, Permission.PRIORITISE}
    ),
    Role.PUBLISHER: frozenset(
        {
            Permission.READ_DESK,
            Permission.COMMENT,
            Permission.PRIORITISE,
            Permission.OVERRIDE_GATE,
            Permission.RELEASE_SOURCE,
        }
    ),
    Role.AUDITOR: frozenset({Permission.READ_DESK, Permission.READ_OWN_ARTICLES, Permission.READ_EVERYTHING}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.MANAGE_TOKENS,
            Permission.MANAGE_SETTINGS,
            Permission.MANAGE_SCALES,
            Permission.ERASE,
        }
    ),
}
"""Which role holds which other permission."""


def may(roles: Collection[str], action: Action | Permission) -> bool:
    """Whether one of `roles` grants it. Names that are no role grant nothing."""
    return bool(roles_for(action) & frozenset(roles))


def roles_for(action: Action | Permission) -> frozenset[Role]:
    """The roles that grant it: what a refusal names."""
    if isinstance(action, Action):
        return frozenset(role for role, granted in ACTIONS.items() if action in granted)
    return frozenset(role for role, held in PERMISSIONS.items() if action in held)


def actions_for(roles: Collection[str], status: ReviewStatus, report_status: ReportStatus) -> tuple[Action, ...]:
    """What these roles may do in this state, guards not considered."""
    return tuple(action for action in allowed_actions(status, report_status) if may(roles, action))
