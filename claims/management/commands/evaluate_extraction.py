"""Measure the extraction on data sets, on labelled articles, and by the desk."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import decisions, training_rows
from claims.evaluation import articles, benchmarks, corpora, desk
from claims.evaluation.claimbuster import CROWDSOURCED, EXPERT, DataError, read_rows
from claims.pipeline.extract import extract
from claims.training import checkworthiness
from claims.training.vectors import MissingTrainingPackages


class Command(BaseCommand):
    """`evaluate_extraction --data PATH [--articles FOLDER] [--json]`, or `--desk`."""

    help = (
        "Measure extraction on the data sets under a folder and on labelled articles, or by what the desk decided; "
        "only sums are printed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """At least one of --data and --articles, or --desk."""
        parser.add_argument("--data", type=Path, help="folder of data sets, or of NAME.txt with NAME.gold.json")
        parser.add_argument("--articles", type=Path, help="folder of NAME.txt with NAME.gold.json")
        parser.add_argument("--cross-validate", action="store_true", help="also retrain five times (a minute)")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--desk", action="store_true", help="measure by what people decided on the desk's claims")
        parser.add_argument(
            "--since", metavar="DATE", help="with --desk: claims offered or added from this day on (UTC)"
        )
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="with --desk: write the decisions as JSON lines"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure what is there; a folder with nothing to measure is an error."""
        if options["desk"]:
            self._handle_desk(_day(options["since"]), export=options["export"], as_json=options["json"])
            return
        if options["since"] or options["export"]:
            raise CommandError("--since and --export go with --desk")
        data: Path | None = options["data"]
        labelled: Path | None = options["articles"]
        figures: dict[str, Any] = {}
        try:
            if data is not None:
                figures |= measure_data(data, cross_validate=options["cross_validate"])
                if labelled is None and articles.has_articles(data):
                    labelled = data
            if labelled is not None:
                gold = articles.read_articles(labelled)
                figures["articles"] = articles.measure_articles(gold, extract, time.perf_counter)
        except (DataError, MissingTrainingPackages) as error:
            raise CommandError(str(error)) from error
        if not figures:
            raise CommandError("Nothing to measure: name a folder with --data or --articles")
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=2))
        else:
            self.stdout.write("\n".join(f"{name}: {value}" for name, value in flatten(figures)))

    def _handle_desk(self, since: datetime | None, *, export: Path | None, as_json: bool) -> None:
        """Figures of the desk, or the decisions as a file."""
        if export is not None:
            self.stdout.write(f"{write_rows(export, training_rows.rows(since))} decisions written to {export}")
            return
        figures = desk.measure(decisions.offered(since), decisions.judgements(since))
        self.stdout.write(json.dumps(figures, indent=2) if as_json else "\n".join(desk.tell(figures)))


def _day(value: str | None) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC) if value else None
    except ValueError as error:
        raise CommandError(f"--since takes a day such as 2026-03-14, not {value!r}") from error


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write the rows as they come, one JSON object a line; the file appears
    when it is whole. The number of rows."""
    part = path.with_name(f"{path.name}.part")
    written = 0
    try:
        with part.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                written += 1
        part.replace(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return written


def measure_data(data: Path, *, cross_validate: bool) -> dict[str, Any]:
    """Figures of every data set that lies under the folder."""
    figures: dict[str, Any] = {}
    claimbuster, debates = data / "claimbuster", data / "debates-2016-2019"
    wikinews, pages = data / "gum-wikinews", data / "article-html"
    if claimbuster.is_dir():
        figures["check_worthiness_expert_part"] = benchmarks.measure_expert_part(read_rows(claimbuster / EXPERT))
        if cross_validate:
            rows = read_rows(claimbuster / CROWDSOURCED)
            figures["check_worthiness_five_fold"] = checkworthiness.cross_validate(rows)
    if claimbuster.is_dir() and debates.is_dir():
        found, left_out = corpora.read_debates(debates, benchmarks.claimbuster_keys(claimbuster))
        figures["check_worthiness_debates"] = benchmarks.measure_debates(found, left_out)
    if wikinews.is_dir():
        figures["sentence_boundaries"] = benchmarks.measure_boundaries(corpora.read_wikinews(wikinews), extract)
    if pages.is_dir():
        figures["html"] = benchmarks.measure_pages(corpora.read_pages(pages))
    return figures


def flatten(figures: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of nested figures, in their order."""
    for name, value in figures.items():
        if isinstance(value, dict) and value:
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
