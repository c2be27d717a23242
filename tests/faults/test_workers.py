"""Workers that are killed by their article, sleep too long, or have a wrong clock."""

import glob
import os
import signal
import time

import pytest

from tests.faults.flood import Flood, texts

pytestmark = pytest.mark.fault
FAULTY = "tests.faults.faulty_settings"
POISONS = {"KILL": "killed or hung", "HANG": "longer than the time limit", "BLOAT": "MemoryError"}


def post(flood: Flood, text: str) -> int:
    before = set(flood.acknowledged)
    flood.post(len(before) + 5000, text, deadline=time.monotonic() + 30)
    [made] = set(flood.acknowledged) - before
    return made


def job_of(product, article: int) -> dict:
    code = (
        "import json; from factcheck.jobs.models import Job; "
        f"j = Job.objects.filter(kind='claims.extract_article', target='{article}').latest('pk'); "
        "print(json.dumps({'state': j.state, 'attempts': j.attempts, 'error': j.error}))"
    )
    return product.shell(code)


@pytest.mark.parametrize("poison", list(POISONS))
def test_a_poison_article_is_given_up_and_harms_only_itself(poison, servers, desk, size, record):
    """A hanging article takes its time limit five times: leases and limits are
    shortened alike in this test, and in no other way is the worker changed."""
    postgres, redis = servers
    product = desk(
        postgres,
        redis,
        DJANGO_SETTINGS_MODULE=FAULTY,
        FAULT_LEASE="8",
        FAULT_SOFT_LIMIT="4",
        WORKER_MEMORY_MB="1024",
    )
    product.start()
    token = product.person("client", "submitter,auditor")
    flood = Flood(product, token)
    bad = post(flood, f"FAULT:{poison} The mayor said 30 people came on Monday.")
    flood.run(texts(size(100, 20)), threads=2)
    del flood.acknowledged[bad]
    assert flood.wait_drained(seconds=180) == []
    deadline = time.monotonic() + 240
    while (found := job_of(product, bad))["state"] != "dead" and time.monotonic() < deadline:
        time.sleep(2)
    status, article, _ = product.request("GET", f"/api/v1/articles/{bad}", token=token)
    record |= {"poison": poison, "good_articles": len(flood.acknowledged), **found, "article": article["status"]}
    assert (found["state"], found["attempts"]) == ("dead", 5)
    assert POISONS[poison] in found["error"]
    assert (status, article["status"]) == (200, "failed")


def test_a_worker_stopped_past_its_lease_and_continued_writes_nothing(servers, desk, record):
    postgres, redis = servers
    product = desk(postgres, redis, DJANGO_SETTINGS_MODULE=FAULTY, FAULT_LEASE="4", FAULT_SECONDS="3")
    product.start("web", "worker", "beat")
    token = product.person("client", "submitter,auditor,checker")
    flood = Flood(product, token)
    slow = post(flood, "FAULT:SLOW The mayor said 30 people came on Monday. Prices fell by 3% in May.")
    time.sleep(1.5)
    product.kill("worker", signal.SIGSTOP)
    product.spawn("worker", name="second")
    assert flood.wait_drained(seconds=60) == []
    before = product.request("GET", f"/api/v1/articles/{slow}/claims", token=token)[1]
    product.kill("worker", signal.SIGCONT)
    time.sleep(6)
    after = product.request("GET", f"/api/v1/articles/{slow}/claims", token=token)[1]
    log = (product.folder / "worker.log").read_text(errors="replace")
    record |= {"claims": len(after["data"]), "sleeper_said": "job.lease_lost" if "job.lease_lost" in log else "nothing"}
    assert after == before
    assert flood.differing() == []
    assert "job.lease_lost" in log
    assert job_of(product, slow)["attempts"] == 2


@pytest.mark.parametrize("offset", ["+2h", "-2h"])
def test_a_worker_whose_clock_is_two_hours_off_causes_nothing(offset, servers, desk, size, record):
    library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    assert library, "libfaketime is not installed: apt-get install -y libfaketime"
    postgres, redis = servers
    product = desk(postgres, redis)
    product.start("web", "beat")
    product.spawn("worker", env={"LD_PRELOAD": library[0], "FAKETIME": offset, "DONT_FAKE_MONOTONIC": "1"})
    product.wait_ready()
    token = product.person("client", "submitter,auditor,checker")
    flood = Flood(product, token)
    flood.run(texts(size(60, 12)))
    assert flood.wait_drained(seconds=90) == []
    assert flood.differing() == []
    record |= {"offset": offset, "articles": len(flood.acknowledged)}
    attempts = {job_of(product, pk)["attempts"] for pk in list(flood.acknowledged)[:5]}
    assert attempts == {1}
    assert os.path.exists(product.folder / "worker.log")
