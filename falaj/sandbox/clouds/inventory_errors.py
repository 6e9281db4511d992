"""Errors of the inventory file, in one sentence each that says what to do; and rows that no sandbox has written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

MAKE_ROOM = "make room and give permission"

_AGAIN = "another command uses it; run this again when that has ended"
_DAMAGED = "delete the sandbox's inventory.db, then run `falaj recover` for each stack"

_FIXES = {
    **dict.fromkeys(
        (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH,
         sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG),
        _DAMAGED,
    ),
    **dict.fromkeys(
        (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
         sqlite3.SQLITE_IOERR), MAKE_ROOM,
    ),
    **dict.fromkeys((sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR_NOMEM), "free memory, and run this again"),
}  # fmt: skip
"""Extended or primary result code of SQLite (sqlite.org/rescode.html, read 2026-11-28) -> what to do. Other codes say
nothing against the file: another process holds a lock of it, has changed its tables, or has replaced it."""


def sentence(error: sqlite3.DatabaseError) -> str:
    """Returns what is wrong with the inventory and how to fix it. An error without a code is one of this module, or a
    text that is no UTF-8."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    fix = _FIXES.get(code) or _FIXES.get(code & 0xFF) or _AGAIN
    return f"the inventory of the emulated clouds cannot be read ({error}); {fix}"


def checked(row: Sequence[Any]) -> tuple[Any, ...]:
    """Returns the columns of a resource: key, texts, and its inputs and outputs as mappings.

    Raises `sqlite3.DatabaseError` if a column has another type.
    """
    key, *texts, inputs, outputs, created_at = row
    if type(key) is not int or not all(isinstance(text, str) for text in (*texts, created_at)):
        raise sqlite3.DatabaseError(f"resource {key!r:.20} has a column of another type")
    return (key, *texts, _properties(key, inputs), _properties(key, outputs), created_at)


def _properties(key: int, text: object) -> dict[str, Any]:
    try:
        content = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise sqlite3.DatabaseError(f"the properties of resource {key} are no JSON object")
    return content
