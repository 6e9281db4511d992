"""Order, distribution over processes, and garbage collection of all tests."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import SupportsIndex

import pytest
from execnet import XSpec
from hypothesis import settings
from pytest_timeout import Settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests.engine.warm import share_warm_python
from tests.rewritten import compile_tests
from tests.thorough import VARIABLE, is_thorough, is_tried
from tests.watchdog import Watchdog

# The cloud SDKs consist of half a million objects that live as long as the tests. Scanning them for garbage took a
# third of the time of the fast tests. So garbage collection is off while they load, and they are frozen afterwards.
gc.disable()

os.environ.setdefault("FALAJ_TODAY", "2026-11-26")
"""Versions leave their support on fixed days: no test may fail because a day has come. Child processes inherit it."""

for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
    os.environ.pop(name, None)
"""No test may fail because of the colours of the shell that it runs in."""

# Of one example: it says how busy the machine is. Tests of time measure processor time, of many.
settings.register_profile("falaj", deadline=None)
settings.load_profile("falaj")

LONGEST_FIRST = ("lab", "workloads", "pipelines", "engine", "scan", "browser")
"""Folders whose test files start first; short tests come last and fill the gaps."""

LABORATORIES: tuple[tuple[str, ...], ...] = (
    ("test_manifests", "test_autoscaling", "test_work_nodes", "test_spot_loss", "test_layer", "test_burst",
     "test_admission", "test_queueing", "test_spot_capacity", "test_spot_drought", "test_queue_admission",
     "test_verdicts", "test_definitions", "test_inference_pools", "test_endpoint_routing", "test_simulation"),
    ("test_training_run", "test_life", "test_sleeping", "test_onprem", "test_tenants", "test_tenant_access",
     "test_gpu_counts", "test_training_change", "test_training_forms", "test_multi_node", "test_budgets",
     "test_external_metrics", "test_fair_shares", "test_destroy", "test_deadlines"),
)  # fmt: skip
"""Files that share a laboratory, and so a process: two groups of equal duration, which are idle most of the time.

`test_manifests` is first because it waits for the deployments of all stacks, which take minutes and which the tests of
the engine need next: its laboratory starts after them (`plans` is of the session, `lab` of the package)."""

OF_ATTACKS = (
    "tests/policies/test_attacks.py", "tests/policies/test_harmless_elements.py",
    "tests/unit/recorded/test_recorded_attacks.py",
)  # fmt: skip
"""Files that share a process, in which each attack is evaluated once."""


def pytest_configure(config: pytest.Config) -> None:
    """Tries a third of the cases that are drawn by chance in a run of all tests, and all in one of named files."""
    is_of_all = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not hasattr(config, "workerinput"):
        os.environ.setdefault(VARIABLE, str(int(not is_of_all)))


def pytest_report_header() -> str:
    """Returns how thoroughly the tests run."""
    which = "all cases are tried" if is_thorough() else "a third of the cases drawn by chance is tried"
    return f"{which} ({VARIABLE}={os.environ[VARIABLE]})"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sorts the tests so that the longest start first, and leaves out cases that are not tried."""
    left_out = {item for item in items if item.get_closest_marker("sampled") and not is_tried(item.nodeid)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = sorted((item for item in items if item not in left_out), key=_rank)


@pytest.fixture(scope="session", autouse=True)
def no_status_lines() -> Iterator[None]:
    """A command within a test process prints its result only, however busy the machine is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("falaj.cli.progress.DELAY", 600)
        yield


WATCHDOG = Watchdog()


@pytest.hookimpl(optionalhook=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: Settings) -> bool | None:
    """Watches a test; None leaves another method than that of threads to pytest-timeout."""
    if settings.method != "thread":
        return None
    vars(item)["cancel_timeout"] = WATCHDOG.watch(item, settings)  # where pytest-timeout looks for it
    return True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Runs all tests of a file in one process, because they share a deployed stack."""
    return ByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: Sequence[XSpec]) -> None:
    """Compiles all tests, and forks the test processes of a run of all from one that has loaded the SDKs.

    Each would load them itself for as long as it then collects the tests, and again for the programs of the engine.
    """
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        if not sys.dont_write_bytecode:
            compile_tests(config, os.cpu_count() or 1)
        python = str(share_warm_python())
        for spec in specs:
            spec.python = python


class Collected(list[str]):
    """Ids of tests, each of which is found at once: pytest-xdist asks for the place of every test."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(ids)
        self._places = {test: place for place, test in enumerate(ids)}

    def index(self, value: str, start: SupportsIndex = 0, stop: SupportsIndex = sys.maxsize, /) -> int:
        """Returns the place of a test; where to look is not limited."""
        return self._places[value]


class ByFile(LoadScopeScheduling):
    """Assigns whole files to processes, and all files of a laboratory, or of attacks, to one process.

    Work that is assigned holds only tests that have not ended: pytest-xdist 3.8 counts all tests of a process that it
    ever assigned after each test. That took 10 of the first process's 22 seconds for 30,000 tests (2026-11-29).
    """

    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid.partition("::")[0])

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Takes up the tests that a process has found."""
        super().add_node_collection(node, collection)
        if node in self.registered_collections:
            self.registered_collections[node] = Collected(collection)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Forgets a test that has ended, and gives the process another file if that was one of its last two."""
        test = self.registered_collections[node][item_index]
        self._forget(self.assigned_work[node], test)
        self._reschedule(node)

    def _forget(self, work: dict[str, dict[str, bool]], test: str) -> None:
        unit = work[scope := self._split_scope(test)]
        del unit[test]
        if not unit:
            del work[scope]

    def _pending_of(self, workload: dict[str, dict[str, bool]]) -> int:
        return sum(map(len, workload.values()))

    def remove_node(self, node: WorkerController) -> str | None:
        """Takes up the other tests of a process that has ended; pytest-xdist 3.8 repeats the one that ended it too."""
        work = self.assigned_work[node]
        running = next((test for unit in work.values() for test in unit), None)
        if running is None:
            return super().remove_node(node)
        self._forget(work, running)
        super().remove_node(node)
        return running


@cache
def _scope(file: str) -> str:
    path = Path(file)
    if path.parent.name == "lab":
        return f"laboratory {_laboratory(path)}"
    return "attacks" if file in OF_ATTACKS else file


def _laboratory(file: Path) -> int:
    return next(number for number, names in enumerate(LABORATORIES) if file.stem in names)


def _rank(item: pytest.Item) -> tuple[int, int, int]:
    folder = item.path.parent.name
    folder_rank = LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)
    number = _laboratory(item.path) if folder == "lab" else 0
    return folder_rank, number, LABORATORIES[number].index(item.path.stem) if folder == "lab" else 0


def pytest_collection_finish() -> None:
    """Freezes the objects that the test modules loaded, and enables garbage collection with a high threshold.

    Planning a site creates a hundred thousand objects that stay referenced until the end. With the default threshold of
    700, scanning them took a fifth of the time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()
