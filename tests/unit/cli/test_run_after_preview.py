"""An operation begins only after a preview that succeeded and that nobody interrupted."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from falaj.cli.common import run_after_preview
from falaj.sandbox.engine_process import Interrupted
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine

OPERATIONS = ["up", "destroy", "refresh"]


def engine(folder: Path, script: str) -> Session:
    """Returns a session whose engine writes down what it is to do, runs a script, and succeeds."""
    path = folder / "engine"
    path.write_text(f'#!/bin/sh\necho "$*" >>"{folder}/run"\n{script}\n', encoding="utf-8")
    path.chmod(0o700)
    (folder / "Pulumi.yaml").write_text("name: models\nruntime: python\n", encoding="utf-8")
    return Session(Paths(folder), Engine(path, "3.259.0", "a stub"), dict(os.environ))


def commands(folder: Path) -> list[str]:
    return (folder / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_preview_and_the_operation_have_an_engine_each(tmp_path: Path, name: str) -> None:
    pack = tmp_path / "pack" if name == "up" else None
    assert run_after_preview(engine(tmp_path, ""), name, "dev", pack, ["--json"])
    preview, rest = commands(tmp_path)
    assert preview.startswith("preview --stack dev" if name == "up" else f"{name} --stack dev")
    assert ("--preview-only" in preview) is (name != "up")
    assert ("--yes" in preview, "--yes" in rest) == (False, True)
    assert rest.startswith(f"{name} --stack dev")
    assert rest.endswith("--json --skip-preview")
    for command in (preview, rest):
        assert "--json" in command
        assert (f"--policy-pack {pack}" in command) is (name == "up")


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_interrupted_preview_changes_nothing(tmp_path: Path, name: str) -> None:
    """An engine that has ended its last step does not look at the signal, and succeeds."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(Interrupted):
            run_after_preview(engine(tmp_path, 'trap "" INT; kill -INT $PPID'), name, "dev")
    finally:
        signal.signal(signal.SIGINT, former)
    assert len(commands(tmp_path)) == 1


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_preview_that_fails_changes_nothing(tmp_path: Path, name: str) -> None:
    assert not run_after_preview(engine(tmp_path, "exit 1"), name, "dev")
    assert len(commands(tmp_path)) == 1
