"""Attacks made of settings of which each is harmless alone, or of names that belong to another tenant (2026-11-28)."""

import json

from ..blind import GROUP, KEY, ME, TAGS, THEIR_SUB, THEM, aws, az, document, k8s, workload
from ..harness import Given
from . import Attack

ANY = ("FJ-EXP-", "FJ-RES-", "FJ-IDN-", "FJ-ENC-", "FJ-ESC-")
R = "me-central-1"
ANY_ADDRESS = "0.0.0.0"  # noqa: S104
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
BLOCK = {"blockPublicAcls": True, "blockPublicPolicy": True, "ignorePublicAcls": True, "restrictPublicBuckets": True}
ACCOUNT = {
    **HERE, "accountName": "bankdata", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
    "allowSharedKeyAccess": False, "allowBlobPublicAccess": False, "minimumTlsVersion": "TLS1_2",
    "enableHttpsTrafficOnly": True, "publicNetworkAccess": "Disabled", "isLocalUserEnabled": False,
    "allowCrossTenantReplication": False,
}  # fmt: skip

ATTACKS = (
    Attack("a bucket's policy is for everybody where the block of policies is off", ANY, (
        aws("s3/BucketPublicAccessBlock", {"bucket": "b", **BLOCK, "restrictPublicBuckets": False}, "block"),
        aws("s3/BucketPolicy", {"bucket": "b", "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})})),
        "critical", "everybody reads the objects"),
    Attack("a rule of events sends to the bus of a stranger", ANY, (aws("cloudwatch/EventTarget", {
        "rule": "all", "eventBusName": "default", "roleArn": f"arn:aws:iam::{ME}:role/events",
        "arn": f"arn:aws:events:{R}:{THEM}:event-bus/in"}),), "critical", "the stranger gets every event"),
    Attack("a filter of logs sends to the destination of a stranger", ANY, (aws("cloudwatch/LogSubscriptionFilter", {
        "logGroup": "/app", "name": "all", "filterPattern": "", "roleArn": f"arn:aws:iam::{ME}:role/logs",
        "destinationArn": f"arn:aws:logs:{R}:{THEM}:destination:in"}),), "critical", "the stranger gets every record"),
    Attack("a topic sends to the queue of a stranger", ANY, (aws("sns/TopicSubscription", {
        "topic": f"arn:aws:sns:{R}:{ME}:orders", "protocol": "sqs", "endpoint": f"arn:aws:sqs:{R}:{THEM}:in"}),),
        "critical", "the stranger gets every message"),
    Attack("a pipe sends to the stream of a stranger", ANY, (aws("pipes/Pipe", {
        "name": "p", "roleArn": f"arn:aws:iam::{ME}:role/pipe", "source": f"arn:aws:sqs:{R}:{ME}:orders",
        "target": f"arn:aws:kinesis:{R}:{THEM}:stream/in", "tags": TAGS, "kmsKeyIdentifier": KEY}),), "critical",
        "the stranger gets every message"),
    Attack("a schedule deletes the key of everything", ANY, (
        aws("kms/Key", {"deletionWindowInDays": 7, "enableKeyRotation": True, "tags": TAGS}, "key"),
        aws("scheduler/Schedule", {
            "name": "s", "scheduleExpression": "rate(1 days)", "flexibleTimeWindow": {"mode": "OFF"},
            "kmsKeyArn": KEY, "target": {"arn": "arn:aws:scheduler:::aws-sdk:kms:scheduleKeyDeletion",
                                         "roleArn": f"arn:aws:iam::{ME}:role/s",
                                         "input": json.dumps({"KeyId": KEY, "PendingWindowInDays": 7})}})),
        "critical", "a week later nobody reads the data"),
    Attack("a schedule deletes the backups", ANY, (aws("scheduler/Schedule", {
        "name": "s", "scheduleExpression": "rate(1 days)", "flexibleTimeWindow": {"mode": "OFF"}, "kmsKeyArn": KEY,
        "target": {"arn": "arn:aws:scheduler:::aws-sdk:backup:deleteRecoveryPoint",
                   "roleArn": f"arn:aws:iam::{ME}:role/s", "input": "{}"}}),), "critical", "nothing can be restored"),
    Attack("a state machine stops the records of the account", ANY, (aws("sfn/StateMachine", {
        "name": "m", "roleArn": f"arn:aws:iam::{ME}:role/m", "tags": TAGS, "definition": json.dumps({
            "StartAt": "a", "States": {"a": {"Type": "Task", "End": True, "Parameters": {"Name": "main"},
                                             "Resource": "arn:aws:states:::aws-sdk:cloudtrail:stopLogging"}}}),
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": False,
                                 "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:m:*"}}),), "critical",
        "nobody can say what happened"),
    Attack("disks are encrypted with a key of another tenant", ANY, (az("compute:DiskEncryptionSet", {
        **HERE, "diskEncryptionSetName": "d", "encryptionType": "EncryptionAtRestWithCustomerKey",
        "federatedClientId": "99999999-0000-0000-0000-000000000009", "rotationToLatestKeyVersionEnabled": True,
        "identity": {"type": "SystemAssigned"},
        "activeKey": {"keyUrl": "https://someones.vault.azure.net/keys/k"}}),), "critical",
        "the stranger withdraws the key"),
    Attack("a schedule calls an account of a stranger", ANY, (aws("scheduler/Schedule", {
        "name": "s", "scheduleExpression": "rate(1 hour)", "flexibleTimeWindow": {"mode": "OFF"}, "kmsKeyArn": KEY,
        "target": {"arn": f"arn:aws:lambda:{R}:{THEM}:function:in", "roleArn": f"arn:aws:iam::{ME}:role/s",
                   "input": "{}"}}),), "critical", "the stranger's program is called with the bank's data"),
    Attack("an account of storage lets every service pass and every network in", ANY, (az("storage:StorageAccount", {
        **ACCOUNT, "publicNetworkAccess": "Enabled", "networkRuleSet": {
            "bypass": "AzureServices, Logging, Metrics", "defaultAction": "Allow"}}),), "critical",
        "everybody's request reaches the account"),
    Attack("files are shared over NFS with root for the whole network", ANY, (
        az("storage:FileShare", {**RG, "accountName": "bankfiles", "shareName": "home", "enabledProtocols": "NFS",
                                 "rootSquash": "NoRootSquash", "accessTier": "Premium"}),), "critical",
        "every machine of the network is root on every file"),
    Attack("blobs are mounted over NFS by whoever is in the network", ANY, (az("storage:StorageAccount", {
        **ACCOUNT, "enableNfsV3": True, "isHnsEnabled": True}),), "critical",
        "no sign-in is asked for, only an address"),
    Attack("a container of blobs has no root squash", ANY, (az("storage:BlobContainer", {
        **RG, "accountName": "bankfiles", "containerName": "home", "publicAccess": "None",
        "enableNfsV3RootSquash": False, "enableNfsV3AllSquash": False}),), "major",
        "every machine of the network is root on every file"),
    Attack("a volume of NetApp is exported to everybody with root", ANY, (az("netapp:CapacityPoolVolume", {
        **HERE, "accountName": "a", "poolName": "p", "volumeName": "v", "creationToken": "v", "usageThreshold": 1e11,
        "subnetId": f"{OURS}.Network/virtualNetworks/v/subnets/s", "protocolTypes": ["NFSv4.1"], "exportPolicy": {
            "rules": [{"ruleIndex": 1, "allowedClients": "0.0.0.0/0", "hasRootAccess": True, "nfsv41": True,
                       "unixReadWrite": True}]}}),), "critical", "every machine is root on every file"),
    Attack("files of EFS are mounted by whoever is in the network", ANY, (aws("efs/FileSystemPolicy", {
        "fileSystemId": "fs-1", "policy": document({
            "Effect": "Allow", "Principal": {"AWS": "*"},
            "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite",
                       "elasticfilesystem:ClientRootAccess"]})}),), "critical", "every client is root on every file"),
    Attack("a volume of FSx is exported to everybody with root", ANY, (aws("fsx/OpenZfsVolume", {
        "name": "v", "parentVolumeId": "fsvol-1", "tags": TAGS, "volumeType": "OPENZFS", "nfsExports": {
            "clientConfigurations": [{"clients": "*", "options": ["rw", "crossmnt", "no_root_squash"]}]}}),),
        "critical", "every machine is root on every file"),
    Attack("a share of Storage Gateway is open to everybody with root", ANY, (aws("storagegateway/NfsFileShare", {
        "clientLists": ["0.0.0.0/0"], "gatewayArn": f"arn:aws:storagegateway:{R}:{ME}:gateway/g",
        "locationArn": "arn:aws:s3:::b", "roleArn": f"arn:aws:iam::{ME}:role/s", "squash": "NoSquash",
        "kmsEncrypted": True, "kmsKeyArn": KEY, "tags": TAGS}),), "critical", "every machine is root on every file"),
    Attack("a machine gets a public address by its subnet", ANY, (
        aws("ec2/Subnet", {"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "mapPublicIpOnLaunch": True, "tags": TAGS},
            "subnet"),
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-1"})),
        "critical", "the machine is found and probed within minutes"),
    Attack("a pod writes into an account of storage of a stranger", ANY, (workload("apps/v1:Deployment", {"env": [
        {"name": "AZURE_STORAGE_ACCOUNT", "value": "someonesaccount"},
        {"name": "AZURE_STORAGE_CONTAINER", "value": "in"}]}, replicas=1),), "critical",
        "the data lies in the stranger's account"),
    Attack("a pod writes into an Event Hub of a stranger", ANY, (workload("apps/v1:Deployment", {"env": [
        {"name": "EVENTHUB_NAMESPACE", "value": "someones-namespace.servicebus.windows.net"}]}, replicas=1),),
        "critical", "the stranger gets every event"),
    Attack("diagnostics go to the Event Hub of a stranger", ANY, (az("monitor:DiagnosticSetting", {
        "name": "all", "resourceUri": f"{OURS}.KeyVault/vaults/kv", "eventHubName": "in",
        "eventHubAuthorizationRuleId": f"{THEIR_SUB}/resourceGroups/x/providers/Microsoft.EventHub/namespaces/n/"
                                       "authorizationRules/r", "logs": [{"categoryGroup": "allLogs",
                                                                        "enabled": True}]}),), "critical",
        "the stranger gets every record"),
    Attack("a bucket's notifications go to a queue of a stranger", ANY, (aws("s3/BucketNotification", {
        "bucket": "b", "queues": [{"queueArn": f"arn:aws:sqs:{R}:{THEM}:in", "events": ["s3:ObjectCreated:*"]}]}),),
        "major", "the stranger learns every name"),
    Attack("a trail of the account records nothing that is read", ANY, (aws("cloudtrail/Trail", {
        "name": "t", "s3BucketName": "b", "isMultiRegionTrail": True, "includeGlobalServiceEvents": True,
        "enableLogFileValidation": True, "kmsKeyId": KEY, "tags": TAGS, "eventSelectors": [{
            "includeManagementEvents": False, "readWriteType": "WriteOnly"}]}),), "major",
        "nobody can say what happened"),
    Attack("a private endpoint belongs to a stranger's subscription", ANY, (az("network:PrivateEndpoint", {
        **HERE, "privateEndpointName": "pe", "subnet": {"id": f"{OURS}.Network/virtualNetworks/v/subnets/s"},
        "manualPrivateLinkServiceConnections": [{
            "name": "c", "groupIds": ["blob"], "requestMessage": "hello", "privateLinkServiceId":
                f"{THEIR_SUB}/resourceGroups/x/providers/Microsoft.Storage/storageAccounts/theirs"}]}),), "critical",
        "data leaves through a private address into the stranger's account"),
    Attack("a volume of a pod is a share of a stranger", ANY, (k8s("core/v1:PersistentVolume", {
        "metadata": {"name": "v", "labels": TAGS}, "spec": {
            "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteMany"], "persistentVolumeReclaimPolicy": "Retain",
            "csi": {"driver": "file.csi.azure.com", "volumeHandle": "x", "volumeAttributes": {
                "storageAccount": "someonesaccount", "shareName": "in", "server":
                    "someonesaccount.file.core.windows.net"}}}}),), "critical", "the data lies at the stranger's"),
    Attack("a network of the country is peered with a stranger's", ANY, (az("network:VirtualNetworkPeering", {
        **RG, "virtualNetworkName": "v", "virtualNetworkPeeringName": "p", "allowVirtualNetworkAccess": True,
        "remoteVirtualNetwork": {
            "id": f"{THEIR_SUB}/resourceGroups/x/providers/Microsoft.Network/virtualNetworks/t"}}),),
        "critical", "the stranger reaches every machine"),
    Attack("keys are used by the identity of another tenant", ANY, (az("storage:StorageAccount", {
        **ACCOUNT, "encryption": {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
            "keyVaultProperties": {"keyName": "k", "keyVaultUri": "https://someones.vault.azure.net"},
            "encryptionIdentity": {
                "encryptionUserAssignedIdentity": f"{OURS}.ManagedIdentity/userAssignedIdentities/i",
                "encryptionFederatedIdentityClientId": "99999999-0000-0000-0000-000000000009"}}}),),
        "critical", "the stranger withdraws the key"),
    Attack("a firewall rule of a database lets Azure in", ANY, (az("sql:FirewallRule", {
        **RG, "serverName": "sql", "firewallRuleName": "azure", "startIpAddress": ANY_ADDRESS,
        "endIpAddress": ANY_ADDRESS}),), "critical", "machines of every customer of Azure connect"),
    Attack("a pool has public addresses of AWS that are charged whether they are used or not", ("FJ-COST-",), (
        Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae"),
        aws("ec2/VpcIpamPool", {
            "addressFamily": "ipv4", "ipamScopeId": "ipam-scope-1", "locale": "me-central-1", "awsService": "ec2",
            "publicIpSource": "amazon", "tags": TAGS}, "pool"),
        aws("ec2/VpcIpamPoolCidr", {"ipamPoolId": "ipam-pool-1", "netmaskLength": 27}, "range")),
        "major", "each address of the block is charged by the hour (Amazon VPC pricing, public IPv4 addresses)"),
)  # fmt: skip
