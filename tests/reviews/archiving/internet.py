"""The internet as these tests have it, and the jobs that ask it for sources."""

from factcheck.jobs.models import Job, JobState
from factcheck.net.fetching import Fetched
from factcheck.net.refusals import NameUnknown
from reviews import tasks
from reviews.models import SourceState
from reviews.submissions import EvidenceItem
from tests import factories

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


def work():
    """Run every job that is due, once."""
    for kind, pk in Job.objects.filter(state=JobState.QUEUED, kind__in=WORK).order_by("pk").values_list("kind", "pk"):
        WORK[kind](pk)


def state(source):
    return SourceState.objects.get(source=source)
