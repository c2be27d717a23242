"""Who may do what with articles and claims, as data."""

from collections.abc import Collection
from enum import StrEnum

from factcheck.accounts.roles import DESK_READERS, Role
from factcheck.errors import Forbidden


class Right(StrEnum):
    """What claims asks permission for."""

    SUBMIT_ARTICLE = "submit_article"
    READ_DESK = "read_desk"
    EDIT_ARTICLE = "edit_article"
    TRIAGE = "triage"
    MANAGE_FEEDS = "manage_feeds"
    WITHDRAW_ARTICLE = "withdraw_article"


MATRIX: dict[Right, frozenset[Role]] = {
    Right.SUBMIT_ARTICLE: frozenset({Role.SUBMITTER, Role.CHECKER, Role.APPROVER, Role.PUBLISHER}),
    Right.READ_DESK: DESK_READERS,
    Right.EDIT_ARTICLE: frozenset({Role.CHECKER}),
    Right.TRIAGE: frozenset({Role.CHECKER}),
    Right.MANAGE_FEEDS: frozenset({Role.CHECKER, Role.APPROVER, Role.PUBLISHER}),
    Right.WITHDRAW_ARTICLE: frozenset({Role.APPROVER, Role.PUBLISHER}),
}


def may(roles: Collection[Role], right: Right) -> bool:
    """Whether any of the roles has the right."""
    return not MATRIX[right].isdisjoint(roles)


def require(roles: Collection[Role], right: Right) -> None:
    """Forbidden `role_missing`, naming the roles that could."""
    if not may(roles, right):
        able = ", ".join(sorted(role.value for role in MATRIX[right]))
        raise Forbidden(f"This takes the role {able}", code="role_missing", extra={"right": right.value})
