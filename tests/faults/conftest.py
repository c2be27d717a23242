"""What the fault tests share: sizes, products, records."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.product import Product
from tests.harness.records import FULL
from tests.harness.services import MissingService, Postgres, Redis


@pytest.fixture
def size() -> Callable[[int, int], int]:
    """`size(full, reduced)`: the number for this run."""
    return lambda full, reduced: full if FULL else reduced


def _started(*, fsync: bool) -> Iterator[tuple[Postgres, Redis]]:
    try:
        postgres, redis = Postgres(fsync=fsync), Redis()
    except MissingService as error:
        pytest.fail(str(error))
    yield postgres, redis
    redis.stop()
    postgres.stop()


@pytest.fixture
def servers() -> Iterator[tuple[Postgres, Redis]]:
    """A PostgreSQL and a Redis of this test's own."""
    yield from _started(fsync=True)


@pytest.fixture(scope="module")
def shared_servers() -> Iterator[tuple[Postgres, Redis]]:
    """A PostgreSQL and a Redis that a module's tests use one after the other."""
    yield from _started(fsync=False)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Product]]:
    """`desk()` embedded, or `desk(postgres, redis)`; killed at the end."""
    made: list[Product] = []

    def make(postgres: Postgres | None = None, redis: Redis | None = None, **env: str) -> Product:
        product = Product(
            tmp_path / f"desk{len(made)}",
            database_url=postgres.url if postgres else "",
            redis_url=redis.url if redis else "",
            **env,
        )
        made.append(product)
        return product

    yield make
    for product in made:
        product.kill_all()
