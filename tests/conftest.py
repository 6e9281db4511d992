"""What holds for all tests."""

import gc
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# The clouds' SDKs are half a million objects that live as long as the tests do. Looking through them for garbage again
# and again took a third of the fast tests' time: nothing is collected while they load, and they are set aside after.
gc.disable()

LONGEST_FIRST = ("lab", "workloads", "pipelines", "engine", "scan", "browser")
"""Folders whose files begin before all others: what is short comes last and fills the gaps."""

LABORATORIES: tuple[tuple[str, ...], ...] = (
    ("test_autoscaling", "test_spot_loss", "test_layer", "test_burst", "test_admission", "test_queueing",
     "test_verdicts", "test_definitions", "test_manifests"),
    ("test_training_run", "test_life", "test_sleeping", "test_onprem", "test_tenants", "test_training_change"),
)  # fmt: skip
"""Which files share a laboratory, and with it a process: two that take equally long, and wait most of the time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first."""
    items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """A file stays in one process, for its tests share a stack that is up."""
    return ByFile(config, log)


class ByFile(LoadScopeScheduling):
    """Gives out files whole, and the files of a laboratory together."""

    def _split_scope(self, nodeid: str) -> str:
        file = Path(nodeid.split("::", 1)[0])
        return f"laboratory {_laboratory(file)}" if file.parent.name == "lab" else str(file)


def _laboratory(file: Path) -> int:
    return next(number for number, names in enumerate(LABORATORIES) if file.stem in names)


def _rank(item: pytest.Item) -> tuple[int, int, int]:
    folder = item.path.parent.name
    place = LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)
    number = _laboratory(item.path) if folder == "lab" else 0
    return place, number, LABORATORIES[number].index(item.path.stem) if folder == "lab" else 0


def pytest_collection_finish() -> None:
    """Set aside what the test modules have loaded, and collect from here on, but seldom.

    A planned site is a hundred thousand objects that hang together until it is done: looked through at every seven
    hundredth they took a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()
