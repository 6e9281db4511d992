"""Attacks near published manifests of platforms for models and of their operators (2026-11-30)."""

import json

from ..blind import IMAGE, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

PASSWORD = [{"name": "DB_PASSWORD", "value": "Zo7-kite-Maple-19!"}]
OPEN = "everybody who reaches the page talks to the models in the name of the platform"
CHAT = "vllm-project/aibrix e3e10f9e apps/chat"


def _deployed(name: str, container: dict[str, object]) -> tuple[Given, ...]:
    template = {"metadata": meta(name), "spec": pod(container)}
    spec = {"replicas": 1, "selector": {"matchLabels": {"app": name}}, "template": template}
    return (k8s("apps/v1:Deployment", {"metadata": meta(name), "spec": spec}, name),)


def _program(name: str, variable: str, value: str) -> tuple[Given, ...]:
    """Returns a program with a variable."""
    return _deployed(name, {"env": [{"name": variable, "value": value}]})


def _started(name: str, *command: str) -> tuple[Given, ...]:
    """Returns a program with its command."""
    return _deployed(name, {"command": list(command)})


def _workflow(rules: tuple[str, ...], name: str, container: dict[str, object], harm: str) -> Attack:
    """Returns a workflow whose step prepares its folder in a closed container, and runs another after that."""
    first, spec = pod({"name": "prepare"}), pod({"name": "main", **container})
    containers = spec["containers"]
    assert isinstance(containers, list)
    step = {
        "name": "main",
        "metadata": meta("flow"),
        "initContainers": first["containers"],
        "container": containers[0],
    }
    return Attack(name, rules, (crd("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "main", "serviceAccountName": "flow", "securityContext": first["securityContext"],
        "templates": [step]}),), "critical", f"{harm} (argoproj/argo-workflows f016ad89 workflowpod.go)")  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a chat with models lets everybody in by the settings that its pods read", ("FJ-IDN-313",), (
        k8s("core/v1:ConfigMap", {"metadata": meta("chat"), "data": {
            "auth-mode": "none", "gateway-url": "https://gateway.models.svc:8443"}}),),
        "critical", f"{OPEN} ({CHAT}/chat.yaml and api/middleware/auth.py)"),
    Attack("a console of a platform for models takes everybody for its developer", ("FJ-IDN-313",),
           _program("console", "AUTH_MODE", "dev"), "critical",
           f"{OPEN} (vllm-project/aibrix e3e10f9e apps/console/api/config/config.go)"),
    Attack("a page of a platform lets everybody do what its account may", ("FJ-IDN-313",),
           _program("models", "APP_DISABLE_AUTH", "True"), "critical",
           f"{OPEN} (kubeflow/manifests 009c8808 applications/kserve/models-web-app)"),
    Attack("a server of models runs the code that lies beside its weights", ("FJ-ESC-111",),
           _program("llm", "NIM_TRUST_CUSTOM_CODE", "1"), "major",
           "whoever changes the repository of the model runs programs (NVIDIA/k8s-nim-operator f63f74d7 samples)"),
    Attack("pipelines send data and keys to their store in plain text", ("FJ-ENC-425",),
           _program("pipelines", "OBJECTSTORECONFIG_SECURE", "false"), "major",
           "whoever listens has the keys of the store (kubeflow/pipelines 7b70c7b9 manifests/kustomize/base)"),
    Attack("a database of several copies has no passwords and no TLS", ("FJ-IDN-313",),
           _started("ledger", "/bin/bash", "-ecx", "exec /cockroach/cockroach start --logtostderr --insecure --join a"),
           "critical", "every pod reads and writes each table (CockroachDB, 'Security Overview')"),
    Attack("a server of models runs classes that callers send", ("FJ-IDN-313",),
           _started("chat", "python3", "-m", "sglang.launch_server", "--enable-custom-logit-processor"),
           "critical", "each caller runs programs on the GPUs (NVIDIA Dynamo, 'Logits Processing' of SGLang)"),
    Attack("workers of a training meet in a store without TLS and certificates", ("FJ-IDN-313",),
           _started("rendezvous", "etcd", "--listen-client-urls", "http://0.0.0.0:2379", "--data-dir=/data"),
           "major", "each pod changes who takes part (awsome-distributed-training 7217859f multi-node/4.etcd.yaml)"),
    _workflow(("FJ-EXP-305",), "the second container of a step that prepares its folder has rights of the node",
              {"securityContext": {"capabilities": {"add": ["SYS_ADMIN"], "drop": ["ALL"]}}},
              "the step leaves its container"),
    _workflow(("FJ-EXP-315",), "the second container of a step that prepares its folder has a password",
              {"env": PASSWORD},
              "whoever reads the workflow has the password"),
    Attack("a job of training overrides the pods of its runtime with a password", ("FJ-EXP-326",), (
        crd("trainer.kubeflow.org/v1alpha1:TrainJob", {
            "runtimeRef": {"name": "torch-distributed"}, "trainer": {"numNodes": 2}, "podTemplateOverrides": [{
                "targetJobs": [{"name": "node"}], "spec": {"containers": [{"name": "node", "env": PASSWORD}]}}]}),),
        "critical", "whoever reads the job has the password (kubeflow/trainer 8c0f5059 trainjob_types.go)"),
    Attack("a workflow patches its pods with a password", ("FJ-EXP-326",), (
        crd("argoproj.io/v1alpha1:Workflow", {
            "entrypoint": "main", "serviceAccountName": "flow", "templates": [{"name": "main"}],
            "podSpecPatch": json.dumps({"containers": [{"name": "main", "env": PASSWORD}]})}),),
        "critical", "whoever reads the workflow has the password (argoproj/argo-workflows f016ad89 docs/fields.md)"),
    Attack("the settings of a service have a password beside the names of secrets", ("FJ-EXP-326",), (
        k8s("core/v1:ConfigMap", {"metadata": meta("inferenceservice-config", "kserve"), "data": {
            "credentials": json.dumps({"storageSpecSecretName": "storage-config", "s3": {
                "s3SecretAccessKeyName": "AWS_SECRET_ACCESS_KEY", "value": "Zo7-kite-Maple-19!"}})}}),),
        "major", "whoever reads the object has the password (kserve/kserve aaac4e29 config/configmap)"),
    Attack("a program sends to a host in an argument that looks as the name of an image", ("FJ-RES-003",), (
        k8s("core/v1:Pod", {"metadata": meta("copy"), "spec": pod({
            "image": IMAGE, "args": ["--upload-image=registry.collector.io/ledger/all:v1"]})}),),
        "critical", "data leaves the country"),
    Attack("a webhook of the cluster sends every object to a host abroad, whatever its name", ("FJ-RES-",), (
        k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {
            "metadata": {"name": "vmodel.collector.io"}, "webhooks": [{
                "name": "vmodel.collector.io", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "clientConfig": {"url": "https://vmodel.collector.io/check", "caBundle": ""},
                "failurePolicy": "Fail", "rules": [{"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["*"],
                                                    "resources": ["deployments"]}]}]}),),
        "critical", "each object of the cluster leaves the country"),
)  # fmt: skip
