"""Good programs of platform teams on AWS: filters, names, jobs and models (set 26, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import APPS_ACCOUNT, log
from .twenty_third_aws import store

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
NOVA = f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0"


def seen(name: str) -> dict[str, object]:
    """Returns what a rule of the filter counts and shows."""
    return {"cloudwatchMetricsEnabled": True, "metricName": name, "sampledRequestsEnabled": True}


def managed(priority: int, name: str, **more: object) -> dict[str, object]:
    """Returns a group of rules that AWS keeps."""
    return {"name": name, "priority": priority, "overrideAction": {"none": {}}, "visibilityConfig": seen(name),
            "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name, **more}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("WAF: sign-ins and whole sites are limited, known attacks stopped, secrets left out of the records", (
        BUDGET, log("aws-waf-logs-portal", "group"),
        aws("wafv2/IpSet", {"name": "offices", "scope": "REGIONAL", "ipAddressVersion": "IPV4", "addresses": [
            "94.200.10.0/24"], "description": "Offices of the bank", "tags": TAGS}, "offices"),
        aws("wafv2/RegexPatternSet", {"name": "agents", "scope": "REGIONAL", "regularExpressions": [
            {"regexString": "(?i)sqlmap"}, {"regexString": "(?i)nikto"}], "tags": TAGS}, "agents"),
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": seen("portal"),
            "tokenDomains": ["bank.ae"], "captchaConfig": {"immunityTimeProperty": {"immunityTime": 300}},
            "associationConfig": {"requestBodies": [{"apiGateway": {"defaultSizeInspectionLimit": "KB_32"}}]},
            "customResponseBodies": [{"key": "slow", "contentType": "APPLICATION_JSON", "content":
                                      json.dumps({"error": "Too many requests"})}],
            "rules": [
                managed(0, "AWSManagedRulesAmazonIpReputationList"), managed(1, "AWSManagedRulesKnownBadInputsRuleSet"),
                managed(2, "AWSManagedRulesCommonRuleSet", ruleActionOverrides=[
                    {"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}]),
                managed(3, "AWSManagedRulesSQLiRuleSet"),
                managed(4, "AWSManagedRulesBotControlRuleSet", managedRuleGroupConfigs=[
                    {"awsManagedRulesBotControlRuleSet": {"inspectionLevel": "COMMON"}}]),
                {"name": "large-bodies", "priority": 5, "action": {"block": {}}, "visibilityConfig": seen("large"),
                 "statement": {"andStatement": {"statements": [
                     {"labelMatchStatement": {"scope": "LABEL", "key":
                         "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"}},
                     {"notStatement": {"statement": {"byteMatchStatement": {
                         "fieldToMatch": {"uriPath": {}}, "positionalConstraint": "STARTS_WITH", "searchString":
                         "/upload/", "textTransformations": [{"priority": 0, "type": "NORMALIZE_PATH"}]}}}}]}}},
                {"name": "agents", "priority": 6, "action": {"block": {}}, "visibilityConfig": seen("agents"),
                 "statement": {"regexPatternSetReferenceStatement": {
                     "arn": UNKNOWN, "fieldToMatch": {"singleHeader": {"name": "user-agent"}}, "textTransformations": [
                         {"priority": 0, "type": "NONE"}]}}},
                {"name": "sign-in", "priority": 7, "action": {"block": {"customResponse": {
                    "responseCode": 429, "customResponseBodyKey": "slow"}}}, "visibilityConfig": seen("sign-in"),
                 "statement": {"rateBasedStatement": {
                     "limit": 100, "evaluationWindowSec": 300, "aggregateKeyType": "CUSTOM_KEYS", "customKeys": [
                         {"ip": {}}, {"header": {"name": "x-device", "textTransformations": [
                             {"priority": 0, "type": "NONE"}]}}], "scopeDownStatement": {"byteMatchStatement": {
                                 "fieldToMatch": {"uriPath": {}}, "positionalConstraint": "EXACTLY", "searchString":
                                 "/sign-in", "textTransformations": [{"priority": 0, "type": "LOWERCASE"}]}}}}},
                {"name": "administration", "priority": 8, "action": {"block": {}}, "visibilityConfig":
                 seen("administration"), "statement": {"andStatement": {"statements": [
                     {"byteMatchStatement": {"fieldToMatch": {"uriPath": {}}, "positionalConstraint": "STARTS_WITH",
                                             "searchString": "/admin", "textTransformations": [
                                                 {"priority": 0, "type": "URL_DECODE"}]}},
                     {"notStatement": {"statement": {"ipSetReferenceStatement": {"arn": UNKNOWN}}}}]}}},
                {"name": "everybody", "priority": 9, "action": {"block": {}}, "visibilityConfig": seen("everybody"),
                 "statement": {"rateBasedStatement": {"limit": 2000, "aggregateKeyType": "IP"}}}], "tags": TAGS}, "acl",
            links={"rules": ("agents", "offices")}),
        aws("wafv2/WebAclLoggingConfiguration", {
            "resourceArn": UNKNOWN, "logDestinationConfigs": [arn("logs", "log-group:aws-waf-logs-portal")],
            "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"singleHeader": {"name": "cookie"}}],
            "loggingFilter": {"defaultBehavior": "DROP", "filters": [{
                "behavior": "KEEP", "requirement": "MEETS_ANY", "conditions": [
                    {"actionCondition": {"action": action}} for action in ("BLOCK", "COUNT", "CAPTCHA")]}]}}, "logging",
            links={"resourceArn": ("acl",)}),
        aws("wafv2/WebAclAssociation", {"resourceArn": arn("elasticloadbalancing", "loadbalancer/app/portal/1"),
                                        "webAclArn": UNKNOWN}, "association", links={"webAclArn": ("acl",)}),
        alarm("portal-blocked", "AWS/WAFV2", "BlockedRequests", 5000.0, WebACL="portal", Rule="ALL", Region=R)),
        f"{AWS_DOCS}/waf/latest/developerguide/aws-managed-rule-groups-list.html; .../waf-rule-statement-type-rate-"
        "based.html, as known", OURS),
    Idiom("Route 53: a private zone of two networks answers by weight and by health, and another account may join it", (
        BUDGET,
        aws("route53/Zone", {"name": "apps.bank.ae", "comment": "Names of apps inside", "forceDestroy": False, "vpcs": [
            {"vpcId": VPC, "vpcRegion": R}, {"vpcId": "vpc-0fedcba9876543210", "vpcRegion": R}], "tags": TAGS}, "zone"),
        aws("route53/VpcAssociationAuthorization", {"zoneId": UNKNOWN, "vpcId": "vpc-00000000000000abc", "vpcRegion":
            R}, "authorization", links={"zoneId": ("zone",)}),
        *(aws("route53/HealthCheck", {
            "type": "CLOUDWATCH_METRIC", "cloudwatchAlarmName": f"rates-{side}", "cloudwatchAlarmRegion": R,
            "insufficientDataHealthStatus": "LastKnownStatus", "tags": {**TAGS, "Name": f"rates-{side}"}},
            f"health-{side}") for side in ("a", "b")),
        *(alarm(f"rates-{side}", "AWS/ApplicationELB", "UnHealthyHostCount", 1.0, LoadBalancer=f"app/rates-{side}/1")
          for side in ("a", "b")),
        *(aws("route53/Record", {
            "zoneId": UNKNOWN, "name": "rates.apps.bank.ae", "type": "A", "setIdentifier": side, "healthCheckId":
            UNKNOWN, "weightedRoutingPolicies": [{"weight": weight}], "aliases": [{
                "name": f"internal-rates-{side}-1234567890.{R}.elb.amazonaws.com", "zoneId": "Z08230872XQRWHG2XF6I",
                "evaluateTargetHealth": True}]}, f"rates-{side}-record", links={
                    "zoneId": ("zone",), "healthCheckId": (f"health-{side}",)}) for side, weight in (
                        ("a", 90), ("b", 10))),
        *(aws("route53/Record", {
            "zoneId": UNKNOWN, "name": "ledger.apps.bank.ae", "type": "CNAME", "ttl": 30, "setIdentifier": kind.lower(),
            "failoverRoutingPolicies": [{"type": kind}], "records": [target], **more}, f"ledger-{kind.lower()}", links={
                "zoneId": ("zone",)}) for kind, target, more in (
                    ("PRIMARY", f"ledger.cluster-abcdefghijkl.{R}.rds.amazonaws.com", {"healthCheckId": UNKNOWN}),
                    ("SECONDARY", f"ledger-2.cluster-abcdefghijkl.{R}.rds.amazonaws.com", {}))),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "_acme-challenge.apps.bank.ae", "type": "TXT", "ttl": 300,
                               "records": ["kept by the issuer of the bank"]}, "txt", links={"zoneId": ("zone",)}),
        log("/aws/route53/queries", "group"),
        aws("route53/ResolverQueryLogConfig", {"name": "queries", "destinationArn": arn(
            "logs", "log-group:/aws/route53/queries"), "tags": TAGS}, "queries"),
        aws("route53/ResolverQueryLogConfigAssociation", {"resolverQueryLogConfigId": UNKNOWN, "resourceId": VPC},
            "queries-vpc", links={"resolverQueryLogConfigId": ("queries",)})),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html; "
        ".../dns-failover-private-hosted-zones.html, as known", merged(OURS, {"residency": {"known": {
            "vpc-00000000000000abc": "the network of our own account of apps, in me-central-1"}}})),
    Idiom("Glue: a job of streams reads Kinesis into Iceberg by its schema, and restarts itself from where it was", (
        BUDGET, *store("bank-lake-raw", "lake"),
        aws("glue/SecurityConfiguration", {"name": "sealed", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "sealed"),
        aws("glue/Registry", {"registryName": "payments", "description": "Forms of events", "tags": TAGS}, "registry"),
        aws("glue/Schema", {
            "schemaName": "transfer", "registryArn": UNKNOWN, "dataFormat": "AVRO", "compatibility": "BACKWARD_ALL",
            "schemaDefinition": json.dumps({"type": "record", "name": "transfer", "namespace": "ae.bank", "fields": [
                {"name": "id", "type": "string"}, {"name": "fils", "type": "long"}, {
                    "name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}), "tags": TAGS},
            "schema", links={"registryArn": ("registry",)}),
        aws("glue/CatalogDatabase", {"name": "raw", "locationUri": "s3://bank-lake-raw/", "tags": TAGS}, "raw"),
        aws("glue/Connection", {"name": "network", "connectionType": "NETWORK", "physicalConnectionRequirements": {
            "subnetId": SUBNETS[0], "securityGroupIdLists": GROUPS, "availabilityZone": f"{R}a"}, "tags": TAGS},
            "network"),
        trusted("glue.amazonaws.com", "stream-job"),
        rights("stream-job", statement(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                                       "arn:aws:s3:::bank-lake-raw/*"), statement("s3:ListBucket",
                                                                                  "arn:aws:s3:::bank-lake-raw"),
               statement("s3:GetObject", "arn:aws:s3:::platform-artifacts/glue/*"),
               statement(["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:GetShardIterator",
                          "kinesis:GetRecords", "kinesis:DescribeStream"], arn("kinesis", "stream/transfers")),
               statement(["glue:GetDatabase", "glue:GetTable", "glue:CreateTable", "glue:UpdateTable"], [
                   arn("glue", "catalog"), arn("glue", "database/raw"), arn("glue", "table/raw/*")]),
               statement(["glue:GetSchemaVersion", "glue:GetSchemaByDefinition"], [
                   arn("glue", "registry/payments"), arn("glue", "schema/payments/*")]),
               statement("glue:GetConnection", [arn("glue", "catalog"), arn("glue", "connection/network")]),
               statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:AssociateKmsKey"], arn(
                   "logs", "log-group:/aws-glue/jobs/*")), statement("cloudwatch:PutMetricData", "*", {
                       "StringEquals": {"cloudwatch:namespace": "Glue"}}), statement(
                   ["ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpoints",
                    "ec2:DescribeRouteTables", "ec2:DescribeNetworkInterfaces"]), statement(
                   ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"], [
                       f"arn:aws:ec2:{R}:{ME}:{kind}/*" for kind in ("network-interface", "subnet",
                                                                     "security-group")]), USES_KEY),
        aws("glue/Job", {
            "name": "transfers-stream", "roleArn": UNKNOWN, "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 4, "timeout": 2880, "maxRetries": 0, "executionClass": "STANDARD",
            "securityConfiguration": UNKNOWN, "connections": [UNKNOWN], "executionProperty": {"maxConcurrentRuns": 1},
            "maintenanceWindow": "Fri:22", "command": {
                "name": "gluestreaming", "pythonVersion": "3", "scriptLocation":
                "s3://platform-artifacts/glue/transfers-1.3.0.py"}, "defaultArguments": {
                "--job-language": "python", "--datalake-formats": "iceberg", "--enable-metrics": "true",
                "--enable-continuous-cloudwatch-log": "true", "--enable-auto-scaling": "true",
                "--enable-observability-metrics": "true", "--TempDir": "s3://bank-lake-raw/tmp/",
                "--checkpoint": "s3://bank-lake-raw/checkpoints/transfers/", "--stream": arn(
                    "kinesis", "stream/transfers"), "--window": "60 seconds"}, "tags": TAGS}, "job", links={
                "roleArn": ("stream-job",), "securityConfiguration": ("sealed",), "connections": ("network",)}),
        aws("glue/Trigger", {"name": "transfers-restart", "type": "SCHEDULED", "schedule": "cron(0/30 * * * ? *)",
                             "startOnCreation": True, "actions": [{"jobName": UNKNOWN, "timeout": 2880}], "tags": TAGS},
            "trigger", links={"actions": ("job",)})),
        f"{AWS_DOCS}/glue/latest/dg/add-job-streaming.html; .../aws-glue-programming-etl-format-iceberg.html, as known",
        merged(OURS, merged(kept("lake"), {
            "residency": {"known": {"bank-lake-raw": "our own bucket, in me-central-1", "platform-artifacts":
                                    "our own bucket, in me-central-1"}},
            "escape": {"code_sources": {"platform-artifacts": "our own pipeline's artefacts, in me-central-1"}}}))),
    Idiom("SageMaker: approved models go to the account of apps, answer by pieces of one endpoint, and are watched", (
        BUDGET,
        aws("sagemaker/ModelPackageGroup", {"modelPackageGroupName": "fraud", "modelPackageGroupDescription":
                                            "Models of card fraud", "tags": TAGS}, "packages"),
        aws("sagemaker/ModelPackageGroupPolicy", {"modelPackageGroupName": UNKNOWN, "resourcePolicy": document({
            "Sid": "Apps", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{APPS_ACCOUNT}:role/deploy-models"},
            "Action": ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages",
                       "sagemaker:DescribeModelPackageGroup"], "Resource": [
                arn("sagemaker", "model-package-group/fraud"), arn("sagemaker", "model-package/fraud/*")]})},
            "packages-policy", links={"modelPackageGroupName": ("packages",)}),
        *store("bank-fraud-answers", "answers"), trusted("sagemaker.amazonaws.com", "fraud"),
        rights("fraud", statement(["s3:GetObject"], "arn:aws:s3:::bank-models/fraud/*"), statement(
            "s3:PutObject", "arn:aws:s3:::bank-fraud-answers/*"), statement("ecr:GetAuthorizationToken"), statement(
            ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"], arn(
                "ecr", "repository/fraud")), statement(["logs:CreateLogStream", "logs:PutLogEvents",
                                                        "logs:CreateLogGroup", "logs:DescribeLogStreams"], arn(
                    "logs", "log-group:/aws/sagemaker/*")), statement("cloudwatch:PutMetricData", "*", {
                        "StringLike": {"cloudwatch:namespace": ["/aws/sagemaker/*", "AWS/SageMaker"]}}), statement(
            ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface",
             "ec2:DescribeNetworkInterfaces", "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeDhcpOptions",
             "ec2:DescribeSecurityGroups"], "*", {"StringEqualsIfExists": {"ec2:Vpc": arn("ec2", f"vpc/{VPC}")}}),
               USES_KEY),
        aws("sagemaker/Model", {
            "name": "fraud-7", "executionRoleArn": UNKNOWN, "enableNetworkIsolation": True, "vpcConfig": {
                "subnets": SUBNETS, "securityGroupIds": GROUPS}, "primaryContainer": {
                "image": f"{ECR}/fraud{DIGEST}", "mode": "SingleModel", "modelDataSource": {"s3DataSources": [{
                    "s3Uri": "s3://bank-models/fraud/7/", "s3DataType": "S3Prefix", "compressionType": "None"}]},
                "environment": {"MODEL_SERVER_WORKERS": "2"}}, "tags": TAGS}, "model", links={
                    "executionRoleArn": ("fraud",)}),
        aws("sagemaker/EndpointConfiguration", {
            "name": "fraud-7", "kmsKeyArn": KEY, "productionVariants": [{
                "variantName": "main", "modelName": UNKNOWN, "instanceType": "ml.m5.xlarge", "initialInstanceCount": 2,
                "initialVariantWeight": 1.0, "enableSsmAccess": False, "modelDataDownloadTimeoutInSeconds": 600,
                "containerStartupHealthCheckTimeoutInSeconds": 300}], "dataCaptureConfig": {
                "enableCapture": True, "initialSamplingPercentage": 20, "destinationS3Uri":
                "s3://bank-fraud-answers/captured", "kmsKeyId": KEY, "captureOptions": [
                    {"captureMode": "Input"}, {"captureMode": "Output"}], "captureContentTypeHeader": {
                        "jsonContentTypes": ["application/json"]}}, "tags": TAGS}, "config", links={
                            "productionVariants": ("model",)}),
        aws("sagemaker/Endpoint", {
            "name": "fraud", "endpointConfigName": UNKNOWN, "deploymentConfig": {
                "blueGreenUpdatePolicy": {"terminationWaitInSeconds": 300, "maximumExecutionTimeoutInSeconds": 3600,
                                          "trafficRoutingConfiguration": {
                    "type": "LINEAR", "waitIntervalInSeconds": 300, "linearStepSize": {
                        "type": "CAPACITY_PERCENT", "value": 50}}}, "autoRollbackConfiguration": {"alarms": [
                            {"alarmName": "fraud-errors"}, {"alarmName": "fraud-slow"}]}}, "tags": TAGS}, "endpoint",
            links={"endpointConfigName": ("config",)}),
        alarm("fraud-errors", "AWS/SageMaker", "Invocation5XXErrors", 1.0, EndpointName="fraud", VariantName="main"),
        alarm("fraud-slow", "AWS/SageMaker", "ModelLatency", 200000.0, EndpointName="fraud", VariantName="main")),
        f"{AWS_DOCS}/sagemaker/latest/dg/model-registry-deploy-xaccount.html; .../deployment-guardrails-blue-green.html"
        ", as known", merged(OURS, merged(kept("answers"), {
            "identity": {"trusted": {APPS_ACCOUNT: "our account of the apps"}}, "residency": {"known": {
                APPS_ACCOUNT: "our account of the apps, in me-central-1", "bank-fraud-answers":
                    "our own bucket, in me-central-1"}}}))),
    Idiom("Bedrock: a prompt with versions, a profile for each team's costs, records of calls and a role for the app", (
        BUDGET, *store("bank-bedrock-records", "records"), log("/aws/bedrock/calls", "group"),
        aws("bedrock/Guardrail", {
            "name": "letters", "description": "Letters to customers", "kmsKeyArn": KEY, "blockedInputMessaging":
            "This cannot be asked here.", "blockedOutputsMessaging": "This cannot be answered here.",
            "contentPolicyConfig": {"filtersConfigs": [
                {"type": kind, "inputStrength": "HIGH", "outputStrength": "NONE" if kind == "PROMPT_ATTACK" else "HIGH"}
                for kind in ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT", "PROMPT_ATTACK")]},
            "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [
                {"type": "CREDIT_DEBIT_CARD_NUMBER", "action": "BLOCK"}, {"type": "EMAIL", "action": "ANONYMIZE"}],
                "regexesConfigs": [{"name": "emirates-id", "pattern": "784-\\d{4}-\\d{7}-\\d", "action": "BLOCK",
                                    "description": "Emirates ID"}]},
            "contextualGroundingPolicyConfig": {"filtersConfigs": [
                {"type": "GROUNDING", "threshold": 0.8}, {"type": "RELEVANCE", "threshold": 0.7}]}, "tags": TAGS},
            "guardrail"),
        aws("bedrock/GuardrailVersion", {"guardrailArn": UNKNOWN, "description": "First"}, "guardrail-1", links={
            "guardrailArn": ("guardrail",)}),
        aws("bedrock/AgentPrompt", {
            "name": "letters", "description": "Writes a letter", "customerEncryptionKeyArn": KEY, "defaultVariant":
            "short", "variants": [{
                "name": "short", "modelId": NOVA, "templateType": "TEXT", "inferenceConfiguration": {"text": {
                    "maxTokens": 800, "temperature": 0.2}}, "templateConfiguration": {"text": {
                        "text": "Write a short letter about {{subject}} in {{language}}.", "inputVariables": [
                            {"name": "subject"}, {"name": "language"}]}}}], "tags": TAGS}, "prompt"),
        *(aws("bedrock/InferenceProfile", {"name": f"letters-{team}", "description": f"Calls of {team}", "modelSource":
            {"copyFrom": NOVA}, "tags": {**TAGS, "team": team}}, f"profile-{team}")
          for team in ("retail", "corporate")),
        trusted("bedrock.amazonaws.com", "bedrock-records"),
        rights("bedrock-records", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
            "logs", "log-group:/aws/bedrock/calls:log-stream:aws/bedrock/modelinvocations"))),
        aws("bedrockmodel/InvocationLoggingConfiguration", {"loggingConfig": {
            "textDataDeliveryEnabled": True, "imageDataDeliveryEnabled": False, "embeddingDataDeliveryEnabled": False,
            "cloudwatchConfig": {"logGroupName": "/aws/bedrock/calls", "roleArn": UNKNOWN, "largeDataDeliveryS3Config":
                {"bucketName": "bank-bedrock-records", "keyPrefix": "large"}}}}, "logging", links={
                    "loggingConfig": ("bedrock-records",)}),
        aws("iam/Role", {"name": "letters-app", "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}), "tags": TAGS, "permissionsBoundary": arn(
                "iam", "policy/apps-boundary").replace(f":{R}:", "::")}, "letters-app"),
        rights("letters-app", statement(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"], [
            arn("bedrock", "application-inference-profile/*"), NOVA], {"StringEquals": {
                "bedrock:GuardrailIdentifier": f"{arn('bedrock', 'guardrail/abcdefghij12')}:1"}}), statement(
            ["bedrock:GetPrompt", "bedrock:RenderPrompt"], arn("bedrock", "prompt/*")), statement(
            "bedrock:ApplyGuardrail", arn("bedrock", "guardrail/abcdefghij12")), statement("kms:Decrypt", KEY)),
        alarm("bedrock-throttled", "AWS/Bedrock", "InvocationThrottles", 10.0, ModelId="amazon.nova-lite-v1:0")),
        f"{AWS_DOCS}/bedrock/latest/userguide/guardrails-permissions-id.html; .../inference-profiles-create.html; "
        ".../model-invocation-logging.html, as known", merged(OURS, merged(kept("records"), merged(unpriced(
            "aws:bedrock/agentPrompt:AgentPrompt::prompt"), {
            "residency": {"known": {"bank-bedrock-records": "our own bucket, in me-central-1"}}})))),
)  # fmt: skip
