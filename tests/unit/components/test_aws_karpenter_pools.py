"""Karpenter's node pools and node classes: the same machines, labels and taints as managed node groups."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import KARPENTER, POOL
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, recorded

NODE_POOL, CLASS = "kubernetes:karpenter.sh/v1:NodePool", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
TRAIN = KARPENTER["pools"]["train"]


def one(**changed: Any) -> Recording:
    return recorded(aws.Karpenter, {**KARPENTER, "pools": {"train": changed_args(NodePoolSpec, TRAIN, changed)}})


def pool(**changed: Any) -> dict[str, Any]:
    return one(**changed).one(NODE_POOL).inputs["spec"]


def node_class(**changed: Any) -> dict[str, Any]:
    return one(**changed).one(CLASS).inputs["spec"]


def requirements(**changed: Any) -> dict[str, list[str]]:
    result = pool(**changed)["template"]["spec"]["requirements"]
    assert {need["operator"] for need in result} == {"In"}
    return {need["key"]: need["values"] for need in result}


def test_nodes_are_labelled_and_tainted_as_those_of_a_managed_group() -> None:
    group = recorded(aws.NodePool, POOL).one("aws:eks/nodeGroup:NodeGroup").inputs
    template = pool(capacity=Capacity.SPOT)["template"]
    assert template["metadata"]["labels"] == {k: v for k, v in group["labels"].items() if k.startswith("falaj/")}
    assert [(taint["key"], taint["value"], taint["effect"]) for taint in template["spec"]["taints"]] == [
        ("falaj/profile", "training", "NoSchedule"),
        ("nvidia.com/gpu", "true", "NoSchedule"),
    ]
    assert {taint["key"] for taint in template["spec"]["taints"]} == {taint["key"] for taint in group["taints"]}


def test_disks_and_metadata_are_those_of_a_managed_group() -> None:
    template = recorded(aws.NodePool, POOL).one("aws:ec2/launchTemplate:LaunchTemplate").inputs
    (theirs,) = template["blockDeviceMappings"]
    (ours,) = node_class()["blockDeviceMappings"]
    assert ours["deviceName"] == theirs["deviceName"] == "/dev/xvda"
    assert ours["ebs"] == {
        "volumeType": "gp3",
        "volumeSize": f"{theirs['ebs']['volumeSize']:.0f}Gi",
        "throughput": theirs["ebs"]["throughput"],
        "iops": theirs["ebs"]["iops"],
        "encrypted": True,
        "kmsKeyID": KARPENTER["disk_key"],
        "deleteOnTermination": True,
    }
    assert node_class()["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpProtocolIPv6": "disabled",
        "httpPutResponseHopLimit": 1,
        "httpTokens": "required",
    }
    assert node_class(disk_gib=500)["blockDeviceMappings"][0]["ebs"]["volumeSize"] == "500Gi"


def test_a_node_class_names_existing_resources() -> None:
    result = node_class()
    assert result["instanceProfile"] == "uae-node-profile-1a2b3c4"
    assert "role" not in result
    assert result["amiSelectorTerms"] == [{"alias": "al2023@v20260903"}]
    assert result["subnetSelectorTerms"] == [{"id": "subnet-a"}, {"id": "subnet-b"}]
    assert result["securityGroupSelectorTerms"] == [{"id": "sg-nodes"}]
    assert result["associatePublicIPAddress"] is False


def test_machines_carry_the_cost_tags_and_their_tenant() -> None:
    assert node_class()["tags"] == TAGS
    assert node_class(tenant="treasury")["tags"] == {**TAGS, "tenant": "treasury"}
    assert pool(tenant="treasury")["template"]["metadata"]["labels"]["falaj/tenant"] == "treasury"


def test_pods_are_counted_as_the_network_gives_addresses() -> None:
    assert node_class()["kubelet"] == {"maxPods": 250}
    assert node_class(machines=["g5.xlarge", "g5.12xlarge"])["kubelet"] == {"maxPods": 110}


def test_local_disks_are_used_where_every_machine_has_them() -> None:
    assert node_class()["instanceStorePolicy"] == "RAID0"
    cpu = node_class(profile=Profile.BATCH, machines=["m7g.xlarge", "m7gd.xlarge"])
    assert "instanceStorePolicy" not in cpu


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [
        (Capacity.SPOT, ["spot"]),
        (Capacity.ON_DEMAND, ["on-demand"]),
        (Capacity.SPOT_FIRST, ["spot", "on-demand"]),
    ],
)
def test_what_a_node_must_be(capacity: Capacity, expected: list[str]) -> None:
    assert requirements(capacity=capacity) == {
        "node.kubernetes.io/instance-type": ["g5.12xlarge", "g6.12xlarge"],
        "karpenter.sh/capacity-type": expected,
        "kubernetes.io/arch": ["amd64"],
        "kubernetes.io/os": ["linux"],
    }


def test_a_zone_and_another_architecture() -> None:
    requirements_by_key = requirements(profile=Profile.BATCH, machines=["m7g.large", "c6g.large"], zone="me-central-1b")
    assert requirements_by_key["topology.kubernetes.io/zone"] == ["me-central-1b"]
    assert requirements_by_key["kubernetes.io/arch"] == ["arm64"]


def test_limits_are_text_and_those_of_the_largest_machines() -> None:
    assert pool()["limits"] == {"nodes": "8", "cpu": "384", "memory": "1536Gi", "nvidia.com/gpu": "32"}
    limits = pool(profile=Profile.BATCH, machines=["m7g.large", "m7g.xlarge"], max=3)["limits"]
    assert limits == {"nodes": "3", "cpu": "12", "memory": "48Gi"}
    largest = pool(machines=["p5en.48xlarge"], capacity=Capacity.ON_DEMAND, max=1000)["limits"]
    assert largest["memory"] == "2048000Gi"


@pytest.mark.parametrize(
    ("profile", "capacity", "policy", "after", "grace", "expire"),
    [
        (Profile.TRAINING, Capacity.ON_DEMAND, "WhenEmpty", "2m", "48h", "Never"),
        (Profile.TRAINING, Capacity.SPOT, "WhenEmpty", "2m", "2m", "Never"),
        (Profile.TRAINING, Capacity.SPOT_FIRST, "WhenEmptyOrUnderutilized", "2m", "48h", "Never"),
        (Profile.BATCH, Capacity.ON_DEMAND, "WhenEmpty", "2m", "24h", "720h"),
        (Profile.BATCH, Capacity.SPOT, "WhenEmpty", "2m", "2m", "720h"),
        (Profile.BATCH, Capacity.SPOT_FIRST, "WhenEmptyOrUnderutilized", "2m", "24h", "720h"),
        (Profile.INFERENCE_CPU, Capacity.SPOT, "WhenEmptyOrUnderutilized", "5m", "30m", "336h"),
        (Profile.INFERENCE_GPU, Capacity.SPOT, "WhenEmpty", "5m", "1h", "336h"),
    ],
)
def test_nodes_go_as_their_work_allows(
    profile: Profile, capacity: Capacity, policy: str, after: str, grace: str, expire: str
) -> None:
    result = pool(profile=profile, capacity=capacity)
    assert (result["disruption"]["consolidationPolicy"], result["disruption"]["consolidateAfter"]) == (policy, after)
    template = result["template"]["spec"]
    assert (template["terminationGracePeriod"], template["expireAfter"]) == (grace, expire)
    assert result["disruption"]["budgets"][-1]["schedule"] == "0 3 * * mon-fri"


def test_a_sleeping_pool_is_drained_before_the_system_nodes_stop() -> None:
    for capacity, grace in ((Capacity.ON_DEMAND, "20m"), (Capacity.SPOT, "2m"), (Capacity.SPOT_FIRST, "20m")):
        pools = {"train": changed_args(NodePoolSpec, TRAIN, {"capacity": capacity, "aws": {"sleeps": True}})}
        args = {**KARPENTER, "pools": pools, "tags": {**TAGS, "environment": "dev"}}
        sleeping = recorded(aws.Karpenter, args).one(NODE_POOL).inputs["spec"]
        assert sleeping["template"]["spec"]["terminationGracePeriod"] == grace


def test_placeholder_pods_keep_the_minimum_of_nodes() -> None:
    recording = one(min=2)
    kept = recording.one(DEPLOYMENT, "uae-warm-train").inputs
    assert (kept["metadata"]["name"], kept["metadata"]["namespace"]) == ("train", "falaj-keep-warm")
    assert kept["metadata"]["annotations"] == {"pulumi.com/skipAwait": "true"}
    spec, template = kept["spec"], kept["spec"]["template"]["spec"]
    assert (spec["replicas"], spec["strategy"]["rollingUpdate"]) == (2, {"maxSurge": 0, "maxUnavailable": 1})
    assert template["nodeSelector"] == spec["selector"]["matchLabels"] == {"falaj/pool": "train"}
    assert {item["key"] for item in template["tolerations"]} == {"falaj/profile", "nvidia.com/gpu"}
    (apart,) = template["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert apart == {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"falaj/pool": "train"}}}
    assert template["priorityClassName"] == "falaj-keep-warm"
    priority = recording.one("kubernetes:scheduling.k8s.io/v1:PriorityClass").inputs
    assert (priority["value"], priority["preemptionPolicy"]) == (-10, "Never")
    namespace = recording.one("kubernetes:core/v1:Namespace").inputs["metadata"]
    assert namespace["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_placeholder_pods_have_no_privileges() -> None:
    closed = one(min=2).one("kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs
    assert closed["metadata"]["namespace"] == "falaj-keep-warm"
    assert closed["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    template = one(min=2).one(DEPLOYMENT).inputs["spec"]["template"]["spec"]
    assert template["automountServiceAccountToken"] is False
    assert template["securityContext"]["runAsNonRoot"] is True
    (container,) = template["containers"]
    assert container["image"] == "registry.k8s.io/pause:3.10.1"
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    mirrored = recorded(aws.Karpenter, {**KARPENTER, "pause_image": "registry.example/pause:3.10"})
    (kept,) = mirrored.one(DEPLOYMENT).inputs["spec"]["template"]["spec"]["containers"]
    assert kept["image"] == "registry.example/pause:3.10"


def test_a_pool_without_a_minimum_has_no_placeholder_pods() -> None:
    recording = one()
    assert recording.of(DEPLOYMENT) == recording.of("kubernetes:core/v1:Namespace") == []


def test_a_new_pool_does_not_change_the_others() -> None:
    alone, both = one(), recorded(aws.Karpenter, KARPENTER)
    assert alone.names() < both.names()
    for item in alone.custom():
        assert item.inputs == both.one(item.typ, item.name).inputs
