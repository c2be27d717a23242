"""A backup taken under load comes back whole on the other kind of database."""

import threading
import time

import pytest

from tests.faults.flood import Flood, texts
from tests.harness.product import Product

pytestmark = pytest.mark.fault
COUNT = """
import json
from factcheck import archive
print(json.dumps({m._meta.label: m._default_manager.count() for m in archive.tables()}))
"""


def counts(product: Product) -> dict[str, int]:
    return product.shell(COUNT)


@pytest.mark.parametrize("direction", ["postgresql to sqlite", "sqlite to postgresql"])
def test_a_backup_under_load_restores_on_the_other_database(direction, servers, desk, size, record, tmp_path):
    postgres, redis = servers
    source, target = desk(postgres, redis), desk()
    if direction == "sqlite to postgresql":
        source, target = desk(), desk(postgres, redis)
    source.start()
    token = source.person("client", "submitter,auditor,checker")
    flood = Flood(source, token)
    flood.run(texts(size(100, 10)))
    load = threading.Thread(target=flood.run, args=(texts(size(300, 40))[size(100, 10) :],), kwargs={"pause": 0.05})
    load.start()
    time.sleep(0.5)
    file = tmp_path / "desk.backup"
    acknowledged = set(flood.acknowledged)
    source.manage("backup", str(file))
    load.join()

    target.prepare()
    said = target.manage("restore", str(file))
    restored = counts(target)
    target.start()
    again = Flood(target, target.manage("create_token", "--user", "client").strip())
    ids = target.shell(
        "import json; from claims.models import ArticleRevision as R;"
        "print(json.dumps({r.article_id: r.text for r in R.objects.all()}))"
    )
    again.acknowledged = {int(pk): text for pk, text in ids.items()}
    assert set(again.acknowledged) >= acknowledged
    left = again.wait_drained(seconds=120)
    record |= {
        "direction": direction,
        "articles": len(ids),
        "rows": sum(restored.values()),
        "not_drained": len(left),
        "said": said.strip(),
    }
    assert left == []
    assert again.differing() == []
    assert target.manage("verify_audit", "--json").strip() == "[]"


def test_a_second_backup_of_a_restored_desk_has_the_same_counts(desk, tmp_path):
    source, target = desk(), desk()
    source.start()
    flood = Flood(source, source.person("client", "submitter"))
    flood.run(texts(5))
    assert flood.wait_drained(seconds=60) == []
    source.stop()
    file = tmp_path / "desk.backup"
    source.manage("backup", str(file))
    target.prepare()
    target.manage("restore", str(file))
    assert counts(target) == counts(source)
    with pytest.raises(RuntimeError, match="not empty"):
        target.manage("restore", str(file))
    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(file.read_bytes()[:-200])
    fresh = desk()
    fresh.prepare()
    with pytest.raises(RuntimeError, match="damaged"):
        fresh.manage("restore", str(damaged))
    assert counts(fresh)["claims.Article"] == 0
