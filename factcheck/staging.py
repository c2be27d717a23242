"""Files of a backup, beside the archive until everything else has come back."""

import filecmp
import shutil
import tempfile
from pathlib import Path

from factcheck.errors import Conflict, Invalid


class StagedFiles:
    """A folder next to `root`, on its file system; `move` puts the files in
    their places, `undo` takes back what was moved, and leaving the block
    removes the folder."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._moved: list[Path] = []

    def __enter__(self) -> "StagedFiles":
        self._root.parent.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self._root.parent))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.undo()
        shutil.rmtree(self._folder, ignore_errors=True)

    def append(self, name: str, data: bytes) -> None:
        """The next piece of the file `name`; Invalid outside the archive."""
        if not (self._root / name).resolve().is_relative_to(self._root) or not name:
            raise Invalid(f"The backup names a file outside the archive: {name!r}", code="backup_damaged")
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as file:
            file.write(data)

    def move(self) -> None:
        """Into the archive; Conflict `not_empty` when another file is there."""
        for staged in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            target = self._root / staged.relative_to(self._folder)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                self._moved.append(target)
                staged.replace(target)
            elif not filecmp.cmp(staged, target, shallow=False):
                raise Conflict(f"Another file is in the archive already: {target}", code="not_empty")

    def undo(self) -> None:
        """Remove what was moved, and folders left empty by that."""
        for target in self._moved:
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if not folder.is_relative_to(self._root) or any(folder.iterdir()):
                    break
                folder.rmdir()
        self._moved.clear()
