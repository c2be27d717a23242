"""Jobs of claims: id in, service call, nothing else."""

from claims.services import extraction, intake
from factcheck.jobs.runner import Running, job


@job(intake.EXTRACT, on_dead=extraction.fail)
def extract_article(running: Running) -> None:
    """Extract the claims of one article."""
    extraction.run(running)
