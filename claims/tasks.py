"""Jobs of claims: id in, service call, nothing else."""

from claims.services import bulk, extraction, feeds, intake, pages
from factcheck.jobs.runner import Running, job


@job(intake.EXTRACT, on_dead=extraction.fail)
def extract_article(running: Running) -> None:
    """Extract the claims of one article."""
    extraction.run(running)


@job(pages.FETCH, on_dead=pages.give_up, waits=True)
def fetch_article(running: Running) -> None:
    """Fetch the text of one article."""
    pages.run(running)


@job(feeds.POLL, on_dead=feeds.give_up, waits=True)
def poll_feed(running: Running) -> None:
    """Read one feed."""
    feeds.run(running)


@job(bulk.TAKE, on_dead=bulk.give_up)
def take_bulk_file(running: Running) -> None:
    """Take in the rows of one bulk file."""
    bulk.run(running)
