"""The wheel in a new environment, used by another project, which has its own package `components`.

Everything runs in that environment: the command, the emulated clouds, the program, the policy pack and the plugin.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.sandbox.environment import SKIP_CHECKPOINTS
from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.distribution import ROOT
from tests.engine.harness import RULE, open_project

pytestmark = pytest.mark.engine

STACK = "dev"
TOP_LEVEL_PACKAGES = ("falaj", "components", "policy_pack", "guardrails", "tests", "hatch_build")


@pytest.fixture(scope="module", autouse=True)
def only_what_is_installed() -> Iterator[None]:
    """Removes PYTHONPATH, which would give a checkout precedence over the wheel."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONPATH", raising=False)
        yield


@pytest.fixture(scope="module")
def project(python: Path, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deployed project."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a project"
    shutil.copytree(Path(__file__).with_name("wheel_program"), folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "examples" / "components" / "cluster-and-pool" / "__main__.py", folder / "cluster_and_pool.py")
    ran = falaj(python, folder, "up", "--stack", STACK, "--no-pack")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="module")
def state(project: Path) -> list[dict]:
    """The resources of the stack's state."""
    checkpoint = project / ".falaj" / "state" / ".pulumi" / "stacks" / "wheel-program" / f"{STACK}.json"
    return json.loads(checkpoint.read_text())["checkpoint"]["latest"]["resources"]


def falaj(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command that the wheel installs."""
    command = [str(python.with_name("falaj")), *arguments]
    environment = os.environ | {SKIP_CHECKPOINTS: "true"}
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


def name_environment(file: Path, environment: Path) -> None:
    """Adds the virtual environment to a project file."""
    text = file.read_text()
    assert "runtime: python\n" in text
    runtime = f"runtime: {{name: python, options: {{virtualenv: '{environment}'}}}}\n"
    file.write_text(text.replace("runtime: python\n", runtime))


def resources(state: list[dict]) -> set[tuple[str, str]]:
    """Returns type and name of each resource."""
    return {(resource["type"], resource["urn"].rpartition("::")[2]) for resource in state}


def outputs(state: list[dict]) -> dict[str, str]:
    [stack] = [resource for resource in state if resource["type"] == "pulumi:pulumi:Stack"]
    return stack["outputs"]


def test_a_vault_and_a_node_pool_are_deployed(state: list[dict]) -> None:
    parents = {resource["type"]: resource.get("parent", "").rpartition("::")[2] for resource in state}
    assert parents["aws:s3/bucket:Bucket"] == "speech-models"
    assert parents["aws:eks/nodeGroup:NodeGroup"] == "system"
    assert outputs(state)["bucket"].startswith("speech-models-")


def test_components_is_the_projects_own_and_falaj_the_wheels(state: list[dict], project: Path, python: Path) -> None:
    assert outputs(state)["own"] == str(project / "components" / "__init__.py")
    assert Path(outputs(state)["installed"]).is_relative_to(python.parents[1])


def test_a_command_of_another_environment_runs_the_program_in_the_named_one(
    project: Path, state: list[dict], python: Path, engine: Engine, tmp_path: Path
) -> None:
    """The command of this checkout, on a project that names the environment of the wheel, makes the same."""
    folder = tmp_path / "a project"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".falaj"))
    name_environment(folder / "Pulumi.yaml", python.parents[1])
    again = open_project(Paths(folder), engine)
    ran = again.falaj("up", "--stack", STACK, "--no-pack")
    assert ran.status == 0, ran.output
    assert Path(outputs(again.state(STACK))["installed"]).is_relative_to(python.parents[1])
    assert resources(again.state(STACK)) == resources(state)


def test_nothing_else_of_ours_can_be_imported(python: Path, tmp_path: Path) -> None:
    program = "import importlib.util, sys; print(*(name for name in sys.argv[1:] if importlib.util.find_spec(name)))"
    ran = subprocess.run(
        [python, "-c", program, *TOP_LEVEL_PACKAGES], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert ran.stdout.split() == ["falaj"]


def test_the_policy_pack_of_the_wheel_evaluates_the_project(python: Path, project: Path) -> None:
    """The project has no budget, which is an advisory finding in a development stack."""
    folder = falaj(python, project, "guardrails", "path").stdout.strip()
    assert Path(folder).is_relative_to(python.parents[1])
    ran = falaj(python, project, "preview", "--stack", STACK)
    assert (ran.returncode, set(RULE.findall(ran.stdout + ran.stderr))) == (0, {"FJ-COST-001"}), ran.stdout


def test_the_plug_in_starts_from_the_wheels_folder(python: Path, tmp_path: Path) -> None:
    [folder] = python.parents[1].glob("lib/python*/site-packages/falaj/components")
    with subprocess.Popen([python, folder, "127.0.0.1:1"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as plugin:
        assert plugin.stdout
        assert plugin.stdout.readline().strip().isdigit()
        plugin.send_signal(signal.SIGINT)
        assert plugin.wait(timeout=60) == 0
