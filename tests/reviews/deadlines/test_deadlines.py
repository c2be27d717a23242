"""Deadlines by policy, reminders once a moment, the queue reordered, saved views."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.clock import db_now
from factcheck.errors import Conflict, Forbidden, Invalid
from factcheck.events.models import Event
from factcheck.jobs import scheduler
from reviews import priority
from reviews.models import DueRule, Notice, Reminder, Review, SavedView
from reviews.services import deadlines, leases, notices, queue, views, watch
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def rules(**given):
    by = factories.user(Role.ADMINISTRATOR)
    return deadlines.set_rules(rules={int(name[1:]): hours for name, hours in given.items()}, actor=by)


def fresh(review):
    return Review.objects.get(pk=review.pk)


def noted():
    return list(AuditEvent.objects.filter(actor__isnull=True).order_by("pk").values_list("action", flat=True))


def test_review_opens_with_the_deadline_of_the_policy():
    assert factories.review().due_at is None
    rules(p0=72, p50=8)
    review = factories.review()
    assert review.due_at == review.opened_at + 72 * HOUR


def test_new_priority_brings_its_deadline_unless_somebody_set_another():
    rules(p0=72, p50=8)
    review, other = factories.opened(claims=2)
    by = factories.approver()
    queue.prioritise(review_id=review.pk, changes={"priority": 60}, actor=by, reason="On every front page")
    assert fresh(review).due_at == review.opened_at + 8 * HOUR
    told = AuditEvent.objects.filter(action="review.prioritised").latest("pk").data
    assert told["reason"] == "On every front page"
    assert set(told["after"]) == {"priority", "due_at"}
    chosen = db_now() + 30 * HOUR
    queue.prioritise(review_id=other.pk, changes={"due_at": chosen}, actor=by)
    queue.prioritise(review_id=other.pk, changes={"priority": 60}, actor=by)
    assert fresh(other).due_at == chosen


@pytest.mark.parametrize(
    ("given", "pointer"), [({"p101": 5}, "least_priority"), ({"p0": 0}, "hours"), ({"p0": 9000}, "hours")]
)
def test_rules_out_of_range_are_refused_with_their_place(given, pointer):
    with pytest.raises(Invalid) as refused:
        rules(**given)
    assert refused.value.errors[0].pointer == f"/rules/0/{pointer}"
    assert DueRule.objects.count() == 0


def test_policy_is_the_administrators_and_in_the_history():
    with pytest.raises(Forbidden):
        deadlines.set_rules(rules={0: 5}, actor=factories.approver())
    rules(p0=5)
    rules(p0=5)
    rules(p10=6)
    told = [one.data for one in AuditEvent.objects.filter(action="deadlines.set").order_by("pk")]
    assert told == [{"before": {}, "after": {"0": 5}}, {"before": {"0": 5}, "after": {"10": 6}}]
    assert verify() == []


def test_near_and_passed_deadlines_lift_a_review_and_are_told_once():
    first, second = factories.opened(claims=2)
    by = factories.approver()
    queue.prioritise(review_id=second.pk, changes={"due_at": db_now() + 48 * HOUR}, actor=by)
    before = fresh(second)
    assert watch.look() == 0
    with clock.shifted(30 * HOUR):
        assert watch.look() == 1
        assert watch.look() == 0
        near = fresh(second)
    assert near.queue_key == pytest.approx(before.queue_key - priority.NEAR_POINTS)
    assert near.version == before.version
    with clock.shifted(49 * HOUR):
        assert watch.look() == 1
        assert watch.look() == 0
    assert fresh(second).queue_key == pytest.approx(before.queue_key - priority.LATE_POINTS)
    assert noted()[-2:] == ["review.due_soon", "review.overdue"]
    assert fresh(first).queue_key == first.queue_key
    assert verify() == []


def test_moved_deadline_is_another_moment():
    review = factories.review()
    by = factories.approver()
    queue.prioritise(review_id=review.pk, changes={"due_at": db_now() + HOUR}, actor=by)
    with clock.shifted(2 * HOUR):
        assert watch.look() == 1
        queue.prioritise(review_id=review.pk, changes={"due_at": db_now() + HOUR}, actor=by)
        assert watch.look() == 1
    assert noted()[-2:] == ["review.overdue", "review.due_soon"]


def test_lease_that_ran_out_is_told_to_its_holder_once_and_again_after_a_renewal():
    olena = factories.checker("olena")
    review = factories.taken(olena)
    assert watch.look() == 0
    with clock.shifted(HOUR):
        assert [watch.look(), watch.look()] == [1, 0]
        leases.renew(review_id=review.pk, actor=olena)
        assert watch.look() == 0
    with clock.shifted(2 * HOUR):
        assert watch.look() == 1
        for event in Event.objects.filter(type="review.lease_expired"):
            with transaction.atomic():
                notices.tell(event_id=event.pk)
    assert Notice.objects.filter(person=olena, event__type="review.lease_expired").count() == 2
    assert fresh(review).lease_holder == olena


def test_overdue_review_that_nobody_has_is_told_to_those_who_can_assign():
    review = factories.review()
    marko = factories.approver("marko")
    queue.prioritise(review_id=review.pk, changes={"due_at": db_now() + HOUR}, actor=marko)
    factories.checker("olena")
    with clock.shifted(2 * HOUR):
        watch.look()
        with transaction.atomic():
            notices.tell(event_id=Event.objects.get(type="review.overdue").pk)
    assert [one.person.username for one in Notice.objects.all()] == ["marko"]


def told_of_overdue():
    """Accounts that hear of the passed deadline, half a day after it."""
    with clock.shifted(12 * HOUR):
        watch.look()
        with transaction.atomic():
            notices.tell(event_id=Event.objects.get(type="review.overdue").pk)
        return {one.person.username for one in Notice.objects.filter(event__type="review.overdue")}


def test_overdue_review_of_somebody_whose_account_is_closed_is_told_to_those_who_can_assign():
    review, marko, olena = factories.review(), factories.approver("marko"), factories.checker("olena")
    queue.edit(review_id=review.pk, changes={"due_at": db_now() + HOUR, "assignee": olena}, actor=marko)
    olena.is_active = False
    olena.save()
    assert told_of_overdue() == {"marko"}


def test_overdue_review_whose_lease_lapsed_is_told_to_its_assignee_else_to_those_who_can_assign():
    olena = factories.checker("olena")
    review, marko = factories.taken(olena), factories.approver("marko")
    queue.prioritise(review_id=review.pk, changes={"due_at": db_now() + HOUR}, actor=marko)
    assert told_of_overdue() == {"marko"}
    Notice.objects.all().delete()
    queue.assign(review_id=review.pk, assignee=olena, actor=marko)
    assert told_of_overdue() == {"olena"}


def test_finished_reviews_are_left_alone():
    ready = factories.approved()
    Review.objects.filter(pk=ready.pk).update(due_at=db_now() + HOUR)
    dropped = factories.review()
    Review.objects.filter(pk=dropped.pk).update(due_at=db_now() + HOUR)
    queue.drop(review_id=dropped.pk, reason=queue.DropReason.OTHER, actor=factories.approver())
    with clock.shifted(2 * HOUR):
        assert watch.look() == 1
    assert list(Reminder.objects.values_list("review", flat=True)) == [ready.pk]


def test_looking_takes_the_same_statements_when_nothing_is_new():
    def statements():
        with CaptureQueriesContext(connection) as captured:
            watch.look()
        return len(captured)

    with clock.shifted(HOUR):
        empty = statements()
    for _ in range(3):
        factories.taken(factories.checker())
    with clock.shifted(HOUR):
        watch.look()
        assert statements() == empty <= 6
    assert watch.look in scheduler._often


def test_view_is_a_name_for_an_address():
    by = factories.checker()
    made = views.save(name="  Overdue   ferries ", query="?due=overdue&q=ferry&cursor=x", actor=by)
    assert (made.name, made.query) == ("Overdue ferries", "due=overdue&q=ferry")
    with pytest.raises(Conflict, match="already"):
        views.save(name="Overdue ferries", query="due=today", actor=by)
    for name, query in (("", "due=today"), ("x", ""), ("x", "page=3"), ("x", "q=a&q=b")):
        with pytest.raises(Invalid):
            views.save(name=name, query=query, actor=by)
    with pytest.raises(Forbidden):
        views.remove(view_id=made.pk, actor=factories.checker())
    views.remove(view_id=made.pk, actor=factories.approver())
    assert not SavedView.objects.exists()


def test_views_and_policy_over_rest(client_of):
    client = client_of(factories.checker())
    made = client.post("/api/v1/views", {"name": "Late", "query": "due=overdue"}, format="json")
    assert (made.status_code, made.json()["url"]) == (201, "/admin/queue/?due=overdue")
    assert [one["name"] for one in client.get("/api/v1/views").json()["data"]] == ["Late"]
    refused = client.post("/api/v1/views", {"name": "Bad", "query": "x=1"}, format="json").json()
    assert (refused["status"], refused["errors"][0]["pointer"]) == (422, "/query")
    assert client.delete(f"/api/v1/views/{made.json()['id']}").status_code == 204
    body = {"rules": [{"least_priority": 0, "hours": 48}, {"least_priority": 50, "hours": 6}]}
    assert client.put("/api/v1/due-policy", body, format="json").status_code == 403
    boss = client_of(factories.user(Role.ADMINISTRATOR))
    assert boss.put("/api/v1/due-policy", body, format="json").json() == {"rules": body["rules"][::-1]}
    assert client.get("/api/v1/due-policy").json()["rules"][0]["hours"] == 6
    twice = {"rules": [body["rules"][0]] * 2}
    assert boss.put("/api/v1/due-policy", twice, format="json").json()["errors"][0]["pointer"] == "/rules"


def test_view_is_saved_and_opened_on_the_queue(client):
    client.force_login(factories.checker())
    done = client.post("/admin/queue/views/", {"name": "Late ones", "query": "tab=all&due=overdue"})
    assert done["Location"] == "/admin/queue/?due=overdue&tab=all"
    page = client.get(done["Location"])
    assert page.status_code == 200
    assert "Late ones" in page.content.decode()
    refused = client.post("/admin/queue/views/", {"name": "", "query": "tab=all"})
    assert (refused.status_code, "Give the view a name" in refused.content.decode()) == (422, True)
    client.post("/admin/queue/views/", {"remove": SavedView.objects.get().pk})
    assert not SavedView.objects.exists()
    factories.opened()
    Review.objects.update(opened_at=db_now() - 75 * HOUR)
    assert "Waiting 3 days" in client.get("/admin/queue/").content.decode()


def test_policy_is_set_on_the_admins_page(client):
    client.force_login(factories.user(Role.ADMINISTRATOR))
    assert client.post("/admin/reviews/duerule/add/", {"least_priority": 0, "hours": 24}).status_code == 302
    assert client.post("/admin/reviews/duerule/add/", {"least_priority": 50, "hours": 4}).status_code == 302
    rule = DueRule.objects.get(least_priority=50)
    assert client.post(f"/admin/reviews/duerule/{rule.pk}/delete/", {"post": "yes"}).status_code == 302
    assert AuditEvent.objects.filter(action="deadlines.set").count() == 3
    assert [(one.least_priority, one.hours) for one in DueRule.objects.all()] == [(0, 24)]
