"""The locks pin what ./try, ./test and the pipelines install: each package once for a system and a Python, by its
digests, in the project's versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement

from tests.pipelines.tools import LOCK, ROOT
from tests.project.test_distribution import distributions

PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", re.MULTILINE)
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(text: str) -> dict[str, str]:
    return {name.lower(): version for name, version, _ in PIN.findall(text)}


ANALYSIS = LOCK.with_name("requirements-analysis.lock")
"""What the step `advise` installs besides."""
TRY, TEST = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
"""What `./try` and `./test` install."""
LOCKS = (LOCK, ANALYSIS, TRY, TEST)
SYSTEMS = [(system, machine) for system in ("linux", "darwin") for machine in ("x86_64", "arm64")]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def required(*files: Path) -> dict[str, Requirement]:
    """Returns what files of requirements pin."""
    lines = [line for file in files for line in file.read_text().splitlines() if "==" in line]
    return {str(pin): pin for pin in map(Requirement, lines)}


def pins_on(lock: Path, system: str, machine: str, python: str) -> list[tuple[str, str]]:
    """Returns the packages, with versions, that pip installs from a lock there."""
    there = {**default_environment(), "sys_platform": system, "platform_machine": machine}
    there |= {"platform_system": system.title(), "python_version": python, "python_full_version": f"{python}.1"}
    found = PIN.findall(lock.read_text())
    return [(name.lower(), version) for name, version, marker in found if not marker or Marker(marker).evaluate(there)]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_a_digest(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    starts = [number for number, line in enumerate(lines) if not line.startswith((" ", "#"))]
    for start in starts:
        assert PIN.match(lines[start]), lines[start]
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", lines[start + 1])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_versions_are_those_of_requirements(lock: Path) -> None:
    pinned = required(*ROOT.glob("requirements*.txt"))
    assert len(pinned) > 10
    locked = {(name.lower(), version) for name, version, _ in PIN.findall(lock.read_text())}
    names = {name for name, _ in locked}
    missing = [
        text
        for text, pin in pinned.items()
        if pin.name.lower() in names and (pin.name.lower(), str(pin.specifier)[2:]) not in locked
    ]
    assert missing == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("system", "machine"), SYSTEMS)
def test_try_and_test_get_each_package_once_on_every_system(system: str, machine: str, python: str) -> None:
    there = {**default_environment(), "sys_platform": system, "platform_machine": machine, "python_version": python}
    for lock, files in ((TRY, ["requirements.txt"]), (TEST, ["requirements.txt", "requirements-dev.txt"])):
        installed = pins_on(lock, system, machine, python)
        assert len({name for name, _ in installed}) == len(installed) > 70
        pinned = required(*(ROOT / file for file in files)).values()
        needed = [pin for pin in pinned if not pin.marker or pin.marker.evaluate(there)]
        assert {(pin.name.lower(), str(pin.specifier)[2:]) for pin in needed} <= set(installed)


def test_what_try_installs_is_what_test_installs_and_the_backend() -> None:
    assert set(pins_on(TRY, "linux", "x86_64", "3.11")) <= set(pins_on(TEST, "linux", "x86_64", "3.11"))
    needed = {name.lower() for name in distributions([*EXTRAS["dependencies"], "falaj[sandbox,prices,preflight]"])}
    assert {*needed, "hatchling"} <= pins(TRY.read_text()).keys()


def test_a_compiled_package_has_the_digests_of_all_its_wheels() -> None:
    """At least three Pythons on four systems."""
    for lock in (TRY, TEST):
        entry = lock.read_text().partition("\npydantic-core==")[2].partition("==")[0]
        assert entry.count("--hash=sha256:") > len(SYSTEMS) * len(PYTHONS)


def test_both_have_the_same_versions_and_the_second_has_the_extra() -> None:
    first, second = pins(LOCK.read_text()), pins(ANALYSIS.read_text())
    assert {name: first[name] for name in first.keys() & second.keys()} == {
        name: second[name] for name in first.keys() & second.keys()
    }
    assert {name.lower() for name in distributions(["falaj[analysis]"])} <= second.keys()


def test_it_has_what_the_check_needs_and_no_tests() -> None:
    needed = {*distributions([*EXTRAS["dependencies"], "falaj[sandbox]"]), "hatchling"}
    locked = pins(LOCK.read_text())
    assert {name.lower() for name in needed} <= locked.keys()
    assert locked.keys() & {"pytest", "ruff", "moto", "pyright"} == set()


@pytest.mark.engine
def test_the_index_has_these_versions_with_these_digests(pinned_wheels: Path) -> None:
    """pip has downloaded them with `--require-hashes`."""
    files = [file.name.lower().replace("_", "-") for file in pinned_wheels.iterdir()]
    locked = PIN.findall(LOCK.read_text())
    here = [(name, version) for name, version, marker in locked if not marker or Marker(marker).evaluate()]
    assert len(here) > 40
    assert [name for name, version in here if not any(file.startswith(f"{name}-{version}-") for file in files)] == []
