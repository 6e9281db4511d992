"""A claim of an NFS share: the nodes must reach port 2049 of its endpoint, and somebody must be able to write."""

from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import kubeconfig, meta, namespace

CLAIM: dict[str, Json] = {
    "accessModes": ["ReadWriteMany"],
    "storageClassName": "falaj-shared",
    "resources": {"requests": {"storage": "100Gi"}},
}


def rule(name: str, priority: int, source: str, ports: str, access: str = "Allow") -> dict[str, Json]:
    return {
        **{"name": name, "priority": priority, "direction": "Inbound", "access": access, "protocol": "Tcp"},
        **{"sourceAddressPrefix": source, "destinationAddressPrefix": "*"},
        **{"sourcePortRange": "*", "destinationPortRange": ports},
    }


HTTPS = rule("https", 100, "VirtualNetwork", "443")
DENY = {**rule("deny", 4096, "*", "*", "Deny"), "protocol": "*"}

Claimed = Callable[..., str | None]


@pytest.fixture
def claim(site: Site, open_cloud: Callable[..., Driver]) -> Claimed:
    """Claims the share of a site whose endpoint subnet has these rules; returns the error, if any."""

    def made(
        *rules: dict[str, Json], squash: str = "NoRootSquash", policies: str = "Enabled", **parameters: str
    ) -> str | None:
        nodes = site.network()
        group = site.inside("network:NetworkSecurityGroup", "endpoints-nsg", securityRules=[*rules])
        subnet = site.subnet(
            "endpoints", "10.0.16.0/24", networkSecurityGroup={"id": group.id}, privateEndpointNetworkPolicies=policies
        )
        pool: Json = {"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4as_v5"}
        cluster = site.cluster(agentPoolProfiles=[{**pool, "vnetSubnetID": nodes.id}])  # type: ignore[dict-item]
        account = site.make(
            "storage:StorageAccount",
            "files",
            **site.account_inputs("staifiles", kind="FileStorage", sku={"name": "Premium_ZRS"}),
        )
        site.inside(
            "storage:FileShare",
            "models",
            **{"accountName": "staifiles", "shareName": "models", "enabledProtocols": "NFS", "rootSquash": squash},
        )
        connection: Json = {"name": "file", "privateLinkServiceId": account.id, "groupIds": ["file"]}
        site.inside(
            "network:PrivateEndpoint", "files-pe", subnet={"id": subnet.id}, privateLinkServiceConnections=[connection]
        )
        k8s = open_cloud("kubernetes", kubeconfig=kubeconfig(f"https://{get_str(cluster.values, 'fqdn')}:443"))
        namespace(k8s, "ml")
        k8s.create(
            "kubernetes:storage.k8s.io/v1:StorageClass",
            "shared",
            metadata=meta("falaj-shared"),
            provisioner="file.csi.azure.com",
            parameters={
                **{"protocol": "nfs", "storageAccount": "staifiles", "shareName": "models"},
                **{"networkEndpointType": "privateEndpoint", **parameters},
            },
        )
        kind, inputs = "kubernetes:core/v1:PersistentVolumeClaim", {"metadata": meta("models", namespace="ml")}
        try:
            k8s.create(kind, "models", **inputs, spec=CLAIM)  # type: ignore[arg-type]
        except driver.CloudError as refused:
            return str(refused)
        return None

    return made


def test_https_alone_does_not_mount_a_share(claim: Claimed) -> None:
    assert "timed out on port 2049 (network security group endpoints-nsg" in (claim(HTTPS, DENY) or "")


@pytest.mark.parametrize("source", ["10.0.0.0/20", "10.0.0.0/8", "VirtualNetwork"])
def test_nfs_from_the_nodes_mounts_it(claim: Claimed, source: str) -> None:
    assert claim(HTTPS, rule("nfs", 110, source, "2049"), DENY) is None


@pytest.mark.parametrize(("source", "ports"), [("10.0.0.0/24", "2049"), ("10.0.0.0/20", "2000-2048")])
def test_nfs_from_elsewhere_does_not(claim: Claimed, source: str, ports: str) -> None:
    assert "timed out" in (claim(HTTPS, rule("nfs", 110, source, ports), DENY) or "")


def test_without_private_endpoints_the_driver_changes_subnets(claim: Claimed) -> None:
    refused = claim(rule("nfs", 110, "*", "2049"), networkEndpointType="")
    assert "update service endpoints failed" in (refused or "")


def test_security_groups_do_not_apply_to_endpoints_that_are_exempt(claim: Claimed) -> None:
    assert claim(HTTPS, DENY, policies="Disabled") is None


def test_nobody_can_write_where_root_is_squashed(claim: Claimed) -> None:
    assert "operation not permitted" in (claim(HTTPS, rule("nfs", 110, "*", "2049"), DENY, squash="RootSquash") or "")
