"""Every refusal of the desk, through the API and through its form: both say the
same code, in words, and name the place. A scan of the services holds the table
to being whole."""

import ast
import html
import inspect
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from claims.models import Claim
from claims.services import editing, triage
from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.clock import db_now
from reviews.enums import Channel, Stance, SuggestedPart
from reviews.models import Evidence, RatingScale, Review, Snapshot, Verdict
from reviews.services import (
    approvals,
    contacts,
    drafts,
    erasing,
    leases,
    overrides,
    queue,
    sources,
    suggestions,
    verdicts,
    views,
)
from reviews.submissions import EvidenceItem
from tests import factories
from tests.lifting import lifted

pytestmark = pytest.mark.django_db
SERVICES = Path(__file__).resolve().parents[3] / "reviews" / "services"
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


def role_missing():
    review = factories.review()
    return Case(
        "role_missing",
        403,
        f"/reviews/{review.pk}/drop",
        {"reason": "other"},
        person(Role.CHECKER),
        **on(review, "drop", reason="other"),
    )


def leased_by_other():
    held = factories.taken(factories.checker())
    return Case("leased_by_other", 409, f"/reviews/{held.pk}/lease", {}, person(), "put", **on(held, "take"))


def lease_missing():
    review, by = factories.review(), person()
    return Case(
        "invalid_transition",
        409,
        f"/reviews/{review.pk}/verdicts",
        VERDICT,
        by,
        form=f"/admin/review/{review.pk}/verdict/",
        typed=typed_verdict(),
    )


def lease_of_nobody():
    held = factories.taken(factories.checker())
    Review.objects.filter(pk=held.pk).update(lease_holder=None, lease_expires_at=None)
    return Case(
        "lease_missing",
        409,
        f"/reviews/{held.pk}/verdicts",
        VERDICT,
        person(),
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(),
    )


def lease_expired():
    by = person()
    held = factories.taken(by)
    return Case(
        "lease_expired",
        409,
        f"/reviews/{held.pk}/verdicts",
        VERDICT,
        by,
        later=timedelta(hours=1),
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict() | {"do": "submit"},
    )


def gate_open():
    by = person()
    held = factories.taken(by)
    lacking = {"rating": "", "explanation": "", "evidence": [{"title": "A book"}]}
    return Case(
        "gate",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, **lacking},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(**lacking),
        places=("/rating", "/explanation", "/evidence/0/stance", "/evidence"),
        ids=("verdict-rating", "verdict-explanation", "verdict-evidence-0-stance", "verdict-evidence"),
    )


def setting_aside(code, status, review, reason="One log exists.", places=(), ids=()):
    sent = {"rule": "independent_sources", "reason": reason}
    path = f"/reviews/{review.pk}/overrides"
    form = {"form": f"/admin/review/{review.pk}/override/", "typed": {"form": "override", **sent}}
    return Case(code, status, path, sent, factories.publisher(), places=places, ids=ids, **form)


def override_without_a_reason():
    places = {"places": ("/reason",), "ids": ("override-reason",)}
    return setting_aside("override", 422, factories.review(), reason="", **places)


def override_after_the_verdict():
    return setting_aside("verdict_submitted", 409, factories.submitted(factories.checker()).review)


def override_twice():
    made = setting_aside("rule_set_aside", 409, factories.review())
    overrides.set_aside(review_id=Review.objects.get().pk, rule=made.body["rule"], reason="So.", actor=made.who)
    return made


def rating_unknown():
    by = person()
    held = factories.taken(by)
    return Case(
        "gate",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "rating": "pants"},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(rating="pants"),
        places=("/rating",),
        ids=("verdict-rating",),
    )


def source_unknown():
    by = person()
    held = factories.taken(by)
    return Case(
        "source_unknown",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "evidence": [*EVIDENCE, {"source": 999, "stance": "context"}]},
        by,
        places=("/evidence/2/source",),
    )


def source_kept_confidential():
    by, url = person(), "https://leak.example/memo"
    hidden = EvidenceItem(
        stance=Stance.REFUTES,
        url=url,
        title="A memo",
        confidential=True,
        confidential_reason="protects a person",
        public_title="A document",
    )
    factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, hidden))
    held = factories.taken(by)
    cited = [*EVIDENCE, {"url": url, "title": "The memo", "stance": "refutes"}]
    return Case(
        "source_confidential",
        422,
        f"/reviews/{held.pk}/verdicts",
        {**VERDICT, "evidence": cited},
        by,
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(evidence=cited),
        places=("/evidence/2/confidential",),
        ids=("verdict-evidence-2-confidential",),
    )


def correction_type_mismatch():
    review, by = factories.under_correction(), person()
    leases.take(review_id=review.pk, actor=by)
    return Case(
        "correction_type_mismatch",
        422,
        f"/reviews/{review.pk}/verdicts",
        VERDICT,
        by,
        form=f"/admin/review/{review.pk}/verdict/",
        typed=typed_verdict(),
        places=("/rating",),
        ids=("verdict-rating",),
    )


def draft_closed():
    by = person()
    verdict = factories.submitted(by)
    return Case(
        "draft_closed",
        409,
        f"/reviews/{verdict.review_id}/draft",
        {"summary": "x"},
        by,
        "put",
        form=f"/admin/review/{verdict.review_id}/verdict/",
        typed=typed_verdict(),
    )


def draft_outdated():
    by = person()
    held = factories.taken(by)
    for words in ("one", "two", "three"):
        drafts.save(review_id=held.pk, content={"summary": words}, actor=by, page="ab")
    return Case(
        "draft_outdated",
        412,
        f"/reviews/{held.pk}/draft",
        {"summary": "x"},
        by,
        "put",
        form=f"/admin/review/{held.pk}/verdict/",
        typed=typed_verdict(),
    )


def not_the_author():
    verdict = factories.submitted(factories.checker())
    return Case(
        "not_the_author", 403, f"/reviews/{verdict.review_id}/withdraw", {}, person(), **on(verdict.review, "withdraw")
    )


def deciding(verdict, decision, **more):
    return {
        "path": f"/verdicts/{verdict.pk}/approvals",
        "body": {"decision": decision, "revision": verdict.revision, **more},
    }


def self_approval():
    by = person()
    verdict = factories.submitted(by)
    return Case(
        "self_approval",
        403,
        **deciding(verdict, "approve"),
        who=by,
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


def changes_without_a_comment():
    verdict = factories.submitted(factories.checker())
    sent = deciding(verdict, "request_changes", comment=" ")
    return Case(
        "comment_missing",
        422,
        **sent,
        who=person(),
        **on(verdict.review, "request_changes", comment=" ", verdict=verdict.pk, revision=1),
        places=("/comment",),
        ids=("request_changes-comment",),
    )


def decided_twice():
    ask_for_approvals(2)
    verdict, by = factories.submitted(factories.checker()), person()
    approvals.approve(verdict_id=verdict.pk, revision=1, actor=by)
    return Case(
        "already_decided",
        409,
        **deciding(verdict, "approve"),
        who=by,
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


def ask_for_approvals(required):
    RatingScale.objects.filter(default_since__isnull=False).update(required_approvals=required)


def outdated_revision():
    verdict = factories.submitted(factories.checker())
    sent = {"decision": "approve", "revision": 7}
    return Case(
        "revision_outdated",
        409,
        f"/verdicts/{verdict.pk}/approvals",
        sent,
        person(),
        **on(verdict.review, "approve", verdict=verdict.pk, revision=7),
    )


def claim_changed():
    verdict = factories.submitted(factories.checker())
    claim = Claim.objects.get(pk=verdict.review.claim_id)
    editing.edit(claim=claim, fields={"venue": "radio"}, actor=factories.checker(), expected_version=claim.version)
    return Case(
        "claim_changed",
        409,
        **deciding(verdict, "approve"),
        who=person(),
        **on(verdict.review, "approve", verdict=verdict.pk, revision=1),
    )


def wrong_state():
    review = factories.review()
    return Case("invalid_transition", 409, f"/reviews/{review.pk}/publish", {}, person(), **on(review, "publish"))


def not_conforming():
    ready = factories.approved()
    with lifted():
        verdict = Verdict.objects.get(pk=ready.verdict_id)
        Verdict.objects.filter(pk=verdict.pk).update(
            claim_snapshot=verdict.claim_snapshot.replace('"said_at":"2026-05-02"', '"said_at":"2096-05-02"')
        )
    return Case(
        "not_conforming",
        422,
        f"/reviews/{ready.pk}/publish",
        {},
        person(),
        **on(ready, "publish"),
        places=("/itemReviewed/datePublished",),
    )


def approvals_missing():
    ready = factories.approved()
    RatingScale.objects.update(required_approvals=3)
    return Case("approvals_missing", 409, f"/reviews/{ready.pk}/publish", {}, person(), **on(ready, "publish"))


def correction_without_a_reason():
    report = factories.published()
    body = {"type": "update", "reason": " "}
    return Case(
        "reason_missing",
        422,
        f"/reviews/{report.review_id}/correct",
        body,
        person(),
        **on(report.review, "correct", **body),
        places=("/reason",),
        ids=("correct-reason",),
    )


def retraction_without_a_reason():
    report = factories.published()
    return Case(
        "reason_missing",
        422,
        f"/reviews/{report.review_id}/retract",
        {"reason": ""},
        person(),
        **on(report.review, "retract", reason=""),
        places=("/reason",),
        ids=("retract-reason",),
    )


def assignee_cannot():
    review, auditor = factories.review(), factories.user(Role.AUDITOR)
    body = {"assignee": auditor.username}
    return Case(
        "assignee_cannot_take",
        422,
        f"/reviews/{review.pk}/assign",
        body,
        person(),
        **on(review, "assign", **body),
        places=("/assignee",),
        ids=("assign-assignee",),
    )


def deadline_beyond_the_calendar():
    review = factories.review()
    return Case(
        "deadline_invalid",
        422,
        f"/reviews/{review.pk}",
        {"due_at": "1850-01-01T00:00:00Z"},
        person(),
        "patch",
        **on(review, "prioritise", priority="0", reach="0", due_at="1850-01-01"),
        places=("/due_at",),
        ids=("prioritise-due_at",),
    )


def reopened_without_its_claim():
    review = factories.review()
    queue.drop(review_id=review.pk, reason=queue.DropReason.OTHER, actor=person())
    triage.dismiss(claim=Claim.objects.get(pk=review.claim_id), reason="x", actor=factories.checker())
    return Case("claim_not_selected", 409, f"/reviews/{review.pk}/reopen", {}, person(), **on(review, "reopen"))


def withdrawn_article():
    ready = factories.approved()
    type(ready.claim.article).objects.filter(pk=ready.claim.article_id).update(
        withdrawn_at=db_now(), withdrawn_by=factories.checker()
    )
    return Case("article_withdrawn", 409, f"/reviews/{ready.pk}/publish", {}, person(), **on(ready, "publish"))


def comment(code, place, body, ids, **typed):
    verdict = factories.submitted(factories.checker())
    return Case(
        code,
        422,
        f"/reviews/{verdict.review_id}/comments",
        body,
        person(),
        **on(verdict.review, "comment", **typed),
        places=(place,),
        ids=ids,
    )


def empty_comment():
    return comment("comment_missing", "/text", {"text": " "}, ("comment-text",), text=" ")


def comment_quotes_what_is_not_there():
    body = {"text": "x", "place": "explanation", "exact": "nowhere"}
    return comment("exact_missing", "/exact", body, ("comment-exact",), text="x", about="explanation", exact="nowhere")


def comment_quotes_no_explanation():
    return comment(
        "exact_misplaced", "/exact", {"text": "x", "exact": "log"}, ("comment-exact",), text="x", exact="log"
    )


def comment_on_no_source():
    return comment(
        "source_unknown",
        "/source",
        {"text": "x", "place": "source", "source": 9},
        ("comment-about",),
        text="x",
        about="source-9",
    )


def comment_source_without_number():
    return comment(
        "source_misplaced", "/source", {"text": "x", "place": "source"}, ("comment-about",), text="x", about="source"
    )


def comment_before_a_verdict():
    review = factories.review()
    return Case(
        "verdict_missing",
        422,
        f"/reviews/{review.pk}/comments",
        {"text": "x", "place": "explanation"},
        person(),
        places=("/place",),
    )


def suggestion(code, place, ids, **words):
    verdict = factories.submitted(factories.checker())
    body = {"part": "summary", "before": "14 days", "after": "two weeks", **words}
    return Case(
        code,
        422,
        f"/verdicts/{verdict.pk}/suggestions",
        body,
        person(),
        **on(verdict.review, "suggest", verdict=verdict.pk, **body),
        places=(place,),
        ids=ids,
    )


def suggestion_of_the_same():
    return suggestion("suggestion_empty", "/after", ("suggest-after",), after="14 days")


def suggestion_of_words_not_there():
    return suggestion("before_ambiguous", "/before", ("suggest-before",), before="15 days")


def suggestion_to_oneself():
    by = person()
    verdict = factories.submitted(by)
    body = {"part": "summary", "before": "14 days", "after": "two weeks"}
    return Case(
        "own_text",
        403,
        f"/verdicts/{verdict.pk}/suggestions",
        body,
        by,
        **on(verdict.review, "suggest", verdict=verdict.pk, **body),
    )


def suggested(by):
    verdict = factories.submitted(by)
    return suggestions.suggest(
        verdict_id=verdict.pk, part=SuggestedPart.SUMMARY, before="14 days", after="two weeks", actor=person()
    )


def accepting(made, by, code):
    review = made.verdict.review
    return Case(
        code,
        409,
        f"/suggestions/{made.pk}/accept",
        {},
        by,
        form=f"/admin/review/{review.pk}/accept/{made.pk}/",
        typed={"form": "accept"},
    )


def accepted_twice():
    by = person()
    made = suggested(by)
    suggestions.accept(suggestion_id=made.pk, actor=by)
    return accepting(made, by, "already_accepted")


def words_gone_meanwhile():
    by = person()
    made = suggested(by)
    verdicts.withdraw(review_id=made.verdict.review_id, actor=by)
    drafts.save(review_id=made.verdict.review_id, content={"summary": "Other words."}, actor=by)
    return accepting(made, by, "suggestion_outdated")


def contact(code, place, ids, **words):
    review = factories.review()
    body = {"party": "The council", "channel": "email", "question": "When?", **words}
    typed = {**body, "deadline": body.get("deadline", "")[:10]}
    return Case(
        code,
        422,
        f"/reviews/{review.pk}/contacts",
        body,
        person(),
        **on(review, "contact", **typed),
        places=(place,),
        ids=ids,
    )


def contact_with_nobody():
    return contact("party_missing", "/party", ("contact-party",), party=" ")


def contact_without_a_question():
    return contact("question_missing", "/question", ("contact-question",), question="")


def contact_with_a_past_deadline():
    return contact("deadline_invalid", "/deadline", ("contact-deadline",), deadline="2020-01-01T00:00:00Z")


def contact_in_the_future():
    review = factories.review()
    body = {"party": "The council", "channel": "email", "question": "When?", "asked_at": "2150-01-01T00:00:00Z"}
    return Case("asked_at_invalid", 422, f"/reviews/{review.pk}/contacts", body, person(), places=("/asked_at",))


def answered(code, place, ids, body, typed):
    review = factories.review()
    made = contacts.ask(
        review_id=review.pk,
        question=contacts.Question("The council", Channel.EMAIL, "When?"),
        actor=factories.checker(),
    )
    form = on(review, "reply", contact=made.pk, **typed) if typed is not None else {}
    return Case(code, 422, f"/contacts/{made.pk}/responses", body, person(), **form, places=(place,), ids=ids)


def empty_answer():
    return answered("response_missing", "/response", ("reply-response",), {"response": ""}, {"response": ""})


def answer_before_the_question():
    body = {"response": "In May.", "responded_at": "2020-01-01T00:00:00Z"}
    return answered("responded_at_invalid", "/responded_at", (), body, None)


def source_without_anything():
    return Case(
        "source_empty",
        422,
        "/sources",
        {},
        person(),
        form="/admin/sources/",
        typed={"form": "source"},
        places=("/url",),
        ids=("source-url",),
    )


def copy_of_no_address():
    made, _ = sources.add(title="A book", actor=factories.checker())
    return Case(
        "not_archivable",
        409,
        f"/sources/{made.pk}/state",
        {},
        person(),
        form=f"/admin/source/{made.pk}/",
        typed={"do": "archive"},
    )


def forgetting(code, source):
    by = person(Role.ADMINISTRATOR, *ALL)
    reason = {"reason": "asked for it"}
    at = f"/admin/source/{source.pk}/"
    return Case(code, 409, f"/sources/{source.pk}/erase", reason, by, form=at, typed={"do": "erase", **reason})


def cited_in_confidence():
    hidden = EvidenceItem(
        stance=Stance.REFUTES, title="A talk", confidential=True, confidential_reason="at risk", public_title="A talk"
    )
    return (
        factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, hidden)).evidence.get(number=3).source
    )


def forgotten_twice():
    source = cited_in_confidence()
    erasing.erase_source(source_id=source.pk, reason="asked for it", actor=factories.user(Role.ADMINISTRATOR))
    return forgetting("source_erased", source)


def forgotten_though_public():
    report = factories.published()
    return forgetting("source_public", report.current.verdict.evidence.get(number=1).source)


def forgotten_though_copied():
    source = cited_in_confidence()
    Snapshot.objects.create(
        source=source, url="https://a.example", final_url="https://a.example", status=200, size=1, sha256="0",
        fetched_at=db_now(),
    )  # fmt: skip
    return forgetting("source_copied", source)


def forgotten_though_in_history():
    source = cited_in_confidence()
    with lifted():
        Evidence.objects.update(words_digest="")
    return forgetting("source_in_history", source)


def released_though_open():
    source = factories.submitted(factories.checker()).evidence.get(number=1).source
    reason = {"reason": "the wrong box"}
    at = f"/admin/source/{source.pk}/"
    return Case(
        "source_not_confidential", 409, f"/sources/{source.pk}/release", reason, person(), form=at,
        typed={"do": "release", **reason},
    )  # fmt: skip


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


def notices_unnamed():
    return Case("notices_unnamed", 422, "/notices/read", {}, person(), places=("/up_to",))


def due_rules():
    rules = {"rules": [{"least_priority": 0, "hours": 5}] * 2}
    return Case(
        "rules_invalid", 422, "/due-policy", rules, person(Role.ADMINISTRATOR, Role.CHECKER), "put", places=("/rules",)
    )


def stale_version():
    review, by = factories.review(), person()
    return Case(
        "stale",
        412,
        f"/reviews/{review.pk}/drop",
        {"reason": "other"},
        by,
        **on(review, "drop", reason="other", version=99),
    )


CASES = [
    role_missing, leased_by_other, lease_missing, lease_of_nobody, lease_expired, gate_open, override_without_a_reason,
    override_after_the_verdict, override_twice, rating_unknown,
    source_unknown, source_kept_confidential, correction_type_mismatch, draft_closed, draft_outdated, not_the_author, self_approval, changes_without_a_comment,
    decided_twice, outdated_revision, claim_changed, wrong_state, not_conforming, approvals_missing, correction_without_a_reason,
    retraction_without_a_reason, assignee_cannot, deadline_beyond_the_calendar, reopened_without_its_claim,
    withdrawn_article, empty_comment, comment_quotes_what_is_not_there, comment_quotes_no_explanation,
    comment_on_no_source, comment_source_without_number, comment_before_a_verdict, suggestion_of_the_same,
    suggestion_of_words_not_there, suggestion_to_oneself, accepted_twice, words_gone_meanwhile, contact_with_nobody,
    contact_without_a_question, contact_with_a_past_deadline, contact_in_the_future, empty_answer,
    answer_before_the_question, source_without_anything, copy_of_no_address, view_without_a_name, view_of_nothing,
    view_of_an_unknown_filter, view_of_a_filter_twice, view_with_a_taken_name, view_of_another, notices_unnamed,
    due_rules, stale_version, forgotten_twice, forgotten_though_public, forgotten_though_copied, forgotten_though_in_history,
    released_though_open,
]  # fmt: skip
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
