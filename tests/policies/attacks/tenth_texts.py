"""Attacks by types of the tenth set that rules on every text read: a stranger's account, subscription, tenant, host or
image, or a region abroad (2026-11-28; not blind)."""

from collections.abc import Mapping

from ..blind import GROUP, HERE, RG, TAGS, THEIR_SUB, THEIRS, THEM, aws, az
from ..harness import Given
from . import Attack

RULES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-116", "FJ-ESC-115")
TENANT = "99999999-1111-2222-3333-444444444444"
HOST = "collector-app.io"
BLOB = "https://collector.blob.core.windows.net/in"


def _their_arn(service: str, rest: str) -> str:
    return f"arn:aws:{service}:me-central-1:{THEM}:{rest}"


def _az(kind: str, props: Mapping[str, object], *, placed: bool = False) -> Given:
    return az(kind, {**(HERE if placed else RG), **props})


_PLANS: tuple[Given, ...] = (
    _az("datafactory:CredentialOperation", {"factoryName": "adf", "credentialName": "c", "properties": {
        "type": "ServicePrincipal", "tenant": TENANT, "servicePrincipalId": TENANT}}),
    _az("kubernetes:ConnectedCluster", {
        "clusterName": "dc1", "identity": {"type": "SystemAssigned"}, "agentPublicKeyCertificate": "x",
        "aadProfile": {"tenantID": TENANT}}, placed=True),
    _az("network:ScopeConnection", {"networkManagerName": "nm", "scopeConnectionName": "x", "tenantId": TENANT,
                                    "resourceId": THEIR_SUB}),
    az("network:SubscriptionNetworkManagerConnection", {
        "networkManagerConnectionName": "x", "networkManagerId": f"{THEIRS}.Network/networkManagers/x"}),
    _az("securityinsights:OfficeDataConnector", {
        "workspaceName": "logs", "dataConnectorId": "x", "kind": "Office365", "tenantId": TENANT, "dataTypes": {
            state: {"state": "Enabled"} for state in ("exchange", "sharePoint", "teams")}}),
    _az("kusto:ManagedPrivateEndpoint", {
        "clusterName": "adx", "managedPrivateEndpointName": "m", "groupId": "blob", "privateLinkResourceId":
        f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stbank", "privateLinkResourceRegion": "westeurope"}),
    _az("network:ConnectionMonitor", {
        "networkWatcherName": "nw", "connectionMonitorName": "x",
        "endpoints": [{"name": "e", "type": "ExternalAddress", "address": f"probe.{HOST}"}]}, placed=True),
    _az("synapse:WorkspaceAadAdmin", {"workspaceName": "syn", "tenantId": TENANT, "sid": TENANT, "login": "x",
                                      "administratorType": "ActiveDirectory"}),
    _az("applicationinsights:ComponentLinkedStorageAccount", {
        "resourceName": "app", "storageType": "ServiceProfiler", "linkedStorageAccount":
        f"{THEIRS}.Storage/storageAccounts/collector"}),
    _az("kusto:AttachedDatabaseConfiguration", {
        "location": "uaenorth", "clusterName": "adx", "databaseName": "*", "attachedDatabaseConfigurationName": "x",
        "clusterResourceId": f"{THEIRS}.Kusto/clusters/collector", "defaultPrincipalsModificationKind": "Union"}),
    _az("web:WebAppSiteContainer", {"name": "portal", "containerName": "c", "isMain": False, "authType": "Anonymous",
                                    "image": "docker.io/collector/agent:latest"}),
    _az("machinelearningservices:RegistryCodeVersion", {
        "registryName": "models", "codeName": "c", "version": "1", "properties": {"codeUri": BLOB}}),
    _az("sql:ManagedDatabaseVulnerabilityAssessment", {
        "managedInstanceName": "mi", "databaseName": "d", "vulnerabilityAssessmentName": "default",
        "storageContainerPath": BLOB, "recurringScans": {"isEnabled": True}}),
    _az("network:VirtualHubBgpConnection", {"virtualHubName": "hub", "connectionName": "x", "peerAsn": 65000,
                                            "peerIp": "203.0.113.4"}),
    _az("webpubsub:WebPubSubReplica", {"resourceName": "w", "replicaName": "r", "location": "westeurope",
                                       "tags": TAGS}),
    aws("verifiedpermissions/IdentitySource", {"policyStoreId": "ps-1", "configuration": {
        "openIdConnectConfiguration": {"issuer": f"https://login.{HOST}", "tokenSelection": {}}}}),
    aws("sagemaker/ImageVersion", {"imageName": "a",
                                   "baseImage": f"{THEM}.dkr.ecr.me-central-1.amazonaws.com/agent:1"}),
    aws("msk/VpcConnection", {
        "authentication": "SASL_IAM", "targetClusterArn": _their_arn("kafka", "cluster/x/1"), "vpcId": "vpc-1",
        "clientSubnets": ["subnet-1"], "securityGroups": ["sg-1"], "tags": TAGS}),
    aws("ram/ResourceShareAccepter", {"shareArn": _their_arn("ram", "resource-share/1")}),
    aws("cfg/OrganizationCustomRule", {"name": "x", "triggerTypes": ["ScheduledNotification"],
                                       "lambdaFunctionArn": _their_arn("lambda", "function:x")}),
    aws("sagemaker/Workteam", {
        "workteamName": "x", "description": "x", "tags": TAGS, "memberDefinitions": [],
        "notificationConfiguration": {"notificationTopicArn": _their_arn("sns", "x")}}),
    aws("inspector2/DelegatedAdminAccount", {"accountId": THEM}),
    aws("detective/OrganizationAdminAccount", {"accountId": THEM}),
    aws("auditmanager/OrganizationAdminAccountRegistration", {"adminAccountId": THEM}),
    aws("directconnect/HostedConnection", {"bandwidth": "1Gbps", "connectionId": "dxcon-1", "ownerAccountId": THEM,
                                           "vlan": 101, "name": "x"}),
    aws("directconnect/HostedTransitVirtualInterface", {
        "addressFamily": "ipv4", "bgpAsn": 65010, "connectionId": "dxcon-1", "ownerAccountId": THEM, "vlan": 101}),
    aws("bedrock/AgentcorePolicy", {"name": "all", "policyEngineId": "pe-1", "definition": {"cedar": {
        "statement": "permit(principal, action, resource);"}}}),
    aws("networkflowmonitor/Scope", {"tags": TAGS, "targets": [{"region": "eu-west-1", "targetIdentifier": {
        "targetType": "ACCOUNT", "targetId": {"accountId": THEM}}}]}),
)  # fmt: skip
ATTACKS = tuple(
    Attack(f"a stranger or a place abroad in {given.type}", RULES, (given,), "major", "see the module")
    for given in _PLANS
)
