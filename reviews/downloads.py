"""Archived bytes as a file to be saved: never shown as a page of the desk."""

from django.http import HttpResponse

from reviews import archives


def file_of(pk: int) -> HttpResponse:
    """A copy as a download that no browser runs."""
    copy = archives.snapshot(pk)
    headers = {
        "Content-Disposition": f'attachment; filename="copy-{copy.pk}.bin"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(archives.bytes_of(copy), content_type="application/octet-stream", headers=headers)
