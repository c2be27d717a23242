"""Score sentences from standard input, one a line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.pipeline.checkworthiness import MODEL_PATH, ModelError, load_model, score_text


class Command(BaseCommand):
    """`score_sentences < lines`: one probability a line, in order."""

    help = "Print the check-worthiness of every line of standard input (an empty line scores 0)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another model than the shipped one; reasons beside the score."""
        parser.add_argument("--model", type=Path, default=MODEL_PATH)
        parser.add_argument("--reasons", action="store_true", help="add the reasons, after a tab")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read as UTF-8; a byte that is none becomes U+FFFD."""
        try:
            model = load_model(options["model"])
        except ModelError as error:
            raise CommandError(str(error)) from error
        for line in sys.stdin.buffer:
            score = score_text(line.decode(errors="replace").rstrip("\r\n"), model)
            reasons = "; ".join(reason.text for reason in score.reasons)
            self.stdout.write(f"{score.value:.4f}\t{reasons}" if options["reasons"] else f"{score.value:.4f}")
