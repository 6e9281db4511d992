"""Machine types: availability in the region, fit for the workload profile, and capacity type."""

import pytest
from guardrails.cost import machines
from guardrails.engine.enforcement import Enforcement

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, Report

PACK = Pack()
STAGING_TAGS = TAGS | {"environment": "staging"}
GROUP = "aws:eks/nodeGroup:NodeGroup"
POOL = "azure-native:containerservice:AgentPool"
AKS = "azure-native:containerservice:ManagedCluster"
NODES = "kubernetes:karpenter.sh/v1:NodePool"
BATCH = "aws:batch/computeEnvironment:ComputeEnvironment"
ML = "azure-native:machinelearningservices:Compute"


def _cost_rules(reports: list[Report]) -> set[str]:
    return {item.rule for item in reports if item.rule.startswith("FJ-COST-10")}


def _resource_rules(token: str, **props: object) -> set[str]:
    return _cost_rules(PACK.evaluate_resource(Given(token, props)))


def _stack_rules(*plan: Given) -> set[str]:
    return _cost_rules(PACK.evaluate_stack(*plan))


def karpenter(machines: list[str], capacity: object, profile: str = "training", environment: str = "prod") -> Given:
    requirements = [
        {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": machines},
        {"key": "karpenter.sh/capacity-type", "operator": "In", "values": capacity},
    ]
    template = {"metadata": {"labels": {"falaj/profile": profile}}, "spec": {"requirements": requirements}}
    labels = {"environment": environment}
    return Given(NODES, {"metadata": {"labels": labels}, "spec": {"template": template}}, "pool")


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:ec2/instance:Instance", {"instanceType": "m7g.large"}),
        ("aws:ec2/launchTemplate:LaunchTemplate", {"instanceType": UNKNOWN}),
        (BATCH, {"computeResources": {"instanceTypes": ["optimal", "m6g", "c6g.large"]}}),
        ("aws:sagemaker/notebookInstance:NotebookInstance", {"instanceType": "ml.g5.xlarge"}),
        ("azure-native:compute:VirtualMachine", {"hardwareProfile": {"vmSize": "standard_d4s_V5"}}),
        (ML, {"properties": {"computeType": "AmlCompute", "properties": {"vmSize": "STANDARD_D4S_V5"}}}),
        # A foreign region is rejected by the residency rules instead.
        ("aws:ec2/instance:Instance", {"instanceType": "p4d.24xlarge", "region": "eu-west-1"}),
    ],
)
def test_machine_types_of_the_region_pass(token: str, props: dict[str, object]) -> None:
    assert _resource_rules(token, **props) == set()


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:ec2/instance:Instance", {"instanceType": "t2.micro"}),
        ("aws:ec2/fleet:Fleet", {"launchTemplateConfigs": [{"overrides": [{"instanceType": "p3.2xlarge"}]}]}),
        ("aws:autoscaling/group:Group",
         {"mixedInstancesPolicy": {"launchTemplate": {"overrides": [{"instanceType": "inf2.xlarge"}]}}}),
        ("aws:sagemaker/endpointConfiguration:EndpointConfiguration",
         {"productionVariants": [{"instanceType": "ml.m5.large"}, {"instanceType": "ml.p4d.24xlarge"}]}),
        (POOL, {"vmSize": "Standard_NC4as_T4_v3"}),
        (POOL, {"vmSize": "Standard_NC40ads_H100_v5", "location": "uaecentral"}),
        (AKS, {"agentPoolProfiles": [{"vmSize": "Standard_D4s_v5"}, {"vmSize": "Standard_NC24ads_A100_v4"}]}),
    ],
)  # fmt: skip
def test_machine_types_that_the_region_lacks_are_refused(token: str, props: dict[str, object]) -> None:
    assert _resource_rules(token, **props) == {"FJ-COST-101"}


def test_the_message_lists_available_machine_types() -> None:
    reports = PACK.evaluate_resource(Given(GROUP, {"instanceTypes": ["m7g.large", "p4d.24xlarge"]}))
    text = next(item.text for item in reports if item.rule == "FJ-COST-101")
    assert text.startswith(
        "[FJ-COST-101] resource 'it': instanceTypes[1]: 'p4d.24xlarge' is not offered in me-central-1"
    )
    assert "offered are g" in text


@pytest.mark.parametrize(
    ("profile", "machine", "refused"),
    [
        ("system", "m7g.large", False),
        ("system", "g6.xlarge", True),
        ("inference-cpu", "g5.xlarge", True),
        ("inference-gpu", "g6.xlarge", False),
        ("inference-gpu", "m7g.large", True),
        ("", "g6.xlarge", False),
    ],
)
def test_a_pool_has_machine_types_of_its_profile(profile: str, machine: str, refused: bool) -> None:
    props = {"instanceTypes": [machine], "labels": {"falaj/profile": profile}, "capacityType": "SPOT"}
    assert _resource_rules(GROUP, **props) == ({"FJ-COST-102"} if refused else set())


def test_a_profile_may_be_limited_to_machine_types() -> None:
    pack = Pack(Enforcement.model_validate({"default": {}, "cost": {"machines": {"batch": ["m7g.*", "M6g.*"]}}}))
    for machine, refused in (("m6g.large", False), ("c6g.large", True)):
        resource = Given(GROUP, {"instanceTypes": [machine], "labels": {"workload-profile": "batch"}})
        assert _cost_rules(pack.evaluate_resource(resource)) == ({"FJ-COST-102"} if refused else set())


@pytest.mark.parametrize(
    ("props", "refused"),
    [
        ({"scalingConfig": {"minSize": 0}}, False),
        ({"scalingConfig": {"minSize": 1}}, True),
        ({"scalingConfig": [{"minSize": "2"}]}, True),
        ({"scalingConfig": UNKNOWN_OBJECT}, False),
        ({"scalingConfig": {"minSize": 1}, "labels": {"falaj/profile": "inference-gpu"}}, False),
        ({"scalingConfig": {"minSize": 1}, "instanceTypes": ["g6.xlarge", "m7g.large"]}, False),
    ],
)
def test_gpu_pools_scale_to_zero(props: dict[str, object], refused: bool) -> None:
    group = {"instanceTypes": ["g6.xlarge"], "capacityType": "SPOT", **props}
    assert _resource_rules(GROUP, **group) == ({"FJ-COST-103"} if refused else set())


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ({"count": 0}, False),
        ({"count": 1}, True),
        ({"count": 1, "enableAutoScaling": True, "minCount": 0}, False),
        ({"count": 0, "enableAutoScaling": True, "minCount": 1}, True),
    ],
)
def test_azure_gpu_pools_scale_to_zero(counts: dict[str, object], refused: bool) -> None:
    assert _resource_rules(POOL, vmSize="Standard_NC40ads_H100_v5", **counts) == ({"FJ-COST-103"} if refused else set())


@pytest.mark.parametrize(
    ("resource", "refused"),
    [
        (karpenter(["g6.xlarge"], ["spot"]), False),
        (karpenter(["g6.xlarge"], ["spot", "on-demand"]), False),
        (karpenter(["g6.xlarge"], ["on-demand"]), True),
        (karpenter(["g6.xlarge"], UNKNOWN), False),
        (karpenter(["g6.xlarge"], ["on-demand"], "inference-gpu", "staging"), False),
        (karpenter(["g6.xlarge"], ["on-demand"], "batch"), False),
        (karpenter(["g6.xlarge"], ["on-demand"], "batch", "staging"), True),
        (karpenter(["m7g.large"], ["on-demand"]), False),
        (Given(GROUP, {"instanceTypes": ["g6.xlarge"], "labels": {"falaj/profile": "training"}}), True),
        (Given(GROUP, {"instanceTypes": ["g6.xlarge"], "capacityType": UNKNOWN, "tags": STAGING_TAGS}), False),
        (Given(POOL, {"vmSize": "Standard_NC40ads_H100_v5", "scaleSetPriority": "spot", "tags": STAGING_TAGS}), False),
        (Given(POOL, {"vmSize": "Standard_NC40ads_H100_v5", "tags": STAGING_TAGS}), True),
        (Given(BATCH, {
            "computeResources": {"type": "EC2", "instanceTypes": ["g6.xlarge"]}, "tags": STAGING_TAGS}), True),
        (Given(ML, {"properties": {"computeType": "AmlCompute", "properties": {
            "vmSize": "Standard_NC40ads_H100_v5", "vmPriority": "Dedicated"}}}), True),
    ],
)  # fmt: skip
def test_interruptible_gpu_workloads_use_spot(resource: Given, refused: bool) -> None:
    assert _cost_rules(PACK.evaluate_resource(resource)) == ({"FJ-COST-104"} if refused else set())


def test_an_on_demand_pool_may_be_allowed_with_a_reason() -> None:
    settings = {"default": {}, "cost": {"on_demand": {"note*": "People sit at them all day"}}}
    pack = Pack(Enforcement.model_validate(settings))
    pool = karpenter(["g6.xlarge"], ["on-demand"])
    assert _cost_rules(pack.evaluate_resource(pool)) == {"FJ-COST-104"}
    assert _cost_rules(pack.evaluate_resource(Given(pool.type, pool.props, "notebooks"))) == set()


def test_training_on_spot_needs_storage_for_checkpoints() -> None:
    pool = karpenter(["g6.xlarge"], ["spot"])
    assert _stack_rules(pool) == {"FJ-COST-105"}
    assert _stack_rules(pool, Given("aws:s3/bucket:Bucket", {"tags": TAGS}, "datasets")) == {"FJ-COST-105"}
    for token, props, name in (
        ("aws:s3/bucket:Bucket", {}, "team-checkpoints"),
        ("azure-native:storage:BlobContainer", {"containerName": "Checkpoints"}, "c"),
        ("kubernetes:core/v1:PersistentVolumeClaim", {}, "checkpoints"),
        ("azure-native:machinelearningservices:Datastore", {"name": "checkpoints"}, "d"),
    ):
        assert _stack_rules(pool, Given(token, props, name)) == set()
    assert _stack_rules(karpenter(["g6.xlarge"], ["spot"], "batch")) == set()


def test_non_production_machines_are_scheduled_or_scale_to_zero() -> None:
    def group(min_size: int, tags: dict[str, str] = STAGING_TAGS, profile: str = "batch") -> Given:
        sizes = {"minSize": min_size}
        labels = {"falaj/profile": profile}
        return Given(GROUP, {"instanceTypes": ["m7g.large"], "scalingConfig": sizes, "tags": tags, "labels": labels})

    assert _stack_rules(group(1)) == {"FJ-COST-106"}
    assert _stack_rules(group(0)) == set()
    assert _stack_rules(group(1, TAGS)) == set()
    assert _stack_rules(group(1, profile="system")) == set()
    assert _stack_rules(group(1), Given("aws:autoscaling/schedule:Schedule", {"desiredCapacity": 0}, "night")) == set()
    assert _stack_rules(group(1), Given("kubernetes:batch/v1:CronJob", {}, "pools-sleep")) == set()


def test_without_a_tag_the_stack_name_decides_whether_it_is_production() -> None:
    props = {"instanceTypes": ["m7g.large"], "scalingConfig": {"minSize": 1}}
    for stack, refused in (("dev", True), ("testing", True), ("main", False), ("prod-uae", False)):
        assert _stack_rules(Given(GROUP, props, stack=stack)) == ({"FJ-COST-106"} if refused else set())


MACHINE = "aws:ec2/instance:Instance"
VIRTUAL = "azure-native:compute:VirtualMachine"
SPOT = {"instanceMarketOptions": {"marketType": "spot"}}
TRAINING_TAGS = TAGS | {"workload-profile": "training"}
FLEET = {"tags": TRAINING_TAGS, "launchTemplateConfigs": [{"overrides": [{"instanceType": "g5.xlarge"}]}]}


def _group(on_demand: int) -> dict[str, object]:
    return {
        "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TRAINING_TAGS.items()],
        "mixedInstancesPolicy": {
            "instancesDistribution": {"onDemandPercentageAboveBaseCapacity": on_demand},
            "launchTemplate": {"overrides": [{"instanceType": "g5.xlarge"}]},
        },
    }


GPU = {"hardwareProfile": {"vmSize": "Standard_NC40ads_H100_v5"}}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINING_TAGS}, {"FJ-COST-104"}),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": STAGING_TAGS}, {"FJ-COST-104"}),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TAGS}, set()),
        (MACHINE, {"instanceType": "m7g.large", "tags": TRAINING_TAGS}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINING_TAGS, **SPOT}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINING_TAGS, "instanceMarketOptions": UNKNOWN_OBJECT}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINING_TAGS, "launchTemplate": {"id": UNKNOWN}}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TAGS | {"workload-profile": "system"}}, {"FJ-COST-102"}),
        ("aws:ec2/fleet:Fleet", {**FLEET, "targetCapacitySpecification": {"defaultTargetCapacityType": "on-demand"}},
         {"FJ-COST-104"}),
        ("aws:ec2/fleet:Fleet", {**FLEET, "targetCapacitySpecification": {"defaultTargetCapacityType": "spot"}}, set()),
        ("aws:autoscaling/group:Group", _group(0), set()),
        ("aws:autoscaling/group:Group", _group(50), {"FJ-COST-104"}),
        (VIRTUAL, {**GPU, "tags": TRAINING_TAGS}, {"FJ-COST-104"}),
        (VIRTUAL, {**GPU, "tags": TRAINING_TAGS, "priority": "Spot"}, set()),
        (VIRTUAL, {**GPU, "tags": TRAINING_TAGS, "priority": "Regular"}, {"FJ-COST-104"}),
        ("azure-native:compute:VirtualMachineScaleSet",
         {"sku": {"name": "Standard_NC40ads_H100_v5"}, "tags": TRAINING_TAGS, "virtualMachineProfile": {}},
         {"FJ-COST-104"}),
    ],
)  # fmt: skip
def test_single_gpu_machines_follow_the_spot_rule_of_pools(
    token: str, props: dict[str, object], expected: set[str]
) -> None:
    assert _resource_rules(token, **props) == expected


def test_karpenter_may_start_machines_of_another_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = karpenter(["gulf.large"], ["spot"])
    assert "FJ-COST-101" in {item.rule for item in PACK.evaluate_resource(pool)}
    regions, offered = machines.uae_regions, machines._offered
    gulf = frozenset({"gulf.large"})
    monkeypatch.setattr(
        machines, "uae_regions", lambda cloud=None: regions(cloud) | ({"gulf-1"} if not cloud else set())
    )
    monkeypatch.setattr(machines, "_offered", lambda region: gulf if region == "gulf-1" else offered(region))
    assert "FJ-COST-101" not in {item.rule for item in PACK.evaluate_resource(pool)}
