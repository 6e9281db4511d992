"""The command lines with which Falaj's own hosts start programs of Node.js and Go, and what they say if they cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi.runtime.proto import language_pb2

from falaj.sandbox.language_host import SHOWN_TO_USER
from falaj.sandbox.program_hosts import GoHost, NodeHost, ProgramHost

Answer = Callable[..., language_pb2.RunResponse]


def request(folder: Path, preview: bool = False) -> language_pb2.RunRequest:
    info = language_pb2.ProgramInfo(root_directory=str(folder), program_directory=str(folder), entry_point=".")
    return language_pb2.RunRequest(
        project="site", stack="dev", organization="organization", pwd=str(folder), monitor_address="127.0.0.1:2",
        dryRun=preview, parallel=4, info=info, config={"aws:region": "me-central-1"},
    )  # fmt: skip


def tool(folder: Path, name: str, text: str) -> None:
    file = folder / "tools" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'tools'}:/usr/bin:/bin")


def run(host: type[ProgramHost], asked: language_pb2.RunRequest) -> language_pb2.RunResponse:
    return host("127.0.0.1:1").Run(asked, None)


def sdk(folder: Path) -> Path:
    runner = folder / "node_modules" / "@pulumi" / "pulumi" / "cmd" / "run" / "index.js"
    runner.parent.mkdir(parents=True)
    runner.touch()
    return runner


def test_a_program_of_node_runs_with_the_runner_of_its_sdk(tmp_path: Path) -> None:
    program = tmp_path / "site"
    program.mkdir()
    runner = sdk(tmp_path)  # above the program, as in a workspace of npm
    tool(tmp_path, "node", f'echo "$@ config=$PULUMI_CONFIG ts=$PULUMI_NODEJS_TYPESCRIPT" > {tmp_path}/said')
    assert run(NodeHost, request(program, preview=True)) == language_pb2.RunResponse()
    printed = (tmp_path / "said").read_text()
    for words in (
        f"{runner} --monitor 127.0.0.1:2 --engine 127.0.0.1:1 --project site --stack dev",
        f"--parallel 4 --root-directory {program} --pwd {program} --dry-run .",
        'config={"aws:region": "me-central-1"} ts=true',
    ):
        assert words in printed
    run(NodeHost, request(program))
    assert "--dry-run" not in (tmp_path / "said").read_text()


def test_a_program_of_go_is_compiled_and_reads_its_settings_from_variables(tmp_path: Path) -> None:
    compiled = f'echo "$PULUMI_MONITOR $PULUMI_ENGINE $PULUMI_STACK $PULUMI_DRY_RUN $PULUMI_PARALLEL" > {tmp_path}/said'
    tool(tmp_path, "go", f'printf \'#!/bin/sh\\n{compiled}\\n\' > "$3"; chmod +x "$3"')
    assert run(GoHost, request(tmp_path, preview=True)) == language_pb2.RunResponse()
    assert (tmp_path / "said").read_text() == "127.0.0.1:2 127.0.0.1:1 dev true 4\n"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (SHOWN_TO_USER, language_pb2.RunResponse(bail=True)),
        (3, language_pb2.RunResponse(error="the program ended with exit status 3")),
    ],
)
def test_the_status_of_a_program_tells_whether_the_user_saw_its_error(
    tmp_path: Path, status: int, answer: language_pb2.RunResponse
) -> None:
    sdk(tmp_path)
    tool(tmp_path, "node", f"exit {status}")
    assert run(NodeHost, request(tmp_path)) == answer


def test_what_is_missing_is_told_with_the_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(NodeHost, request(tmp_path)).error == (
        f"{tmp_path}: no @pulumi/pulumi in node_modules here or above; run `npm install` there"
    )
    tool(tmp_path, "go", "echo 'main.go:3: undefined: site' >&2; exit 1")
    assert run(GoHost, request(tmp_path)).error == f"{tmp_path} does not compile:\nmain.go:3: undefined: site"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(GoHost, request(tmp_path)).error == "no `go` on PATH; install it, then run this again"
