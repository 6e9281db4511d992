"""Each part of a deployment dies once; the documented commands leave state and clouds equal. More: tests.chaos."""

import pytest

from tests.chaos.kills import VICTIMS, Deployment, drawn, suffered
from tests.engine.conftest import MakeDeployed, MakeProject

pytestmark = pytest.mark.engine

SEED = 41
SECONDS = 15
"""About the time of a deployment of dev; kills of operations that are not counted fall into it."""


@pytest.mark.parametrize("victim", VICTIMS)
def test_nothing_is_lost(make_project: MakeProject, make_deployed: MakeDeployed, victim: str) -> None:
    killed = drawn(SEED + VICTIMS.index(victim), victim=victim)
    deployed = {"dev": Deployment(make_deployed("dev", "counted"), SECONDS)}
    aftermath = suffered(killed, make_project(name=f"dying {victim}", checkpoints=True), deployed)
    assert aftermath.is_good, f"{aftermath}\n{aftermath.output}"
