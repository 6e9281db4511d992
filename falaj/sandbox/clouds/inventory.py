"""The inventory of the emulated clouds: one SQLite file per sandbox, safe for concurrent threads and processes.

Each change and the rules that allow it run in one IMMEDIATE transaction, so two providers can never both take a bucket
name. The file outlives the engine, which makes drift and leaked resources visible.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from falaj.sandbox.clouds.inventory_errors import checked
from falaj.sandbox.clouds.spec import InventoryItem
from falaj.sandbox.clouds.values import Json, Props, get_path, set_path

_TABLES = """
CREATE TABLE IF NOT EXISTS resources (
  key INTEGER PRIMARY KEY AUTOINCREMENT, cloud TEXT NOT NULL, type TEXT NOT NULL, scope TEXT NOT NULL,
  name TEXT NOT NULL, id TEXT NOT NULL, urn TEXT NOT NULL, inputs TEXT NOT NULL, outputs TEXT NOT NULL,
  created_at TEXT NOT NULL, seed TEXT NOT NULL, soft_deleted INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS by_type_and_id ON resources (type, id);
CREATE INDEX IF NOT EXISTS by_id ON resources (id);
CREATE INDEX IF NOT EXISTS by_type_and_name ON resources (type, name);
CREATE TABLE IF NOT EXISTS handles (cloud TEXT NOT NULL, handle TEXT NOT NULL, key INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS handles_by_handle ON handles (handle);
CREATE INDEX IF NOT EXISTS handles_of ON handles (key);
CREATE TABLE IF NOT EXISTS refs (key INTEGER NOT NULL, path TEXT NOT NULL, handle TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS refs_by_handle ON refs (handle);
CREATE INDEX IF NOT EXISTS refs_of ON refs (key);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_COLUMNS = "key, cloud, type, scope, name, id, urn, inputs, outputs, created_at"
_LOCK_TIMEOUT_SECONDS = 30  # longer than any queue of short transactions on a slow disk


class InventoryTransaction:
    """The inventory inside one transaction; implements `CloudState`. With `cloud` None it covers all clouds."""

    def __init__(self, connection: sqlite3.Connection, cloud: str | None) -> None:
        self._connection = connection
        self._cloud = cloud

    def by_handle(self, handle: str) -> InventoryItem | None:
        """Returns the resource with this id, ARN or other handle, or None."""
        items = self.all_by_handle(handle)
        return items[0] if items else None

    def all_by_handle(self, handle: str) -> list[InventoryItem]:
        """Returns all resources with this id, ARN or other handle, oldest first: a bucket and its policy share one."""
        return self._select("key IN (SELECT key FROM handles WHERE handle = ?)", handle)

    def find(self, type: str, scope: str | None = None, name: str | None = None) -> list[InventoryItem]:
        """Returns all resources of a type, filtered by scope and identity name, oldest first."""
        return self._equal(type=type, scope=scope, name=name)

    def find_in_any_cloud(self, type: str) -> list[InventoryItem]:
        """Returns all resources of a type in every cloud, oldest first."""
        return self._select("type = ?", type, any_cloud=True)

    def by_id(self, type: str, id: str, scope: str | None = None) -> InventoryItem | None:
        """Returns the resource of a type with this id. Without a scope the id must be unique, otherwise None."""
        items = self._equal(type=type, id=id, scope=scope)
        return items[0] if len(items) == 1 or (items and scope is not None) else None

    def all_items(self) -> list[InventoryItem]:
        """Returns all resources, oldest first."""
        return self._select("1")

    def counts(self) -> dict[tuple[str, str], int]:
        """Returns (cloud, type) -> number of resources."""
        rows = self._connection.execute(
            "SELECT cloud, type, COUNT(*) FROM resources WHERE NOT soft_deleted GROUP BY cloud, type"
        )
        return {(cloud, type): count for cloud, type, count in rows}

    def referrers(self, item: InventoryItem, type: str | None = None) -> list[InventoryItem]:
        """Returns all other resources whose inputs refer to one of this resource's handles."""
        users = self._select(
            "key != ? AND cloud = ? AND key IN (SELECT refs.key FROM refs"
            " JOIN handles ON handles.handle = refs.handle WHERE handles.key = ?)",
            item.key,
            item.cloud,
            item.key,
        )
        return [user for user in users if type is None or user.type == type]

    def children(self, id: str) -> list[InventoryItem]:
        """Returns all resources whose id lies below this id."""
        # A range, because SQLite has no index for a prefix; "0" follows "/".
        return self._select("id >= ? AND id < ?", f"{id}/", f"{id}0")

    def references_of(self, item: InventoryItem) -> list[tuple[str, str]]:
        """Returns the references of a resource as (property path, handle)."""
        rows = self._connection.execute("SELECT path, handle FROM refs WHERE key = ?", (item.key,))
        return [(path, handle) for path, handle in rows]

    def soft_deleted(self, type: str, name: str) -> list[InventoryItem]:
        """Returns deleted resources that the cloud retains."""
        return self._select("type = ? AND name = ?", type, name, soft_deleted=True)

    def seed_of(self, item: InventoryItem) -> str:
        """Returns the seed of the random values in a resource's ids and outputs."""
        row = self._connection.execute("SELECT seed FROM resources WHERE key = ?", (item.key,))
        return str(row.fetchone()[0])

    def add(
        self, item: InventoryItem, seed: str, handles: Iterable[str], references: Iterable[tuple[str, str]]
    ) -> InventoryItem:
        """Stores a new resource and returns it as stored; sets `key` and `created_at`."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cursor = self._connection.execute(
            "INSERT INTO resources (cloud, type, scope, name, id, urn, inputs, outputs, created_at, seed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.cloud,
                item.type,
                item.scope,
                item.name,
                item.id,
                item.urn,
                json.dumps(item.inputs),
                json.dumps(item.outputs),
                now,
                seed,
            ),
        )
        key = cursor.lastrowid or 0
        self._link(item.cloud, key, handles, references)
        return self._select("key = ?", key)[0]

    def update(
        self, item: InventoryItem, inputs: Props, outputs: Props, references: Iterable[tuple[str, str]]
    ) -> InventoryItem:
        """Stores the inputs, outputs and references of an updated resource, and returns it as stored."""
        self._connection.execute(
            "UPDATE resources SET inputs = ?, outputs = ? WHERE key = ?",
            (json.dumps(inputs), json.dumps(outputs), item.key),
        )
        self._connection.execute("DELETE FROM refs WHERE key = ?", (item.key,))
        self._link(item.cloud, item.key, (), references)
        return self._select("key = ?", item.key)[0]

    def set_outputs(self, item: InventoryItem, outputs: Props) -> None:
        """Replaces the outputs of a resource."""
        self._connection.execute("UPDATE resources SET outputs = ? WHERE key = ?", (json.dumps(outputs), item.key))

    def remember(self, name: str, value: str) -> None:
        """Records a fact about the clouds that no resource shows."""
        self._connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))

    def recall(self, name: str) -> str | None:
        """Returns a recorded fact, or None."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def tamper(self, item: InventoryItem, path: str, value: Json) -> None:
        """Changes one property outside Pulumi, as a person in the cloud's console does: creates drift."""
        inputs = set_path(item.inputs, path, value) if get_path(item.inputs, path) is not None else item.inputs
        self._connection.execute(
            "UPDATE resources SET inputs = ?, outputs = ? WHERE key = ?",
            (json.dumps(inputs), json.dumps(set_path(item.outputs, path, value)), item.key),
        )

    def delete(self, item: InventoryItem, soft: bool = False) -> None:
        """Deletes a resource; `soft` retains it for `soft_deleted` only."""
        for table in ("handles", "refs"):
            self._connection.execute(f"DELETE FROM {table} WHERE key = ?", (item.key,))  # noqa: S608
        if soft:
            self._connection.execute("UPDATE resources SET soft_deleted = 1 WHERE key = ?", (item.key,))
        else:
            self._connection.execute("DELETE FROM resources WHERE key = ?", (item.key,))

    def _link(self, cloud: str, key: int, handles: Iterable[str], references: Iterable[tuple[str, str]]) -> None:
        self._connection.executemany(
            "INSERT INTO handles (cloud, handle, key) VALUES (?, ?, ?)",
            [(cloud, handle, key) for handle in dict.fromkeys(handles)],
        )
        self._connection.executemany(
            "INSERT INTO refs (key, path, handle) VALUES (?, ?, ?)",
            [(key, path, handle) for path, handle in references],
        )

    def _equal(self, **columns: str | None) -> list[InventoryItem]:
        """Returns resources with these values; None does not filter. SQLite uses an index for plain equality only."""
        filters = {column: value for column, value in columns.items() if value is not None}
        return self._select(" AND ".join(f"{column} = ?" for column in filters), *filters.values())

    def _select(
        self, where: str, *values: object, soft_deleted: bool = False, any_cloud: bool = False
    ) -> list[InventoryItem]:
        cloud = None if any_cloud else self._cloud
        in_cloud = "" if cloud is None else " AND cloud = ?"
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM resources WHERE ({where}) AND soft_deleted = ?{in_cloud} ORDER BY key",  # noqa: S608
            (*values, int(soft_deleted), *([] if cloud is None else [cloud])),
        )
        return [InventoryItem(*checked(row)) for row in rows]


class Inventory:
    """The inventory file. Opens one connection per thread; creates the tables in a new file."""

    def __init__(self, path: Path, cloud: str | None = None) -> None:
        self.path = path
        self.cloud = cloud
        self._local = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.transaction():
            self.salt = self._fact("salt", secrets.token_hex(16))

    @contextmanager
    def transaction(self) -> Iterator[InventoryTransaction]:
        """Opens a transaction: commits everything, or nothing if the block raises."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield InventoryTransaction(connection, self.cloud)
        except BaseException:
            if connection.in_transaction:  # SQLite rolls back by itself when the disk is full
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Closes this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self.path.exists():
                self.path.touch(mode=0o600)  # SQLite gives its log files the mode of the file
            connection = sqlite3.connect(self.path, timeout=_LOCK_TIMEOUT_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            # Losing a transaction in a power failure is acceptable; a disk flush per resource is too slow.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
            _upgrade(connection)
            self._local.connection = connection
        return connection

    def _fact(self, name: str, default: str) -> str:
        connection = self._connection()
        connection.execute("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)", (name, default))
        return str(connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()[0])


def _upgrade(connection: sqlite3.Connection) -> None:
    """Renames the column `buried` of a file that an older version has written to `soft_deleted`."""
    if not _has_old_column(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    if _has_old_column(connection):  # another process may have been faster
        connection.execute("ALTER TABLE resources RENAME COLUMN buried TO soft_deleted")
    connection.execute("COMMIT")


def _has_old_column(connection: sqlite3.Connection) -> bool:
    return any(column[1] == "buried" for column in connection.execute("PRAGMA table_info(resources)"))
