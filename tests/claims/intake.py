"""Files and pages of the intake tests, sound and hostile, and their jobs."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache

import docx

from claims import tasks
from factcheck.jobs.models import Job, JobState

WORDS = "The harbour authority said on Monday that 1,240 ships had called at the port in the first half of the year."
SECOND = "Its director, Maria Oduya, said the figure was 12 per cent above that of the year before and a record."
THIRD = "The new pier, which cost 48 million euros, is to open in March, two years later than planned by the town."

BY_KIND = {
    "claims.fetch_article": tasks.fetch_article,
    "claims.poll_feed": tasks.poll_feed,
    "claims.take_bulk_file": tasks.take_bulk_file,
    "claims.extract_article": tasks.extract_article,
}


def run_jobs(*kinds: str) -> int:
    """Do every waiting job of these kinds, those due later too; how many."""
    done = 0
    for kind in kinds:
        while job := Job.objects.filter(kind=kind, state=JobState.QUEUED).order_by("pk").first():
            Job.objects.filter(pk=job.pk).update(next_run_at=job.created_at)
            assert BY_KIND[kind](job.pk)
            done += 1
    return done


def page(title: str = "Record year for the port", paragraphs: Iterable[str] = (WORDS, SECOND, THIRD), **meta) -> str:
    """A plain article page."""
    told = "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in meta.items())
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{told}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


def word_file(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """A sound .docx."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for text in paragraphs:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, part if entry.filename == name else old.read(entry))
    return file.getvalue()


@cache
def bomb() -> bytes:
    """A .docx whose text unpacks to 100 MiB."""
    return repacked(word_file("x"), "word/document.xml", b"<a>" + bytes(100 * 1_048_576) + b"</a>")


@cache
def laughing() -> bytes:
    """A .docx that declares entities."""
    entities = b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;">]><a>&m;</a>'
    return repacked(word_file("x"), "word/document.xml", entities)


@cache
def packed_zeros(mebibytes: int) -> bytes:
    """A gzip file of nothing but zeros."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1_048_576)) for _ in range(mebibytes)) + packer.flush()


def rss(items: Iterable[dict[str, str]], title: str = "Port news") -> bytes:
    """An RSS feed; an item's keys are its elements."""
    body = "".join(
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in item.items()) + "</item>" for item in items
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>{body}</channel></rss>'.encode()
