"""Every format a report can be exported in, by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviews.reports import claimreview, csv_rows, datafeed, payload_json
from reviews.reports.verdict_report import VerdictReport


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `render_many` takes any number of reports, one at a time."""

    name: str
    media_type: str
    extension: str
    render_many: Callable[[Iterable[VerdictReport]], Iterator[bytes]]


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "text/csv; charset=utf-8; header=present", "csv", csv_rows.render_many),
        Format("json", "application/json", "json", payload_json.render_array),
        Format("jsonl", "application/jsonl", "jsonl", payload_json.render_lines),
        Format("claimreview", claimreview.MEDIA_TYPE, "jsonld", claimreview.render_many),
        Format("datafeed", claimreview.MEDIA_TYPE, "jsonld", datafeed.render_many),
    )
}
