"""The sandbox's environment variables are complete, and hide the user's real clouds."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest

from falaj.sandbox.environment import CLOUDS, prepare, sandbox_variables
from falaj.sandbox.evidence import tallies_since
from falaj.sandbox.paths import Paths, ProjectNotFound, find_project
from falaj.sandbox.session import Session, UnknownStack, operation
from falaj.sandbox.toolchain import Engine


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    return Paths(tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path / "engine" / "pulumi", "3.259.0", "a test's")


def test_nothing_of_the_users_real_clouds_is_seen(
    paths: Paths, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = (
        "AWS_ACCESS_KEY_ID",
        "AWS_PROFILE",
        "ARM_CLIENT_SECRET",
        "AZURE_TENANT_ID",
        "KUBECONFIG",
        "PULUMI_ACCESS_TOKEN",
    )
    for name in real:
        monkeypatch.setenv(name, "real")
    variables = sandbox_variables(paths, engine)
    assert not [name for name in real if name in variables]
    assert variables["PULUMI_BACKEND_URL"].startswith("file://")
    assert variables["PULUMI_HOME"] == str(paths.home)
    assert variables["PATH"].split(os.pathsep)[:2] == [str(paths.bin), str(engine.path.parent)]


def test_every_cloud_and_our_language_host_are_programs_of_the_sandbox(paths: Paths, engine: Engine) -> None:
    prepare(paths, engine)
    programs = {path.name for path in paths.bin.iterdir()}
    own = {"pulumi-language-python", "pulumi-resource-falaj"}
    assert programs == {f"pulumi-resource-{cloud}" for cloud in CLOUDS} | own
    assert all(os.access(path, os.X_OK) for path in paths.bin.iterdir())
    installed = {path.name: path.resolve() for path in paths.home.glob("plugins/*-v9999.0.0/*")}
    assert installed == {name: (paths.bin / name).resolve() for name in programs}


@pytest.mark.parametrize("mode", [None, 0o755])
def test_only_the_user_enters_the_sandbox(paths: Paths, engine: Engine, mode: int | None) -> None:
    if mode is not None:
        paths.sandbox.mkdir(mode=mode)
    former = os.umask(0)
    try:
        prepare(paths, engine)
    finally:
        os.umask(former)
    assert paths.sandbox.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_exists_and_is_named_as_the_sandbox_keeps_its_permissions(
    tmp_path: Path, paths: Paths, engine: Engine
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    named = Paths(paths.project, shared)
    prepare(named, engine)
    assert shared.stat().st_mode & 0o777 == 0o755
    assert {folder.stat().st_mode & 0o777 for folder in (named.state, named.home, named.evidence)} == {0o700}


def test_our_language_host_starts_in_a_folder_with_a_part_of_falaj(paths: Paths, engine: Engine) -> None:
    (paths.project / "falaj").mkdir()
    (paths.project / "falaj" / "__init__.py").touch()
    prepare(paths, engine)
    host = subprocess.Popen([paths.bin / "pulumi-language-python", "127.0.0.1:1"], stdout=PIPE, cwd=paths.project)
    assert host.stdout is not None
    port = host.stdout.readline()
    host.terminate()
    host.communicate(timeout=60)
    assert port.strip().isdigit()


def _hear_interrupts() -> None:
    """A shell ignores SIGINT in its background jobs, and their children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _catches_interrupts(process: int) -> bool:
    (caught,) = re.findall(r"^SigCgt:\s+(\w+)$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)


def _wait_for_launcher(process: int) -> None:
    """Waits until the launcher has taken away Python's own handler, which that sets before any module is imported."""
    until, was_caught = time.monotonic() + 20, False
    while not was_caught or _catches_interrupts(process):
        assert time.monotonic() < until, "Python's own handler is never taken away"
        was_caught |= _catches_interrupts(process)
        time.sleep(0.001)


@pytest.mark.parametrize("program", ["pulumi-language-python", "pulumi-resource-kubernetes"])
def test_an_interrupted_plug_in_ends_without_a_traceback_while_it_starts(
    paths: Paths, engine: Engine, program: str
) -> None:
    prepare(paths, engine)
    variables = os.environ | {"FALAJ_INVENTORY": str(paths.inventory)}
    for delay in (0.0, 0.1, 0.3):
        plug_in = subprocess.Popen(
            [paths.bin / program, "127.0.0.1:1"], stdout=PIPE, stderr=PIPE, env=variables, preexec_fn=_hear_interrupts
        )
        _wait_for_launcher(plug_in.pid)
        time.sleep(delay)
        plug_in.send_signal(signal.SIGINT)
        assert plug_in.communicate(timeout=60)[1] == b""
        assert plug_in.returncode in (0, -signal.SIGINT)


def test_our_language_host_gives_way_to_the_official_one(paths: Paths, engine: Engine) -> None:
    prepare(paths, engine)
    engine.path.parent.mkdir()
    (engine.path.parent / "pulumi-language-python").touch()
    prepare(paths, engine)
    assert not (paths.bin / "pulumi-language-python").exists()


def test_a_project_is_found_from_below_and_missed_from_outside(paths: Paths, tmp_path_factory) -> None:
    below = paths.project / "a" / "b"
    below.mkdir(parents=True)
    assert find_project(below) == Paths(paths.project.resolve())
    with pytest.raises(ProjectNotFound, match="change into the project, or name it with --project"):
        find_project(tmp_path_factory.mktemp("elsewhere"))


def test_a_stack_without_settings_is_refused_with_the_ones_there_are(paths: Paths, engine: Engine) -> None:
    session = Session(paths, engine, {})
    with pytest.raises(UnknownStack, match=r"Pulumi\.prod\.yaml is missing; there are: dev"):
        session.ensure_stack("prod")


def test_operations_are_what_a_pipeline_would_type() -> None:
    assert operation("preview", "dev", pack=Path("policy_pack")) == [
        *("preview", "--stack", "dev", "--non-interactive", "--suppress-permalink=true"),
        *("--policy-pack", "policy_pack"),
    ]
    assert "--yes" in operation("destroy", "dev", pack=Path("policy_pack"))
    assert "--policy-pack" not in operation("destroy", "dev", pack=Path("policy_pack"))


def test_evidence_is_tallied_by_concern_from_the_newest_run(tmp_path: Path) -> None:
    rows = [
        {"concern": "tags", "rule": "FJ-TAG-001", "verdict": "pass", "level": "mandatory"},
        {"concern": "tags", "rule": "FJ-TAG-001", "verdict": "fail", "level": "advisory"},
        {"concern": "residency", "rule": "FJ-RES-001", "verdict": "undetermined", "level": "mandatory"},
    ]
    (tmp_path / "guardrails-2.part").write_text("".join(json.dumps(row) + "\n" for row in rows))
    old = tmp_path / "guardrails-1.jsonl"
    old.write_text(json.dumps(rows[0]) + "\n")
    os.utime(old, (1, 1))
    tallies = tallies_since(tmp_path, since=100)
    assert {c: (t.judgements, t.passed, t.advice, t.refused) for c, t in tallies.items()} == {
        "tags": (2, 1, 1, 0),
        "residency": (1, 0, 0, 1),
    }
    assert tallies_since(tmp_path, since=1e12) == {}


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["check", "--stack", "none"], 2, "no stack 'none': there are: dev, prod-uae"),
        (["check", "--project", "/"], 2, "no Pulumi.yaml here or above"),
        (["machines", "--region", "eu-west-1"], 2, "no region 'eu-west-1'; there are: me-central-1"),
        (["inventory", "edit", "i-0", "tags.owner", "me"], 2, "no resource has the ID 'i-0'"),
        (["check"], 0, ""),
    ],
)
def test_commands_end_with_a_sentence_and_a_status(
    arguments: list[str], status: int, sentence: str, tmp_path: Path
) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "falaj", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    assert sentence in done.stderr
