"""Other spellings of the twenty-fifth set's attacks on money and on what a program deploys (2026-12-02).

Properties by pulumi-aws 7.51.1, pulumi-azure-native 3.29.0 and pulumi-kubernetes; the sources are those of the rules.
"""

import json

from ..blind import HERE, KEY, ME, OURS, RG, TAGS, aws, az, document, k8s, meta, pod, release, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_aws import R
from .twenty_fifth_money import STORE
from .twenty_first_money import flow

SCALE, IGNORED = ("FJ-COST-126",), ("FJ-ESC-115",)
STREAM = f"arn:aws:kinesis:{R}:{ME}:stream/"
ANYWHERE = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/8"], "description": "inside"}
FAILING = {"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 5, "MaxAttempts": 5_000}


def pipe(name: str, source: str, target: str) -> Given:
    """Returns a pipe between two streams."""
    return aws("pipes/Pipe", {
        "name": name, "roleArn": f"arn:aws:iam::{ME}:role/pipes", "source": f"{STREAM}{source}", "tags": TAGS,
        "target": f"{STREAM}{target}", "kmsKeyIdentifier": KEY, "sourceParameters": {"kinesisStreamParameters": {
            "startingPosition": "LATEST", "batchSize": 100, "maximumRetryAttempts": 3}},
        "targetParameters": {"kinesisStreamParameters": {"partitionKey": "again"}}}, name)  # fmt: skip


def queue(name: str, lost: str) -> Given:
    """Returns a queue whose lost messages go to another one."""
    return aws("sqs/Queue", {"name": name, "kmsMasterKeyId": KEY, "tags": TAGS, "redrivePolicy": json.dumps({
        "deadLetterTargetArn": f"arn:aws:sqs:{R}:{ME}:{lost}", "maxReceiveCount": 1})}, name)  # fmt: skip


ATTACKS = (
    Attack("each branch of a workflow begins its job again five thousand times", SCALE, (flow({
        "StartAt": "all", "States": {"all": {"Type": "Parallel", "End": True, "Branches": [{
            "StartAt": "sum", "States": {"sum": {
                "Type": "Task", "End": True, "Resource": "arn:aws:states:::batch:submitJob.sync", "Retry": [FAILING],
                "Parameters": {"JobName": "sum", "JobQueue": "sums", "JobDefinition": "sum"}}}}]}}}),), "critical"),
    Attack("a call that fails is made again for years", SCALE, (flow({
        "StartAt": "check", "States": {"check": {
            "Type": "Task", "End": True, "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "check"}, "Retry": [{**FAILING, "MaxAttempts": 99_999_999}]}}}),), "major"),
    Attack("an activity of a pipeline is begun again a million times", SCALE, (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "sums", "activities": [{
            "name": "sum", "type": "ExecuteDataFlow", "compute": {"computeType": "General", "coreCount": 16},
            "dataFlow": {"referenceName": "sum", "type": "DataFlowReference"},
            "policy": {"retry": 1_000_000, "retryIntervalInSeconds": 30, "timeout": "0.12:00:00"}}]}),), "critical"),
    Attack("a job with eight GPUs is begun again two thousand million times", SCALE, (k8s("batch/v1:Job", {
        "metadata": meta("train"), "spec": {"backoffLimit": 2_147_483_647, "template": {
            "metadata": {"labels": TAGS}, "spec": {**pod({"resources": {
                "requests": {"cpu": "8", "memory": "64Gi"},
                "limits": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "8"}}}), "restartPolicy": "Never"}}}}),),
        "critical"),
    Attack("two pipes hand each other what they wrote", SCALE, (
        pipe("there", "trades", "checked"), pipe("back", "checked", "trades")), "critical"),
    Attack("two queues hand each other the messages that they lose", SCALE, (
        queue("orders", "lost"), queue("lost", "orders")), "major"),
    Attack("a bucket writes into itself who reads it", SCALE, (
        aws("s3/Bucket", {"tags": TAGS}, "records"),
        aws("s3/BucketLogging", {"bucket": UNKNOWN, "targetBucket": UNKNOWN, "targetPrefix": "log/"}, "log",
            links={"bucket": ("records",), "targetBucket": ("records",)})), "major"),
    Attack("the result of a function comes back by a bus and a rule of the plan", SCALE, (
        aws("cloudwatch/EventBus", {"name": "results", "kmsKeyIdentifier": KEY, "tags": TAGS}, "bus"),
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": f"arn:aws:lambda:{R}:{ME}:function:claims", "maximumRetryAttempts": 0,
            "destinationConfig": {"onSuccess": {"destination": UNKNOWN}}}, "next",
            links={"destinationConfig": ("bus",)}),
        aws("cloudwatch/EventRule", {"eventBusName": UNKNOWN, "tags": TAGS, "eventPattern": json.dumps({
            "detail-type": [{"prefix": "Lambda Function Invocation Result"}]})}, "rule",
            links={"eventBusName": ("bus",)}),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "eventBusName": UNKNOWN, "arn": f"arn:aws:lambda:{R}:{ME}:function:claims:live",
            "deadLetterConfig": {"arn": f"arn:aws:sqs:{R}:{ME}:lost"}}, "target",
            links={"rule": ("rule",), "eventBusName": ("bus",)})), "critical"),
    Attack("blobs with lost events lie where the blobs are that are scanned", SCALE, (
        az("eventgrid:EventSubscription", {
            "scope": STORE, "eventSubscriptionName": "scan", "destination": {
                "endpointType": "ServiceBusQueue", "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/scan"},
            "filter": {"subjectBeginsWith": "/blobServices/default/containers/", "includedEventTypes": [
                "Microsoft.Storage.BlobCreated"]},
            "deadLetterDestination": {
                "endpointType": "StorageBlob", "resourceId": STORE, "blobContainerName": "lost"}}),), "major"),
    Attack("each machine of a cluster starts ten pods, up to a hundred thousand", SCALE, (
        k8s("core/v1:ConfigMap", {"metadata": meta("scoring-autoscaler"), "data": {
            "linear": json.dumps({"nodesPerReplica": 0.1, "max": 100_000})}}),), "critical"),
    Attack("the last step of a ladder is fifty thousand pods", SCALE, (
        k8s("core/v1:ConfigMap", {"metadata": meta("scoring-autoscaler"), "data": {
            "ladder": json.dumps({"nodesToReplicas": [[1, 4], [4, 50_000]]})}}),), "major"),
    Attack("values let each processor of a cluster start four pods", SCALE, release(
        "cluster-proportional-autoscaler", "1.1.0", {"config": {"linear": {"coresPerReplica": 0.25, "min": 3}}}),
        "critical"),
    Attack("nothing of a key is deployed any more, or seen", IGNORED, (
        aws("kms/Key", {"enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS, "policy": document(
            statement("kms:*", "*", Principal={"AWS": f"arn:aws:iam::{ME}:root"}))}, ignore_changes=("*",)),),
        "critical"),
    Attack("who may take on a role is what somebody says by hand", IGNORED, (
        aws("iam/Role", {"assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}),
            "tags": TAGS}, ignore_changes=("assume_role_policy",)),), "critical"),
    Attack("what a group lets in is what somebody says by hand", IGNORED, (
        aws("ec2/SecurityGroup", {"vpcId": UNKNOWN, "description": "app", "ingress": [ANYWHERE], "tags": TAGS},
            ignore_changes=("ingress[0].cidrBlocks",)),), "critical"),
    Attack("whether an account is open is what somebody says by hand", IGNORED, (
        az("storage:StorageAccount", {
            **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "allowBlobPublicAccess": False, "publicNetworkAccess": "Disabled", "minimumTlsVersion": "TLS1_2"},
            ignore_changes=("publicNetworkAccess",)),), "critical"),
    Attack("who has a role of a cluster is what somebody says by hand", IGNORED, (
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("edit"), "subjects": [{"kind": "Group", "name": "bank:payments", "apiGroup":
                                                    "rbac.authorization.k8s.io"}],
            "roleRef": {"kind": "Role", "name": "app", "apiGroup": "rbac.authorization.k8s.io"}},
            ignore_changes=("subjects",)),), "critical"),
)  # fmt: skip
