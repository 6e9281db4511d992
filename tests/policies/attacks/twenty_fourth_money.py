"""Attacks on money and tags (2026-12-02, twenty-fourth set, written before any rule ran on them).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; parameters of calls by botocore 1.44.8. As known:
"Amazon SNS topic policy" of AWS Budgets (a topic lets budgets.amazonaws.com in by its policy, or gets nothing).
"""

import json
from dataclasses import replace

from ..blind import KEY, ME, RG, TAGS, aws, az, document, statement
from ..harness import UNKNOWN, Given
from ..idioms.aws_platform import BUDGET, EKS
from . import Attack
from .cost_services import STACK
from .tenth_aws import R
from .twenty_first_money import flow
from .twenty_first_money_c import schedule

SCALE = ("FJ-COST-004", "FJ-COST-126", "FJ-ESC-115")
CALLED = (*SCALE, "FJ-ESC-102", "FJ-ESC-109")
WATCHED = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-005", "FJ-ESC-115")
CALL = "arn:aws:scheduler:::aws-sdk"
CLAIMS = f"arn:aws:lambda:{R}:{ME}:function:claims"
QUEUE = f"arn:aws:sqs:{R}:{ME}:orders"
SPARK = {"spark.dynamicAllocation.enabled": "true", "spark.dynamicAllocation.maxExecutors": "2000",
         "spark.executor.cores": "16", "spark.executor.memory": "100g"}  # fmt: skip
SUBMIT = " ".join(f"--conf {key}={value}" for key, value in {
    **SPARK, "spark.executor.instances": "2000", "spark.dynamicAllocation.enabled": "false"}.items())  # fmt: skip


def notifying(**recipients: object) -> Given:
    """Returns a budget whose notifications have other recipients."""
    listed = BUDGET.props["notifications"]
    assert isinstance(listed, list)
    plain = [{key: value for key, value in item.items() if not key.startswith("subscriber")} for item in listed]
    links = {"notifications": ("topic",)} if "subscriberSnsTopicArns" in recipients else {}
    props = {**BUDGET.props, "notifications": [{**item, **recipients} for item in plain]}
    return replace(BUDGET, props=props, links=links)


ATTACKS = (
    Attack("a schedule lets an endpoint grow to four hundred machines", CALLED, (schedule(
        f"{CALL}:applicationautoscaling:registerScalableTarget", "cron(0 20 * * ? *)", input=json.dumps({
            "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/llm/variant/main", "MinCapacity": 400,
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MaxCapacity": 400})),),
        "critical", "from the first night four hundred machines with GPUs run, 10 million dollars a month"),
    Attack("a schedule makes a database one of 128 processors", CALLED, (schedule(
        f"{CALL}:rds:modifyDBInstance", "cron(0 20 * * ? *)", input=json.dumps({
            "DbInstanceIdentifier": "claims", "DbInstanceClass": "db.x2iedn.32xlarge", "AllocatedStorage": 65536,
            "StorageType": "io2", "Iops": 256000, "ApplyImmediately": True})),),
        "critical", "it costs 50,000 dollars a month and more, and its storage is never made smaller"),
    Attack("a workflow starts Spark with two thousand executors", CALLED, (flow({
        "StartAt": "run", "States": {"run": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::emr-serverless:startJobRun.sync", "Parameters": {
                "ApplicationId.$": "$.application", "ExecutionRoleArn": f"arn:aws:iam::{ME}:role/spark", "JobDriver": {
                    "SparkSubmit": {"EntryPoint": "s3://treasury-models/risk.py",
                                    "SparkSubmitParameters": SUBMIT}}}}}}),),
        "critical", "32,000 processors run for each start, 1,700 dollars an hour"),
    Attack("a job of Machine Learning takes two thousand executors of Spark", SCALE, (
        az("machinelearningservices:Job", {
            **RG, "workspaceName": "risk", "id": "risk", "properties": {
                "jobType": "Spark", "codeId": "azureml:risk:1", "conf": SPARK, "tags": TAGS,
                "entry": {"sparkJobEntryType": "SparkJobPythonEntry", "file": "risk.py"},
                "resources": {"instanceType": "standard_e64s_v3", "runtimeVersion": "3.4"}}}),),
        "critical", "Azure starts machines for 32,000 processors as soon as it is deployed"),
    Attack("a workspace subscribes to a model of another vendor and serves it", (*SCALE, "FJ-ESC-"), (
        STACK, az("machinelearningservices:MarketplaceSubscription", {
            **RG, "workspaceName": "chat", "name": "large", "properties": {
                "modelId": "azureml://registries/azureml-vendor/models/large-model"}}, "offer"),),
        "major", "an offer of the marketplace is bought with its terms, and each token costs what its vendor says"),
    Attack("a pipe puts each message back into the queue that it reads", SCALE, (aws("pipes/Pipe", {
        "name": "retry", "roleArn": f"arn:aws:iam::{ME}:role/pipes", "source": QUEUE, "target": QUEUE, "tags": TAGS,
        "kmsKeyIdentifier": KEY, "desiredState": "RUNNING", "sourceParameters": {
            "sqsQueueParameters": {"batchSize": 1, "maximumBatchingWindowInSeconds": 0}}}),),
        "major", "one message runs round for ever, and each round is charged"),
    Attack("a function is called for each line that it writes itself", SCALE, (aws("cloudwatch/LogSubscriptionFilter", {
        "name": "alerts", "logGroup": "/aws/lambda/claims", "destinationArn": CLAIMS, "filterPattern": ""}),),
        "critical", "each run writes lines that start the next runs: Lambda ends no such loop, and all is charged"),
    Attack("each hour all files of the bank are copied again", SCALE, (aws("datasync/Task", {
        "name": "archive", "sourceLocationArn": UNKNOWN, "destinationLocationArn": UNKNOWN, "cloudwatchLogGroupArn":
        UNKNOWN, "schedule": {"scheduleExpression": "rate(1 hour)"}, "tags": TAGS, "options": {
            "verifyMode": "POINT_IN_TIME_CONSISTENT", "transferMode": "ALL", "overwriteMode": "ALWAYS",
            "preserveDeletedFiles": "PRESERVE", "logLevel": "TRANSFER", "taskQueueing": "ENABLED",
            "bytesPerSecond": -1}}),),
        "major", "each gigabyte is charged at each run, whether it has changed or not"),
    Attack("a budget tells a topic that does not let it in", WATCHED, (
        STACK, EKS, aws("sns/Topic", {"name": "costs", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(statement(
            "sns:Publish", f"arn:aws:sns:{R}:{ME}:costs", {"StringEquals": {"aws:SourceAccount": ME}},
            Principal={"Service": "cloudwatch.amazonaws.com"}))}, "policy", links={"arn": ("topic",)}),
        notifying(subscriberSnsTopicArns=[UNKNOWN])),
        "major", "AWS Budgets may not publish, so that nobody hears of any amount"),
    Attack("a budget tells a mailbox that nobody reads", WATCHED, (
        STACK, EKS, notifying(subscriberEmailAddresses=["noreply@example.ae"])),
        "major", "messages to the address from which programs write are thrown away"),
    Attack("machines that build images for production are booked on development", ("FJ-TAG-",), (
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "gpu-images", "instanceProfileName": "build", "subnetId": "subnet-1", "tags": TAGS,
            "securityGroupIds": ["sg-1"], "instanceTypes": ["m6i.large"], "terminateInstanceOnFailure": True,
            "resourceTags": {**TAGS, "environment": "dev"},
            "instanceMetadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}}),),
        "major", "the report of production lacks what its images cost"),
)  # fmt: skip
