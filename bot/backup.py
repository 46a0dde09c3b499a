"""All databases of a data folder -> a folder that can take its place, while the bot writes to them."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import CannotBackUp, NotBackedUp
from bot.settings import TRY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATABASES = ("bot.db", "library/library.db", "libraries/*/library.db", "libraries/*/discord.db")
"""What is kept. The folder `index` of a library is not: it is made anew from the library."""
_BUSY_TIMEOUT_S = 30.0
_ROOM = 1.1
"""How much room is asked for, of what the databases take: they may grow while they are copied."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made. `failures` names the databases that could not be copied, which are left out."""

    folder: Path
    n_databases: int
    n_bytes: int
    failures: tuple[NotBackedUp, ...] = ()


def back_up(data_dir: Path, target: Path) -> Backup:
    """Copies every database of *data_dir* into the new folder *target*, each as it was at one moment.

    Nobody waits meanwhile: SQLite's online backup reads one state while others write the next. The
    folder takes its name when all is in it, so that a backup that was cut off leaves none. A damaged
    database is left out and named. Raises `CannotBackUp` when there is nothing to copy, *target* is
    there already, the disk is too small, or nothing could be copied.
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotBackUp(f"{target} is there already, and nothing is overwritten. Name a new folder.")
    files = list(_databases(data_dir))
    if not files:
        raise CannotBackUp(f"There is nothing in {data_dir} to back up yet.")
    target.parent.mkdir(parents=True, exist_ok=True)
    _require_room(sum(map(_size, files)), target.parent)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        partial.mkdir(mode=0o700)  # it holds people's questions
        made = _copied(files, data_dir, partial, target)
        if target.exists():
            target.rmdir()  # an empty folder, in whose place this one comes
        partial.rename(target)
        _settle(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return made


def _databases(data_dir: Path) -> Iterator[Path]:
    for folder in (data_dir, data_dir / TRY_FOLDER):
        for pattern in _DATABASES:
            yield from sorted(path for path in folder.glob(pattern) if path.is_file())


def _copied(files: list[Path], data_dir: Path, partial: Path, target: Path) -> Backup:
    failures = []
    n_databases = n_bytes = 0
    for file in files:
        copy = partial / file.relative_to(data_dir)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy(file, copy)
        except sqlite3.Error as error:
            copy.unlink(missing_ok=True)
            if file.exists():  # else its server was left, and its folder deleted, since we looked
                failures.append(NotBackedUp(file, str(error)))
            continue
        n_databases += 1
        n_bytes += _size(copy)
    if failures and not n_databases:
        raise CannotBackUp(f"Nothing could be backed up. {failures[0]}")
    return Backup(target, n_databases, n_bytes, tuple(failures))


def _copy(file: Path, copy: Path) -> None:
    """Copies one database, all pages in one step: in several, each commit would begin it anew."""
    source = f"{file.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True, timeout=_BUSY_TIMEOUT_S)) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
        found = [row[0] for row in new.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError("; ".join(found))


def _require_room(n_bytes: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < n_bytes * _ROOM:
        raise CannotBackUp(
            f"{folder} has {free / 1e6:,.0f} MB free, and the backup needs {n_bytes * _ROOM / 1e6:,.0f} MB."
        )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _settle(folder: Path) -> None:
    """Makes sure that the new name is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
