"""Switches of AWS in a dangerous position, one resource each: no rule of another concern reads the property."""

from collections.abc import Mapping

from ..blind import KEY, ME, TAGS, aws
from . import Attack

REGION = "me-central-1"
ROLE = f"arn:aws:iam::{ME}:role/worker"
POOL = f"{REGION}_pool"
BALANCER = f"arn:aws:elasticloadbalancing:{REGION}:{ME}:loadbalancer/app/x/1"
TARGETS = f"arn:aws:elasticloadbalancing:{REGION}:{ME}:targetgroup/x/1"
CERTIFICATE = f"arn:aws:acm:{REGION}:{ME}:certificate/11111111-2222-3333-4444-555555555555"
TRAIL = {"s3BucketName": "audit-logs", "isMultiRegionTrail": True, "enableLogFileValidation": True, "kmsKeyId": KEY,
         "tags": TAGS}  # fmt: skip
OIDC = {"issuer": "https://login.example.ae", "authorizationEndpoint": "https://login.example.ae/a",
        "tokenEndpoint": "https://login.example.ae/t", "userInfoEndpoint": "https://login.example.ae/u",
        "clientId": "x", "clientSecret": "not-a-secret", "onUnauthenticatedRequest": "allow"}  # fmt: skip
FORWARD = {"type": "forward", "targetGroupArn": TARGETS}
BUDGET = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "1000", "limitUnit": "USD", "tags": TAGS}
ALARM = {"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricName": "Errors", "threshold": 1,
         "namespace": "AWS/Lambda", "period": 60, "statistic": "Sum", "tags": TAGS}  # fmt: skip
SERVICE = {"cluster": "c", "taskDefinition": "t:1", "desiredCount": 1, "propagateTags": "SERVICE", "tags": TAGS}
FILTERS = [{"type": "HATE", "inputStrength": "NONE", "outputStrength": "HIGH"}]
FIREWALL = {"name": "x", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}}
ZFS = {"subnetIds": ["subnet-1"], "deploymentType": "SINGLE_AZ_HA_2", "throughputCapacity": 160, "storageCapacity": 64,
       "kmsKeyId": KEY, "copyTagsToBackups": True, "tags": TAGS}  # fmt: skip
NFS = {"clientLists": ["10.0.0.0/16"], "gatewayArn": f"arn:aws:storagegateway:{REGION}:{ME}:gateway/sgw-1",
       "locationArn": "arn:aws:s3:::files", "roleArn": ROLE, "kmsEncrypted": True, "kmsKeyArn": KEY, "tags": TAGS,
       }  # fmt: skip


def attack(name: str, kind: str, props: Mapping[str, object], severity: str = "major") -> Attack:
    """Returns an attack of one resource, whose harm is what the row of the table says."""
    return Attack(f"switch: {name}", ("FJ-ESC-115",), (aws(kind, props),), severity)


ATTACKS = (
    attack("an alarm without actions", "cloudwatch/MetricAlarm", {**ALARM, "actionsEnabled": False}),
    attack("a composite alarm without actions", "cloudwatch/CompositeAlarm", {
        "alarmName": "x", "alarmRule": "ALARM(y)", "actionsEnabled": False, "tags": TAGS}),
    attack("a list of threats that is not used", "guardduty/ThreatIntelSet", {
        "detectorId": "d", "format": "TXT", "location": "s3://threats/list", "activate": False, "tags": TAGS}),
    attack("a detector that is off", "guardduty/Detector", {"enable": False, "tags": TAGS}, "critical"),
    attack("a feature of the detector that is off", "guardduty/DetectorFeature", {
        "detectorId": "d", "name": "EKS_AUDIT_LOGS", "status": "DISABLED"}),
    attack("new accounts without a detector", "guardduty/OrganizationConfiguration", {
        "detectorId": "d", "autoEnableOrganizationMembers": "NONE"}),
    attack("a recorder that stands still", "cfg/RecorderStatus", {"name": "default", "isEnabled": False}),
    attack("a trail that records nothing", "cloudtrail/Trail", {**TRAIL, "enableLogging": False}, "critical"),
    attack("a trail without validation", "cloudtrail/Trail", {**TRAIL, "enableLogFileValidation": False}),
    attack("a trail of what is read", "cloudtrail/Trail", {
        **TRAIL, "eventSelectors": [{"readWriteType": "ReadOnly", "includeManagementEvents": True}]}),
    attack("a trail without uses of keys", "cloudtrail/Trail", {
        **TRAIL, "eventSelectors": [{"excludeManagementEventSources": ["kms.amazonaws.com"]}]}),
    attack("a store of events that is suspended", "cloudtrail/EventDataStore", {
        "name": "s", "suspend": "true", "kmsKeyId": KEY, "tags": TAGS}),
    attack("an identity pool with the basic flow", "cognito/IdentityPool", {
        "identityPoolName": "x", "allowUnauthenticatedIdentities": False, "allowClassicFlow": True, "tags": TAGS}),
    attack("a client whose answers tell who is a user", "cognito/UserPoolClient", {
        "userPoolId": POOL, "preventUserExistenceErrors": "LEGACY"}, "minor"),
    attack("a client whose tokens cannot be revoked", "cognito/UserPoolClient", {
        "userPoolId": POOL, "preventUserExistenceErrors": "ENABLED", "enableTokenRevocation": False}),
    attack("stolen passwords are accepted", "cognito/RiskConfiguration", {
        "userPoolId": POOL, "compromisedCredentialsRiskConfiguration": {"actions": {"eventAction": "NO_ACTION"}}}),
    attack("passwords without digits", "cognito/UserPool", {
        "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS,
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}, "passwordPolicy": {"requireNumbers": False}}),
    attack("a shell in every task", "ecs/Service", {**SERVICE, "enableExecuteCommand": True}),
    attack("commands in tasks leave no record", "ecs/Cluster", {
        "name": "c", "tags": TAGS, "configuration": {"executeCommandConfiguration": {"logging": "NONE"}}}),
    attack("secrets in addresses are logged", "ecs/Service", {**SERVICE, "serviceConnectConfiguration": {
        "enabled": True, "accessLogConfiguration": {"format": "JSON", "includeQueryParameters": "ENABLED"}}}),
    attack("a listener lets in who is not signed in", "lb/Listener", {
        "loadBalancerArn": BALANCER, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "tags": TAGS,
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": [
            {"type": "authenticate-oidc", "order": 1, "authenticateOidc": OIDC}, {**FORWARD, "order": 2}]}, "critical"),
    attack("a rule lets in who is not signed in", "lb/ListenerRule", {
        "listenerArn": f"{BALANCER}/l", "tags": TAGS, "conditions": [{"pathPattern": {"values": ["/*"]}}],
        "actions": [{"type": "authenticate-oidc", "order": 1, "authenticateOidc": OIDC}, {**FORWARD, "order": 2}]},
        "critical"),
    attack("a listener accepts expired certificates", "lb/Listener", {
        "loadBalancerArn": BALANCER, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "tags": TAGS,
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": [FORWARD], "mutualAuthentication": {
            "mode": "verify", "trustStoreArn": TARGETS, "ignoreClientCertificateExpiry": True}}),
    attack("a balancer that passes smuggled requests", "lb/LoadBalancer", {
        "internal": True, "desyncMitigationMode": "monitor", "enableDeletionProtection": True, "tags": TAGS}),
    attack("a firewall that fails open", "lb/LoadBalancer", {
        "internal": True, "enableWafFailOpen": True, "enableDeletionProtection": True, "tags": TAGS}),
    attack("a group of rules that only counts", "wafv2/WebAcl", {
        "name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS,
        "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True},
        "rules": [{"name": "core", "priority": 1, "overrideAction": {"count": {}}, "statement": {
            "managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}},
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "c", "sampledRequestsEnabled": True},
        }]}),
    attack("packets pass the network firewall", "networkfirewall/FirewallPolicy", {
        **FIREWALL, "firewallPolicy": {
            "statelessDefaultActions": ["aws:pass"], "statelessFragmentDefaultActions": ["aws:drop"]}}, "critical"),
    attack("interrupted streams pass the network firewall", "networkfirewall/FirewallPolicy", {
        **FIREWALL, "firewallPolicy": {
            "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": ["aws:drop"],
            "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "CONTINUE"}}}),
    attack("unsigned code is deployed", "lambda/CodeSigningConfig", {
        "tags": TAGS, "policies": {"untrustedArtifactOnDeployment": "Warn"}, "allowedPublishers": {
            "signingProfileVersionArns": [f"arn:aws:signer:{REGION}:{ME}:/signing-profiles/p/1"]}}),
    attack("unsigned code is deployed by default", "lambda/CodeSigningConfig", {
        "tags": TAGS, "allowedPublishers": {
            "signingProfileVersionArns": [f"arn:aws:signer:{REGION}:{ME}:/signing-profiles/p/1"]}}),
    attack("a guardrail of a model without filter", "bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "contentPolicyConfig": {"filtersConfigs": FILTERS}}),
    attack("a guardrail of a model that lets through names", "bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [{"type": "NAME", "action": "NONE"}]}}),
    attack("whole requests in logs", "apigateway/MethodSettings", {
        "restApi": "r", "stageName": "prod", "methodPath": "*/*", "settings": {"dataTraceEnabled": True}}),
    attack("everybody empties the cache", "apigateway/MethodSettings", {
        "restApi": "r", "stageName": "prod", "methodPath": "*/*", "settings": {
            "requireAuthorizationForCacheControl": False}}, "minor"),
    attack("a budget that is silent when exceeded", "budgets/Budget", {**BUDGET, "notifications": [{
        "comparisonOperator": "LESS_THAN", "threshold": 80, "thresholdType": "PERCENTAGE", "notificationType": "ACTUAL",
        "subscriberEmailAddresses": ["finops@example.ae"]}]}),
    attack("a budget without recurring charges", "budgets/Budget", {
        **BUDGET, "costTypes": {"includeRecurring": False}}),
    attack("a group that outgrows its maximum", "autoscaling/Policy", {
        "autoscalingGroupName": "workers", "policyType": "PredictiveScaling", "predictiveScalingConfiguration": {
            "maxCapacityBreachBehavior": "IncreaseMaxCapacity", "maxCapacityBuffer": "100", "metricSpecification": {
                "targetValue": 40, "predefinedMetricPairSpecification": {"predefinedMetricType": "ASGCPUUtilization"},
            }}}),
    attack("the administrator of a client owns all files", "fsx/OpenZfsFileSystem", {
        **ZFS, "rootVolumeConfiguration": {"nfsExports": {"clientConfigurations": [
            {"clients": "10.0.0.0/16", "options": ["rw", "no_root_squash"]}]}}}),
    attack("files are deleted before their retention ends", "fsx/OntapVolume", {
        "name": "v", "storageVirtualMachineId": "svm-1", "sizeInMegabytes": 1024, "copyTagsToBackups": True,
        "tags": TAGS, "snaplockConfiguration": {"snaplockType": "ENTERPRISE", "privilegedDelete": "ENABLED"}}),
    attack("a share without root squash", "storagegateway/NfsFileShare", {**NFS, "squash": "NoSquash"}),
    attack("files that everybody may read", "storagegateway/NfsFileShare", {**NFS, "objectAcl": "public-read"},
           "critical"),
    attack("a share for guests", "storagegateway/SmbFileShare", {
        **{key: value for key, value in NFS.items() if key != "clientLists"}, "authentication": "GuestAccess"}),
    attack("copies that everybody may read", "dms/S3Endpoint", {
        "endpointId": "e", "endpointType": "target", "bucketName": "copies", "serviceAccessRoleArn": ROLE,
        "serverSideEncryptionKmsKeyId": KEY, "encryptionMode": "SSE_KMS", "cannedAclForObjects": "public-read",
        "tags": TAGS}, "critical"),
    attack("writers of objects decide who reads them", "s3/BucketOwnershipControls", {
        "bucket": "data", "rule": {"objectOwnership": "ObjectWriter"}}),
    attack("a secret's policy may be public", "secretsmanager/SecretPolicy", {
        "secretArn": f"arn:aws:secretsmanager:{REGION}:{ME}:secret:s", "blockPublicPolicy": False,
        "policy": '{"Version": "2012-10-17", "Statement": []}'}),
    attack("nobody scans images", "ecr/Repository", {
        "name": "app", "imageScanningConfiguration": {"scanOnPush": False}, "tags": TAGS,
        "imageTagMutability": "IMMUTABLE", "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}),
    attack("a shell in a training job", "sagemaker/EndpointConfiguration", {
        "kmsKeyArn": KEY, "tags": TAGS, "productionVariants": [{
            "modelName": "m", "variantName": "v", "enableSsmAccess": True, "instanceType": "ml.g5.xlarge",
            "initialInstanceCount": 1}]}),
    attack("users of notebooks run any container", "sagemaker/Domain", {
        "domainName": "d", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
        "appNetworkAccessType": "VpcOnly", "tags": TAGS, "defaultUserSettings": {"executionRole": ROLE},
        "domainSettings": {"dockerSettings": {"enableDockerAccess": "ENABLED"}}}),
    attack("ledgers without permissions", "qldb/Ledger", {
        "permissionsMode": "ALLOW_ALL", "deletionProtection": True, "kmsKey": KEY, "tags": TAGS}),
)  # fmt: skip
