"""The files of a sandbox as inputs: the inventory of the emulated clouds, and the state of a stack.

An engine that does what these commands need of the real one stands in for it: it reads a state with the types of
`apitype.DeploymentV3` (Pulumi SDK 3.259.0, sdk/go/common/apitype/core.go), and prints it.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from falaj.sandbox import session
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem
from falaj.sandbox.toolchain import Engine

STACK = "dev"
STATE = f"state/.pulumi/stacks/demo/{STACK}.json"
_BUCKET, _VPC = "aws:s3/bucket:Bucket", "aws:ec2/vpc:Vpc"
_STACK_URN = f"urn:pulumi:{STACK}::demo::pulumi:pulumi:Stack::demo-{STACK}"
_PROVIDER_URN = f"urn:pulumi:{STACK}::demo::pulumi:providers:aws::uae"
_PROVIDER = f"{_PROVIDER_URN}::0a"
_SCOPE = "123456789012/me-central-1"


def _item(kind: str, name: str, **inputs: Any) -> InventoryItem:
    urn = f"urn:pulumi:{STACK}::demo::{kind}::{name}"
    return InventoryItem(0, "aws", kind, _SCOPE, name, name, urn, inputs, {**inputs, "arn": f"arn:{name}"}, "")


ITEMS = (_item(_BUCKET, "logs", bucket="logs", tags={"owner": "a"}), _item(_VPC, "vpc-1", cidrBlock="10.0.0.0/16"))


def _row(item: InventoryItem) -> dict[str, Any]:
    return {"urn": item.urn, "custom": True, "id": item.id, "type": item.type, "provider": _PROVIDER,
            "inputs": item.inputs, "outputs": item.outputs}  # fmt: skip


def _provider() -> dict[str, Any]:
    return {"urn": _PROVIDER_URN, "custom": True, "id": "0a", "type": "pulumi:providers:aws",
            "inputs": {"region": "me-central-1"}, "outputs": {"region": "me-central-1"}}  # fmt: skip


CHECKPOINT: Mapping[str, Any] = {
    "version": 3,
    "checkpoint": {
        "stack": f"organization/demo/{STACK}",
        "latest": {
            "manifest": {"time": "2026-11-20T10:00:00Z", "magic": "", "version": "v3.259.0"},
            "resources": [
                {"urn": _STACK_URN, "custom": False, "type": "pulumi:pulumi:Stack", "outputs": {}},
                _provider(), _row(ITEMS[0]),
            ],
            "pending_operations": [{"type": "creating", "resource": {**_row(ITEMS[1]), "id": ""}}],
        },
    },
}  # fmt: skip
"""A state that lacks one of the two resources of the clouds, whose create was interrupted."""


def write_inventory(file: Path) -> None:
    """Writes the inventory of clouds with two resources."""
    inventory = Inventory(file)
    with inventory.transaction() as transaction:
        for item in ITEMS:
            transaction.add(item, "seed", [item.id, f"arn:{item.name}"], [("vpcId", "vpc-1")])
        transaction.remember("fact", "value")
    inventory.close()


def inventory_content() -> dict[str, list[dict[str, Any]]]:
    """Returns table -> rows of a valid inventory; properties of resources are nested."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "inventory.db"
        write_inventory(file)
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.row_factory = sqlite3.Row
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {
                name: [
                    {key: _nested(key, row[key]) for key in tuple(row.keys())}
                    for row in connection.execute(f"SELECT * FROM {name}")  # noqa: S608
                ]
                for name in tables
                if not name.startswith("sqlite_")
            }


def _nested(column: str, value: Any) -> Any:
    return json.loads(value) if column in ("inputs", "outputs") else value


def as_inventory(content: Any) -> bytes:
    """Returns an SQLite file with the tables of a content that may have any form."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for table, rows in content.items() if isinstance(content, dict) else ():
            kept = [row for row in rows if isinstance(row, dict) and row] if isinstance(rows, list) else []
            columns = list(dict.fromkeys(_name(key) for row in kept for key in row)) or ['"none"']
            with contextlib.suppress(sqlite3.Error):  # such as two names that are one to SQLite
                connection.execute(f"CREATE TABLE {_name(table)} ({', '.join(columns)})")
                _insert(connection, _name(table), kept)
        return connection.serialize()


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[Any, Any]]) -> None:
    for row in rows:
        columns, marks = ", ".join(map(_name, row)), ", ".join("?" * len(row))
        values = [_value(value) for value in row.values()]
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _name(name: Any) -> str:
    text = str(name).encode("utf-8", "replace").decode().replace("\0", "0").replace('"', '""')
    return f'"{text}"'


def _value(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, default=str)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


CLOUDS = inventory_content()
COMPANIONS = {
    f"{project}/{name}": content
    for project in ("clouds", "stack", "first")
    for name, content in {
        "Pulumi.yaml": lambda: b"name: demo\nruntime: python\n",
        f"Pulumi.{STACK}.yaml": bytes,
        f".falaj/{STATE}": lambda: json.dumps(CHECKPOINT).encode(),
        ".falaj/inventory.db": lambda: as_inventory(CLOUDS),
    }.items()
}
"""Projects with a sandbox each, of which one file is spoiled."""


@contextlib.contextmanager
def kept_clean(file: Path) -> Iterator[None]:
    """Brings the sandbox of a file in order after a command: no logs of SQLite's for the next file, no file missing."""
    sandbox = next(folder for folder in file.parents if folder.name == ".falaj")
    yield
    for part in sandbox.glob("inventory.db*"):  # a connection that is still open keeps what it has
        part.unlink()
    (sandbox / "inventory.db").write_bytes(as_inventory(CLOUDS))
    (sandbox / STATE).parent.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def engine_stands_in(file: Path) -> Iterator[None]:
    """Lets the sandbox of a file run an engine that stands in for the real one."""
    engine = Engine(Path("/nowhere/pulumi"), "3.259.0", "a stand-in")
    with (
        kept_clean(file),
        mock.patch.object(session, "find_engine", return_value=engine),
        mock.patch.object(session, "run_engine", _answered),
    ):
        yield


@contextlib.contextmanager
def interrupted_first_up(file: Path) -> Iterator[None]:
    """As `engine_stands_in`, after a first `up` of `falaj tour` that was killed."""
    marker = next(folder for folder in file.parents if folder.name == ".falaj") / "first-up-under-way"
    marker.touch()
    with engine_stands_in(file):
        yield
    marker.unlink(missing_ok=True)


def _answered(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], quiet: bool, lock: object
) -> CompletedProcess[str]:
    file = folder / ".falaj" / STATE
    if "init" in command:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"checkpoint": {"latest": None}}))
    if "import" in command:
        deployment = json.loads(Path(command[-1]).read_text("utf-8"))["deployment"]
        file.write_text(json.dumps({"checkpoint": {"latest": deployment}}))
    if command[1:3] != ["stack", "export"]:
        return CompletedProcess(command, 0, "", "")
    try:
        latest = _typed(json.loads(file.read_text("utf-8"))["checkpoint"]["latest"] or {}, _DEPLOYMENT)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        return CompletedProcess(command, 255, "", f"error: could not deserialize deployment: {error}")
    return CompletedProcess(command, 0, json.dumps({"version": 3, "deployment": latest}), "")


_TEXT, _TRUTH, _PROPERTIES = "", False, {"": None}
_RESOURCE = {"urn": _TEXT, "custom": _TRUTH, "id": _TEXT, "type": _TEXT, "external": _TRUTH, "provider": _TEXT,
             "inputs": _PROPERTIES, "outputs": _PROPERTIES}  # fmt: skip
_DEPLOYMENT = {"resources": [_RESOURCE], "pending_operations": [{"type": _TEXT, "resource": _RESOURCE}]}
_ALWAYS = {"urn": "", "custom": False, "type": "", "resource": {}}
"""Fields that the engine always writes; it leaves others out if they are empty."""


def _typed(value: Any, form: Any) -> Any:
    """Returns a value as the engine reads and writes it: what is null or missing is empty. Raises `TypeError`."""
    if value is None:
        return type(form)()
    if not isinstance(value, type(form)):
        raise TypeError(f"{value!r:.40} is no {type(form).__name__}")
    if isinstance(value, list):
        return [_typed(each, form[0]) for each in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if not isinstance(form, dict) or form is _PROPERTIES:
        return value
    typed = {key: _typed(value.get(key, _ALWAYS.get(key)), inner) for key, inner in form.items()}
    return {key: each for key, each in typed.items() if each or key in _ALWAYS}
