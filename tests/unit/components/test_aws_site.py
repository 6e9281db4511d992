"""AWS sites: resources, dependencies and outputs."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import BudgetAction, Capacity, NodeAutoscaler, Profile, Purpose
from tests.unit.components.aws_samples import ADMIN, SITE
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import changed_args, recorded

RESERVATION = "cr-0123456789abcdef0"
GPU = {"profile": Profile.TRAINING, "machines": ["p5en.48xlarge"], "min": 0, "max": 2}
BLOCK = {**GPU, "capacity": Capacity.CAPACITY_BLOCK}
FULL: Any = {
    "tags": {**SITE["tags"], "environment": "test"},
    "sleeps": True,
    "storage": {
        "shared_files": True, "registry": True, "repositories": ["workloads"],
    },
    "alarm_topic": "arn:aws:sns:me-central-1:123456789012:bill",
    "aws": {
        "scratch_gib": 1200, "backup": True,
        "budget_stop": {"stops": BudgetAction.GPU_MACHINES, "percent": 110, "automatic": False},
    },
    "tenant_budgets": {"retail": SITE["budget"]},
}  # fmt: skip
"""Every option that adds resources."""
CHOSEN: Any = {
    "public_access_cidrs": ["192.0.2.0/24"],
    "log_retention_days": 365,
    "administrators": [ADMIN],
    "vaults": [Purpose.MODELS],
    "protect": True,
}
SMALL: Any = {"pools": {"system": SITE["pools"]["system"]}, "vaults": []}
"""A site with few resources, for arguments that are rejected late."""


def site(**changed: Any) -> Recording:
    return recorded(aws.Site, changed_args(aws.SiteArgs, SITE, changed))


@pytest.fixture(scope="module")
def seen() -> Recording:
    return site()


def test_a_site_has_exactly_these_parts(seen: Recording) -> None:
    assert {(name.typ, name.name) for name in seen.children_of("uae")} == {
        ("falaj:aws:Network", "uae-network"),
        ("falaj:aws:Cluster", "uae-cluster"),
        ("falaj:aws:NodePool", "uae-pool-system"),
        ("falaj:aws:Addons", "uae-addons"),
        ("pulumi:providers:kubernetes", "uae-kubernetes"),
        ("falaj:aws:ClusterAutoscaler", "uae-autoscaler"),
        ("falaj:aws:Karpenter", "uae-karpenter"),
        ("falaj:aws:Vault", "uae-datasets"),
        ("falaj:aws:Vault", "uae-checkpoints"),
        ("falaj:aws:StorageClasses", "uae-volumes"),
        ("falaj:aws:BudgetAlarm", "uae-budget"),
    }


def test_every_option_adds_its_resources_and_removes_none(seen: Recording) -> None:
    names = {name.name for name in seen.children_of("uae")}
    full = {item.name for item in site(**FULL).children_of("uae")}
    assert full - names == {
        "uae-backup", "uae-scratch", "uae-files", "uae-registry", "uae-burn-rate", "uae-budget-retail", "uae-sleep",
        "uae-brake",
    }  # fmt: skip
    assert names - full == set()


def test_without_karpenter_all_pools_are_groups_and_spot_is_tried_first() -> None:
    recording = site(node_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER)
    assert recording.of("falaj:aws:Karpenter") == []
    assert {group.name for group in recording.of("falaj:aws:NodePool")} == {"uae-pool-system", "uae-pool-train"}
    values = recording.one("kubernetes:helm.sh/v3:Release").inputs["values"]
    assert "uae-pool-train" in json.dumps(values)


def test_machines_that_were_paid_for_or_stand_together_are_groups_beside_karpenter() -> None:
    pools = {
        **SITE["pools"],
        "block": {
            **GPU,
            "capacity": Capacity.CAPACITY_BLOCK,
            "zone": "me-central-1a",
            "aws": {"reservation": RESERVATION},
        },
        "near": {**GPU, "capacity": Capacity.ON_DEMAND, "zone": "me-central-1a", "aws": {"interconnect": True}},
    }
    recording = site(pools=pools)
    assert {group.name for group in recording.of("falaj:aws:NodePool")} == {
        "uae-pool-system",
        "uae-pool-block",
        "uae-pool-near",
    }
    assert [pool.inputs["metadata"]["name"] for pool in recording.of("kubernetes:karpenter.sh/v1:NodePool")] == [
        "train"
    ]


def test_a_sleeping_site_takes_every_pool_with_it() -> None:
    recording = site(**FULL)
    schedules = {action.inputs["autoscalingGroupName"] for action in recording.of("aws:autoscaling/schedule:Schedule")}
    assert len(schedules) == 1
    assert [job for job in recording.of("kubernetes:batch/v1:CronJob") if "sleep" in job.name]


def test_budgets_count_the_site_and_the_tenant_by_tag() -> None:
    budgets = {resource.name: resource.inputs for resource in site(**FULL).of("aws:budgets/budget:Budget")}
    counted = {
        name: {item["tags"]["key"]: item["tags"]["values"] for item in budget["filterExpression"]["ands"]}
        for name, budget in budgets.items()
    }
    common = {"project": ["arabic-llm"], "environment": ["test"], "site": ["uae"]}
    assert counted == {"uae-budget-monthly": common, "uae-budget-retail-monthly": {**common, "tenant": ["retail"]}}
    assert {
        topic for budget in budgets.values() for n in budget["notifications"] for topic in n["subscriberSnsTopicArns"]
    } == {FULL["alarm_topic"]}


def test_every_resource_of_a_site_has_the_site_tag(seen: Recording) -> None:
    tagged = [child for child in seen.custom() if "tags" in child.inputs]
    assert {child.inputs["tags"].get("site") for child in tagged} == {"uae"}


def test_azure_only_arguments_are_rejected() -> None:
    for option in ("hsm", "geo_redundant"):
        with pytest.raises(BadArguments, match=rf"uae: azure: .*{option}.* allowed: only where cloud is azure"):
            site(azure={option: True})


def test_a_site_says_where_everything_is(seen: Recording) -> None:
    assert seen.outputs[seen.one("falaj:aws:Site").urn] == {
        "region": "me-central-1",
        "cluster_name": "uae-cluster-test",
        "endpoint": "https://uae-cluster-eks.gr7.me-central-1.eks.amazonaws.com",
        "kubeconfig": seen.one("pulumi:providers:kubernetes").inputs["kubeconfig"],
        "oidc_issuer_url": "https://oidc.eks.me-central-1.amazonaws.com/id/uae-cluster-eks",
        "vault_uris": {
            "datasets": "s3://uae-datasets-bucket-1a2b3c4",
            "checkpoints": "s3://uae-checkpoints-bucket-1a2b3c4",
        },
        "pool_names": ["system", "train"],
        "storage_classes": {
            profile: f"falaj-{profile}" for profile in ("system", "training", "batch", "inference-cpu", "inference-gpu")
        },
        "registry": "none",
        "image_caches": {},
        "nat_addresses": ["address-of-uae-network-nat-1"],
    }


def test_pools_use_the_sites_network_cluster_and_disk_key(seen: Recording) -> None:
    group = seen.one("aws:eks/nodeGroup:NodeGroup", "uae-pool-system-group").inputs
    assert (group["clusterName"], group["version"]) == ("uae-cluster-test", "1.36")
    assert group["subnetIds"] == ["uae-network-nodes-a-id", "uae-network-nodes-c-id"]
    assert group["nodeRoleArn"].endswith("role/uae-cluster-node")
    disk = seen.one("aws:ec2/launchTemplate:LaunchTemplate", "uae-pool-system-template").inputs["blockDeviceMappings"][
        0
    ]
    assert disk["ebs"]["kmsKeyId"].endswith("key/uae-cluster-disk-key")


def test_the_control_plane_stands_in_its_own_subnets(seen: Recording) -> None:
    reach = seen.one("aws:eks/cluster:Cluster").inputs["vpcConfig"]
    assert reach["subnetIds"] == ["uae-network-control-plane-a-id", "uae-network-control-plane-c-id"]
    assert reach["endpointPublicAccess"] is False


def test_nodes_come_after_routes_and_agents_and_go_before_them(seen: Recording) -> None:
    waits = _waits(seen, "uae-pool-system-group")
    assert {
        "uae-network-nodes-1-out",
        "uae-network-sts",
        "uae-cluster-vpc-cni",
        "uae-cluster-eks-pod-identity-agent",
        "uae-cluster-node-AmazonEKSWorkerNodePolicy",
    } <= waits


def test_what_runs_on_nodes_comes_after_the_pools(seen: Recording) -> None:
    assert "uae-pool-system-group" in _waits(seen, "uae-addons-coredns")
    # A destroy drains Karpenter's nodes while the controller, agents and routes still exist.
    karpenter = _waits(seen, "uae-karpenter-release")
    assert {
        "uae-addons-coredns",
        "uae-cluster-vpc-cni",
        "uae-network-nodes-1-out",
    } <= karpenter


def test_choices_reach_the_parts() -> None:
    recording = site(**CHOSEN)
    assert recording.one("aws:eks/cluster:Cluster").inputs["vpcConfig"]["publicAccessCidrs"] == ["192.0.2.0/24"]
    assert {group.inputs["retentionInDays"] for group in recording.of("aws:cloudwatch/logGroup:LogGroup")} == {365}
    assert recording.one("aws:eks/accessEntry:AccessEntry", "uae-cluster-admin-admin").inputs["principalArn"] == ADMIN
    assert {vault.name for vault in recording.of("falaj:aws:Vault")} == {"uae-models"}


def test_protect_holds_what_cannot_be_made_again() -> None:
    assert {resource.name for resource in site(**CHOSEN).resources if resource.protect} == {
        "uae-cluster-eks", "uae-cluster-secrets-key", "uae-cluster-disk-key", "uae-models-bucket", "uae-models-key",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pools": {"train": SITE["pools"]["train"]}}, r"uae: pools: .*not allowed; .*least one pool of .*system"),
        ({"vaults": [Purpose.MODELS, Purpose.MODELS]}, r"uae: vaults: .*not allowed; allowed: each purpose once"),
        ({"cidr": "10.20.0.0/28"}, r"uae: network\.cidr: "),
        ({**SMALL, "budget": {**SITE["budget"], "notify": []}}, r"uae: budget\.notify: "),
        (
            {
                "vaults": [],
                "budget_stop": {"stops": BudgetAction.NOT_PROD, "percent": 90, "automatic": True},
                "node_autoscaler": NodeAutoscaler.CLUSTER_AUTOSCALER,
            },
            r"uae: aws\.budget_stop: .*where Karpenter has pools",
        ),
        ({"administrators": ["admin"]}, r"uae: administrators\.0: "),
    ],
)
def test_impossible_sites_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        site(**changed)


def _waits(seen: Recording, name: str) -> set[str]:
    """Returns what a resource depends on, directly or through a parent component. The engine follows both."""
    at: RegisteredResource | None = next(resource for resource in seen.resources if resource.name == name)
    urns: set[str] = set()
    while at:
        urns |= set(at.depends_on)
        at = seen.parent_of(at)
    return {urn.rsplit("::", 1)[-1] for urn in urns}


def test_a_site_without_vaults_has_an_empty_mapping_of_addresses() -> None:
    recording = site(vaults=[])
    assert recording.outputs[recording.one("falaj:aws:Site").urn]["vault_uris"] == {}
