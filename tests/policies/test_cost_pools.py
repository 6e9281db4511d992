"""Pools of each kind, read in one form."""

from typing import Any

import pytest
from guardrails.cost.pools import MachinePool, pools
from guardrails.engine.reading import Resource

from .test_cost_machines import AKS, BATCH, GROUP, ML, NODES, POOL, karpenter


def _pool(path: str, minimum_path: str = "", **more: object) -> MachinePool:
    known: dict[str, Any] = {"machines": (), "profile": "", "spot": None, "minimum": None, **more}
    return MachinePool(path=path, minimum_path=minimum_path, **known)


AGENT: dict[str, Any] = {
    "vmSize": "Standard_NC4as_T4_v3", "nodeLabels": {"falaj/profile": "training"}, "scaleSetPriority": "Spot",
    "count": 3, "minCount": 2, "enableAutoScaling": True, "mode": "System",
}  # fmt: skip
AGENT_POOL: dict[str, Any] = {"profile": "training", "spot": True, "minimum": 2, "is_system": True}
ML_SCALE = {"vmSize": "Standard_D4s_v5", "vmPriority": "LowPriority", "scaleSettings": {"minNodeCount": 1}}


@pytest.mark.parametrize(("token", "props", "pool"), [
    (GROUP, {"instanceTypes": ["g5.xlarge"], "labels": {"falaj/profile": "training"}, "capacityType": "SPOT",
             "scalingConfig": {"minSize": 1}},
     _pool("capacityType", "scalingConfig.minSize", machines=(("instanceTypes[0]", "g5.xlarge"),), profile="training",
           spot=True, minimum=1)),
    (POOL, AGENT, _pool("scaleSetPriority", "minCount", machines=(("vmSize", "Standard_NC4as_T4_v3"),), **AGENT_POOL)),
    (AKS, {"agentPoolProfiles": [AGENT]},
     _pool("agentPoolProfiles[0].scaleSetPriority", "agentPoolProfiles[0].minCount",
           machines=(("agentPoolProfiles[0].vmSize", "Standard_NC4as_T4_v3"),), **AGENT_POOL)),
    (NODES, karpenter(["g5.xlarge"], ["spot"]).props,
     _pool("spec.template.spec.requirements", machines=(("spec.template.spec.requirements", "g5.xlarge"),),
           profile="training", spot=True, minimum=0)),
    (BATCH, {"computeResources": {"instanceTypes": ["m6g", "c6g.large"], "type": "SPOT", "minVcpus": 4}},
     _pool("computeResources.type", "computeResources.minVcpus",
           machines=(("computeResources.instanceTypes[1]", "c6g.large"),), profile="batch", spot=True, minimum=4)),
    (ML, {"properties": {"computeType": "AmlCompute", "properties": ML_SCALE}},
     _pool("properties.properties.vmPriority", "properties.properties.scaleSettings.minNodeCount",
           machines=(("properties.properties.vmSize", "Standard_D4s_v5"),), profile="training", spot=True, minimum=1)),
])  # fmt: skip
def test_a_pool_of_each_kind_is_read_in_one_form(token: str, props: dict[str, Any], pool: MachinePool) -> None:
    assert list(pools(Resource("urn:pulumi:prod::p::t::it", token, "it", props))) == [pool]
