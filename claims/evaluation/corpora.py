"""The development data sets as plain values; none of their text is kept.

Each reader takes the folder of one set and raises DataError when it is not
what its name promises. Licences stand in docs/extraction.md.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.evaluation.claimbuster import DataError, sentence_key
from claims.evaluation.measures import Span


@dataclass(frozen=True, slots=True)
class Debate:
    """One debate or speech: sentences in order, True where one was checked."""

    name: str
    sentences: tuple[str, ...]
    checked: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A text with its sentences as spans, in order."""

    name: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A news page as it was served, and the article a person saw in it."""

    url: str
    content: bytes
    article: str


def read_debates(folder: Path, seen: frozenset[str] = frozenset()) -> tuple[list[Debate], int]:
    """Debates of CheckThat! 2019 without the sentences whose key is in `seen`.

    Returns them with the number of sentences left out.
    """
    debates, left_out = [], 0
    for path in _files(folder, "*.tsv"):
        sentences, checked = [], []
        for line in path.read_text(encoding="utf-8").split("\n"):
            fields = line.split("\t")
            if len(fields) != 4:
                continue
            if sentence_key(fields[2]) in seen:
                left_out += 1
                continue
            sentences.append(fields[2])
            checked.append(fields[3].strip() == "1")
        debates.append(Debate(path.stem, tuple(sentences), tuple(checked)))
    return debates, left_out


def read_wikinews(folder: Path) -> list[SegmentedDocument]:
    """GUM documents: paragraphs parted by a blank line, sentences by a space."""
    return [_segmented(path) for path in _files(folder / "conllu", "*.conllu")]


def _segmented(path: Path) -> SegmentedDocument:
    text = ""
    sentences: list[Span] = []
    starts_paragraph = False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if re.match(r"# newpar\s*$", line):
            starts_paragraph = True
        elif line.startswith("# text = "):
            sentence = line.removeprefix("# text = ").strip()
            text += ("\n\n" if starts_paragraph else " ") if text else ""
            sentences.append((len(text), len(text) + len(sentence)))
            text += sentence
            starts_paragraph = False
    if not sentences:
        raise DataError(f"{path}: no sentences")
    return SegmentedDocument(path.stem, text, tuple(sentences))


def read_pages(folder: Path) -> Iterator[Page]:
    """Pages with their article; pages whose file is not there are left out."""
    try:
        truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{folder}: no ground truth ({error!r})") from error
    for name in sorted(truth):
        path = folder / "html" / f"{name}.html.gz"
        if path.exists():
            yield Page(truth[name]["url"], gzip.decompress(path.read_bytes()), truth[name]["articleBody"])


def _files(folder: Path, pattern: str) -> list[Path]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise DataError(f"{folder}: no {pattern}")
    return paths
