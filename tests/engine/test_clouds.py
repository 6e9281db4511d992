"""The emulated AWS under the real engine: the life of a stack, drift, refusals, secrets, an engine that is killed."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.environment import prepare, variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import Project, Ran

pytestmark = pytest.mark.engine
STACK = "dev"
CLOUD_RESOURCES = 41 - 2  # without the stack and the provider


class Program(Project):
    """The test program, with one thing changed where a test asks for it."""

    def do(self, name: str, *extra: str, **environment: str) -> Ran:
        session = replace(self.session, environment=self.session.environment | environment)
        return Project(session).run(name, STACK, *extra)


def program_in(folder: Path, engine: Engine, source: str = "aws_program") -> Program:
    """A copy of a program with a sandbox of its own."""
    shutil.copytree(Path(__file__).parent / source, folder, dirs_exist_ok=True)
    paths = Paths(folder)
    prepare(paths, engine)
    return Program(Session(paths, engine, variables(paths, engine)))


@pytest.fixture(scope="module")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program, deployed once for the tests that leave it as it was; destroyed to nothing at the end."""
    program = program_in(tmp_path_factory.mktemp("aws"), engine)
    planned = program.do("preview")
    assert planned.status == 0, planned.output
    assert program.inventory() == []
    made = program.do("up")
    assert made.status == 0, made.output
    assert len(program.inventory()) == CLOUD_RESOURCES
    yield program
    gone = program.do("destroy")
    assert gone.status == 0, gone.output
    assert program.inventory() == []


def test_it_stays_as_it_is(deployed: Program) -> None:
    again = deployed.do("up", "--expect-no-changes")
    assert again.status == 0, again.output
    refreshed = deployed.do("refresh", "--expect-no-changes")
    assert refreshed.status == 0, refreshed.output
    assert deployed.ids_in_state(STACK) == deployed.ids_in_clouds()


def test_drift_is_found_and_repaired(deployed: Program) -> None:
    with Inventory(deployed.session.paths.inventory).transaction() as ledger:
        (bucket,) = ledger.find("aws:s3/bucket:Bucket")
        ledger.tamper(bucket, "tags.owner", "nobody")
    assert deployed.do("refresh", "--expect-no-changes").status != 0
    repaired = deployed.do("up")
    assert repaired.changes.get("update") == 1, repaired.output
    (bucket,) = [found for found in deployed.inventory() if found.type == "aws:s3/bucket:Bucket"]
    assert bucket.outputs["tags"] == {"owner": "team-a"}


def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    refused = deployed.do("up", CHANGE="machine")
    assert refused.status != 0
    assert "do not exist in me-central-1: [p4d.24xlarge]" in refused.output
    assert "Traceback" not in refused.output
    assert "File " not in refused.output
    restored = deployed.do("up")
    assert restored.status == 0, restored.output
    assert deployed.ids_in_clouds() == before


def test_an_update_of_a_tag_is_in_place(deployed: Program) -> None:
    before = deployed.ids_in_clouds()
    changed = deployed.do("up", CHANGE="tag")
    assert changed.status == 0, changed.output
    assert deployed.ids_in_clouds() == before
    assert deployed.do("refresh", "--expect-no-changes").status == 0
    assert deployed.do("up").status == 0


def test_a_secret_is_in_no_file_of_the_clouds(deployed: Program) -> None:
    files = deployed.kept_files()
    assert b"interruptions" in files["inventory.db"]
    assert [name for name, content in files.items() if b"hunter2-falaj" in content] == []


def test_a_killed_engine_leaves_orphans_that_can_be_found(engine: Engine, tmp_path: Path) -> None:
    program = program_in(tmp_path, engine)
    session = program.session
    session.ensure_stack(STACK)
    environment = session.environment | {"FALAJ_CLOUD_LATENCY_MS": "400"}
    command = [str(session.engine.path), *operation("up", STACK, pack=None, extra=())]
    running = subprocess.Popen(
        command, cwd=program.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while len(program.inventory()) < 8 and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    time.sleep(2)  # the plug-ins notice within a second
    assert program.processes() == []
    orphans = program.ids_in_clouds() - program.ids_in_state(STACK)
    assert orphans
    with Inventory(session.paths.inventory).transaction() as ledger:
        for kind, id_ in orphans:
            found = ledger.by_id(kind, id_)
            assert found is not None
            assert found in ledger.find(kind, found.scope, found.name)
