"""What holds for all tests."""

import gc

import pytest

# The clouds' SDKs are half a million objects that live as long as the tests do. Looking through them for garbage again
# and again took a third of the fast tests' time: nothing is collected while they load, and they are set aside after.
gc.disable()

LONGEST_FIRST = ("lab", "engine", "scan", "pipelines", "workloads", "browser")
"""Folders whose files begin before all others: what is short comes last and fills the gaps."""

TOGETHER = ("lab",)
"""Folders whose files stay in one process, for what they share is large."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays in one process, for its tests share a stack that is up."""
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder in TOGETHER else f"{folder}/{item.path.stem}"))
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folder = item.path.parent.name
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


def pytest_collection_finish() -> None:
    """Set aside what the test modules have loaded, and collect from here on, but seldom.

    A planned site is a hundred thousand objects that hang together until it is done: looked through at every seven
    hundredth they took a fifth of its time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
    gc.enable()
