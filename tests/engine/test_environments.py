"""A program runs in the environment that its project names, as Pulumi's Python language host runs it."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import Project, open_project

pytestmark = pytest.mark.engine

PROGRAM = """
import importlib.util, os, shutil, sys
import pulumi, pulumi_aws as aws

pulumi.export("prefix", sys.prefix)
pulumi.export("active", os.environ.get("VIRTUAL_ENV"))
pulumi.export("python", shutil.which("python"))
pulumi.export("path", [entry for entry in sys.path if "falaj" in entry])
pulumi.export("has_falaj", importlib.util.find_spec("falaj") is not None)
aws.sqs.Queue("jobs", opts=pulumi.ResourceOptions(provider=aws.Provider("here", region="me-central-1")))
"""

PACK = """
import pathlib, sys
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

pathlib.Path(__file__).with_name("prefix").write_text(sys.prefix)
allows = ResourceValidationPolicy("allows", "allows everything", lambda args, report: None)
PolicyPack("rules", policies=[allows], enforcement_level=EnforcementLevel.MANDATORY)
"""


@pytest.fixture(autouse=True)
def only_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Removes PYTHONPATH, which would give every environment this checkout."""
    monkeypatch.delenv("PYTHONPATH", raising=False)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with Pulumi's SDKs, in which Falaj cannot be imported: Python reads no `.pth` files of a folder
    that a `.pth` file names."""
    folder = tmp_path_factory.mktemp("environments") / "بيئة of another team"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    [site_packages] = folder.glob("lib/python*/site-packages")
    (site_packages / "third_parties.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def project(tmp_path: Path, engine: Engine) -> Project:
    (tmp_path / "Pulumi.yaml").write_text("name: elsewhere\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    return open_project(Paths(tmp_path), engine)


def name_environment(project: Project, virtualenv: Path) -> None:
    runtime = {"name": "python", "options": {"virtualenv": str(virtualenv)}}
    (project.folder / "Pulumi.yaml").write_text(json.dumps({"name": "elsewhere", "runtime": runtime}))


def outputs(project: Project) -> dict:
    ran = project.falaj("up", "--stack", "dev", "--no-pack")
    assert ran.status == 0, ran.output
    return project.state("dev")[0]["outputs"]


def test_the_program_runs_in_the_named_environment(project: Project, environment: Path) -> None:
    name_environment(project, environment)
    python = environment / "bin" / "python"
    expected = {"prefix": str(environment), "active": str(environment), "python": str(python), "has_falaj": False}
    found = outputs(project)
    assert {name: found[name] for name in expected} == expected
    # Beside the folder of the program, only that of the SDKs which the sandbox generates.
    assert [Path(entry).name for entry in found["path"] if entry != str(project.folder)] == ["program", "sdks"]


def test_a_policy_pack_runs_in_the_environment_that_it_names(project: Project, environment: Path) -> None:
    pack = project.folder / "rules"
    pack.mkdir()
    runtime = {"name": "python", "options": {"virtualenv": str(environment)}}
    (pack / "PulumiPolicy.yaml").write_text(json.dumps({"runtime": runtime}))
    (pack / "__main__.py").write_text(PACK)
    ran = project.falaj("preview", "--stack", "dev", "--policy-pack", str(pack))
    assert (ran.status, (pack / "prefix").read_text()) == (0, str(environment)), ran.output


def test_the_base_of_a_change_runs_in_the_environment_of_the_project(project: Project, environment: Path) -> None:
    """A git worktree has no environment of its own: git ignores it."""
    name_environment(project, Path("venv"))
    (project.folder / "venv").symlink_to(environment)
    (project.folder / ".gitignore").write_text(".falaj/\nvenv\n")
    (project.folder / "__main__.py").write_text(f"{PROGRAM}\nassert importlib.util.find_spec('falaj') is None\n")
    writer = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.ae")
    for command in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all"),
        ("commit", "--quiet", "-m", "base"),
    ):
        subprocess.run(["git", *writer, *command], cwd=project.folder, check=True)
    folder = project.folder / ".falaj" / "report"
    ran = project.falaj("verdict", "--stack", "dev", "--base", "main", "--no-pack", "--out", str(folder))
    assert ran.status == 0, ran.output
    assert json.loads((folder / "report.json").read_text())["resources"]["same"] == 1


def test_without_a_name_it_is_the_environment_of_the_command(project: Project) -> None:
    assert outputs(project)["prefix"] == sys.prefix


def test_an_environment_that_is_missing_or_lacks_pulumi_is_one_sentence(project: Project, tmp_path: Path) -> None:
    name_environment(project, tmp_path / "venv")
    for command in (("preview",), ("bill",), ("verdict", "--out", str(tmp_path / "report"))):
        ran = project.falaj(*command, "--stack", "dev")
        assert (ran.status, ran.output.count("does not exist; create it: `python3 -m venv")) == (2, 1), ran.output
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    ran = project.falaj("preview", "--stack", "dev")
    assert (ran.status, ran.output.count("has no package pulumi; install: `")) == (2, 1), ran.output
    ran = project.pulumi("preview", "--stack", "dev", "--non-interactive")
    assert "has no package pulumi; install: `" in ran.output
    assert "Traceback" not in ran.output
