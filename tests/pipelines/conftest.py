"""The linters, and a whole repository to run a pipeline's steps in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import engine  # noqa: F401 (fixture)
from tests.pipelines import tools
from tests.pipelines.repository import Repository, fresh
from tests.scan.tools import NoTools


@pytest.fixture(scope="session")
def python_linters() -> Path:
    """Without them the tests are skipped, or fail where they are required."""
    return _required(tools.python_linters)


@pytest.fixture(scope="session")
def actionlint() -> Path:
    """Without it the tests are skipped, or fail where it is required."""
    return _required(tools.actionlint)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A clone of this project as it lies here, with one commit."""
    return fresh(tmp_path)


def _required(get: Callable[[], Path]) -> Path:
    try:
        return get()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the linters are required: {missing}")
        pytest.skip(str(missing))
