"""DuckDB as the engine that reads and sums cost exports: larger than memory, offline, and confined to the files given.

Version 2.0.1 (MIT) has CSV, gzip, Parquet, JSON and time zones compiled in (`duckdb_extensions()`, 2026-11-27), so no
extension is ever needed, and none may be downloaded.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY_LIMIT = "1200MB"
"""Memory of the engine. The process stays below 2 GB with it; what does not fit is written to the folder."""

THREADS = 2
"""Each thread needs memory of its own for reading: more of them are slower within the limit."""

SMALL = 2**22
"""Bytes of all files up to which one thread reads them: it takes less time than handing work over to another does."""


def connect(folder: Path, files: Iterable[Path]) -> "DuckDBPyConnection":
    """Opens a database in memory that writes what exceeds the limit to a temporary folder. It can read `files` and the
    folder, and nothing else: no other file, no network, no extension.
    """
    import duckdb

    files = list(files)
    size = sum(file.stat().st_size for file in files)
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": 1 if size <= SMALL else THREADS,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    connection.execute("ATTACH ':memory:' AS compressed (COMPRESS)")
    connection.execute("USE compressed")
    for setting, value in (
        ("TimeZone", "'UTC'"),
        ("allowed_paths", text_list(str(file) for file in files)),
        ("allowed_directories", text_list([str(folder)])),
        ("enable_external_access", "false"),
        ("enable_progress_bar", "false"),
    ):
        connection.execute(f"SET {setting} = {value}")
    return connection


def text(value: str) -> str:
    """Returns a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """Returns the name of a column as an SQL identifier."""
    return '"' + value.replace('"', '""') + '"'


def text_list(values: Iterable[str]) -> str:
    """Returns texts as an SQL list."""
    return f"[{', '.join(text(value) for value in values)}]"
