"""Good idioms near the mends after the twenty-fourth set: calls, copies, budgets, pipelines, runners (2026-12-02)."""

import json

from ..attacks.after_twenty_fourth_money import azure_budget
from ..attacks.after_twenty_fourth_money_b import APPROVAL, PROVIDER, ordered, webhook
from ..attacks.cost_services import STACK
from ..attacks.tenth_aws import R
from ..attacks.twenty_first_money import flow
from ..attacks.twenty_first_money_c import schedule
from ..attacks.twenty_fourth_money import CALL, QUEUE, notifying
from ..attacks.twenty_fourth_money_b import DEPLOY, EVALUATE, job, text
from ..attacks.twenty_second_money_b import PIPELINE, SOURCE, stage
from ..blind import KEY, ME, OURS, RG, TAGS, aws, az, document, k8s, meta, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .after_eighteenth_mclu import BUDGET as EVICTIONS
from .aws_platform import EKS
from .azure_platform import AKS

AWS_DOCS, SPARK, FORGES = "docs.aws.amazon.com", "apache/spark, 'Configuration'", "cli.github.com/manual"
RUN = "--conf spark.executor.instances=24 --conf spark.executor.cores=4 --conf spark.executor.memory=16g"
SERVER = """\
repos:
  - id: git.example.ae/bank/platform
    apply_requirements: [approved, mergeable]
    allowed_overrides: [workflow]
    allow_custom_workflows: false
"""
DEFAULTS = """\
spark.dynamicAllocation.enabled true
spark.dynamicAllocation.maxExecutors 50
spark.executor.cores 4
"""
LEVELS = """\
default:
  all: mandatory
  cost: advisory
  FJ-COST-302: advisory
"""


def started(stages: list[object], *branches: str) -> tuple[Given, ...]:
    """Returns a pipeline that pushes to some branches start."""
    return (aws("codepipeline/Pipeline", {**PIPELINE, "stages": [SOURCE, *stages], "triggers": [{
        "providerType": PROVIDER, "gitConfiguration": {
            "sourceActionName": "Source", "pushes": [{"branches": {"includes": list(branches)}}]}}]}),)  # fmt: skip


IDIOMS = (
    Idiom("each morning a service may grow, and each evening less", (
        schedule(f"{CALL}:applicationautoscaling:registerScalableTarget", "cron(0 4 ? * MON-FRI *)", input=json.dumps({
            "ServiceNamespace": "ecs", "ResourceId": "service/apps/scoring", "MinCapacity": 6, "MaxCapacity": 60,
            "ScalableDimension": "ecs:service:DesiredCount"})),),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-universal.html"),
    Idiom("for the end of the month a database is twice as large", (
        schedule(f"{CALL}:rds:modifyDBInstance", "cron(0 20 28 * ? *)", input=json.dumps({
            "DbInstanceIdentifier": "claims", "DbInstanceClass": "db.m7g.4xlarge", "ApplyImmediately": True})),),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html"),
    Idiom("a workflow starts Spark with a hundred processors", (flow({
        "StartAt": "run", "States": {"run": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::emr-serverless:startJobRun.sync", "Parameters": {
                "ApplicationId.$": "$.application", "ExecutionRoleArn": f"arn:aws:iam::{ME}:role/spark", "JobDriver": {
                    "SparkSubmit": {"EntryPoint": "s3://treasury-models/risk.py", "SparkSubmitParameters": RUN}}}}}}),),
        SPARK),
    Idiom("settings of Spark let a program take fifty executors", (k8s("core/v1:ConfigMap", {
        "metadata": meta("spark"), "data": {"spark-defaults.conf": DEFAULTS}}),),
        SPARK),
    Idiom("an offer of the marketplace has an approved amount", (
        STACK, az("machinelearningservices:MarketplaceSubscription", {
            **RG, "workspaceName": "chat", "name": "large", "properties": {
                "modelId": "azureml://registries/azureml/models/large-model"}}, "offer")),
        "learn.microsoft.com/azure/machine-learning/how-to-deploy-models-serverless",
        unpriced("azure-native:machinelearningservices:MarketplaceSubscription::offer")),
    Idiom("a pipe moves messages from one queue to the next", (aws("pipes/Pipe", {
        "name": "orders", "roleArn": f"arn:aws:iam::{ME}:role/pipes", "source": QUEUE, "tags": TAGS,
        "target": f"{QUEUE}-checked", "kmsKeyIdentifier": KEY, "desiredState": "RUNNING", "sourceParameters": {
            "sqsQueueParameters": {"batchSize": 10}}}),), f"{AWS_DOCS}/eventbridge/latest/userguide/eb-pipes.html"),
    Idiom("a function reads the lines of another one", (aws("cloudwatch/LogSubscriptionFilter", {
        "name": "alerts", "logGroup": "/aws/lambda/claims", "filterPattern": "ERROR",
        "destinationArn": f"arn:aws:lambda:{R}:{ME}:function:alerts"}),),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/Subscriptions-recursion-prevention.html"),
    Idiom("each hour the files that have changed are copied", (aws("datasync/Task", {
        "name": "archive", "sourceLocationArn": UNKNOWN, "destinationLocationArn": UNKNOWN, "cloudwatchLogGroupArn":
        UNKNOWN, "schedule": {"scheduleExpression": "rate(1 hour)"}, "tags": TAGS, "options": {
            "verifyMode": "ONLY_FILES_TRANSFERRED", "transferMode": "CHANGED", "logLevel": "TRANSFER"}}),),
        f"{AWS_DOCS}/datasync/latest/userguide/configure-metadata.html"),
    Idiom("a budget tells a topic that lets AWS Budgets in", (
        STACK, EKS, aws("sns/Topic", {"name": "costs", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            statement("sns:Publish", f"arn:aws:sns:{R}:{ME}:costs", {"StringEquals": {"aws:SourceAccount": ME}},
                      Principal={"Service": "budgets.amazonaws.com"}),
            {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": f"arn:aws:sns:{R}:{ME}:costs",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "policy", links={"arn": ("topic",)}),
        notifying(subscriberSnsTopicArns=[UNKNOWN])),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-sns-policy.html"),
    Idiom("a budget of Azure tells a group of the finance team", (
        STACK, AKS, az("monitor:ActionGroup", {
            **RG, "actionGroupName": "costs", "groupShortName": "costs", "location": "Global", "enabled": True,
            "tags": TAGS, "emailReceivers": [
                {"name": "finops", "emailAddress": "finops@example.ae", "useCommonAlertSchema": True}]}, "group"),
        azure_budget(contactGroups=[f"{OURS}.Insights/actionGroups/costs"])),
        "learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets"),
    Idiom("pushes to the main branch and to releases deploy production", started(
        [EVALUATE, DEPLOY], "main", "release/*"), f"{AWS_DOCS}/codepipeline/latest/userguide/pipelines-filter.html"),
    Idiom("a feature is tried in the account of the developers", started(
        [EVALUATE, stage("Try", "deploy-dev")], "feature/*"),
        f"{AWS_DOCS}/codepipeline/latest/userguide/pipelines-filter.html"),
    Idiom("builds of releases start by the beginning of the branch", (webhook("^refs/heads/release/"),),
          f"{AWS_DOCS}/codebuild/latest/userguide/github-webhook.html"),
    Idiom("a deployment waits for the guardrails of its stage", (
        ordered(EVALUATE["actions"][0], DEPLOY["actions"][0], (1, 2)),),  # type: ignore[index]
        f"{AWS_DOCS}/codepipeline/latest/userguide/reference-pipeline-structure.html"),
    Idiom("a deployment waits for the approval of its stage", (
        ordered(APPROVAL, DEPLOY["actions"][0], (1, 2)),),  # type: ignore[index]
        f"{AWS_DOCS}/codepipeline/latest/userguide/approvals.html"),
    Idiom("an object of settings lies in a bucket", (aws("s3/BucketObjectv2", {
        "bucket": "treasury-models", "key": "settings/pulumi/stacks.json", "content": "{}", "tags": TAGS,
        "serverSideEncryption": "aws:kms", "kmsKeyId": KEY}),), "terraform-aws-modules/terraform-aws-s3-bucket"),
    Idiom("a job reports the changes that wait, and what is deployed", (EVICTIONS, *job(
        "gh pr list --label ready --json number; gh pr view 12; glab mr list; pulumi policy ls; pulumi stack export "
        "--stack prod-uae > /work/state.json; pulumi preview --stack prod-uae --policy-pack /guardrails")), FORGES),
    Idiom("Atlantis applies what was approved", text("atlantis", "repos.yaml", SERVER),
          "runatlantis.io/docs/server-side-repo-config.html"),
    Idiom("the settings of the guardrails that a runner mounts refuse", text("guardrails", "enforcement.yaml", LEVELS),
          "docs/pack-settings.md"),
    Idiom("a provider has the settings of the runner", (Given("pulumi:providers:aws", {
        "region": R, "profile": "release", "sharedConfigFiles": json.dumps(["~/.aws/config", "/etc/aws/config"]),
        "allowedAccountIds": json.dumps([ME])}, "release"),), "pulumi.com/registry/packages/aws/"),
)  # fmt: skip
