"""Machines: what the region has, what the profile needs, and how it is bought."""

import pytest
from guardrails.cost import machines
from guardrails.engine.enforcement import Enforcement

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, Report

PACK = Pack()
TRIAL = TAGS | {"environment": "staging"}
GROUP = "aws:eks/nodeGroup:NodeGroup"
POOL = "azure-native:containerservice:AgentPool"
AKS = "azure-native:containerservice:ManagedCluster"
NODES = "kubernetes:karpenter.sh/v1:NodePool"
BATCH = "aws:batch/computeEnvironment:ComputeEnvironment"
ML = "azure-native:machinelearningservices:Compute"


def _cost(reports: list[Report]) -> set[str]:
    return {item.rule for item in reports if item.rule.startswith("FJ-COST-10")}


def _alone(token: str, **props: object) -> set[str]:
    return _cost(PACK.evaluate_resource(Given(token, props)))


def _together(*plan: Given) -> set[str]:
    return _cost(PACK.evaluate_stack(*plan))


def karpenter(machines: list[str], capacity: list[str], profile: str = "training", environment: str = "prod") -> Given:
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
        # Abroad is for the rules of residency to refuse.
        ("aws:ec2/instance:Instance", {"instanceType": "p4d.24xlarge", "region": "eu-west-1"}),
    ],
)
def test_machines_of_the_place_are_let_through(token: str, props: dict[str, object]) -> None:
    assert _alone(token, **props) == set()


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
def test_machines_that_the_region_lacks_are_refused(token: str, props: dict[str, object]) -> None:
    assert _alone(token, **props) == {"FJ-COST-101"}


def test_the_message_names_machines_that_there_are() -> None:
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
def test_a_pool_has_machines_of_its_profile(profile: str, machine: str, refused: bool) -> None:
    given = {"instanceTypes": [machine], "labels": {"falaj/profile": profile}, "capacityType": "SPOT"}
    assert _alone(GROUP, **given) == ({"FJ-COST-102"} if refused else set())


def test_a_profile_may_be_limited_to_machines() -> None:
    pack = Pack(Enforcement.model_validate({"default": {}, "cost": {"machines": {"batch": ["m7g.*", "M6g.*"]}}}))
    for machine, refused in (("m6g.large", False), ("c6g.large", True)):
        given = Given(GROUP, {"instanceTypes": [machine], "labels": {"workload-profile": "batch"}})
        assert _cost(pack.evaluate_resource(given)) == ({"FJ-COST-102"} if refused else set())


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
def test_gpu_pools_reach_zero(props: dict[str, object], refused: bool) -> None:
    given = {"instanceTypes": ["g6.xlarge"], "capacityType": "SPOT", **props}
    assert _alone(GROUP, **given) == ({"FJ-COST-103"} if refused else set())


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ({"count": 0}, False),
        ({"count": 1}, True),
        ({"count": 1, "enableAutoScaling": True, "minCount": 0}, False),
        ({"count": 0, "enableAutoScaling": True, "minCount": 1}, True),
    ],
)
def test_gpu_pools_of_azure_reach_zero(counts: dict[str, object], refused: bool) -> None:
    assert _alone(POOL, vmSize="Standard_NC40ads_H100_v5", **counts) == ({"FJ-COST-103"} if refused else set())


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (karpenter(["g6.xlarge"], ["spot"]), False),
        (karpenter(["g6.xlarge"], ["spot", "on-demand"]), False),
        (karpenter(["g6.xlarge"], ["on-demand"]), True),
        (karpenter(["g6.xlarge"], ["on-demand"], "inference-gpu", "staging"), False),
        (karpenter(["g6.xlarge"], ["on-demand"], "batch"), False),
        (karpenter(["g6.xlarge"], ["on-demand"], "batch", "staging"), True),
        (karpenter(["m7g.large"], ["on-demand"]), False),
        (Given(GROUP, {"instanceTypes": ["g6.xlarge"], "labels": {"falaj/profile": "training"}}), True),
        (Given(GROUP, {"instanceTypes": ["g6.xlarge"], "capacityType": UNKNOWN, "tags": TRIAL}), False),
        (Given(POOL, {"vmSize": "Standard_NC40ads_H100_v5", "scaleSetPriority": "spot", "tags": TRIAL}), False),
        (Given(POOL, {"vmSize": "Standard_NC40ads_H100_v5", "tags": TRIAL}), True),
        (Given(BATCH, {"computeResources": {"type": "EC2", "instanceTypes": ["g6.xlarge"]}, "tags": TRIAL}), True),
        (Given(ML, {"properties": {"computeType": "AmlCompute", "properties": {
            "vmSize": "Standard_NC40ads_H100_v5", "vmPriority": "Dedicated"}}}), True),
    ],
)  # fmt: skip
def test_gpus_that_may_be_interrupted_are_on_spot(given: Given, refused: bool) -> None:
    assert _cost(PACK.evaluate_resource(given)) == ({"FJ-COST-104"} if refused else set())


def test_a_pool_that_must_not_stop_is_named_with_the_reason() -> None:
    reason = {"default": {}, "cost": {"on_demand": {"note*": "People sit at them all day"}}}
    pack = Pack(Enforcement.model_validate(reason))
    given = karpenter(["g6.xlarge"], ["on-demand"])
    assert _cost(pack.evaluate_resource(given)) == {"FJ-COST-104"}
    assert _cost(pack.evaluate_resource(Given(given.type, given.props, "notebooks"))) == set()


def test_training_on_spot_has_a_vault_for_checkpoints() -> None:
    pool = karpenter(["g6.xlarge"], ["spot"])
    assert _together(pool) == {"FJ-COST-105"}
    assert _together(pool, Given("aws:s3/bucket:Bucket", {"tags": TAGS}, "datasets")) == {"FJ-COST-105"}
    for token, props, name in (
        ("aws:s3/bucket:Bucket", {}, "team-checkpoints"),
        ("azure-native:storage:BlobContainer", {"containerName": "Checkpoints"}, "c"),
        ("kubernetes:core/v1:PersistentVolumeClaim", {}, "checkpoints"),
    ):
        assert _together(pool, Given(token, props, name)) == set()
    assert _together(karpenter(["g6.xlarge"], ["spot"], "batch")) == set()


def test_machines_of_a_trial_sleep_or_reach_zero() -> None:
    def group(least: int, tags: dict[str, str] = TRIAL, profile: str = "batch") -> Given:
        sizes = {"minSize": least}
        labels = {"falaj/profile": profile}
        return Given(GROUP, {"instanceTypes": ["m7g.large"], "scalingConfig": sizes, "tags": tags, "labels": labels})

    assert _together(group(1)) == {"FJ-COST-106"}
    assert _together(group(0)) == set()
    assert _together(group(1, TAGS)) == set()
    assert _together(group(1, profile="system")) == set()
    assert _together(group(1), Given("aws:autoscaling/schedule:Schedule", {"desiredCapacity": 0}, "night")) == set()
    assert _together(group(1), Given("kubernetes:batch/v1:CronJob", {}, "pools-sleep")) == set()


def test_without_a_tag_the_name_of_the_stack_says_whether_it_is_a_trial() -> None:
    props = {"instanceTypes": ["m7g.large"], "scalingConfig": {"minSize": 1}}
    for stack, refused in (("dev", True), ("testing", True), ("main", False), ("prod-uae", False)):
        assert _together(Given(GROUP, props, stack=stack)) == ({"FJ-COST-106"} if refused else set())


MACHINE = "aws:ec2/instance:Instance"
VIRTUAL = "azure-native:compute:VirtualMachine"
SPOT = {"instanceMarketOptions": {"marketType": "spot"}}
TRAINS = TAGS | {"workload-profile": "training"}
FLEET = {"tags": TRAINS, "launchTemplateConfigs": [{"overrides": [{"instanceType": "g5.xlarge"}]}]}


def _group(on_demand: int) -> dict[str, object]:
    return {
        "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TRAINS.items()],
        "mixedInstancesPolicy": {
            "instancesDistribution": {"onDemandPercentageAboveBaseCapacity": on_demand},
            "launchTemplate": {"overrides": [{"instanceType": "g5.xlarge"}]},
        },
    }


GPU = {"hardwareProfile": {"vmSize": "Standard_NC40ads_H100_v5"}}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINS}, {"FJ-COST-104"}),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRIAL}, {"FJ-COST-104"}),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TAGS}, set()),
        (MACHINE, {"instanceType": "m7g.large", "tags": TRAINS}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINS, **SPOT}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINS, "instanceMarketOptions": UNKNOWN_OBJECT}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TRAINS, "launchTemplate": {"id": UNKNOWN}}, set()),
        (MACHINE, {"instanceType": "g5.xlarge", "tags": TAGS | {"workload-profile": "system"}}, {"FJ-COST-102"}),
        ("aws:ec2/fleet:Fleet", {**FLEET, "targetCapacitySpecification": {"defaultTargetCapacityType": "on-demand"}},
         {"FJ-COST-104"}),
        ("aws:ec2/fleet:Fleet", {**FLEET, "targetCapacitySpecification": {"defaultTargetCapacityType": "spot"}}, set()),
        ("aws:autoscaling/group:Group", _group(0), set()),
        ("aws:autoscaling/group:Group", _group(50), {"FJ-COST-104"}),
        (VIRTUAL, {**GPU, "tags": TRAINS}, {"FJ-COST-104"}),
        (VIRTUAL, {**GPU, "tags": TRAINS, "priority": "Spot"}, set()),
        (VIRTUAL, {**GPU, "tags": TRAINS, "priority": "Regular"}, {"FJ-COST-104"}),
        ("azure-native:compute:VirtualMachineScaleSet",
         {"sku": {"name": "Standard_NC40ads_H100_v5"}, "tags": TRAINS, "virtualMachineProfile": {}}, {"FJ-COST-104"}),
    ],
)  # fmt: skip
def test_single_machines_with_gpus_are_bought_like_pools(
    token: str, props: dict[str, object], expected: set[str]
) -> None:
    assert _alone(token, **props) == expected


def test_karpenter_may_start_machines_of_another_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = karpenter(["gulf.large"], ["spot"])
    assert "FJ-COST-101" in _cost(PACK.evaluate_resource(pool))
    regions, offered = machines.uae_regions, machines._offered
    gulf = frozenset({"gulf.large"})
    monkeypatch.setattr(
        machines, "uae_regions", lambda cloud=None: regions(cloud) | ({"gulf-1"} if not cloud else set())
    )
    monkeypatch.setattr(machines, "_offered", lambda region: gulf if region == "gulf-1" else offered(region))
    assert "FJ-COST-101" not in _cost(PACK.evaluate_resource(pool))
