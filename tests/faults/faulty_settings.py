"""The product's settings with an extractor that breaks on demand.

Only the fault tests start a worker with these; an article whose text holds a
marker kills, hangs, bloats or slows the process that extracts it. Leases and
limits can be shortened together, so that five attempts fit into a test.
"""

import os

from factcheck.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.faulty"]  # noqa: F405
if "FAULT_SOFT_LIMIT" in os.environ:
    CELERY_TASK_SOFT_TIME_LIMIT = int(os.environ["FAULT_SOFT_LIMIT"])
    CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 2
