"""Fixtures of the pipeline tests: the linters, and a repository in which the steps of a pipeline run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import engine  # noqa: F401 (fixture)
from tests.pipelines import tools
from tests.pipelines.repository import Repository, clone, renew
from tests.scan.tools import NoTools


@pytest.fixture(scope="session")
def python_linters() -> Path:
    """The linters written in Python. Without them the tests are skipped, or fail if they are required."""
    return _required(tools.python_linters)


@pytest.fixture(scope="session")
def actionlint() -> Path:
    """The program actionlint. Without it the tests are skipped, or fail if it is required."""
    return _required(tools.actionlint)


@pytest.fixture(scope="session")
def pinned_wheels() -> Path:
    """The packages that the pipelines install. Without them the tests are skipped, or fail if they are required."""
    return _required(tools.pinned_wheels)


@pytest.fixture(scope="session")
def reused(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A copy of this working tree, which the tests of `repository` use one after the other."""
    return clone(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def repository(reused: Repository) -> Repository:
    """A copy of this working tree as a repository with one commit, as new for each test."""
    renew(reused)
    return reused


def _required(get: Callable[[], Path]) -> Path:
    try:
        return get()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the linters are required: {missing}")
        pytest.skip(str(missing))
