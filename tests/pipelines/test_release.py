"""The release: its steps run as the workflow has them, on this checkout, with the tools that release.lock pins.

Not run: the publication itself, the attestations, and the installation of all packages, of half a gigabyte.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from falaj import __version__
from tests.distribution import ROOT, installed
from tests.pipelines.steps import document, github
from tests.scan.tools import NoTools, cached_tool, install

pytestmark = pytest.mark.engine

TAG = f"v{__version__}"
WORKFLOW = document(ROOT / ".github" / "workflows" / "release.yml")
LOCK = ROOT / ".ci" / "release.lock"


def _install(folder: Path) -> None:
    print("release: installing .ci/release.lock into the cache, once", file=sys.stderr)
    install(folder, "--require-hashes", "--requirement", LOCK)


@pytest.fixture(scope="module")
def tools() -> Path:
    try:
        return cached_tool("release", LOCK, _install)
    except NoTools as reason:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(str(reason))
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the steps read."""
    folder = tmp_path_factory.mktemp("release") / "checkout"
    folder.mkdir()
    for name in (".ci", "falaj", "components", "policy_pack"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    return folder


class Job:
    """The job `build` on a machine whose folder for temporary files is `temp`."""

    def __init__(self, checkout: Path, temp: Path) -> None:
        self.checkout, self.temp = checkout, temp

    def step(self, name: str, tag: str = TAG) -> subprocess.CompletedProcess[str]:
        selected = [step for step in WORKFLOW["jobs"]["build"]["steps"] if step.get("name") == name]
        [step] = github(selected, {"runner.temp": str(self.temp), "github.ref_name": tag})
        path = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step.run], cwd=self.checkout, env=os.environ | step.env | path,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def job(checkout: Path, tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The job after the steps that build and install the release."""
    temp = tmp_path_factory.mktemp("runner")
    (temp / "tools").symlink_to(tools)
    result = Job(checkout, temp)
    built = result.step("Build the wheel and the source distribution")
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = (temp / "dist").glob("*.whl")
    installed(wheel, temp / "environment")
    return result


@pytest.fixture
def changed(checkout: Path) -> Iterator[Path]:
    """The checkout, whose files a test changes."""
    kept = {name: (checkout / name).read_text() for name in ("falaj/__init__.py", "CHANGELOG.md")}
    yield checkout
    for name, text in kept.items():
        (checkout / name).write_text(text)


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_tag_of_this_version_is_accepted(checkout: Path, tmp_path: Path) -> None:
    done = Job(checkout, tmp_path).step("Check the tag")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("tag", ["v9.9.9", "release-1", __version__, f"{TAG}-final"])
def test_another_tag_is_refused(checkout: Path, tmp_path: Path, tag: str) -> None:
    done = Job(checkout, tmp_path).step("Check the tag", tag)
    assert done.returncode == 1
    assert done.stderr.startswith("release: ")


def test_a_version_that_differs_or_has_no_date_is_refused(changed: Path, tmp_path: Path) -> None:
    replace(changed / "falaj/__init__.py", __version__, "9.9.9")
    replace(changed / "CHANGELOG.md", f"## [{__version__}] - 20", f"## [{__version__}] - unreleased 20")
    assert Job(changed, tmp_path).step("Check the tag").stderr.splitlines() == [
        f"release: falaj/__init__.py states 9.9.9, not {__version__}",
        f"release: CHANGELOG.md has no section `## [{__version__}] - <date>` with entries",
    ]


def test_the_distributions_are_of_this_version(job: Job) -> None:
    names = {file.name for file in (job.temp / "dist").iterdir()}
    assert names == {f"falaj-{__version__}-py3-none-any.whl", f"falaj-{__version__}.tar.gz"}
    with ZipFile(job.temp / "dist" / f"falaj-{__version__}-py3-none-any.whl") as wheel:
        assert {"falaj/components/aws/__init__.py", "falaj/policy_pack/__main__.py"} <= set(wheel.namelist())


def test_a_page_that_the_index_cannot_show_is_refused(job: Job, tmp_path: Path) -> None:
    """`twine check --strict` reads the description: one that is missing is refused."""
    again = Job(job.checkout, tmp_path)
    (tmp_path / "tools").symlink_to((job.temp / "tools").resolve())
    text = (job.checkout / "pyproject.toml").read_text()
    try:
        replace(job.checkout / "pyproject.toml", 'readme = "README.md"\n', "")
        done = again.step("Build the wheel and the source distribution")
    finally:
        (job.checkout / "pyproject.toml").write_text(text)
    assert done.returncode != 0
    assert "long_description" in done.stdout + done.stderr


def test_the_sbom_and_the_notes_are_those_of_the_release(job: Job) -> None:
    done = job.step("List what is installed, and what has changed")
    assert done.returncode == 0, done.stdout + done.stderr
    sbom = json.loads((job.temp / "release" / "falaj.cdx.json").read_text())
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    component = sbom["metadata"]["component"]
    assert (component["name"], component["version"]) == ("falaj", __version__)
    assert component["licenses"][0]["license"]["id"] == "Apache-2.0"
    listed = {part["purl"].partition("@")[0]: part["version"] for part in sbom["components"] if "purl" in part}
    assert listed.keys() >= {"pkg:pypi/pulumi", "pkg:pypi/pydantic", "pkg:pypi/typer"}
    notes = (job.temp / "release" / "notes.md").read_text()
    assert "### Added\n" in notes
    assert "## [" not in notes


def test_no_job_that_runs_code_of_the_project_can_publish() -> None:
    jobs: dict[str, Any] = WORKFLOW["jobs"]
    runs_code = {name for name, job in jobs.items() if any("actions/checkout" in str(s) for s in job["steps"])}
    assert runs_code == {"test", "build"}
    assert [jobs[name]["permissions"] for name in runs_code] == [{"contents": "read"}] * 2
    assert jobs["publish"]["environment"] == "pypi"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert "secrets." not in (ROOT / ".github" / "workflows" / "release.yml").read_text()


def test_a_release_waits_for_the_tests_and_the_attestations() -> None:
    assert {name: job.get("needs") for name, job in WORKFLOW["jobs"].items()} == {
        "test": None, "build": "test", "attest": "build", "publish": "attest", "notes": "publish",
    }  # fmt: skip


def test_every_tool_is_pinned_by_its_hash() -> None:
    pinned = re.findall(r"^[a-z-]+==\S+$", (LOCK.with_suffix(".in")).read_text(), re.MULTILINE)
    locked = LOCK.read_text()
    assert len(pinned) == 5
    assert all(f"\n{pin} \\\n    --hash=sha256:" in locked for pin in pinned)
