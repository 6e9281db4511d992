"""The emulated AWS on the real engine: deployment, drift, errors, secrets, and an engine that is killed."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.lab.api import wait_for
from falaj.sandbox.session import operation
from tests.engine.conftest import MakeProject
from tests.engine.program import STACK, Program, deployed_program

pytestmark = pytest.mark.engine
SOURCE = Path(__file__).with_name("aws_program")
CLOUD_RESOURCES = 39 - 2  # all resources except the stack and the provider


@pytest.fixture
def fresh(make_project: MakeProject) -> Program:
    """The program, not yet deployed."""
    return Program(make_project(SOURCE, "aws", checkpoints=True).session)


@pytest.fixture(scope="module")
def deployed(make_project: MakeProject) -> Iterator[Program]:
    """The deployed program, for the tests that leave it unchanged; the final destroy must leave no resource."""
    program = Program(make_project(SOURCE, "aws").session)
    program.succeed("preview")
    assert program.inventory() == []
    with deployed_program(program, pack=False):
        assert len(program.inventory()) == CLOUD_RESOURCES
        yield program


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


def test_drift_is_found_and_repaired(deployed: Program) -> None:
    with Inventory(deployed.session.paths.inventory).transaction() as transaction:
        (bucket,) = transaction.find("aws:s3/bucket:Bucket")
        transaction.tamper(bucket, "tags.owner", "nobody")
    assert deployed.do("refresh", "--expect-no-changes").status != 0
    repaired = deployed.do("up")
    assert repaired.changes.get("update") == 1, repaired.output
    (bucket,) = [resource for resource in deployed.inventory() if resource.type == "aws:s3/bucket:Bucket"]
    assert bucket.outputs["tags"] == {"owner": "team-a"}


def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    refused = deployed.do("up", CHANGE="machine")
    assert refused.status != 0
    assert "do not exist in me-central-1: [p4d.24xlarge]" in refused.output
    assert "Traceback" not in refused.output
    assert "File " not in refused.output
    deployed.succeed("up")
    assert deployed.ids_in_clouds() == before


def test_an_update_of_a_tag_is_in_place(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    deployed.succeed("up", CHANGE="tag")
    assert deployed.ids_in_clouds() == before
    deployed.succeed("refresh", "--expect-no-changes")
    deployed.succeed("up")


def test_a_secret_is_in_no_file_of_the_clouds(deployed: Program) -> None:
    files = deployed.sandbox_files()
    assert b"interruptions" in files["inventory.db"]
    assert [name for name, content in files.items() if b"hunter2-falaj" in content] == []


def test_a_killed_engine_leaves_orphans_that_can_be_found(fresh: Program) -> None:
    session = fresh.session
    session.ensure_stack(STACK)
    environment = session.environment | {"FALAJ_CLOUD_LATENCY_MS": "400"}
    command = [str(session.engine.path), *operation("up", STACK, pack=None, extra=())]
    running = subprocess.Popen(
        command, cwd=fresh.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_for(lambda: len(fresh.inventory()) >= 8, 180, "resources that an engine can lose", pause=0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    time.sleep(2)  # plugins exit within a second of the engine
    assert fresh.processes() == []
    orphans = fresh.ids_in_clouds() - fresh.ids_in_state(STACK)
    assert orphans
    with Inventory(session.paths.inventory).transaction() as transaction:
        for kind, id_ in orphans:
            orphan = transaction.by_id(kind, id_)
            assert orphan is not None
            assert orphan in transaction.find(kind, orphan.scope, orphan.name)
