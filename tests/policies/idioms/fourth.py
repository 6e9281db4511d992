"""Good idioms on AWS and Azure, written with the code of the pack and without sight of the others (2026-11-28)."""

import json

from ..blind import GROUP, IMAGE, KEY, ME, SUB, TAGS, aws, az, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced

R = "me-central-1"
HERE = {"resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS}
RG = {"resourceGroupName": "rg-platform"}
OURS = f"{GROUP}/providers/Microsoft"
VNET = f"{OURS}.Network/virtualNetworks/spoke"
ID = f"{OURS}.ManagedIdentity/userAssignedIdentities/app"
KEY_URL = "https://kv-bank.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef"
AWS_DOCS, LEARN, AVM = "docs.aws.amazon.com", "learn.microsoft.com/azure", "github.com/Azure/bicep-registry-modules"


def _trust(service: str) -> str:
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole",
                     "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip


def _role(service: str, name: str) -> Given:
    return aws("iam/Role", {"assumeRolePolicy": _trust(service), "tags": TAGS}, name)


def _arn(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _allow(name: str, *statements: dict[str, object]) -> Given:
    return aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(*statements)}, name, links={"role": ("role",)})


def _kept(*names: str) -> dict[str, object]:
    return {"resilience": {"kept_elsewhere": dict.fromkeys(names, "copied every night to the site in Dubai")}}


FUNCTION = {"runtime": "python3.13", "handler": "app.main", "role": f"arn:aws:iam::{ME}:role/fn", "kmsKeyArn": KEY,
            "architectures": ["arm64"], "timeout": 30, "tags": TAGS, "tracingConfig": {"mode": "Active"}}  # fmt: skip
LOGS = {"retentionInDays": 30, "kmsKeyId": KEY, "tags": TAGS}

AWS_IDIOMS: tuple[Idiom, ...] = (
    Idiom("a function with a log group and its own role", (
        _role("lambda.amazonaws.com", "role"), aws("lambda/Function", FUNCTION, "fn"),
        _allow("logs", statement(["logs:CreateLogStream", "logs:PutLogEvents"], _arn("logs", "log-group:/fn:*"))),
        aws("cloudwatch/LogGroup", {"name": "/aws/lambda/fn", **LOGS}, "logs")), f"{AWS_DOCS}/lambda"),
    Idiom("a regional API with IAM in front of a function", (
        aws("apigateway/RestApi", {"name": "orders", "endpointConfiguration": {"types": "REGIONAL"}, "tags": TAGS,
                                   "disableExecuteApiEndpoint": True}, "api"),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST",
                                  "authorization": "AWS_IAM"}, "method"),
        aws("apigateway/Integration", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST",
                                       "type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": UNKNOWN}, "fn"),
    ), f"{AWS_DOCS}/apigateway"),
    Idiom("a queue of work with a dead letter queue", (
        aws("sqs/Queue", {"name": "work-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
                          "tags": TAGS}, "dead"),
        aws("sqs/Queue", {"name": "work", "kmsMasterKeyId": KEY, "visibilityTimeoutSeconds": 180, "tags": TAGS,
                          "redrivePolicy": json.dumps({"deadLetterTargetArn": _arn("sqs", "work-dead"),
                                                       "maxReceiveCount": 5})}, "work"),
        aws("lambda/EventSourceMapping", {"eventSourceArn": _arn("sqs", "work"), "functionName": "fn", "tags": TAGS,
                                          "batchSize": 10}, "map")), f"{AWS_DOCS}/sqs"),
    Idiom("a nightly schedule starts a workflow", (
        _role("scheduler.amazonaws.com", "role"),
        _allow("start", statement("states:StartExecution", _arn("states", "stateMachine:close"))),
        aws("scheduler/Schedule", {"scheduleExpression": "cron(0 22 * * ? *)", "kmsKeyArn": KEY,
            "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {"mode": "OFF"}, "target": {
                "arn": _arn("states", "stateMachine:close"), "roleArn": f"arn:aws:iam::{ME}:role/s"}}, "night"),
    ), f"{AWS_DOCS}/scheduler"),
    Idiom("a parameter, a secret and a key of an application", (
        aws("kms/Key", {"enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS}, "key"),
        aws("kms/Alias", {"name": "alias/orders", "targetKeyId": UNKNOWN}, "alias"),
        aws("secretsmanager/Secret", {"name": "orders/db", "kmsKeyId": KEY, "tags": TAGS}, "secret", protect=True),
        aws("ssm/Parameter", {"name": "/orders/level", "type": "String", "value": "info", "tags": TAGS}, "level"),
    ), f"{AWS_DOCS}/secretsmanager", _kept("secret")),
    Idiom("gateway and interface endpoints of a private network", (
        aws("ec2/VpcEndpoint", {"vpcId": "vpc-1", "serviceName": f"com.amazonaws.{R}.s3", "routeTableIds": ["rtb-1"],
                                "tags": TAGS}, "s3"),
        *(aws("ec2/VpcEndpoint", {"vpcId": "vpc-1", "serviceName": f"com.amazonaws.{R}.{name}", "tags": TAGS,
                                  "vpcEndpointType": "Interface", "privateDnsEnabled": True, "subnetIds": ["subnet-1"],
                                  "securityGroupIds": ["sg-1"]}, name.replace(".", "-"))
          for name in ("ecr.api", "ecr.dkr", "sts", "logs"))), "github.com/terraform-aws-modules/terraform-aws-vpc"),
    Idiom("a group of a service that only its load balancer reaches", (
        aws("ec2/SecurityGroup", {"vpcId": "vpc-1", "description": "orders", "tags": TAGS}, "group"),
        aws("vpc/SecurityGroupIngressRule", {"securityGroupId": "sg-2", "referencedSecurityGroupId": "sg-1",
            "ipProtocol": "tcp", "fromPort": 8443, "toPort": 8443, "tags": TAGS}, "in"),
        aws("vpc/SecurityGroupEgressRule", {"securityGroupId": "sg-2", "cidrIpv4": "10.20.0.0/16", "ipProtocol": "tcp",
            "fromPort": 5432, "toPort": 5432, "tags": TAGS}, "out")), f"{AWS_DOCS}/vpc"),
    Idiom("the roles of a cluster of EKS as pulumi-eks registers them", (
        aws("iam/Role", {"assumeRolePolicy": document({"Effect": "Allow", "Principal": {
            "Service": "eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}), "tags": TAGS}, "role"),
        aws("iam/RolePolicyAttachment", {
            "role": UNKNOWN, "policyArn": "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"}, "attach",
            links={"role": ("role",)})), "github.com/pulumi/pulumi-eks", {"presets": ["pulumi-eks"]}),
    Idiom("pod identity of an application with its own bucket", (
        aws("iam/Role", {"assumeRolePolicy": document({"Effect": "Allow", "Principal": {
            "Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}), "tags": TAGS},
            "role"),
        _allow("s3", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::orders-invoices/*"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("eks/PodIdentityAssociation", {"clusterName": "c", "namespace": "orders", "serviceAccount": "orders",
                                           "roleArn": UNKNOWN, "tags": TAGS}, "pod", links={"roleArn": ("role",)}),
    ), f"{AWS_DOCS}/eks"),
    Idiom("a role that deploys from one branch of the bank's repository", (
        aws("iam/Role", {"assumeRolePolicy": document({
            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
            "Condition": {"StringEquals": {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": "repo:bank-ae/orders:ref:refs/heads/main"}}}),
            "maxSessionDuration": 3600, "tags": TAGS}, "role"),
        _allow("push", statement(["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                                  "ecr:CompleteLayerUpload", "ecr:BatchCheckLayerAvailability"],
                                 _arn("ecr", "repository/orders")),
               statement("ecr:GetAuthorizationToken"))), "docs.github.com/actions",
        {"identity": {"repositories": {"https://github.com/bank-ae/orders": "the payments team of the bank"}}}),
    Idiom("a repository of images that scans and expires", (
        aws("ecr/Repository", {"name": "orders", "imageTagMutability": "IMMUTABLE", "tags": TAGS,
                               "imageScanningConfiguration": {"scanOnPush": True}, "encryptionConfigurations": [
                                   {"encryptionType": "KMS", "kmsKey": KEY}]}, "orders"),
        aws("ecr/LifecyclePolicy", {"repository": "orders", "policy": json.dumps({"rules": [{
            "rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 50},
            "action": {"type": "expire"}}]})}, "expire")), f"{AWS_DOCS}/ecr"),
    Idiom("a plan of backups with a locked vault", (
        aws("backup/Vault", {"name": "bank", "kmsKeyArn": KEY, "tags": TAGS}, "vault", protect=True),
        aws("backup/VaultLockConfiguration", {"backupVaultName": "bank", "minRetentionDays": 30,
                                              "changeableForDays": 7}, "lock"),
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "d", "targetVaultName": "bank", "schedule": "cron(0 1 * * ? *)", "recoveryPointTags": TAGS,
            "lifecycle": {"deleteAfter": 35}}]}, "plan"),
        aws("backup/Selection", {"planId": UNKNOWN, "name": "tagged", "iamRoleArn": f"arn:aws:iam::{ME}:role/backup",
            "selectionTags": [{"type": "STRINGEQUALS", "key": "project", "value": "arabic-llm"}]}, "select"),
    ), f"{AWS_DOCS}/aws-backup", _kept("vault")),
    Idiom("a stream of events with a consumer", (aws("kinesis/Stream", {
        "name": "events", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "encryptionType": "KMS", "kmsKeyId": KEY,
        "retentionPeriod": 48, "tags": TAGS}, "events"),), f"{AWS_DOCS}/kinesis", _kept("events"),
        "A stream on demand is charged by the hour; the docs ask for a waiver of what has no price"),
    Idiom("a workgroup and a database of the lake", (
        aws("s3/Bucket", {"bucket": "bank-athena-results", "tags": TAGS}, "results", protect=True),
        aws("athena/Workgroup", {"name": "analysts", "tags": TAGS, "configuration": {
            "enforceWorkgroupConfiguration": True, "bytesScannedCutoffPerQuery": 10737418240, "resultConfiguration": {
                "outputLocation": "s3://bank-athena-results/out/", "encryptionConfiguration": {
                    "encryptionOption": "SSE_KMS", "kmsKeyArn": KEY}}}}, "analysts"),
        aws("s3/BucketPublicAccessBlock", {"bucket": "bank-athena-results", "blockPublicAcls": True,
            "blockPublicPolicy": True, "ignorePublicAcls": True, "restrictPublicBuckets": True}, "block",
            links={"bucket": ("results",)}),
        aws("s3/BucketServerSideEncryptionConfiguration", {"bucket": "bank-athena-results", "rules": [{
            "bucketKeyEnabled": True, "applyServerSideEncryptionByDefault": {
                "sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}]}, "sse", links={"bucket": ("results",)}),
        aws("s3/BucketVersioning", {"bucket": "bank-athena-results", "versioningConfiguration": {
            "status": "Enabled"}}, "versions", links={"bucket": ("results",)}),
        aws("s3/BucketPolicy", {"bucket": "bank-athena-results", "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [
                "arn:aws:s3:::bank-athena-results", "arn:aws:s3:::bank-athena-results/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "tls", links={"bucket": ("results",)})),
        f"{AWS_DOCS}/athena", _kept("results"), "The plan has no lifecycle of the results"),
    Idiom("alarms of a service go to the operators", (
        aws("sns/Topic", {"name": "alarms", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicSubscription", {"topic": _arn("sns", "alarms"), "protocol": "email",
                                      "endpoint": "oncall@example.ae"}, "mail"),
        aws("cloudwatch/MetricAlarm", {"name": "errors", "comparisonOperator": "GreaterThanThreshold", "tags": TAGS,
            "evaluationPeriods": 3, "metricName": "Errors", "namespace": "AWS/Lambda", "period": 60, "threshold": 5,
            "statistic": "Sum", "alarmActions": [_arn("sns", "alarms")]}, "alarm")), f"{AWS_DOCS}/cloudwatch"),
    Idiom("tasks of Fargate behind an internal load balancer", (aws("ecs/TaskDefinition", {
        "family": "orders", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "tags": TAGS,
        "requiresCompatibilities": ["FARGATE"], "executionRoleArn": f"arn:aws:iam::{ME}:role/exec",
        "taskRoleArn": f"arn:aws:iam::{ME}:role/task", "containerDefinitions": json.dumps([{
            "name": "orders", "image": IMAGE, "essential": True, "readonlyRootFilesystem": True, "user": "10001",
            "portMappings": [{"containerPort": 8443}], "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-group": "/ecs/orders", "awslogs-region": R, "awslogs-stream-prefix": "o"}}}])}, "task"),
        aws("cloudwatch/LogGroup", {"name": "/ecs/orders", **LOGS}, "logs")), f"{AWS_DOCS}/ecs"),
)  # fmt: skip

AZURE_IDIOMS: tuple[Idiom, ...] = (
    Idiom("a group and an identity of an application", (
        az("resources:ResourceGroup", {"resourceGroupName": "rg-app", "location": "uaenorth", "tags": TAGS}, "rg"),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "app"}, "id")), LEARN),
    Idiom("a spoke with its table of routes through the hub's firewall", (
        az("network:RouteTable", {**HERE, "routeTableName": "rt", "disableBgpRoutePropagation": True, "routes": [{
            "name": "default", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.1.4"}]}, "routes"),
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "app", "securityRules": [{
            "name": "https", "priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "10.20.0.0/16", "sourcePortRange": "*", "destinationAddressPrefix": "*",
            "destinationPortRange": "443"}]}, "nsg"),
        az("network:VirtualNetwork", {**HERE, "virtualNetworkName": "spoke", "addressSpace": {
            "addressPrefixes": ["10.30.0.0/16"]}, "subnets": [{
                "name": "app", "addressPrefix": "10.30.1.0/24", "privateEndpointNetworkPolicies": "Enabled",
                "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/app"},
                "routeTable": {"id": f"{OURS}.Network/routeTables/rt"}}]}, "spoke")), f"{LEARN}/ready"),
    Idiom("a private zone of blobs that the spoke resolves", (
        az("privatedns:PrivateZone", {**RG, "location": "global", "tags": TAGS,
                                      "privateZoneName": "privatelink.blob.core.windows.net"}, "zone"),
        az("privatedns:VirtualNetworkLink", {**RG, "location": "global", "tags": TAGS, "registrationEnabled": False,
           "privateZoneName": "privatelink.blob.core.windows.net", "virtualNetworkLinkName": "spoke",
           "virtualNetwork": {"id": VNET}}, "link"),
        az("network:PrivateEndpoint", {**HERE, "privateEndpointName": "pe", "subnet": {"id": f"{VNET}/subnets/app"},
           "privateLinkServiceConnections": [{"name": "blob", "groupIds": ["blob"], "privateLinkServiceId":
               f"{OURS}.Storage/storageAccounts/stbank"}]}, "pe")), f"{LEARN}/private-link"),
    Idiom("a vault with roles and purge protection", (az("keyvault:Vault", {
        **HERE, "vaultName": "kv-bank", "properties": {
            "tenantId": "00000000-1111-2222-3333-444444444444", "sku": {"family": "A", "name": "premium"},
            "enableRbacAuthorization": True, "enablePurgeProtection": True, "enableSoftDelete": True,
            "softDeleteRetentionInDays": 90, "publicNetworkAccess": "Disabled",
            "networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}}, "vault", protect=True),),
        f"{AVM}/key-vault"),
    Idiom("an account of storage with the bank's own key", (az("storage:StorageAccount", {
        **HERE, "accountName": "stbank", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
        "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "allowCrossTenantReplication": False,
        "enableHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled",
        "networkRuleSet": {"defaultAction": "Deny", "bypass": "None"}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]},
        "encryption": {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
                       "encryptionIdentity": {"encryptionUserAssignedIdentity": ID},
                       "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}}},
        "account", protect=True),
        az("storage:BlobServiceProperties", {**RG, "accountName": "stbank", "blobServicesName": "default",
           "isVersioningEnabled": True, "deleteRetentionPolicy": {"enabled": True, "days": 30},
           "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}}, "blobs"),
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "invoices",
                                     "publicAccess": "None"}, "invoices")), f"{AVM}/storage/storage-account",
        doubt="The plan has no policy that expires or moves blobs"),
    Idiom("a private account of OpenAI with a regional model", (
        az("cognitiveservices:Account", {**HERE, "accountName": "oai", "kind": "OpenAI", "sku": {"name": "S0"},
           "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
               "customSubDomainName": "oai-bank", "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
               "networkAcls": {"defaultAction": "Deny"}, "restrictOutboundNetworkAccess": True, "encryption": {
                   "keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                       "keyName": "cmk", "keyVersion": "1", "keyVaultUri": "https://kv-bank.vault.azure.net",
                       "identityClientId": "11111111-2222-3333-4444-555555555555"}}}}, "oai"),
        az("cognitiveservices:Deployment", {**RG, "accountName": "oai", "deploymentName": "gpt-4o", "sku": {
            "name": "Standard", "capacity": 20}, "properties": {"model": {
                "format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}}}, "gpt")), f"{LEARN}/ai-services"),
    Idiom("a role of a reader of blobs on one account", (az("authorization:RoleAssignment", {
        "scope": f"{OURS}.Storage/storageAccounts/stbank", "principalId": "11111111-2222-3333-4444-555555555555",
        "principalType": "ServicePrincipal", "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/"
        "roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"}, "reader"),), f"{LEARN}/role-based-access-control"),
    Idiom("workload identity of an application on AKS", (az("managedidentity:FederatedIdentityCredential", {
        **RG, "resourceName": "app", "federatedIdentityCredentialResourceName": "orders",
        "audiences": ["api://AzureADTokenExchange"], "subject": "system:serviceaccount:orders:orders",
        "issuer": "https://uaenorth.oic.prod-aks.azure.com/00000000-1111-2222-3333-444444444444/"
                  "22222222-3333-4444-5555-666666666666/"}, "fic"),), f"{LEARN}/aks/workload-identity-overview"),
    Idiom("a registry that only the network reaches", (az("containerregistry:Registry", {
        **HERE, "registryName": "crbank", "sku": {"name": "Premium"}, "adminUserEnabled": False,
        "anonymousPullEnabled": False, "publicNetworkAccess": "Disabled", "zoneRedundancy": "Enabled",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "encryption": {
            "status": "enabled", "keyVaultProperties": {
                "identity": "11111111-2222-3333-4444-555555555555", "keyIdentifier": KEY_URL}},
        "policies": {"retentionPolicy": {"status": "enabled", "days": 30}}}, "registry", protect=True),),
        f"{AVM}/container-registry/registry"),
    Idiom("a namespace of Service Bus with a queue", (
        az("servicebus:Namespace", {**HERE, "namespaceName": "sb-bank", "sku": {
            "name": "Premium", "tier": "Premium", "capacity": 1}, "disableLocalAuth": True, "minimumTlsVersion": "1.2",
            "publicNetworkAccess": "Disabled", "zoneRedundant": True, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "encryption": {
                    "keySource": "Microsoft.KeyVault", "keyVaultProperties": [{
                        "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                        "identity": {"userAssignedIdentity": ID}}]}}, "bus", protect=True),
        az("servicebus:Queue", {**RG, "namespaceName": "sb-bank", "queueName": "orders", "maxDeliveryCount": 10,
                                "deadLetteringOnMessageExpiration": True}, "orders")),
        f"{AVM}/service-bus/namespace"),
    Idiom("a server of PostgreSQL in the spoke with Entra only", (az("dbforpostgresql:Server", {
        **HERE, "serverName": "pg-bank", "version": "16", "createMode": "Default", "availabilityZone": "1", "sku": {
            "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "storage": {"storageSizeGB": 256},
        "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled",
                       "tenantId": "00000000-1111-2222-3333-444444444444"},
        "backup": {"backupRetentionDays": 14, "geoRedundantBackup": "Enabled"},
        "network": {"delegatedSubnetResourceId": f"{VNET}/subnets/pg", "publicNetworkAccess": "Disabled",
                    "privateDnsZoneArmResourceId": f"{OURS}.Network/privateDnsZones/p.private.postgres.database.azure"
                    ".com"}, "highAvailability": {"mode": "ZoneRedundant"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
        "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID,
                           "geoBackupKeyURI": KEY_URL, "geoBackupUserAssignedIdentityId": ID}}, "pg", protect=True),),
        f"{AVM}/db-for-postgre-sql", unpriced("azure-native:dbforpostgresql:Server::pg"),
        "The plan has no budget of Azure"),
    Idiom("a workspace of logs and settings that fill it", (
        az("operationalinsights:Workspace", {**HERE, "workspaceName": "law", "retentionInDays": 90, "sku": {
            "name": "PerGB2018"}, "publicNetworkAccessForIngestion": "Disabled", "features": {
                "disableLocalAuth": True}, "workspaceCapping": {"dailyQuotaGb": 20}}, "law"),
        az("monitor:DiagnosticSetting", {"name": "all", "resourceUri": f"{OURS}.KeyVault/vaults/kv-bank",
           "workspaceId": f"{OURS}.OperationalInsights/workspaces/law", "logs": [{
               "categoryGroup": "audit", "enabled": True}]}, "audit")), f"{AVM}/operational-insights/workspace"),
    Idiom("a vault of backups with locked retention", (az("recoveryservices:Vault", {
        **HERE, "vaultName": "rsv", "sku": {"name": "RS0", "tier": "Standard"}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                "publicNetworkAccess": "Disabled", "securitySettings": {
                    "immutabilitySettings": {"state": "Unlocked"}, "softDeleteSettings": {
                        "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30}},
                "redundancySettings": {"standardTierStorageRedundancy": "GeoRedundant"}, "encryption": {
                    "infrastructureEncryption": "Enabled", "kekIdentity": {"userAssignedIdentity": ID},
                    "keyVaultProperties": {"keyUri": KEY_URL}}}}, "rsv", protect=True),),
        f"{AVM}/recovery-services/vault"),
)  # fmt: skip
IDIOMS = AWS_IDIOMS + AZURE_IDIOMS
