"""The sign-in form of the admin and the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from factcheck.accounts import throttle


def client_address(request: HttpRequest | None) -> str:
    """The caller's address; behind a trusted proxy the one the proxy appended."""
    if request is None:
        return ""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


class SignInForm(AuthenticationForm):
    """Django's form with a brake on guessing."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        address = client_address(self.request)
        counted = throttle.admit(username=username, address=address)
        if counted is None:
            raise forms.ValidationError(
                "Too many failed attempts. Wait fifteen minutes, or ask an administrator for a new password.",
                code="throttled",
            )
        cleaned = super().clean()
        throttle.forgive(counted)
        return cleaned
