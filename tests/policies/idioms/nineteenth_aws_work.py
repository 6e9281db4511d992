"""Good idioms of platform teams on AWS: networks, records, firewalls, builds and sign-in (set 19, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .nineteenth_aws import alarm
from .ninth_aws import GROUPS, SUBNETS, arn, kept
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS, ROOT
from .twelfth_aws_platform import VPC, logs, rights, trusted

ZONES = [f"{R}{letter}" for letter in "abc"]
RULES = """pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"api.bank.ae"; nocase; bsize:11;\
 flow:to_server,established; sid:1000001; rev:1;)
pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:".amazonaws.com"; nocase; endswith; flow:to_server,\
established; sid:1000002; rev:1;)
drop tcp $HOME_NET any -> $EXTERNAL_NET any (flow:to_server,established; msg:"not listed"; sid:1000099; rev:1;)
"""
BUILD = """version: 0.2
phases:
  pre_build:
    commands:
      - aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
  build:
    commands:
      - docker build --build-arg BASE="$REGISTRY/base" -t "$REGISTRY/scores:$CODEBUILD_RESOLVED_SOURCE_VERSION" .
      - docker push "$REGISTRY/scores:$CODEBUILD_RESOLVED_SOURCE_VERSION"
reports:
  tests:
    files: ["junit.xml"]
    base-directory: reports
"""
KEEP = json.dumps({"rules": [
    {"rulePriority": 1, "description": "Images without a tag go after a week", "selection": {
        "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7}, "action": {
            "type": "expire"}},
    {"rulePriority": 2, "description": "The last thirty releases stay", "selection": {
        "tagStatus": "tagged", "tagPatternList": ["v*"], "countType": "imageCountMoreThan", "countNumber": 30},
     "action": {"type": "expire"}}]})  # fmt: skip
CIS = {
    "root":
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    "no-mfa": '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    "keys":
        "{ $.eventSource = kms.amazonaws.com && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion) }",
    "trail":
        "{ ($.eventName = StopLogging) || ($.eventName = DeleteTrail) || ($.eventName = UpdateTrail) }"}  # fmt: skip
SEEN = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True}


def watched(name: str, pattern: str) -> tuple[Given, Given]:
    """Returns a filter of the trail's records and its alarm."""
    return (
        aws("cloudwatch/LogMetricFilter", {
            "name": name, "logGroupName": "/cloudtrail", "pattern": pattern, "metricTransformation": {
                "name": name, "namespace": "CIS", "value": "1", "defaultValue": "0"}}, f"{name}-filter", links={
                    "logGroupName": ("logs",)}),
        alarm(f"{name}-alarm", "CIS", name, {}, 1, statistic="Sum", period=300, evaluationPeriods=1,
              datapointsToAlarm=1, comparisonOperator="GreaterThanOrEqualToThreshold", treatMissingData="notBreaching"),
    )  # fmt: skip


def managed(priority: int, name: str, *counted: str) -> dict[str, object]:
    """Returns a group of rules of AWS, of which some only count."""
    return {"name": name, "priority": priority, "overrideAction": {"none": {}}, "visibilityConfig": {
        **SEEN, "metricName": name}, "statement": {"managedRuleGroupStatement": {
            "vendorName": "AWS", "name": name, "ruleActionOverrides": [
                {"name": rule, "actionToUse": {"count": {}}} for rule in counted]}}}  # fmt: skip


def private(service: str, **more: object) -> Given:
    """Returns an endpoint of a service inside the network, for this account alone."""
    return aws("ec2/VpcEndpoint", {
        "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.{service}", "vpcEndpointType": "Interface", "subnetIds":
        SUBNETS, "securityGroupIds": GROUPS, "privateDnsEnabled": True, "ipAddressType": "ipv4", "tags": TAGS,
        "policy": document({"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": f"{service.split('.')[0]}:*",
                            "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": ME}}}), **more},
        service)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a network of three zones has no way out but its endpoints, and every packet's head is in its records", (
        BUDGET, logs("/vpc/models"), trusted("vpc-flow-logs.amazonaws.com", "flow"),
        rights("flow", statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                                 arn("logs", "log-group:/vpc/models:*"))),
        aws("ec2/Vpc", {"cidrBlock": "10.40.0.0/16", "enableDnsSupport": True, "enableDnsHostnames": True,
                        "instanceTenancy": "default", "enableNetworkAddressUsageMetrics": True, "tags": TAGS}, "vpc"),
        *(aws("ec2/Subnet", {
            "vpcId": UNKNOWN, "cidrBlock": f"10.40.{number}.0/24", "availabilityZone": zone, "mapPublicIpOnLaunch":
            False, "privateDnsHostnameTypeOnLaunch": "resource-name", "tags": {
                **TAGS, "kubernetes.io/role/internal-elb": "1"}}, zone, links={"vpcId": ("vpc",)})
          for number, zone in enumerate(ZONES)),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "ingress": [], "egress": [], "tags": TAGS}, "closed", links={
            "vpcId": ("vpc",)}),
        aws("ec2/FlowLog", {
            "vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN,
            "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "tags": TAGS, "logFormat":
            "${version} ${vpc-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${action} ${flow-direction}"},
            "records", links={"vpcId": ("vpc",), "logDestination": ("logs",), "iamRoleArn": ("flow",)}),
        private("ecr.api"), private("ecr.dkr"), private("monitoring"), private("sts"), private("bedrock-runtime"),
        aws("ec2/VpcEndpoint", {
            "vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway", "tags": TAGS,
            "policy": document({"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"],
                                "Resource": ["arn:aws:s3:::bank-models/*", "arn:aws:s3:::bank-datasets/*"], "Condition":
                                {"StringEquals": {"aws:ResourceAccount": ME, "aws:PrincipalAccount": ME}}})}, "s3",
            links={"vpcId": ("vpc",)})),
        f"{AWS_DOCS}/vpc/latest/privatelink/vpc-endpoints-access.html; userguide/vpc-security-best-practices.html",
        OURS),
    Idiom("what leaves the spokes is inspected by the network firewall, which knows names and drops the rest", (
        BUDGET, logs("/firewall/egress"),
        aws("networkfirewall/RuleGroup", {
            "name": "names", "type": "STATEFUL", "capacity": 200, "tags": TAGS, "encryptionConfiguration": {
                "keyId": KEY, "type": "CUSTOMER_KMS"}, "ruleGroup": {
                    "ruleVariables": {"ipSets": [{"key": "HOME_NET", "ipSet": {"definitions": ["10.0.0.0/8"]}}]},
                    "rulesSource": {"rulesString": RULES}, "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}},
            "names"),
        aws("networkfirewall/FirewallPolicy", {
            "name": "egress", "tags": TAGS, "encryptionConfiguration": {"keyId": KEY, "type": "CUSTOMER_KMS"},
            "firewallPolicy": {
                "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": [
                    "aws:forward_to_sfe"], "statefulDefaultActions": ["aws:drop_established", "aws:alert_established"],
                "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "REJECT",
                    "flowTimeouts":
                                          {"tcpIdleTimeoutSeconds": 350}},
                "statefulRuleGroupReferences": [
                    {"priority": 10, "resourceArn": UNKNOWN},
                    {"priority": 20, "resourceArn": f"arn:aws:network-firewall:{R}:aws-managed:stateful-rulegroup/"
                     "BotNetCommandAndControlDomainsStrictOrder"}]}}, "policy", links={"firewallPolicy": ("names",)}),
        aws("networkfirewall/Firewall", {
            "name": "egress", "vpcId": VPC, "firewallPolicyArn": UNKNOWN, "deleteProtection": True, "tags": TAGS,
            "subnetChangeProtection": True, "firewallPolicyChangeProtection": True, "subnetMappings": [
                {"subnetId": subnet} for subnet in SUBNETS], "encryptionConfiguration": {
                    "keyId": KEY, "type": "CUSTOMER_KMS"}, "enabledAnalysisTypes": ["TLS_SNI"]}, "firewall",
            protect=True, links={"firewallPolicyArn": ("policy",)}),
        aws("networkfirewall/LoggingConfiguration", {
            "firewallArn": UNKNOWN, "enableMonitoringDashboard": True, "loggingConfiguration": {
                "logDestinationConfigs": [{"logType": kind, "logDestinationType": "CloudWatchLogs", "logDestination": {
                    "logGroup": "/firewall/egress"}} for kind in ("ALERT", "FLOW")]}}, "records", links={
                        "firewallArn": ("firewall",)})),
        f"{AWS_DOCS}/network-firewall/latest/developerguide/suricata-examples.html; stateful-rule-groups-ips.html",
        {**OURS, **unpriced("aws:networkfirewall/firewall:Firewall::firewall")}),
    Idiom("every call of the account is in one trail, and the changes that the benchmark names raise an alarm", (
        BUDGET, logs("/cloudtrail"), trusted("cloudtrail.amazonaws.com", "trail-writer"),
        rights("trail-writer", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                         arn("logs", "log-group:/cloudtrail:*"))),
        aws("cloudtrail/Trail", {
            "name": "all", "s3BucketName": "bank-trail", "kmsKeyId": KEY, "isMultiRegionTrail": True,
            "includeGlobalServiceEvents": True, "enableLogFileValidation": True, "enableLogging": True,
            "cloudWatchLogsGroupArn": UNKNOWN, "cloudWatchLogsRoleArn": UNKNOWN, "tags": TAGS, "insightSelectors": [
                {"insightType": kind} for kind in ("ApiCallRateInsight", "ApiErrorRateInsight")],
            "advancedEventSelectors": [
                {"name": "Calls that manage", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]},
                {"name": "Objects of models", "fieldSelectors": [
                    {"field": "eventCategory", "equals": ["Data"]},
                    {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                    {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::bank-models/"]}]}]}, "trail", protect=True,
            links={"cloudWatchLogsGroupArn": ("logs",), "cloudWatchLogsRoleArn": ("trail-writer",)}),
        *(given for name, pattern in CIS.items() for given in watched(name, pattern))),
        f"{AWS_DOCS}/securityhub/latest/userguide/cloudwatch-controls.html; awscloudtrail/latest/userguide", OURS),
    Idiom("the inner portal is behind a firewall of AWS's rules, of which two only count, and limits of its own", (
        BUDGET, logs("aws-waf-logs-portal"),
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "description": "The portal of staff", "defaultAction": {"allow": {}},
            "tokenDomains": ["bank.ae"], "visibilityConfig": {**SEEN, "metricName": "portal"}, "tags": TAGS, "rules": [
                managed(10, "AWSManagedRulesAmazonIpReputationList"),
                managed(20, "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY", "GenericRFI_BODY"),
                managed(30, "AWSManagedRulesKnownBadInputsRuleSet"), managed(40, "AWSManagedRulesSQLiRuleSet"),
                {"name": "rate", "priority": 50, "action": {"block": {"customResponse": {"responseCode": 429}}},
                 "visibilityConfig": {**SEEN, "metricName": "rate"}, "statement": {"rateBasedStatement": {
                     "limit": 1000, "evaluationWindowSec": 300, "aggregateKeyType": "IP", "scopeDownStatement": {
                         "byteMatchStatement": {
                             "fieldToMatch": {"uriPath": {}}, "positionalConstraint": "STARTS_WITH", "searchString":
                             "/login", "textTransformations": [{"priority": 0, "type": "LOWERCASE"}]}}}}}]}, "portal"),
        aws("wafv2/WebAclLoggingConfiguration", {
            "resourceArn": UNKNOWN, "logDestinationConfigs": [UNKNOWN], "redactedFields": [
                {"singleHeader": {"name": "authorization"}}, {"singleHeader": {"name": "cookie"}}]}, "records", links={
                    "resourceArn": ("portal",), "logDestinationConfigs": ("logs",)}),
        aws("wafv2/WebAclAssociation", {
            "webAclArn": UNKNOWN, "resourceArn": arn("elasticloadbalancing",
                "loadbalancer/app/portal/0123456789abcdef")},
            "portal-acl", links={"webAclArn": ("portal",)})),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-managed-protections-best-practices.html", OURS),
    Idiom("scores are built inside the network from the bank's forge, scanned as they come and never overwritten", (
        BUDGET, logs("/aws/codebuild/scores"), trusted("codebuild.amazonaws.com", "builder"),
        rights("builder", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                    arn("logs", "log-group:/aws/codebuild/scores:*")),
               statement("ecr:GetAuthorizationToken"),
               statement(["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
                          "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"],
                         [arn("ecr", "repository/scores"), arn("ecr", "repository/base/*")]),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
               statement("codeconnections:UseConnection", arn("codeconnections", "connection/1111-2222")),
               statement(["codebuild:CreateReport", "codebuild:UpdateReport", "codebuild:BatchPutTestCases"],
                         arn("codebuild", "report-group/scores-*"))),
        aws("ecr/Repository", {
            "name": "scores", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "forceDelete": False, "tags": TAGS},
            "scores", protect=True),
        aws("ecr/LifecyclePolicy", {"repository": "scores", "policy": KEEP}, "keep", links={"repository": ("scores",)}),
        aws("codebuild/Project", {
            "name": "scores", "description": "Builds the image of scores", "serviceRole": UNKNOWN, "encryptionKey": KEY,
            "buildTimeout": 30, "queuedTimeout": 60, "concurrentBuildLimit": 2, "badgeEnabled": False, "tags": TAGS,
            "projectVisibility": "PRIVATE",
                "artifacts": {"type": "NO_ARTIFACTS"}, "cache": {
                "type": "LOCAL", "modes": ["LOCAL_DOCKER_LAYER_CACHE", "LOCAL_SOURCE_CACHE"]},
            "environment": {"computeType": "BUILD_GENERAL1_MEDIUM", "type": "LINUX_CONTAINER",
                "privilegedMode": False, "dockerServer": {"computeType": "BUILD_GENERAL1_MEDIUM"},
                            "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0", "imagePullCredentialsType":
                            "CODEBUILD", "environmentVariables": [
                                {"name": "REGISTRY", "value": f"{ME}.dkr.ecr.{R}.amazonaws.com"}]},
            "logsConfig": {"cloudwatchLogs": {"status": "ENABLED", "groupName": "/aws/codebuild/scores"}}, "source": {
                "type": "GITLAB_SELF_MANAGED", "location": "https://git.bank.ae/risk/scores.git", "buildspec": BUILD,
                "gitCloneDepth": 1, "reportBuildStatus": True, "insecureSsl": False},
            "vpcConfig": {"vpcId": VPC, "subnets": SUBNETS, "securityGroupIds": GROUPS}}, "project", links={
                "serviceRole": ("builder",)})),
        f"{AWS_DOCS}/codebuild/latest/userguide/vpc-support.html; AmazonECR/latest/userguide/image-tag-mutability.html",
        {**OURS, "escape": {**OURS["escape"], "code_sources": {"https://git.bank.ae/risk": "our own repositories"}}}),
    Idiom("customers of the app sign in with a second factor and passkeys, and its API takes their tokens alone", (
        BUDGET, logs("/apigateway/app"),
        aws("cognito/UserPool", {
            "name": "customers", "userPoolTier": "PLUS", "deletionProtection": "ACTIVE", "mfaConfiguration": "ON",
            "softwareTokenMfaConfiguration": {"enabled": True}, "usernameAttributes": ["email"], "tags": TAGS,
            "autoVerifiedAttributes": ["email"], "usernameConfiguration": {"caseSensitive": False}, "passwordPolicy": {
                "minimumLength": 14, "requireLowercase": True, "requireUppercase": True, "requireNumbers": True,
                "requireSymbols": True, "passwordHistorySize": 12, "temporaryPasswordValidityDays": 1},
            "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"}, "deviceConfiguration": {
                "challengeRequiredOnNewDevice": True, "deviceOnlyRememberedOnUserPrompt": True},
            "accountRecoverySetting": {"recoveryMechanisms": [{"name": "verified_email", "priority": 1}]},
            "adminCreateUserConfig": {"allowAdminCreateUserOnly": True, "inviteMessageTemplate": {
                "emailSubject": "Your account", "emailMessage": "{username} {####}",
                    "smsMessage": "{username} {####}"}},
            "userAttributeUpdateSettings": {"attributesRequireVerificationBeforeUpdates": ["email"]},
                "emailConfiguration":
            {"emailSendingAccount": "COGNITO_DEFAULT"}, "signInPolicy": {"allowedFirstAuthFactors": ["PASSWORD",
                                                                                                   "WEB_AUTHN"]},
            "webAuthnConfiguration": {"relyingPartyId": "bank.ae", "userVerification": "required"}}, "customers",
            protect=True),
        aws("cognito/UserPoolClient", {
            "name": "app", "userPoolId": UNKNOWN, "generateSecret": False, "allowedOauthFlows": ["code"],
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthScopes": ["openid", "email", "limits/read"],
            "supportedIdentityProviders": ["COGNITO"], "callbackUrls": ["https://app.bank.ae/callback"], "logoutUrls": [
                "https://app.bank.ae/"], "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH",
                                                               "ALLOW_REFRESH_TOKEN_AUTH"],
            "preventUserExistenceErrors": "ENABLED", "enableTokenRevocation": True, "accessTokenValidity": 15,
            "idTokenValidity": 15, "refreshTokenValidity": 8, "tokenValidityUnits": {
                "accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"},
            "refreshTokenRotation": {"feature": "ENABLED", "retryGracePeriodSeconds": 10}}, "app", links={
                "userPoolId": ("customers",)}),
        aws("apigatewayv2/Api", {"name": "app", "protocolType": "HTTP", "disableExecuteApiEndpoint": True, "tags": TAGS,
                                 "corsConfiguration": {
                                     "allowOrigins": ["https://app.bank.ae"], "allowMethods": ["GET", "POST"],
                                     "allowHeaders": ["authorization", "content-type"], "maxAge": 600}}, "api"),
        aws("apigatewayv2/Authorizer", {
            "apiId": UNKNOWN, "name": "tokens", "authorizerType": "JWT", "identitySources": [
                "$request.header.Authorization"], "jwtConfiguration": {
                    "audiences": [UNKNOWN], "issuer": f"https://cognito-idp.{R}.amazonaws.com/{R}_AbCdEfGhI"}},
            "tokens", links={"apiId": ("api",), "jwtConfiguration": ("app",)}),
        aws("apigatewayv2/Route", {
            "apiId": UNKNOWN, "routeKey": "GET /limits", "authorizationType": "JWT", "authorizerId": UNKNOWN,
            "authorizationScopes": ["limits/read"], "target": UNKNOWN}, "limits", links={
                "apiId": ("api",), "authorizerId": ("tokens",)}),
        aws("apigatewayv2/DomainName", {
            "domainName": "api.bank.ae", "tags": TAGS, "domainNameConfiguration": {
                "certificateArn": CERTIFICATE, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"},
            "mutualTlsAuthentication": {"truststoreUri": "s3://bank-trust/ca.pem", "truststoreVersion": "v1"}}, "name"),
        aws("apigatewayv2/Stage", {
            "apiId": UNKNOWN, "name": "prod", "autoDeploy": False, "tags": TAGS, "accessLogSettings": {
                "destinationArn": UNKNOWN, "format": "$context.requestId $context.status"}, "defaultRouteSettings": {
                    "throttlingBurstLimit": 200, "throttlingRateLimit": 100, "detailedMetricsEnabled": True}}, "stage",
            links={"apiId": ("api",), "accessLogSettings": ("logs",)})),
        f"{AWS_DOCS}/cognito/latest/developerguide/security-best-practices.html; apigateway/latest/developerguide",
        {**OURS, **kept("customers"), "escape": {"code_sources": {"bank-trust": "our own authorities, by security"}},
         **unpriced("aws:cognito/userPool:UserPool::customers")}),
)  # fmt: skip
