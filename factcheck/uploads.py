"""Files that people send: how large a request with one may be."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from factcheck.errors import TooLarge


class Limited(FileUploadHandler):
    """Refuses a request that is too large before a byte of it is read.

    What a request says of its length is also where its reading ends.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 # Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """TooLarge by the length the request gives."""
        if content_length > settings.MAX_UPLOAD_BYTES:
            raise TooLarge(f"The request is larger than the {settings.MAX_UPLOAD_BYTES:,} bytes the desk takes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Left to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Left to the next handler."""
        return None
