"""Good idioms of platform teams on AWS: ways in, records, copies, builds and stores (set 22, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .aws_platform import bucket
from .fourth import AWS_DOCS
from .ninth_aws import GROUPS, SUBNETS, arn, kept
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, VPC_ENDPOINT, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import attached

MANAGED = (("AWSManagedRulesCommonRuleSet", "none"), ("AWSManagedRulesKnownBadInputsRuleSet", "none"),
           ("AWSManagedRulesSQLiRuleSet", "none"))  # fmt: skip
TRAIL = arn("cloudtrail", "trail/bank")
METRICS = (
    ("root",
        "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "
        "\"AwsServiceEvent\" }"),
    ("refused", "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"),
    ("keys",
        "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = "
        "ScheduleKeyDeletion)) }"),
)  # fmt: skip


def visible(name: str) -> dict[str, object]:
    """Returns what a rule of a web firewall records."""
    return {"cloudwatchMetricsEnabled": True, "metricName": name, "sampledRequestsEnabled": False}


def on_key(service: str) -> str:
    """Returns the policy of a key that one service of the account uses."""
    return document(
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": ["kms:GenerateDataKey*", "kms:Decrypt"],
         "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "a web firewall before an inner API counts a new rule first, blocks the others and keeps cookies out of logs", (
        aws("wafv2/WebAcl", {
            "name": "partners", "scope": "REGIONAL", "defaultAction": {"allow": {}},
                "visibilityConfig": visible("partners"),
            "tags": TAGS, "rules": [
                *({"name": name, "priority": number, "overrideAction": {action: {}}, "visibilityConfig": visible(name),
                   "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}}
                  for number, (name, action) in enumerate(MANAGED)),
                {"name": "AWSManagedRulesAnonymousIpList", "priority": 5, "overrideAction": {"count": {}},
                 "visibilityConfig": visible("anonymous"), "statement": {"managedRuleGroupStatement": {
                     "vendorName": "AWS", "name": "AWSManagedRulesAnonymousIpList"}}},
                {"name": "rate", "priority": 6, "action": {"block": {}}, "visibilityConfig": visible("rate"),
                 "statement": {"rateBasedStatement": {"limit": 2000, "aggregateKeyType": "IP",
                                                      "evaluationWindowSec": 300}}}]}, "firewall"),
        aws("cloudwatch/LogGroup", {"name": "aws-waf-logs-partners", "retentionInDays": 365, "kmsKeyId": KEY, "tags":
                                    TAGS}, "waf-logs"),
        aws("wafv2/WebAclLoggingConfiguration", {
            "resourceArn": UNKNOWN, "logDestinationConfigs": [UNKNOWN], "redactedFields": [
                {"singleHeader": {"name": "authorization"}}, {"singleHeader": {"name": "cookie"}}]}, "waf-records",
                    links={
                    "resourceArn": ("firewall",), "logDestinationConfigs": ("waf-logs",)}),
        aws("alb/LoadBalancer", {
            "name": "partners", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS,
            "securityGroups": GROUPS, "enableDeletionProtection": True, "dropInvalidHeaderFields": True,
            "desyncMitigationMode": "strictest", "enableWafFailOpen": False, "accessLogs": {
                "bucket": "bank-balancers", "prefix": "partners", "enabled": True}, "tags": TAGS}, "balancer"),
        aws("alb/TargetGroup", {"name": "partners", "port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": VPC,
                                "healthCheck": {"protocol": "HTTPS", "path": "/ready"}, "tags": TAGS}, "targets"),
        aws("alb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "mutualAuthentication": {"mode": "verify", "trustStoreArn": arn(
                "elasticloadbalancing", "truststore/partners/0123456789abcdef")}, "defaultActions": [
                    {"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "listener", links={
                        "loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("wafv2/WebAclAssociation", {"resourceArn": UNKNOWN, "webAclArn": UNKNOWN}, "before", links={
            "resourceArn": ("balancer",), "webAclArn": ("firewall",)})),
        f"{AWS_DOCS}/waf/latest/developerguide/web-acl-testing.html; .../waf-managed-protections-best-practices, "
        f"as known",
        merged(OURS, {"residency": {"known": {"bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
    Idiom("a private API asks Cognito who calls, limits each plan and writes each call without what was sent", (
        logs("/api/limits"), aws("apigateway/RestApi", {
            "name": "limits", "disableExecuteApiEndpoint": False, "endpointConfiguration": {
                "types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]}, "policy": document(
                {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
                 "Condition": {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}},
                {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
                 "Condition": {"StringEquals": {"aws:SourceVpce": VPC_ENDPOINT}}}), "tags": TAGS}, "api"),
        aws("apigateway/Authorizer", {"restApi": UNKNOWN, "name": "staff", "type": "COGNITO_USER_POOLS",
                                      "identitySource": "method.request.header.Authorization", "providerArns": [arn(
                                          "cognito-idp", "userpool/me-central-1_AbCdEf123")]}, "staff", links={
                                              "restApi": ("api",)}),
        aws("apigateway/Resource", {"restApi": UNKNOWN, "parentId": UNKNOWN, "pathPart": "limits"}, "limits", links={
            "restApi": ("api",)}),
        aws("apigateway/RequestValidator", {"restApi": UNKNOWN, "name": "all", "validateRequestBody": True,
                                            "validateRequestParameters": True}, "all", links={"restApi": ("api",)}),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "authorization":
                                  "COGNITO_USER_POOLS", "authorizerId": UNKNOWN, "authorizationScopes": ["limits/read"],
                                  "requestValidatorId": UNKNOWN, "apiKeyRequired": False}, "get", links={
                                      "restApi": ("api",), "resourceId": ("limits",), "authorizerId": ("staff",),
                                      "requestValidatorId": ("all",)}),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "type": "AWS_PROXY",
            "integrationHttpMethod": "POST", "timeoutMilliseconds": 10000, "uri": arn("apigateway",
                "lambda:path").replace(
                f":{ME}:lambda:path",
                    f":lambda:path/2015-03-31/functions/{arn('lambda', 'function:limits:live')}/invocations")},
            "to-function", links={"restApi": ("api",), "resourceId": ("limits",)}),
        aws("lambda/Permission", {"function": "limits", "qualifier": "live", "action": "lambda:InvokeFunction",
                                  "principal": "apigateway.amazonaws.com", "sourceArn": arn("execute-api",
                                      "a1b2c3/prod/GET/limits"),
                                  "sourceAccount": ME}, "may-call"),
        aws("apigateway/Deployment", {"restApi": UNKNOWN, "description": "limits"}, "deployment", links={
            "restApi": ("api",)}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "prod", "xrayTracingEnabled": True,
            "cacheClusterEnabled": False, "accessLogSettings": {
                "destinationArn": arn("logs", "log-group:/api/limits"), "format": json.dumps({
                    "id": "$context.requestId", "who": "$context.authorizer.claims.sub", "status": "$context.status",
                    "path": "$context.resourcePath", "ip": "$context.identity.sourceIp"})}, "tags": TAGS}, "stage",
                        links={
                        "restApi": ("api",), "deployment": ("deployment",)}),
        aws("apigateway/MethodSettings", {"restApi": UNKNOWN, "stageName": UNKNOWN, "methodPath": "*/*", "settings": {
            "loggingLevel": "ERROR", "metricsEnabled": True, "dataTraceEnabled": False, "throttlingBurstLimit": 50,
            "throttlingRateLimit": 100, "cachingEnabled": False}}, "settings", links={
                "restApi": ("api",), "stageName": ("stage",)}),
        aws("apigateway/UsagePlan", {"name": "branches", "apiStages": [{"apiId": UNKNOWN, "stage": "prod"}],
            "quotaSettings": {"limit": 100000, "period": "DAY"}, "throttleSettings": {"burstLimit": 20,
                "rateLimit": 40},
            "tags": TAGS}, "plan", links={"apiStages": ("api", "stage")}),
        alarm("limits-5xx", "AWS/ApiGateway", "5XXError", 0.05, ApiName="limits", Stage="prod")),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-private-apis.html; .../security-best-practices, "
        f"as known",
        OURS),
    Idiom("a trail of the account is signed, kept seven years, and tells of the root user, refusals and lost keys", (
        *bucket("bank-records"),
        aws("kms/Key", {"description": "Records of the account", "enableKeyRotation": True, "rotationPeriodInDays": 365,
                        "deletionWindowInDays": 30, "policy": on_key("cloudtrail.amazonaws.com"), "tags": TAGS}, "key",
            protect=True),
        aws("kms/Alias", {"name": "alias/records", "targetKeyId": UNKNOWN}, "alias", links={"targetKeyId": ("key",)}),
        logs("/cloudtrail/bank"), trusted("cloudtrail.amazonaws.com", "trail"), rights("trail", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/cloudtrail/bank:log-stream:*"))),
        aws("cloudtrail/Trail", {
            "name": "bank", "s3BucketName": UNKNOWN, "s3KeyPrefix": "trail", "kmsKeyId": UNKNOWN, "isMultiRegionTrail":
            True, "includeGlobalServiceEvents": True, "enableLogFileValidation": True, "enableLogging": True,
            "cloudWatchLogsGroupArn": UNKNOWN, "cloudWatchLogsRoleArn": UNKNOWN, "insightSelectors": [
                {"insightType": "ApiCallRateInsight"}, {"insightType": "ApiErrorRateInsight"}],
            "advancedEventSelectors": [
                {"name": "management", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]},
                {"name": "lake", "fieldSelectors": [
                    {"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": [
                        "AWS::S3::Object"]}, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::bank-lake/"]}]}],
            "tags": TAGS}, "trail-of-all", links={
                "s3BucketName": ("bucket",), "kmsKeyId": ("key",), "cloudWatchLogsGroupArn": ("logs",),
                "cloudWatchLogsRoleArn": ("trail",)}),
        *(given for name, pattern in METRICS for given in (
            aws("cloudwatch/LogMetricFilter", {"name": name, "logGroupName": "/cloudtrail/bank", "pattern": pattern,
                                               "metricTransformation": {"name": name, "namespace": "Bank/Records",
                                                                        "value": "1", "defaultValue": "0"}}, name,
                links={"logGroupName": ("logs",)}),
            aws("cloudwatch/MetricAlarm", {
                "name": f"records-{name}", "namespace": "Bank/Records", "metricName": name, "statistic": "Sum",
                    "period":
                300, "evaluationPeriods": 1, "threshold": 1, "comparisonOperator": "GreaterThanOrEqualToThreshold",
                "treatMissingData": "notBreaching", "alarmActions": [arn("sns", "security-duty")], "tags": TAGS},
                f"{name}-alarm")))),
        f"{AWS_DOCS}/awscloudtrail/latest/userguide/best-practices-security.html; securityhub CIS 3.0 CloudWatch,"
        f" as known",
        merged(OURS, kept("bucket"))),
    Idiom(
        "copies of databases and volumes go to a locked vault each night, are tried monthly and told when they fail", (
        aws("kms/Key", {"description": "Copies", "enableKeyRotation": True, "deletionWindowInDays": 30,
            "policy": on_key(
            "backup.amazonaws.com"), "tags": TAGS}, "key", protect=True),
        aws("backup/Vault", {"name": "bank", "kmsKeyArn": UNKNOWN, "forceDestroy": False, "tags": TAGS}, "vault",
            protect=True, links={"kmsKeyArn": ("key",)}),
        aws("backup/VaultLockConfiguration", {"backupVaultName": UNKNOWN, "minRetentionDays": 35, "maxRetentionDays":
                                              2600, "changeableForDays": 7}, "lock",
                                                  links={"backupVaultName": ("vault",)}),
        aws("backup/VaultNotifications", {
            "backupVaultName": UNKNOWN, "snsTopicArn": arn("sns", "platform-alarms"), "backupVaultEvents": [
                "BACKUP_JOB_COMPLETED", "RESTORE_JOB_COMPLETED", "S3_BACKUP_OBJECT_FAILED"]}, "news", links={
                    "backupVaultName": ("vault",)}),
        aws("backup/Plan", {"name": "nightly", "tags": TAGS, "rules": [
            {"ruleName": "nightly", "targetVaultName": UNKNOWN, "schedule": "cron(0 22 * * ? *)",
             "scheduleExpressionTimezone": "Asia/Dubai", "startWindow": 60, "completionWindow": 360,
             "enableContinuousBackup": False, "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS},
            {"ruleName": "monthly", "targetVaultName": UNKNOWN, "schedule": "cron(0 23 1 * ? *)",
             "scheduleExpressionTimezone": "Asia/Dubai", "lifecycle": {
                 "coldStorageAfter": 90, "deleteAfter": 2555}, "recoveryPointTags": TAGS}]}, "plan", links={
                     "rules": ("vault",)}),
        trusted("backup.amazonaws.com", "copies"), *attached(
            "copies", "service-role/AWSBackupServiceRolePolicyForBackup",
            "service-role/AWSBackupServiceRolePolicyForRestores"),
        aws("backup/Selection", {"name": "tagged", "planId": UNKNOWN, "iamRoleArn": UNKNOWN, "selectionTags": [
            {"type": "STRINGEQUALS", "key": "backup", "value": "nightly"}]}, "tagged", links={
                "planId": ("plan",), "iamRoleArn": ("copies",)}),
        aws("backup/RestoreTestingPlan", {
            "name": "monthly", "scheduleExpression": "cron(0 3 5 * ? *)", "scheduleExpressionTimezone": "Asia/Dubai",
            "startWindowHours": 4, "recoveryPointSelection": {
                "algorithm": "LATEST_WITHIN_WINDOW", "includeVaults": [arn("backup", "backup-vault:bank")],
                "recoveryPointTypes": ["SNAPSHOT"], "selectionWindowDays": 7}, "tags": TAGS}, "trials"),
        aws("backup/RestoreTestingSelection", {
            "name": "databases", "restoreTestingPlanName": UNKNOWN, "protectedResourceType": "RDS", "iamRoleArn":
            UNKNOWN, "protectedResourceArns": ["*"], "validationWindowHours": 8}, "databases", links={
                "restoreTestingPlanName": ("trials",), "iamRoleArn": ("copies",)}),
        aws("backup/Framework", {"name": "bank", "description": "What copies must be", "tags": TAGS, "controls": [
            {"name": "BACKUP_RECOVERY_POINT_ENCRYPTED"}, {"name": "BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED"},
            {"name": "BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN"}]}, "framework")),
        f"{AWS_DOCS}/aws-backup/latest/devguide/vault-lock.html; "
        f"{AWS_DOCS}/prescriptive-guidance/latest/backup-recovery, as "
        "known", merged(OURS, kept("vault"))),
    Idiom("a pipeline builds an image in the network from the bank's repository, asks before production and tells", (
        *bucket("bank-pipelines"), logs("/codebuild/quotes"), trusted("codebuild.amazonaws.com", "quotes-build"),
        rights("quotes-build", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
            "logs", "log-group:/codebuild/quotes:*")), statement(["s3:GetObject", "s3:PutObject"],
                                                                 "arn:aws:s3:::bank-pipelines/*"),
            statement(["ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart",
                       "ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchGetImage"], arn("ecr",
                           "repository/quotes")),
            statement("ecr:GetAuthorizationToken", "*"), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
                       "ec2:DescribeVpcs", "ec2:DescribeDhcpOptions"], "*"),
            statement("ec2:CreateNetworkInterface", [arn("ec2", "network-interface/*"), arn("ec2", "subnet/*"), arn(
                "ec2", "security-group/*")])),
        aws("ecr/Repository", {"name": "quotes", "imageTagMutability": "IMMUTABLE", "forceDelete": False,
            "imageScanningConfiguration": {"scanOnPush": True}, "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}, "images"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [
            {"rulePriority": 1, "description": "Without a tag", "selection": {
                "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14},
             "action": {"type": "expire"}}]})}, "old", links={"repository": ("images",)}),
        aws("codebuild/Project", {
            "name": "quotes", "serviceRole": UNKNOWN, "encryptionKey": KEY, "buildTimeout": 30, "queuedTimeout": 60,
            "artifacts": {"type": "CODEPIPELINE"}, "source": {"type": "CODEPIPELINE", "buildspec": "buildspec.yml"},
            "environment": {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_MEDIUM", "image":
                            f"{ECR}/builder{DIGEST}", "imagePullCredentialsType": "SERVICE_ROLE",
                                "privilegedMode": False,
                            "environmentVariables": [{"name": "REPOSITORY", "value": f"{ECR}/quotes",
                                "type": "PLAINTEXT"}]},
            "vpcConfig": {"vpcId": VPC, "subnets": SUBNETS, "securityGroupIds": GROUPS}, "logsConfig": {
                "cloudwatchLogs": {"status": "ENABLED", "groupName": "/codebuild/quotes"}}, "tags": TAGS}, "project",
            links={"serviceRole": ("quotes-build",)}),
        trusted("codepipeline.amazonaws.com", "quotes-pipeline"), rights("quotes-pipeline", statement(
            ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-pipelines/*"), statement(
                ["codebuild:StartBuild", "codebuild:BatchGetBuilds"], arn("codebuild", "project/quotes")), statement(
                "codeconnections:UseConnection", arn("codeconnections",
                    "connection/01234567-89ab-cdef-0123-456789abcdef")),
            statement("sns:Publish", arn("sns", "quotes-approvals")), statement(["kms:Decrypt",
                "kms:GenerateDataKey"], KEY)),
        aws("codepipeline/Pipeline", {
            "name": "quotes", "pipelineType": "V2", "executionMode": "QUEUED", "roleArn": UNKNOWN, "artifactStores": [{
                "location": UNKNOWN, "type": "S3", "encryptionKey": {"id": KEY, "type": "KMS"}}], "stages": [
                {"name": "Source", "actions": [{
                    "name": "Source", "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection",
                    "version": "1", "outputArtifacts": ["source"], "configuration": {
                        "ConnectionArn": arn("codeconnections", "connection/01234567-89ab-cdef-0123-456789abcdef"),
                        "FullRepositoryId": "bank/quotes", "BranchName": "main", "OutputArtifactFormat": "CODE_ZIP"}}]},
                {"name": "Approve", "actions": [{
                    "name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1",
                    "configuration": {"NotificationArn": arn("sns", "quotes-approvals")}}]},
                {"name": "Build", "actions": [{
                    "name": "Build", "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1",
                    "inputArtifacts": ["source"], "outputArtifacts": ["built"], "configuration": {
                        "ProjectName": "quotes"}}]}], "tags": TAGS}, "pipeline", links={
                            "roleArn": ("quotes-pipeline",), "artifactStores": ("bucket",)}),
        aws("codestarnotifications/NotificationRule", {
            "name": "quotes", "detailType": "BASIC", "resource": UNKNOWN, "eventTypeIds": [
                "codepipeline-pipeline-pipeline-execution-failed", "codepipeline-pipeline-manual-approval-needed"],
            "targets": [{"address": arn("sns", "quotes-approvals"), "type": "SNS"}], "tags": TAGS}, "news", links={
                "resource": ("pipeline",)})),
        f"{AWS_DOCS}/codepipeline/latest/userguide/best-practices.html; "
        f"{AWS_DOCS}/codebuild/latest/userguide/vpc-support, "
        "as known", merged(OURS, kept("bucket"))),
)  # fmt: skip
