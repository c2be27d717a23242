"""Addresses of accounts."""

from django.urls import path

from factcheck.accounts.api import Me

urlpatterns = [path("me", Me.as_view(), name="me")]
