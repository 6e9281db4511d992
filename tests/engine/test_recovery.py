"""Recovery after the engine was killed: one documented sequence makes state and clouds consistent."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.deferred_checkpoints import discard_interrupted_up
from falaj.sandbox.session import operation
from tests.chaos.processes import kill, processes
from tests.engine.conftest import MakeDeployed, MakeProject
from tests.engine.harness import ROOT, CommandResult, Project, open_project

pytestmark = pytest.mark.engine


def kill_during(project: Project, name: str, stack: str, reached: Callable[[int], bool], latency_ms: int = 0) -> None:
    """Starts an operation, and kills the engine once `reached` is true of the number of resources."""
    project.session.ensure_stack(stack)
    environment = project.session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(latency_ms)}
    command = [str(project.session.engine.path), *operation(name, stack, extra=["--skip-preview"])]
    with subprocess.Popen(
        command, cwd=project.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        deadline = time.monotonic() + 300
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


def interrupted(project: Project, number: int, *arguments: str, latency_ms: int = 0) -> CommandResult:
    """Runs a `falaj` command and signals its process group once ten resources exist; returns what it says at the end.

    Where these tests run in the background of a script, they ignore SIGINT, and so would the command (POSIX, Shell
    Command Language, 2.12 Signals and Error Handling).
    """
    with subprocess.Popen(
        ["falaj", *arguments],
        cwd=project.folder,
        env=project.session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(latency_ms)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    ) as running:
        while len(project.inventory()) < 10:
            assert running.poll() is None
            time.sleep(0.05)
        os.killpg(running.pid, number)
        _, errors = running.communicate(timeout=300)
    return CommandResult(running.returncode, errors)


def test_an_interrupted_up_loses_nothing(make_project: MakeProject) -> None:
    project = make_project(name="interrupted", checkpoints=True)
    # SIGINT to the process group, as a terminal sends on Ctrl-C.
    ended = interrupted(project, signal.SIGINT, "up", "--stack", "dev", "--no-pack", latency_ms=500)
    assert ended.status == 128 + signal.SIGINT, ended.output
    assert "falaj: interrupted: the engine has finished the changes that it was making" in ended.output
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    project = open_project(project.session.paths, project.session.engine)
    assert project.run("up", "dev").status == 0
    assert project.ids_in_state("dev") == project.ids_in_clouds()


def kill_tour(project: Project, *victims: str) -> None:
    """Kills parts of `falaj tour` once ten resources exist: its command, its engine, what the engine has started."""
    with subprocess.Popen(
        ["falaj", "tour", "--stack", "dev"], cwd=project.folder, env=project.session.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        while len(project.inventory()) < 10:
            assert running.poll() is None
            time.sleep(0.05)
        alive = {**processes(project.session.paths.sandbox), "command": [running.pid]}
        kill([process for victim in victims for process in alive.get(victim, [])])


@pytest.mark.parametrize("victims", [("command", "engine", "provider", "host", "program"), ("engine",)])
def test_a_tour_that_was_killed_begins_anew(make_project: MakeProject, victims: tuple[str, ...]) -> None:
    project = make_project(name=f"tour of {len(victims)}", checkpoints=True)
    kill_tour(project, *victims)
    assert len(project.inventory()) >= 10
    with (project.session.paths.sandbox / "first-up-under-way").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not discard_interrupted_up(project.session.paths)  # a tour that is still running is left alone
    again = project.falaj("tour", "--stack", "dev", forked=True)
    assert again.status == 0, again.output
    assert "was interrupted" in again.output
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    assert not discard_interrupted_up(project.session.paths)


def test_an_engine_whose_tour_was_killed_ends_its_work(make_project: MakeProject) -> None:
    project = make_project(name="alone", checkpoints=True)
    kill_tour(project, "command")
    recovered = project.falaj("recover", "--stack", "dev", "--wait", forked=True)
    assert recovered.status == 0, recovered.output
    assert "was interrupted" not in recovered.output
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()
    assert project.run("up", "dev", "--expect-no-changes").status == 0


def test_a_living_engine_is_seen_and_stopped(make_project: MakeProject) -> None:
    project = make_project(name="living", checkpoints=True)
    project.session.ensure_stack("dev")
    environment = project.session.environment | {"FALAJ_CLOUD_LATENCY_MS": "4000"}
    # As typed in `falaj shell`: no command of ours is above the engine.
    command = [str(project.session.engine.path), *operation("up", "dev", extra=["--skip-preview"])]
    with subprocess.Popen(
        command, cwd=project.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as engine:
        while not project.inventory():
            assert engine.poll() is None
            time.sleep(0.05)
        beside = project.falaj("recover", "--stack", "dev")
        assert (beside.status, engine.poll()) == (3, None), beside.output
        assert f"an engine still changes its clouds (process {engine.pid})" in beside.output
        stopped = project.falaj("recover", "--stack", "dev", "--stop")
        assert stopped.status == 0, stopped.output
        assert engine.wait(5) != 0
    assert project.ids_in_state("dev") == project.ids_in_clouds() != set()


def test_a_healthy_stack_recovers_to_itself(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "healthy")
    before = project.ids_in_state("dev")
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 0, recovered.output
    assert "imported into the state: 0; never created: 0" in recovered.output
    assert project.ids_in_state("dev") == before


def test_a_stack_that_reads_the_nodes_of_a_cluster_recovers_to_itself(make_project: MakeProject) -> None:
    project = make_project(name="nodes")
    for file in ("Pulumi.onprem.yaml", "kubeconfig.yaml"):
        shutil.copy(ROOT / "examples" / "onprem" / file, project.folder)
    assert project.run("up", "onprem").status == 0
    assert any(resource.get("external") for resource in project.state("onprem"))
    recovered = project.falaj("recover", "--stack", "onprem")
    assert recovered.status == 0, recovered.output
    assert project.run("up", "onprem", "--expect-no-changes").status == 0


def test_a_resource_that_its_state_has_forgotten_is_imported(make_deployed: MakeDeployed) -> None:
    """As after the end of a plug-in: the engine forgets the creates that it was waiting for."""
    project = make_deployed("dev", "forgotten")
    before = project.ids_in_state("dev")
    # No resource depends on the job.
    (job,) = [resource for resource in project.state("dev") if resource["type"] == "kubernetes:batch/v1:Job"]
    removed = project.pulumi("state", "delete", "--yes", "--force", "--stack", "dev", job["urn"])
    assert removed.status == 0, removed.output
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 0, recovered.output
    assert "imported into the state: 1; never created: 0" in recovered.output
    assert project.ids_in_state("dev") == before == project.ids_in_clouds()
    again = project.run("up", "dev")
    assert (again.status, "create" in again.changes) == (0, False), again.output
    assert project.ids_in_state("dev") == before


def test_a_resource_without_a_stack_is_reported_and_left_alone(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "orphan")
    with Inventory(project.session.paths.inventory).transaction() as transaction:
        (job,) = transaction.find("kubernetes:batch/v1:Job")
        urn = job.urn.replace("urn:pulumi:dev::", "urn:pulumi:gone::")
        other = replace(job, urn=urn, id="elsewhere/job", name="elsewhere/job")
        transaction.add(other, "", ["elsewhere/job"], [])
    recovered = project.falaj("recover", "--stack", "dev")
    assert recovered.status == 1
    assert "no stack owns kubernetes:batch/v1:Job" in recovered.output
    assert "falaj inventory delete elsewhere/job" in recovered.output
    assert len(project.inventory()) == len(project.ids_in_state("dev")) + 1
    assert project.falaj("inventory", "delete", "elsewhere/job").status == 0
    recovered = project.falaj("recover", "--stack", "dev")
    assert (recovered.status, len(project.inventory())) == (0, len(project.ids_in_state("dev")))


def test_a_truncated_checkpoint_is_repaired_from_the_previous_one(make_deployed: MakeDeployed) -> None:
    project = make_deployed("dev", "cut", checkpoints=True)
    assert (
        project.run("refresh", "dev").status == 0
    )  # writes a checkpoint at each step, so that there is a previous one
    (checkpoint,) = project.session.paths.state.rglob("dev.json")
    checkpoint.write_text(checkpoint.read_text()[:1000])
    checkpoint.with_suffix(".json.attrs").write_text("")
    recovered = project.falaj("recover", "--stack", "dev", forked=True)
    assert recovered.status == 0, recovered.output
    assert project.ids_in_state("dev") == project.ids_in_clouds()
