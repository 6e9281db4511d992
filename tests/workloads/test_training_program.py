"""Runs the reference training program: after interruptions it reaches the same loss as an uninterrupted run."""

import json
import random
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workloads.environments import required_python
from tests.workloads.training_program import HERE, Program, events_of, losses

pytestmark = pytest.mark.workloads

Make = Callable[..., Program]


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("training", HERE / "requirements.txt")


@pytest.fixture
def make(python: Path, tmp_path: Path) -> Make:
    def program(name: str = "run", parameters: dict[str, str] | None = None, **environment: str) -> Program:
        return Program(python, tmp_path / name, environment, parameters or {})

    return program


@pytest.fixture(scope="module")
def uninterrupted(python: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, float]:
    """Returns the losses of an uninterrupted run by step."""
    code, events = Program(python, tmp_path_factory.mktemp("uninterrupted")).run()
    assert code == 0
    return losses(events)


def test_the_loss_decreases(uninterrupted: dict[int, float]) -> None:
    assert sorted(uninterrupted) == list(range(1, 41))
    assert uninterrupted[1] > 5.4  # about the logarithm of 256: untrained
    assert uninterrupted[40] < uninterrupted[1] - 1


def test_a_run_killed_at_random_steps_reaches_exactly_the_same_losses(
    make: Make, uninterrupted: dict[int, float]
) -> None:
    program, all_losses = make(), {}
    kills = sorted(random.Random(20261124).sample(range(4, 38), 3))  # noqa: S311 - reproducible
    for stop in (*kills, None):
        code, events = program.run(until=stop)
        assert code == (0 if stop is None else -signal.SIGKILL)
        first_step = events[0]["step"]
        assert first_step == 0 or first_step > min(kills) - 4  # it resumed instead of starting again
        for step, loss in losses(events).items():
            assert all_losses.setdefault(step, loss) == loss  # a repeated step has the same loss
    assert all_losses == uninterrupted


def test_two_processes_reach_the_losses_of_one(make: Make, uninterrupted: dict[int, float]) -> None:
    """Gradients are averaged over the halves of a batch: only the order of additions and dropout differ."""
    by_strategy = {}
    for strategy in ("ddp", "fsdp"):
        code, events = make(strategy, FALAJ_STRATEGY=strategy, FALAJ_PROCESSES_PER_NODE="2").run()
        assert code == 0
        by_strategy[strategy] = losses(events)
    assert by_strategy["ddp"].keys() == uninterrupted.keys()
    assert by_strategy["fsdp"] == pytest.approx(by_strategy["ddp"], rel=1e-3)
    assert by_strategy["ddp"] == pytest.approx(uninterrupted, rel=0.02)


def test_a_run_resumes_on_another_number_of_processes(make: Make, uninterrupted: dict[int, float]) -> None:
    program = make()
    stopped, _ = program.run(until=20, by=signal.SIGTERM, FALAJ_STRATEGY="fsdp", FALAJ_PROCESSES_PER_NODE="2")
    assert stopped == 75
    code, events = program.run()
    assert (code, events[0]["step"] >= 20) == (0, True)
    assert losses(events)[40] == pytest.approx(uninterrupted[40], rel=0.02)


def test_sigterm_saves_a_checkpoint_and_exits_with_the_retry_code(make: Make) -> None:
    program = make(FALAJ_CHECKPOINT_INTERVAL_SECONDS="3600")
    code, events = program.run(until=10, by=signal.SIGTERM)
    assert (code, events[-1]["event"]) == (75, "checkpoint")
    assert program.run()[1][0] == {"event": "start", "step": events[-1]["step"]}


def test_a_grace_period_that_is_too_short_skips_the_checkpoint(make: Make) -> None:
    program = make(FALAJ_CHECKPOINT_INTERVAL_SECONDS="3600", FALAJ_GRACE_SECONDS="0")
    code, events = program.run(until=10, by=signal.SIGTERM)
    assert (code, events[-1]["event"]) == (75, "step")
    assert not program.vault.exists()


def test_a_damaged_checkpoint_is_skipped(make: Make, uninterrupted: dict[int, float]) -> None:
    program = make()
    program.run(until=15)
    *_, newest = sorted(program.vault.glob("step-*.pt"))
    newest.write_bytes(newest.read_bytes()[:-1] + b"?")
    code, events = program.run()
    assert code == 0
    assert 0 < events[0]["step"] < int(newest.stem.removeprefix("step-"))
    assert losses(events)[40] == uninterrupted[40]
    assert len(list(program.vault.glob("step-*.pt"))) == len(list(program.vault.glob("step-*.json"))) == 3


def test_restarting_a_finished_run_does_nothing(make: Make) -> None:
    program = make(parameters={"steps": "5"})
    assert program.run()[0] == 0
    code, events = program.run()
    assert (code, [event["event"] for event in events]) == (0, ["start", "done"])


def test_a_lost_machine_exits_with_the_retry_code(make: Make) -> None:
    """Two machines with one process each; one is killed without notice."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    program = make(parameters={"steps": "100000"}, FALAJ_NODES="2", FALAJ_STRATEGY="ddp", FALAJ_MASTER_PORT=port)
    first, second = (program.start(FALAJ_NODE_RANK=rank) for rank in ("0", "1"))
    with first, second:
        for event in events_of(first):
            if event["event"] == "step" and event["step"] == 5:
                second.kill()
        assert first.stderr
        errors = first.stderr.read()
        assert first.wait(60) == 75, errors
    assert '"event": "peer lost"' in errors


def test_a_permanent_error_exits_with_1(make: Make) -> None:
    """A batch larger than the data: a restart would not help."""
    assert make(parameters={"batch": "100000"}).run()[0] == 1
    assert make(FALAJ_VERSION="2").run()[0] == 1
    assert make("two", {"batch": "100000"}, FALAJ_STRATEGY="ddp", FALAJ_PROCESSES_PER_NODE="2").run()[0] == 1


@pytest.mark.parametrize("environment", [{"FALAJ_PRECISION": "bf16"}, {"FALAJ_PRECISION": "fp16"}])
def test_lower_precision_reaches_nearly_the_same_loss(
    make: Make, uninterrupted: dict[int, float], environment: dict[str, str]
) -> None:
    lower_precision = losses(make(**environment).run()[1])
    assert lower_precision != uninterrupted
    assert lower_precision[40] == pytest.approx(uninterrupted[40], rel=0.02)


def test_gradient_checkpointing_does_not_change_the_losses(make: Make, uninterrupted: dict[int, float]) -> None:
    assert losses(make(FALAJ_GRADIENT_CHECKPOINTING="true").run()[1]) == uninterrupted


def test_gradient_checkpointing_saves_memory(python: Path) -> None:
    stored, recomputed = (measure(python, "once", on, "off") for on in ("0", "1"))
    assert recomputed["mib"] < 0.75 * stored["mib"]
    assert recomputed["loss"] == stored["loss"]


def measure(python: Path, *args: str) -> dict[str, Any]:
    done = subprocess.run([python, HERE / "measure.py", *args], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_training_continues_from_a_base_model(make: Make, python: Path, uninterrupted: dict[int, float]) -> None:
    base = make("base")
    base.run()
    uri = f"file://{base.vault}/model.pt"
    continued = losses(make("more", {"steps": "10"}, FALAJ_BASE_MODEL_URI=uri).run()[1])
    assert continued[1] < uninterrupted[1] - 1  # it starts with the loss of the base model
    head = make("head", {"steps": "10"}, FALAJ_BASE_MODEL_URI=uri, FALAJ_LEARNING="transfer")
    assert head.run()[0] == 0
    script = (
        "import sys, torch; a, b = (torch.load(f, weights_only=True) for f in sys.argv[1:]);"
        "print(sorted({k.split('.')[0] for k in a if not torch.equal(a[k], b[k])}))"
    )
    models = [str(program.vault / "model.pt") for program in (base, head)]
    done = subprocess.run([python, "-c", script, *models], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['head']"


def test_checkpoints_in_object_storage(python: Path) -> None:
    """Uses the in-memory file system of fsspec, which also accesses s3:// and abfss://."""
    script = """
from falaj_training import checkpoints
from falaj_training.storage import store
vault = store("memory://vault/run")
assert checkpoints.newest(vault) is None
for step in (1, 2, 3, 4):
    checkpoints.save(vault, step, {"step": step}, kept=2)
assert sorted(checkpoints.steps(vault)) == [3, 4]
assert checkpoints.newest(vault) == {"step": 4}
vault.write("step-000000004.pt", b"damaged")
assert checkpoints.newest(vault) == {"step": 3}
"""
    subprocess.run([python, "-c", script], env={"PYTHONPATH": str(HERE)}, check=True, capture_output=True)
