"""Karpenter on AWS: its installation, interruption queue, and order of creation and deletion."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Egress, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import KARPENTER
from tests.unit.components.mocks import ACCOUNT, Recording, document
from tests.unit.components.samples import changed_args, program, recorded

RELEASE = "kubernetes:helm.sh/v3:Release"
POOL, CLASS = "kubernetes:karpenter.sh/v1:NodePool", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
OVERLAY = "kubernetes:karpenter.sh/v1alpha1:NodeOverlay"
EVENTS = {
    "health": "AWS Health Event",
    "spot": "EC2 Spot Instance Interruption Warning",
    "rebalance": "EC2 Instance Rebalance Recommendation",
    "state": "EC2 Instance State-change Notification",
    "reservation": "EC2 Capacity Reservation Instance Interruption Warning",
}
DEV = {**TAGS, "environment": "dev"}


def karpenter(**changed: Any) -> Recording:
    return recorded(aws.Karpenter, {**KARPENTER, **changed})


def values(**changed: Any) -> dict[str, Any]:
    return karpenter(**changed).one(RELEASE, "uae-release").inputs["values"]


def before(seen: Recording, typ: str, name: str) -> set[str]:
    """Returns the names of all resources on which it depends."""
    by_urn = {item.urn: item for item in seen.resources}
    result: set[str] = set()
    waiting = [seen.one(typ, name)]
    while waiting:
        for urn in waiting.pop().depends_on:
            item = by_urn[urn]
            if item.name not in result:
                result.add(item.name)
                waiting.append(item)
    return result


def test_karpenter_has_exactly_these_children() -> None:
    rules = {("aws:cloudwatch/eventRule:EventRule", f"uae-on-{event}") for event in EVENTS}
    targets = {("aws:cloudwatch/eventTarget:EventTarget", f"uae-on-{event}-target") for event in EVENTS}
    attached = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    assert karpenter().names() == {
        *rules,
        *targets,
        ("aws:sqs/queue:Queue", "uae-interruptions"),
        ("aws:sqs/queuePolicy:QueuePolicy", "uae-interruptions-policy"),
        ("aws:kms/key:Key", "uae-queue-key"),
        ("aws:kms/alias:Alias", "uae-queue-key-alias"),
        ("aws:iam/role:Role", "uae-role"),
        ("aws:iam/rolePolicy:RolePolicy", "uae-machines"),
        ("aws:eks/podIdentityAssociation:PodIdentityAssociation", "uae-identity"),
        ("aws:iam/role:Role", "uae-node"),
        (attached, "uae-node-AmazonEKSWorkerNodePolicy"),
        (attached, "uae-node-AmazonEC2ContainerRegistryPullOnly"),
        ("aws:iam/instanceProfile:InstanceProfile", "uae-node-profile"),
        ("aws:eks/accessEntry:AccessEntry", "uae-node-entry"),
        (RELEASE, "uae-crd"),
        (RELEASE, "uae-release"),
        *((CLASS, f"uae-class-{pool}") for pool in ("train", "serve")),
        *((POOL, f"uae-pool-{pool}") for pool in ("train", "serve")),
        ("kubernetes:core/v1:Namespace", "uae-warm-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-warm-closed"),
        ("kubernetes:scheduling.k8s.io/v1:PriorityClass", "uae-warm-priority"),
        ("kubernetes:apps/v1:Deployment", "uae-warm-serve"),
    }


def test_both_charts_are_pinned_to_one_version_and_definitions_come_from_their_own() -> None:
    recording = karpenter()
    crd, release = (recording.one(RELEASE, name).inputs for name in ("uae-crd", "uae-release"))
    assert crd["chart"] == "oci://public.ecr.aws/karpenter/karpenter-crd"
    assert release["chart"] == "oci://public.ecr.aws/karpenter/karpenter"
    assert crd["version"] == release["version"] == "1.15.0"
    assert (crd["namespace"], release["namespace"], release["name"]) == ("kube-system", "kube-system", "karpenter")
    assert release["skipCrds"] is True
    assert "values" not in crd


def test_a_mirror_may_hold_charts_and_image() -> None:
    mirror = "123456789012.dkr.ecr.me-central-1.amazonaws.com/uae/karpenter"
    recording = karpenter(chart_registry=f"oci://{mirror}", image_registry=mirror, chart_version="1.15.1")
    release = recording.one(RELEASE, "uae-release").inputs
    assert (release["chart"], release["version"]) == (f"oci://{mirror}/karpenter", "1.15.1")
    assert release["values"]["controller"]["image"] == {"repository": f"{mirror}/controller"}
    assert values()["controller"]["image"] == {"repository": "public.ecr.aws/karpenter/controller"}


def test_it_runs_on_system_nodes_and_knows_cluster_queue_and_region() -> None:
    chart_values = values()
    assert chart_values["replicas"] == 2
    assert chart_values["nodeSelector"] == {"kubernetes.io/os": "linux", "falaj/profile": "system"}
    assert chart_values["tolerations"] == [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
    assert chart_values["dnsPolicy"] == "Default"
    assert chart_values["serviceAccount"] == {"create": True, "name": "karpenter"}
    assert chart_values["controller"]["env"] == [{"name": "AWS_REGION", "value": "me-central-1"}]
    assert chart_values["controller"]["resources"]["limits"] == {"memory": "1Gi"}
    assert chart_values["settings"] == {
        "clusterName": "uae",
        "interruptionQueue": "uae-interruptions-1a2b3c4",
        "isolatedVPC": False,
        "enableZonalShift": True,
        "featureGates": {"nodeOverlay": False},
    }


def test_without_egress_karpenter_runs_in_isolated_mode() -> None:
    settings = values(egress=Egress.NONE)["settings"]
    assert (settings["isolatedVPC"], settings["enableZonalShift"]) == (True, False)


def test_prices_are_given_only_if_asked_for_and_only_known_ones() -> None:
    assert karpenter().of(OVERLAY) == []
    recording = karpenter(prices=True)
    assert recording.one(RELEASE, "uae-release").inputs["values"]["settings"]["featureGates"] == {"nodeOverlay": True}
    assert {item.name for item in recording.of(OVERLAY)} == {
        f"uae-price-{machine}" for machine in ("g5.12xlarge", "g6.12xlarge", "m7g.xlarge", "m7g.2xlarge")
    }
    overlay = recording.one(OVERLAY, "uae-price-g5.12xlarge").inputs
    assert overlay["metadata"]["name"] == "price-g5-12xlarge"
    assert overlay["spec"] == {
        "requirements": [
            {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["g5.12xlarge"]},
            {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
        ],
        "price": "6.9575",
    }


def test_interruptions_come_from_five_rules_into_an_encrypted_queue() -> None:
    recording = karpenter()
    queue = recording.one("aws:sqs/queue:Queue")
    assert queue.inputs["messageRetentionSeconds"] == 300
    assert queue.inputs["kmsMasterKeyId"] == f"arn:aws:kms:me-central-1:{ACCOUNT}:key/uae-queue-key"
    patterns = {
        item.name: document(item.inputs["eventPattern"]) for item in recording.of("aws:cloudwatch/eventRule:EventRule")
    }
    assert patterns == {
        f"uae-on-{event}": {"source": ["aws.health" if event == "health" else "aws.ec2"], "detail-type": [kind]}
        for event, kind in EVENTS.items()
    }
    for target in recording.of("aws:cloudwatch/eventTarget:EventTarget"):
        assert target.inputs["rule"] == target.name.removesuffix("-target") + "-1a2b3c4"
        assert target.inputs["arn"].endswith("queue/uae-interruptions")
        assert "roleArn" not in target.inputs
        assert {urn.rsplit("::", 1)[-1] for urn in target.depends_on} >= {"uae-interruptions-policy"}


def test_only_those_rules_fill_the_queue_and_only_over_tls() -> None:
    policy = document(karpenter().one("aws:sqs/queuePolicy:QueuePolicy").inputs["policy"])
    send, refuse = policy["Statement"]
    assert send["Principal"] == {"Service": "events.amazonaws.com"}
    assert (send["Effect"], send["Action"]) == ("Allow", ["sqs:SendMessage"])
    assert send["Condition"]["StringEquals"] == {"aws:SourceAccount": ACCOUNT}
    assert {arn.rsplit("/", 1)[-1] for arn in send["Condition"]["ArnEquals"]["aws:SourceArn"]} == {
        f"uae-on-{event}" for event in EVENTS
    }
    assert (refuse["Effect"], refuse["Action"]) == ("Deny", ["sqs:*"])
    assert refuse["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert send["Resource"] == refuse["Resource"]
    assert send["Resource"][0].endswith("queue/uae-interruptions")


def test_events_may_use_the_queues_key() -> None:
    policy = document(karpenter().one("aws:kms/key:Key").inputs["policy"])
    (use,) = [statement for statement in policy["Statement"] if statement["Sid"] != "AccountManages"]
    assert use["Principal"] == {"Service": "events.amazonaws.com"}
    assert use["Action"] == ["kms:GenerateDataKey*", "kms:Decrypt"]
    # A condition that the requests of EventBridge do not fulfil would lose every warning without an error.
    assert "Condition" not in use


def test_nodes_have_a_role_of_their_own_that_may_join() -> None:
    recording = karpenter()
    entry = recording.one("aws:eks/accessEntry:AccessEntry").inputs
    role = f"arn:aws:iam::{ACCOUNT}:role/uae-node"
    assert (entry["clusterName"], entry["principalArn"], entry["type"]) == ("uae", role, "EC2_LINUX")
    assert recording.one("aws:iam/instanceProfile:InstanceProfile").inputs["role"] == "uae-node-1a2b3c4"
    outputs = recording.outputs[recording.one("falaj:aws:Karpenter").urn]
    assert outputs["node_role_arn"] == role
    assert outputs["controller_role_arn"] == f"arn:aws:iam::{ACCOUNT}:role/uae-role"
    assert outputs["pool_names"] == ["train", "serve"]


def test_pools_go_before_their_classes_those_before_karpenter_and_all_before_its_rights() -> None:
    recording = karpenter()
    rights = {"uae-machines", "uae-identity", "uae-interruptions", "uae-on-spot-target"}
    nodes = {"uae-node-profile", "uae-node-entry", "uae-node-AmazonEKSWorkerNodePolicy"}
    assert before(recording, RELEASE, "uae-release") >= {"uae-crd", *rights}
    assert before(recording, CLASS, "uae-class-train") >= {"uae-release", *nodes}
    assert before(recording, POOL, "uae-pool-train") >= {"uae-class-train", "uae-release", "uae-crd", *rights, *nodes}
    assert before(recording, "kubernetes:apps/v1:Deployment", "uae-warm-serve") >= {"uae-pool-serve", "uae-release"}
    assert "uae-pool-train" not in before(recording, CLASS, "uae-class-train")


def pool(**changed: Any) -> dict[str, Any]:
    return {"pools": {"train": changed_args(NodePoolSpec, KARPENTER["pools"]["train"], changed)}}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pools": {}}, "pools"),
        (
            pool(profile=Profile.SYSTEM, capacity=Capacity.ON_DEMAND, min=1),
            r"pools\.train\.profile: .*runs on system nodes",
        ),
        (
            pool(capacity=Capacity.RESERVED, reservation="cr-0123456789abcdef0", zone="me-central-1a"),
            r"pools\.train\.capacity: \"reserved\" .*a managed node group",
        ),
        (pool(interconnect=True), r"pools\.train\.aws\.interconnect: .*a managed node group"),
        (pool(machines=["p4d.24xlarge"]), r"pools\.train\.machines"),
        (pool(colour="red"), r"pools\.train\.colour: unknown field"),
        ({"pools": {"Train": KARPENTER["pools"]["train"]}}, r"pools\.Train: \"Train\""),
        (pool(sleeps=True), r"tags\.environment: \"prod\" .*production does not sleep"),
        ({"ami_alias": "al2023@latest"}, "ami_alias"),
        ({"chart_version": "latest"}, "chart_version"),
        ({"pause_image": "registry.k8s.io/pause"}, "pause_image"),
        ({"replicas": 0}, "replicas"),
        ({"opens": "19:00"}, "closes"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(aws.Karpenter, {**KARPENTER, **changed})()


def test_prometheus_reads_its_metrics() -> None:
    release = karpenter().one(RELEASE, "uae-release").inputs["values"]
    assert release["podAnnotations"] == {"prometheus.io/scrape": "true", "prometheus.io/port": "8080"}
