"""A refusal as something to be sent, and what the tables of refusals share."""

from dataclasses import dataclass, field
from datetime import timedelta

from factcheck.accounts.roles import Role
from tests import factories

ALL = (Role.CHECKER, Role.APPROVER, Role.PUBLISHER)
EVIDENCE = [
    {"url": one.url, "title": one.title, "publisher": one.publisher, "stance": one.stance.value}
    for one in factories.EVIDENCE
]
VERDICT = {"rating": "mostly_false", "summary": "14 days.", "explanation": "The log.", "evidence": EVIDENCE}


@dataclass
class Case:
    """What is sent, by whom, and how it must be refused. `form` None: there is
    no form for it. `places` are pointers of the API, `ids` elements of the page."""

    code: str
    status: int
    path: str
    body: dict = field(default_factory=dict)
    who: object = None
    method: str = "post"
    form: str | None = None
    typed: dict = field(default_factory=dict)
    places: tuple = ()
    ids: tuple = ()
    later: timedelta = timedelta(0)


def typed_verdict(**changes):
    given = {**VERDICT, **changes}
    typed = {"form": "verdict", "do": "submit", **{name: given[name] for name in ("rating", "summary", "explanation")}}
    for place, one in enumerate(given["evidence"]):
        typed |= {f"evidence-{place}-{name}": value for name, value in one.items()}
    return typed


def person(*roles):
    return factories.user(*(roles or ALL))


def on(review, name, **typed):
    """Address and fields of one action's form on the review page."""
    return {"form": f"/admin/review/{review.pk}/{name}/", "typed": {"form": name, **typed}}
