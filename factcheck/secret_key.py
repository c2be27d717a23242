"""The embedded default makes its own key at its first start."""

import os
import secrets
from pathlib import Path


def made_secret_key(path: Path) -> str:
    """The key in that file, made when there is none; of two that start at once
    both get the one that was first."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(secrets.token_urlsafe(64))
        try:
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
        return path.read_text().strip()
