"""Rules set aside as the review page shows them, with the form for another one."""

from typing import Any

from factcheck.accounts.models import User
from reviews import gate, policies
from reviews.desk.fields import Field, Refusal, choices, made, typed_text
from reviews.enums import BEFORE_VERDICT
from reviews.overrides import rows_of
from reviews.policies import Permission

FORM = "override"
MAX_REASON = 500


def overrides_on(review: Any, actor: User, refusal: Refusal) -> dict[str, Any]:
    """The rules set aside for a review, and the form for another one."""
    may = policies.may(actor.roles, Permission.OVERRIDE_GATE) and review.status in BEFORE_VERDICT
    rows = [{"rule": gate.RULES[row.rule].text, "row": row} for row in rows_of(review.pk)]
    return {
        "overrides": rows,
        "override_fields": _fields(refusal) if may else (),
        "is_overriding": refusal.form == FORM,
    }


def _fields(refusal: Refusal) -> tuple[Field, ...]:
    rules = {code: gate.RULES[code].text for code in gate.OVERRIDABLE}
    chosen = typed_text(refusal, FORM, "rule")
    return (
        made(FORM, refusal, "rule", "Rule", kind="select", choices=choices(rules, chosen)),
        made(FORM, refusal, "reason", "Why", limit=MAX_REASON, required=True, hint="Stands on the report."),
    )
