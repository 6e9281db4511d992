"""Good idioms of platform teams on AWS: nodes, patches, readers and guardrails of models (set 19, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .nineteenth_aws import alarm
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import logs, rights, trusted

NODE_CLASS = document(
    statement(["ec2:RunInstances", "ec2:CreateFleet"], [
        f"arn:aws:ec2:{R}::image/*", f"arn:aws:ec2:{R}:*:security-group/*", f"arn:aws:ec2:{R}:*:subnet/*"]),
    statement(["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"], [
        f"arn:aws:ec2:{R}:*:{kind}/*" for kind in (
            "fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request")],
        {"StringEquals": {"aws:RequestTag/kubernetes.io/cluster/models": "owned", "aws:RequestTag/eks:eks-cluster-name":
                          "models"}, "StringLike": {"aws:RequestTag/karpenter.sh/nodepool": "*"}}),
    statement(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"], [
        f"arn:aws:ec2:{R}:*:instance/*", f"arn:aws:ec2:{R}:*:launch-template/*"], {
            "StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/models": "owned"}, "StringLike": {
                "aws:ResourceTag/karpenter.sh/nodepool": "*"}}),
    statement(["ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeSubnets",
               "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplates", "ec2:DescribeSecurityGroups",
               "ec2:DescribeSpotPriceHistory"], "*", {"StringEquals": {"aws:RequestedRegion": R}}),
    statement("ssm:GetParameter", f"arn:aws:ssm:{R}::parameter/aws/service/*"), statement("pricing:GetProducts"),
    statement(["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], arn("sqs", "models-karpenter")),
    statement("iam:PassRole", role_arn("models-node"), {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
    statement("eks:DescribeCluster", arn("eks", "cluster/models")))  # fmt: skip
EVENTS = {"health": ("aws.health", "AWS Health Event"), "rebalance": ("aws.ec2",
    "EC2 Instance Rebalance Recommendation"),
          "spot": ("aws.ec2", "EC2 Spot Instance Interruption Warning"),
          "state": ("aws.ec2", "EC2 Instance State-change Notification")}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("documents that arrive are read by a function from a queue, and what fails twice waits with an alarm", (
        BUDGET, logs("/aws/lambda/reader"), trusted("lambda.amazonaws.com", "reading"),
        rights("reading", statement(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                                   arn("sqs", "documents")),
               statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/lambda/reader:*")),
               statement(["kms:Decrypt"], KEY), statement(["s3:GetObject"], "arn:aws:s3:::bank-datasets/inbox/*"),
               statement(["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets",
                          "ec2:DeleteNetworkInterface"])),
        aws("sqs/Queue", {"name": "documents-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
                          "tags": TAGS}, "dead"),
        aws("sqs/Queue", {
            "name": "documents", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300, "visibilityTimeoutSeconds":
            360, "receiveWaitTimeSeconds": 20, "messageRetentionSeconds": 345600, "tags": TAGS,
                "redrivePolicy": UNKNOWN},
            "queue", links={"redrivePolicy": ("dead",)}),
        aws("lambda/Function", {
            "name": "reader", "packageType": "Image", "imageUri": f"{ECR}/reader{DIGEST}", "role": UNKNOWN, "timeout":
            60, "memorySize": 1769, "architectures": ["arm64"], "reservedConcurrentExecutions": 20, "kmsKeyArn": KEY,
            "publish": True, "ephemeralStorage": {"size": 1024}, "tracingConfig": {"mode": "Active"}, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "ipv6AllowedForDualStack": False},
            "loggingConfig": {"logFormat": "JSON", "applicationLogLevel": "INFO", "systemLogLevel": "WARN", "logGroup":
                              "/aws/lambda/reader"}, "environment": {"variables": {
                                  "POWERTOOLS_SERVICE_NAME": "reader", "LOG_LEVEL": "INFO"}}, "tags": TAGS}, "reader",
            links={"role": ("reading",)}),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": UNKNOWN, "batchSize": 10, "maximumBatchingWindowInSeconds": 5,
            "functionResponseTypes": ["ReportBatchItemFailures"], "scalingConfig": {"maximumConcurrency": 10},
            "kmsKeyArn": KEY, "tags": TAGS, "metricsConfig": {"metrics": ["EventCount"]}, "filterCriteria": {
                "filters": [{"pattern": json.dumps({"body": {"kind": ["invoice", "letter"]}})}]}}, "mapping", links={
                    "eventSourceArn": ("queue",), "functionName": ("reader",)}),
        alarm("documents-dead-age", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "documents-dead"},
            0)),
        f"{AWS_DOCS}/lambda/latest/dg/services-sqs-configure.html; docs.powertools.aws.dev/lambda/python", OURS),
    Idiom("Karpenter makes and ends the nodes of one cluster with the published rights, and hears of interruptions", (
        BUDGET,
        aws("sqs/Queue", {"name": "models-karpenter", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 300, "tags":
                          TAGS}, "interruptions"),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]}, "Action":
             "sqs:SendMessage", "Resource": arn("sqs", "models-karpenter"), "Condition": {
                 "StringEquals": {"aws:SourceAccount": ME}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "models-karpenter"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "who", links={"queueUrl": ("interruptions",)}),
        *(given for name, (source, kind) in EVENTS.items() for given in (
            aws("cloudwatch/EventRule", {"name": name, "state": "ENABLED", "tags": TAGS, "eventPattern": json.dumps({
                "source": [source], "detail-type": [kind]})}, name),
            aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "targetId": "karpenter", "arn": UNKNOWN}, f"{name}-target",
                links={"rule": (name,), "arn": ("interruptions",)}))),
        trusted("ec2.amazonaws.com", "models-node"),
        *(aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": f"arn:aws:iam::aws:policy/{name}"}, name,
              links={"role": ("models-node",)}) for name in (
                  "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore")),
        aws("iam/Role", {"name": "karpenter", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {
                    "aws:RequestTag/kubernetes-namespace": "kube-system", "aws:SourceAccount": ME}}})}, "controller"),
        aws("iam/Policy", {"name": "karpenter", "policy": NODE_CLASS, "tags": TAGS}, "karpenter-rights"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": UNKNOWN}, "attached", links={
            "role": ("controller",), "policyArn": ("karpenter-rights",)}),
        aws("eks/AccessEntry", {"clusterName": "models", "principalArn": UNKNOWN, "type": "EC2_LINUX", "tags": TAGS},
            "nodes", links={"principalArn": ("models-node",)}),
        aws("eks/PodIdentityAssociation", {
            "clusterName": "models", "namespace": "kube-system", "serviceAccount": "karpenter", "roleArn": UNKNOWN,
            "tags": TAGS}, "karpenter", links={"roleArn": ("controller",)})),
        "karpenter.sh/docs/reference/cloudformation; aws/karpenter-provider-aws, website/content/en/docs/reference",
        {**OURS, "presets": ["karpenter"]}),
    Idiom("machines are patched on Saturday nights by groups, their state is gathered, and a look comes first", (
        BUDGET,
        aws("ssm/PatchBaseline", {
            "name": "rhel", "operatingSystem": "REDHAT_ENTERPRISE_LINUX", "description": "Security within a week",
            "approvedPatchesComplianceLevel": "HIGH", "approvedPatchesEnableNonSecurity": False,
                "rejectedPatchesAction":
            "BLOCK", "approvalRules": [{"approveAfterDays": 7, "complianceLevel": "CRITICAL", "patchFilters": [
                {"key": "CLASSIFICATION", "values": ["Security"]}, {"key": "SEVERITY", "values": [
                    "Critical", "Important"]}]}], "tags": TAGS}, "rhel"),
        aws("ssm/PatchGroup", {"baselineId": UNKNOWN, "patchGroup": "prod"}, "prod", links={"baselineId": ("rhel",)}),
        aws("ssm/MaintenanceWindow", {
            "name": "saturday", "schedule": "cron(0 23 ? * SAT *)", "scheduleTimezone": "Asia/Dubai", "duration": 4,
            "cutoff": 1, "allowUnassociatedTargets": False, "enabled": True, "tags": TAGS}, "saturday"),
        aws("ssm/MaintenanceWindowTarget", {
            "windowId": UNKNOWN, "name": "prod", "resourceType": "INSTANCE", "targets": [
                {"key": "tag:PatchGroup", "values": ["prod"]}]}, "machines", links={"windowId": ("saturday",)}),
        aws("ssm/MaintenanceWindowTask", {
            "windowId": UNKNOWN, "name": "patch", "taskType": "RUN_COMMAND", "taskArn": "AWS-RunPatchBaseline",
            "priority": 1, "maxConcurrency": "20%", "maxErrors": "5%", "cutoffBehavior": "CANCEL_TASK",
            "serviceRoleArn": role_arn("maintenance"), "targets": [{"key": "WindowTargetIds", "values": [UNKNOWN]}],
            "taskInvocationParameters": {"runCommandParameters": {
                "documentVersion": "$DEFAULT", "timeoutSeconds": 3600, "comment": "Patches of the week", "parameters": [
                    {"name": "Operation", "values": ["Install"]}, {"name": "RebootOption", "values": [
                        "RebootIfNeeded"]}],
                "cloudwatchConfig": {"cloudwatchOutputEnabled": True, "cloudwatchLogGroupName": "/ssm/patch"}}}},
                    "patch",
            links={"windowId": ("saturday",), "targets": ("machines",)}),
        aws("ssm/Association", {
            "name": "AWS-GatherSoftwareInventory", "associationName": "inventory",
                "scheduleExpression": "rate(12 hours)",
            "complianceSeverity": "MEDIUM", "maxConcurrency": "50", "maxErrors": "10", "targets": [
                {"key": "tag:PatchGroup", "values": ["prod"]}], "parameters": {
                    "applications": "Enabled", "networkConfig": "Enabled", "services": "Enabled"}, "tags": TAGS},
            "inventory"),
        aws("ssm/Association", {
            "name": "AWS-RunPatchBaseline", "associationName": "look", "scheduleExpression": "cron(0 3 * * ? *)",
            "targets": [{"key": "tag:PatchGroup", "values": ["prod"]}], "parameters": {"Operation": "Scan"},
            "outputLocation": {"s3BucketName": "bank-trail", "s3KeyPrefix": "ssm"}, "tags": TAGS}, "look")),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager.html; maintenance-window-tutorials.html", OURS),
    Idiom("requests of the assistant are told apart by a guardrail, and each call of a model is kept", (
        BUDGET, logs("/bedrock/calls"), trusted("bedrock.amazonaws.com", "calls"),
        rights("calls", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                  arn("logs", "log-group:/bedrock/calls:*"))),
        aws("bedrock/Guardrail", {
            "name": "assistant", "blockedInputMessaging": "This cannot be answered.", "blockedOutputsMessaging":
            "This cannot be answered.", "kmsKeyArn": KEY, "description": "Assistant of staff", "tags": TAGS,
            "contentPolicyConfig": {"tierConfigs": [{"tierName": "CLASSIC"}], "filtersConfigs": [
                {"type": kind, "inputStrength": "HIGH", "outputStrength": "NONE" if kind == "PROMPT_ATTACK" else "HIGH"}
                for kind in ("HATE", "INSULTS", "MISCONDUCT", "PROMPT_ATTACK", "SEXUAL", "VIOLENCE")]},
            "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [
                {"type": kind, "action": "ANONYMIZE"} for kind in ("EMAIL", "PHONE", "NAME", "ADDRESS")] + [
                    {"type": "CREDIT_DEBIT_CARD_NUMBER", "action": "BLOCK"}], "regexesConfigs": [{
                        "name": "emirates-id", "description": "Emirates ID", "pattern": "784-[0-9]{4}-[0-9]{7}-[0-9]",
                        "action": "ANONYMIZE"}]},
            "contextualGroundingPolicyConfig": {"filtersConfigs": [
                {"type": "GROUNDING", "threshold": 0.75}, {"type": "RELEVANCE", "threshold": 0.5}]},
            "wordPolicyConfig": {"managedWordListsConfigs": [{"type": "PROFANITY"}]}, "topicPolicyConfig": {
                "topicsConfigs": [{"name": "advice", "type": "DENY", "definition": "Advice on what to buy or sell",
                                   "examples": ["Which shares should I buy?"]}]}}, "guardrail"),
        aws("bedrock/GuardrailVersion", {"guardrailArn": UNKNOWN, "description": "1", "skipDestroy": True}, "one",
            links={
            "guardrailArn": ("guardrail",)}),
        aws("bedrockmodel/InvocationLoggingConfiguration", {"loggingConfig": {
            "textDataDeliveryEnabled": True, "imageDataDeliveryEnabled": False, "embeddingDataDeliveryEnabled": True,
            "cloudwatchConfig": {"logGroupName": UNKNOWN, "roleArn": UNKNOWN}}}, "calls-kept", links={
                "loggingConfig": ("logs", "calls")}),
        aws("cloudwatch/LogDataProtectionPolicy", {"logGroupName": UNKNOWN, "policyDocument": json.dumps({
            "Name": "mask", "Version": "2021-06-01", "Statement": [
                {"Sid": "audit", "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
                 "Operation": {"Audit": {"FindingsDestination": {}}}},
                {"Sid": "mask", "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
                 "Operation": {"Deidentify": {"MaskConfig": {}}}}]})}, "masked", links={"logGroupName": ("logs",)})),
        f"{AWS_DOCS}/bedrock/latest/userguide/guardrails-create.html; model-invocation-logging.html", OURS),
)  # fmt: skip
