"""What every template may know of the desk."""

from django.conf import settings
from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, object]:
    """The desk's name and address."""
    return {"DESK_NAME": settings.DESK_NAME, "BASE_URL": settings.BASE_URL}
