"""Good idioms of clusters: apps, models, trainings and their queues as plain objects (set 23, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside, secret_variable
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import CALLERS, LARGE, image, ours
from .twelfth_cluster import GPU, OFFLINE, TOLERATED
from .twentieth_goodb_charts import apart, approved, certificate, merged, namespace
from .twenty_first_xcharts import CLAIM, leaving
from .twenty_first_xclusters import app

MODELS = [{"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}}]
MODEL_MOUNTS = [*SCRATCH_MOUNTS, {"name": "models", "mountPath": "/models", "readOnly": True}]
SHARED = {"emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}, "name": "shm"}


def watched(name: str, space: str, port: str = "metrics", **more: object) -> Given:
    """Returns what Prometheus reads of a program by TLS."""
    return inside("monitoring.coreos.com/v1:ServiceMonitor", name, {
        "selector": {"matchLabels": {"app": name}}, "endpoints": [{
            "port": port, "scheme": "https", "interval": "30s", "tlsConfig": {
                "ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}, "serverName": f"{name}.{space}.svc"},
            **more}]}, space)  # fmt: skip


def grown(name: str, space: str, least: int, most: int) -> Given:
    """Returns what follows the load of a program."""
    return k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta(name, space), "spec": {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}, "minReplicas": least,
        "maxReplicas": most, "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {
            "type": "Utilization", "averageUtilization": 70}}}], "behavior": {
                "scaleUp": {"stabilizationWindowSeconds": 0, "policies": [{"type": "Percent", "value": 100,
                                                                           "periodSeconds": 30}]},
                "scaleDown": {"stabilizationWindowSeconds": 300, "policies": [{"type": "Pods", "value": 1,
                                                                               "periodSeconds": 60}]}}}},
        f"{name}-growth")  # fmt: skip


IDIOMS = approved(
    Idiom("an app of payments grows with its load, is behind a route with its own certificate, and is watched by TLS", (
        *namespace("cards"), *app("cards", "cards", 8443, 3), grown("cards", "cards", 3, 12), watched("cards", "cards"),
        certificate("cards", "cards", "cards.bank.ae"), leaving("database", "cards", "10.30.20.0/28", port=5432),
        inside("gateway.networking.k8s.io/v1:HTTPRoute", "cards", {
            "parentRefs": [{"name": "inner", "namespace": "gateway", "sectionName": "https"}], "hostnames": [
                "cards.bank.ae"], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}], "filters": [
                    {"type": "ResponseHeaderModifier", "responseHeaderModifier": {"set": [
                        {"name": "Strict-Transport-Security", "value": "max-age=31536000; includeSubDomains"}]}}],
                    "timeouts": {"request": "10s", "backendRequest": "8s"}, "backendRefs": [
                        {"name": "cards", "port": 443, "weight": 100}]}]}, "cards"),
        inside("gateway.networking.k8s.io/v1:BackendTLSPolicy", "cards-tls", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "cards"}], "validation": {
                "hostname": "cards.cards.svc", "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name":
                                                                      "bank-authority"}]}}, "cards"),
        inside("monitoring.coreos.com/v1:PrometheusRule", "cards", {"groups": [{"name": "cards", "interval": "30s",
            "rules": [
                {"record": "cards:errors:ratio5m",
                    "expr": 'sum(rate(http_requests_total{app="cards",code=~"5.."}[5m])) '
                 '/ sum(rate(http_requests_total{app="cards"}[5m]))'},
                {"alert": "CardsFail", "expr": "cards:errors:ratio5m > 0.01", "for": "10m", "keep_firing_for": "5m",
                 "labels": {"severity": "page"}, "annotations": {
                     "summary": "One call in a hundred fails", "runbook_url": "https://wiki.bank.ae/cards"}}]}]},
                         "cards"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("cards", "cards"), "spec": {"hard": {
            "requests.cpu": "40", "requests.memory": "80Gi", "limits.memory": "80Gi", "pods": "60"}}}, "quota")),
        "kubernetes.io/docs/setup/best-practices; gateway-api.sigs.k8s.io/api-types/backendtlspolicy, as known", merged(
            ours(), {"kubernetes": CALLERS})),
    Idiom("a report is made each night by a job with a deadline, which keeps its last runs and mounts a claim", (
        *namespace("reports"), account("daily", "reports"), password("ledger", "reports", "password"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("reports", "reports"), "spec": CLAIM}, "reports"),
        leaving("ledger", "reports", "10.30.20.16/28", port=5432), k8s("core/v1:ConfigMap", {
            "metadata": meta("daily", "reports"), "immutable": True, "data": {
                "report.yaml": "schedule: daily\nformat: csv\ncolumns:\n  - branch\n  - total\ndelimiter: ';'\n"}},
            "settings"),
        k8s("batch/v1:CronJob", {"metadata": meta("daily", "reports"), "spec": {
            "schedule": "30 1 * * 1-5", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 600, "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 5,
                "jobTemplate": {
                "metadata": {"labels": TAGS}, "spec": {
                    "backoffLimit": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 172800,
                    "podFailurePolicy": {"rules": [
                        {"action": "FailJob", "onExitCodes": {"containerName": "daily", "operator": "In",
                            "values": [42]}},
                        {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
                    "template": {"metadata": {"labels": {**TAGS, "app": "daily"}}, "spec": pod(
                        "daily", LARGE, args=["--settings", "/etc/report/report.yaml", "--out", "/out"], env=[
                            {"name": "PGHOST", "value": "ledger.bank.ae"}, {"name": "PGSSLMODE",
                                "value": "verify-full"},
                            {"name": "PGSSLROOTCERT", "value": "/etc/ca/ca.crt"}, secret_variable(
                                "PGPASSWORD", "ledger", "password")], volumeMounts=[
                            *SCRATCH_MOUNTS, {"name": "settings", "mountPath": "/etc/report", "readOnly": True},
                            {"name": "out", "mountPath": "/out"}, {"name": "ca", "mountPath": "/etc/ca", "readOnly":
                                                                   True}], pod={
                            "restartPolicy": "Never", "volumes": [
                                *SCRATCH, {"name": "settings", "configMap": {"name": "daily"}}, {
                                    "name": "ca", "configMap": {"name": "bank-authority"}}, {
                                    "name": "out", "persistentVolumeClaim": {"claimName": "reports"}}]})}}}}},
                                        "daily")),
        "kubernetes.io/docs/concepts/workloads/controllers/cron-jobs; .../job/#pod-failure-policy, as known", ours()),
    Idiom("a model of Arabic is served by two pods of vLLM from a claim, one GPU each, behind a token of the gateway", (
        *namespace("answers"), account("answers", "answers"), password("answers", "answers", "token"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("models", "answers"), "spec": {
            "accessModes": ["ReadOnlyMany"], "storageClassName": "encrypted", "resources": {"requests": {
                "storage": "200Gi"}}}}, "models"),
        k8s("apps/v1:Deployment", {"metadata": meta("answers", "answers"), "spec": {
            "replicas": 2, "progressDeadlineSeconds": 1800, "strategy": {"type": "RollingUpdate", "rollingUpdate": {
                "maxSurge": 0, "maxUnavailable": 1}}, "selector": {"matchLabels": {"app": "answers"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "answers"}}, "spec": pod(
                    "answers", GPU, image=image("vllm/vllm-openai"), args=[
                        "--model", "/models/jais-13b", "--served-model-name", "jais-13b", "--port", "8443",
                        "--max-model-len", "8192", "--gpu-memory-utilization", "0.90", "--enable-prefix-caching",
                        "--ssl-certfile", "/tls/tls.crt", "--ssl-keyfile", "/tls/tls.key", "--disable-log-requests"],
                    env=[*OFFLINE, secret_variable("VLLM_API_KEY", "answers", "token"), {
                        "name": "HOME", "value": "/var/cache/app"}], ports=[{"containerPort": 8443, "name": "https"}],
                    startupProbe={"httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"},
                        "failureThreshold": 90,
                                  "periodSeconds": 10},
                    readinessProbe={"httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}},
                    livenessProbe={"httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"},
                        "failureThreshold": 6},
                    volumeMounts=[*MODEL_MOUNTS, {"name": "shm", "mountPath": "/dev/shm"}, {  # noqa: S108
                        "name": "tls", "mountPath": "/tls", "readOnly": True}], pod={
                        "tolerations": TOLERATED, "nodeSelector": {"nvidia.com/gpu.product": "NVIDIA-L40S"},
                        "terminationGracePeriodSeconds": 120, "priorityClassName": "models",
                        "topologySpreadConstraints": apart("answers"), "volumes": [
                            *SCRATCH, *MODELS, SHARED, {"name": "tls", "secret": {"secretName": "answers-tls"}}]})}}},
            "answers"),
        k8s("scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "models", "labels": TAGS}, "value": 100000,
            "preemptionPolicy": "PreemptLowerPriority", "description": "Models that answer"}, "priority"),
        k8s("core/v1:Service", {"metadata": meta("answers", "answers"), "spec": {
            "selector": {"app": "answers"}, "ports": [{"name": "https", "port": 443, "targetPort": "https"}]}},
                "service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("answers", "answers"), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "answers"}}}}, "budget"),
        certificate("answers", "answers"), watched("answers", "answers", "https"),
        reached("answers", "answers", {"app": "answers"}, 8443, "gateway")),
        "docs.vllm.ai/en/stable/deployment/k8s; .../cli/serve, as known", ours()),
    Idiom("trainings of teams wait in queues of Kueue for GPUs of one kind, lend what is idle and take it back", (
        top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "l40s", {
            "nodeLabels": {"nvidia.com/gpu.product": "NVIDIA-L40S"}, "tolerations": TOLERATED, "nodeTaints": [
                {"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}]}),
        *(top("kueue.x-k8s.io/v1beta1:ClusterQueue", name, {
            "cohort": "bank", "queueingStrategy": "BestEffortFIFO", "namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": name}}, "flavorFungibility": {"whenCanBorrow": "Borrow"}, "preemption": {
                "reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority", "borrowWithinCohort": {
                    "policy": "Never"}}, "resourceGroups": [{
                    "coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{"name": "l40s", "resources": [
                        {"name": "cpu", "nominalQuota": 64}, {"name": "memory", "nominalQuota": "512Gi"},
                        {"name": "nvidia.com/gpu", "nominalQuota": gpus, "borrowingLimit": 4}]}]}]})
          for name, gpus in (("fraud", 8), ("language", 12))),
        *namespace("fraud"), account("train", "fraud"), inside("kueue.x-k8s.io/v1beta1:LocalQueue", "work", {
            "clusterQueue": "fraud"}, "fraud"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("fraud", "fraud"), "spec": {"hard": {
            "requests.nvidia.com/gpu": "12", "requests.cpu": "96", "limits.memory": "768Gi"}}}, "quota"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("checkpoints", "fraud"), "spec": {
            "accessModes": ["ReadWriteMany"], "storageClassName": "encrypted", "resources": {"requests": {
                "storage": "500Gi"}}}}, "checkpoints"),
        k8s("batch/v1:Job", {"metadata": meta("train", "fraud", labels={**TAGS, "kueue.x-k8s.io/queue-name": "work"}),
            "spec": {"parallelism": 4, "completions": 4, "completionMode": "Indexed", "backoffLimitPerIndex": 2,
                     "maxFailedIndexes": 2, "suspend": True, "activeDeadlineSeconds": 86400, "ttlSecondsAfterFinished":
                     86400, "template": {"metadata": {"labels": {**TAGS, "app": "train"}}, "spec": pod(
                         "train", GPU, command=["torchrun", "--nnodes=4", "--nproc-per-node=1", "/app/train.py"], env=[
                             *OFFLINE, {"name": "NCCL_DEBUG", "value": "WARN"}, {"name": "MASTER_ADDR", "value":
                                                                                "train-0.train"}], volumeMounts=[
                             *SCRATCH_MOUNTS, {"name": "checkpoints", "mountPath": "/checkpoints"},
                             {"name": "shm", "mountPath": "/dev/shm"}], pod={  # noqa: S108
                             "restartPolicy": "Never", "subdomain": "train", "tolerations": TOLERATED, "volumes": [
                                 *SCRATCH, SHARED, {"name": "checkpoints", "persistentVolumeClaim": {
                                     "claimName": "checkpoints"}}]})}}}, "train"),
        k8s("core/v1:Service", {"metadata": meta("train", "fraud"), "spec": {
            "clusterIP": "None", "selector": {"app": "train"}, "publishNotReadyAddresses": True, "ports": [
                {"name": "rendezvous", "port": 29500}]}}, "peers"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("peers", "fraud"), "spec": {
            "podSelector": {"matchLabels": {"app": "train"}}, "policyTypes": ["Ingress", "Egress"],
                "ingress": [{"from": [
                {"podSelector": {"matchLabels": {"app": "train"}}}]}], "egress": [{"to": [
                    {"podSelector": {"matchLabels": {"app": "train"}}}]}]}}, "peers-network")),
        "kueue.sigs.k8s.io/docs/concepts/cluster_queue; .../tasks/run/jobs, as known", merged(ours(
            "kueue.x-k8s.io", prices=("kueue.x-k8s.io/v1beta1:ResourceFlavor::l40s",
                                      "kueue.x-k8s.io/v1beta1:ClusterQueue::fraud",
                                      "kueue.x-k8s.io/v1beta1:ClusterQueue::language",
                                      "kueue.x-k8s.io/v1beta1:LocalQueue::work")), {
            "kubernetes": {"namespaces": {"language": "the stack of the language team"}}})),
)  # fmt: skip
