"""Rules set aside as the review page shows them, with the form for another one."""

from collections.abc import Mapping
from typing import Any

from factcheck.accounts.models import User
from reviews import gate, policies
from reviews.desk.fields import Field, Refusal, choices, id_of, typed_in
from reviews.overrides import rows_of
from reviews.policies import Permission
from reviews.services import overrides

FORM = "override"
MAX_REASON = 500


def overrides_on(review: Any, actor: User, refusal: Refusal) -> dict[str, Any]:
    """The rules set aside for a review, and the form for another one."""
    may = policies.may(actor.roles, Permission.OVERRIDE_GATE) and review.status in overrides.OPEN
    rows = [{"rule": gate.RULES[row.rule].text, "row": row} for row in rows_of(review.pk)]
    return {
        "overrides": rows,
        "override_fields": _fields(refusal) if may else (),
        "is_overriding": refusal.form == FORM,
    }


def _fields(refusal: Refusal) -> tuple[Field, ...]:
    typed: Mapping[str, str] = typed_in(refusal, FORM) or {}
    rules = {code: gate.RULES[code].text for code in gate.OVERRIDABLE}
    rule = Field(
        id_of(FORM, "rule"),
        "rule",
        "Rule",
        kind="select",
        errors=refusal.at("/rule"),
        choices=choices(rules, typed.get("rule", "")),
    )
    reason = Field(
        id_of(FORM, "reason"),
        "reason",
        "Why",
        typed.get("reason", ""),
        limit=MAX_REASON,
        required=True,
        errors=refusal.at("/reason"),
        hint="Stands on the report.",
    )
    return rule, reason
