"""Jobs of reviews: id in, service call."""

from factcheck.jobs.runner import Running, job
from reviews.services import archiving, contacts, notices, queue


@job("reviews.open")
def open_reviews(running: Running) -> None:
    """Open the reviews of one article."""
    with running.finishing():
        queue.open_for_article(article_id=int(running.target))


@job(contacts.REMINDER)
def remind_of_reply(running: Running) -> None:
    """Tell the desk that a deadline for a reply passed."""
    with running.finishing():
        contacts.remind(contact_id=int(running.target))


@job(notices.NOTIFY)
def notify(running: Running) -> None:
    """Write the notices of one event."""
    with running.finishing():
        notices.tell(event_id=int(running.target))


@job(notices.MAIL, waits=True)
def mail_notice(running: Running) -> None:
    """Send one notice by mail."""
    notices.mail(running)


@job(archiving.ARCHIVE, on_dead=archiving.give_up, waits=True)
def archive_source(running: Running) -> None:
    """Keep a copy of one source."""
    archiving.archive(running)


@job(archiving.CHECK, on_dead=archiving.give_up, waits=True)
def check_link(running: Running) -> None:
    """See whether one source's link still works."""
    archiving.check(running)


@job(archiving.HAND_OFF, waits=True)
def hand_to_archive(running: Running) -> None:
    """Ask a public web archive for a copy of one source."""
    archiving.hand_off(running)
