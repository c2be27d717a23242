"""The six roles, which are Django groups by name. Who may do what stands in
the `policies` module of each application."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is on this desk; a person may be several."""

    SUBMITTER = "submitter"
    CHECKER = "checker"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


DESK_READERS = frozenset({Role.CHECKER, Role.APPROVER, Role.PUBLISHER, Role.AUDITOR})
"""Roles that may read everything on the desk."""
