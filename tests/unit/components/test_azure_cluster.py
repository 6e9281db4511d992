"""AKS clusters: API access, encryption keys, and permissions of their identities."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.azure_samples import CLUSTER, id_of, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, recorded

AKS = "azure-native:containerservice:ManagedCluster"


def cluster(**changed: Any) -> Recording:
    return recorded(azure.Cluster, {**CLUSTER, **changed})


def aks(**changed: Any) -> dict[str, Any]:
    return cluster(**changed).one(AKS).inputs


def with_pool(**changed: Any) -> Any:
    return {**CLUSTER, "system_pool": changed_args(azure.SystemPoolSpec, CLUSTER["system_pool"], changed)}


def test_a_cluster_has_exactly_these_children() -> None:
    assert {name for _, name in cluster().names()} == {
        "uae-control-plane", "uae-kubelet", "uae-disks", "uae-etcd-key", "uae-disk-key", "uae-disks-use-key",
        "uae-disk-encryption", "uae-joins-nodes", "uae-joins-api-server", "uae-hands-on-kubelet", "uae-uses-etcd-key",
        "uae-connects-vault", "uae-reads-disk-encryption", "uae-aks", "uae-audit", "uae-releases", "uae-upgrades",
        "uae-node-images", "uae-deployer", "uae-system-pool-version",
    }  # fmt: skip


def test_the_api_server_is_private_unless_blocks_are_named() -> None:
    assert aks()["apiServerAccessProfile"] == {
        "enableVnetIntegration": True,
        "subnetId": id_of("subnet/control-plane"),
        "disableRunCommand": True,
        "enablePrivateCluster": True,
        "enablePrivateClusterPublicFQDN": False,
        "privateDNSZone": "system",
    }
    assert aks(public_access_cidrs=("192.0.2.0/24",))["apiServerAccessProfile"] == {
        "enableVnetIntegration": True,
        "subnetId": id_of("subnet/control-plane"),
        "disableRunCommand": True,
        "enablePrivateCluster": False,
        "authorizedIPRanges": ["192.0.2.0/24"],
    }


def test_the_endpoint_is_the_private_name_of_a_private_cluster() -> None:
    ends = [
        next(out["endpoint"] for urn, out in resource.outputs.items() if urn.endswith("Cluster::uae"))
        for resource in (cluster(), cluster(public_access_cidrs=("192.0.2.0/24",)))
    ]
    assert ends == ["https://uae-aks.private.example:443", "https://uae-aks.public.example:443"]


def test_only_entra_identities_and_azure_roles_let_anyone_in() -> None:
    result = aks()
    assert result["disableLocalAccounts"] is True
    assert result["enableRBAC"] is True
    assert result["aadProfile"] == {"managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": []}


def test_administrators_are_groups_of_entra() -> None:
    group = "7d1f3c52-6b0e-4c5e-9a57-2f0f6f1f9a10"
    assert aks(administrators=[group])["aadProfile"]["adminGroupObjectIDs"] == [group]
    with pytest.raises(BadArguments, match=r"administrators\.0"):
        aks(administrators=["someone@example.ae"])


def test_secrets_are_under_our_key_fetched_privately_and_pods_have_identities() -> None:
    assert aks()["securityProfile"] == {
        "azureKeyVaultKms": {
            "enabled": True,
            "keyId": "https://kv.vault.azure.net/keys/uae-etcd-key/1",
            "keyVaultNetworkAccess": "Private",
            "keyVaultResourceId": id_of("vault/keys"),
        },
        "workloadIdentity": {"enabled": True},
        "imageCleaner": {"enabled": True, "intervalHours": 168},
    }
    assert aks()["oidcIssuerProfile"] == {"enabled": True}


KMS = "securityProfile.azureKeyVaultKms"


def test_a_new_version_of_the_secrets_key_is_used_only_once_the_stack_names_it() -> None:
    """A second change of `keyId` before all secrets are encrypted with the first hangs the cluster (Azure/AKS#4648,
    Azure/kubernetes-kms#291; azure-aks-docs use-kms-etcd-encryption.md: AKS uses two keys)."""
    made = cluster().one(AKS)
    assert {f"{KMS}.keyId", f"{KMS}.keyVaultResourceId"} <= set(made.ignore_changes)
    stated = cluster(secrets_key_version="0123456789abcdef0123456789abcdef").one(AKS)
    kms = stated.inputs["securityProfile"]["azureKeyVaultKms"]
    assert kms["keyId"] == "https://kv.vault.azure.net/keys/uae-etcd-key/0123456789abcdef0123456789abcdef"
    assert not [path for path in stated.ignore_changes if path.startswith(KMS)]
    with pytest.raises(BadArguments, match="secrets_key_version"):
        cluster(secrets_key_version="latest")


def test_disks_are_encrypted_through_a_set_that_follows_the_keys_versions() -> None:
    disks = cluster().one("azure-native:compute:DiskEncryptionSet")
    assert disks.inputs["activeKey"] == {
        "keyUrl": "https://kv.vault.azure.net/keys/uae-disk-key/1",
        "sourceVault": {"id": id_of("vault/keys")},
    }
    assert disks.inputs["encryptionType"] == "EncryptionAtRestWithCustomerKey"
    assert disks.inputs["rotationToLatestKeyVersionEnabled"] is True
    assert disks.ignore_changes == ("activeKey.keyUrl",)
    assert last(aks()["diskEncryptionSetID"]) == "uae-disk-encryption"


def test_keys_rotate_each_year_and_only_wrap_and_encrypt() -> None:
    for key in cluster().of("azure-native:keyvault:Key"):
        properties = key.inputs["properties"]
        assert (properties["kty"], properties["keySize"]) == ("RSA", 3072)
        assert set(properties["keyOps"]) == {"wrapKey", "unwrapKey", "encrypt", "decrypt"}
        assert properties["rotationPolicy"] == {
            "lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P365D"}}]
        }


def test_identities_may_do_this_and_no_more() -> None:
    granted = {
        (role.inputs["principalId"], last(role.inputs["roleDefinitionId"]), last(role.inputs["scope"]))
        for role in cluster().of("azure-native:authorization:RoleAssignment")
    }
    assert granted == {
        ("uae-control-plane-principal", "4d97b98b-1d4f-4787-a291-c67834d212e7", "nodes"),
        ("uae-control-plane-principal", "4d97b98b-1d4f-4787-a291-c67834d212e7", "control-plane"),
        ("uae-control-plane-principal", "f1a07417-d97a-45cb-824c-7a7467783830", "uae-kubelet"),
        ("uae-control-plane-principal", "12338af0-0e69-4776-bea7-57ae8d297424", "uae-etcd-key"),
        ("uae-control-plane-principal", "f25e0fa2-a7c8-4377-a976-54943a77a395", "keys"),
        ("uae-control-plane-principal", "acdd72a7-3385-48ef-bd42-f606fba81ae7", "uae-disk-encryption"),
        ("uae-disks-principal", "e147488a-f6f5-4113-8e2d-b22465e65bf6", "uae-disk-key"),
        # The deploying identity, RBAC Cluster Admin of the clusters in the site's resource group.
        ("44444444-4444-4444-4444-444444444444", "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", "group"),
    }


def test_the_cluster_waits_for_all_that_its_identity_may_do() -> None:
    recording = cluster()
    roles = recording.of("azure-native:authorization:RoleAssignment")
    waited = set(recording.one(AKS).depends_on)
    assert {role.urn for role in roles if role.inputs["principalId"].startswith("uae-control-plane")} <= waited
    use_key = recording.one("azure-native:authorization:RoleAssignment", "uae-disks-use-key")
    assert use_key.urn in recording.one("azure-native:compute:DiskEncryptionSet").depends_on


def test_pods_and_services_have_addresses_of_their_own_and_cilium_between_them() -> None:
    assert aks()["networkProfile"] == {
        "networkPlugin": "azure",
        "networkPluginMode": "overlay",
        "networkDataplane": "cilium",
        "networkPolicy": "cilium",
        "loadBalancerSku": "standard",
        "outboundType": "userAssignedNATGateway",
        "podCidr": "100.64.0.0/14",
        "serviceCidr": "100.68.0.0/16",
        "dnsServiceIP": "100.68.0.10",
    }
    assert aks()["bootstrapProfile"] == {"artifactSource": "Direct"}


def test_without_egress_system_images_come_from_a_private_cache() -> None:
    result = aks(egress=Egress.NONE)
    assert result["networkProfile"]["outboundType"] == "none"
    assert result["bootstrapProfile"] == {"artifactSource": "Cache"}


def test_the_autoscaler_lets_nodes_with_scratch_data_go() -> None:
    profile = aks()["autoScalerProfile"]
    assert (profile["expander"], profile["skipNodesWithLocalStorage"]) == ("least-waste", "false")
    assert all(isinstance(value, str) for value in profile.values())


def test_the_system_pool_is_inside_and_later_changes_of_it_are_ignored() -> None:
    recording = cluster().one(AKS)
    (pool,) = recording.inputs["agentPoolProfiles"]
    assert (pool["name"], pool["mode"], pool["minCount"], pool["count"], pool["maxCount"]) == (
        "system",
        "System",
        3,
        3,
        6,
    )
    assert pool["enableEncryptionAtHost"] is True
    assert pool["nodeTaints"] == ["CriticalAddonsOnly=true:NoSchedule"]
    assert pool["tags"] == TAGS
    tracked = {name for name in pool if f"agentPoolProfiles[0].{name}" not in recording.ignore_changes}
    assert tracked == set()
    assert "agentPoolProfiles[0].orchestratorVersion" not in recording.ignore_changes
    assert "orchestratorVersion" not in pool


def test_the_control_planes_logs_are_kept() -> None:
    setting = cluster().one("azure-native:monitor:DiagnosticSetting").inputs
    assert last(setting["resourceUri"]) == "uae-aks"
    assert setting["workspaceId"] == id_of("workspace/log")
    assert {log["category"] for log in setting["logs"] if log["enabled"]} == {
        "kube-audit-admin", "guard", "kube-apiserver", "kube-controller-manager", "kube-scheduler",
        "cluster-autoscaler", "cloud-controller-manager",
    }  # fmt: skip


def test_other_logs_of_the_control_plane_can_be_kept() -> None:
    logs = cluster(control_plane_logs=["kube-audit", "guard"]).one("azure-native:monitor:DiagnosticSetting").inputs
    assert [log["category"] for log in logs["logs"]] == ["kube-audit", "guard"]


def test_protection_covers_the_cluster_and_its_keys() -> None:
    assert [child.name for child in cluster().custom() if child.protect] == []
    protected = {child.name for child in cluster(protect=True).custom() if child.protect}
    assert protected == {"uae-aks", "uae-etcd-key", "uae-disk-key", "uae-disk-encryption"}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            {**CLUSTER, "public_access_cidrs": ["0.0.0.0/0"]},
            r"public_access_cidrs\.0: \"0\.0\.0\.0/0\" is not allowed.*the blocks of your offices",
        ),
        ({**CLUSTER, "kubernetes_version": "1.36.2"}, r"kubernetes_version: \"1\.36\.2\" is not allowed"),
        (with_pool(profile=Profile.BATCH), r"system_pool\.pool\.profile: \"batch\".*profile system"),
        (
            with_pool(machines=["Standard_NC4as_T4_v3"]),
            r"machines\.0: \"Standard_NC4as_T4_v3\".*uaenorth offers, such as",
        ),
        (with_pool(name="system-pool"), r"name: \"system-pool\" is not allowed"),
        (with_pool(min=0), r"min: 0 is not allowed; allowed: 1 or more"),
    ],
)
def test_invalid_arguments_are_rejected(args: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        azure.Cluster("uae", args)
