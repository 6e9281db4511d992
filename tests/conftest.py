"""What holds for all tests."""

import gc

import pytest

# The clouds' SDKs are half a million objects that live as long as the tests do. Looking through them for garbage again
# and again took a third of the fast tests' time: nothing is collected while they load, and they are set aside after.
gc.disable()

LONGEST_FIRST = ("lab", "engine", "scan", "pipelines", "workloads", "browser")
"""Folders whose files begin before all others: what is short comes last and fills the gaps."""

LABORATORIES = {
    "autoscaling": 1, "spot_loss": 1, "layer": 1, "burst": 1, "admission": 1, "queueing": 1, "verdicts": 1,
    "definitions": 1, "manifests": 1,
    "training_run": 2, "life": 2, "sleeping": 2, "onprem": 2, "tenants": 2, "training_change": 2,
}  # fmt: skip
"""Which files share a laboratory, and with it a process: two that take equally long, and wait most of the time."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays in one process, for its tests share a stack that is up."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_rank)


def _group(item: pytest.Item) -> str:
    folder, name = item.path.parent.name, item.path.stem.removeprefix("test_")
    return f"lab {LABORATORIES[name]}" if folder == "lab" else f"{folder}/{name}"


def _rank(item: pytest.Item) -> tuple[int, int]:
    folder, name = item.path.parent.name, item.path.stem.removeprefix("test_")
    place = LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)
    return place, [*LABORATORIES].index(name) if folder == "lab" else 0


def pytest_collection_finish() -> None:
    """Set aside what the test modules have loaded, and collect from here on, but seldom.

    A planned site is a hundred thousand objects that hang together until it is done: looked through at every seven
    hundredth they took a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()
