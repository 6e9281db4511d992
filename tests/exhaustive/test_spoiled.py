"""Corrupted plans: with each value of each resource corrupted in turn, there is still an estimate."""

from collections.abc import Iterator
from typing import Any

import pytest

from falaj.finops.estimate import METERS
from falaj.finops.plan import UNKNOWN
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import placeholder

BAD = (UNKNOWN, None, "", "x", [], {}, -1, 1e300, True, [UNKNOWN], {"a": UNKNOWN})

EBS = {"blockDeviceMappings": [{"ebs": {"volumeSize": "20Gi", "volumeType": "gp3", "iops": 3000, "throughput": 125}}]}
FILTER = {"and": [{"tags": {"name": "tenant", "operator": "In", "values": ["bank"]}}]}
SCALING = {"minSize": 1, "maxSize": 2}
CLUSTER = {
    "sku": {"tier": "Standard"},
    "agentPoolProfiles": [agent_pool("gpu", "Standard_D4as_v5", 1, 2)[2]],
    "networkProfile": {"outboundType": "loadBalancer"},
}
SAMPLES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4, osDiskType="Managed", osDiskSizeGB=128),
    karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "2", "cpu": "8"}),
    ("kubernetes:apps/v1:Deployment", "uae-warm", {"spec": {"replicas": 1, "template": placeholder("gpu")}}),
    ("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "uae-class", {"metadata": {"name": "gpu"}, "spec": EBS}),
    ("aws:ec2/launchTemplate:LaunchTemplate", "uae-template", EBS),
    ("aws:eks/nodeGroup:NodeGroup", "uae-group", {"instanceTypes": ["m7g.large"], "scalingConfig": SCALING}),
    (
        "aws:budgets/budget:Budget",
        "uae-budget",
        {"timeUnit": "MONTHLY", "limitAmount": "5", "filterExpression": FILTER},
    ),
    ("azure-native:consumption:Budget", "uae-limit", {"timeGrain": "Monthly", "amount": 5, "filter": FILTER}),
    ("azure-native:containerservice:ManagedCluster", "uae-aks", CLUSTER),
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "uae-sts", {"vpcEndpointType": "Interface", "subnetIds": ["a"]}),
    ("azure-native:storage:StorageAccount", "uae-account", {"sku": {"name": "Standard_GZRS"}, "location": "uaenorth"}),
    ("azure-native:keyvault:Key", "uae-key", {"properties": {"kty": "RSA", "keySize": 3072}}),
)


def spoiled(value: Any) -> Iterator[Any]:
    """Yields the value with one element after another replaced by each invalid one."""
    yield from BAD
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ({**value, key: bad} for bad in spoiled(inner))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], bad, *value[index + 1 :]] for bad in spoiled(inner))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample[1])
def test_no_value_stops_the_estimate_or_gives_a_negative_cost(sample: tuple[str, str, dict[str, Any]]) -> None:
    kind, name, props = sample
    others = [row for row in SAMPLES if row is not sample and row[1] in ("uae-pool-gpu", "uae-group")]
    for bad in (value for value in spoiled(props | {"tags": TAGS}) if isinstance(value, dict)):
        for line in priced(plan(AWS_NETWORK, *others, (kind, name, bad))).lines:
            assert 0 <= line.usd.min <= line.usd.expected <= line.usd.max


@pytest.mark.parametrize("kind", METERS)
def test_every_priced_type_can_be_empty(kind: str) -> None:
    priced(plan(AWS_NETWORK, (kind, "uae-thing", {})))
