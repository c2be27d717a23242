"""Telling people: notices in the desk, and mail for those who want it.

Both are made by jobs from the event's row, so that a notice is neither lost
nor written twice. Mail goes out at least once; its Message-ID is the same each
time, by which a mailbox knows a repetition.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from factcheck.accounts.models import User
from factcheck.clock import db_now
from factcheck.errors import Invalid
from factcheck.events.models import Event
from factcheck.jobs import outbox
from factcheck.jobs.runner import Running
from reviews import notices, policies
from reviews.models import Notice, NoticeChoice, Review
from reviews.policies import Permission

NOTIFY = "reviews.notify"
MAIL = "reviews.mail_notice"


def tell(*, event_id: int) -> int:
    """Write the notices of one event; how many are new. Must run in a
    transaction, the job's. Running it twice changes nothing."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None or event.type not in notices.KINDS:
        return 0
    review = Review.objects.get(pk=event.payload["review"])
    by = notices.who_did(event)
    concerned = {pk for pk in notices.KINDS[event.type].whom(event, review) if pk is not None and pk != by}
    told = set(Notice.objects.filter(event=event).values_list("person", flat=True))
    at = db_now()
    readers = [role.value for role in policies.roles_for(Permission.READ_DESK)]
    people = User.objects.filter(pk__in=concerned - told, is_active=True, groups__name__in=readers).distinct()
    rows = [
        Notice(person=person, event=event, review=review, by_id=by, at=event.at) for person in people.order_by("pk")
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    for notice in Notice.objects.filter(event=event, mailed_at__isnull=True).select_related("person"):
        if notice.person_id not in told and notices.wants_mail(notice.person):
            outbox.enqueue(MAIL, notice.pk, dedupe_key=f"{MAIL}:{notice.pk}", at=at)
    return len(rows)


def mail(running: Running) -> None:
    """Send one notice by mail, unless that was done or is no longer wanted."""
    notice = Notice.objects.select_related("person", "by", "event").get(pk=int(running.target))
    if notice.mailed_at is not None or not notices.wants_mail(notice.person):
        return
    message_of(notice).send()
    with running.finishing():
        Notice.objects.filter(pk=notice.pk, mailed_at__isnull=True).update(mailed_at=db_now())


def message_of(notice: Notice) -> EmailMessage:
    """The mail: what happened and where to look, without a word of the claim."""
    sentence = notices.sentence(notice)
    body = (
        f"{sentence}\n\n{notices.address(notice)}\n\n"
        f"You get this because it concerns your work. Mail can be switched off: {settings.BASE_URL}/admin/notices/\n"
    )
    host = settings.BASE_URL.partition("//")[2].partition(":")[0]
    subject = f"[{settings.DESK_NAME}] {sentence}".replace("\n", " ").replace("\r", " ")
    return EmailMessage(
        subject=subject,
        body=body,
        to=[notice.person.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


@transaction.atomic
def mark_read(*, actor: User, up_to: int | None = None, ids: list[int] | None = None) -> int:
    """The actor has read notices: all up to one, or those named; how many are
    newly read. Somebody else's are left as they are."""
    if (up_to is None) == (ids is None):
        raise Invalid.at("/up_to", "notices_unnamed", "Name the newest notice read as up_to, or the notices as ids")
    rows = Notice.objects.filter(person=actor, read_at__isnull=True)
    rows = rows.filter(pk__lte=up_to) if ids is None else rows.filter(pk__in=ids)
    return rows.update(read_at=db_now())


@transaction.atomic
def choose(*, actor: User, by_mail: bool) -> NoticeChoice:
    """Whether notices come to the actor by mail too."""
    choice, _ = NoticeChoice.objects.update_or_create(
        person=actor, defaults={"by_mail": by_mail, "changed_at": db_now()}
    )
    return choice
