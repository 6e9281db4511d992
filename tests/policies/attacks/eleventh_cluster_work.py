"""Attacks on clusters by work that grows and by values of charts (2026-11-29, eleventh set, blind).

Objects and values by the documentation of their projects, as known.
"""

import json

from ..blind import IMAGE, KUBE, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BUYS = "an autoscaler of another stack buys the machines"
SIXTEEN = {"cpu": "16", "memory": "64Gi"}
GPU = {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"}


def _config(name: str, namespace: str, **data: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data})


def _release(chart: str, version: str, values: object) -> tuple[Given, ...]:
    """Returns a release of a chart that the bank mirrors."""
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": version, "namespace": chart,
        "values": values}, chart, provider=KUBE),)  # fmt: skip


def _pod(resources: object) -> dict[str, object]:
    return {"metadata": {"labels": TAGS}, "spec": pod({"resources": {"requests": resources, "limits": resources}})}


RUNNER = """[[runners]]
  executor = "kubernetes"
  [runners.kubernetes]
    namespace = "builds"
    image = "registry.dc1.example.ae/build:1.4.2"
    privileged = true
"""
QUIET = """- rule: Terminal shell in container
  enabled: false
- rule: Read sensitive file untrusted
  enabled: false
"""
LITELLM = {
    "model_list": [{"model_name": "chat", "litellm_params": {
        "model": "openai/chat", "api_base": "http://chat.team-a.svc.cluster.local/v1"}}],
    "general_settings": {"master_key": "os.environ/MASTER_KEY", "allow_requests_on_db_unavailable": True},
}  # fmt: skip

ATTACKS = (
    Attack("an autoscaler without a maximum starts a hundred pods", MONEY, (
        STACK, workload("apps/v1:Deployment", {"resources": {"requests": SIXTEEN, "limits": SIXTEEN}}, 1),
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"name": "x"}, "triggers": [{"type": "prometheus", "metadata": {
                "serverAddress": "https://prometheus.monitoring.svc:9090", "query": "sum(queue)",
                "threshold": "1"}}]})),
        "critical", f"1,600 processors by a default: {BUYS} (KEDA, 'ScaledObject', maxReplicaCount is 100)"),
    Attack("a group of Ray has sixty-four machines in each of its copies", MONEY, (
        STACK, crd("ray.io/v1:RayCluster", {
            "rayVersion": "2.49.0", "headGroupSpec": {
                "rayStartParams": {"num-cpus": "0"}, "template": _pod({"cpu": "2", "memory": "8Gi"})},
            "workerGroupSpecs": [{"groupName": "slices", "replicas": 8, "minReplicas": 8, "maxReplicas": 8,
                                  "numOfHosts": 64, "rayStartParams": {}, "template": _pod(GPU)}]})),
        "critical", f"512 GPUs where eight copies are written: {BUYS} (KubeRay, 'numOfHosts')"),
    Attack("a training grows to five hundred machines by its elastic policy", MONEY, (
        STACK, crd("kubeflow.org/v1:PyTorchJob", {
            "elasticPolicy": {"minReplicas": 1, "maxReplicas": 500, "rdzvBackend": "c10d", "metrics": [{
                "type": "Resource", "resource": {"name": "cpu", "target": {
                    "type": "Utilization", "averageUtilization": 10}}}]},
            "pytorchReplicaSpecs": {"Worker": {"replicas": 1, "template": _pod(GPU)}}})),
        "critical", f"500 GPUs: {BUYS} (Kubeflow Training Operator, 'ElasticPolicy')"),
    Attack("snapshots of a class are kept warm in three zones", MONEY, (
        STACK, k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "warm", "labels": TAGS}, "driver": "ebs.csi.aws.com", "deletionPolicy": "Delete",
            "parameters": {"fastSnapshotRestoreAvailabilityZones": "me-central-1a,me-central-1b,me-central-1c"}})),
        "major", "each snapshot costs 2.25 dollars an hour until somebody deletes it (Amazon EBS, 'Fast snapshot "
        "restore'; EBS CSI driver, 'Snapshots')"),
    Attack("every service of Knative keeps two hundred pods", MONEY, (
        STACK, _config("config-autoscaler", "knative-serving", **{
            "min-scale": "200", "allow-zero-initial-scale": "false"})),
        "critical", f"a service that nobody calls has two hundred pods: {BUYS} (Knative, 'Configuring scale bounds')"),
    Attack("a training has the machine's files by what overrides its runtime", OPEN, (
        crd("trainer.kubeflow.org/v1alpha1:TrainJob", {
            "runtimeRef": {"name": "torch-distributed"}, "labels": TAGS, "trainer": {
                "image": IMAGE, "numNodes": 1, "command": ["torchrun", "train.py"]},
            "podTemplateOverrides": [{"targetJobs": [{"name": "node"}], "spec": {
                "volumes": [{"name": "host", "hostPath": {"path": "/"}}],
                "containers": [{"name": "node", "volumeMounts": [{"name": "host", "mountPath": "/host"}]}]}}]}),),
        "critical", "root of the node is a folder of the pod (Kubeflow Trainer, 'Pod Template Overrides')"),
    Attack("each build is root on its machine by a line of the runner's settings", OPEN, _release(
        "gitlab-runner", "0.82.0", {
            "gitlabUrl": "https://git.forge.svc.cluster.local/", "rbac": {"create": True},
            "runners": {"config": RUNNER}}),
        "critical", "whoever pushes a branch takes over the node (GitLab Runner, 'Use privileged mode')"),
    Attack("runners of pull requests have a privileged Docker beside them", OPEN, _release(
        "gha-runner-scale-set", "0.13.0", {
            "githubConfigUrl": "https://git.forge.svc.cluster.local/bank", "githubConfigSecret": "runners",
            "maxRunners": 4, "containerMode": {"type": "dind"}}),
        "critical", "whoever pushes a branch takes over the node (Actions Runner Controller, 'containerMode', dind)"),
    Attack("notebooks take the role of their machine", OPEN, _release(
        "jupyterhub", "4.3.1", {
            "proxy": {"service": {"type": "ClusterIP"}},
            "hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}, "GenericOAuthenticator": {
                "authorize_url": "https://login.example.ae/authorize", "allowed_groups": ["analysts"]}}},
            "singleuser": {"cloudMetadata": {"blockWithIptables": False}, "networkPolicy": {
                "egressAllowRules": {"cloudMetadataServer": True}}}}),
        "critical", "each user has the rights of the node (Zero to JupyterHub, 'Security', cloud metadata)"),
    Attack("routes of a team use services and certificates of every other", OPEN, _release(
        "traefik", "37.4.0", {
            "service": {"type": "ClusterIP"},
            "providers": {"kubernetesCRD": {"allowCrossNamespace": True, "allowExternalNameServices": True}}}),
        "critical", "a team publishes the services of payments under a host of its own (Traefik, "
        "'allowCrossNamespace')"),
    Attack("a bucket of the object store is everybody's to read and write", OPEN, _release(
        "minio", "5.4.0", {
            "mode": "distributed", "replicas": 4, "existingSecret": "minio-root",
            "persistence": {"size": "100Gi", "storageClass": "encrypted"},
            "tls": {"enabled": True, "certSecret": "minio-tls"},
            "buckets": [{"name": "models", "policy": "public", "purge": False}]}),
        "critical", "whoever reaches the store reads and replaces each model (MinIO chart, 'Create buckets after "
        "install')"),
    Attack("workloads get the settings and keys of others from the mesh", OPEN, _release(
        "istiod", "1.28.0", {"pilot": {"env": {"PILOT_ENABLE_XDS_IDENTITY_CHECK": "false"}}}),
        "critical", "a pod names another namespace and is handed its certificates (Istio, 'pilot-discovery', "
        "PILOT_ENABLE_XDS_IDENTITY_CHECK)"),
    Attack("the watcher of the cluster has its rules switched off by values of its chart", OPEN, _release(
        "falco", "6.2.2", {
            "driver": {"kind": "modern_ebpf"}, "customRules": {"local.yaml": QUIET}}),
        "major", "shells in containers are seen by nobody (Falco, 'Override and append rules')"),
    Attack("a server of models has the doors of its developers", OPEN, (workload("apps/v1:Deployment", {
        "command": ["vllm", "serve", "/models/chat", "--port", "8000"],
        "env": [{"name": "VLLM_SERVER_DEV_MODE", "value": "1"}]}),),
        "critical", "whoever calls it runs methods in the workers (vLLM, 'Security', development endpoints)"),
    Attack("a gateway of models checks no key while its database is away", OPEN, (_config(
        "litellm", "team-a", **{"config.yaml": json.dumps(LITELLM)}),),
        "critical", "who overloads the database uses every model without a key and without a budget (LiteLLM, "
        "'Production', allow_requests_on_db_unavailable)"),
)  # fmt: skip
