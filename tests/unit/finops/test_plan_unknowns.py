"""Values that are known only after the update: sizes of pools open the range and fail the cost thresholds, those of
work are named in a warning. None counts as absent.
"""

from typing import Any

import pytest

from falaj.finops.gate import Ceilings, judge, refused
from falaj.finops.plan import UNKNOWN
from tests.unit.finops.plans import AWS_NETWORK, TAGS, UNKNOWN_WORD, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import deployment, of_kind, pod, scaled_object

AKS, EKS = "azure-native:containerservice:AgentPool", "aws:eks/nodeGroup:NodeGroup"
H100 = "Standard_NC40ads_H100_v5"
SIZES = {"minSize": 1, "desiredSize": 1, "maxSize": 4}


def group(**props: Any) -> Row:
    return EKS, "uae-group", {"instanceTypes": ["m5.large"], "scalingConfig": SIZES, "tags": TAGS} | props


def requirement(key: str, values: Any, operator: str = "In") -> dict[str, Any]:
    return {"key": key, "operator": operator, "values": values}


def nodes_of(requirements: Any) -> Row:
    kind, name, props = karpenter_pool("gpu", [], limits={"nodes": "2"})
    props["spec"]["template"]["spec"]["requirements"] = requirements
    return kind, name, props


def of_replicas(number: Any) -> Row:
    kind, name, props = karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "2"})
    props["spec"]["replicas"] = number
    return kind, name, props


TYPE, CAPACITY = "node.kubernetes.io/instance-type", "karpenter.sh/capacity-type"


@pytest.mark.parametrize(
    ("pool", "unknown"),
    [
        (agent_pool("gpu", H100, 1, 4, maxCount=UNKNOWN_WORD), "maxCount"),
        (agent_pool("gpu", H100, 1, 4, minCount=UNKNOWN_WORD), "minCount"),
        (agent_pool("gpu", H100, 1, 4, enableAutoScaling=UNKNOWN_WORD), "enableAutoScaling"),
        (agent_pool("gpu", H100, 1, 4, enableAutoScaling=False, count=UNKNOWN_WORD), "count"),
        (agent_pool("gpu", H100, 0, 4, vmSize=UNKNOWN_WORD), "vmSize"),
        (agent_pool("gpu", H100, 1, 4, scaleSetPriority=UNKNOWN_WORD), "scaleSetPriority"),
        (agent_pool("gpu", H100, 1, 4, osDiskType="Managed", osDiskSizeGB=UNKNOWN_WORD), "osDiskSizeGB"),
        (agent_pool("gpu", H100, 1, 4, osDiskType=UNKNOWN_WORD), "osDiskType"),
        (agent_pool("gpu", H100, 1, 4, maxPods=UNKNOWN_WORD), "maxPods"),
        (agent_pool("gpu", H100, 1, 4, scaleSetPriority="Spot", spotMaxPrice=UNKNOWN_WORD), "spotMaxPrice"),
        (agent_pool("gpu", H100, 1, 4, gpuInstanceProfile=UNKNOWN_WORD), "gpuInstanceProfile"),
        (group(scalingConfig=UNKNOWN_WORD), "scalingConfig"),
        (group(scalingConfig={**SIZES, "maxSize": UNKNOWN_WORD}), "scalingConfig.maxSize"),
        (group(scalingConfig={**SIZES, "minSize": UNKNOWN_WORD}), "scalingConfig.minSize"),
        (group(scalingConfig={**SIZES, "desiredSize": UNKNOWN_WORD}), "scalingConfig.desiredSize"),
        (group(instanceTypes=UNKNOWN_WORD, scalingConfig={**SIZES, "minSize": 0, "desiredSize": 0}), "instanceTypes"),
        (group(instanceTypes=["m5.large", UNKNOWN_WORD]), "instanceTypes"),
        (group(capacityType=UNKNOWN_WORD), "capacityType"),
        (nodes_of(UNKNOWN_WORD), "spec.template.spec.requirements"),
        (nodes_of([requirement(TYPE, ["m5.large"]), requirement(CAPACITY, UNKNOWN_WORD)]), CAPACITY),
        (nodes_of([requirement(TYPE, ["m5.large", UNKNOWN_WORD])]), TYPE),
        (karpenter_pool("gpu", ["g6.xlarge"], limits=UNKNOWN_WORD), "spec.limits"),
        (karpenter_pool("gpu", ["g6.xlarge"], limits={"cpu": UNKNOWN_WORD}), "spec.limits.cpu"),
        (karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "2", "memory": UNKNOWN_WORD}), "spec.limits.memory"),
        (of_replicas(UNKNOWN_WORD), "spec.replicas"),
    ],
)
def test_an_unknown_size_of_a_pool_opens_the_range_and_shuts_the_gate(pool: Row, unknown: str) -> None:
    estimate = priced(plan(AWS_NETWORK, pool))
    reasons = [line.price.source for line in estimate.unpriced]
    assert any(f"{unknown} is known only after the update" in reason for reason in reasons), reasons
    assert refused(judge(estimate, Ceilings()))
    assert not refused(judge(estimate, Ceilings(), allow_missing=True))


VM = {"location": "uaenorth", "hardwareProfile": {"vmSize": "Standard_D8as_v5"}}


@pytest.mark.parametrize(
    ("kind", "props", "unknown"),
    [
        ("aws:ec2/instance:Instance", {"instanceType": UNKNOWN_WORD}, "instanceType"),
        (
            "aws:ec2/instance:Instance",
            {"instanceType": "m5.large", "instanceMarketOptions": {"marketType": UNKNOWN_WORD}},
            "instanceMarketOptions.marketType",
        ),
        (
            "aws:ec2/instance:Instance",
            {
                "instanceType": "m5.large",
                "instanceMarketOptions": {"marketType": "spot", "spotOptions": {"maxPrice": UNKNOWN_WORD}},
            },
            "instanceMarketOptions.spotOptions.maxPrice",
        ),
        ("aws:ec2/instance:Instance", {"instanceType": "m5.large", "rootBlockDevice": UNKNOWN_WORD}, "rootBlockDevice"),
        ("aws:ebs/volume:Volume", {"size": 10, "type": UNKNOWN_WORD}, "type"),
        ("aws:fsx/lustreFileSystem:LustreFileSystem", {"deploymentType": UNKNOWN_WORD}, "deploymentType"),
        ("aws:fsx/lustreFileSystem:LustreFileSystem", {"perUnitStorageThroughput": UNKNOWN_WORD}, "Throughput"),
        ("aws:efs/fileSystem:FileSystem", {"throughputMode": UNKNOWN_WORD}, "throughputMode"),
        ("aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": UNKNOWN_WORD}, "retentionInDays"),
        ("aws:lb/loadBalancer:LoadBalancer", {"loadBalancerType": UNKNOWN_WORD}, "loadBalancerType"),
        ("aws:alb/loadBalancer:LoadBalancer", {"loadBalancerType": UNKNOWN_WORD}, "loadBalancerType"),
        ("azure-native:compute:VirtualMachine", VM | {"hardwareProfile": {"vmSize": UNKNOWN_WORD}}, "vmSize"),
        ("azure-native:compute:VirtualMachine", VM | {"priority": UNKNOWN_WORD}, "priority"),
        (
            "azure-native:compute:VirtualMachine",
            VM | {"priority": "Spot", "billingProfile": {"maxPrice": UNKNOWN_WORD}},
            "billingProfile.maxPrice",
        ),
        ("azure-native:storage:FileShare", {"accessTier": "Premium", "shareQuota": UNKNOWN_WORD}, "shareQuota"),
        ("azure-native:storage:FileShare", {"accessTier": UNKNOWN_WORD}, "accessTier"),
        ("azure-native:storage:StorageAccount", {"sku": {"name": UNKNOWN_WORD}}, "sku.name"),
        ("azure-native:containerregistry:Registry", {"sku": UNKNOWN_WORD}, "sku"),
        ("azure-native:containerservice:ManagedCluster", {"sku": {"tier": UNKNOWN_WORD}}, "sku.tier"),
        ("azure-native:network:AzureFirewall", {"sku": {"tier": UNKNOWN_WORD}}, "sku.tier"),
        ("azure-native:network:LoadBalancer", {"sku": {"name": UNKNOWN_WORD}}, "sku.name"),
        ("azure-native:keyvault:Key", {"properties": {"kty": UNKNOWN_WORD}}, "properties.kty"),
        ("azure-native:operationalinsights:Workspace", {"retentionInDays": UNKNOWN_WORD}, "retentionInDays"),
    ],
)
def test_an_unknown_property_that_decides_the_cost_opens_the_range(
    kind: str, props: dict[str, Any], unknown: str
) -> None:
    estimate = priced(plan(AWS_NETWORK, (kind, "uae-item", {"location": "uaenorth", "tags": TAGS} | props)))
    reasons = [line.price.source for line in estimate.unpriced]
    assert any(f"{unknown} is known only after the update" in reason for reason in reasons), reasons
    assert refused(judge(estimate, Ceilings()))


def test_a_known_pool_has_no_such_line() -> None:
    for pool in (agent_pool("gpu", H100, 1, 4), group()):
        assert not priced(plan(AWS_NETWORK, pool)).unpriced


def test_types_that_are_not_known_are_not_the_default_type() -> None:
    lines = priced(plan(AWS_NETWORK, group(instanceTypes=UNKNOWN_WORD))).lines
    assert not any("t3.medium" in line.what for line in lines)
    template = ("aws:ec2/launchTemplate:LaunchTemplate", "uae-template", {"instanceType": UNKNOWN_WORD})
    props = {"scalingConfig": SIZES, "tags": TAGS}
    estimate = priced(plan(AWS_NETWORK, template, (EKS, "uae-group", props)))
    assert not any("t3.medium" in line.what for line in estimate.lines)
    assert estimate.unpriced


def unknown_request() -> dict[str, Any]:
    template = pod()
    template["spec"]["containers"][0]["resources"]["requests"]["cpu"] = UNKNOWN_WORD
    return template


@pytest.mark.parametrize(
    ("work", "path"),
    [
        (deployment("assistant", UNKNOWN_WORD, pod()), "spec.replicas"),  # type: ignore[arg-type]
        (deployment("assistant", 2, unknown_request()), "spec.template.spec.containers.0.resources.requests.cpu"),
        (of_kind("apps/v1:Deployment", "assistant", {"template": UNKNOWN_WORD}), "spec.template"),
        (("kubernetes:apps/v1:Deployment", "assistant", {"metadata": TAGS, "spec": UNKNOWN_WORD}), "spec"),
        (scaled_object("assistant", UNKNOWN_WORD, 4), "spec.minReplicaCount"),  # type: ignore[arg-type]
        (of_kind("autoscaling/v2:HorizontalPodAutoscaler", "assistant", {"maxReplicas": UNKNOWN_WORD}), "maxReplicas"),
        (of_kind("batch/v1:Job", "assistant", {"parallelism": UNKNOWN_WORD, "template": pod()}), "spec.parallelism"),
    ],
)
def test_work_of_unknown_size_is_named(work: Row, path: str) -> None:
    (warning,) = (text for text in priced(plan(AWS_NETWORK, group(), work)).warnings if "after the update" in text)
    assert "assistant" in warning
    assert path in warning


def test_other_unknown_values_of_work_are_no_warning() -> None:
    template = pod()
    template["spec"]["containers"][0] |= {"image": UNKNOWN_WORD, "env": [{"name": "KEY", "value": UNKNOWN_WORD}]}
    template["metadata"]["annotations"] = {"hash": UNKNOWN_WORD}
    work = deployment("assistant", 1, template)
    assert not any("after the update" in text for text in priced(plan(AWS_NETWORK, group(), work)).warnings)


@pytest.mark.parametrize(
    ("kind", "props", "unknown"),
    [
        ("aws:ebs/volume:Volume", {"size": UNKNOWN_WORD}, "size"),
        ("aws:fsx/lustreFileSystem:LustreFileSystem", {"storageCapacity": UNKNOWN_WORD}, "storageCapacity"),
        (EKS, {"instanceTypes": ["m5.large"], "scalingConfig": SIZES, "diskSize": UNKNOWN_WORD}, "size"),
        ("azure-native:compute:Disk", {"location": "uaenorth", "diskSizeGB": UNKNOWN_WORD}, "diskSizeGB"),
        (
            "azure-native:compute:VirtualMachine",
            {
                "location": "uaenorth",
                "hardwareProfile": {"vmSize": "Standard_D8as_v5"},
                "storageProfile": {"osDisk": {"diskSizeGB": UNKNOWN_WORD}},
            },
            "size",
        ),
    ],
)
def test_a_disk_of_unknown_size_has_no_price(kind: str, props: dict[str, Any], unknown: str) -> None:
    (line,) = priced(plan(AWS_NETWORK, (kind, "uae-disk", props | {"tags": TAGS}))).unpriced
    assert f"{unknown} is known only after the update" in line.price.source


def test_a_disk_of_unknown_size_in_a_node_class_has_no_price() -> None:
    kind, name, props = karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "1"})
    props["spec"]["template"]["spec"]["nodeClassRef"] = {"group": "karpenter.k8s.aws", "name": "gpu"}
    spec = {"blockDeviceMappings": [{"ebs": {"volumeSize": UNKNOWN_WORD}}]}
    node_class = (
        "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
        "uae-class",
        {"metadata": {"name": "gpu"}, "spec": spec},
    )
    (line,) = priced(plan(AWS_NETWORK, (kind, name, props), node_class)).unpriced
    assert "size is known only after the update" in line.price.source


def test_an_unknown_value_is_shown_as_unknown() -> None:
    assert f"{UNKNOWN}" == repr(UNKNOWN) == "unknown"
    assert not UNKNOWN
