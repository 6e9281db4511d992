"""Failures of a command that nobody foresaw where they happened, each answered in one sentence with its exit status."""

import errno
import os
import sqlite3
import sys

from falaj.cli.common import EXIT_INVALID, EXIT_UNAVAILABLE, CommandError
from falaj.facts.clock import InvalidDay
from falaj.facts.markup import one_line, visible
from falaj.facts.rows import BadRow
from falaj.sandbox.clouds import inventory_errors
from falaj.sandbox.project_file import InvalidProject

_WRONG_NAMES = (errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR, errno.ENOTDIR)
"""Errors of the system about a name that was given, rather than about the machine."""

_LONGEST_NAME = 100


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
        return inventory_errors.sentence(error), EXIT_UNAVAILABLE
    if isinstance(error, OSError):
        return _of_system(error)
    return None


def _of_system(error: OSError) -> tuple[str, int]:
    name = one_line(str(error.filename or _unnamed()))
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."
    return (
        f"{shown}: {error.strerror or error}; name another file or folder, or {inventory_errors.MAKE_ROOM}",
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
