"""What a sandbox answers to files of its own that were cut, replaced or locked."""

import contextlib
import dataclasses
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.failures import answer
from falaj.sandbox import checkpoints
from falaj.sandbox.clouds import inventory_errors
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.plugin import _sentence
from tests.unit.cli import sandbox_files as sandbox

GOOD = json.dumps(sandbox.CHECKPOINT)
DAMAGED = ("", "[" * 20_000, "5", '{"checkpoint": 5}', GOOD[:300])


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The file of a stack's state in a sandbox whose clouds have the stack's resources."""
    folder = tmp_path / "project" / ".falaj"
    file = folder / sandbox.STATE
    file.parent.mkdir(parents=True)
    file.write_text(GOOD)
    sandbox.write_inventory(folder / "inventory.db")
    (folder.parent / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    (folder.parent / f"Pulumi.{sandbox.STACK}.yaml").touch()
    return file


def recovered(state: Path, *options: str) -> tuple[int, str]:
    """Returns exit status and output of `falaj recover`."""
    project = state.parents[5]
    with sandbox.engine_stands_in(state):
        done = CliRunner().invoke(app, ["recover", "--stack", sandbox.STACK, "--project", str(project), *options])
    failure = answer(done.exception) if isinstance(done.exception, Exception) else None
    assert failure is not None or isinstance(done.exception, SystemExit | None), done.exception
    return (failure[1], done.stdout + failure[0]) if failure else (done.exit_code, done.stdout)


@pytest.mark.parametrize("content", DAMAGED)
def test_the_previous_state_takes_the_place_of_a_damaged_one(state: Path, content: str) -> None:
    state.write_text(content)
    state.with_suffix(".json.attrs").write_text(content)
    state.with_suffix(".json.bak").write_text(GOOD)
    assert checkpoints.repair(state)
    assert state.read_text() == GOOD
    assert state.with_suffix(".json.attrs").exists() is (content in ("5", '{"checkpoint": 5}'))
    assert not checkpoints.repair(state)


@pytest.mark.parametrize("content", DAMAGED)
@pytest.mark.parametrize("previous", [None, "{"])
def test_a_damaged_state_without_a_previous_one_is_one_sentence(
    state: Path, content: str, previous: str | None
) -> None:
    state.write_text(content)
    if previous is not None:
        state.with_suffix(".json.bak").write_text(previous)
    status, output = recovered(state)
    assert status == 3
    assert "the state cannot be read, and no previous one" in output


@pytest.mark.parametrize("resources", [5, [5], [[]]])
def test_resources_of_another_form_are_no_state(state: Path, resources: Any) -> None:
    state.write_text(json.dumps({"checkpoint": {"latest": {"resources": resources}}}))
    with pytest.raises(ValueError, match="resources are no list of objects"):
        checkpoints.resources(state)


def _with(state: Path, **changes: Any) -> None:
    content = json.loads(GOOD)
    content["checkpoint"]["latest"] |= changes
    state.write_text(json.dumps(content))


RANDOM = {"urn": f"urn:pulumi:{sandbox.STACK}::demo::random:index/randomId:RandomId::a", "custom": True,
          "type": "random:index/randomId:RandomId"}  # fmt: skip


def test_a_resource_without_an_emulated_cloud_is_not_looked_for_in_the_clouds(state: Path) -> None:
    resources = sandbox.CHECKPOINT["checkpoint"]["latest"]["resources"]
    _with(state, resources=[*resources, {**RANDOM, "id": "b"}])
    assert recovered(state)[0] == 0
    _with(state, pending_operations=[{"type": "creating", "resource": RANDOM}])
    status, output = recovered(state)
    assert status == 1
    assert f"ambiguous: {RANDOM['urn']}: no emulated cloud has it" in output


def test_of_two_providers_that_of_most_resources_takes_what_the_state_lacks(state: Path) -> None:
    stack, provider, bucket = sandbox.CHECKPOINT["checkpoint"]["latest"]["resources"]
    other = {**provider, "urn": f"{provider['urn']}-other", "id": "0b"}
    for first, second in ((provider, other), (other, provider)):
        _with(state, resources=[stack, first, second, bucket], pending_operations=[])
        assert recovered(state)[0] == 0
        rows = json.loads(state.read_text())["checkpoint"]["latest"]["resources"]
        assert rows[-1]["type"] == "aws:ec2/vpc:Vpc"
        assert rows[-1]["provider"] == bucket["provider"]


def test_what_a_stack_only_reads_is_not_missing(state: Path) -> None:
    """The emulated clouds answer for the nodes of a cluster that exists, and keep none."""
    provider = sandbox.CHECKPOINT["checkpoint"]["latest"]["resources"][1]
    node = {"urn": f"urn:pulumi:{sandbox.STACK}::demo::kubernetes:core/v1:Node::a", "custom": True, "external": True,
            "type": "kubernetes:core/v1:Node", "id": "a", "provider": f"{provider['urn']}::0a"}  # fmt: skip
    resources = sandbox.CHECKPOINT["checkpoint"]["latest"]["resources"]
    _with(state, resources=[*resources, node])
    assert recovered(state)[0] == 0
    _with(state, resources=[*resources, {**node, "external": False}])
    assert "in the state but not in the cloud: kubernetes:core/v1:Node a" in recovered(state)[1]


def test_of_one_id_in_two_scopes_the_one_that_no_state_has_is_an_orphan(state: Path) -> None:
    """Such as a job of one name in two clusters. Its stack is gone, so that nothing adopts it."""
    bucket = sandbox.ITEMS[0]
    other = dataclasses.replace(bucket, scope="elsewhere", urn=bucket.urn.replace(":dev::", ":gone::"))
    with Inventory(state.parents[4] / "inventory.db").transaction() as transaction:
        transaction.add(other, "seed", [other.id], [])
    status, output = recovered(state)
    assert status == 1
    delete = f"falaj inventory delete logs --type {bucket.type} --scope elsewhere"
    assert [line for line in output.splitlines() if "no stack owns" in line] == [
        f"  no stack owns {bucket.type} logs: import it, or `{delete}`"
    ]


def test_a_create_that_was_interrupted_before_any_resource_is_found(state: Path) -> None:
    pending = sandbox.CHECKPOINT["checkpoint"]["latest"]["pending_operations"]
    state.write_text(json.dumps({"checkpoint": {"latest": {"pending_operations": pending}}}))
    status, output = recovered(state)
    assert status == 1
    assert "imported into the state: 1" in output


@pytest.mark.parametrize(
    ("column", "value"),
    [("inputs", "{"), ("inputs", "[]"), ("outputs", "[" * 20_000), ("outputs", 5), ("name", b"x"), ("urn", b"x")],
)
def test_a_row_that_no_sandbox_has_written_is_one_sentence(state: Path, column: str, value: Any) -> None:
    file = state.parents[4] / "inventory.db"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(f"UPDATE resources SET {column} = ?", (value,))  # noqa: S608
        connection.commit()
    for command in (["inventory"], ["inventory", "edit", "logs", "a", "b"], ["inventory", "delete", "logs"]):
        done = CliRunner().invoke(app, [*command, "--project", str(state.parents[5])])
        assert isinstance(done.exception, sqlite3.DatabaseError)
        answered = answer(done.exception)
        assert answered is not None
        assert "delete the sandbox's inventory.db" in answered[0]
        assert _sentence(done.exception) == answered[0]


def test_an_inventory_that_another_command_uses_is_not_to_be_deleted(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = state.parents[4] / "inventory.db"
    monkeypatch.setattr("falaj.sandbox.clouds.inventory._LOCK_TIMEOUT_SECONDS", 0)
    with Inventory(file).transaction(), pytest.raises(sqlite3.OperationalError) as locked:
        Inventory(file)
    assert "run this again" in inventory_errors.sentence(locked.value)
    assert "delete" not in inventory_errors.sentence(locked.value)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("BUSY LOCKED PROTOCOL SCHEMA INTERRUPT ABORT BUSY_SNAPSHOT LOCKED_SHAREDCACHE", "run this again when"),
        ("FULL READONLY CANTOPEN PERM IOERR IOERR_WRITE READONLY_DBMOVED", "make room and give permission"),
        ("NOMEM IOERR_NOMEM", "free memory"),
        ("CORRUPT CORRUPT_INDEX NOTADB ERROR CONSTRAINT_NOTNULL MISMATCH", "delete the sandbox's inv"),
    ],
)
def test_only_what_says_that_the_file_is_damaged_advises_to_delete_it(codes: str, words: str) -> None:
    for code in codes.split():
        error = sqlite3.OperationalError("reason")
        error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{code}")
        assert words in inventory_errors.sentence(error), code
        assert ("delete" in inventory_errors.sentence(error)) == words.startswith("delete"), code
