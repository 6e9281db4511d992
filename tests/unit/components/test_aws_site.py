"""A site on AWS: its parts, their order, and what it says of itself."""

from typing import Any

import pytest

from components import aws
from components.core.validated import BadArguments
from components.core.words import Purpose
from tests.unit.components.aws_samples import ADMIN, SITE
from tests.unit.components.mocks import Recording, Seen
from tests.unit.components.samples import recorded


def site(**changed: Any) -> Recording:
    return recorded(aws.Site, {**SITE, **changed})


@pytest.fixture(scope="module")
def seen() -> Recording:
    return site()


def test_a_site_has_exactly_these_parts(seen: Recording) -> None:
    assert {(part.typ, part.name) for part in seen.children_of("uae")} == {
        ("falaj:aws:Network", "uae-network"),
        ("falaj:aws:Cluster", "uae-cluster"),
        ("falaj:aws:NodePool", "uae-pool-system"),
        ("falaj:aws:NodePool", "uae-pool-train"),
        ("falaj:aws:Addons", "uae-addons"),
        ("falaj:aws:Vault", "uae-datasets"),
        ("falaj:aws:Vault", "uae-checkpoints"),
        ("falaj:aws:BudgetAlarm", "uae-budget"),
    }


def test_a_site_says_where_everything_is(seen: Recording) -> None:
    assert seen.outputs[seen.one("falaj:aws:Site").urn] == {
        "region": "me-central-1",
        "cluster_name": "uae-cluster-test",
        "endpoint": "https://uae-cluster-eks.gr7.me-central-1.eks.amazonaws.com",
        "oidc_issuer_url": "https://oidc.eks.me-central-1.amazonaws.com/id/uae-cluster-eks",
        "vault_uris": {
            "datasets": "s3://uae-datasets-bucket-1a2b3c4",
            "checkpoints": "s3://uae-checkpoints-bucket-1a2b3c4",
        },
        "pool_names": ["system", "train"],
    }


def test_pools_use_the_sites_network_cluster_and_disk_key(seen: Recording) -> None:
    group = seen.one("aws:eks/nodeGroup:NodeGroup", "uae-pool-train-group").inputs
    assert (group["clusterName"], group["version"]) == ("uae-cluster-test", "1.34")
    assert group["subnetIds"] == ["uae-network-nodes-a-id", "uae-network-nodes-b-id"]
    assert group["nodeRoleArn"].endswith("role/uae-cluster-node")
    disk = seen.one("aws:ec2/launchTemplate:LaunchTemplate", "uae-pool-train-template").inputs["blockDeviceMappings"][0]
    assert disk["ebs"]["kmsKeyId"].endswith("key/uae-cluster-disk-key")


def test_the_control_plane_stands_in_its_own_subnets(seen: Recording) -> None:
    reach = seen.one("aws:eks/cluster:Cluster").inputs["vpcConfig"]
    assert reach["subnetIds"] == ["uae-network-control-plane-a-id", "uae-network-control-plane-b-id"]
    assert reach["endpointPublicAccess"] is False


def test_nodes_come_after_routes_and_agents_and_go_before_them(seen: Recording) -> None:
    waits = _waits(seen, "uae-pool-train-group")
    assert {
        "uae-network-nodes-1-out",
        "uae-network-sts",
        "uae-cluster-vpc-cni",
        "uae-cluster-eks-pod-identity-agent",
        "uae-cluster-node-AmazonEKSWorkerNodePolicy",
    } <= waits


def test_what_runs_on_nodes_comes_after_the_pools(seen: Recording) -> None:
    assert {"uae-pool-system-group", "uae-pool-train-group"} <= _waits(seen, "uae-addons-coredns")


def test_choices_reach_the_parts() -> None:
    seen = site(
        public_access_cidrs=["192.0.2.0/24"], log_retention_days=365, administrators=[ADMIN], vaults=[Purpose.MODELS]
    )
    assert seen.one("aws:eks/cluster:Cluster").inputs["vpcConfig"]["publicAccessCidrs"] == ["192.0.2.0/24"]
    assert {group.inputs["retentionInDays"] for group in seen.of("aws:cloudwatch/logGroup:LogGroup")} == {365}
    assert seen.one("aws:eks/accessEntry:AccessEntry").inputs["principalArn"] == ADMIN
    assert {vault.name for vault in seen.of("falaj:aws:Vault")} == {"uae-models"}


def test_protect_holds_what_cannot_be_made_again() -> None:
    assert {seen.name for seen in site(protect=True).resources if seen.protect} == {
        "uae-cluster-eks", "uae-cluster-secrets-key", "uae-cluster-disk-key",
        "uae-datasets-bucket", "uae-datasets-key", "uae-checkpoints-bucket", "uae-checkpoints-key",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pools": {"train": SITE["pools"]["train"]}}, r"uae: pools: .* allowed: at least one pool of profile system"),
        ({"vaults": [Purpose.MODELS, Purpose.MODELS]}, r"uae: vaults: .* allowed: each purpose once"),
        ({"cidr": "10.20.0.0/28"}, r"uae-network: cidr: "),
        ({"budget": {**SITE["budget"], "notify": []}}, r"uae-budget: notify: "),
        ({"administrators": ["admin"]}, r"uae: administrators\.0: "),
    ],
)
def test_impossible_sites_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        site(**changed)


def _waits(seen: Recording, name: str) -> set[str]:
    """What a resource waits for: itself, or through a component that it lies in. The engine follows both."""
    at: Seen | None = next(resource for resource in seen.resources if resource.name == name)
    urns: set[str] = set()
    while at:
        urns |= set(at.depends_on)
        at = seen.parent_of(at)
    return {urn.rsplit("::", 1)[-1] for urn in urns}
