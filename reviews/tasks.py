"""Jobs of reviews: id in, service call."""

from factcheck.jobs.runner import Running, job
from reviews.services import queue


@job("reviews.open")
def open_reviews(running: Running) -> None:
    """Open the reviews of one article."""
    with running.finishing():
        queue.open_for_article(article_id=int(running.target))
