"""torchrun with nothing but the platform's variables: how many processes it starts, who they are, how it ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.unit.components.training_sample import variables
from tests.workloads.environments import required_python
from tests.workloads.training_program import HERE

pytestmark = pytest.mark.workloads

PROGRAM = """
import json, os, sys
import torch.distributed as distributed
distributed.init_process_group("gloo")
names = ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "GROUP_RANK", "MASTER_ADDR")
seen = {name: os.environ[name] for name in names}
distributed.barrier()
distributed.destroy_process_group()
print(json.dumps(seen), flush=True)
sys.exit(int(os.environ["ENDS"]))
"""


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("training", HERE / "requirements.txt")


def node(python: Path, program: Path, rank: int, ends: int = 0, nodes: int = 2) -> "subprocess.Popen[str]":
    """Starts torchrun as the entry point of one pod of a planned run, on this machine instead of the first pod's."""
    planned = {name: value for name, value in variables(nodes=nodes, gpus=2).items() if name.startswith("PET_")}
    port = str(29600 + os.getpid() % 300)
    here = {"PET_MASTER_ADDR": "127.0.0.1", "PET_MASTER_PORT": port, "PET_RDZV_ENDPOINT": f"127.0.0.1:{port}"}
    assert planned.keys() >= here.keys()
    environment = {
        **os.environ,
        **planned,
        **here,
        "PET_NODE_RANK": str(rank),
        "ENDS": str(ends),
        "OMP_NUM_THREADS": "1",
    }
    command = [python, "-m", "torch.distributed.run", program]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def test_two_nodes_find_each_other_and_know_who_they_are(python: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    started = [node(python, program, rank) for rank in (0, 1)]
    seen = [json.loads(line) for process in started for line in process.communicate(timeout=240)[0].splitlines()]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted(int(item["RANK"]) for item in seen) == [0, 1, 2, 3]
    assert {(item["WORLD_SIZE"], item["LOCAL_WORLD_SIZE"]) for item in seen} == {("4", "2")}
    assert {(item["GROUP_RANK"], int(item["RANK"]) // 2) for item in seen} == {("0", 0), ("1", 1)}


def test_torchrun_ends_with_1_whatever_its_program_said(python: Path, tmp_path: Path) -> None:
    """So a run under torchrun needs `retried_exit_codes: [1]`: the contract's 75 does not arrive."""
    program = tmp_path / "program.py"
    program.write_text("import os, sys\nsys.exit(int(os.environ['ENDS']))\n")
    alone = node(python, program, 0, ends=75, nodes=1)
    alone.communicate(timeout=240)
    assert alone.returncode == 1
