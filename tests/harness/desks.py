"""A product on whatever databases the suite runs on, each with its own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.harness.product import Product


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    """A fresh database on the server of `url`, dropped afterwards."""
    name = f"desk_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def running_desk(folder: Path, *roles: str, **env: str) -> Iterator[Product]:
    """A started product: embedded, or on the suite's PostgreSQL and Redis."""
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not database_url:
        yield from _run(Product(folder / "desk", **env), roles)
        return
    own_redis = urlunsplit(urlsplit(redis_url)._replace(path=f"/{secrets.randbelow(15) + 1}"))
    with _own_database(database_url) as own:
        yield from _run(Product(folder / "desk", database_url=own, redis_url=own_redis, **env), roles)


def _run(product: Product, roles: tuple[str, ...]) -> Iterator[Product]:
    try:
        product.start(*roles)
        yield product
    finally:
        product.kill_all()
