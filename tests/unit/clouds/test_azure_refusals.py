"""Inputs that the emulated Azure rejects: each error once, with its code, and no resource left behind."""

import pytest

from falaj.sandbox.clouds.azure.arm import OPERATOR, SUBSCRIPTION, TENANT
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds import driver
from tests.unit.clouds.azure_platform import BLOB_CONTRIBUTOR, ROLE, Site, refused
from tests.unit.clouds.driver import Rejected

NOWHERE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-ai/providers/Microsoft.Network/virtualNetworks/no/subnets/no"
)
NOBODY = "00000000-1111-2222-3333-444444444444"


def test_a_group_must_exist(site: Site) -> None:
    message = refused(
        site, "ResourceGroupNotFound", "network:NetworkSecurityGroup", resourceGroupName="rg", location="uaenorth"
    )
    assert "Resource group 'rg' could not be found." in message


def test_a_parent_must_exist(site: Site) -> None:
    refused(site, "ParentResourceNotFound", "network:Subnet", virtualNetworkName="no", addressPrefix="10.0.0.0/24")
    refused(site, "ParentResourceNotFound", "keyvault:Key", vaultName="no", properties={"kty": "RSA"})
    refused(site, "ParentResourceNotFound", "containerservice:AgentPool", **site.pool_inputs("gpu"))
    refused(site, "ParentResourceNotFound", "storage:BlobContainer", accountName="no")


def test_what_inputs_refer_to_must_exist(site: Site) -> None:
    pools = [{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D4as_v5", "vnetSubnetID": NOWHERE}]
    cluster = site.cluster_inputs(agentPoolProfiles=pools)
    assert "virtualNetworks/no/subnets/no" in refused(
        site, "ResourceNotFound", "containerservice:ManagedCluster", **cluster
    )
    refused(site, "InvalidResourceReference", "network:PrivateEndpoint", subnet={"id": NOWHERE})
    site.network()
    beside = f"{site.created['vnet'].id}/subnets/no"
    refused(site, "InvalidResourceReference", "network:PrivateEndpoint", subnet={"id": beside})


def test_a_location_must_be_one_of_azure_s_that_has_the_service(site: Site) -> None:
    refused(site, "LocationNotAvailableForResourceType", "network:NetworkSecurityGroup", location="uaesouth")
    refused(site, "LocationNotAvailableForResourceType", "privatedns:PrivateZone", privateZoneName="a.b")
    refused(site, "LocationNotAvailableForResourceType", "monitor:ActionGroup", groupShortName="x", enabled=True)


def test_uaecentral_has_no_zones(site: Site) -> None:
    refused(site, "AvailabilityZoneNotSupported", "network:NatGateway", location="uaecentral", zones=["1"])
    site.inside("network:NatGateway", "right", zones=["3"])


def test_what_exists_cannot_be_created_again(site: Site) -> None:
    site.inside("network:NetworkSecurityGroup", "nsg", networkSecurityGroupName="nsg")
    message = site.refused("network:NetworkSecurityGroup", resourceGroupName="rg-ai", networkSecurityGroupName="nsg")
    assert "cannot create already existing resource '/subscriptions/" in message


def test_addresses(site: Site) -> None:
    site.network()
    vnet = {"virtualNetworkName": "vnet"}
    refused(site, "NetcfgInvalidSubnet", "network:Subnet", **vnet, addressPrefix="10.1.0.0/24")
    refused(site, "NetcfgSubnetRangesOverlap", "network:Subnet", **vnet, addressPrefix="10.0.15.0/24")
    refused(site, "InvalidCIDRNotation", "network:Subnet", **vnet, addressPrefix="10.0.16.1/24")
    refused(site, "NetcfgInvalidVirtualNetwork", "network:VirtualNetwork", addressSpace={"addressPrefixes": []})
    inline = [{"name": "a", "addressPrefix": "10.2.0.0/24"}, {"name": "b", "addressPrefix": "10.2.0.128/25"}]
    refused(
        site,
        "NetcfgSubnetRangesOverlap",
        "network:VirtualNetwork",
        addressSpace={"addressPrefixes": ["10.2.0.0/16"]},
        subnets=inline,
    )


def test_a_delegated_subnet_takes_no_private_endpoint(site: Site) -> None:
    site.network()
    delegation = {"name": "aks", "serviceName": "Microsoft.ContainerService/managedClusters"}
    subnet = site.subnet("api", "10.0.32.0/28", delegations=[delegation])
    refused(
        site,
        "PrivateEndpointCannotBeCreatedInSubnetThatHasDelegation",
        "network:PrivateEndpoint",
        subnet={"id": subnet.id},
    )


@pytest.mark.parametrize(
    ("logical", "code"),
    [
        ("nodes", "InUseSubnetCannotBeDeleted"),
        ("vnet", "InUseSubnetCannotBeDeleted"),
        ("egress", "InUseNatGatewayCannotBeDeleted"),
        ("egress-ip", "PublicIPAddressCannotBeDeleted"),
        ("zone", "CannotDeleteResource"),
        ("disks-set", "OperationNotAllowed"),
    ],
)
def test_what_is_in_use_cannot_be_deleted(site: Site, logical: str, code: str) -> None:
    site.everything()
    before = len(site.cloud.everything())
    assert f'Code="{code}"' in driver.refused(lambda: site.cloud.delete(site.created[logical]))
    assert len(site.cloud.everything()) == before


def test_a_security_group_in_use_cannot_be_deleted(site: Site) -> None:
    site.network()
    nsg = site.created["nsg"]
    site.subnet("guarded", "10.0.64.0/24", networkSecurityGroup={"id": nsg.id})
    assert 'Code="InUseNetworkSecurityGroupCannotBeDeleted"' in driver.refused(lambda: site.cloud.delete(nsg))


def vault(**properties: Json) -> dict[str, Json]:
    inputs = {"sku": {"family": "A", "name": "standard"}, "tenantId": TENANT, **properties}
    return {"vaultName": "kv-ai", "properties": inputs}


def test_vaults(site: Site) -> None:
    refused(site, "VaultNameNotValid", "keyvault:Vault", **{**vault(), "vaultName": "kv--ai"})
    refused(site, "BadRequest", "keyvault:Vault", **vault(tenantId=NOBODY))
    refused(site, "BadRequest", "keyvault:Vault", **vault(softDeleteRetentionInDays=5))
    refused(site, "BadRequest", "keyvault:Vault", **vault(enablePurgeProtection=False))
    resource = site.vault()
    site.make("resources:ResourceGroup", "other", location="uaenorth", resourceGroupName="rg-other")
    refused(site, "VaultAlreadyExists", "keyvault:Vault", **{**vault(), "resourceGroupName": "rg-other"})
    assert "irreversible" in driver.refused(lambda: site.cloud.update(resource, resourceGroupName="rg-ai", **vault()))


def test_a_deleted_vault_keeps_its_name_until_it_is_recovered(site: Site) -> None:
    site.cloud.delete(site.vault())
    message = refused(site, "ConflictError", "keyvault:Vault", **vault())
    assert "recover" in message
    site.inside("keyvault:Vault", "back", **vault(createMode="recover", enablePurgeProtection=True))


def test_keys(site: Site) -> None:
    site.vault()
    refused(site, "BadRequest", "keyvault:Key", vaultName="kv-ai", keyName="a_b", properties={"kty": "RSA"})
    refused(site, "BadRequest", "keyvault:Key", vaultName="kv-ai", properties={"kty": "RSA", "keySize": 1024})
    refused(site, "BadRequest", "keyvault:Key", vaultName="kv-ai", properties={"kty": "RSA-HSM"})


def test_storage_accounts(site: Site) -> None:
    account = "storage:StorageAccount"
    refused(site, "AccountNameInvalid", account, **site.account_inputs("st-ai"))
    site.make(account, "data", **site.account_inputs())
    site.make("resources:ResourceGroup", "other", location="uaenorth", resourceGroupName="rg-other")
    refused(site, "StorageAccountAlreadyTaken", account, **site.account_inputs(resourceGroupName="rg-other"))
    refused(site, "ContainerOperationFailure", "storage:BlobContainer", accountName="staidata", containerName="Data_1")
    refused(
        site,
        "PublicAccessNotPermitted",
        "storage:BlobContainer",
        accountName="staidata",
        containerName="open",
        publicAccess="Blob",
    )
    for kind, name in (("ManagementPolicy", "managementPolicyName"), ("BlobServiceProperties", "blobServicesName")):
        more: dict[str, Json] = {"policy": {"rules": []}} if kind == "ManagementPolicy" else {}
        refused(site, "InvalidRequestPropertyValue", f"storage:{kind}", accountName="staidata", **{name: "own"}, **more)


def test_storage_keys_of_the_customer(site: Site) -> None:
    site.vault(enablePurgeProtection=None)
    site.key()
    identity = site.identity()
    inputs = {"keyName": "disks", "keyVaultUri": "https://kv-ai.vault.azure.net/"}
    by = {"type": "UserAssigned", "userAssignedIdentities": [identity.id]}

    def with_key(identity: Json = None, **encryption: Json) -> dict[str, Json]:
        changes = site.account_inputs(encryption={"keySource": "Microsoft.Keyvault", **encryption})
        return {**changes, **({"identity": identity} if identity else {})}

    account, uses = "storage:StorageAccount", {"encryptionUserAssignedIdentity": identity.id}
    refused(site, "KeyVaultPropertiesInvalid", account, **with_key())
    refused(site, "StorageAccountIdentityMissing", account, **with_key(keyVaultProperties=inputs))
    own: dict[str, Json] = {"type": "SystemAssigned"}
    refused(site, "KeyVaultAccessForbidden", account, **with_key(own, keyVaultProperties=inputs))
    refused(
        site,
        "StorageAccountEncryptionIdentityNotAssigned",
        account,
        **with_key(keyVaultProperties=inputs, encryptionIdentity=uses),
    )
    refused(
        site,
        "KeyVaultSoftDeleteAndPurgeProtectionRequired",
        account,
        **with_key(by, keyVaultProperties=inputs, encryptionIdentity=uses),
    )


def test_roles(site: Site) -> None:
    identity = get_str(site.identity().values, "principalId")
    inputs: dict[str, Json] = {"scope": site.group.id, "principalId": identity, "roleDefinitionId": BLOB_CONTRIBUTOR}
    kind = "authorization:RoleAssignment"
    site.make(kind, "first", **inputs)
    for code, changes in (
        ("RoleAssignmentExists", {}),
        ("PrincipalNotFound", {"principalId": NOBODY}),
        ("UnmatchedPrincipalType", {"principalType": "User"}),
        ("UnmatchedPrincipalType", {"principalId": OPERATOR, "principalType": "User"}),
        ("InvalidRoleDefinitionId", {"roleDefinitionId": f"{ROLE}Contributor"}),
        ("ResourceGroupNotFound", {"scope": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/no"}),
    ):
        assert f'Code="{code}"' in site.refused(kind, **{**inputs, **changes})
    site.make(kind, "people", **{**inputs, "principalId": NOBODY, "principalType": "Group"})
    site.make(kind, "deployer", **{**inputs, "principalId": OPERATOR, "principalType": "ServicePrincipal"})


def test_an_identity_trusts_an_issuer_and_subject_once(site: Site) -> None:
    site.identity()
    inputs: dict[str, Json] = {"resourceName": "id-ai", "issuer": "https://a/", "subject": "s", "audiences": ["x"]}
    kind = "managedidentity:FederatedIdentityCredential"
    site.inside(kind, "first", **inputs)
    refused(site, "Conflict", kind, **inputs)
    refused(site, "BadRequest", kind, **{**inputs, "subject": "t", "audiences": []})


def test_budgets(site: Site) -> None:
    silent = {"enabled": True, "operator": "GreaterThan", "threshold": 80, "contactEmails": []}
    for changes in (
        {"amount": 0},
        {"timePeriod": {"startDate": "2026-12-02T00:00:00Z"}},
        {"notifications": {"silent": silent}},
        {"notifications": {f"n{i}": {**silent, "contactEmails": ["a@b.ae"]} for i in range(6)}},
        {"notifications": {"far": {**silent, "contactEmails": ["a@b.ae"], "threshold": 1001}}},
    ):
        inputs = {**site.budget_inputs(), **changes}
        assert 'Code="BadRequest"' in site.refused("consumption:Budget", **inputs), changes


def test_logs(site: Site) -> None:
    logs = site.inside("operationalinsights:Workspace", "logs")
    kind, audit = "monitor:DiagnosticSetting", [{"category": "kube-audit-admin", "enabled": True}]
    inputs: dict[str, Json] = {"resourceUri": site.cluster().id, "logs": audit}
    assert 'Code="BadRequest"' in site.refused(kind, **inputs)
    site.make(kind, "first", **inputs, workspaceId=logs.id)
    assert 'Code="Conflict"' in site.refused(kind, **{**inputs, "workspaceId": logs.id})
    refused(site, "InvalidParameter", "operationalinsights:Workspace", retentionInDays=7)
    refused(site, "InvalidResourceName", "operationalinsights:Workspace", workspaceName="l")


def test_names_of_resource_groups_and_action_groups(site: Site) -> None:
    wrong = site.refused("resources:ResourceGroup", location="uaenorth", resourceGroupName="a*")
    assert 'Code="InvalidResourceGroupName"' in wrong
    refused(
        site,
        "ActionGroupShortNameTooLong",
        "monitor:ActionGroup",
        groupShortName="far-too-long-a-name",
        enabled=True,
        location="Global",
    )


def test_check_reports_what_the_api_would_reject(site: Site) -> None:
    def fail(kind: str, **inputs: Json) -> list[str]:
        with pytest.raises(Rejected) as rejected:
            site.cloud.check(f"azure-native:{kind}", "x", inputs)
        return list(rejected.value.failures)

    group = {"resourceGroupName": "rg-ai"}
    assert fail("containerservice:AgentPool", **group) == ["resourceName"]
    assert fail("containerservice:AgentPool", **group, resourceName="a", vmsize="x") == ["vmsize"]
    assert fail("containerservice:AgentPool", **group, resourceName="a", scaleSetPriority="Cheap") == [
        "scaleSetPriority"
    ]
    assert fail("containerservice:AgentPool", **group, resourceName="a", maxCount="4") == ["maxCount"]


def test_functions(site: Site) -> None:
    ask = site.cloud.invoke
    assert ask("azure-native:authorization:getClientConfig")["tenantId"] == TENANT
    site.cluster(disableLocalAccounts=True)
    which = {"resourceGroupName": "rg-ai", "resourceName": "aks-ai"}
    answer = site.cloud.answer("azure-native:containerservice:listManagedClusterUserCredentials", **which)
    assert answer["kubeconfigs"].is_secret
    for token, args, name in (
        ("azure-native:containerservice:listManagedClusterAdminCredentials", which, "disable local accounts"),
        (
            "azure-native:containerservice:listManagedClusterUserCredentials",
            {**which, "resourceName": "b"},
            "not found",
        ),
        ("azure-native:storage:listStorageAccountKeys", which, "KeyBasedAuthenticationNotPermitted"),
        ("azure-native:authorization:getClientToken", {}, "refused"),
    ):
        with pytest.raises(Exception, match=name):
            ask(token, **args)
