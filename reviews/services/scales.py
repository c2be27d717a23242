"""Rating scales: loading a version, choosing the one in force."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from factcheck.accounts.models import User
from factcheck.audit import history
from factcheck.clock import db_now
from factcheck.errors import Invalid, NotFound
from reviews.gate import CHOOSABLE
from reviews.models import Rating, RatingScale
from reviews.policies import Permission
from reviews.services.moves import permit

MAX_RATINGS = 30
MOST_APPROVALS = 20


@dataclass(frozen=True, slots=True)
class RatingSpec:
    """One rating as a file names it; `number` None stands outside the order."""

    label: str
    slug: str
    number: int | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ScaleSpec:
    """One scale as a file names it, ratings in the order of the screens."""

    slug: str
    name: str
    ratings: tuple[RatingSpec, ...]
    description: str = ""


DEFAULT = ScaleSpec(
    slug="standard",
    name="Standard",
    description="Five ordered ratings, and three that stand outside the order.",
    ratings=(
        RatingSpec("False", "false", 1, "The evidence shows that the claim is wrong."),
        RatingSpec("Mostly false", "mostly_false", 2, "A part is right, but the claim as made misleads."),
        RatingSpec("Half true", "half_true", 3, "Right in one part and wrong in another of like weight."),
        RatingSpec("Mostly true", "mostly_true", 4, "Right in what matters, wrong or unclear in a detail."),
        RatingSpec("True", "true", 5, "The evidence shows that the claim is right."),
        RatingSpec("Unproven", "unproven", None, "The evidence to be had neither shows nor refutes it."),
        RatingSpec("Outdated", "outdated", None, "It was right once and no longer is."),
        RatingSpec("Satire", "satire", None, "It was not meant as a statement of fact."),
    ),
)


def read_spec(data: object) -> ScaleSpec:
    """A scale from a file's JSON; Invalid names the place of what is wrong."""
    if not isinstance(data, Mapping):
        raise Invalid.at("", "scale_invalid", "A scale is an object with name, slug and ratings")
    ratings = data.get("ratings")
    if not isinstance(ratings, list) or not 2 <= len(ratings) <= MAX_RATINGS:
        raise Invalid.at("/ratings", "scale_invalid", f"A scale has 2 to {MAX_RATINGS} ratings")
    name = _text(data, "name", "/name")
    spec = ScaleSpec(
        slug=_slug(data, name, ""),
        name=name,
        description=str(data.get("description") or ""),
        ratings=tuple(_rating(one, f"/ratings/{place}") for place, one in enumerate(ratings)),
    )
    for member in ("slug", "label", "number"):
        values = [getattr(one, member) for one in spec.ratings if getattr(one, member) is not None]
        if len(values) != len(set(values)):
            raise Invalid.at("/ratings", "scale_invalid", f"Two ratings have the same {member}")
    if len([one for one in spec.ratings if one.number is not None]) == 1:
        raise Invalid.at("/ratings", "scale_invalid", "One rating alone has no order: number two or more, or none")
    return spec


def _text(data: Mapping[str, Any], member: str, pointer: str) -> str:
    value = data.get(member)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 60:
        raise Invalid.at(pointer, "scale_invalid", f"{member} is a text of 1 to 60 characters")
    return value.strip()


def _slug(data: Mapping[str, Any], label: str, pointer: str) -> str:
    slug = data.get("slug") or slugify(label).replace("-", "_")
    if not isinstance(slug, str) or not 0 < len(slug) <= 60 or not slug.replace("_", "").replace("-", "").isalnum():
        raise Invalid.at(f"{pointer}/slug", "scale_invalid", "slug has letters, digits, _ and - only")
    return slug


def _rating(data: object, pointer: str) -> RatingSpec:
    if not isinstance(data, Mapping):
        raise Invalid.at(pointer, "scale_invalid", "A rating is an object with a label")
    number = data.get("number")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 100):
        raise Invalid.at(f"{pointer}/number", "scale_invalid", "number is a whole number from 1 to 100, or null")
    label = _text(data, "label", f"{pointer}/label")
    return RatingSpec(label, _slug(data, label, pointer), number, str(data.get("meaning") or ""))


@transaction.atomic
def load(*, spec: ScaleSpec, actor: User | None, as_default: bool = False) -> RatingScale:
    """The scale of the spec: its newest version when that says the same, else
    a new version. With `as_default` new verdicts are rated on it."""
    newest = RatingScale.objects.filter(slug=spec.slug).order_by("-version").first()
    is_known = newest is not None and _spec_of(newest) == spec
    scale = newest if newest is not None and is_known else _add(spec, newest=newest, actor=actor)
    if as_default and scale.default_since is None:
        at = db_now()
        RatingScale.objects.filter(default_since__isnull=False).update(default_since=None)
        RatingScale.objects.filter(pk=scale.pk).update(default_since=at)
        scale.default_since = at
        history.record(subject=scale, action="scale.made_default", actor=actor, at=at)
    return scale


@transaction.atomic
def set_policy(
    *, scale_id: int, required_approvals: int | None, gate_rules: Collection[str], actor: User
) -> RatingScale:
    """What verdicts on this scale need beyond the desk's own rules; takes hold
    at once. Administrators only; Invalid for an unknown rule or number."""
    permit(actor, Permission.MANAGE_SCALES)
    unknown = sorted(set(gate_rules) - set(CHOOSABLE))
    if unknown:
        raise Invalid.at("/gate_rules", "rule_unknown", f"{unknown[0]!r} is none of {', '.join(CHOOSABLE)}")
    if required_approvals is not None and not settings.REQUIRED_APPROVALS <= required_approvals <= MOST_APPROVALS:
        least = settings.REQUIRED_APPROVALS
        detail = f"From {least}, which the desk asks for, to {MOST_APPROVALS}; empty: as the desk asks"
        raise Invalid.at("/required_approvals", "approvals_invalid", detail)
    scale = RatingScale.objects.select_for_update().filter(pk=scale_id).first()
    if scale is None:
        raise NotFound(f"There is no scale {scale_id}")
    before = {"required_approvals": scale.required_approvals, "gate_rules": scale.gate_rules}
    after = {"required_approvals": required_approvals, "gate_rules": sorted(set(gate_rules))}
    RatingScale.objects.filter(pk=scale.pk).update(**after)
    history.record(subject=scale, action="scale.policy_set", actor=actor, data={"before": before, "after": after})
    scale.required_approvals, scale.gate_rules = required_approvals, sorted(set(gate_rules))
    return scale


def _add(spec: ScaleSpec, *, newest: RatingScale | None, actor: User | None) -> RatingScale:
    """The next version of the scale; what it asks for stays as it was."""
    at = db_now()
    scale = RatingScale.objects.create(
        slug=spec.slug,
        version=newest.version + 1 if newest else 1,
        name=spec.name,
        description=spec.description,
        created_at=at,
        required_approvals=newest.required_approvals if newest else None,
        gate_rules=newest.gate_rules if newest else [],
    )
    Rating.objects.bulk_create(
        [
            Rating(scale=scale, slug=one.slug, label=one.label, number=one.number, position=place, meaning=one.meaning)
            for place, one in enumerate(spec.ratings, start=1)
        ]
    )
    history.record(subject=scale, action="scale.loaded", actor=actor, data=asdict(spec), is_first=True, at=at)
    return scale


def _spec_of(scale: RatingScale) -> ScaleSpec:
    return ScaleSpec(
        slug=scale.slug,
        name=scale.name,
        description=scale.description,
        ratings=tuple(
            RatingSpec(one.label, one.slug, one.number, one.meaning)
            for one in Rating.objects.filter(scale=scale).order_by("position")
        ),
    )


def install_default() -> None:
    """The standard scale for a desk that has none yet."""
    if not RatingScale.objects.exists():
        load(spec=DEFAULT, actor=None, as_default=True)
