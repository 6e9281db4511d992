"""Good idioms of platform teams on Azure: proofs, keys, files, flows and lines of networks (set 15, blind)."""

from ..blind import az
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import CLOSED, OWN, SYSTEM, VAULT, audit, granted
from .twelfth_charts import DIGEST

PROOFS = f"{OURS}.Attestation/attestationProviders/attbank"
HARDWARE = f"{OURS}.HardwareSecurityModules/cloudHsmClusters/hsm"
TESTS, RELAY = f"{OURS}.LoadTestService/loadTests/lt-bank", f"{OURS}.Relay/namespaces/relay-bank"
FLOWS, CATALOGUE = f"{OURS}.DurableTask/schedulers/dts-bank", f"{OURS}.Purview/accounts/pv-bank"
PORT, CIRCUIT = f"{OURS}.Network/expressRoutePorts/erp-dubai", f"{OURS}.Network/expressRouteCircuits/erc-bank"
STORE = f"{OURS}.Storage/storageAccounts/stbank"
SECRETS = "https://kv-bank.vault.azure.net/secrets"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("enclaves of the bank prove what runs in them to a provider that the network alone reaches", (
        az("attestation:AttestationProvider", {**HERE, "providerName": "attbank", "properties": {
            **CLOSED, "tpmAttestationAuthentication": "Enabled"}}, "proofs", protect=True),
        granted("reader", PROOFS, "fd1bd22b-8476-40bc-a0bc-69b95687b9f3"),
        endpoint("att", PROOFS, "standard"), audit("proofs", PROOFS), lock(PROOFS, "proofs")),
        f"{LEARN}/attestation/private-endpoint-powershell", unpriced(
            "azure-native:attestation:AttestationProvider::proofs")),
    Idiom("keys of cards lie in a cluster of hardware that is the bank's alone and has no public side", (
        AZURE_BUDGET,
        az("hardwaresecuritymodules:CloudHsmCluster", {
            **HERE, "cloudHsmClusterName": "hsm", "sku": {"family": "B", "name": "Standard_B1"}, **CLOSED, **USER},
            "hsm", protect=True),
        endpoint("hsm", HARDWARE, "cloudHsm"), audit("hsm", HARDWARE), lock(HARDWARE, "hsm")),
        f"{LEARN}/cloud-hsm/secure-cloud-hsm", unpriced(
            "azure-native:hardwaresecuritymodules:CloudHsmCluster::hsm")),
    Idiom("tests of load lie under the bank's key and are started by the pipeline's identity alone", (
        AZURE_BUDGET,
        az("loadtestservice:LoadTest", {
            **HERE, "loadTestName": "lt-bank", "description": "Tests of the gateway", **USER, "encryption": {
                "keyUrl": KEY_URL, "identity": {"type": "UserAssigned", "resourceId": ID}}}, "tests"),
        granted("starter", TESTS, "749a398d-560b-491b-bb21-08924219302e"), lock(TESTS, "tests")),
        f"{LEARN}/app-testing/load-testing/how-to-configure-customer-managed-keys", unpriced(
            "azure-native:loadtestservice:LoadTest::tests")),
    Idiom("a job runs in a container of the network from the bank's registry, sealed, without keys of users", (
        AZURE_BUDGET,
        az("containerinstance:ContainerGroup", {
            **HERE, "containerGroupName": "reconcile", "osType": "Linux", "restartPolicy": "OnFailure", "sku":
            "Standard", **USER, "subnetIds": [{"id": f"{VNET}/subnets/jobs"}], "zones": ["1"],
            "encryptionProperties": {"keyName": "cmk", "keyVersion": VAULT["keyVersion"], "vaultBaseUrl":
                                     VAULT["keyVaultUri"], "identity": ID},
            "imageRegistryCredentials": [{"server": "registry.bank.ae", "identity": ID}],
            "containers": [{
                "name": "reconcile", "image": f"registry.bank.ae/apps/reconcile@{DIGEST}", "resources": {
                    "requests": {"cpu": 1, "memoryInGB": 2}, "limits": {"cpu": 1, "memoryInGB": 2}},
                "securityContext": {"allowPrivilegeEscalation": False, "privileged": False, "runAsUser": 10001,
                                    "runAsGroup": 10001, "capabilities": {"drop": ["ALL"]}},
                "environmentVariables": [{"name": "DATABASE_HOST", "value":
                                          "pg-bank.postgres.database.azure.com"}]}]}, "reconcile")),
        f"{LEARN}/container-instances/container-instances-encrypt-data", {**OWN, "residency": {"known": {
            **OWN["residency"]["known"], "pg-bank.postgres.database.azure.com": "our own database, in uaenorth"}},
            **unpriced("azure-native:containerinstance:ContainerGroup::reconcile")}),
    Idiom("a system of a branch answers through a relay that the network alone reaches and that asks for a name", (
        AZURE_BUDGET,
        az("relay:Namespace", {**HERE, "namespaceName": "relay-bank", "sku": {"name": "Standard", "tier": "Standard"},
                               **CLOSED}, "relay"),
        az("relay:HybridConnection", {
            **RG, "namespaceName": "relay-bank", "hybridConnectionName": "branch", "requiresClientAuthorization": True},
            "branch", links={"namespaceName": ("relay",)}),
        granted("listener", f"{RELAY}/hybridConnections/branch", "26e0b698-aa6d-4085-9386-aadae190014d"),
        endpoint("relay", RELAY, "namespace"), audit("relay", RELAY)),
        f"{LEARN}/azure-relay/network-security", unpriced(
            "azure-native:relay:Namespace::relay", "azure-native:relay:HybridConnection::branch")),
    Idiom("files of the old site move to the bank's account by an agent at night, as copies only", (
        AZURE_BUDGET,
        az("storagemover:StorageMover", {**HERE, "storageMoverName": "mover", "description": "Files of the old site"},
           "mover"),
        az("storagemover:Project", {**RG, "storageMoverName": "mover", "projectName": "archive"}, "archive",
            links={"storageMoverName": ("mover",)}),
        az("storagemover:Endpoint", {
            **RG, "storageMoverName": "mover", "endpointName": "old", "properties": {
                "endpointType": "NfsMount", "host": "10.40.8.30", "export": "/archive", "nfsVersion": "NFSv4"}}, "old",
            links={"storageMoverName": ("mover",)}),
        az("storagemover:Endpoint", {
            **RG, "storageMoverName": "mover", "endpointName": "new", "properties": {
                "endpointType": "AzureStorageBlobContainer", "storageAccountResourceId": STORE, "blobContainerName":
                "archive"}}, "new", links={"storageMoverName": ("mover",)}),
        az("storagemover:JobDefinition", {
            **RG, "storageMoverName": "mover", "projectName": "archive", "jobDefinitionName": "nightly", "agentName":
            "old-site", "copyMode": "Additive", "sourceName": "old", "targetName": "new"}, "nightly",
            links={"projectName": ("archive",), "sourceName": ("old",), "targetName": ("new",)}),
        granted("writer", f"{STORE}/blobServices/default/containers/archive",
                "ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        f"{LEARN}/storage-mover/job-definition-create", {"residency": {"known": {STORE: "our own, in uaenorth"}}}),
    Idiom("long flows of apps are kept by a scheduler of tasks, which one identity uses from one net", (
        AZURE_BUDGET,
        az("durabletask:Scheduler", {**HERE, "schedulerName": "dts-bank", "properties": {
            "ipAllowlist": ["10.20.0.0/16"], "sku": {"name": "Dedicated", "capacity": 1}, **CLOSED}}, "flows"),
        az("durabletask:TaskHub", {**RG, "schedulerName": "dts-bank", "taskHubName": "claims"}, "claims",
            links={"schedulerName": ("flows",)}),
        az("durabletask:RetentionPolicy", {**RG, "schedulerName": "dts-bank", "properties": {"retentionPolicies": [
            {"retentionPeriodInDays": 30}]}}, "kept", links={"schedulerName": ("flows",)}),
        granted("worker", f"{FLOWS}/taskHubs/claims", "0ad04412-c4d5-4796-b79c-f76d14c8d402"),
        endpoint("dts", FLOWS, "scheduler"), audit("flows", FLOWS)),
        f"{LEARN}/azure-functions/durable/durable-task-scheduler/durable-task-scheduler", unpriced(
            "azure-native:durabletask:TaskHub::claims",
            "azure-native:durabletask:RetentionPolicy::kept",
            "azure-native:durabletask:Scheduler::flows")),
    Idiom("the bank's port to Azure is sealed by MACsec with keys of its vault, and what flows is collected", (
        AZURE_BUDGET,
        az("network:ExpressRoutePort", {
            **HERE, "expressRoutePortName": "erp-dubai", "bandwidthInGbps": 10, "billingType": "MeteredData",
            "encapsulation": "Dot1Q", "peeringLocation": "Equinix-Dubai-DX1", **ASSIGNED, "links": [
                {"name": f"link{n}", "adminState": "Enabled", "macSecConfig": {
                    "cipher": "GcmAes256", "sciState": "Enabled", "cakSecretIdentifier": f"{SECRETS}/cak",
                    "cknSecretIdentifier": f"{SECRETS}/ckn"}} for n in (1, 2)]}, "port", protect=True),
        az("network:ExpressRouteCircuit", {
            **HERE, "circuitName": "erc-bank", "expressRoutePort": {"id": PORT}, "bandwidthInGbps": 5, "sku": {
                "name": "Standard_MeteredData", "tier": "Standard", "family": "MeteredData"},
            "globalReachEnabled": False}, "circuit", links={"expressRoutePort": ("port",)}, protect=True),
        az("networkfunction:AzureTrafficCollector", {**HERE, "azureTrafficCollectorName": "atc-bank"}, "collector"),
        az("networkfunction:CollectorPolicy", {
            **HERE, "azureTrafficCollectorName": "atc-bank", "collectorPolicyName": "circuit", "ingestionPolicy": {
                "ingestionType": "IPFIX", "ingestionSources": [{"resourceId": CIRCUIT, "sourceType": "Resource"}]},
            "emissionPolicies": [{"emissionType": "IPFIX", "emissionDestinations": [
                {"destinationType": "AzureMonitor"}]}]}, "policy",
            links={"azureTrafficCollectorName": ("collector",), "ingestionPolicy": ("circuit",)}),
        audit("collector", f"{OURS}.NetworkFunction/azureTrafficCollectors/atc-bank"), lock(PORT, "port")),
        f"{LEARN}/expressroute/expressroute-howto-macsec", unpriced(
            "azure-native:networkfunction:CollectorPolicy::policy",
            "azure-native:network:ExpressRoutePort::port",
            "azure-native:network:ExpressRouteCircuit::circuit",
            "azure-native:networkfunction:AzureTrafficCollector::collector")),
    Idiom("sets of data are known to Purview, which the network alone reaches and which keeps no stream outside", (
        AZURE_BUDGET,
        az("purview:Account", {
            **HERE, "accountName": "pv-bank", "sku": {"name": "Standard", "capacity": 1}, **SYSTEM, **CLOSED,
            "managedEventHubState": "Disabled", "managedResourcesPublicNetworkAccess": "Disabled",
            "managedResourceGroupName": "rg-purview-managed", "ingestionStorage": {"publicNetworkAccess": "Disabled"}},
            "catalogue", protect=True),
        az("network:PrivateEndpoint", {
            **HERE, "privateEndpointName": "pe-portal", "subnet": {"id": f"{VNET}/subnets/endpoints"},
            "privateLinkServiceConnections": [{"name": "portal", "groupIds": ["portal"], "privateLinkServiceId":
                                               CATALOGUE}]}, "portal"),
        endpoint("pv", CATALOGUE, "account"), audit("catalogue", CATALOGUE), lock(CATALOGUE, "catalogue")),
        f"{LEARN.removesuffix('/azure')}/purview/data-gov-classic-private-link-end-to-end", unpriced(
            "azure-native:purview:Account::catalogue")),
    Idiom("addresses of partners have one name in the firewall's rules, which let TLS to one service out", (
        az("network:IpGroup", {**HERE, "ipGroupsName": "ig-apps", "ipAddresses": ["10.20.8.0/24", "10.20.9.0/24"]},
            "apps"),
        az("network:IpGroup", {**HERE, "ipGroupsName": "ig-ledger", "ipAddresses": ["10.40.16.0/28"]}, "ledger"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-hub", "ruleCollectionGroupName": "ledger", "priority": 300,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "ledger", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "NetworkRule", "name": "tls", "ipProtocols": ["TCP"], "destinationPorts": ["443"],
                    "sourceIpGroups": [f"{OURS}.Network/ipGroups/ig-apps"], "destinationIpGroups": [
                        f"{OURS}.Network/ipGroups/ig-ledger"]}]}]}, "rules",
            links={"ruleCollections": ("apps", "ledger")})),
        f"{LEARN}/firewall/ip-groups"),
)  # fmt: skip
