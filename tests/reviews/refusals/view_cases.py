"""What the saved views of the queue refuse."""

from factcheck.accounts.roles import Role
from reviews.services import views
from tests import factories
from tests.reviews.refusals.cases import Case, person


def view(code, place, ids, **words):
    body = {"name": "Late", "query": "due=overdue", **words}
    return Case(
        code,
        422,
        "/views",
        body,
        person(),
        form="/admin/queue/views/",
        typed={"form": "view", **body},
        places=(place,),
        ids=ids,
    )


def view_without_a_name():
    return view("name_missing", "/name", ("view-name",), name="?")


def view_of_nothing():
    return view("query_missing", "/query", ("view-query",), query="")


def view_of_an_unknown_filter():
    return view("filter_unknown", "/query", ("view-query",), query="x=1")


def view_of_a_filter_twice():
    return view("filter_repeated", "/query", ("view-query",), query="q=a&q=b")


def view_with_a_taken_name():
    views.save(name="Late", query="due=overdue", actor=factories.checker())
    return Case(
        "name_taken",
        409,
        "/views",
        {"name": "Late", "query": "due=today"},
        person(),
        form="/admin/queue/views/",
        typed={"form": "view", "name": "Late", "query": "due=today"},
    )


def view_of_another():
    made = views.save(name="Late", query="due=overdue", actor=factories.checker())
    return Case(
        "not_yours",
        403,
        f"/views/{made.pk}",
        {},
        person(Role.CHECKER),
        "delete",
        form="/admin/queue/views/",
        typed={"remove": made.pk},
    )


CASES = (
    view_without_a_name,
    view_of_nothing,
    view_of_an_unknown_filter,
    view_of_a_filter_twice,
    view_with_a_taken_name,
    view_of_another,
)
