"""A small Azure site in the emulated cloud: one resource of every type that Falaj's stacks use."""

import asyncio
from collections.abc import Collection, Mapping

from falaj.components.core.site.waiting import wait_until_effective
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION, TENANT
from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds import driver
from tests.unit.clouds.driver import CreatedResource, Driver

ROLE = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
KEY_USER = f"{ROLE}e147488a-f6f5-4113-8e2d-b22465e65bf6"
BLOB_CONTRIBUTOR = f"{ROLE}ba92f5b4-2d11-453d-a403-e96b0029c9fe"


def without(inputs: Mapping[str, Json], names: Collection[str]) -> dict[str, Json]:
    return {key: value for key, value in inputs.items() if key not in names}


class Site:
    """Creates resources in one resource group; `created` holds all of them by logical name."""

    def __init__(self, cloud: Driver) -> None:
        self.cloud = cloud
        self.created: dict[str, CreatedResource] = {}
        self.group = self.make("resources:ResourceGroup", "ai", location="uaenorth", resourceGroupName="rg-ai")

    def make(self, kind: str, logical: str, /, **inputs: Json) -> CreatedResource:
        self.created[logical] = self.cloud.create(f"azure-native:{kind}", logical, **inputs)
        return self.created[logical]

    def refused(self, kind: str, /, **inputs: Json) -> str:
        """The message of a create that must be refused."""
        return driver.refused(lambda: self.cloud.create(f"azure-native:{kind}", "wrong", **inputs))

    def inside(self, kind: str, logical: str, /, **inputs: Json) -> CreatedResource:
        return self.make(kind, logical, resourceGroupName="rg-ai", **inputs)

    def network(self) -> CreatedResource:
        self.inside("network:NetworkSecurityGroup", "nsg")
        address = self.inside(
            "network:PublicIPAddress", "egress-ip", sku={"name": "Standard"}, publicIPAllocationMethod="Static"
        )
        nat = self.inside(
            "network:NatGateway", "egress", sku={"name": "Standard"}, publicIpAddresses=[{"id": address.id}]
        )
        self.inside(
            "network:VirtualNetwork",
            "vnet",
            virtualNetworkName="vnet",
            addressSpace={"addressPrefixes": ["10.0.0.0/16"]},
        )
        return self.subnet("nodes", "10.0.0.0/20", natGateway={"id": nat.id})

    def subnet(self, name: str, prefix: str, **inputs: Json) -> CreatedResource:
        return self.inside("network:Subnet", name, virtualNetworkName="vnet", addressPrefix=prefix, **inputs)

    def vault(self, name: str = "kv-ai", **properties: Json) -> CreatedResource:
        inputs = {"sku": {"family": "A", "name": "standard"}, "tenantId": TENANT, "enablePurgeProtection": True}
        return self.inside("keyvault:Vault", name, vaultName=name, properties={**inputs, **properties})

    def key(self, name: str = "disks", vault: str = "kv-ai") -> CreatedResource:
        return self.inside(
            "keyvault:Key", name, vaultName=vault, keyName=name, properties={"kty": "RSA", "keySize": 3072}
        )

    def identity(self, name: str = "id-ai") -> CreatedResource:
        return self.inside("managedidentity:UserAssignedIdentity", name, resourceName=name)

    def granted(self, identity: CreatedResource, key: CreatedResource, role: str = KEY_USER) -> CreatedResource:
        """Grants an identity the use of a key, and waits until it is effective."""
        grant = self.make(
            "authorization:RoleAssignment",
            f"{identity.name}-uses-{key.name}",
            scope=key.id,
            principalId=get_str(identity.values, "principalId"),
            principalType="ServicePrincipal",
            roleDefinitionId=role,
        )
        self.wait(grant, 300)
        return grant

    def wait(self, resource: CreatedResource, seconds: int) -> None:
        """Waits as a program in the sandbox does."""
        asyncio.run(wait_until_effective(resource.id, "", seconds))

    def cluster_inputs(self, **changes: Json) -> dict[str, Json]:
        pool = {
            "name": "system",
            "mode": "System",
            "count": 2,
            "vmSize": "Standard_D4as_v5",
            "availabilityZones": ["1", "2"],
        }
        return {
            "resourceGroupName": "rg-ai",
            "resourceName": "aks-ai",
            "dnsPrefix": "ai",
            "identity": {"type": "SystemAssigned"},
            "oidcIssuerProfile": {"enabled": True},
            "agentPoolProfiles": [pool],
            **changes,
        }

    def cluster(self, **changes: Json) -> CreatedResource:
        return self.make("containerservice:ManagedCluster", "aks", **self.cluster_inputs(**changes))

    def pool_inputs(self, name: str, **changes: Json) -> dict[str, Json]:
        return {
            "resourceGroupName": "rg-ai",
            "resourceName": "aks-ai",
            "agentPoolName": name,
            "mode": "User",
            "vmSize": "Standard_NC40ads_H100_v5",
            "enableAutoScaling": True,
            "minCount": 0,
            "maxCount": 4,
            "count": 0,
            "scaleSetPriority": "Spot",
            "scaleSetEvictionPolicy": "Delete",
            "spotMaxPrice": -1,
            **changes,
        }

    def stays_and_goes(self) -> None:
        """Checks that every resource is read and compared without a change, updated to itself, and deleted in
        reverse order.
        """
        for name, resource in self.created.items():
            read = self.cloud.read(resource)
            assert to_plain_map(read.properties) == resource.values, name
            added = {"agentPoolProfiles"} if name == "aks" else set()  # a cluster lists its separate pools too
            assert without(to_plain_map(read.inputs), added) == without(to_plain_map(resource.inputs), added), name
            inputs = {key: value for key, value in to_plain_map(resource.inputs).items() if not key.startswith("__")}
            again = self.cloud.diff(resource, **inputs)
            assert not again.changes, (name, again.diffs)
            before = resource.values
            assert self.cloud.update(resource, **to_plain_map(resource.inputs)).values == before, name
        for resource in reversed(list(self.created.values())):
            self.cloud.delete(resource)
        assert self.cloud.everything() == []

    def account_inputs(self, name: str = "staidata", **changes: Json) -> dict[str, Json]:
        return {
            "resourceGroupName": "rg-ai",
            "accountName": name,
            "kind": "StorageV2",
            "sku": {"name": "Standard_ZRS"},
            "allowBlobPublicAccess": False,
            **changes,
        }

    def everything(self) -> "Site":
        """Creates the whole site, in the order of its dependencies."""
        subnet = self.network()
        self.vault()
        key = self.key()
        identity = self.identity()
        self.granted(identity, key)
        disks = self.inside(
            "compute:DiskEncryptionSet",
            "disks-set",
            identity={"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
            activeKey={"keyUrl": get_str(key.values, "keyUriWithVersion")},
        )
        kms = {"enabled": True, "keyId": get_str(key.values, "keyUriWithVersion")}
        cluster = self.cluster(
            identity={"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
            diskEncryptionSetID=disks.id,
            securityProfile={"azureKeyVaultKms": kms},
        )
        self.make("containerservice:AgentPool", "gpu", **self.pool_inputs("gpu", vnetSubnetID=subnet.id))
        self.inside("containerservice:MaintenanceConfiguration", "window", resourceName="aks-ai", configName="default")
        self.inside(
            "managedidentity:FederatedIdentityCredential",
            "trainer",
            resourceName="id-ai",
            issuer=get_str(cluster.values, "oidcIssuerProfile.issuerURL"),
            subject="system:serviceaccount:training:trainer",
            audiences=["api://AzureADTokenExchange"],
        )
        self.storage(identity, key)
        self.watched(cluster)
        return self

    def storage(self, identity: CreatedResource, key: CreatedResource) -> None:
        account = self.make(
            "storage:StorageAccount",
            "data",
            **self.account_inputs(
                identity={"type": "UserAssigned", "userAssignedIdentities": [identity.id]},
                encryption={
                    "keySource": "Microsoft.Keyvault",
                    "keyVaultProperties": {"keyName": key.name, "keyVaultUri": "https://kv-ai.vault.azure.net/"},
                    "encryptionIdentity": {"encryptionUserAssignedIdentity": identity.id},
                },
            ),
        )
        self.inside("storage:BlobContainer", "datasets", accountName="staidata")
        self.inside("storage:BlobServiceProperties", "blobs", accountName="staidata", blobServicesName="default")
        rule = {"name": "cool", "type": "Lifecycle", "definition": {"actions": {}}}
        self.inside(
            "storage:ManagementPolicy",
            "tiers",
            accountName="staidata",
            managementPolicyName="default",
            policy={"rules": [rule]},
        )
        self.make(
            "authorization:RoleAssignment",
            "reads",
            scope=account.id,
            principalId=get_str(identity.values, "principalId"),
            principalType="ServicePrincipal",
            roleDefinitionId=BLOB_CONTRIBUTOR,
        )
        self.endpoint(account)

    def endpoint(self, account: CreatedResource) -> None:
        subnet = self.subnet("endpoints", "10.0.16.0/24")
        zone = self.inside(
            "privatedns:PrivateZone", "zone", privateZoneName="privatelink.blob.core.windows.net", location="Global"
        )
        self.inside(
            "privatedns:VirtualNetworkLink",
            "link",
            privateZoneName=zone.name,
            location="Global",
            registrationEnabled=False,
            virtualNetwork={"id": self.created["vnet"].id},
        )
        connection = {"name": "blob", "privateLinkServiceId": account.id, "groupIds": ["blob"]}
        endpoint = self.inside(
            "network:PrivateEndpoint", "blob", subnet={"id": subnet.id}, privateLinkServiceConnections=[connection]
        )
        self.inside(
            "network:PrivateDnsZoneGroup",
            "blob-zone",
            privateEndpointName=endpoint.name,
            privateDnsZoneConfigs=[{"name": "blob", "privateDnsZoneId": zone.id}],
        )

    def watched(self, cluster: CreatedResource) -> None:
        logs = self.inside("operationalinsights:Workspace", "logs", sku={"name": "PerGB2018"}, retentionInDays=90)
        self.make(
            "monitor:DiagnosticSetting",
            "audit",
            resourceUri=cluster.id,
            workspaceId=logs.id,
            logs=[{"category": "kube-audit-admin", "enabled": True}],
        )
        action_group = self.inside(
            "monitor:ActionGroup", "finops", groupShortName="finops", enabled=True, location="Global"
        )
        self.make("consumption:Budget", "monthly", **self.budget_inputs(action_group))

    def budget_inputs(self, action_group: CreatedResource | None = None, **changes: Json) -> dict[str, Json]:
        groups: list[Json] = [action_group.id] if action_group else []
        notification = {
            "enabled": True,
            "operator": "GreaterThan",
            "threshold": 80,
            "contactEmails": ["finops@example.ae"],
            "contactGroups": groups,
        }
        return {
            "scope": self.group.id,
            "amount": 1000,
            "category": "Cost",
            "timeGrain": "Monthly",
            "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
            "notifications": {"actual80": notification},
            **changes,
        }


def refused(site: Site, code: str, kind: str, /, **inputs: Json) -> str:
    """The message of a create that must be refused with a code, and must leave nothing."""
    before = len(site.cloud.everything())
    message = site.refused(kind, **{"resourceGroupName": "rg-ai", **inputs})
    assert f'Code="{code}"' in message, message
    assert message.startswith("creating Microsoft.")
    assert len(site.cloud.everything()) == before
    return message
