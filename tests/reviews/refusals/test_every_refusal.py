"""Every refusal of the desk, through the API and through its form: both say the
same code, in words, and name the place. A scan of the services holds the tables
to being whole."""

import ast
import html
import inspect
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from factcheck import clock
from reviews.models import Review
from tests.reviews.refusals import (
    approval_cases,
    contact_cases,
    discussion_cases,
    publication_cases,
    queue_cases,
    source_cases,
    verdict_cases,
    view_cases,
)

pytestmark = pytest.mark.django_db
SERVICES = Path(__file__).resolve().parents[3] / "reviews" / "services"
CASES = (
    *queue_cases.CASES,
    *view_cases.CASES,
    *verdict_cases.CASES,
    *approval_cases.CASES,
    *publication_cases.CASES,
    *discussion_cases.CASES,
    *contact_cases.CASES,
    *source_cases.CASES,
)
ELSEWHERE = {
    "review_busy": "only when five tries in a row lose a race (services/test_races.py)",
    "report_unpublished": "a report has a version from its first moment; the database says so too",
    "scale_invalid": "a file of the command load_scale (test_commands.py)",
    "rule_unknown": "the admin's form offers no other (services/test_scale_policy.py)",
    "approvals_invalid": "the admin's form bounds it (services/test_scale_policy.py)",
    "views_full": "after a hundred views",
    "rating": "a rating that vanished between two reads",
}
"""Codes that no single request of a person can bring about, and where they are tested."""


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_refusal_says_what_is_missing_and_where(make, client_of):
    case = make()
    with clock.shifted(case.later):
        problem = by_api(case, client_of)
        if case.form is not None:
            by_form(case, problem)


def by_api(case, client_of):
    client = client_of(case.who)
    headers = {}
    review = re.match(r"/reviews/(\d+)", case.path)
    if review:
        version = 99 if case.code == "stale" else Review.objects.get(pk=int(review[1])).version
        headers["If-Match"] = f'"v{version}"'
    answer = getattr(client, case.method)(f"/api/v1{case.path}", case.body, format="json", headers=headers)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (case.status, case.code), problem
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(problem["detail"].split()) >= 3, "a sentence, not a code"
    assert problem["request_id"]
    assert set(case.places) <= {one["pointer"] for one in problem["errors"]}, problem["errors"]
    assert case.places or case.status != 422
    assert all(one["detail"] and one["code"] for one in problem["errors"])
    return problem


def by_form(case, problem):
    browser = Client()
    browser.force_login(case.who)
    review = re.match(r"/admin/review/(\d+)/", case.form)
    version = Review.objects.get(pk=int(review[1])).version if review else ""
    answer = browser.post(case.form, {"version": version, **case.typed})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == case.status, page[:2000]
    assert problem["detail"].split(".")[0][:40] in page
    if f'data-code="{case.code}"' in page:
        listed = set(re.findall(r'<a href="#([^"]+)">', page.split('role="alert"')[1].split("</section>")[0]))
        for place in {*case.ids, *listed}:
            assert f'id="{quote(place)}"' in page, f"nothing on the page has the id {place}"
    else:
        assert case.status in {403, 404}, "a page of its own only for what no form can mend"


def _codes():
    found = set()
    for path in sorted(SERVICES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Invalid.at":
                found.add(node.args[1].value)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
                found.add(node.value.value)
    return found


CODE = re.compile(r'"([a-z_]+)",\s*4\d\d')
MADE = re.compile(
    r'(?:forgetting|setting_aside|comment|suggestion|contact|answered|view|accepting)\(\s*(?:made, by, )?"([a-z_]+)"'
)


def test_every_code_of_the_services_is_walked():
    walked = {code for make in CASES for one in (CODE, MADE) for code in one.findall(inspect.getsource(make))}
    assert _codes() - walked - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) <= _codes(), "no longer raised"
