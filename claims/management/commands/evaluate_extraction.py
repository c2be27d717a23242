"""Measure the extraction on data sets and on labelled articles."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.evaluation import articles, benchmarks, corpora
from claims.evaluation.claimbuster import CROWDSOURCED, EXPERT, DataError, read_rows
from claims.pipeline.extract import extract
from claims.training import checkworthiness
from claims.training.vectors import MissingTrainingPackages


class Command(BaseCommand):
    """`evaluate_extraction --data PATH [--articles FOLDER] [--json]`."""

    help = "Measure extraction on the data sets under a folder and on labelled articles; only sums are printed."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """At least one of --data and --articles."""
        parser.add_argument("--data", type=Path, help="folder of data sets, or of NAME.txt with NAME.gold.json")
        parser.add_argument("--articles", type=Path, help="folder of NAME.txt with NAME.gold.json")
        parser.add_argument("--cross-validate", action="store_true", help="also retrain five times (a minute)")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure what is there; a folder with nothing to measure is an error."""
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
