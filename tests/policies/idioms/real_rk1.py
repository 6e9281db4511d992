"""Good idioms near published manifests of platforms for models and of their operators: names in the form of a domain
that nobody calls, settings with the name of a secret, and accounts and figures that another field gives."""

import json

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import top
from .fifteenth_work import pod
from .thirteenth_cluster_access import account
from .twelfth_charts import POD, image, ours

READ = "read 2026-11-30"
NEURON = {"key": "aws.amazon.com/neuron", "operator": "Exists", "effect": "NoSchedule"}
HOOK = {"admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Fail", "timeoutSeconds": 5}
RULES = [{"apiGroups": ["models.bank.ae"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
          "resources": ["endpoints"], "scope": "Namespaced"}]  # fmt: skip
KSERVE = {
    "storageSpecSecretName": "storage-config", "storageSecretNameAnnotation": "serving.kserve.io/storageSecretName",
    "gcs": {"gcsCredentialFileName": "credentials.json"},
    "s3": {"s3AccessKeyIDName": "AWS_ACCESS_KEY_ID", "s3SecretAccessKeyName": "AWS_SECRET_ACCESS_KEY",
           "s3Endpoint": "", "s3UseHttps": "1", "s3Region": "me-central-1", "s3VerifySSL": "1"}}  # fmt: skip
SCRIPT = """import logging
logging.basicConfig(level=logging.INFO, format="%(message)s")
logging.getLogger(__name__).info("read")
"""
LABELS = "component=engine serving.accelerators.io/group=$(GROUP)"
DOUBLED = "{{=asInt(inputs.parameters.foo) * 2}}"
AWS_SDK = "software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider"
PROVIDER = "spark.hadoop.fs.s3a.aws.credentials.provider"
SPARK = {
    "type": "Python", "mode": "cluster", "image": image("data/spark"), "sparkVersion": "4.0.1",
    "mainApplicationFile": "local:///opt/app/features.py",
    "sparkConf": {PROVIDER: AWS_SDK,
                  f"{PROVIDER}.mapping": f"com.amazonaws.auth.WebIdentityTokenCredentialsProvider={AWS_SDK}",
                  "spark.comet.exec.enabled": "true"},
    "restartPolicy": {"type": "Never"}}  # fmt: skip


def _part(name: str, **fields: object) -> dict[str, object]:
    """Returns the driver or the executors of an application, with a template of their pods that has neither their
    account nor what they take."""
    return {"cores": 1, "memory": "2g", "serviceAccount": "spark", "labels": TAGS, "template": {
        "metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [{
            "name": f"spark-kubernetes-{name}", "image": image("data/spark"), "securityContext": CLOSED}]}},
            **fields}  # fmt: skip


def _hook(kind: str, name: str) -> Given:
    return k8s(f"admissionregistration.k8s.io/v1:{kind}", {
        "metadata": {"name": "models", "labels": TAGS}, "webhooks": [{
            "name": name, **HOOK, "rules": RULES, "matchPolicy": "Equivalent",
            "clientConfig": {"caBundle": "", "service": {
                "name": "models-webhook", "namespace": "models-system", "path": "/check",
                "port": 443}}}]}, name)  # fmt: skip


IDIOMS = (
    Idiom("webhooks and classes of devices have names in the form of a domain", (
        _hook("ValidatingWebhookConfiguration", "vendpoint.models.bank-platform.io"),
        _hook("MutatingWebhookConfiguration", "mendpoint.models.bank-platform.io"),
        k8s("resource.k8s.io/v1:DeviceClass", {"metadata": {"name": "quarter.gpu.accelerators.io", "labels": TAGS},
            "spec": {"selectors": [{"cel": {"expression": "device.driver == 'gpu.accelerators.io'"}}]}}, "c"),
        inside("resource.k8s.io/v1:ResourceClaimTemplate", "two-slices", {"spec": {"devices": {
            "requests": [{"name": f"slice-{n}", "exactly": {"deviceClassName": "quarter.gpu.accelerators.io"}}
                         for n in (1, 2)],
            "constraints": [{"requests": ["slice-1", "slice-2"],
                             "matchAttribute": "gpu.accelerators.io/parentUUID"}]}}}, "models")),
        f"volcano-sh/volcano installer/volcano-development.yaml; NVIDIA/k8s-dra-driver-gpu demo/specs, {READ}",
        ours()),
    Idiom("a volume of the storage of the data centre is found by its name there", (
        top("core/v1:PersistentVolume", "checkpoints", {
            "capacity": {"storage": "500Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "san",
            "persistentVolumeReclaimPolicy": "Retain", "claimRef": {"namespace": "models", "name": "checkpoints"},
            "iscsi": {"targetPortal": "10.20.0.5:3260", "iqn": "iqn.2001-04.com.vendor:array.dc1.vendor.xyz",
                      "lun": 1, "fsType": "xfs", "chapAuthSession": True, "chapAuthDiscovery": True,
                      "secretRef": {"name": "san", "namespace": "storage"}}}),),
        f"kubernetes/examples _archived/volumes/iscsi, {READ}"),
    Idiom("an application of Spark has its account and its figures beside the templates of its pods", (
        account("spark", "data"),
        inside("sparkoperator.k8s.io/v1beta2:SparkApplication", "features", {
            **SPARK, "driver": _part("driver"), "executor": _part("executor", instances=2)}, "data")),
        f"awslabs/data-on-eks spark-on-eks/examples; kubeflow/spark-operator examples/spark-pi-pod-template, {READ}",
        ours("sparkoperator.k8s.io", prices=("sparkoperator.k8s.io/v1beta2:SparkApplication::features",))),
    Idiom("a service of models says in which secrets credentials are, and by which annotation", (
        k8s("core/v1:ConfigMap", {"metadata": meta("inferenceservice-config", "kserve"),
                                  "data": {"credentials": json.dumps(KSERVE)}}, "settings"),),
        f"kserve/kserve config/configmap/inferenceservice.yaml, {READ}", ours()),
    Idiom("a worker tells its label to its router, and runs on machines of one accelerator", (
        account("worker", "models"),
        inside("ray.io/v1:RayCluster", "worker", {
            "rayVersion": "2.49.0", "headGroupSpec": {"rayStartParams": {"dashboard-host": "127.0.0.1"}, "template": {
                "metadata": {"labels": TAGS}, "spec": {**pod("worker", SMALL, args=["--workers", LABELS], env=[
                    {"name": "GROUP", "valueFrom": {"fieldRef": {
                        "fieldPath": "metadata.labels['serving.accelerators.io/group']"}}}]),
                    "tolerations": [NEURON]}}}}, "models")),
        f"sgl-project/ome config/runtimes/srt; awslabs/ai-on-eks blueprints/inference, {READ}",
        ours("ray.io", prices=("ray.io/v1:RayCluster::worker",))),
    Idiom("a queue lends accelerators whose kinds and places have the names of their vendor", (
        top("kueue.x-k8s.io/v1beta2:Topology", "blocks", {"levels": [
            {"nodeLabel": "cloud.vendor.com/topology-block"}, {"nodeLabel": "kubernetes.io/hostname"}]}),
        top("kueue.x-k8s.io/v1beta2:ClusterQueue", "research", {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "research"}},
            "resourceGroups": [{"coveredResources": ["vendor.com/tpu"], "flavors": [
                {"name": "slices", "resources": [{"name": "vendor.com/tpu", "nominalQuota": 8}]}]}]}),
        k8s("apiregistration.k8s.io/v1:APIService", {
            "metadata": {"name": "v1beta1.visibility.kueue.x-k8s.io", "labels": TAGS}, "spec": {
                "group": "visibility.kueue.x-k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100,
                "versionPriority": 100, "insecureSkipTLSVerify": False, "caBundle": "LS0tLS1CRUdJTg==",
                "service": {"name": "kueue-visibility-server", "namespace": "kueue-system"}}}, "visibility")),
        f"kubernetes-sigs/kueue config/components/visibility; kubernetes-sigs/jobset tpu-multislice, {READ}", ours()),
    Idiom("objects with the label of monitoring must say on or off in it", (
        top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "label-of-monitoring", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["monitoring.coreos.com"], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"],
                "resources": ["podmonitors"]}]},
            "validations": [{"message": "say on or off", "expression": (
                "!has(object.metadata.labels) || !('watch.bank-platform.io/scrape' in object.metadata.labels) || "
                "object.metadata.labels['watch.bank-platform.io/scrape'] in ['on', 'off']")}]}),
        top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "label-of-monitoring", {
            "policyName": "label-of-monitoring", "validationActions": ["Deny"]})),
        f"opendatahub-io/opendatahub-operator internal/controller/services/monitoring/resources, {READ}"),
    Idiom("a menu of a platform leads people to its handbook, and scripts say what they record", (
        k8s("core/v1:ConfigMap", {"metadata": meta("centraldashboard-config", "kubeflow"), "data": {
            "links": json.dumps({"documentationItems": [{
                "text": "Handbook", "desc": "How to", "link": "https://www.kubeflow.org/docs/"}]})}}, "menu"),
        k8s("core/v1:ConfigMap", {"metadata": meta("reader", "data"), "data": {"reader.py": SCRIPT}}, "script")),
        f"kubeflow/manifests applications/centraldashboard; awslabs/data-on-eks ray-on-eks/examples, {READ}"),
    Idiom("a controller is told the image of a known publisher, and how many samples a bucket has", (
        account("issuers", "models"),
        k8s("apps/v1:Deployment", {"metadata": meta("issuers", "models"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "issuers"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "issuers"}}, "spec": pod(
                    "issuers", SMALL, args=["--acme-http01-solver-image=quay.io/jetstack/acmesolver:v1.19.1"],
                    env=[{"name": "MAX_SAMPLES_PER_BUCKET", "value": "5000"}])}}}, "issuers"),
        inside("policy/v1:PodDisruptionBudget", "issuers", {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "issuers"}}}, "models")),
        f"kubeflow/manifests common/cert-manager; kserve/kserve config/llmisvcconfig, {READ}", ours()),
    Idiom("a step of a workflow has the account of the workflow, and computes with what the caller gives", (
        account("flow", "data"),
        inside("argoproj.io/v1alpha1:Workflow", "double", {
            "entrypoint": "main", "serviceAccountName": "flow", "activeDeadlineSeconds": 600, "securityContext": POD,
            "podGC": {"strategy": "OnPodCompletion"}, "ttlStrategy": {"secondsAfterCompletion": 3600},
            "arguments": {"parameters": [{"name": "foo", "value": "7"}]}, "templates": [{
                "initContainers": [{"name": "first", "image": image("data/flow"), "securityContext": CLOSED,
                                    "resources": SMALL}],
                "name": "main", "metadata": {"labels": TAGS}, "inputs": {"parameters": [{"name": "foo"}]},
                "container": {"name": "main", "image": image("data/flow"), "securityContext": CLOSED,
                              "resources": SMALL, "args": ["--times", DOUBLED]}}]}, "data")),
        f"argoproj/argo-workflows examples/expression-tag-template-workflow.yaml, {READ}",
        ours("argoproj.io", prices=("argoproj.io/v1alpha1:Workflow::double",))),
)  # fmt: skip
