"""Setting a rule of the standards gate aside: a publisher's own step.

The checker's next verdict may then go without what the rule asks for; the
override stands in that verdict, on its report and in history.
"""

from factcheck.accounts.models import User
from factcheck.errors import Conflict, Invalid
from reviews import gate
from reviews.enums import BEFORE_VERDICT
from reviews.gate import Override
from reviews.models import GateOverride, Review
from reviews.overrides import standing
from reviews.policies import Permission
from reviews.services.moves import Step, amend, permit, see, settle


def set_aside(
    *, review_id: int, rule: str, reason: str, actor: User, expected_version: int | None = None
) -> GateOverride:
    """Set a rule aside for the next verdict of this review.

    Refused: for a rule that is none or cannot be set aside, without a reason
    (422), once a verdict is handed in (409 `verdict_submitted`), and twice (409
    `rule_set_aside`). The version stays as it is: nobody's draft grows stale.
    """
    permit(actor, Permission.OVERRIDE_GATE)
    fault = gate.fault_of(Override(rule, reason))
    if fault is not None:
        raise Invalid.at("/reason" if rule in gate.OVERRIDABLE else "/rule", "override", fault)

    def act() -> GateOverride:
        seen = see(review_id, expected_version=expected_version)
        if seen.review.status not in BEFORE_VERDICT:
            raise Conflict(
                f"The review is {seen.review.status.replace('_', ' ')}: rules are set aside before that",
                code="verdict_submitted",
            )
        if any(one.rule == rule for one in standing(review_id)):
            raise Conflict(f"The rule {rule!r} is set aside for this review already", code="rule_set_aside")
        row = GateOverride.objects.create(review=Review(pk=review_id), rule=rule, reason=reason, by=actor, at=seen.at)
        tells = {"rule": rule, "reason": reason}
        amend(seen, Step("review.rule_set_aside", tells=tells, rows=[row], bumps=False), actor=actor)
        return row

    return settle(act)
