"""Attacks that run what nobody reviewed: images, packages and weights of strangers by quiet ways (2026-11-28)."""

import json
from collections.abc import Mapping

from ..blind import GROUP, IMAGE, KEY, ME, SUB, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-RES-", "FJ-IDN-116")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
STRANGE_CODE = "the stranger's program runs with the role and in the network of the workload"
DOCKERFILE = ("FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n"
              "RUN pip install --no-cache-dir someones-tool && npm install -g @someone/agent\n")  # fmt: skip
BUILD = {
    "name": "app", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
    "artifacts": {"type": "CODEPIPELINE"}, "vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]},
}  # fmt: skip
STEPS = {"source": {"type": "CODEPIPELINE", "buildspec": json.dumps({
    "version": "0.2", "phases": {"build": {"commands": ["make"]}}})}}  # fmt: skip
MACHINE = {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER"}
STANDARD = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
POD = {"containers": [{"name": "x", "image": IMAGE}]}


def _annotated(annotations: Mapping[str, str], **spec: object) -> Given:
    """Returns a deployment of one compliant pod with annotations."""
    labels = {**TAGS, "app": "x"}
    return k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {
        "replicas": 1, "selector": {"matchLabels": {"app": "x"}}, "template": {
            "metadata": {"labels": labels, "annotations": annotations}, "spec": pod({}, **spec)}}})  # fmt: skip


def _program(*command: str, **container: object) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"command": list(command), **container}, replicas=1),)


ATTACKS = (
    Attack("the proxy of a pod is a stranger's image by an annotation", ESC, (_annotated({
        "sidecar.istio.io/inject": "true", "sidecar.istio.io/proxyImage": "docker.io/someone/proxyv2:1.27.0"}),),
        "critical", "the container that sees every request is a stranger's"),
    Attack("the agent of Vault in a pod is a stranger's image", ESC, (_annotated({
        "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "app",
        "vault.hashicorp.com/agent-image": "docker.io/someone/vault:1.20"}),),
        "critical", "the container that reads the secrets is a stranger's"),
    Attack("the proxy of a pod starts by a configuration of the pod's owner", ESC, (_annotated({
        "sidecar.istio.io/inject": "true", "sidecar.istio.io/bootstrapOverride": "own-bootstrap",
        "proxy.istio.io/config": '{"proxyMetadata":{"ISTIO_META_DNS_CAPTURE":"false"},"binaryPath":"/data/envoy"}'}),),
        "major", "the proxy that enforces the mesh's rules is the tenant's own"),
    Attack("a library of a stranger is put into every program in Java", ESC, (
        crd("opentelemetry.io/v1alpha1:Instrumentation", {
            "propagators": ["tracecontext"], "java": {"image": "docker.io/someone/autoinstrumentation:2.20"}}),),
        "critical", STRANGE_CODE),
    Attack("a pod joins a network of the machine by an annotation", ESC, (_annotated({
        "k8s.v1.cni.cncf.io/networks": "kube-system/host-device@eth0"}),),
        "critical", "the pod speaks on the machine's network, where no policy counts"),
    Attack("the files of a program are the image of a stranger", ESC, (workload("apps/v1:Deployment", {
        "volumeMounts": [{"name": "code", "mountPath": "/app", "readOnly": True}]}, replicas=1, volumes=[{
            "name": "code", "image": {"reference": "docker.io/someone/app:1.0", "pullPolicy": "IfNotPresent"}}]),),
        "critical", STRANGE_CODE),
    Attack("a served model of a stranger brings its own code", ESC, _program(
        "vllm", "serve", "someone/llm", "--trust-remote-code", "--host=0.0.0.0", "--port=8000"),
        "critical", "code in the repository of the weights runs in the server"),
    Attack("an inference service loads weights of a stranger from the hub", ESC, (
        crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"minReplicas": 1, "maxReplicas": 2, "model": {
            "modelFormat": {"name": "huggingface"}, "storageUri": "hf://someone/llm",
            "args": ["--model_name=llm", "--trust_remote_code"]}}}),),
        "critical", "code in the repository of the weights runs in the server"),
    Attack("a tool of agents is installed when it starts", ESC, _program("npx", "-y", "@someone/mcp-server"),
        "critical", "the newest version of a stranger's package runs at every start"),
    Attack("a container installs a package without a version when it starts", ESC,
        _program("sh", "-c", "pip install --quiet someones-tool && exec python -m app"),
        "critical", "the newest version of a stranger's package runs at every start"),
    Attack("Spark loads a library of a stranger by its coordinates", ESC, (
        crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
            "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/job.py",
            "sparkVersion": "4.0.0", "deps": {"packages": ["io.github.someone:tool:1.0"]},
            "driver": {"labels": TAGS, "cores": 1, "memory": "1g"},
            "executor": {"labels": TAGS, "cores": 1, "memory": "1g", "instances": 2}}),), "major", STRANGE_CODE),
    Attack("an event from outside starts workflows", ESC, (crd("argoproj.io/v1alpha1:WorkflowEventBinding", {
        "event": {"selector": "true"}, "submit": {"workflowTemplateRef": {"name": "deploy"}, "arguments": {
            "parameters": [{"name": "command", "valueFrom": {"event": "payload.command"}}]}}}),),
        "critical", "who can send an event chooses the command that runs"),
    Attack("a recipe of images installs packages of strangers", ESC, (aws("imagebuilder/ContainerRecipe", {
        "name": "base", "version": "1.0.0", "containerType": "DOCKER", "kmsKeyId": KEY, "tags": TAGS,
        "parentImage": "docker.io/someone/base:latest", "dockerfileTemplateData": DOCKERFILE,
        "components": [{"componentArn": f"arn:aws:imagebuilder:{R}:aws:component/update-linux/x.x.x"}],
        "targetRepository": {"repositoryName": "base", "service": "ECR"}}),),
        "critical", "every image of the bank is built on a stranger's"),
    Attack("a build runs in an image of a stranger", ESC, (aws("codebuild/Project", {
        **BUILD, **STEPS, "environment": {**MACHINE, "image": "docker.io/someone/builder:3",
                                          "imagePullCredentialsType": "SERVICE_ROLE"}}),),
        "critical", "the image reads the source and the credentials of every build"),
    Attack("a build takes a second source from a stranger", ESC, (aws("codebuild/Project", {
        **BUILD, **STEPS, "environment": {**MACHINE, "image": STANDARD}, "secondarySources": [{
            "sourceIdentifier": "tools", "type": "GITHUB", "location": "https://github.com/someone/tools.git"}]}),),
        "critical", "the stranger's scripts run with the role of the build"),
    Attack("a repository of images lets tags be moved", ESC, (aws("ecr/Repository", {
        "name": "app", "imageTagMutability": "MUTABLE", "tags": TAGS,
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
        "imageScanningConfiguration": {"scanOnPush": False}}, "repo"), aws("ecr/LifecyclePolicy", {
            "repository": "app", "policy": json.dumps({"rules": [{
                "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
                                                 "countNumber": 20}, "action": {"type": "expire"}}]})}, "life",
            links={"repository": ("repo",)})),
        "major", "the tag that was reviewed names another image tomorrow, which nobody scans"),
    Attack("a policy of a registry expires every image", (*ESC, "FJ-RSL-"), (aws("ecr/LifecyclePolicy", {
        "repository": "app", "policy": json.dumps({"rules": [{"rulePriority": 1, "selection": {
            "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
            "action": {"type": "expire"}}]})}),),
        "major", "a failed release cannot be rolled back, and nodes cannot pull what runs"),
    Attack("a policy of a registry deletes each image after a day", (*ESC, "FJ-RSL-"), (aws("ecr/LifecyclePolicy", {
        "repository": "app", "policy": json.dumps({"rules": [{"rulePriority": 1, "selection": {
            "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1},
            "action": {"type": "expire"}}]})}),),
        "major", "a day after a release nodes cannot pull what runs (Amazon ECR, 'Lifecycle policy properties')"),
    Attack("a model of SageMaker is a stranger's, with its code", ESC, (aws("sagemaker/Model", {
        "name": "llm", "executionRoleArn": f"arn:aws:iam::{ME}:role/models", "enableNetworkIsolation": False,
        "tags": TAGS, "vpcConfig": {"subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]}, "primaryContainer": {
            "image": IMAGE, "environment": {"HF_MODEL_ID": "someone/llm", "HF_MODEL_TRUST_REMOTE_CODE": "true"}}}),),
        "critical", "code in the repository of the weights runs with the role of the model"),
    Attack("an environment of Azure ML is a stranger's image and packages", ESC, (
        az("machinelearningservices:EnvironmentVersion", {
            **RG, "workspaceName": "w", "name": "train", "version": "3", "properties": {
                "image": "docker.io/someone/cuda:12", "osType": "Linux",
                "condaFile": "dependencies:\n- pip:\n  - someones-tool\n"}}),), "critical", STRANGE_CODE),
    Attack("a notebook of Azure starts a stranger's service on its disk", ESC, (
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "w", "computeName": "c", "identity": {"type": "SystemAssigned"}, "properties": {
                "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                    "vmSize": "STANDARD_DS3_V2", "enableNodePublicIp": False, "applicationSharingPolicy": "Personal",
                    "idleTimeBeforeShutdown": "PT30M", "sshSettings": {"sshPublicAccess": "Disabled"},
                    "subnet": {"id": f"{OURS}.Network/virtualNetworks/v/subnets/s"}, "customServices": [{
                        "name": "ide", "image": {"type": "docker", "reference": "docker.io/someone/ide:latest"},
                        "docker": {"privileged": True},
                        "endpoints": [{"target": 8787, "published": 8787, "protocol": "http"}],
                        "volumes": [{"type": "bind", "source": "/home/azureuser", "target": "/home"}]}]}}}),),
        "critical", "a privileged container of a stranger has the person's files and identity"),
    Attack("a registry caches a repository of a stranger under the bank's name", ESC, (
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": "tools", "sourceRepository": "docker.io/someone/*",
            "targetRepository": "platform/*"}),), "critical", "images of the bank's registry are a stranger's"),
    Attack("a machine of the gallery is a stranger's image", ESC, (az("compute:VirtualMachineScaleSet", {
        **HERE, "vmScaleSetName": "runners", "sku": {"name": "Standard_D2ds_v5", "capacity": 1}, "orchestrationMode":
            "Flexible", "platformFaultDomainCount": 1, "identity": {"type": "UserAssigned", "userAssignedIdentities": [
                f"{OURS}.ManagedIdentity/userAssignedIdentities/i"]}, "virtualMachineProfile": {
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch"},
            "storageProfile": {"imageReference": {
                "communityGalleryImageId": "/CommunityGalleries/someone-0a1b2c/Images/runner/Versions/latest"},
                "osDisk": {"createOption": "FromImage", "caching": "ReadOnly", "diffDiskSettings": {
                    "option": "Local"}, "managedDisk": {"storageAccountType": "Standard_LRS", "diskEncryptionSet": {
                        "id": f"{SUB}/resourceGroups/rg-platform/providers/Microsoft.Compute/diskEncryptionSets/d"}}}},
            "osProfile": {"computerNamePrefix": "run", "adminUsername": "runner", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "ssh": {"publicKeys": [{
                    "keyData": "ssh-ed25519 AAAA", "path": "/home/runner/.ssh/authorized_keys"}]}}},
            "networkProfile": {"networkApiVersion": "2022-11-01", "networkInterfaceConfigurations": [{
                "name": "nic", "primary": True, "ipConfigurations": [{"name": "ip", "primary": True, "subnet": {
                    "id": f"{OURS}.Network/virtualNetworks/v/subnets/s"}}]}]}}}),),
        "critical", "anybody publishes to a community gallery, and the image has the machine's identity"),
)  # fmt: skip
