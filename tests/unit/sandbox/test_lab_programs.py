"""The laboratory's programs: found in the cache, built completely or not at all, and errors in one sentence."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml

from falaj.sandbox import go_build
from falaj.sandbox.go_build import BuildFailed, GoProgram
from falaj.sandbox.lab import programs, upstream_files
from falaj.sandbox.lab.instance_types import instance_types
from falaj.sandbox.lab.ports import free_ports
from falaj.sandbox.lab.services import ADDONS, API_SERVER, CONTROLLERS, DATA, ETCD, PYTHON
from tests.unit.sandbox.test_toolchain import script

GO = """[ "$1" = env ] && echo go1.99.0 && exit
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
echo "$out" >> {log}
[ "$out" = {fails} ] && echo "cannot find module" >&2 && exit 1
echo built > "$out"
"""


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sets up an empty cache and a fake `go` that records what it builds; returns the file of its records."""
    monkeypatch.setattr(programs, "cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(go_build, "_module_folder", lambda go, module, folder: _embedded(tmp_path))
    return _go(tmp_path, monkeypatch)


def _go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str = "nothing") -> Path:
    log = tmp_path / "built.log"
    fake = script(tmp_path / "path" / "go", GO.format(log=log, fails=fails))
    monkeypatch.setattr(go_build.shutil, "which", lambda name: str(fake))
    return log


def _embedded(tmp_path: Path) -> Path:
    folder = tmp_path / "module" / "cmd" / "pulumi-resource-kubernetes"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("schema.json", "terraform-mapping.json"):
        (folder / name).write_text("{}")
    return tmp_path / "module"


def test_what_is_missing_is_built_once(go: Path) -> None:
    first = programs.ensure(lambda sentence: None)
    assert sorted(go.read_text().split()) == sorted(first) == sorted(program.file for program in programs.PROGRAMS)
    assert all(path.read_text() == "built\n" for path in first.values())
    go.unlink()
    assert programs.ensure(lambda sentence: None) == first
    assert not go.exists(), "a second run built again"


def test_one_that_fails_keeps_the_others_and_is_named(
    go: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(tmp_path, monkeypatch, fails="kwok")
    with pytest.raises(
        programs.ProgramsUnavailable, match=r"the Go module of kwok 0\.8\.0 did not build \(cannot find module\)$"
    ):
        programs.ensure(lambda sentence: None)
    assert [program.file for program in programs.missing_programs()] == ["kwok"]
    left = {path.name for path in (tmp_path / "cache" / "lab").rglob("*") if path.name.startswith("module-")}
    assert not left


def test_only_what_needs_a_newer_go_is_built_with_it(go: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = GO.replace("go1.99.0", "go1.26.8").format(log=tmp_path / "old.log", fails="nothing")
    paths = {"": script(tmp_path / "old" / "go", old), programs.newest_go(): tmp_path / "path" / "go"}
    monkeypatch.setattr(programs, "find_go", lambda folder, say, at_least="": str(paths[at_least]))
    programs.ensure(lambda sentence: None)
    assert go.read_text().split() == ["karpenter"]
    assert "kube" in (tmp_path / "old.log").read_text().split()


def test_programs_of_one_module_are_built_one_after_the_other(go: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds at a time would compile what they share twice."""
    building, together, built = set[str](), list[set[str]](), dict[str, int]()

    def build(go: str, program: GoProgram, target: Path, log: object) -> None:
        together.append({module for module in building if module == program.module})
        building.add(program.module)
        time.sleep(0.02)
        building.remove(program.module)
        built[program.module] = built.get(program.module, 0) + 1

    monkeypatch.setattr(programs, "compile_program", build)
    programs.ensure(lambda sentence: None)
    assert not any(together)
    assert sorted(built.values()) == [1, 1, 1, 1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    "pair", [("keda", "keda-adapter"), ("kueue", "trainer"), ("kuberay", "jobset"), ("lws", "kwok")]
)
def test_programs_that_share_packages_are_of_one_module(pair: tuple[str, str]) -> None:
    """Go compiles a package anew for each selection of the modules below it."""
    assert list(pair) in [[program.file for program in each] for each in programs.by_module(programs.PROGRAMS)]


def test_another_recipe_is_another_program(go: Path) -> None:
    one = GoProgram(title="a", file="p", module="module a", package=".")
    other = GoProgram(title="a", file="p", module="module b", package=".")
    renamed = GoProgram(title="b", file="p", module="module a", package=".")
    assert programs.program_path(one) != programs.program_path(other)
    assert programs.program_path(one) == programs.program_path(renamed)


def test_without_go_a_sentence_says_so(go: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(folder: Path, say: object) -> str:
        raise BuildFailed("no `go` on PATH")

    monkeypatch.setattr(programs, "find_go", none)
    with pytest.raises(programs.ProgramsUnavailable, match="programs cannot be built: no `go` on PATH"):
        programs.ensure(lambda sentence: None)


def test_definitions_are_fetched_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream_files, "cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(upstream_files, "find_go", lambda folder, say, at_least: "go")
    requested: list[str] = []

    def module(go: str, name: str, version: str, folder: Path) -> Path:
        requested.append(name)
        if len(requested) == 3:
            raise BuildFailed(f"the module {name} cannot be downloaded (403)")
        place = tmp_path / "modules" / name
        for item in (*upstream_files.DEFINITIONS, *upstream_files.OTHER_FILES):
            (place / item.folder).mkdir(parents=True, exist_ok=True)
            for pattern in item.patterns:
                (place / item.folder / pattern.replace("*", "x")).write_text("kind: X\n")
        return place

    monkeypatch.setattr(upstream_files, "download_module", module)
    with pytest.raises(programs.ProgramsUnavailable, match=r"cannot be downloaded \(403\)"):
        upstream_files.ensure(lambda sentence: None)
    assert list((tmp_path / "cache" / "lab").iterdir()) == []
    folder = upstream_files.ensure(lambda sentence: None)
    count = len(requested)
    assert upstream_files.ensure(lambda sentence: None) == folder
    assert len(requested) == count
    assert all(
        upstream_files.files(folder, entry) for entry in (*upstream_files.DEFINITIONS, *upstream_files.OTHER_FILES)
    )


def test_every_service_has_a_program_and_every_port_is_free_once() -> None:
    services = (ETCD, API_SERVER, *CONTROLLERS, *ADDONS)
    names = {program.file for program in programs.PROGRAMS}
    # The engine starts its provider, and tests start endpoint pickers.
    started_elsewhere = {"pulumi-resource-kubernetes", "epp"}
    assert {service.program for service in services} == names - started_elsewhere | {PYTHON}
    assert set(Counter(free_ports().values()).values()) == {1}


def test_own_files_are_whole() -> None:
    stages = [item["metadata"]["name"] for item in yaml.safe_load_all((DATA / "pods.yaml").read_text())]
    assert stages == ["pod-ready", "pod-end", "pod-terminate", "pod-delete"]


def test_karpenter_may_order_what_the_catalogue_has_at_its_prices() -> None:
    result = {item["name"]: item for item in instance_types()}
    assert json.dumps(result)
    small = result["g5.xlarge"]
    assert small["resources"]["nvidia.com/gpu"] == "1"
    priced = {
        (offer["Requirements"][0]["values"][0], offer["Requirements"][1]["values"][0]): offer["Price"]
        for offer in small["offerings"]
    }
    zones = [f"me-central-1{letter}" for letter in "abc"]
    assert priced == {("spot", zone): 0.53062 for zone in zones} | {("on-demand", zone): 1.234 for zone in zones}
    largest = result["p5en.48xlarge"]["offerings"]  # two zones, and no spot price is known
    assert {tuple(name["values"][0] for name in offer["Requirements"]) for offer in largest} == {
        ("on-demand", "me-central-1a"),
        ("on-demand", "me-central-1c"),
    }
    assert not {"p4d.24xlarge", "g4dn.xlarge"} & set(result)
