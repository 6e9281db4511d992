"""The switches of AWS: ordinary positions are silent, and every spelling of a dangerous one is refused (FJ-ESC-115)."""

from collections.abc import Mapping

import pytest
from guardrails.unverifiable.switch_rows import read_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .attacks.switches_aws import ALARM, BALANCER, BUDGET, CERTIFICATE, FORWARD, POOL, SERVICE, TRAIL
from .blind import KEY, ME, TAGS, aws
from .harness import Given, Pack, blocking, rules, secret
from .test_attacks import schema_failures

RULE = "FJ-ESC-115"
PACK = Pack()
VISIBLE = {"cloudwatchMetricsEnabled": False, "metricName": "x", "sampledRequestsEnabled": False}
HTTPS = {"loadBalancerArn": BALANCER, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "tags": TAGS,
         "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}  # fmt: skip
ORDINARY = (
    aws("cloudwatch/MetricAlarm", {**ALARM, "actionsEnabled": True, "treatMissingData": "notBreaching"}),
    aws("cloudtrail/Trail", {**TRAIL, "enableLogging": True, "includeGlobalServiceEvents": True}, "trail"),
    aws("cloudtrail/Trail", {**TRAIL, "eventSelectors": [{
        "readWriteType": "WriteOnly", "includeManagementEvents": True, "dataResources": [
            {"type": "AWS::S3::Object", "values": ["arn:aws:s3:::data/"]}]}]}, "writes"),
    aws("cognito/UserPool", {
        "mfaConfiguration": "ON", "softwareTokenMfaConfiguration": {"enabled": True}, "tags": TAGS,
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}, "deviceConfiguration": {
            "challengeRequiredOnNewDevice": False, "deviceOnlyRememberedOnUserPrompt": True},
        "usernameConfiguration": {"caseSensitive": False}, "passwordPolicy": {
            "minimumLength": 14, "requireLowercase": True, "requireNumbers": True, "requireSymbols": True,
            "requireUppercase": True}}),
    aws("cognito/UserPoolClient", {
        "userPoolId": POOL, "generateSecret": True, "allowedOauthFlowsUserPoolClient": True,
        "allowedOauthFlows": ["code"], "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "enableTokenRevocation": True, "preventUserExistenceErrors": "ENABLED"}),
    aws("cognito/RiskConfiguration", {
        "userPoolId": POOL, "riskExceptionConfiguration": {"skippedIpRangeLists": ["10.0.0.0/8"]},
        "accountTakeoverRiskConfiguration": {"actions": {
            "lowAction": {"eventAction": "NO_ACTION", "notify": False},
            "highAction": {"eventAction": "BLOCK", "notify": True}}}}),
    aws("ecs/Service", {
        **SERVICE, "enableEcsManagedTags": True, "forceNewDeployment": True, "waitForSteadyState": False,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "networkConfiguration": {
            "subnets": ["subnet-1"], "assignPublicIp": False}}),
    aws("lb/LoadBalancer", {
        "internal": True, "dropInvalidHeaderFields": True, "desyncMitigationMode": "defensive", "tags": TAGS,
        "enableCrossZoneLoadBalancing": False, "enableHttp2": False, "xffHeaderProcessingMode": "remove",
        "accessLogs": {"bucket": "logs", "enabled": False}}),
    aws("lb/Listener", {**HTTPS, "defaultActions": [FORWARD], "mutualAuthentication": {"mode": "off"}}),
    aws("lb/TargetGroup", {
        "port": 8443, "protocol": "HTTPS", "vpcId": "vpc-1", "connectionTermination": False, "tags": TAGS,
        "stickiness": {"type": "lb_cookie", "enabled": False}, "healthCheck": {"enabled": True, "protocol": "HTTPS"}}),
    aws("wafv2/WebAcl", {
        "name": "x", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": VISIBLE, "tags": TAGS,
        "rules": [{"name": "core", "priority": 1, "overrideAction": {"none": {}}, "visibilityConfig": VISIBLE,
                   "statement": {"managedRuleGroupStatement": {
                       "name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS", "ruleActionOverrides": [
                           {"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}]}}}]}),
    aws("networkfirewall/FirewallPolicy", {
        "name": "x", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
        "firewallPolicy": {"statelessDefaultActions": ["aws:forward_to_sfe"],
                           "statelessFragmentDefaultActions": ["aws:drop"], "statefulEngineOptions": {
                               "ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "REJECT"}}}),
    aws("lambda/CodeSigningConfig", {
        "tags": TAGS, "policies": {"untrustedArtifactOnDeployment": "Enforce"}, "allowedPublishers": {
            "signingProfileVersionArns": [f"arn:aws:signer:me-central-1:{ME}:/signing-profiles/p/1"]}}),
    aws("lambda/EventSourceMapping", {
        "functionName": "f", "enabled": False, "bisectBatchOnFunctionError": True, "tags": TAGS}),
    aws("bedrock/Guardrail", {
        "name": "x", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "kmsKeyArn": KEY, "tags": TAGS,
        "contentPolicyConfig": {"filtersConfigs": [
            {"type": "PROMPT_ATTACK", "inputStrength": "HIGH", "outputStrength": "NONE"}]},
        "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [{"type": "EMAIL", "action": "ANONYMIZE"}]}}),
    aws("budgets/Budget", {
        **BUDGET, "costTypes": {"includeCredit": False, "includeRefund": False, "includeTax": False},
        "notifications": [{"comparisonOperator": "GREATER_THAN", "threshold": 80, "thresholdType": "PERCENTAGE",
                           "notificationType": "FORECASTED", "subscriberEmailAddresses": ["finops@example.ae"]}]}),
    aws("apigateway/MethodSettings", {"restApi": "r", "stageName": "prod", "methodPath": "*/*", "settings": {
        "metricsEnabled": True, "loggingLevel": "ERROR", "dataTraceEnabled": False}}),
    aws("ecr/Repository", {
        "name": "app", "imageScanningConfiguration": {"scanOnPush": True}, "imageTagMutability": "IMMUTABLE",
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}),
    aws("s3/BucketOwnershipControls", {"bucket": "data", "rule": {"objectOwnership": "BucketOwnerEnforced"}}),
    aws("s3/Bucket", {"bucket": "data", "acl": "private", "forceDestroy": False, "objectLockEnabled": True,
                      "tags": TAGS, "versioning": {"enabled": True, "mfaDelete": False}}),
    aws("route53/Record", {"zoneId": "Z1", "name": "a.example.ae", "type": "CNAME", "ttl": 60, "allowOverwrite": True,
                           "records": ["b.example.ae"]}),
    aws("ec2/Subnet", {"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "mapPublicIpOnLaunch": False, "tags": TAGS,
                       "enableResourceNameDnsARecordOnLaunch": True}),
    aws("ec2/Vpc", {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True, "tags": TAGS}),
    aws("ec2/VpcEndpoint", {"vpcId": "vpc-1", "serviceName": "com.amazonaws.me-central-1.ecr.api", "tags": TAGS,
                            "vpcEndpointType": "Interface", "privateDnsEnabled": True, "autoAccept": False}),
    aws("autoscaling/Group", {"maxSize": 3, "minSize": 0, "capacityRebalance": True, "forceDelete": False,
                              "protectFromScaleIn": True, "tags": [
                                  {"key": "project", "value": "x", "propagateAtLaunch": True}]}),
    aws("eks/Addon", {"clusterName": "c", "addonName": "vpc-cni", "preserve": True, "tags": TAGS,
                      "resolveConflictsOnUpdate": "OVERWRITE"}),
    aws("sfn/StateMachine", {
        "roleArn": f"arn:aws:iam::{ME}:role/worker", "definition": '{"StartAt": "A", "States": {}}', "publish": True,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}, "tags": TAGS,
        "loggingConfiguration": {"level": "ALL", "includeExecutionData": True, "logDestination": "x"}}),
    aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "SIX_HOURS", "tags": TAGS}),
)  # fmt: skip


@pytest.mark.parametrize("given_one", ORDINARY, ids=lambda one: f"{one.type}-{one.name}")
def test_ordinary_positions_are_silent(given_one: Given) -> None:
    assert schema_failures(given_one) == []
    found = [report.text for report in PACK.evaluate_resource(given_one) if report.rule == RULE]
    assert found == []


def test_a_map_of_a_program_is_no_switch() -> None:
    """Keys of a map are the program's own, and may be spelled like a property."""
    variables = {"encrypted": "false", "enableExecuteCommand": "true", "includeCookies": "true"}
    given_one = aws("lambda/Function", {"role": "r", "environment": {"variables": variables}, "tags": variables})
    assert RULE not in rules(PACK.evaluate_resource(given_one))


ROWS = [row for row in read_rows()["aws"] if row.type != "*" and row.safe in ("true", "false") and "*" not in row.path]
SPELLINGS: Mapping[str, tuple[object, ...]] = {
    "true": (False, "false", "False", "FALSE", " false", "0", secret(False)),
    "false": (True, "true", "True", "TRUE", "true ", "1", secret(True)),
}
"""Safe position -> spellings of the other."""


@settings(max_examples=many(60), deadline=None)
@given(row=st.sampled_from(ROWS), place=st.integers(0, 6), lists=st.lists(st.booleans(), min_size=8, max_size=8))
def test_spellings_and_depths_of_lists_are_refused(row: object, place: int, lists: list[bool]) -> None:
    """Objects may stand in lists at every depth; a boolean may be a text or a secret."""
    value = SPELLINGS[row.safe][place]  # type: ignore[attr-defined]
    for name, is_list in zip(reversed(row.path.split(".")), lists, strict=False):  # type: ignore[attr-defined]
        value = {name: [value] if is_list else value}
    assert RULE in blocking(PACK.evaluate_resource(Given(row.type, value)))  # type: ignore[attr-defined]
