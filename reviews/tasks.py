"""Jobs of reviews: id in, service call."""

from factcheck.jobs.runner import Running, job
from reviews.services import contacts, queue


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
