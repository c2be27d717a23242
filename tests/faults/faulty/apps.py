"""Wraps the extractor with faults."""

import os
import signal
import time

from django.apps import AppConfig


def _misbehave(text: str) -> None:
    if "FAULT:KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "FAULT:HANG" in text:
        while True:
            time.sleep(1)
    if "FAULT:BLOAT" in text:
        hoard = []
        while True:
            hoard.append(bytearray(64 * 1024 * 1024))
    if "FAULT:SLOW" in text:
        time.sleep(float(os.environ.get("FAULT_SECONDS", "5")))


class FaultyConfig(AppConfig):
    """Installed by tests.faults.faulty_settings only."""

    name = "tests.faults.faulty"
    label = "faulty"

    def ready(self) -> None:
        from claims.services import extraction

        sound = extraction.extract

        def faulty(text, info):
            _misbehave(text)
            return sound(text, info)

        extraction.extract = faulty
        if os.environ.get("FAULT_LEASE"):
            from datetime import timedelta

            from factcheck.jobs import runner

            runner.LEASE = timedelta(seconds=float(os.environ["FAULT_LEASE"]))
            runner.BACKOFF = (timedelta(seconds=1),)
