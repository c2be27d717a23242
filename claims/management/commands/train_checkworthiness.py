"""Train the check-worthiness model and put it where the pipeline reads it."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.claimbuster import DataError
from claims.pipeline.checkworthiness import MODEL_PATH
from claims.training import checkworthiness
from claims.training.vectors import MissingTrainingPackages


class Command(BaseCommand):
    """`train_checkworthiness --data PATH`: same data, same bytes."""

    help = "Train the check-worthiness model from a ClaimBuster folder; needs requirements/train.lock."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the data are, where the model goes, and its date."""
        parser.add_argument("--data", type=Path, required=True, help="folder with crowdsourced.csv, groundtruth.csv")
        parser.add_argument("--output", type=Path, default=MODEL_PATH, help="model file; its record goes beside it")
        parser.add_argument("--date", default=None, help="date in the record, YYYY-MM-DD (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, write both files, print the record."""
        output: Path = options["output"]
        date = options["date"] or datetime.now(UTC).date().isoformat()
        try:
            trained = checkworthiness.train_folder(options["data"])
        except (DataError, MissingTrainingPackages) as error:
            raise CommandError(str(error)) from error
        record = trained.describe(output.name, date)
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(trained.content)
        output.with_suffix(".json").write_text(record, encoding="utf-8")
        self.stdout.write(record)
