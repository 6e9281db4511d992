"""Recovery after the engine was killed: one documented sequence makes state and clouds consistent."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.deferred_checkpoints import discard_interrupted_up
from falaj.sandbox.session import operation
from tests.engine.conftest import MakeDeployed, MakeProject
from tests.engine.harness import Project, open_project

pytestmark = pytest.mark.engine


def kill_during(project: Project, name: str, stack: str, reached: Callable[[int], bool], latency_ms: int = 0) -> None:
    """Starts an operation, and kills the engine once `reached` is true of the number of resources."""
    project.session.ensure_stack(stack)
    environment = project.session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(latency_ms)}
    command = [str(project.session.engine.path), *operation(name, stack, extra=["--skip-preview"])]
    with subprocess.Popen(
        command, cwd=project.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        deadline = time.monotonic() + 90
        while not reached(len(project.inventory())):
            assert time.monotonic() < deadline, "the stack did not come so far"
            assert running.poll() is None, "the engine ended before it could be killed"
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGKILL)
    time.sleep(2.5)  # plugins notice within a second that the engine is gone, and finish their current operation
    assert project.processes() == []


@pytest.mark.parametrize(("stack", "resources"), [("dev", 12), ("prod-uae", 150)])
def test_a_killed_up_is_brought_to_the_same_end(
    make_project: MakeProject, make_deployed: MakeDeployed, stack: str, resources: int
) -> None:
    project = make_project(name="killed", checkpoints=True)
    kill_during(project, "up", stack, lambda count: count >= resources, latency_ms=150)
    project = open_project(project.session.paths, project.session.engine)
    project.session.repair_checkpoint(stack)
    lost = project.ids_in_clouds() - project.ids_in_state(stack)
    assert lost, "the kill left nothing to recover: the test proves nothing"
    recovered = project.falaj("recover", "--stack", stack)
    assert recovered.status == 0, recovered.output
    assert project.ids_in_state(stack) == project.ids_in_clouds()
    assert lost <= project.ids_in_state(stack)
    finished = project.run("up", stack)
    assert finished.status == 0, finished.output
    assert project.ids_in_state(stack) == project.ids_in_clouds()
    assert project.run("up", stack, "--expect-no-changes").status == 0
    assert len(project.inventory()) == len(make_deployed(stack, "undisturbed").inventory())


def test_a_killed_destroy_can_be_finished(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "half-gone", checkpoints=True)
    kill_during(project, "destroy", "dev", lambda count: count <= 60)
    project = open_project(project.session.paths, project.session.engine)
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 0, recovered.output
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    assert project.run("destroy", "dev").status == 0
    assert project.inventory() == []


def status_after_signal(project: Project, number: int, *arguments: str, latency_ms: int = 0) -> int:
    """Runs a `falaj` command and signals its process group once ten resources exist; returns its exit status."""
    with subprocess.Popen(
        ["falaj", *arguments],
        cwd=project.folder,
        env=project.session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(latency_ms)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        while len(project.inventory()) < 10:
            assert running.poll() is None
            time.sleep(0.05)
        os.killpg(running.pid, number)
        return running.wait(30)


def test_an_interrupted_up_loses_nothing(make_project: MakeProject) -> None:
    project = make_project(name="interrupted", checkpoints=True)
    # SIGINT to the process group, as a terminal sends on Ctrl-C.
    assert status_after_signal(project, signal.SIGINT, "up", "--stack", "dev", "--no-pack", latency_ms=500) == 1
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    project = open_project(project.session.paths, project.session.engine)
    assert project.run("up", "dev").status == 0
    assert project.ids_in_state("dev") == project.ids_in_clouds()


def test_a_tour_that_was_killed_begins_anew(make_project: MakeProject) -> None:
    project = make_project(name="tour", checkpoints=True)
    status_after_signal(project, signal.SIGKILL, "tour", "--stack", "dev")
    time.sleep(2.5)
    assert project.processes() == []
    assert len(project.inventory()) >= 10
    with (project.session.paths.sandbox / "first-up-under-way").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not discard_interrupted_up(project.session.paths)  # a tour that is still running is left alone
    again = project.falaj("tour", "--stack", "dev")
    assert again.status == 0, again.output
    assert "was interrupted" in again.output
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    assert not discard_interrupted_up(project.session.paths)


def test_a_healthy_stack_recovers_to_itself(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "healthy")
    before = project.ids_in_state("dev")
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 0, recovered.output
    assert "imported into the state: 0; never created: 0" in recovered.output
    assert project.ids_in_state("dev") == before


def test_a_resource_without_a_stack_is_reported_and_left_alone(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "orphan")
    # No resource depends on the job.
    (job,) = [resource for resource in project.state("dev") if resource["type"] == "kubernetes:batch/v1:Job"]
    removed = project.pulumi("state", "delete", "--yes", "--force", "--stack", "dev", job["urn"])
    assert removed.status == 0, removed.output
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 1
    assert "no stack owns kubernetes:batch/v1:Job" in recovered.output
    with Inventory(project.session.paths.inventory).transaction() as transaction:
        assert transaction.by_handle(job["id"]) is not None


def test_a_truncated_checkpoint_is_repaired_from_the_previous_one(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "cut", checkpoints=True)
    assert (
        project.run("refresh", "dev").status == 0
    )  # writes a checkpoint at each step, so that there is a previous one
    (checkpoint,) = project.session.paths.state.rglob("dev.json")
    checkpoint.write_text(checkpoint.read_text()[:1000])
    checkpoint.with_suffix(".json.attrs").write_text("")
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 0, recovered.output
    assert project.ids_in_state("dev") == project.ids_in_clouds()
