"""The ClaimBuster sentences as training rows.

A row is check-worthy when its Verdict is 1; 0 is an unimportant factual
sentence, -1 no factual one. Arslan et al., "A Benchmark Dataset of
Check-worthy Factual Claims", ICWSM 2020, CC BY 4.0.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ATTRIBUTION: Final = (
    "ClaimBuster: Arslan, Hassan, Li, Tremayne, A Benchmark Dataset of Check-worthy Factual Claims,"
    " ICWSM 2020, DOI 10.5281/zenodo.3609356, CC BY 4.0"
)
CROWDSOURCED: Final = "crowdsourced.csv"
EXPERT: Final = "groundtruth.csv"


class DataError(ValueError):
    """A data set is missing or is not what its name promises."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence; `debate` groups those said on one evening."""

    text: str
    debate: str
    check_worthy: bool


def read_rows(path: Path) -> list[Row]:
    """Rows of one ClaimBuster CSV file in file order; DataError if unfit."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = [Row(line["Text"], line["File_id"], int(line["Verdict"]) == 1) for line in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"{path}: not a ClaimBuster file ({error!r})") from error
    if not rows:
        raise DataError(f"{path}: no rows")
    return rows


def sentence_key(text: str) -> str:
    """The letters and digits of a sentence: equal keys, the same sentence."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
