"""Failures of a command that nobody foresaw where they happened, each answered in one sentence with its exit status."""

import errno
import os
import sqlite3
import sys

from falaj.cli.common import EXIT_INVALID, EXIT_UNAVAILABLE, CommandError
from falaj.facts.clock import InvalidDay
from falaj.facts.markup import one_line, visible
from falaj.facts.rows import BadRow
from falaj.sandbox.project_file import InvalidProject

_WRONG_NAMES = (errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR, errno.ENOTDIR)
"""Errors of the system about a name that was given, rather than about the machine."""

_LONGEST_NAME = 100

_MAKE_ROOM = "make room and give permission"

_NOT_DAMAGED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
"""Primary result codes of SQLite, the low byte, that say nothing against the file (sqlite.org/rescode.html)."""


def answer(error: Exception) -> tuple[str, int] | None:
    """Returns sentence and exit status of an expected failure; None for a defect of this package. What the sentence
    quotes commands no terminal."""
    found = _answer(error)
    return None if found is None else (visible(found[0]), found[1])


def _answer(error: Exception) -> tuple[str, int] | None:
    if isinstance(error, CommandError):
        return str(error), error.status
    if isinstance(error, BadRow | InvalidProject | InvalidDay):
        return str(error), EXIT_INVALID
    if isinstance(error, sqlite3.DatabaseError):
        is_whole = getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGED
        fix = _MAKE_ROOM if is_whole else "delete the sandbox's inventory.db, then run `falaj recover` for each stack"
        return f"the inventory of the emulated clouds cannot be read ({error}); {fix}", EXIT_UNAVAILABLE
    if isinstance(error, OSError):
        return _of_system(error)
    return None


def _of_system(error: OSError) -> tuple[str, int]:
    name = one_line(str(error.filename or _unnamed()))
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."
    return (
        f"{shown}: {error.strerror or error}; name another file or folder, or {_MAKE_ROOM}",
        EXIT_INVALID if error.errno in _WRONG_NAMES else EXIT_UNAVAILABLE,
    )


def _unnamed() -> str:
    """Returns what an error without a name is about: a folder that was deleted has none."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return "the current folder"
    return "the output"


def discard_output() -> None:
    """Sends what is still buffered for standard output nowhere: it could not be written, and Python would try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
