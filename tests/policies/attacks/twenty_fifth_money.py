"""Attacks on money and on what a program deploys (2026-12-02, twenty-fifth set, written before any rule ran on them).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-12-02: "Use Lambda recursive loop detection
to prevent infinite loops" (functions, queues, topics and buckets only), msambol/s3-access-logging-infinite-loops (pairs
of buckets), and pulumi/pulumi 00285a9b pkg/resource/deploy/step_generator.go (the engine sets what `ignoreChanges`
names to what the state has). As known: Amazon States Language, "Retry" (MaxAttempts up to 99,999,999), Azure Event
Grid, "Dead letter and retry policies", and the README of kubernetes-sigs/cluster-proportional-autoscaler.
"""

import json

from ..blind import HERE, ME, OURS, RG, TAGS, aws, az, document, k8s, meta
from . import Attack
from .tenth_aws import R
from .twenty_first_money import flow

SCALE = ("FJ-COST-004", "FJ-COST-126", "FJ-ESC-115")
CLAIMS = f"arn:aws:lambda:{R}:{ME}:function:claims"
BUS = f"arn:aws:events:{R}:{ME}:event-bus/results"
STORE = f"{OURS}.Storage/storageAccounts/stclaims"
PLAINTEXT = {
    "Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
    "Resource": ["arn:aws:s3:::treasury-models", "arn:aws:s3:::treasury-models/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
BY_PROCESSORS = json.dumps({"coresPerReplica": 0.5, "min": 3, "preventSinglePointFailure": True})

ATTACKS = (
    Attack("a job that fails is begun again a hundred million times", SCALE, (flow({
        "StartAt": "sum", "States": {"sum": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::glue:startJobRun.sync",
            "Parameters": {"JobName": "sums", "WorkerType": "G.1X", "NumberOfWorkers": 40},
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 99999999,
                       "BackoffRate": 1.0}]}}}),),
        "critical", "one missing file keeps forty workers busy for a year, 160,000 dollars, and nothing fails"),
    Attack("a bus of events hands the result of a function to the function", SCALE, (
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": "claims", "maximumRetryAttempts": 1, "destinationConfig": {
                "onSuccess": {"destination": BUS}}}, "next"),
        aws("cloudwatch/EventRule", {
            "name": "results", "eventBusName": "results", "tags": TAGS, "eventPattern": json.dumps({
                "source": ["lambda"], "detail-type": ["Lambda Function Invocation Result - Success"]})}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": "results", "eventBusName": "results", "arn": CLAIMS, "deadLetterConfig": {
                "arn": f"arn:aws:sqs:{R}:{ME}:lost"}}, "target", links={"rule": ("rule",)})),
        "critical", "each run starts the next one for ever: Lambda ends no loop that leads through EventBridge"),
    Attack("two buckets write into each other who reads them", SCALE, (
        aws("s3/BucketLogging", {
            "bucket": "treasury-models", "targetBucket": "treasury-datasets", "targetPrefix": "models/"}, "models"),
        aws("s3/BucketLogging", {
            "bucket": "treasury-datasets", "targetBucket": "treasury-models", "targetPrefix": "data/"}, "datasets")),
        "major", "each log that is written is a request that the other bucket logs, and all of them are kept"),
    Attack("what cannot be delivered is put where it came from", SCALE, (
        az("eventgrid:SystemTopic", {
            **HERE, "systemTopicName": "claims", "source": STORE, "topicType": "Microsoft.Storage.StorageAccounts",
            "identity": {"type": "SystemAssigned"}}, "topic"),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "claims", "eventSubscriptionName": "scan",
            "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
                "endpointType": "ServiceBusQueue", "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/scan"}},
            "filter": {"includedEventTypes": ["Microsoft.Storage.BlobCreated"]},
            "retryPolicy": {"maxDeliveryAttempts": 1, "eventTimeToLiveInMinutes": 1},
            "deadLetterWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "deadLetterDestination": {
                "endpointType": "StorageBlob", "resourceId": STORE, "blobContainerName": "lost"}}}, "scan",
            links={"systemTopicName": ("topic",)})),
        "major", "each blob with a lost event is an event itself, so that a full queue makes blobs without an end"),
    Attack("what somebody writes into the policy of a bucket by hand stays", ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-"), (
        aws("s3/BucketPolicy", {"bucket": "treasury-models", "policy": document(PLAINTEXT)},
            ignore_changes=("policy",)),),
        "critical", "neither a preview nor a deployment sees or undoes it, and changes of the program do nothing"),
    Attack("each processor of a cluster starts two pods that need one", SCALE, (
        k8s("core/v1:ConfigMap", {"metadata": meta("scoring-autoscaler"), "data": {"linear": BY_PROCESSORS}}),),
        "critical", "pods need machines, machines have processors, and those start pods: without a highest number"),
)  # fmt: skip
