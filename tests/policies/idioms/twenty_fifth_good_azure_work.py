"""Good programs of platform teams on Azure: answers, trainings and records (set 25, before any rule ran)."""

from ..blind import TAGS, az
from . import Idiom
from .twenty_third_azure import (
    AT,
    BY_IDENTITY,
    CMK,
    DUTY,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

CLIENT = "11111111-2222-3333-4444-555555555555"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Web PubSub: browsers of staff get answers as they are written, by tokens of an identity, in the network", (
        budget(),
        az("webpubsub:WebPubSub", {
            **AT, **BY_IDENTITY, "resourceName": "wps-chat-prod", "sku": {"name": "Premium_P1", "tier": "Premium",
                "capacity": 1}, "disableLocalAuth": True, "disableAadAuth": False, "publicNetworkAccess": "Disabled",
            "networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}, "privateEndpoints": []}, "tls": {
                "clientCertEnabled": False}, "resourceLogConfiguration": {"categories": [
                    {"name": "ConnectivityLogs", "enabled": "true"}]}}, "pubsub"),
        az("webpubsub:WebPubSubHub", {**RG, "resourceName": "wps-chat-prod", "hubName": "chat", "properties": {
            "anonymousConnectPolicy": "deny", "webSocketKeepAliveIntervalInSeconds": 20, "eventHandlers": [{
                "urlTemplate": "https://chat.apps.bank.ae/events/{event}", "userEventPattern": "*", "systemEvents": [
                    "connect", "disconnected"], "auth": {"type": "ManagedIdentity", "managedIdentity": {
                        "resource": "api://chat-events"}}}]}}, "hub", links={"resourceName": ("pubsub",)}),
        az("webpubsub:WebPubSubSharedPrivateLinkResource", {
            **RG, "resourceName": "wps-chat-prod", "sharedPrivateLinkResourceName": "app", "groupId": "sites",
            "privateLinkResourceId": f"{ITS}.Web/sites/app-chat-prod", "requestMessage": "Events of chats"}, "to-app",
           links={"resourceName": ("pubsub",)}),
        granted("chat-server", "pubsub", "12cf5a90-567b-43ae-8102-96cf46c7d9b4"),
        *private("pubsub", "webpubsub", "privatelink.webpubsub.azure.com"), records("pubsub"),
        alert("pubsub", "Microsoft.SignalRService/WebPubSub", "ConnectionQuotaUtilization", "GreaterThan", 80)),
        f"{LEARN}/azure-web-pubsub/howto-secure-shared-private-endpoints; .../howto-disable-local-auth, as known",
        OURS),
    Idiom("Lustre: training reads a file system that fills from a bucket and writes back what changed, under a key", (
        budget(),
        az("storagecache:AmlFilesystem", {
            **AT, **BY_IDENTITY, "amlFilesystemName": "amlfs-train", "sku": {"name": "AMLFS-Durable-Premium-250"},
            "storageCapacityTiB": 8, "zones": ["1"], "filesystemSubnet": f"{VNET}/subnets/snet-lustre",
            "maintenanceWindow": {"dayOfWeek": "Friday", "timeOfDayUTC": "22:00"}, "encryptionSettings": {
                "keyEncryptionKey": {"keyUrl": f"{CMK}/0123456789abcdef0123456789abcdef", "sourceVault": {
                    "id": f"{ITS}.KeyVault/vaults/kv-cmk-prod"}}}, "rootSquashSettings": {
                "mode": "All", "squashUID": 65534, "squashGID": 65534, "noSquashNidLists": "10.20.8.4@tcp"}, "hsm": {
                "settings": {"container": f"{ITS}.Storage/storageAccounts/sttrain/blobServices/default/containers/data",
                             "loggingContainer":
                             f"{ITS}.Storage/storageAccounts/sttrain/blobServices/default/containers/logs",
                             "importPrefixesInitial": ["/corpus"]}}}, "lustre"),
        az("storagecache:AutoExportJob", {**AT, "amlFilesystemName": "amlfs-train", "autoExportJobName": "back",
            "autoExportPrefixes": ["/checkpoints"], "adminStatus": "Enable"}, "back", links={
                "amlFilesystemName": ("lustre",)}),
        az("storagecache:AutoImportJob", {**AT, "amlFilesystemName": "amlfs-train", "autoImportJobName": "fill",
            "autoImportPrefixes": ["/corpus"], "conflictResolutionMode": "OverwriteIfDirty", "enableDeletions": False,
            "maximumErrors": 10}, "fill", links={"amlFilesystemName": ("lustre",)}),
        records("lustre"), kept("lustre")),
        f"{LEARN}/azure-managed-lustre/auto-export; .../customer-managed-encryption-keys; .../root-squash, as known",
        with_prices("storagecache:AmlFilesystem::lustre")),
    Idiom("Confidential Ledger: decisions of models are written once for all, and staff read them by Entra", (
        budget(),
        az("confidentialledger:Ledger", {
            **RG, "location": "uaenorth", "tags": TAGS, "ledgerName": "acl-decisions", "properties": {
                "ledgerType": "Private", "ledgerSku": "Standard", "aadBasedSecurityPrincipals": [
                    {"ledgerRoleName": "Administrator", "principalId": STAFF, "tenantId": TENANT},
                    {"ledgerRoleName": "Contributor", "principalId": CLIENT, "tenantId": TENANT}],
                "certBasedSecurityPrincipals": []}}, "ledger", protect=True), kept("ledger")),
        f"{LEARN}/confidential-ledger/overview; .../quickstart-template, as known",
        {**with_prices("confidentialledger:Ledger::ledger"), "escape": {"allowed_types": {
            "azure-native:confidentialledger:Ledger": "its roles are of our own tenant, read by the platform team"}}}),
    Idiom("queries of those on duty are kept in a pack, and an alert by one of them tells them", (
        az("operationalinsights:QueryPack", {**AT, "queryPackName": "duty"}, "pack"),
        az("operationalinsights:Query", {
            **RG, "queryPackName": "duty", "id": "11111111-2222-3333-4444-555555555556", "displayName":
            "Refused calls of models", "description": "Calls that a limit refused", "body":
            "AzureDiagnostics | where ResultSignature == '429' | summarize count() by bin(TimeGenerated, 5m)",
            "related": {"categories": ["applications"], "resourceTypes": ["microsoft.cognitiveservices/accounts"]}},
           "refused", links={"queryPackName": ("pack",)}),
        az("monitor:ScheduledQueryRule", {
            **AT, "ruleName": "refused-calls", "displayName": "Refused calls", "kind": "LogAlert", "enabled": True,
            "severity": 2, "scopes": [LAW], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True,
            "criteria": {"allOf": [{"query": "AzureDiagnostics | where ResultSignature == '429'", "timeAggregation":
                "Count", "operator": "GreaterThan", "threshold": 50, "failingPeriods": {
                    "numberOfEvaluationPeriods": 2, "minFailingPeriodsToAlert": 2}}]}, "actions": {
                "actionGroups": [DUTY]}}, "refused-alert")),
        f"{LEARN}/azure-monitor/logs/query-packs, as known", OURS),
)  # fmt: skip
