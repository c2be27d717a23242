"""What a scale asks for beyond the desk's own rules, as a form of the admin."""

from typing import Any

from django import forms
from django.http import HttpRequest

from factcheck.accounts.models import User
from factcheck.accounts.roles import Role
from factcheck.admin_site import SETTINGS_READERS
from reviews.admin.refusing import ServiceAdmin
from reviews.gate import CHOOSABLE, RULES
from reviews.models import RatingScale
from reviews.services import scales


class PolicyForm(forms.ModelForm[RatingScale]):
    """The two things that can be changed."""

    required_approvals = forms.IntegerField(
        required=False, min_value=1, max_value=scales.MOST_APPROVALS, help_text="Empty: as many as the desk asks for."
    )
    gate_rules = forms.MultipleChoiceField(
        required=False,
        choices=[(code, RULES[code].text) for code in CHOOSABLE],
        widget=forms.CheckboxSelectMultiple,
        label="Further rules of the standards gate",
    )

    class Meta:
        model = RatingScale
        fields = ("required_approvals", "gate_rules")


class RatingScaleAdmin(ServiceAdmin):
    """Rating scales by version; administrators set what each asks for."""

    readers = SETTINGS_READERS
    form = PolicyForm
    fields = ("name", "slug", "version", "default_since", "required_approvals", "gate_rules")
    readonly_fields = ("name", "slug", "version", "default_since")
    list_display = ("name", "slug", "version", "default_since", "required_approvals", "gate_rules")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators only."""
        return bool(isinstance(request.user, User) and Role.ADMINISTRATOR in request.user.roles)

    def save_model(self, request: HttpRequest, obj: RatingScale, form: Any, change: bool) -> None:
        """Through the service, which asks for permission and writes history."""
        chosen = form.cleaned_data
        if isinstance(request.user, User):
            scales.set_policy(
                scale_id=obj.pk,
                required_approvals=chosen["required_approvals"],
                gate_rules=chosen["gate_rules"],
                actor=request.user,
            )
