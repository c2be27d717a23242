"""Addresses of jobs."""

from django.urls import path

from factcheck.jobs.api import JobDetail

urlpatterns = [path("jobs/<int:pk>", JobDetail.as_view(), name="job")]
