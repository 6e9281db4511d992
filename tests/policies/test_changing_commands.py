"""Commands and calls that change resources, programs that are downloaded, and files that a machine loads by itself."""

import base64

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.unverifiable.changing_commands import changing, in_pods_of_others
from guardrails.unverifiable.loaded_paths import loaded

from tests.processor_time import within

from .blind import aws, k8s, meta, pod, workload
from .harness import Pack, blocking

PACK = Pack(Enforcement.model_validate({"default": {"all": "disabled", "FJ-ESC-109": "mandatory"}}))
BOTO = "import boto3\n"
NODE = "const e = require('@aws-sdk/client-ec2');\n"


def _starts(script: str) -> bool:
    """Returns whether the user data of a machine is refused."""
    data = base64.b64encode(script.encode()).decode()
    return blocking(PACK.evaluate_resource(aws("ec2/LaunchTemplate", {"userData": data}))) == {"FJ-ESC-109"}


@pytest.mark.parametrize("text", [
    "aws autoscaling set-desired-capacity --desired-capacity 500", "aws --region r ec2 run-instances --count 9",
    "aws iam attach-role-policy --role-name a", "aws guardduty delete-detector --detector-id a",
    "aws lakeformation grant-permissions", "aws dynamodb create-table", "aws s3api put-bucket-policy --bucket a",
    "aws ec2 authorize-security-group-ingress", "az vmss scale --new-capacity 500", "az role assignment create",
    "az network nsg rule update -n a", "az keyvault set-policy -n a --spn b",
    "az storage container set-permission -n a --public-access blob", "az vm run-command invoke",
    "az aks command invoke --command a",
    "kubectl -n models scale deployment/vllm --replicas=1000", "kubectl set image deployment/a a=b",
    "kubectl delete validatingwebhookconfigurations,validatingadmissionpolicybindings --all",
    "velero restore create --from-schedule a", "velero backup delete a", "cilium config set policy-audit-mode true",
    "calicoctl apply -f -", "istioctl install -y", "argo -n a submit x.yaml", "argo cron create x.yaml",
    "aws ssm send-command --document-name a", "aws ecs execute-command --cluster a",
    "curl -s -X DELETE --cacert a https://kubernetes.default.svc/apis/a/v1/b", "requests.delete('https://kubernetes/api/v1/a')",
    "curl https://$KUBERNETES_SERVICE_HOST:443/api/v1/pods/a --request PATCH -d a",
    "oc -n a apply -f b", "oc delete namespace a", "wget --method=DELETE https://kubernetes/apis/a/v1/b",
    "curl -sk -d @a.json https://kubernetes.default.svc/apis/a/v1/b",
    "Request('https://kubernetes/api/v1/a', method='PUT')",
    "kubectl -n a delete networkpolicy closed", "kubectl delete netpol closed", "kubectl -n a delete limits small",
    "kubectl label ns team-a admission=off", "kubectl edit deployment a",
    "eksctl scale nodegroup --nodes 99", "helm uninstall kyverno", "terraform destroy", "Remove-AzResourceLock -Force",
    f"{BOTO}boto3.client('ec2').run_instances(MinCount=9)", f"{BOTO}c = boto3.client('iam')\nc.put_role_policy(a=1)",
    f"{BOTO}ec2 = session.resource('ec2', region_name='a')\nec2.create_instances(MaxCount=9)",
    f"{NODE}c.send(new e.RunInstancesCommand({{MinCount: 9}}))", f"{NODE}c.send(new PutRolePolicyCommand(x))",
    "k8s.patchNamespacedDeployment('a', 'b', body)", "api.deleteValidatingWebhookConfiguration('a')",
    "apps.patch_namespaced_deployment_scale('a', 'b', body)", "api.delete_validating_webhook_configuration('a')",
    "from azure.mgmt.compute import C\nC(x, y).virtual_machines.begin_create_or_update('a', 'b', vm)",
])  # fmt: skip
def test_what_changes_resources_is_found(text: str) -> None:
    assert changing(text) != ""


@pytest.mark.parametrize("text", [
    "aws s3 cp a s3://b/a", "aws s3 sync a s3://b", "aws ecr get-login-password | docker login",
    "aws sts get-caller-identity",
    "aws ec2 describe-instances", "aws ec2 create-tags --resources i-1", "aws ec2 attach-volume --volume-id v",
    "aws ec2 associate-address --allocation-id a", "aws eks update-kubeconfig --name a", "aws s3api put-object",
    "aws sqs delete-message --receipt-handle a", "aws cloudwatch put-metric-data --namespace a",
    "aws logs create-log-stream",
    "aws dynamodb update-item --table-name a", "aws secretsmanager put-secret-value", "aws ssm put-parameter --name a",
    "aws autoscaling set-instance-protection", "aws ec2 create-snapshots --instance a", "aws glue start-job-run",
    "az login --identity", "az account set -s a", "az aks get-credentials -n a", "az storage blob delete -n a",
    "az keyvault secret set -n a", "az acr login -n a", "az vm list", "kubectl get pods", "kubectl wait --for=a pod/b",
    "kubectl rollout restart deployment/a", "kubectl delete pod a", "kubectl delete jobs --field-selector=a",
    "kubectl scale deployment/a --replicas=0", "kubectl logs a", "kubectl exec a -- set",
    "velero backup get", "velero restore logs a", "cilium status --wait", "calicoctl get nodes", "argo list",
    "istioctl proxy-status", "aws ssm get-parameter --name a", "curl https://kubernetes.default.svc/api/v1/pods",
    "curl -X POST https://vllm.models.svc/api/v1/chat", "oc get pods", "docker run a apply",
    "curl -X POST -d @a https://kubernetes.default.svc/apis/authentication.k8s.io/v1/tokenreviews",
    "curl -X POST https://a.example.ae/b\ncurl https://kubernetes.default.svc/api/v1/pods",
    "helm list",
    "terraform plan",
    f"{BOTO}s3 = boto3.client('s3')\ns3.put_object(Bucket=b)\ns3.create_multipart_upload()\nasyncio.create_task(x())",
    f"{BOTO}boto3.client('sqs').delete_message(a=1)\nmodel.set_index('a')", "ec2.run_instances()",
    f"{NODE}c.send(new PutObjectCommand(x)); c.send(new DeleteMessageCommand(y)); c.send(new ListTablesCommand())",
    "c.send(new RunInstancesCommand(x))", "core.createNamespacedEvent('a', b)",
    "batch.list_namespaced_job('a')", "core.create_namespaced_event('a', b)", "core.delete_namespaced_pod('a', 'b')",
    "from azure.mgmt.compute import C\nC(x, y).virtual_machines.list('a')",
    "The zones (AZ) we set up", "import hazard; az = 1",
])  # fmt: skip
def test_what_reads_or_writes_data_is_not(text: str) -> None:
    assert changing(text) == ""


@pytest.mark.parametrize("text", [
    "write_files:\n- path: /etc/kubernetes/manifests/a.yaml\n", "cat a > /etc/kubernetes/manifests/a.yaml",
    "cp /a.yaml /etc/kubernetes/manifests/", "echo a | tee -a /home/u/.ssh/authorized_keys", "mv a /etc/sudoers.d/b",
    "curl -o /var/lib/rancher/k3s/server/manifests/a.yaml https://a.example.ae/a", "ssh_import_id: ['gh:someone']",
    "users:\n- name: a\n  ssh_authorized_keys:\n  - ssh-ed25519 AAAA\n", "ssh_pwauth: true", "ssh-import-id gh:someone",
    "chpasswd:\n  list: root:a\n", "usermod --append --groups sudo eve", "useradd --groups=wheel eve",
    "usermod -aG wheel eve",
    "Add-LocalGroupMember -Group Administrators -Member eve",
])  # fmt: skip
def test_what_a_machine_loads_is_found(text: str) -> None:
    assert loaded(text) != ""
    assert _starts(f"#!/bin/sh\n{text}")


@pytest.mark.parametrize("text", [
    "ls /etc/kubernetes/manifests", "cat /etc/kubernetes/manifests/a.yaml > /tmp/a", "ssh_pwauth: false",
    "write_files:\n- path: /etc/kubernetes/kubelet/config.json\n", "grep -c key /home/u/.ssh/authorized_keys",
    "echo ssh_import_id is not set", "usermod --groups sudo ubuntu", "useradd --groups=docker runner",
    "Get-LocalGroupMember -Group Administrators",
])  # fmt: skip
def test_what_is_read_there_is_not(text: str) -> None:
    assert loaded(text) == ""


DOWNLOAD = "curl -fsSLo /usr/local/bin/agent https://example.com/agent"


@pytest.mark.parametrize(("after", "is_refused"), [
    ("chmod 755 /usr/local/bin/agent", True), ("chmod +x /usr/local/bin/agent", True), ("chmod a+rx agent", True),
    ("install -m 0755 agent /usr/bin/agent", True), ("sh /usr/local/bin/agent", True),
    ("chmod 644 /usr/local/bin/agent", False), ("chmod +x /usr/local/bin/other", False), ("ls -l", False),
    ("echo 'abc  agent' | sha256sum -c\nchmod +x agent", False),
])  # fmt: skip
def test_a_download_that_becomes_a_program_is_compared_with_a_checksum(after: str, *, is_refused: bool) -> None:
    assert _starts(f"#!/bin/sh\n{DOWNLOAD}\n{after}\n") is is_refused


def test_an_inline_program_is_read() -> None:
    container = {"command": ["python", "-c", f"{BOTO}boto3.client('ec2').run_instances(MinCount=9)"]}
    assert blocking(PACK.evaluate_resource(workload("apps/v1:Deployment", container))) == {"FJ-ESC-109"}


@pytest.mark.parametrize("text", ["kubectl -a b ", "aws --a b ", "az a ", "import boto3 client(", "azure.mgmt. "])
def test_a_long_text_is_read_in_linear_time(text: str) -> None:
    with within(4):
        assert changing(text * (200_000 // len(text))) == loaded(text * 10_000) == ""


@pytest.mark.parametrize(("text", "found"), [
    ("kubectl -n payments exec deploy/api -- cat /key", True), ("kubectl exec a --namespace=payments -- set", True),
    ("kubectl cp -c main payments/a:/key /tmp/key", True), ("kubectl -n payments port-forward svc/a 80", True),
    ("oc -n payments exec a -- set", True),
    ("kubectl -n team-a exec a -- set", False), ("kubectl exec a -- b -n payments", False),
    ("kubectl -n payments get pods", False), ("kubectl cp a:/key /tmp/key", False),
])  # fmt: skip
def test_commands_in_pods_of_another_namespace(text: str, *, found: bool) -> None:
    assert bool(in_pods_of_others(text, "team-a")) is found
    container = {"command": ["/bin/sh", "-c", text]}
    job = k8s("batch/v1:Job", {"metadata": meta("x", "team-a"), "spec": {"template": {"spec": pod(container)}}})
    assert (blocking(PACK.evaluate_resource(job)) == {"FJ-ESC-109"}) is found
