"""The deadline policy: how soon a review of some priority is due."""

from collections.abc import Mapping

from django.db import transaction

from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.errors import Invalid
from reviews import deadlines
from reviews.models import DueRule
from reviews.policies import Permission
from reviews.services.moves import permit

SUBJECT = ("reviews.DueRule", "desk")
MOST_RULES = 20
MOST_HOURS = 8760


@transaction.atomic
def set_rules(*, rules: Mapping[int, int], actor: User) -> dict[int, int]:
    """The desk's rules from now on, least priority -> hours. Reviews that are
    open keep the deadline they have."""
    permit(actor, Permission.MANAGE_SETTINGS)
    if len(rules) > MOST_RULES:
        raise Invalid.at("/rules", "rules_invalid", f"At most {MOST_RULES} rules")
    for place, (least, hours) in enumerate(rules.items()):
        if not -100 <= least <= 100:
            raise Invalid.at(f"/rules/{place}/least_priority", "rules_invalid", "A priority lies from -100 to 100")
        if not 1 <= hours <= MOST_HOURS:
            raise Invalid.at(f"/rules/{place}/hours", "rules_invalid", f"From 1 to {MOST_HOURS} hours, which is a year")
    before = deadlines.rules()
    DueRule.objects.exclude(least_priority__in=rules).delete()
    for least, hours in rules.items():
        DueRule.objects.update_or_create(least_priority=least, defaults={"hours": hours})
    if before != dict(rules):
        told = {"before": _plain(before), "after": _plain(rules)}
        history.record(subject=SUBJECT, action="deadlines.set", actor=actor, data=told)
    return dict(rules)


def _plain(rules: Mapping[int, int]) -> dict[str, int]:
    return {str(least): rules[least] for least in sorted(rules)}
