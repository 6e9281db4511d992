"""torchrun with nothing but the platform's variables: how many processes it starts, who they are, how it ends."""

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.unit.components.training_sample import variables
from tests.workloads.environments import required_python
from tests.workloads.training_program import HERE

pytestmark = pytest.mark.workloads

LIMIT_SECONDS = 240
"""Seconds; a run takes some ten on two idle cores."""

PROGRAM = """
import json, os, sys
import torch.distributed as distributed
distributed.init_process_group("gloo")
names = ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "GROUP_RANK", "MASTER_ADDR")
seen = {name: os.environ[name] for name in names}
distributed.barrier()
distributed.destroy_process_group()
os.write(1, (json.dumps(seen) + "\\n").encode())  # one write: torchrun's `python -u` writes print's newline apart
sys.exit(int(os.environ["ENDS"]))
"""


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("training", HERE / "requirements.txt")


def run_nodes(python: Path, program: Path, ends: int = 0, nodes: int = 2) -> list[tuple[int, str]]:
    """Runs torchrun as the entry point of each pod of a planned run, all on this machine; returns
    each one's exit status and output. Fails with what one has said if it does not end within `LIMIT_SECONDS`."""
    planned = {name: value for name, value in variables(nodes=nodes, gpus=2).items() if name.startswith("PET_")}
    port = str(free_port())
    here = {"PET_MASTER_ADDR": "127.0.0.1", "PET_MASTER_PORT": port, "PET_RDZV_ENDPOINT": f"127.0.0.1:{port}"}
    assert planned.keys() >= here.keys()
    environment = {**os.environ, **planned, **here, "ENDS": str(ends), "OMP_NUM_THREADS": "1"}
    with ThreadPoolExecutor(nodes) as threads:
        return list(threads.map(lambda rank: _run_node(python, program, rank, environment), range(nodes)))


def _run_node(python: Path, program: Path, rank: int, environment: dict[str, str]) -> tuple[int, str]:
    command = [python, "-m", "torch.distributed.run", program]
    with subprocess.Popen(
        command,
        env={**environment, "PET_NODE_RANK": str(rank)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # also the processes that it started
            output, errors = process.communicate()
            pytest.fail(f"node {rank} has not ended after {LIMIT_SECONDS} s: {errors}")
    return process.returncode, output


def test_two_nodes_find_each_other_and_know_who_they_are(python: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    ended = run_nodes(python, program)
    assert [status for status, _ in ended] == [0, 0]
    seen = [json.loads(line) for _, output in ended for line in output.splitlines()]
    assert sorted(int(item["RANK"]) for item in seen) == [0, 1, 2, 3]
    assert {(item["WORLD_SIZE"], item["LOCAL_WORLD_SIZE"]) for item in seen} == {("4", "2")}
    assert {(item["GROUP_RANK"], int(item["RANK"]) // 2) for item in seen} == {("0", 0), ("1", 1)}


def test_torchrun_ends_with_1_whatever_its_program_said(python: Path, tmp_path: Path) -> None:
    """So a run under torchrun needs `retried_exit_codes: [1]`: the contract's 75 does not arrive."""
    program = tmp_path / "program.py"
    program.write_text("import os, sys\nsys.exit(int(os.environ['ENDS']))\n")
    assert [status for status, _ in run_nodes(python, program, ends=75, nodes=1)] == [1]
