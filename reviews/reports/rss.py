"""Reports as RSS 2.0, newest change first: for readers, not for machines."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils.feedgenerator import Rss201rev2Feed

from reviews.reports.verdict_report import VerdictReport

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reports: Iterable[VerdictReport], *, name: str, address: str) -> bytes:
    """The feed. Each version is an item of its own (`guid` is address and
    version), so that a correction and a retraction show up as news."""
    feed = Rss201rev2Feed(
        title=_shown(name), link=f"{address}/reports/", description=_shown(f"Reports of {name}"), language="en"
    )
    for report in reports:
        feed.add_item(
            title=_shown(_title(report)),
            link=report.url,
            description=_shown(_told(report)),
            unique_id=f"{report.url}#version-{report.version}",
            unique_id_is_permalink=False,
            pubdate=datetime.fromisoformat(report.modified_at),
        )
    return feed.writeString("utf-8").encode("utf-8")


def _title(report: VerdictReport) -> str:
    if report.is_retracted:
        return f"Retracted: {report.claim.statement}"
    marks = ("Under correction: " if report.is_under_correction else "", "Corrected: " if report.corrections else "")
    return f"{''.join(marks)}{report.rating.label}: {report.claim.statement}"


def _told(report: VerdictReport) -> str:
    if report.retraction is not None:
        return report.retraction.reason
    return report.corrections[-1].reason if report.corrections else report.summary


def _shown(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
