"""Good idioms of platform teams on AWS: delivery, rights of pipelines, money, monitoring and copies (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS
from .twenty_second_xaws import PATTERNS, attached
from .twenty_third_aws import store

BUILD = """version: 0.2
phases:
  pre_build:
    commands:
      - aws ecr get-login-password | buildah login --username AWS --password-stdin $REGISTRY
  build:
    commands:
      - buildah build --isolation chroot --tag $REGISTRY/tariffs:$CODEBUILD_RESOLVED_SOURCE_VERSION .
      - buildah push $REGISTRY/tariffs:$CODEBUILD_RESOLVED_SOURCE_VERSION
artifacts:
  files: [taskdef.json, appspec.yaml, imageDetail.json]
reports:
  tests:
    files: ["reports/*.xml"]
    file-format: JUNITXML
"""
FORGE = "token.actions.githubusercontent.com"
STATE = "bank-pulumi-state"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a pipeline builds an image in the network and moves the traffic of a service by parts, back when it alarms",
        (
        BUDGET, *store("bank-tariffs-builds", "artifacts", expiration={"days": 90}), logs("/aws/codebuild/tariffs"),
        trusted("codebuild.amazonaws.com", "tariffs-build"), rights("tariffs-build", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/codebuild/tariffs:*")),
                statement(
            ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], "arn:aws:s3:::bank-tariffs-builds/*"), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement("ecr:GetAuthorizationToken"), statement(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload",
             "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"], arn(
                 "ecr", "repository/tariffs")), statement(
            ["codebuild:CreateReportGroup", "codebuild:CreateReport", "codebuild:UpdateReport",
             "codebuild:BatchPutTestCases"], arn("codebuild", "report-group/tariffs-*")), statement(
            ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
                "ec2:DescribeDhcpOptions",
             "ec2:DescribeVpcs", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"]), statement(
            "ec2:CreateNetworkInterfacePermission", arn("ec2", "network-interface/*"), {"StringEquals": {
                "ec2:AuthorizedService": "codebuild.amazonaws.com", "ec2:Subnet": [
                    arn("ec2", f"subnet/{name}") for name in SUBNETS]}})),
        aws("codebuild/Project", {
            "name": "tariffs", "serviceRole": UNKNOWN, "buildTimeout": 30, "queuedTimeout": 60,
                "concurrentBuildLimit": 2,
            "encryptionKey": KEY, "artifacts": {"type": "CODEPIPELINE"}, "source": {"type": "CODEPIPELINE", "buildspec":
                                                                                    BUILD}, "environment": {
                "type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_MEDIUM",
                    "image": f"{ECR}/builds/buildah{DIGEST}",
                "imagePullCredentialsType": "SERVICE_ROLE", "privilegedMode": False, "environmentVariables": [
                    {"name": "REGISTRY", "value": ECR, "type": "PLAINTEXT"}]}, "vpcConfig": {
                "vpcId": VPC, "subnets": SUBNETS, "securityGroupIds": GROUPS}, "logsConfig": {"cloudwatchLogs": {
                    "groupName": "/aws/codebuild/tariffs", "status": "ENABLED"}}, "cache": {
                        "type": "LOCAL", "modes": ["LOCAL_SOURCE_CACHE"]}, "tags": TAGS}, "build", links={
                            "serviceRole": ("tariffs-build",)}),
        trusted("codedeploy.amazonaws.com", "tariffs-deploy"), *attached("tariffs-deploy",
            "AWSCodeDeployRoleForECSLimited"),
        aws("codedeploy/Application", {"name": "tariffs", "computePlatform": "ECS", "tags": TAGS}, "application"),
        aws("codedeploy/DeploymentGroup", {
            "appName": "tariffs", "deploymentGroupName": "tariffs", "serviceRoleArn": UNKNOWN, "deploymentConfigName":
            "CodeDeployDefault.ECSCanary10Percent5Minutes", "deploymentStyle": {
                "deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}, "ecsService": {
                    "clusterName": "apps", "serviceName": "tariffs"}, "autoRollbackConfiguration": {
                        "enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]},
            "alarmConfiguration": {"enabled": True, "alarms": ["tariffs-5xx"]}, "blueGreenDeploymentConfig": {
                "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE",
                    "terminationWaitTimeInMinutes": 30}},
            "loadBalancerInfo": {"targetGroupPairInfo": {"prodTrafficRoute": {"listenerArns": [arn(
                "elasticloadbalancing", "listener/app/tariffs/0123/4567")]}, "targetGroups": [
                    {"name": "tariffs-blue"}, {"name": "tariffs-green"}]}}, "tags": TAGS}, "deploy", links={
                        "appName": ("application",), "serviceRoleArn": ("tariffs-deploy",)}),
        trusted("codepipeline.amazonaws.com", "tariffs-pipeline"), rights("tariffs-pipeline", statement(
            ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], "arn:aws:s3:::bank-tariffs-builds/*"), statement(
                ["codebuild:StartBuild", "codebuild:BatchGetBuilds"], arn("codebuild", "project/tariffs")), statement(
                "codestar-connections:UseConnection", arn("codestar-connections", "connection/bank"), {"StringEquals": {
                    "codestar-connections:FullRepositoryId": "platform/tariffs"}}), statement(
                ["codedeploy:CreateDeployment", "codedeploy:GetDeployment", "codedeploy:GetApplication",
                 "codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision",
                 "codedeploy:GetDeploymentConfig"], [arn("codedeploy", "application:tariffs"), arn(
                     "codedeploy", "deploymentgroup:tariffs/tariffs"), arn("codedeploy", "deploymentconfig:*")]),
            statement("ecs:RegisterTaskDefinition", "*", {"StringEquals": {"aws:RequestTag/project": "arabic-llm"}}),
            statement("iam:PassRole", [role_arn("tariffs-task"), role_arn("tariffs-execution")], {"StringEquals": {
                "iam:PassedToService": "ecs-tasks.amazonaws.com"}}), statement(["kms:Decrypt", "kms:GenerateDataKey"],
                    KEY),
            statement("sns:Publish", ALARMS)),
        aws("codepipeline/Pipeline", {
            "name": "tariffs", "pipelineType": "V2", "executionMode": "QUEUED", "roleArn": UNKNOWN, "artifactStores": [{
                "location": "bank-tariffs-builds", "type": "S3", "encryptionKey": {"id": KEY, "type": "KMS"}}],
            "stages": [{"name": name, "actions": [{
                "name": name, "category": category, "owner": "AWS", "provider": provider, "version": "1",
                "configuration": configuration, "inputArtifacts": inputs, "outputArtifacts": outputs}]}
                for name, category, provider, configuration, inputs, outputs in (
                    ("Source", "Source", "CodeStarSourceConnection", {
                        "ConnectionArn": arn("codestar-connections", "connection/bank"), "FullRepositoryId":
                        "platform/tariffs", "BranchName": "main", "DetectChanges": "true"}, [], ["source"]),
                    ("Build", "Build", "CodeBuild", {"ProjectName": "tariffs"}, ["source"], ["built"]),
                    ("Approve", "Approval", "Manual", {"NotificationArn": ALARMS, "CustomData": "Look at the tests"},
                     [], []),
                    ("Deploy", "Deploy", "CodeDeployToECS", {
                        "ApplicationName": "tariffs", "DeploymentGroupName": "tariffs",
                            "TaskDefinitionTemplateArtifact":
                        "built", "TaskDefinitionTemplatePath": "taskdef.json", "AppSpecTemplateArtifact": "built",
                        "AppSpecTemplatePath": "appspec.yaml"}, ["built"], []))], "tags": TAGS}, "pipeline", links={
                            "roleArn": ("tariffs-pipeline",)}),
        aws("codestarnotifications/NotificationRule", {
            "name": "tariffs", "detailType": "BASIC", "resource": UNKNOWN, "status": "ENABLED", "eventTypeIds": [
                "codepipeline-pipeline-pipeline-execution-failed",
                "codepipeline-pipeline-manual-approval-needed"], "targets": [{"address": ALARMS, "type": "SNS"}],
            "tags": TAGS}, "news", links={"resource": ("pipeline",)})),
        f"{PATTERNS}/build-a-ci-cd-pipeline-for-blue-green-deployments-on-amazon-ecs, as known",
        merged(merged(OURS, kept("artifacts")), {"escape": {"code_sources": {
            "https://git.bank.ae": "our own server of git"}}})),
    Idiom("workflows of one environment take a role for an hour that deploys one project under the boundary", (
        aws("iam/OpenIdConnectProvider", {"url": f"https://{FORGE}", "clientIdLists": ["sts.amazonaws.com"], "tags":
                                          TAGS}, "forge"),
        aws("iam/Policy", {"name": "boundary-workloads", "description": "What roles of workloads may do at most",
            "policy": document(statement(["s3:*", "dynamodb:*", "sqs:*", "sns:*", "kms:Decrypt", "kms:GenerateDataKey*",
                                          "logs:*", "xray:*"], "*", {"StringEquals": {"aws:RequestedRegion": R}}), {
                "Effect": "Deny", "Action": ["iam:*", "organizations:*", "account:*"], "Resource": "*"}), "tags": TAGS},
            "boundary"),
        aws("iam/Role", {
            "name": "deploy-tariffs", "maxSessionDuration": 3600, "permissionsBoundary": UNKNOWN, "tags": TAGS,
            "assumeRolePolicy": document({
                "Effect": "Allow", "Principal": {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{FORGE}"}, "Action":
                "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
                    f"{FORGE}:aud": "sts.amazonaws.com",
                        f"{FORGE}:sub": "repo:example/tariffs:environment:prod-uae"}}})},
            "deploy-tariffs", links={"permissionsBoundary": ("boundary",)}),
        rights("deploy-tariffs", statement(
            ["lambda:UpdateFunctionCode", "lambda:PublishVersion", "lambda:UpdateAlias", "lambda:GetFunction"], arn(
                "lambda", "function:tariffs-*")), statement(
            ["dynamodb:DescribeTable", "dynamodb:UpdateTable", "dynamodb:DescribeContinuousBackups"], arn(
                "dynamodb", "table/tariffs-*")), statement(
            ["s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::{STATE}/tariffs/*"), statement(
            "s3:ListBucket", f"arn:aws:s3:::{STATE}", {"StringLike": {"s3:prefix": "tariffs/*"}}), statement(
            ["kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt"], KEY), statement(
            "iam:PassRole", role_arn("tariffs-*"), {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}),
            statement("tag:GetResources")),
        aws("cloudwatch/EventRule", {"name": "deploys", "eventPattern": json.dumps({
            "source": ["aws.sts"], "detail-type": ["AWS API Call via CloudTrail"], "detail": {
                "eventName": ["AssumeRoleWithWebIdentity"], "requestParameters": {"roleArn": [role_arn(
                    "deploy-tariffs")]}}}), "tags": TAGS}, "deploys"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": ALARMS}, "told", links={"rule": ("deploys",)})),
        "docs.github.com/actions/deployment/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web"
        "-services, as known", OURS),
    Idiom("money is watched by budgets of the account and of a project, by what is unusual, and by rules of units", (
        BUDGET, aws("budgets/Budget", {
            "name": "arabic-llm", "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "8000",
                "limitUnit": "USD",
            "costFilters": [{"name": "TagKeyValue", "values": ["user:project$arabic-llm"]}], "costTypes": {
                "includeCredit": False, "includeRefund": False, "includeTax": True, "useAmortized": True},
            "notifications": [{"comparisonOperator": "GREATER_THAN", "threshold": threshold, "thresholdType":
                               "PERCENTAGE", "notificationType": kind, "subscriberSnsTopicArns": [ALARMS],
                               "subscriberEmailAddresses": ["finops@example.ae"]}
                              for threshold, kind in ((50, "ACTUAL"), (80, "ACTUAL"), (100, "FORECASTED"))],
                                  "tags": TAGS},
            "project"),
        trusted("budgets.amazonaws.com", "budget-stop"), rights("budget-stop", statement(
            ["iam:AttachRolePolicy", "iam:DetachRolePolicy"], role_arn("scientists"), {"ArnEquals": {
                "iam:PolicyARN": f"arn:aws:iam::{ME}:policy/no-new-machines"}})),
        aws("iam/Policy", {"name": "no-new-machines", "policy": document({
            "Effect": "Deny", "Action": ["ec2:RunInstances", "sagemaker:CreateTrainingJob", "sagemaker:CreateEndpoint"],
            "Resource": "*"}), "tags": TAGS}, "no-new-machines"),
        aws("budgets/BudgetAction", {
            "budgetName": "arabic-llm", "actionType": "APPLY_IAM_POLICY", "approvalModel": "MANUAL", "notificationType":
            "ACTUAL", "executionRoleArn": UNKNOWN, "actionThreshold": {
                "actionThresholdType": "PERCENTAGE", "actionThresholdValue": 110}, "definition": {
                "iamActionDefinition": {"policyArn": UNKNOWN, "roles": ["scientists"]}}, "subscribers": [
                    {"address": "finops@example.ae", "subscriptionType": "EMAIL"}], "tags": TAGS}, "stop", links={
                        "executionRoleArn": ("budget-stop",), "definition": ("no-new-machines",)}),
        aws("costexplorer/AnomalyMonitor", {"name": "services", "monitorType": "DIMENSIONAL", "monitorDimension":
                                            "SERVICE", "tags": TAGS}, "services"),
        aws("costexplorer/AnomalySubscription", {
            "name": "unusual", "frequency": "DAILY", "monitorArnLists": [UNKNOWN], "subscribers": [
                {"type": "EMAIL", "address": "finops@example.ae"}], "thresholdExpression": {"ands": [
                    {"dimension": {"key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "values": ["100"], "matchOptions": [
                        "GREATER_THAN_OR_EQUAL"]}}, {"dimension": {"key": "ANOMALY_TOTAL_IMPACT_PERCENTAGE", "values": [
                            "20"], "matchOptions": ["GREATER_THAN_OR_EQUAL"]}}]}, "tags": TAGS}, "unusual", links={
                                "monitorArnLists": ("services",)}),
        aws("costexplorer/CostCategory", {
            "name": "unit", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "shared", "rules": [
                {"value": unit, "type": "REGULAR", "rule": {"tags": {"key": "business-unit", "values": [unit],
                                                                     "matchOptions": ["EQUALS"]}}}
                for unit in ("retail-banking", "corporate-banking")], "splitChargeRules": [{
                    "source": "shared", "method": "PROPORTIONAL", "targets": ["retail-banking", "corporate-banking"]}],
            "tags": TAGS}, "unit"),
        *(aws("costexplorer/CostAllocationTag", {"tagKey": key, "status": "Active"}, f"tag-{key}") for key in TAGS)),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-controls.html; .../getting-started-ad.html, as known",
            OURS),
)  # fmt: skip
