"""The contract of a training run: the platform's variables, the program's, and those documented in its README agree."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from falaj.components.core.site.rules import node_traits
from falaj.components.core.training import contract as training
from falaj.facts.clouds import Cloud
from tests.unit.components.training_sample import FILE, container, run, variables
from tests.workloads.training_program import HERE

ALL_SETTINGS = {
    "nodes": 2,
    "gpus": 4,
    "efa_interfaces": 1,
    "model_uri": "s3://models/new",
    "efficiency": {"base_model_uri": "s3://models/base", "gradient_checkpointing": True},
    "parameters": {"steps": "7"},
}
README = (HERE / "README.md").read_text()


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """Modules of the program that need none of its libraries."""
    monkeypatch.syspath_prepend(str(HERE))
    yield {name: importlib.import_module(f"falaj_training.{name}") for name in ("contract", "storage", "__main__")}
    for name in [name for name in sys.modules if name.startswith("falaj_training")]:
        del sys.modules[name]


def test_the_readme_documents_every_variable() -> None:
    set_by_platform = {
        variable["name"] for variable in container(**ALL_SETTINGS)["env"] if variable["name"].startswith("FALAJ_")
    }
    documented = set(re.findall(r"`(FALAJ_[A-Z_]+)`", README))
    assert set_by_platform == documented
    for cloud in Cloud:
        assert node_traits(cloud).grace_seconds > training.PEER_WAIT_SECONDS, cloud


def test_the_program_reads_the_platforms_variables(program: dict[str, ModuleType], tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text(run(**ALL_SETTINGS).one(FILE).inputs["data"]["run.json"])
    contract = program["contract"].read(
        {**variables(**ALL_SETTINGS), "FALAJ_NODE_RANK": "1", "FALAJ_CONTRACT": str(file)}
    )
    assert (contract.run, contract.nodes, contract.node_rank, contract.processes) == ("uae", 2, 1, 8)
    assert (contract.precision, contract.strategy, contract.gradient_checkpointing) == ("bf16", "ddp", True)
    assert (contract.base_model_uri, contract.learning, contract.model_uri) == (
        "s3://models/base", "incremental", "s3://models/new",
    )  # fmt: skip
    assert contract.checkpoint_uri == "s3://checkpoints/uae"
    assert contract.master_address == "uae-workers-0-0.uae"
    assert contract.parameter("steps", 100) == 7
    unread = {name.removeprefix("FALAJ_").lower() for name in variables(**ALL_SETTINGS) if name.startswith("FALAJ_")}
    assert unread - set(type(contract).__dataclass_fields__) == {"contract", "version", "scratch"}


def test_both_mean_the_same_numbers(program: dict[str, ModuleType]) -> None:
    contract = program["contract"]
    assert (contract.VERSION, contract.TRY_AGAIN, contract.PEER_WAIT_SECONDS) == (
        training.CONTRACT_VERSION, training.TRY_AGAIN, training.PEER_WAIT_SECONDS,
    )  # fmt: skip
    with pytest.raises(ValueError, match="version 2"):
        contract.read({"FALAJ_VERSION": "2"})


@pytest.mark.parametrize(
    ("codes", "nodes", "verdict"),
    [
        ([0, 0], 1, 0),
        ([0, 1], 1, 1),
        ([75, 1], 1, 1),  # one process noticed the failure of the other first
        ([75, -9], 1, 137),  # one process ran out of memory, the other lost its peer
        ([75, 75], 2, 75),
        ([-15, -15], 1, 75),
        ([-15, 75], 1, 75),
        ([-6, 75], 2, 75),  # NCCL timed out waiting for another machine
        ([-6, 75], 1, 134),
        ([-9, 1], 1, 1),
        ([-11, 0], 1, 139),
    ],
)
def test_one_exit_code_for_many(program: dict[str, ModuleType], codes: list[int], nodes: int, verdict: int) -> None:
    assert program["__main__"].verdict(codes, nodes) == verdict


def test_a_file_is_written_atomically(
    program: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = program["storage"].store(f"file://{tmp_path}/deep/vault")
    folder.write("a", b"old")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        folder.write("a", b"new")
    assert (folder.read("a"), list(folder.names())) == (b"old", ["a"])
    monkeypatch.undo()
    folder.write("a", b"new")
    folder.delete("b")
    assert (folder.read("a"), list(folder.names())) == (b"new", ["a"])


def test_the_image_has_no_privilege_and_what_it_needs() -> None:
    lines = (HERE / "Containerfile").read_text().splitlines()
    assert "USER 10001:10001" in lines
    assert lines[-1] == 'ENTRYPOINT ["python", "-m", "falaj_training"]'
    assert all(":latest" not in line and re.search(r":\S+\d", line) for line in lines if line.startswith("FROM"))
