"""How the nodes of AKS pools are replaced in upgrades."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from tests.unit.components.azure_samples import CLUSTER, POOL
from tests.unit.components.samples import program, recorded

CPU = {"profile": Profile.BATCH, "machines": ["Standard_D16as_v5"], "capacity": Capacity.ON_DEMAND}
GPU = {"capacity": Capacity.ON_DEMAND}


def settings(pool: dict[str, Any], upgrade: dict[str, Any] | None) -> dict[str, Any]:
    options = {} if upgrade is None else {"azure": {"upgrade": upgrade}}
    arguments = {**POOL, "pool": {**POOL["pool"], **pool, **options}}
    return recorded(azure.NodePool, arguments).one("azure-native:containerservice:AgentPool").inputs["upgradeSettings"]


@pytest.mark.parametrize(
    ("pool", "upgrade", "planned"),
    [
        (CPU, None, {"maxSurge": "10%"}),
        (GPU, None, {"maxSurge": "0", "maxUnavailable": "1"}),
        (CPU, {"max_surge": "33%"}, {"maxSurge": "33%"}),
        (GPU, {"max_surge": "1"}, {"maxSurge": "1"}),
        (CPU, {"max_surge": "0", "max_unavailable": "2"}, {"maxSurge": "0", "maxUnavailable": "2"}),
        (
            GPU,
            {"drain_minutes": 120, "soak_minutes": 5},
            {
                "maxSurge": "0",
                "maxUnavailable": "1",
                "drainTimeoutInMinutes": 120,
                "nodeSoakDurationInMinutes": 5,
            },
        ),
    ],
)
def test_nodes_are_replaced_as_stated(pool: dict[str, Any], upgrade: Any, planned: dict[str, Any]) -> None:
    assert settings(pool, upgrade) == planned


@pytest.mark.parametrize(
    ("upgrade", "message"),
    [
        ({"max_surge": "0"}, r"max_surge: .*more than 0"),
        ({"max_surge": "0%"}, r"max_surge: .*more than 0"),
        ({"max_surge": "0", "max_unavailable": "0%"}, r"max_surge: .*more than 0"),
        ({"max_surge": "1", "max_unavailable": "1"}, r"max_unavailable: .*a preview"),
        ({"max_surge": "101%"}, r"max_surge: .*percentage up to 100%"),
        ({"drain_minutes": 4}, r"drain_minutes: .*5"),
        ({"soak_minutes": 31}, r"soak_minutes: .*30"),
    ],
)
def test_settings_that_aks_refuses_are_refused(upgrade: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        settings(CPU, upgrade)


def test_spot_pools_have_no_upgrade_settings_and_system_pools_no_missing_nodes() -> None:
    spot = {**POOL, "pool": {**POOL["pool"], "azure": {"upgrade": {"max_surge": "1"}}}}
    with pytest.raises(BadArguments, match=r"azure\.upgrade: .*nothing for spot"):
        program(azure.NodePool, spot)()
    system = CLUSTER["system_pool"]
    options = {"azure": {"upgrade": {"max_surge": "0", "max_unavailable": "1"}}}
    pool = {**system, "pool": {**system["pool"], **options}}
    with pytest.raises(BadArguments, match=r"azure\.upgrade\.max_unavailable: .*profile system"):
        program(azure.Cluster, {**CLUSTER, "system_pool": pool})()
