"""The product's settings with an extractor that breaks on demand.

Only the fault tests start a worker with these; an article whose text holds a
marker kills, hangs, bloats or slows the process that extracts it.
"""

from factcheck.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.faulty"]  # noqa: F405
