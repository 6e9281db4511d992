"""Pulumi projects that are not Falaj's, of every layout that Pulumi allows: commands work, or say what is missing.

Layouts are those of Pulumi's project file reference, and of sdk/v3 3.259.0, go/common/workspace (2026-11-28).
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, CommandResult, Project, open_project
from tests.samples import DEV_TAGS

pytestmark = pytest.mark.engine

PROGRAM = f"""
import pulumi, pulumi_aws as aws

here = pulumi.ResourceOptions(provider=aws.Provider("here", region="me-central-1"))
aws.sqs.Queue("jobs", sqs_managed_sse_enabled=True, tags={DEV_TAGS!r}, opts=here)
aws.ec2.Vpc("untagged", cidr_block="10.99.0.0/16", opts=here)
pulumi.export("greeting", pulumi.Config().get("greeting"))
"""
RUNTIME = "name: elsewhere\nruntime: python\n"
SETTINGS = "config: {elsewhere:greeting: مرحبا}\n"

LAYOUTS: Mapping[str, Mapping[str, str]] = {
    "plain": {"Pulumi.yaml": RUNTIME, "Pulumi.dev.yaml": SETTINGS, "__main__.py": PROGRAM},
    "folders": {
        "Pulumi.yaml": f"{RUNTIME}main: app\nstackConfigDir: stacks\n",
        "stacks/Pulumi.dev.yaml": SETTINGS,
        "app/__main__.py": "import site_of_ours\n",
        "app/site_of_ours.py": PROGRAM,
    },
    "file": {"Pulumi.yml": f"{RUNTIME}main: app/site.py\n", "Pulumi.dev.yml": SETTINGS, "app/site.py": PROGRAM},
}
"""Name of a layout -> files of a project, by path. The project is a folder of a repository, below folders with a space
and with Arabic letters."""

MakeForeign = Callable[[Mapping[str, str]], Project]


@pytest.fixture
def foreign(engine: Engine, tmp_path: Path) -> MakeForeign:
    def make(files: Mapping[str, str]) -> Project:
        folder = tmp_path / "a repository" / "منصة" / "infra"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        (folder.parents[1] / ".gitignore").write_text(".falaj/\n")
        return open_project(Paths(folder), engine)

    return make


def commit(project: Project) -> None:
    repository = project.folder.parents[1]
    writer = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.ae")
    for command in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all"),
        ("commit", "--quiet", "-m", "base"),
    ):
        subprocess.run(["git", *writer, *command], cwd=repository, check=True)


def verdict(project: Project, *arguments: str) -> tuple[CommandResult, dict]:
    """Runs `falaj verdict` against the base; returns the result and the report."""
    folder = project.folder / ".falaj" / "report"
    ran = project.falaj("verdict", "--stack", "dev", "--base", "main", "--out", str(folder), *arguments)
    return ran, json.loads((folder / "report.json").read_text()) if (folder / "report.json").is_file() else {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_command_works_in_it(foreign: MakeForeign, layout: str) -> None:
    project = foreign(LAYOUTS[layout])
    commit(project)
    checked = project.falaj("check")
    assert (checked.status, "nothing to check" in checked.output) == (0, True), checked.output
    up = project.falaj("up", "--stack", "dev", "--no-pack")
    assert up.status == 0, up.output
    assert project.state("dev")[0]["outputs"] == {"greeting": "مرحبا"}
    refused = project.falaj("preview", "--stack", "dev")
    assert (refused.status, "FJ-TAG-001" in refused.rules) == (1, True), refused.output
    assert f"policy pack: {ROOT / 'policy_pack'} (that of Falaj" in refused.output
    bill = project.falaj("bill", "--stack", "dev", "--json")
    assert bill.status == 0, bill.output
    ran, report = verdict(project)
    assert (ran.status, report["resources"]["same"]) == (1, 2), ran.output


def test_the_pack_that_is_named_decides_then_the_projects_own(foreign: MakeForeign, tmp_path: Path) -> None:
    project = foreign(LAYOUTS["plain"])
    lenient = tmp_path / "rules of the company"
    assert project.falaj("guardrails", "export", str(lenient)).status == 0
    (lenient / "enforcement.yaml").write_text("default: {all: disabled}\n")
    named = project.falaj("preview", "--stack", "dev", "--policy-pack", str(lenient))
    assert (named.status, named.rules) == (0, set()), named.output
    assert f"policy pack: {lenient} (--policy-pack; its environment {lenient / 'venv'} does not exist" in named.output
    lenient.rename(project.folder / "policy_pack")
    own = project.falaj("preview", "--stack", "dev")
    assert (own.status, own.rules) == (0, set()), own.output
    assert f"policy pack: {project.folder / 'policy_pack'} (the project's policy_pack/" in own.output
    commit(project)
    ran, _ = verdict(project, "--policy-pack", str(ROOT / "policy_pack"))
    assert (ran.status, "FJ-TAG-001" in ran.output) == (1, True), ran.output
    (project.folder / "policy_pack").rename(project.folder / "rules")
    ran, _ = verdict(project, "--policy-pack", str(project.folder / "rules"))
    assert (ran.status, "is in the repository of the change" in ran.output) == (2, True), ran.output


PLAIN = LAYOUTS["plain"]
PREVIEW = ("preview", "--stack", "dev")
MISSING: Mapping[str, tuple[Mapping[str, str], tuple[str, ...], str]] = {
    "no project": ({"README.md": ""}, PREVIEW, "no Pulumi.yaml here or above"),
    "no YAML": (PLAIN | {"Pulumi.yaml": "name: [x\n"}, PREVIEW, "Pulumi.yaml: is not valid YAML"),
    "no name": (PLAIN | {"Pulumi.yaml": "runtime: python\n"}, PREVIEW, "Pulumi.yaml: `name` is missing; write"),
    "no runtime": (PLAIN | {"Pulumi.yaml": "name: x\n"}, ("check",), "Pulumi.yaml: `runtime` is missing; write"),
    "no program": (PLAIN | {"Pulumi.yaml": f"{RUNTIME}main: app\n"}, PREVIEW, "main: app does not exist; name the"),
    "no stack": (PLAIN, ("bill", "--stack", "prod"), "Pulumi.prod.yaml is missing; there are: dev; write the file"),
    "a misspelt key": (
        PLAIN | {"Pulumi.dev.yaml": "config: {falaj:platfrom: {}}\n"},
        ("check",),
        "unknown key of Falaj",
    ),
    "another language": (
        PLAIN | {"Pulumi.yaml": "name: x\nruntime: dotnet\n"},
        PREVIEW,
        "programs in dotnet need pulumi-language-dotnet, which is neither beside the engine nor on PATH; install",
    ),
    "another toolchain": (
        PLAIN | {"Pulumi.yaml": "name: x\nruntime: {name: python, options: {toolchain: conda}}\n"},
        PREVIEW,
        "runtime.options.toolchain is 'conda'; allowed: pip, poetry, uv",
    ),
    "no environment of uv": (PLAIN | {"uv.lock": ""}, PREVIEW, "does not exist; create it: `cd "),
    "no pack": (PLAIN, (*PREVIEW, "--policy-pack", "rules"), "is no policy pack: there is no such folder; `falaj"),
    "a folder that is no pack": (
        PLAIN | {"policy_pack/README.md": ""},
        PREVIEW,
        "policy_pack is no policy pack: PulumiPolicy.yaml is missing; `falaj guardrails export FOLDER` makes a pack",
    ),
    "a pack without a runtime": (
        PLAIN | {"policy_pack/PulumiPolicy.yaml": "{}\n"},
        PREVIEW,
        "the policy pack cannot run: ",
    ),
    "a pack and none": (PLAIN, (*PREVIEW, "--no-pack", "--policy-pack", "."), "exclude each other: give one of them"),
    "no repository": (PLAIN, ("verdict", "--stack", "dev", "--base", "main"), "is in no git repository: give --base"),
}
"""What is missing -> files of the project, the command, and a part of the one sentence."""


@pytest.mark.parametrize("case", MISSING)
def test_what_is_missing_is_one_sentence(foreign: MakeForeign, case: str) -> None:
    files, command, sentence = MISSING[case]
    project = foreign_folder(foreign, files)
    ran = project.falaj(*command)
    found = [line for line in ran.output.splitlines() if sentence in line]
    assert (ran.status, len(found)) == (2, 1), ran.output
    assert "Traceback" not in ran.output


def foreign_folder(foreign: MakeForeign, files: Mapping[str, str]) -> Project:
    """Makes the sandbox with a good project, then replaces its files: a bad one cannot be opened."""
    project = foreign(PLAIN)
    for name in PLAIN:
        (project.folder / name).unlink()
    for name, text in files.items():
        (project.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (project.folder / name).write_text(text)
    return project
