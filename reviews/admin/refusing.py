"""Model pages of Django's admin that write through services: a refusal is shown
at the form as it was typed, and nothing then says that it went well."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from factcheck.admin_site import ReadOnlyAdmin
from factcheck.errors import DomainError


class ServiceAdmin(ReadOnlyAdmin):
    """A model page whose `save_model` and `delete_model` call a service and let
    its DomainError through."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's; the form again, with the refusal, when the service refuses."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            request.META["desk.refused"] = error.detail
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; one that was refused says why and is not valid."""
        made = super().get_form(request, obj, change=change, **kwargs)
        refused = request.META.get("desk.refused")
        if refused is None:
            return made

        def clean(form: Any) -> dict[str, Any]:
            raise forms.ValidationError(f"Nothing was changed: {refused}")

        return type("RefusedForm", (made,), {"clean": clean})

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """As Django's; back to the row, with the refusal, when the service refuses."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as error:
            messages.error(request, f"Nothing was changed: {error.detail}")
            return HttpResponseRedirect("../change/")
