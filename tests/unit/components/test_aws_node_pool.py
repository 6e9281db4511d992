"""Node pools on AWS: machines, disks, labels, and scaling to and from zero."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import POOL
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, recorded

GROUP = "aws:eks/nodeGroup:NodeGroup"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
HINT = "k8s.io/cluster-autoscaler/node-template"


def pool(**changed: Any) -> Recording:
    return recorded(aws.NodePool, changed_args(aws.NodePoolArgs, POOL, changed))


def system(**changed: Any) -> Recording:
    arguments = {"profile": Profile.SYSTEM, "machines": ["m7g.large"], "capacity": Capacity.ON_DEMAND, "min": 2}
    return pool(**arguments, **changed)


def test_a_pool_is_a_group_a_template_and_hints() -> None:
    kinds = {(resource.typ, resource.name) for resource in system().custom()}
    hints = {
        "uae-label-falaj-profile", "uae-label-falaj-pool", "uae-label-falaj-capacity", "uae-taint-CriticalAddonsOnly",
    }  # fmt: skip
    assert kinds == {
        (GROUP, "uae-group"),
        (TEMPLATE, "uae-template"),
        *(("aws:autoscaling/tag:Tag", name) for name in hints),
    }


@pytest.mark.parametrize(
    ("machines", "image"),
    [
        (["m7g.large", "m6g.large"], "AL2023_ARM_64_STANDARD"),
        (["m6i.large", "m5.large"], "AL2023_x86_64_STANDARD"),
        (["g5.xlarge", "g6.xlarge"], "AL2023_x86_64_NVIDIA"),
    ],
)
def test_the_image_fits_architecture_and_gpu(machines: list[str], image: str) -> None:
    assert pool(machines=machines).one(GROUP).inputs["amiType"] == image


def test_spot_and_on_demand_are_bought_as_asked() -> None:
    spot, kept = pool().one(GROUP).inputs, system().one(GROUP).inputs
    assert (spot["capacityType"], spot["instanceTypes"]) == ("SPOT", ["g5.12xlarge", "g6.12xlarge"])
    assert (kept["capacityType"], kept["instanceTypes"]) == ("ON_DEMAND", ["m7g.large"])


def test_a_pool_begins_at_its_minimum_and_is_then_left_to_the_autoscaler() -> None:
    group = pool().one(GROUP)
    assert group.inputs["scalingConfig"] == {"minSize": 0, "desiredSize": 0, "maxSize": 8}
    assert group.ignore_changes == ("scalingConfig.desiredSize",)


def test_a_quarter_of_the_nodes_is_replaced_at_a_time_and_broken_ones_are_repaired() -> None:
    inputs = pool().one(GROUP).inputs
    assert inputs["updateConfig"] == {"maxUnavailablePercentage": 25}
    assert inputs["nodeRepairConfig"] == {"enabled": True}
    # A forced upgrade ignores disruption budgets, and would end a training run.
    assert "forceUpdateVersion" not in inputs


def test_nodes_have_the_version_they_are_given() -> None:
    assert pool(kubernetes_version="1.33").one(GROUP).inputs["version"] == "1.33"


def test_nodes_start_from_our_template_only() -> None:
    recording = pool()
    assert recording.one(GROUP).inputs["launchTemplate"] == {"id": "uae-template-id", "version": "1"}
    assert not {"diskSize", "remoteAccess"} & set(recording.one(GROUP).inputs)
    assert not {"instanceType", "imageId", "keyName", "iamInstanceProfile"} & set(recording.one(TEMPLATE).inputs)


def test_the_root_disk_is_encrypted_under_the_sites_key() -> None:
    [disk] = pool().one(TEMPLATE).inputs["blockDeviceMappings"]
    assert disk == {
        "deviceName": "/dev/xvda",
        "ebs": {
            "volumeType": "gp3",
            "volumeSize": 300,
            "throughput": 500,
            "iops": 3000,
            "encrypted": "true",
            "kmsKeyId": POOL["disk_key"],
            "deleteOnTermination": "true",
        },
    }
    assert pool(disk_gib=500).one(TEMPLATE).inputs["blockDeviceMappings"][0]["ebs"]["volumeSize"] == 500


def test_pods_cannot_read_the_nodes_credentials() -> None:
    options = pool().one(TEMPLATE).inputs["metadataOptions"]
    assert options == {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}


def test_machines_and_disks_carry_the_cost_tags() -> None:
    specs = {spec["resourceType"]: spec["tags"] for spec in pool().one(TEMPLATE).inputs["tagSpecifications"]}
    assert set(specs) == {"instance", "volume", "network-interface"}
    assert all(TAGS.items() <= tags.items() for tags in specs.values())


def test_labels_and_taints_follow_the_profile() -> None:
    inputs = pool().one(GROUP).inputs
    assert inputs["labels"] == {
        "falaj/profile": "training",
        "falaj/pool": "train",
        "falaj/capacity": "spot",
        "k8s.amazonaws.com/accelerator": "nvidia-a10g",
    }
    assert inputs["taints"] == [
        {"key": "falaj/profile", "value": "training", "effect": "NO_SCHEDULE"},
        {"key": "nvidia.com/gpu", "value": "true", "effect": "NO_SCHEDULE"},
    ]


def test_the_autoscaler_knows_nodes_that_do_not_exist_yet() -> None:
    tags = pool().of("aws:autoscaling/tag:Tag")
    assert {tag.inputs["autoscalingGroupName"] for tag in tags} == {"eks-uae-group-asg"}
    assert {tag.inputs["tag"]["key"]: tag.inputs["tag"]["value"] for tag in tags} == {
        f"{HINT}/label/falaj/profile": "training",
        f"{HINT}/label/falaj/pool": "train",
        f"{HINT}/label/falaj/capacity": "spot",
        f"{HINT}/label/k8s.amazonaws.com/accelerator": "nvidia-a10g",
        f"{HINT}/taint/falaj/profile": "training:NoSchedule",
        f"{HINT}/taint/nvidia.com/gpu": "true:NoSchedule",
        f"{HINT}/resources/nvidia.com/gpu": "4",
    }
    # On the machines they would appear as additional cost tags.
    assert not any(tag.inputs["tag"]["propagateAtLaunch"] for tag in tags)


def test_a_pool_without_gpus_promises_none() -> None:
    keys = {tag.inputs["tag"]["key"] for tag in system().of("aws:autoscaling/tag:Tag")}
    assert not any("nvidia" in key for key in keys)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"machines": []}, r"machines: \[\] is not allowed"),
        ({"machines": ["p4d.24xlarge", "g5.xlarge"]}, r"machines\.0: \"p4d.24xlarge\" .*offers, such as g\d"),
        ({"machines": ["g5.xlarge"]}, r"machines: \[\"g5.xlarge\"\] is not allowed; allowed: at least two types"),
        ({"machines": ["m7g.large", "m6i.large"]}, r"machines: .*not allowed; allowed: machines of one architecture"),
        ({"machines": ["g5.xlarge", "m6i.large"]}, r"machines: .*not allowed; .*machines that all have a GPU, or none"),
        ({"min": 9}, r"min: 9 is not allowed; allowed: at most max \(8\)"),
        ({"min": -1}, r"min: -1 is not allowed"),
        ({"min": 0, "max": 0}, r"max: 0 is not allowed"),
        ({"profile": Profile.SYSTEM, "min": 1}, r"capacity: \"spot\" is not allowed; allowed: on-demand"),
        ({"profile": Profile.SYSTEM, "capacity": Capacity.ON_DEMAND}, r"min: 0 is not allowed; allowed: 1 or more"),
        ({"kubernetes_version": "latest"}, r"kubernetes_version: \"latest\" is not allowed"),
        ({"disk_gib": 8}, r"disk_gib: 8 is not allowed"),
    ],
)
def test_impossible_pools_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        pool(**changed)
