"""A site on Azure: its parts, how they are joined, and what it gives to the outside."""

from typing import Any

import pytest

from components import azure
from components.core.validated import BadArguments
from components.core.words import Purpose
from tests.unit.components.azure_samples import SITE, last
from tests.unit.components.mocks import Recording, Seen
from tests.unit.components.samples import program, recorded


def site(**changed: Any) -> Recording:
    return recorded(azure.Site, {**SITE, **changed})


def aks() -> Seen:
    return site().one("azure-native:containerservice:ManagedCluster")


def test_a_site_has_exactly_these_parts() -> None:
    parts = {(child.typ.rpartition(":")[2], child.name) for child in site().children_of("uae")}
    assert parts == {
        ("ResourceGroup", "uae-group"),
        ("Network", "uae-network"),
        ("AuditLog", "uae-log"),
        ("KeyStore", "uae-keys"),
        ("Cluster", "uae-cluster"),
        ("NodePool", "uae-pool-train"),
        ("Vault", "uae-datasets"),
        ("Vault", "uae-checkpoints"),
        ("BudgetAlarm", "uae-budget"),
    }


def test_a_site_gives_the_same_outputs_as_on_every_cloud() -> None:
    seen = site()
    assert seen.outputs[seen.one("falaj:azure:Site").urn] == {
        "region": "uaenorth",
        "cluster_name": "uae-cluster-aks",
        "endpoint": "https://uae-cluster-aks.private.example:443",
        "oidc_issuer_url": "https://issuer.example/uae-cluster-aks/",
        "vault_uris": {
            "datasets": "https://uae-datasets-account.blob.core.windows.net/uae-datasets-container",
            "checkpoints": "https://uae-checkpoints-account.blob.core.windows.net/uae-checkpoints-container",
        },
        "pool_names": ["system", "uae-pool-train-agents"],
    }


def test_the_parts_are_joined() -> None:
    seen, cluster = site(), aks().inputs
    assert last(cluster["agentPoolProfiles"][0]["vnetSubnetID"]) == "uae-network-nodes"
    assert last(cluster["apiServerAccessProfile"]["subnetId"]) == "uae-network-control-plane"
    assert last(cluster["securityProfile"]["azureKeyVaultKms"]["keyVaultResourceId"]) == "uae-keys-vault"
    pool = seen.one("azure-native:containerservice:AgentPool").inputs
    assert (pool["resourceName"], last(pool["vnetSubnetID"])) == ("uae-cluster-aks", "uae-network-nodes")
    zones = {
        names.name: last(names.inputs["privateDnsZoneConfigs"][0]["privateDnsZoneId"])
        for names in seen.of("azure-native:network:PrivateDnsZoneGroup")
    }
    assert zones == {
        "uae-keys-endpoint-names": "uae-network-keys-zone",
        "uae-datasets-endpoint-names": "uae-network-blob-zone",
        "uae-checkpoints-endpoint-names": "uae-network-blob-zone",
    }
    budget = seen.one("azure-native:consumption:Budget").inputs
    assert budget["filter"]["dimensions"]["values"] == ["uae-group", "MC_uae-cluster-aks"]
    for setting in seen.of("azure-native:monitor:DiagnosticSetting"):
        assert last(setting.inputs["workspaceId"]) == "uae-log-workspace"
    assert seen.one("azure-native:operationalinsights:Workspace").inputs["retentionInDays"] == 365


def test_the_cluster_waits_until_its_keys_can_be_reached() -> None:
    seen = site()
    waited = set(seen.one("falaj:azure:Cluster").depends_on)
    for typ, name in (
        ("azure-native:network:PrivateDnsZoneGroup", "uae-keys-endpoint-names"),
        ("azure-native:privatedns:VirtualNetworkLink", "uae-network-keys-zone-link"),
    ):
        assert seen.one(typ, name).urn in waited


def test_protection_covers_all_that_holds_data_or_keys() -> None:
    protected = {child.name for child in site().custom() if child.protect}
    assert protected == {
        "uae-group", "uae-keys-vault", "uae-cluster-aks", "uae-cluster-etcd-key", "uae-cluster-disk-key",
        "uae-cluster-disk-encryption", "uae-datasets-account", "uae-datasets-container", "uae-datasets-key",
        "uae-checkpoints-account", "uae-checkpoints-container", "uae-checkpoints-key",
    }  # fmt: skip
    assert [child.name for child in site(protect=False).custom() if child.protect] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pools": {}}, r"^uae: pools: "),
        ({"pools": {"train": SITE["pools"]["train"]}}, r"pools: .*at least one pool of profile system"),
        ({"vaults": [Purpose.MODELS, Purpose.MODELS]}, r"vaults: .*each purpose once"),
    ],
)
def test_what_cannot_be_is_refused(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Site, {**SITE, **changed})()
