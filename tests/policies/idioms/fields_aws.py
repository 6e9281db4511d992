"""Good uses of AWS beside the attacks of `attacks/fields_aws*.py`: the same property, another value (2026-11-29)."""

from ..blind import KEY, ME, TAGS, aws
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET

POOL = "me-central-1_AbCdEfGhI"
METRIC = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}
CLIENT = {"name": "portal", "userPoolId": POOL, "generateSecret": True}


def _role(name: str) -> str:
    return f"arn:aws:iam::{ME}:role/{name}"


def _ours(service: str, name: str) -> str:
    return f"arn:aws:{service}:me-central-1:{ME}:{name}"


IDIOMS = (
    Idiom("a guardrail masks what leaves and blocks what enters", (aws("bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "contentPolicyConfig": {"filtersConfigs": [
            {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"},
            {"type": "HATE", "inputStrength": "LOW", "outputStrength": "LOW"}]},
        "contextualGroundingPolicyConfig": {"filtersConfigs": [{"type": "GROUNDING", "threshold": 0.75}]},
        "sensitiveInformationPolicyConfig": {
            "piiEntitiesConfigs": [{"type": "EMAIL", "action": "ANONYMIZE", "inputAction": "BLOCK"},
                                   {"type": "NAME", "action": "ANONYMIZE", "inputEnabled": False},
                                   {"type": "PHONE", "action": "ANONYMIZE", "inputAction": "NONE"}],
            "regexesConfigs": [{"name": "iban", "pattern": r"AE\d{21}", "action": "BLOCK"},
                               {"name": "card", "pattern": r"\d{16}", "action": "BLOCK", "inputAction": "NONE"}]}}),),
        f"{AWS_DOCS}/bedrock/latest/userguide/guardrails-create.html"),
    Idiom("agents get tokens at the address of the portal and on the developer's machine", (
        aws("bedrock/AgentcoreWorkloadIdentity", {"name": "agent", "tags": TAGS, "allowedResourceOauth2ReturnUrls": [
            "https://agents.example.ae/return", "http://localhost:8081/return"]}),
        aws("bedrock/AgentcorePolicy", {
            "name": "tools", "policyEngineId": "engine-1", "validationMode": "FAIL_ON_ANY_FINDINGS", "definition": {
                "cedar": {"statement": 'permit(principal == A::"a", action == A::"t", resource == A::"g");'}}}),
        aws("bedrock/AgentcoreGateway", {
            "name": "tools", "roleArn": _role("gw"), "protocolType": "MCP", "kmsKeyArn": KEY, "tags": TAGS,
            "authorizerType": "CUSTOM_JWT", "authorizerConfiguration": {"customJwtAuthorizer": {
                "allowedScopes": ["tools/call"], "discoveryUrl":
                f"https://cognito-idp.me-central-1.amazonaws.com/{POOL}/.well-known/openid-configuration"}}})),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html"),
    Idiom("copies of backups are kept longer than the backups", (aws("backup/Plan", {
        "name": "x", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "v", "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"deleteAfter": 14}, "copyActions": [{
                "destinationVaultArn": _ours("backup", "backup-vault:copies"), "lifecycle": {"deleteAfter": 35}},
                {"destinationVaultArn": _ours("backup", "backup-vault:long"), "lifecycle": {
                    "coldStorageAfter": 30, "deleteAfter": 365}}]}]}),),
        f"{AWS_DOCS}/aws-backup/latest/devguide/plan-options-and-configuration.html"),
    Idiom("logs that are seldom read are of the cheaper class", (aws("cloudwatch/LogGroup", {
        "name": "/app/orders", "kmsKeyId": KEY, "retentionInDays": 365, "logGroupClass": "INFREQUENT_ACCESS",
        "tags": TAGS}),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html"),
    Idiom("rejected connections are recorded, and all in the hub", (
        aws("ec2/FlowLog", {"vpcId": "vpc-1", "trafficType": "REJECT", "logDestinationType": "cloud-watch-logs",
                            "logDestination": _ours("logs", "log-group:flows"), "iamRoleArn": _role("flows"),
                            "tags": TAGS}),
        aws("ec2/FlowLog", {"vpcId": "vpc-2", "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": _ours("logs", "log-group:flows"), "iamRoleArn": _role("flows"),
                            "tags": TAGS}, "hub")),
        "CIS Amazon Web Services Foundations Benchmark 3.0, 3.7"),
    Idiom("a token refreshes for a month in each unit", (
        aws("cognito/UserPoolClient", {**CLIENT, "refreshTokenValidity": 30}, "default"),
        *(aws("cognito/UserPoolClient", {**CLIENT, "refreshTokenValidity": value, "tokenValidityUnits": {
            "refreshToken": unit}}, unit)
          for unit, value in (("days", 30), ("hours", 720), ("minutes", 43200), ("seconds", 2592000)))),
        f"{AWS_DOCS}/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html"),
    Idiom("names that were verified lead to shared resources", (
        aws("vpclattice/ServiceNetworkVpcAssociation", {
            "vpcIdentifier": "vpc-1", "serviceNetworkIdentifier": "sn-1", "securityGroupIds": ["sg-1"],
            "privateDnsEnabled": True, "dnsOptions": {"privateDnsPreference": "VERIFIED_DOMAINS_ONLY"},
            "tags": TAGS}),),
        f"{AWS_DOCS}/vpc-lattice/latest/ug/service-network-associations.html"),
    Idiom("a cache moves from a password to user groups", (aws("elasticache/ReplicationGroup", {
        "description": "x", "engine": "valkey", "nodeType": "cache.t4g.small", "kmsKeyId": KEY, "tags": TAGS,
        "atRestEncryptionEnabled": True, "transitEncryptionEnabled": True, "transitEncryptionMode": "required",
        "authTokenUpdateStrategy": "DELETE", "userGroupIds": ["app"], "automaticFailoverEnabled": True,
        "numCacheClusters": 2, "multiAzEnabled": True}), BUDGET),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
        unpriced("aws:elasticache/replicationGroup:ReplicationGroup::it")),
    Idiom("clusters write who did what, and who signed in", (aws("eks/Cluster", {
        "name": "x", "roleArn": _role("eks"), "enabledClusterLogTypes": ["audit", "authenticator"], "tags": TAGS,
        "deletionProtection": True, "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
        "vpcConfig": {"endpointPublicAccess": False, "endpointPrivateAccess": True, "subnetIds": ["subnet-1"]},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}}), BUDGET),
        f"{AWS_DOCS}/eks/latest/userguide/control-plane-logs.html"),
    Idiom("maintainers approve builds of strangers", (aws("codebuild/Webhook", {
        "projectName": "checks", "pullRequestBuildPolicy": {
            "requiresCommentApproval": "FORK_PULL_REQUESTS", "approverRoles": ["GITHUB_MAINTAIN", "GITHUB_ADMIN"]},
        "filterGroups": [{"filters": [{"type": "EVENT", "pattern": "PULL_REQUEST_CREATED"},
                                      {"type": "ACTOR_ACCOUNT_ID", "pattern": "^12345$"}]}]}),),
        f"{AWS_DOCS}/codebuild/latest/userguide/pull-request-build-policy.html"),
    Idiom("requests are limited by address", (aws("wafv2/WebAcl", {
        "name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": METRIC, "tags": TAGS,
        "rules": [{"name": "rate", "priority": 1, "action": {"block": {}}, "visibilityConfig": METRIC, "statement": {
            "rateBasedStatement": {"limit": 500_000, "aggregateKeyType": "IP"}}}]}),),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-rule-statement-type-rate-based.html"),
    Idiom("images are copied to the accounts of the bank", (aws("imagebuilder/DistributionConfiguration", {
        "name": "base", "tags": TAGS, "distributions": [{"region": "me-central-1", "amiDistributionConfiguration": {
            "name": "base-{{ imagebuilder:buildDate }}", "kmsKeyId": KEY, "targetAccountIds": [ME]}}]}),
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "x", "instanceProfileName": "build", "subnetId": "subnet-1", "securityGroupIds": ["sg-1"],
            "instanceMetadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}, "tags": TAGS,
            "resourceTags": TAGS})),
        f"{AWS_DOCS}/imagebuilder/latest/userguide/cross-account-dist.html"),
    Idiom("a lake grants nothing by default", (aws("lakeformation/DataLakeSettings", {
        "admins": [_role("lake-admin")], "createDatabaseDefaultPermissions": [], "trustedResourceOwners": [ME],
        "createTableDefaultPermissions": [{"permissions": ["ALL"], "principal": _role("lake-admin")}]}),
        aws("glue/Catalog", {"name": "lake", "overwriteChildResourcePermissionsWithDefault": "Deny", "tags": TAGS,
                             "catalogProperties": {"dataLakeAccessProperties": {"kmsKey": KEY}}})),
        f"{AWS_DOCS}/lake-formation/latest/dg/change-settings.html"),
    Idiom("snapshots of a fortnight are kept", (aws("dlm/LifecyclePolicy", {
        "description": "x", "executionRoleArn": _role("dlm"), "tags": TAGS, "policyDetails": {
            "resourceTypes": ["VOLUME"], "targetTags": {"backup": "daily"}, "schedules": [{
                "name": "daily", "createRule": {"interval": 24}, "retainRule": {"count": 14}, "copyTags": True}]}}),
        aws("rbin/Rule", {"resourceType": "EBS_SNAPSHOT", "tags": TAGS, "retentionPeriod": {
            "retentionPeriodUnit": "DAYS", "retentionPeriodValue": 14}})),
        f"{AWS_DOCS}/ebs/latest/userguide/snapshot-lifecycle.html"),
    Idiom("the last weekly snapshot is kept beside those of a fortnight", (aws("dlm/LifecyclePolicy", {
        "description": "x", "executionRoleArn": _role("dlm"), "tags": TAGS, "policyDetails": {
            "resourceTypes": ["VOLUME"], "targetTags": {"backup": "daily"}, "schedules": [
                {"name": "daily", "createRule": {"interval": 24}, "retainRule": {"count": 14}, "copyTags": True},
                {"name": "weekly", "createRule": {"cronExpression": "cron(0 3 ? * SUN *)"}, "copyTags": True,
                 "retainRule": {"count": 1}}]}}),),
        f"{AWS_DOCS}/ebs/latest/userguide/snapshot-lifecycle.html"),
    Idiom("a target stays in use while its alarm has no data", (aws("route53/HealthCheck", {
        "type": "CLOUDWATCH_METRIC", "cloudwatchAlarmName": "orders", "cloudwatchAlarmRegion": "me-central-1",
        "insufficientDataHealthStatus": "Healthy", "tags": TAGS}),),
        "https://www.pulumi.com/registry/packages/aws/api-docs/route53/healthcheck/#cloudwatch-alarm-check"),
    Idiom("files are checked as they arrive, and signed for partners", (
        aws("datasync/Task", {
            "name": "nightly", "sourceLocationArn": _ours("datasync", "location/loc-1"), "tags": TAGS,
            "destinationLocationArn": _ours("datasync", "location/loc-2"),
            "options": {"verifyMode": "POINT_IN_TIME_CONSISTENT"}}),
        aws("transfer/Connector", {
            "accessRole": _role("as2"), "url": "https://10.0.0.9", "tags": TAGS, "as2Config": {
                "compression": "DISABLED", "encryptionAlgorithm": "AES256_CBC", "localProfileId": "p-1",
                "mdnResponse": "SYNC", "mdnSigningAlgorithm": "SHA256", "partnerProfileId": "p-2",
                "signingAlgorithm": "SHA256"}})),
        f"{AWS_DOCS}/transfer/latest/userguide/create-as2-connector.html"),
    Idiom("people are assigned to the catalogue of data", (aws("datazone/Domain", {
        "name": "data", "domainExecutionRole": _role("datazone"), "kmsKeyIdentifier": KEY, "tags": TAGS,
        "singleSignOn": {"type": "IAM_IDC", "userAssignment": "MANUAL"}}),),
        f"{AWS_DOCS}/datazone/latest/userguide/enable-IAM-identity-center-for-datazone.html",
        unpriced("aws:datazone/domain:Domain::it")),
    Idiom("the block of public clusters exempts the port that AWS exempts", (
        aws("emr/BlockPublicAccessConfiguration", {
            "blockPublicSecurityGroupRules": True,
            "permittedPublicSecurityGroupRuleRanges": [{"minRange": 22, "maxRange": 22}]}),),
        f"{AWS_DOCS}/emr/latest/ManagementGuide/emr-block-public-access.html"),
    Idiom("browsers are told for a year that the portal has TLS", (aws("lb/Listener", {
        "loadBalancerArn": _ours("elasticloadbalancing", "loadbalancer/app/x/1"), "port": 443, "protocol": "HTTPS",
        "certificateArn": _ours("acm", "certificate/1"), "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "routingHttpResponseStrictTransportSecurityHeaderValue": "max-age=31536000; includeSubDomains", "tags": TAGS,
        "defaultActions": [{"type": "forward", "targetGroupArn": _ours("elasticloadbalancing", "targetgroup/x/1")}]}),),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/header-modification.html"),
    Idiom("machines are patched, and one that is not is reported", (aws("ssm/PatchBaseline", {
        "name": "windows", "operatingSystem": "WINDOWS", "availableSecurityUpdatesComplianceStatus": "NON_COMPLIANT",
        "approvalRules": [{"approveAfterDays": 7, "patchFilters": [
            {"key": "CLASSIFICATION", "values": ["SecurityUpdates"]}]}], "tags": TAGS}),),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager-patch-baselines.html"),
)  # fmt: skip
