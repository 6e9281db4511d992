"""Mutants of the stack files that `falaj check` calls good are planned by the engine. More: accepted_settings."""

from itertools import islice

import pytest

from tests.engine.accepted_settings import accepted, previewed
from tests.engine.conftest import MakeProject

pytestmark = pytest.mark.engine

COUNT = 4
SEED = 5


def test_what_is_called_good_is_planned(make_project: MakeProject) -> None:
    project = make_project(name="accepted")
    for number, made in enumerate(islice(accepted(SEED), COUNT)):
        done = previewed(project, made, f"mutant{number}")
        assert (done.status, "Traceback" in done.output) == (0, False), f"{made.base}: {made.change}\n{done.output}"
