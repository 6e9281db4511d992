"""Azure sites: resources, dependencies and outputs."""

import json
from typing import Any

import pytest

from falaj.components import azure
from falaj.components.azure.site.locks import account_of
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import NodeAutoscaler, Purpose
from tests.unit.components.azure_samples import GROUP_ID, SITE, last
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import changed_args, program, recorded

FULL: Any = {
    "tags": {**SITE["tags"], "environment": "test"},
    "sleeps": True,
    "storage": {"shared_files": True, "registry": True},
    "azure": {"geo_redundant": True},
    "bill_from": "2026-12-01",
    "tenant_budgets": {"retail": SITE["budget"]},
}
"""Every option that adds resources."""


def site(**changed: Any) -> Recording:
    return recorded(azure.Site, changed_args(azure.SiteArgs, SITE, changed))


def aks() -> RegisteredResource:
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
        ("kubernetes", "uae-kubernetes"),
        ("FlowLogs", "uae-flows"),
        ("StorageClasses", "uae-volumes"),
        ("Vault", "uae-datasets"),
        ("Vault", "uae-checkpoints"),
        ("BudgetAlarm", "uae-budget"),
    }


def test_every_option_adds_its_resources_and_removes_none() -> None:
    names = {name.name for name in site().children_of("uae")}
    full = {item.name for item in site(**FULL).children_of("uae")}
    assert full - names == {"uae-files", "uae-registry", "uae-bill", "uae-budget-retail", "uae-sleep"}
    assert names - full == set()


LOCK = "azure-native:authorization:ManagementLockByScope"


def test_locks_are_on_all_that_holds_data_or_keys_and_deleted_first() -> None:
    assert not site(**FULL).of(LOCK)
    locks = {item.name: item for item in site(**{**FULL, "azure": {"locks": True}}).of(LOCK)}
    names = ("keys", "datasets", "checkpoints", "files", "registry")
    assert set(locks) == {f"uae-{name}-lock" for name in names}
    assert {lock.inputs["level"] for lock in locks.values()} == {"CanNotDelete"}
    scopes = {name: locks[f"uae-{name}-lock"].inputs["scope"] for name in names}
    assert last(scopes["keys"]) == "uae-keys-vault"
    assert last(scopes["registry"]) == "uae-registry-registry"


def test_the_lock_of_a_container_or_share_is_on_its_account() -> None:
    account = f"{GROUP_ID}/providers/Microsoft.Storage/storageAccounts/uaedata"
    assert account_of(f"{account}/blobServices/default/containers/data") == account
    assert account_of(f"{account}/fileServices/default/shares/models") == account


def test_a_registry_is_replicated_only_if_asked_for() -> None:
    replica = "azure-native:containerregistry:Replication"
    assert not site(**FULL).of(replica)
    (copy,) = site(**{**FULL, "azure": {"registry_replica": True}}).of(replica)
    assert copy.inputs["location"] == "uaecentral"


def test_volumes_of_machines_in_no_zone_are_premium_ssd() -> None:
    def sku(**changed: Any) -> str:
        classes = site(**changed).of("kubernetes:storage.k8s.io/v1:StorageClass")
        return {item.name: item.inputs["parameters"]["skuName"] for item in classes}["uae-volumes-training"]

    assert sku() == "Premium_LRS"
    train = {**SITE["pools"]["train"], "zone": "1"}
    assert sku(pools={**SITE["pools"], "train": train}) == "PremiumV2_LRS"


def test_pools_of_node_auto_provisioning_are_no_agent_pools() -> None:
    recording = site(node_autoscaler=NodeAutoscaler.KARPENTER)
    assert recording.of("falaj:azure:NodePool") == []
    assert recording.one("falaj:azure:NodeProvisioning").name == "uae-provisioning"
    assert [pool.inputs["metadata"]["name"] for pool in recording.of("kubernetes:karpenter.sh/v1:NodePool")] == [
        "train"
    ]


def test_every_resource_of_a_site_has_the_site_tag() -> None:
    tagged = [child for child in site().custom() if "tags" in child.inputs]
    assert {child.inputs["tags"].get("site") for child in tagged} == {"uae"}


def test_budgets_count_the_site_and_the_tenant() -> None:
    budgets = {resource.name: resource.inputs for resource in site(**FULL).of("azure-native:consumption:Budget")}
    assert set(budgets) == {"uae-budget-budget", "uae-budget-retail-budget"}
    assert "retail" in json.dumps(budgets["uae-budget-retail-budget"]["filter"])
    assert "retail" not in json.dumps(budgets["uae-budget-budget"]["filter"])


def test_logs_and_the_format_of_the_bill_follow_the_arguments() -> None:
    options = {"control_plane_logs": ["kube-audit"], "logged_reads": ["checkpoints"]}
    recording = site(azure=options, bill_from="2027-01-01", bill_dataset="AmortizedCost")
    logs = {
        setting.name: [log["category"] for log in setting.inputs["logs"]]
        for setting in recording.of("azure-native:monitor:DiagnosticSetting")
    }
    assert logs["uae-cluster-audit"] == ["kube-audit"]
    assert "StorageRead" in logs["uae-checkpoints-audit"]
    assert "StorageRead" not in logs["uae-datasets-audit"]
    export = recording.one("azure-native:costmanagement:Export").inputs
    assert export["definition"]["type"] == "AmortizedCost"
    assert export["schedule"]["recurrencePeriod"]["from"] == "2027-01-01T00:00:00Z"


def test_aws_only_arguments_are_rejected() -> None:
    with pytest.raises(BadArguments, match=r"uae: aws: .*scratch_gib.* allowed: only where cloud is aws"):
        program(azure.Site, {**SITE, "aws": {"scratch_gib": 1200}})()


def test_a_site_gives_the_same_outputs_as_on_every_cloud() -> None:
    recording = site()
    assert recording.outputs[recording.one("falaj:azure:Site").urn] == {
        "region": "uaenorth",
        "cluster_name": "uae-cluster-aks",
        "endpoint": "https://uae-cluster-aks.private.example:443",
        "kubeconfig": recording.one("pulumi:providers:kubernetes").inputs["kubeconfig"],
        "oidc_issuer_url": "https://issuer.example/uae-cluster-aks/",
        "vault_uris": {
            "datasets": "https://uae-datasets-account.blob.core.windows.net/uae-datasets-container",
            "checkpoints": "https://uae-checkpoints-account.blob.core.windows.net/uae-checkpoints-container",
        },
        "pool_names": ["system", "train"],
        "storage_classes": {
            profile: f"falaj-{profile}" for profile in ("system", "training", "batch", "inference-cpu", "inference-gpu")
        },
        "registry": "none",
        "image_caches": {},
        "nat_addresses": ["address-of-uae-network-nat-address"],
    }


def test_the_parts_are_joined() -> None:
    recording, cluster = site(), aks().inputs
    assert last(cluster["agentPoolProfiles"][0]["vnetSubnetID"]) == "uae-network-nodes"
    assert last(cluster["apiServerAccessProfile"]["subnetId"]) == "uae-network-control-plane"
    assert last(cluster["securityProfile"]["azureKeyVaultKms"]["keyVaultResourceId"]) == "uae-keys-vault"
    pool = recording.one("azure-native:containerservice:AgentPool").inputs
    assert (pool["resourceName"], last(pool["vnetSubnetID"])) == ("uae-cluster-aks", "uae-network-nodes")
    zones = {
        names.name: last(names.inputs["privateDnsZoneConfigs"][0]["privateDnsZoneId"])
        for names in recording.of("azure-native:network:PrivateDnsZoneGroup")
    }
    assert zones == {
        "uae-keys-endpoint-names": "uae-network-keys-zone",
        "uae-datasets-endpoint-names": "uae-network-blob-zone",
        "uae-checkpoints-endpoint-names": "uae-network-blob-zone",
        "uae-flows-endpoint-names": "uae-network-blob-zone",
    }
    budget = recording.one("azure-native:consumption:Budget").inputs
    assert budget["filter"]["dimensions"]["values"] == ["uae-group", "MC_uae-cluster-aks"]
    for setting in recording.of("azure-native:monitor:DiagnosticSetting"):
        assert last(setting.inputs["workspaceId"]) == "uae-log-workspace"
    assert recording.one("azure-native:operationalinsights:Workspace").inputs["retentionInDays"] == 365


def test_the_cluster_waits_until_its_keys_can_be_reached() -> None:
    recording = site()
    waited = set(recording.one("falaj:azure:Cluster").depends_on)
    for typ, name in (
        ("azure-native:network:PrivateDnsZoneGroup", "uae-keys-endpoint-names"),
        ("azure-native:privatedns:VirtualNetworkLink", "uae-network-keys-zone-link"),
    ):
        assert recording.one(typ, name).urn in waited


def test_protection_covers_all_that_holds_data_or_keys() -> None:
    protected = {child.name for child in site().custom() if child.protect}
    assert protected == {
        "uae-group", "uae-keys-vault", "uae-cluster-aks", "uae-cluster-etcd-key", "uae-cluster-disk-key",
        "uae-cluster-disk-encryption", "uae-datasets-account", "uae-datasets-container", "uae-datasets-key",
        "uae-checkpoints-account", "uae-checkpoints-container", "uae-checkpoints-key",
        "uae-flows-account", "uae-flows-key",
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
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Site, changed_args(azure.SiteArgs, SITE, changed))()


def test_a_site_without_vaults_has_an_empty_mapping_of_addresses() -> None:
    recording = site(vaults=[])
    assert recording.outputs[recording.one("falaj:azure:Site").urn]["vault_uris"] == {}
