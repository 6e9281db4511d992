"""The summary that begins every form of the estimate, computed by hand, and the output for a pipe."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.finops.plans import TAGS, agent_pool, preview, step

LONG = "a-node-pool-with-a-name-that-no-terminal-of-eighty-columns-can-show-on-one-line-with-its-figures"
POOL = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"})
ROOT = Path(__file__).parents[3]


def piped(folder: Path, **variables: str) -> str:
    """Returns what `falaj bill` writes to a pipe."""
    (folder / "plan.json").write_text(preview(step(POOL[0], LONG, POOL[2])))
    process = subprocess.run(
        [sys.executable, "-m", "falaj", "bill", "--stack", "prod", "--plan", str(folder / "plan.json")],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout


def test_a_pipe_gets_whole_names_and_figures_whatever_the_width_of_the_terminal(tmp_path: Path) -> None:
    texts = {piped(tmp_path, COLUMNS=columns, TERM="xterm-256color") for columns in ("20", "80", "400")}
    assert len(texts) == 1
    (text,) = texts
    (row,) = [line for line in text.splitlines() if line.startswith(LONG)]
    assert "machine Standard_NC40ads_H100_v5 on-demand" in row
    assert row.count("26,755.63") == 3
    assert "…" not in text
    assert "\x1b" not in text


def test_the_summary_comes_first(tmp_path: Path) -> None:
    assert "passed" in piped(tmp_path).splitlines()[0]
