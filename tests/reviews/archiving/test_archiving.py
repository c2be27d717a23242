"""Copies of sources and checks of links: kept, noted, and never in the way."""

import hashlib
import smtplib
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import clock
from factcheck.accounts.roles import Role
from factcheck.audit.models import AuditEvent
from factcheck.audit.verification import verify
from factcheck.errors import Conflict, Forbidden, Invalid
from factcheck.events.models import Event
from factcheck.jobs import scheduler
from factcheck.jobs.models import Job, JobState
from factcheck.mail_server import mail_server
from factcheck.net import fetching
from factcheck.net.fetching import Fetched
from factcheck.net.refusals import AddressRefused, NameUnknown, StatusRefused, Unreachable
from reviews import archives, tasks
from reviews.models import RatingScale, Snapshot, Source, SourceState
from reviews.services import archiving, drafts, leases, scales, sources, verdicts
from reviews.submissions import EvidenceItem
from tests import factories

pytestmark = pytest.mark.django_db
WORK = {
    "reviews.archive_source": tasks.archive_source,
    "reviews.check_link": tasks.check_link,
    "reviews.hand_to_archive": tasks.hand_to_archive,
}
PAGE = "<html><head><title>Port log</title></head><body><article><p>{}</p></article></body></html>"
WORDS = "The bridge was closed to all traffic from the third to the seventeenth of March, says the log. " * 5


BOOK = EvidenceItem(stance=factories.EVIDENCE[1].stance, title="Bridges of the north", publisher="City library")
SECRET = EvidenceItem(
    stance=factories.EVIDENCE[0].stance,
    url="https://leak.example/",
    title="A file",
    confidential=True,
    confidential_reason="The person would be at risk",
    public_title="An internal file",
)


class Web:
    """The internet as the tests have it: an address answers bytes or a fault."""

    def __init__(self) -> None:
        self.pages = {}
        self.asked = []

    def fetch(self, url, *, method="GET", headers=None, limits=None, any_status=False):
        self.asked.append((method, url))
        answer = self.pages.get((method, url), self.pages.get(url, NameUnknown("There is no such host")))
        if isinstance(answer, Exception):
            raise answer
        return Fetched(url, 200, "text/html", "utf-8", answer, {"content-type": "text/html", "set-cookie": "a=b"})


@pytest.fixture
def web(monkeypatch):
    made = Web()
    monkeypatch.setattr(fetching, "fetch", made.fetch)
    return made


@pytest.fixture
def source():
    """The only source with an address that a submitted verdict cites."""
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK))
    return Source.objects.get(url="https://port.example/log")


def work():
    """Run every job that is due, once."""
    for kind, pk in Job.objects.filter(state=JobState.QUEUED, kind__in=WORK).order_by("pk").values_list("kind", "pk"):
        WORK[kind](pk)


def state(source):
    return SourceState.objects.get(source=source)


def test_copy_keeps_bytes_digest_headers_and_text(web, source):
    body = PAGE.format(WORDS).encode()
    web.pages[source.url] = body
    assert archiving.look() == 1
    assert archiving.look() == 0
    work()
    [copy] = Snapshot.objects.all()
    assert copy.sha256 == hashlib.sha256(body).hexdigest()
    assert archives.bytes_of(copy) == body
    assert "closed to all traffic" in copy.text
    assert copy.headers == {"content-type": "text/html"}
    assert (copy.status, copy.size, copy.title) == (200, len(body), "Port log")
    assert (state(source).snapshot, state(source).link, state(source).fault) == (copy, "works", "")
    assert AuditEvent.objects.get(action="source.archived").data["sha256"] == copy.sha256
    assert verify() == []


def test_same_bytes_make_no_second_copy_and_other_bytes_do(web, source):
    by = factories.checker()
    for body in (b"one", b"one", b"two"):
        web.pages[source.url] = body
        archiving.ask(source_id=source.pk, actor=by)
        work()
    assert [archives.bytes_of(one) for one in Snapshot.objects.order_by("pk")] == [b"one", b"two"]
    assert verify() == []


def test_source_that_cannot_be_had_says_why_and_blocks_nothing(web):
    verdict = factories.submitted(factories.checker())
    web.pages = {one.url: AddressRefused("It leads into a private network") for one in Source.objects.all()}
    assert archiving.look() == 2
    work()
    assert {one.fault for one in SourceState.objects.all()} == {"address_refused: It leads into a private network"}
    assert Job.objects.filter(kind="reviews.archive_source", state=JobState.DONE).count() == 2
    assert verdict.review.status == "in_approval"


def test_fault_that_may_pass_is_tried_again_noted_and_the_copy_made_once_the_link_works(web, source):
    web.pages[source.url] = Unreachable("The connection failed")
    archiving.look()
    for minutes in (0, 5, 10, 15, 20):
        with clock.shifted(timedelta(minutes=minutes)):
            work()
    job = Job.objects.get(kind="reviews.archive_source")
    assert (job.state, job.attempts) == (JobState.DONE, 5)
    assert state(source).fault == "unreachable: The connection failed"
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=12)):
        assert archiving.look() == 1
        work()
        work()
        assert archives.bytes_of(Snapshot.objects.get(source=source)) == b"here"
        assert state(source).fault == ""
    with clock.shifted(timedelta(days=8)):
        archiving.look()
        work()
    assert Job.objects.filter(kind="reviews.archive_source", state=JobState.QUEUED).count() == 0


def test_copy_that_is_given_up_says_so_and_the_source_is_looked_at_again(web, source, monkeypatch):
    web.pages[source.url] = b"here"
    monkeypatch.setattr(archiving, "_keep", lambda body: 1 / 0)
    archiving.look()
    for minutes in (0, 5, 10, 15, 20):
        with clock.shifted(timedelta(minutes=minutes)):
            work()
    assert Job.objects.get(kind="reviews.archive_source").state == JobState.DEAD
    kept = state(source)
    assert (kept.link, kept.snapshot, kept.broken_since) == ("unknown", None, None)
    assert kept.fault.startswith("given_up: ZeroDivisionError")
    assert kept.checked_at is not None
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 1
        work()
    assert state(source).fault == ""


def test_nul_in_what_a_site_says_is_left_out_of_the_copy(web, source, monkeypatch):
    told = {"content-type": "text/plain\0", "etag": '"a\0b"'}
    answer = Fetched(source.url, 200, "text/plain\0", "utf-8", b"one\0two", told)
    monkeypatch.setattr(fetching, "fetch", lambda url, **_: answer)
    archiving.look()
    work()
    [copy] = Snapshot.objects.all()
    assert (copy.content_type, copy.headers) == ("text/plain", {"content-type": "text/plain", "etag": '"ab"'})
    assert "\0" not in copy.text
    assert archives.bytes_of(copy) == b"one\0two"


def test_confidential_source_is_never_asked_for(web):
    factories.submitted(factories.checker(), evidence=(*factories.EVIDENCE, SECRET))
    hidden = Source.objects.get(url="https://leak.example/")
    assert archiving.look() == 2
    with pytest.raises(Conflict) as refused:
        archiving.ask(source_id=hidden.pk, actor=factories.checker())
    assert refused.value.code == "not_archivable"
    work()
    assert "https://leak.example/" not in {url for _, url in web.asked}


def test_source_that_nobody_cites_is_not_asked_for_before_a_person_says_so(web, settings):
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    by = factories.checker()
    added, _ = sources.add(url="https://leak.example/", title="A file", actor=by)
    assert archiving.look() == 0
    web.pages[added.url] = b"here"
    archiving.ask(source_id=added.pk, actor=by)
    work()
    work()
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 0
    assert web.asked == [("GET", added.url)]
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK, SECRET))
    with clock.shifted(timedelta(days=8)):
        work()
        assert archiving.look() == 1
        work()
        work()
    assert [url for _, url in web.asked if "leak" in url] == [added.url]


@pytest.mark.parametrize("by_id", [True, False])
def test_source_that_a_draft_calls_confidential_is_left_alone(web, source, by_id):
    by = factories.checker()
    review = factories.taken(by)
    named = {"source": source.pk} if by_id else {"url": "http://www.port.example/log/?utm_source=x"}
    drafts.save(review_id=review.pk, content={"evidence": [{**named, "confidential": False}]}, actor=by)
    assert archiving.look() == 1
    drafts.save(review_id=review.pk, content={"evidence": [{**named, "confidential": True}]}, actor=by, base=1)
    work()
    assert web.asked == []
    SourceState.objects.all().delete()
    assert archiving.look() == 0
    with pytest.raises(Conflict) as refused:
        archiving.ask(source_id=source.pk, actor=by)
    assert refused.value.code == "not_archivable"


def test_source_that_a_replaced_draft_called_confidential_is_left_alone(web, source):
    by = factories.checker()
    review = factories.taken(by)
    secret = {"evidence": [{"source": source.pk, "confidential": True}]}
    drafts.save(review_id=review.pk, content=secret, actor=by)
    drafts.save(review_id=review.pk, content={"summary": "From a colleague."}, actor=by, base=1, replaces=True)
    assert archiving.look() == 0
    work()
    assert web.asked == []


def test_copy_made_before_the_source_was_cited_is_handed_on_after_a_check(web, settings):
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    by = factories.checker()
    added, _ = sources.add(url=factories.EVIDENCE[0].url, title="Port log", actor=by)
    web.pages = {added.url: b"here", "https://keeper.example/save/https://port.example/log": b"kept"}
    archiving.ask(source_id=added.pk, actor=by)
    work()
    factories.submitted(factories.checker(), evidence=(factories.EVIDENCE[0], BOOK))
    with clock.shifted(timedelta(days=8)):
        archiving.look()
        work()
        work()
    assert ("GET", "https://keeper.example/save/https://port.example/log") in web.asked


def test_link_that_broke_is_noted_once_and_again_when_it_works(web, source):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    week = timedelta(days=8)
    web.pages[source.url] = StatusRefused(404)
    with clock.shifted(week):
        assert archiving.look() == 1
        work()
        assert state(source).link == "broken"
        assert list(archives.found(broken=True)) == [source]
    with clock.shifted(2 * week):
        archiving.look()
        work()
    assert Event.objects.filter(type="source.link_broken").count() == 1
    web.pages[source.url] = b"here"
    with clock.shifted(3 * week):
        archiving.look()
        work()
    assert (state(source).link, state(source).broken_since) == ("works", None)
    told = AuditEvent.objects.filter(action__startswith="source.link").order_by("pk")
    assert [one.action for one in told] == ["source.link_broken", "source.link_restored"]
    assert Snapshot.objects.count() == 1
    assert verify() == []


@pytest.mark.parametrize("fault", [Unreachable("No connection"), NameUnknown("No such host"), StatusRefused(503)])
def test_fault_that_may_be_the_desks_own_is_rot_only_hours_later(web, source, fault):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    web.pages[source.url] = fault
    week, hours = timedelta(days=8), timedelta(hours=7)
    with clock.shifted(week):
        assert archiving.look() == 1
        work()
        assert (state(source).link, state(source).broken_since) == ("unclear", None)
        assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(week + hours):
        assert archiving.look() == 1
        work()
        assert (state(source).link, state(source).failing_since) == ("works", None)
        assert archiving.look() == 0
    web.pages[source.url] = fault
    with clock.shifted(2 * week):
        archiving.look()
        work()
        assert Event.objects.filter(type="source.link_broken").count() == 0
    with clock.shifted(2 * week + hours):
        archiving.look()
        work()
        assert state(source).link == "broken"
    assert Event.objects.filter(type="source.link_broken").count() == 1


@pytest.mark.parametrize("status", [404, 405, 410, 451, 503])
def test_link_whose_server_knows_only_get_works(web, source, status):
    web.pages = {source.url: b"here", ("HEAD", source.url): StatusRefused(status)}
    archiving.look()
    work()
    with clock.shifted(timedelta(days=8)):
        assert archiving.look() == 1
        work()
    assert [method for method, url in web.asked if url == source.url] == ["GET", "HEAD", "GET"]
    assert (state(source).link, state(source).failing_since) == ("works", None)


def test_broken_link_is_asked_daily(web, source):
    web.pages[source.url] = StatusRefused(410)
    archiving.look()
    work()
    assert state(source).link == "broken"
    with clock.shifted(timedelta(hours=23)):
        assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=25)):
        assert archiving.look() == 1
        work()
        assert state(source).link == "works"
        assert archiving.look() == 0


def test_source_of_which_nothing_was_heard_is_asked_a_day_later(web, source):
    SourceState.objects.create(source=source, asked_at=clock.db_now())
    assert archiving.look() == 0
    web.pages[source.url] = b"here"
    with clock.shifted(timedelta(hours=25)):
        assert archiving.look() == 1
        work()
    assert state(source).link == "works"


def test_answer_that_is_only_not_for_us_is_no_rot(web, source):
    web.pages[source.url] = StatusRefused(403)
    archiving.look()
    work()
    assert (state(source).link, state(source).broken_since) == ("unclear", None)


def test_desk_that_keeps_no_copies_asks_nobody(web, source, settings):
    settings.ARCHIVE_SOURCES = False
    assert archiving.look() == 0
    assert Job.objects.filter(kind__in=WORK).count() == 0
    assert archiving.look in scheduler._often


def test_public_archive_is_asked_only_where_the_desk_names_one(web, source, settings):
    web.pages[source.url] = b"here"
    archiving.look()
    work()
    assert Job.objects.filter(kind="reviews.hand_to_archive").count() == 0
    settings.WEB_ARCHIVE_URL = "https://keeper.example/save/{url}"
    web.pages["https://keeper.example/save/https://port.example/log"] = b"kept"
    archiving.ask(source_id=source.pk, actor=factories.checker())
    work()
    work()
    assert ("GET", "https://keeper.example/save/https://port.example/log") in web.asked


def test_copy_is_asked_for_by_who_edits_sources_only(source):
    with pytest.raises(Forbidden):
        archiving.ask(source_id=source.pk, actor=factories.approver())


def test_history_says_who_asked_for_a_copy(source):
    by = factories.checker()
    job = archiving.ask(source_id=source.pk, actor=by)
    [told] = AuditEvent.objects.filter(action="source.copy_asked")
    assert (told.actor, told.subject_id, told.data) == (by, str(source.pk), {"job": job.pk})
    assert verify() == []


def test_copies_uses_and_link_over_rest(web, client_of):
    verdict = factories.submitted(factories.checker())
    client = client_of(factories.checker())
    [log] = client.get("/api/v1/sources?q=Port log").json()["data"]
    base = f"/api/v1/sources/{log['id']}"
    assert client.get(f"{base}/state").json()["link"] == "unknown"
    web.pages[log["url"]] = b"\0<script>alert(1)</script>"
    asked = client.post(f"{base}/state", {}, format="json")
    assert (asked.status_code, asked.headers["Location"]) == (202, f"/api/v1/jobs/{asked.json()['job']}")
    work()
    shown = client.get(f"{base}/state").json()
    [copy] = client.get(f"{base}/copies").json()["data"]
    assert shown["copy"] == copy
    served = client.get(f"/api/v1/copies/{copy['id']}/bytes")
    assert served.content == b"\0<script>alert(1)</script>"
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in served.headers["Content-Disposition"]
    [use] = client.get(f"{base}/uses").json()["data"]
    assert (use["review"], use["verdict"], use["stance"]) == (verdict.review_id, verdict.pk, "refutes")
    assert use["claim"] == factories.SENTENCES[0]
    archives.path_of(copy["sha256"]).unlink()
    assert client.get(f"/api/v1/copies/{copy['id']}/bytes").status_code == 404


def test_pages_of_sources_show_uses_copies_and_rot(web, client):
    factories.submitted(factories.checker())
    client.force_login(factories.checker())
    log = Source.objects.get(title="Port log")
    web.pages[log.url] = PAGE.format(WORDS).encode()
    page = f"/admin/source/{log.pk}/"
    assert client.post(page, {"do": "archive"}).status_code == 302
    work()
    shown = client.get(page).content.decode()
    assert factories.SENTENCES[0] in shown
    assert "closed to all traffic" in shown
    copy = Snapshot.objects.get()
    assert client.get(f"/admin/copy/{copy.pk}/").content == PAGE.format(WORDS).encode()
    assert client.post(page, {"do": "edit", "title": "The port's log"}).status_code == 302
    listed = client.get("/admin/sources/?q=log").content.decode()
    assert "The port" in listed
    assert "Two weeks of detours" not in listed
    assert "No broken links." in client.get("/admin/sources/?links=broken").content.decode()
    refused = client.post("/admin/sources/", {"url": "", "title": ""})
    assert (refused.status_code, "address or a title" in refused.content.decode()) == (422, True)
    added = client.post("/admin/sources/", {"url": "https://new.example/a"})
    assert client.get(added["Location"]).status_code == 200


def test_rule_of_the_copy_is_met_by_a_copy_or_a_reason_at_submit_and_live(web, client_of):
    scale = RatingScale.objects.get(default_since__isnull=False)
    boss = factories.user(Role.ADMINISTRATOR)
    scales.set_policy(scale_id=scale.pk, required_approvals=None, gate_rules=["archived_copy"], actor=boss)
    by = factories.checker()
    review, other = factories.opened(claims=2)
    for one in (review, other):
        leases.take(review_id=one.pk, actor=by)
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert [error.pointer for error in refused.value.errors] == ["/evidence/0", "/evidence/1"]
    for one in factories.EVIDENCE:
        web.pages[one.url] = b"here"
        added, _ = sources.add(url=one.url, title=one.title, actor=by)
        archiving.ask(source_id=added.pk, actor=by)
    work()
    content = {"evidence": [{"url": one.url, "title": one.title} for one in factories.EVIDENCE]}
    drafts.save(review_id=review.pk, content=content, actor=by)
    live = client_of(by).get(f"/api/v1/reviews/{review.pk}/draft").json()["checklist"]
    assert {one["code"]: one["passed"] for one in live}["archived_copy"]
    verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    paper = EvidenceItem(stance=factories.EVIDENCE[0].stance, url="https://other.example/", title="Other")
    lacking = factories.submission(evidence=(*factories.EVIDENCE, paper))
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=other.pk, submission=lacking, actor=by)
    assert [error.pointer for error in refused.value.errors] == ["/evidence/2"]
    excused = factories.submission(evidence=lacking.evidence, reasons={"archived_copy": "The page forbids it"})
    verdicts.submit(review_id=other.pk, submission=excused, actor=by)


def test_long_copy_asks_for_a_locator(web):
    scale = RatingScale.objects.get(default_since__isnull=False)
    boss = factories.user(Role.ADMINISTRATOR)
    scales.set_policy(scale_id=scale.pk, required_approvals=None, gate_rules=["locator"], actor=boss)
    by = factories.checker()
    for one in factories.EVIDENCE:
        added, _ = sources.add(url=one.url, title=one.title, actor=by)
        archiving.ask(source_id=added.pk, actor=by)
    web.pages[factories.EVIDENCE[0].url] = PAGE.format(WORDS * 60).encode()
    work()
    review = factories.taken(by)
    with pytest.raises(Invalid) as refused:
        verdicts.submit(review_id=review.pk, submission=factories.submission(), actor=by)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/evidence/0/locator", "locator")]


def test_auditor_reads_sources_and_changes_none(client):
    factories.submitted(factories.checker())
    client.force_login(factories.user(Role.AUDITOR))
    source = Source.objects.first()
    page = client.get(f"/admin/source/{source.pk}/").content.decode()
    assert 'name="do"' not in page
    assert client.post(f"/admin/source/{source.pk}/", {"do": "edit", "title": "x"}).status_code == 403


def test_mail_server_is_read_from_one_address():
    server = mail_server("smtp://us%40er:p%3Aw@mail.example:2525")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 2525, "us@er", "p:w")
    assert (server.tls, server.ssl) == (True, False)
    assert mail_server("smtps://mail.example").port == smtplib.SMTP_SSL_PORT
    with pytest.raises(ImproperlyConfigured):
        mail_server("mail.example:25")
