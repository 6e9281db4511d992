"""Each part of a deployment dies once; the documented commands leave state and clouds equal. More: tests.chaos."""

import pytest

from tests.chaos.kills import VICTIMS, drawn, suffered
from tests.engine.conftest import MakeDeployed, MakeProject

pytestmark = pytest.mark.engine

SEED = 41


@pytest.mark.parametrize("victim", VICTIMS)
def test_nothing_is_lost(make_project: MakeProject, make_deployed: MakeDeployed, victim: str) -> None:
    killed = drawn(SEED + VICTIMS.index(victim), victim=victim)
    resources = len(make_deployed("dev", "counted").inventory())
    if killed.operation == "destroy":
        project = make_deployed("dev", f"dying {victim}", checkpoints=True)
    else:
        project = make_project(name=f"dying {victim}", checkpoints=True)
    aftermath = suffered(killed, project, resources)
    assert aftermath.is_good, f"{aftermath}\n{aftermath.output}"
