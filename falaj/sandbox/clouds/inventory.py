"""What exists in the emulated clouds: one SQLite file a sandbox, safe under many threads and processes.

Every change happens in one IMMEDIATE transaction with the rules that allow it, so two providers can never
both take a bucket name. The file outlives the engine: drift and leaks can be seen in it.
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

from falaj.sandbox.clouds.rows import Resource
from falaj.sandbox.clouds.values import Json, Props, at, put

_TABLES = """
CREATE TABLE IF NOT EXISTS resources (
  key INTEGER PRIMARY KEY AUTOINCREMENT, cloud TEXT NOT NULL, type TEXT NOT NULL, scope TEXT NOT NULL,
  name TEXT NOT NULL, id TEXT NOT NULL, urn TEXT NOT NULL, inputs TEXT NOT NULL, outputs TEXT NOT NULL,
  created_at TEXT NOT NULL, seed TEXT NOT NULL, buried INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS by_type_and_id ON resources (type, id);
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
_WAIT_SECONDS = 30  # longer than any queue of short transactions on a slow disk


class Ledger:
    """The inventory inside one transaction; the `World` of the rules. `cloud` None sees every cloud."""

    def __init__(self, connection: sqlite3.Connection, cloud: str | None) -> None:
        self._connection = connection
        self._cloud = cloud

    def by_handle(self, handle: str) -> Resource | None:
        """The resource known by an id, ARN or other handle."""
        found = self._select("key IN (SELECT key FROM handles WHERE handle = ?)", handle)
        return found[0] if found else None

    def find(self, type: str, scope: str | None = None, name: str | None = None) -> list[Resource]:
        """Every resource of a type, narrowed by scope and identity name, oldest first."""
        return self._equal(type=type, scope=scope, name=name)

    def in_any_cloud(self, type: str) -> list[Resource]:
        """Every resource of a type, in whichever cloud, oldest first."""
        return self._select("type = ?", type, any_cloud=True)

    def by_id(self, type: str, id: str, scope: str | None = None) -> Resource | None:
        """The resource of a type with an id. Without a scope it must be the only one of that id."""
        found = self._equal(type=type, id=id, scope=scope)
        return found[0] if len(found) == 1 or (found and scope is not None) else None

    def everything(self) -> list[Resource]:
        """Every resource, oldest first."""
        return self._select("1")

    def counts(self) -> dict[tuple[str, str], int]:
        """(cloud, type) -> how many exist."""
        rows = self._connection.execute(
            "SELECT cloud, type, COUNT(*) FROM resources WHERE NOT buried GROUP BY cloud, type"
        )
        return {(cloud, type): count for cloud, type, count in rows}

    def referring(self, resource: Resource, type: str | None = None) -> list[Resource]:
        """Every other resource whose inputs mention one of this resource's handles."""
        found = self._select(
            "key != ? AND cloud = ? AND key IN (SELECT refs.key FROM refs"
            " JOIN handles ON handles.handle = refs.handle WHERE handles.key = ?)",
            resource.key,
            resource.cloud,
            resource.key,
        )
        return [user for user in found if type is None or user.type == type]

    def inside(self, id: str) -> list[Resource]:
        """Every resource whose id begins with another id and a slash."""
        return self._select("substr(id, 1, ?) = ?", len(id) + 1, f"{id}/")

    def references_of(self, resource: Resource) -> list[tuple[str, str]]:
        """(property path, handle) of everything a resource refers to."""
        rows = self._connection.execute("SELECT path, handle FROM refs WHERE key = ?", (resource.key,))
        return [(path, handle) for path, handle in rows]

    def buried(self, type: str, name: str) -> list[Resource]:
        """Deleted resources that the cloud still keeps."""
        return self._select("type = ? AND name = ?", type, name, buried=True)

    def seed_of(self, resource: Resource) -> str:
        """What the random parts of a resource's ids and outputs were made from."""
        row = self._connection.execute("SELECT seed FROM resources WHERE key = ?", (resource.key,))
        return str(row.fetchone()[0])

    def add(
        self, resource: Resource, seed: str, handles: Iterable[str], references: Iterable[tuple[str, str]]
    ) -> Resource:
        """Keep a new resource (its `key` and `created_at` are set here) and return it as kept."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        cursor = self._connection.execute(
            "INSERT INTO resources (cloud, type, scope, name, id, urn, inputs, outputs, created_at, seed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                resource.cloud,
                resource.type,
                resource.scope,
                resource.name,
                resource.id,
                resource.urn,
                json.dumps(resource.inputs),
                json.dumps(resource.outputs),
                now,
                seed,
            ),
        )
        key = cursor.lastrowid or 0
        self._link(resource.cloud, key, handles, references)
        return self._select("key = ?", key)[0]

    def change(
        self, resource: Resource, inputs: Props, outputs: Props, references: Iterable[tuple[str, str]]
    ) -> Resource:
        """Replace what is kept of a resource after an update, and return it as kept."""
        self._connection.execute(
            "UPDATE resources SET inputs = ?, outputs = ? WHERE key = ?",
            (json.dumps(inputs), json.dumps(outputs), resource.key),
        )
        self._connection.execute("DELETE FROM refs WHERE key = ?", (resource.key,))
        self._link(resource.cloud, resource.key, (), references)
        return self._select("key = ?", resource.key)[0]

    def edit(self, resource: Resource, outputs: Props) -> None:
        """Replace the outputs of a resource."""
        self._connection.execute("UPDATE resources SET outputs = ? WHERE key = ?", (json.dumps(outputs), resource.key))

    def tamper(self, resource: Resource, path: str, value: Json) -> None:
        """Change one property behind Pulumi's back, as a person in the cloud's console would."""
        inputs = put(resource.inputs, path, value) if at(resource.inputs, path) is not None else resource.inputs
        self._connection.execute(
            "UPDATE resources SET inputs = ?, outputs = ? WHERE key = ?",
            (json.dumps(inputs), json.dumps(put(resource.outputs, path, value)), resource.key),
        )

    def drop(self, resource: Resource, bury: bool = False) -> None:
        """Forget a resource; `bury` keeps it where only `buried` finds it."""
        for table in ("handles", "refs"):
            self._connection.execute(f"DELETE FROM {table} WHERE key = ?", (resource.key,))  # noqa: S608
        statement = "UPDATE resources SET buried = 1 WHERE key = ?" if bury else "DELETE FROM resources WHERE key = ?"
        self._connection.execute(statement, (resource.key,))

    def _link(self, cloud: str, key: int, handles: Iterable[str], references: Iterable[tuple[str, str]]) -> None:
        self._connection.executemany(
            "INSERT INTO handles (cloud, handle, key) VALUES (?, ?, ?)",
            [(cloud, handle, key) for handle in dict.fromkeys(handles)],
        )
        self._connection.executemany(
            "INSERT INTO refs (key, path, handle) VALUES (?, ?, ?)",
            [(key, path, handle) for path, handle in references],
        )

    def _equal(self, **columns: str | None) -> list[Resource]:
        """The resources with these values; None narrows nothing. Only plain equality lets SQLite use an index."""
        known = {column: value for column, value in columns.items() if value is not None}
        return self._select(" AND ".join(f"{column} = ?" for column in known), *known.values())

    def _select(self, where: str, *values: object, buried: bool = False, any_cloud: bool = False) -> list[Resource]:
        cloud = None if any_cloud else self._cloud
        seen = "" if cloud is None else " AND cloud = ?"
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM resources WHERE ({where}) AND buried = {int(buried)}{seen} ORDER BY key",  # noqa: S608
            (*values, *([] if cloud is None else [cloud])),
        )
        return [
            Resource(*row[:7], inputs=json.loads(row[7]), outputs=json.loads(row[8]), created_at=row[9]) for row in rows
        ]


class Inventory:
    """The file. Opens one connection a thread; makes the tables when the file is new."""

    def __init__(self, path: Path, cloud: str | None = None) -> None:
        self.path = path
        self.cloud = cloud
        self._local = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self.transaction():
            self.salt = self._fact("salt", secrets.token_hex(16))

    @contextmanager
    def transaction(self) -> Iterator[Ledger]:
        """One unit of work: all of it is kept, or, when the block raises, nothing."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield Ledger(connection, self.cloud)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            # A lost transaction after a power cut is worth less than a disk flush for every resource.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
            self._local.connection = connection
        return connection

    def _fact(self, name: str, default: str) -> str:
        connection = self._connection()
        connection.execute("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)", (name, default))
        return str(connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()[0])
