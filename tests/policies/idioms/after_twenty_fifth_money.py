"""Good idioms near the mends after the twenty-fifth set: retries, what is handed on, and options of resources
(2026-12-02)."""

import json
from dataclasses import replace

from ..attacks.after_twenty_fifth_money import pipe, queue
from ..attacks.tenth_aws import R
from ..attacks.twenty_fifth_money import BUS, STORE
from ..attacks.twenty_first_money import flow
from ..blind import HERE, KEY, ME, OURS, RG, TAGS, aws, az, k8s, meta, workload
from ..harness import Given
from . import Idiom
from .after_eighteenth_mclu import BUDGET as EVICTIONS
from .aws_platform import BUDGET, EKS, LAUNCH
from .azure_platform import AKS
from .azure_platform import BUDGET as AZURE_BUDGET

AWS_DOCS, LEARN = "docs.aws.amazon.com", "learn.microsoft.com/azure"
LOST = {"arn": f"arn:aws:sqs:{R}:{ME}:lost"}
OF_CLAIMS = {"detail": {"requestContext": {"functionArn": [f"arn:aws:lambda:{R}:{ME}:function:claims:$LATEST"]}}}
PIPES = f"{AWS_DOCS}/eventbridge/latest/userguide/eb-pipes.html"


def results(function: str) -> tuple[Given, ...]:
    """Returns a function whose results a rule of a bus hands to another one."""
    return (
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": "claims", "maximumRetryAttempts": 1, "destinationConfig": {
                "onSuccess": {"destination": BUS}}}, "next"),
        aws("cloudwatch/EventRule", {
            "name": "results", "eventBusName": "results", "tags": TAGS, "eventPattern": json.dumps({
                "source": ["lambda"], "detail-type": ["Lambda Function Invocation Result - Success"], **OF_CLAIMS})},
            "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": "results", "eventBusName": "results", "arn": f"arn:aws:lambda:{R}:{ME}:function:{function}",
            "deadLetterConfig": LOST}, "target", links={"rule": ("rule",)}))  # fmt: skip


def scanned(container: str, account: str) -> tuple[Given, ...]:
    """Returns a subscription to the blobs of one container, with a place for lost events."""
    return (
        az("eventgrid:SystemTopic", {
            **HERE, "systemTopicName": "claims", "source": STORE, "topicType": "Microsoft.Storage.StorageAccounts",
            "identity": {"type": "SystemAssigned"}}, "topic"),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "claims", "eventSubscriptionName": "scan",
            "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
                "endpointType": "ServiceBusQueue", "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/scan"}},
            "filter": {"includedEventTypes": ["Microsoft.Storage.BlobCreated"],
                       "subjectBeginsWith": f"/blobServices/default/containers/{container}/"},
            "retryPolicy": {"maxDeliveryAttempts": 20, "eventTimeToLiveInMinutes": 1440},
            "deadLetterWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "deadLetterDestination": {
                "endpointType": "StorageBlob", "resourceId": account, "blobContainerName": "lost"}}}, "scan",
            links={"systemTopicName": ("topic",)}))  # fmt: skip


IDIOMS = (
    Idiom("a job is begun again three times, and a function asks each minute whether a report is there", (flow({
        "StartAt": "sum", "States": {
            "sum": {"Type": "Task", "Next": "ask", "Resource": "arn:aws:states:::glue:startJobRun.sync",
                    "Parameters": {"JobName": "sums", "WorkerType": "G.1X", "NumberOfWorkers": 10},
                    "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 3}]},
            "ask": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::lambda:invoke",
                    "Parameters": {"FunctionName": "report"},
                    "Retry": [{"ErrorEquals": ["NotReady"], "IntervalSeconds": 60, "MaxAttempts": 1_440,
                               "BackoffRate": 1.0}]}}}),),
        f"{AWS_DOCS}/step-functions/latest/dg/concepts-error-handling.html"),
    Idiom("a data flow is begun again twice", (AZURE_BUDGET, az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "sums", "activities": [{
            "name": "sums", "type": "ExecuteDataFlow", "dataFlow": {
                "referenceName": "sums", "type": "DataFlowReference"},
            "compute": {"computeType": "General", "coreCount": 16},
            "policy": {"retry": 2, "retryIntervalInSeconds": 60, "timeout": "0.02:00:00"}}]})),
        f"{LEARN}/data-factory/concepts-pipelines-activities"),
    Idiom("pipes hand on from one stream to the next", (
        pipe("checks", "trades", "checked"), pipe("books", "checked", "booked")), PIPES),
    Idiom("two queues share a queue for what they lose", (
        queue("orders", "lost"), queue("returns", "lost"),
        aws("sqs/Queue", {"name": "lost", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1_209_600, "tags": TAGS},
            "lost")), f"{AWS_DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"),
    Idiom("two buckets write their logs into a third", tuple(
        aws("s3/BucketLogging", {"bucket": name, "targetBucket": "treasury-checkpoints", "targetPrefix": f"{name}/"},
            name) for name in ("treasury-models", "treasury-datasets")),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/ServerLogs.html"),
    Idiom("a bus hands the result of a function to another one", results("notices"),
          f"{AWS_DOCS}/lambda/latest/dg/invocation-async-retain-records.html"),
    Idiom("lost events of one container lie in another account", scanned("claims", f"{STORE}lost"),
          f"{LEARN}/event-grid/manage-event-delivery"),
    Idiom("lost events of one container lie in a container beside it", scanned("claims", STORE),
          f"{LEARN}/event-grid/manage-event-delivery"),
    Idiom("servers of names follow the size of the cluster", (k8s("core/v1:ConfigMap", {
        "metadata": meta("dns-autoscaler"), "data": {"linear": json.dumps({
            "coresPerReplica": 256, "nodesPerReplica": 16, "min": 2, "preventSinglePointFailure": True})}}),),
        "kubernetes.io/docs/tasks/administer-cluster/dns-horizontal-autoscaling"),
    Idiom("a cluster is upgraded by hand, and an autoscaler changes the pods", (
        BUDGET, EVICTIONS, replace(EKS, ignore_changes=("version",)),
        replace(LAUNCH, ignore_changes=("imageId", "tagSpecifications")),
        replace(workload("apps/v1:Deployment", {}), ignore_changes=("spec.replicas", "metadata.annotations"))),
        "pulumi.com/docs/iac/concepts/options/ignorechanges"),
    Idiom("pools change what a cluster of Azure says of them", (AZURE_BUDGET, replace(AKS, ignore_changes=(
        "kubernetesVersion", "agentPoolProfiles", "agentPoolProfiles[0].enableNodePublicIP",
        "securityProfile.azureKeyVaultKms.keyId"))), f"{LEARN}/aks/upgrade-aks-cluster"),
    Idiom("a role keeps the name that it had", (az("authorization:RoleAssignment", {
        "scope": f"{OURS}.ContainerService/managedClusters/aks", "principalType": "Group",
        "principalId": "11111111-2222-3333-4444-555555555555",
        "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/4abbcc35-e782-43d8-92c5-2d3f1bd2253f"},
        ignore_changes=("principalId", "principalType")),), f"{LEARN}/role-based-access-control/role-assignments"),
)  # fmt: skip
