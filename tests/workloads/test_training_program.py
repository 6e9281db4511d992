"""The reference training program: interruptions and distribution do not change what it learns."""

import json
import random
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port
from tests.workloads.environments import required_python
from tests.workloads.training_program import HERE, Program, losses, read_events

pytestmark = pytest.mark.workloads

Make = Callable[..., Program]


@pytest.fixture(scope="module")
def python() -> Path:
    return required_python("training", HERE / "requirements.txt")


@pytest.fixture
def make(python: Path, tmp_path: Path) -> Make:
    def made(name: str = "run", parameters: dict[str, str] | None = None, **environment: str) -> Program:
        return Program(python, tmp_path / name, environment, parameters or {})

    return made


@pytest.fixture(scope="module")
def undisturbed(python: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, float]:
    """Losses of an uninterrupted run, by step."""
    code, events = Program(python, tmp_path_factory.mktemp("undisturbed")).run()
    assert code == 0
    return losses(events)


def test_it_learns(undisturbed: dict[int, float]) -> None:
    assert sorted(undisturbed) == list(range(1, 41))
    assert undisturbed[1] > 5.4  # ln 256, the loss of an untrained model
    assert undisturbed[40] < undisturbed[1] - 1


def test_killed_at_random_it_reaches_the_same_loss_to_the_last_bit(make: Make, undisturbed: dict[int, float]) -> None:
    program, all_losses = make(), {}
    kills = sorted(random.Random(20261124).sample(range(4, 38), 3))  # noqa: S311 - reproducible
    for stop in (*kills, None):
        code, events = program.run(until=stop)
        assert code == (0 if stop is None else -signal.SIGKILL)
        first_step = events[0]["step"]
        assert first_step == 0 or first_step > min(kills) - 4  # it resumed and did not start from the beginning
        for step, loss in losses(events).items():
            assert all_losses.setdefault(step, loss) == loss  # a repeated step has the same loss
    assert all_losses == undisturbed


def test_two_processes_learn_what_one_does(make: Make, undisturbed: dict[int, float]) -> None:
    """Two halves of a batch are averaged: results differ only by the order of additions and by dropout."""
    by_strategy = {}
    for strategy in ("ddp", "fsdp"):
        code, events = make(strategy, FALAJ_STRATEGY=strategy, FALAJ_PROCESSES_PER_NODE="2").run()
        assert code == 0
        by_strategy[strategy] = losses(events)
    assert by_strategy["ddp"].keys() == undisturbed.keys()
    assert by_strategy["fsdp"] == pytest.approx(by_strategy["ddp"], rel=1e-3)
    assert by_strategy["ddp"] == pytest.approx(undisturbed, rel=0.02)


@pytest.mark.parametrize(("before", "after"), [(2, 1), (1, 2), (2, 4)])
def test_a_sharded_run_resumes_on_another_number_of_processes(make: Make, before: int, after: int) -> None:
    """Without dropout, which each process draws for itself, the loss is that of one process at every step."""
    without_dropout = {"dropout": "0"}
    whole = losses(make("whole", without_dropout).run()[1])
    program = make("moved", without_dropout)
    processes: dict[int, Any] = {
        number: {"FALAJ_PROCESSES_PER_NODE": str(number), "FALAJ_STRATEGY": "fsdp" if number > 1 else "none"}
        for number in (before, after)
    }
    stopped, events = program.run(until=20, by=signal.SIGTERM, **processes[before])
    assert stopped == 75
    found = losses(events)
    code, events = program.run(**processes[after])
    assert (code, events[0]["step"] >= 20) == (0, True)
    assert found | losses(events) == pytest.approx(whole, rel=1e-4)


def test_asked_to_stop_it_saves_and_says_try_again(make: Make) -> None:
    program = make(FALAJ_CHECKPOINT_INTERVAL_SECONDS="3600")
    code, events = program.run(until=10, by=signal.SIGTERM)
    assert (code, events[-1]["event"]) == (75, "checkpoint")
    assert program.run()[1][0] == {"event": "start", "step": events[-1]["step"]}


def test_a_notice_that_is_too_short_is_not_wasted_on_a_checkpoint(make: Make) -> None:
    program = make(FALAJ_CHECKPOINT_INTERVAL_SECONDS="3600", FALAJ_GRACE_SECONDS="0")
    code, events = program.run(until=10, by=signal.SIGTERM)
    assert (code, events[-1]["event"]) == (75, "step")
    assert not program.vault.exists()


def test_two_processes_do_not_begin_a_checkpoint_longer_than_the_notice(make: Make) -> None:
    """Only the process that writes knows how long a checkpoint takes."""
    program = make(
        FALAJ_STRATEGY="ddp",
        FALAJ_PROCESSES_PER_NODE="2",
        FALAJ_GRACE_SECONDS="1e-6",
        FALAJ_CHECKPOINT_INTERVAL_SECONDS="0.001",
    )
    code, events = program.run(until=10, by=signal.SIGTERM)
    assert code == 75
    kinds = [event["event"] for event in events]
    assert "checkpoint" in kinds
    assert kinds[-1] == "step"


def test_a_damaged_checkpoint_is_passed_over(make: Make, undisturbed: dict[int, float]) -> None:
    program = make()
    program.run(until=15)
    *_, newest = sorted(program.vault.glob("step-*.pt"))
    newest.write_bytes(newest.read_bytes()[:-1] + b"?")
    code, events = program.run()
    assert code == 0
    assert 0 < events[0]["step"] < int(newest.stem.removeprefix("step-"))
    assert losses(events)[40] == undisturbed[40]
    assert len(list(program.vault.glob("step-*.pt"))) == len(list(program.vault.glob("step-*.json"))) == 3


def test_a_finished_run_that_is_started_again_is_finished(make: Make) -> None:
    program = make(parameters={"steps": "5"})
    assert program.run()[0] == 0
    code, events = program.run()
    assert (code, [event["event"] for event in events]) == (0, ["start", "done"])


def test_a_lost_machine_ends_with_try_again(make: Make) -> None:
    """Two machines with one process each, of which one is killed."""
    port = str(free_port())
    program = make(parameters={"steps": "100000"}, FALAJ_NODES="2", FALAJ_STRATEGY="ddp", FALAJ_MASTER_PORT=port)
    first, second = (program.start(FALAJ_NODE_RANK=rank) for rank in ("0", "1"))
    with first, second:
        for event in read_events(first):
            if event["event"] == "step" and event["step"] == 5:
                second.kill()
        assert first.stderr
        errors = first.stderr.read()
        assert first.wait(60) == 75, errors
    assert '"event": "peer lost"' in errors


def test_a_permanent_error_ends_with_status_1(make: Make) -> None:
    """A batch larger than the data, or an unsupported version: another start would not help."""
    assert make(parameters={"batch": "100000"}).run()[0] == 1
    assert make(FALAJ_VERSION="2").run()[0] == 1
    assert make("two", {"batch": "100000"}, FALAJ_STRATEGY="ddp", FALAJ_PROCESSES_PER_NODE="2").run()[0] == 1


@pytest.mark.parametrize("environment", [{"FALAJ_PRECISION": "bf16"}, {"FALAJ_PRECISION": "fp16"}])
def test_fewer_bits_learn_nearly_the_same(
    make: Make, undisturbed: dict[int, float], environment: dict[str, str]
) -> None:
    reduced = losses(make(**environment).run()[1])
    assert reduced != undisturbed
    assert reduced[40] == pytest.approx(undisturbed[40], rel=0.02)


def test_gradient_checkpointing_changes_nothing_that_is_learnt(make: Make, undisturbed: dict[int, float]) -> None:
    assert losses(make(FALAJ_GRADIENT_CHECKPOINTING="true").run()[1]) == undisturbed


def test_gradient_checkpointing_saves_memory(python: Path) -> None:
    held = b"x" * 2**31  # what the starting process has does not count
    without, with_checkpointing = (measured(python, "once", on, "off") for on in ("0", "1"))
    del held
    assert with_checkpointing["mib"] < 0.75 * without["mib"]
    assert with_checkpointing["loss"] == without["loss"]


def measured(python: Path, *args: str) -> dict[str, Any]:
    done = subprocess.run([python, HERE / "measure.py", *args], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_base_model_is_taken_over(make: Make, python: Path, undisturbed: dict[int, float]) -> None:
    base = make("base")
    base.run()
    uri = f"file://{base.vault}/model.pt"
    more = losses(make("more", {"steps": "10"}, FALAJ_BASE_MODEL_URI=uri).run()[1])
    assert more[1] < undisturbed[1] - 1  # it starts from the base model's weights
    head = make("head", {"steps": "10"}, FALAJ_BASE_MODEL_URI=uri, FALAJ_LEARNING="transfer")
    assert head.run()[0] == 0
    script = (
        "import sys, torch; a, b = (torch.load(f, weights_only=True) for f in sys.argv[1:]);"
        "print(sorted({k.split('.')[0] for k in a if not torch.equal(a[k], b[k])}))"
    )
    models = [str(program.vault / "model.pt") for program in (base, head)]
    done = subprocess.run([python, "-c", script, *models], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['head']"


def test_a_vault_keeps_checkpoints_as_a_folder_does(python: Path) -> None:
    """Uses fsspec's memory file system; fsspec also implements s3:// and abfss://."""
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
