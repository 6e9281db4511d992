"""Fine-tuning with low-rank adapters: the base stays as it is, adapters alone are saved, and runs resume as others."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workloads.environments import required_python
from tests.workloads.test_training_program import measured
from tests.workloads.training_program import HERE, Program, losses

pytestmark = pytest.mark.workloads

Make = Callable[..., Program]
NEW_TEXT = "falcon camel gazelle oryx houbara dugong turtle mangrove " * 800
ADAPTED = ("lora", "qlora")


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("training", HERE / "requirements.txt")


@pytest.fixture(scope="module")
def base(python: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a model that was trained on other text."""
    program = Program(python, tmp_path_factory.mktemp("base") / "run")
    assert program.run()[0] == 0
    return f"file://{program.vault}/model.pt"


@pytest.fixture
def make(python: Path, tmp_path: Path, base: str) -> Make:
    (tmp_path / "text").write_text(NEW_TEXT)

    def made(learning: str, name: str = "run", **parameters: str) -> Program:
        environment = {
            "FALAJ_BASE_MODEL_URI": base,
            "FALAJ_LEARNING": learning,
            "FALAJ_DATASET_URI": f"file://{tmp_path / 'text'}",
        }
        return Program(python, tmp_path / name, environment, {"learning_rate": "0.01", "dropout": "0", **parameters})

    return made


@pytest.mark.parametrize("learning", ADAPTED)
def test_adapters_learn_and_alone_are_saved(make: Make, python: Path, base: str, learning: str) -> None:
    program = make(learning)
    code, events = program.run()
    assert code == 0
    assert losses(events)[40] < losses(events)[1] - 0.5
    assert not (program.vault / "model.pt").exists()
    script = """
import sys, torch
saved = torch.load(sys.argv[1], weights_only=True)
base = torch.load(sys.argv[2], weights_only=True)
print(saved["rank"], saved["alpha"], len(saved["weights"]), all(n.endswith((".down", ".up")) for n in saved["weights"]))
state = torch.load(sys.argv[3], weights_only=True)
print(sorted(n for n in state["model"]) == sorted(saved["weights"]))
print(sum(w.numel() for w in saved["weights"].values()) < 0.25 * sum(w.numel() for w in base.values()))
"""
    newest = sorted(program.vault.glob("step-*.pt"))[-1]
    files = [str(program.vault / "adapters.pt"), base.removeprefix("file://"), str(newest)]
    done = subprocess.run([python, "-c", script, *files], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:3] == ["8 16.0 16 True", "True", "True"]


@pytest.mark.parametrize("learning", ADAPTED)
def test_the_base_is_frozen(python: Path, learning: str) -> None:
    """After steps of the optimizer every weight of the base is the same to the last bit."""
    script = """
import sys, torch
from falaj_training import adapters
from falaj_training.model import Model, Shape
torch.manual_seed(1)
model = Model(Shape())
adapters.adapt(model, 4, 8, quantise=sys.argv[1] == "qlora")
def frozen():
    tensors = (*model.named_parameters(), *model.named_buffers())
    return {name: value.clone() for name, value in tensors if not name.endswith((".down", ".up"))}
before = frozen()
optimizer = torch.optim.AdamW([w for w in model.parameters() if w.requires_grad], lr=0.1)
for _ in range(3):
    optimizer.zero_grad()
    model(*torch.randint(256, (2, 4, 32))).backward()
    optimizer.step()
assert all(torch.equal(value, before[name]) for name, value in frozen().items())
assert all(torch.any(w != 0) for n, w in model.named_parameters() if n.endswith(".up"))
"""
    subprocess.run([python, "-c", script, learning], env={"PYTHONPATH": str(HERE)}, check=True)


def test_four_bits_are_close_and_their_gradient_is_that_of_their_numbers(python: Path) -> None:
    script = """
import torch
from torch.nn import functional
from falaj_training.adapters import NORMAL_FLOAT, Quantised
torch.manual_seed(1)
layer = torch.nn.Linear(100, 33)
quantised = Quantised(layer)
weight = quantised.weight()
assert weight.shape == (33, 100) and quantised.codes.numel() == -(-3300 // 64) * 32
error = (weight - layer.weight).abs().max() / layer.weight.abs().max()
assert 0 < error < 0.16, error                      # half of the widest gap between two values
assert len(NORMAL_FLOAT) == 16 and sorted(NORMAL_FLOAT) == list(NORMAL_FLOAT)
exact = torch.nn.Linear(100, 33)
exact.weight.data, exact.bias = weight.clone(), layer.bias
assert torch.equal(Quantised(exact).weight(), weight)  # values that four bits can say stay as they are
inside = torch.randn(5, 100, requires_grad=True)
quantised(inside).sum().backward()
given, inside.grad = inside.grad, None
functional.linear(inside, weight, layer.bias).sum().backward()
assert torch.allclose(given, inside.grad)
"""
    subprocess.run([python, "-c", script], env={"PYTHONPATH": str(HERE)}, check=True)


@pytest.mark.parametrize("learning", ADAPTED)
def test_killed_it_resumes_to_the_last_bit(make: Make, learning: str) -> None:
    whole = losses(make(learning, "whole").run()[1])
    program, found = make(learning, "broken"), {}
    for stop in (11, 25, None):
        _, events = program.run(until=stop)
        found |= losses(events)
    assert found == whole


@pytest.mark.parametrize("strategy", ["ddp", "fsdp"])
def test_adapters_learn_the_same_on_several_processes(make: Make, strategy: str) -> None:
    whole = losses(make("lora", "whole").run()[1])
    program = make("lora", strategy)
    environment = {"FALAJ_STRATEGY": strategy, "FALAJ_PROCESSES_PER_NODE": "2"}
    code, events = program.run(until=20, by=signal.SIGTERM, **environment)
    assert code == 75
    found = losses(events)
    code, events = program.run()
    assert code == 0
    assert found | losses(events) == pytest.approx(whole, rel=1e-3)


def test_adapters_take_less_memory(python: Path) -> None:
    whole, lora, qlora = (measured(python, "tuned", learning) for learning in ("incremental", *ADAPTED))
    assert lora["mib"] < 0.6 * whole["mib"]
    assert qlora["mib"] < 0.7 * lora["mib"]
    assert lora["saved"] == qlora["saved"] < 0.03 * whole["saved"]
