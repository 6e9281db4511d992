"""Good idioms of clusters: trainings, trials, notebooks and models that no other idiom has (set 16, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import DNS, top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import owned
from .twelfth_charts import LARGE, POD, image, ours
from .twelfth_cluster import CLAIMED, GPU, MOUNTED, OFFLINE, QUEUED, TOLERATED

KSERVE, CACHED = "serving.kserve.io", [*MOUNTED, *SCRATCH_MOUNTS]
QUIET = [*OFFLINE, {"name": "HF_HUB_DISABLE_TELEMETRY", "value": "1"}, {"name": "DO_NOT_TRACK", "value": "1"}]
ONE_GPU = {"requests": {"cpu": "4", "memory": "24Gi", "nvidia.com/gpu": "1"},
           "limits": {"cpu": "4", "memory": "24Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
TEI = ["--model-id=/models/bge-m3", "--port=8080", "--max-batch-tokens=16384", "--auto-truncate"]


def probe(port: int) -> dict[str, object]:
    """Returns probes of the health of a server."""
    return {part: {"httpGet": {"path": "/health", "port": port}, "periodSeconds": 10} for part in (
        "readinessProbe", "livenessProbe")}  # fmt: skip


def served(name: str, namespace: str, spec: dict[str, object], port: int) -> tuple[Given, ...]:
    """Returns a server of two pods, its service, budget and network, for callers of the apps' namespace."""
    labels, chosen = {**TAGS, "app": name}, {"matchLabels": {"app": name}}
    return (
        k8s("core/v1:ServiceAccount", {"metadata": meta(name, namespace), "automountServiceAccountToken": False},
            f"{name}-account"),
        k8s("apps/v1:Deployment", {"metadata": meta(name, namespace), "spec": {
            "replicas": 2, "selector": chosen, "template": {"metadata": {"labels": labels}, "spec": {
                **spec, "topologySpreadConstraints": [{
                    "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                    "labelSelector": chosen}]}}}}, name),
        k8s("core/v1:Service", {"metadata": meta(name, namespace), "spec": {
            "type": "ClusterIP", "selector": {"app": name}, "ports": [{"port": port, "targetPort": port}]}}, name),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name, namespace), "spec": {
            "minAvailable": 1, "selector": chosen}}, name),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(name, namespace), "spec": {
            "podSelector": chosen, "policyTypes": ["Ingress", "Egress"], "egress": DNS, "ingress": [{
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "apps"}}}],
                "ports": [{"port": port, "protocol": "TCP"}]}]}}, name),
    )  # fmt: skip


def trial(name: str, command: list[str]) -> dict[str, object]:
    """Returns the template of a trial's pod, which waits in the queue of the team."""
    return {"metadata": {"labels": TAGS}, "spec": {
        **pod(name, GPU, command=command, env=OFFLINE, volumeMounts=CACHED, pod={
            "restartPolicy": "Never", "tolerations": TOLERATED, "volumes": [*CLAIMED, *SCRATCH]})}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("Katib looks for a rate of learning in twelve trials, three at a time, each in the team's queue", (
        inside("kubeflow.org/v1beta1:Experiment", "fraud", {
            "parallelTrialCount": 3, "maxTrialCount": 12, "maxFailedTrialCount": 2, "resumePolicy": "Never",
            "objective": {"type": "maximize", "goal": 0.97, "objectiveMetricName": "auc"}, "algorithm": {
                "algorithmName": "tpe"}, "metricsCollectorSpec": {"collector": {"kind": "StdOut"}},
            "parameters": [{"name": "lr", "parameterType": "double", "feasibleSpace": {
                "min": "0.0001", "max": "0.01"}}],
            "trialTemplate": {
                "primaryContainerName": "fraud", "trialParameters": [
                    {"name": "rate", "description": "Rate of learning", "reference": "lr"}], "trialSpec": {
                        "apiVersion": "batch/v1", "kind": "Job", "metadata": {"labels": QUEUED}, "spec": {
                            "backoffLimit": 1, "activeDeadlineSeconds": 14400, "template": trial(
                                "fraud", ["python", "/app/train.py", "--lr=${trialParameters.rate}"])}}}}, "fraud"),),
        "kubeflow.org/docs/components/katib/user-guides/hp-tuning/configure-experiment", "kubeflow.org"),
    owned("a question passes a guard before it reaches the model, as a graph of KServe of two services", (
        *(inside(f"{KSERVE}/v1beta1:InferenceService", name, {"predictor": {
            "minReplicas": 1, "maxReplicas": 3, "serviceAccountName": name, "tolerations": TOLERATED,
            "automountServiceAccountToken": False, "securityContext": POD, "labels": TAGS, "volumes": [
                *CLAIMED, *SCRATCH], "containers": [{
                    "name": "kserve-container", "image": image("vllm/vllm-openai"), "resources": ONE_GPU,
                    "securityContext": CLOSED, "env": OFFLINE, "volumeMounts": CACHED, "args": [
                        f"--model=/models/{name}", "--port=8080", "--served-model-name=" + name]}]}}, "questions")
          for name in ("guard", "answers")),
        inside(f"{KSERVE}/v1alpha1:InferenceGraph", "questions", {
            "minReplicas": 1, "maxReplicas": 3, "resources": SMALL, "timeout": 60, "nodes": {"root": {
                "routerType": "Sequence", "steps": [
                    {"name": "guard", "serviceName": "guard"},
                    {"name": "answers", "serviceName": "answers", "data": "$request", "dependency": "Hard",
                     "condition": "[@this].#(safe==true)"}]}}}, "questions")),
        "kserve.github.io/website/docs/concepts/resources/inferencegraph", KSERVE),
    Idiom("a team of Kubeflow has a profile with a quota, and its notebooks read models and know the proxy", (
        top("kubeflow.org/v1:Profile", "risk", {
            "owner": {"kind": "User", "name": "lead@bank.ae"}, "resourceQuotaSpec": {"hard": {
                "requests.cpu": "32", "requests.memory": "128Gi", "requests.nvidia.com/gpu": "2",
                "persistentvolumeclaims": "10", "requests.storage": "500Gi"}}}),
        inside("kubeflow.org/v1alpha1:PodDefault", "models", {
            "desc": "Models of the bank, to read", "selector": {"matchLabels": {"models": "true"}}, "volumes": CLAIMED,
            "volumeMounts": MOUNTED, "env": OFFLINE}, "risk"),
        inside("kubeflow.org/v1:Notebook", "limits", {"template": {"spec": pod(
            "limits", LARGE, ports=[{"containerPort": 8888, "name": "notebook-port"}], volumeMounts=[
                {"name": "work", "mountPath": "/home/jovyan"}, *SCRATCH_MOUNTS], pod={"volumes": [
                    {"name": "work", "persistentVolumeClaim": {"claimName": "limits"}}, *SCRATCH]})}}, "risk"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("limits", "risk"), "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {"requests": {
                "storage": "50Gi"}}}}, "limits")),
        "kubeflow.org/docs/components/central-dash/profiles; .../notebooks/api-reference/notebook-v1", ours(
            "kubeflow.org", prices=("core/v1:PersistentVolumeClaim::limits", "kubeflow.org/v1:Profile::risk",
                                    "kubeflow.org/v1alpha1:PodDefault::models", "kubeflow.org/v1:Notebook::limits"))),
    owned("a tuning and its service of results wait in the queue as one thing, and retry as one", (
        k8s("workload.codeflare.dev/v1beta2:AppWrapper", {
            "metadata": {**meta("tuning", "risk"), "labels": QUEUED}, "spec": {"components": [
                {"template": {"apiVersion": "batch/v1", "kind": "Job", "metadata": {
                    "name": "tuning", "labels": TAGS}, "spec": {
                        "completions": 2, "parallelism": 2, "completionMode": "Indexed", "backoffLimit": 2,
                        "template": trial("tuning", ["torchrun", "/app/tune.py"])}}},
                {"template": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "tuning", "labels": TAGS},
                              "spec": {"clusterIP": "None", "selector": {"job-name": "tuning"}}}}]}}, "tuning"),),
        "project-codeflare.github.io/appwrapper; samples/wrapped-pytorch-job.yaml", "workload.codeflare.dev"),
    Idiom("answers of the newest model are measured each week offline, and the figures lie on a sealed claim", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("measure", "models"), "automountServiceAccountToken": False},
            "measure-account"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("figures", "models"), "spec": {
            "accessModes": ["ReadWriteMany"], "storageClassName": "encrypted", "resources": {"requests": {
                "storage": "20Gi"}}}}, "figures"),
        k8s("batch/v1:CronJob", {"metadata": meta("measure", "models"), "spec": {
            "schedule": "0 20 * * 6", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "jobTemplate": {
                "metadata": {"labels": QUEUED}, "spec": {
                    "backoffLimit": 1, "activeDeadlineSeconds": 21600, "suspend": True, "ttlSecondsAfterFinished":
                    86400, "template": {"metadata": {"labels": {**TAGS, "app": "measure"}}, "spec": pod(
                        "measure", ONE_GPU, command=["lm_eval"], env=[
                            *QUIET, {"name": "HF_DATASETS_OFFLINE", "value": "1"}], args=[
                            "--model=hf", "--model_args=pretrained=/models/newest,trust_remote_code=False",
                            "--tasks=arabicmmlu", "--output_path=/figures"], volumeMounts=[
                                *CACHED, {"name": "figures", "mountPath": "/figures"}], pod={
                                    "restartPolicy": "Never", "tolerations": TOLERATED, "volumes": [
                                        *CLAIMED, *SCRATCH, {"name": "figures", "persistentVolumeClaim": {
                                            "claimName": "figures"}}]})}}}}}, "measure"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("measure", "models"), "spec": {
            "podSelector": {"matchLabels": {"app": "measure"}}, "policyTypes": ["Ingress", "Egress"], "ingress": [],
            "egress": []}}, "measure-network")),
        "github.com/EleutherAI/lm-evaluation-harness, docs/interface.md", ours(
            prices=("core/v1:PersistentVolumeClaim::figures",))),
    Idiom("papers become vectors by a server of embeddings that has no way out and loads from a claim alone", served(
        "embeddings", "search", pod("embeddings", ONE_GPU, args=TEI, env=[
            *QUIET, {"name": "HUGGINGFACE_HUB_CACHE", "value": "/var/cache/app"}], ports=[{"containerPort": 8080}],
            volumeMounts=CACHED, **probe(8080), pod={"tolerations": TOLERATED, "volumes": [*CLAIMED, *SCRATCH]}), 8080),
        "huggingface.co/docs/text-embeddings-inference/cli_arguments", ours()),
)  # fmt: skip
