"""Good programs of clusters: models, queues and their scaling (set 25, before any rule ran)."""

from ..blind import TAGS
from ..harness import Given
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import USER, head, named, whole
from .twenty_third_azure_charts import CLIENT, POD, ZONES, chart, closed, listed, made, sized, space

ACR = "crbankprod.azurecr.io"
DIGEST = "@sha256:" + "e" * 64
VOLCANO, YUNIKORN = "https://volcano-sh.github.io/helm-charts", "https://apache.github.io/yunikorn-release"
KSERVE = "oci://ghcr.io/kserve/charts"
GPU = {"requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"}, "limits": {
    "memory": "64Gi", "nvidia.com/gpu": "1"}}  # fmt: skip
SCRATCH = {"name": "tmp", "emptyDir": {"sizeLimit": "2Gi"}}
SHARED = "/dev/shm"  # noqa: S108
AT_TMP = {"name": "tmp", "mountPath": "/tmp"}  # noqa: S108


def probe(path: str, port: int) -> dict[str, object]:
    """Returns a probe over HTTP."""
    return {"httpGet": {"path": path, "port": port}, "periodSeconds": 10, "failureThreshold": 6}


def served(name: str, namespace: str, container: dict[str, object], replicas: int = 2, **spec: object) -> Given:
    """Returns a Deployment of one container over three zones."""
    labels = {**TAGS, "app": name}
    return made("apps/v1:Deployment", {"metadata": head(name, namespace), "spec": {
        "replicas": replicas, "selector": {"matchLabels": {"app": name}}, "strategy": {
            "type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}, "template": {
            "metadata": {"labels": labels}, "spec": {
                "serviceAccountName": name, "automountServiceAccountToken": False, "securityContext": POD,
                "topologySpreadConstraints": [{**ZONES, "labelSelector": {"matchLabels": {"app": name}}}],
                "terminationGracePeriodSeconds": 60, "volumes": [SCRATCH], "containers": [{
                    "name": name, "securityContext": USER, "volumeMounts": [AT_TMP], **container}], **spec}}}},
        name)  # fmt: skip


def account(name: str, namespace: str, **annotations: str) -> Given:
    """Returns the account of an app."""
    return made("core/v1:ServiceAccount", {"metadata": head(name, namespace, annotations=annotations),
        "automountServiceAccountToken": False}, f"account-{name}")  # fmt: skip


def guarded(name: str, namespace: str, port: int, caller: str) -> tuple[Given, ...]:
    """Returns a service, its budget of disruptions, and what one namespace may call."""
    match = {"matchLabels": {"app": name}}
    return (
        made("core/v1:Service", {"metadata": head(name, namespace), "spec": {"type": "ClusterIP", "selector": {
            "app": name}, "ports": [{"name": "https", "port": 443, "targetPort": port}]}}, f"service-{name}"),
        named("policy/v1:PodDisruptionBudget", name, namespace, {"minAvailable": 1, "selector": match}),
        named("networking.k8s.io/v1:NetworkPolicy", f"{name}-callers", namespace, {
            "podSelector": match, "policyTypes": ["Ingress"], "ingress": [{
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": caller}}}], "ports": [
                    {"port": port, "protocol": "TCP"}]}]}),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Triton: a model of vision on one GPU for each pod, whose files come from a claim, with figures and probes", (
        space("vision"), closed("vision"), account("triton", "vision"),
        served("triton", "vision", {
            "image": f"{ACR}/tritonserver{DIGEST}", "args": [
                "tritonserver", "--model-repository=/models", "--strict-readiness=true", "--model-control-mode=none",
                "--disable-auto-complete-config", "--http-port=8000", "--metrics-port=8002", "--allow-grpc=false"],
            "ports": [{"name": "http", "containerPort": 8000}, {"name": "metrics", "containerPort": 8002}],
            "resources": GPU, "readinessProbe": probe("/v2/health/ready", 8000), "livenessProbe": probe(
                "/v2/health/live", 8000), "startupProbe": probe("/v2/health/ready", 8000), "volumeMounts": [
                AT_TMP, {"name": "models", "mountPath": "/models", "readOnly": True}, {"name": "shm",
                 "mountPath": SHARED}]},
            tolerations=[{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}], nodeSelector={
                "agentpool": "gpu"}, volumes=[SCRATCH, {"name": "models", "persistentVolumeClaim": {
                    "claimName": "vision-models", "readOnly": True}}, {"name": "shm", "emptyDir": {
                        "medium": "Memory", "sizeLimit": "4Gi"}}]),
        *guarded("triton", "vision", 8000, "portal"),
        named("autoscaling/v2:HorizontalPodAutoscaler", "triton", "vision", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "triton"}, "minReplicas": 2,
            "maxReplicas": 4, "metrics": [{"type": "Pods",
                "pods": {"metric": {"name": "nv_inference_queue_duration_us"},
                "target": {"type": "AverageValue", "averageValue": "50000"}}}], "behavior": {"scaleDown": {
                    "stabilizationWindowSeconds": 600}}}),
        named("monitoring.coreos.com/v1:PodMonitor", "triton", "vision", {
            "selector": {"matchLabels": {"app": "triton"}}, "podMetricsEndpoints": [{"port": "metrics"}]})),
        "triton-inference-server/server deploy/k8s-onprem; docs.nvidia.com/deeplearning/triton-inference-server, as "
        "known", listed()),
    Idiom("KEDA: readers of letters grow with the queue of Service Bus, by workload identity and without any key", (
        space("letters"), closed("letters"),
        account("reader", "letters", **{"azure.workload.identity/client-id": CLIENT}),
        served("reader", "letters", {
            "image": f"{ACR}/letters-reader{DIGEST}", "resources": sized("500m", "1Gi"), "env": [
                {"name": "QUEUE", "value": "letters"}, {"name": "SERVICEBUS", "value":
                                                        "sb-letters-prod.servicebus.windows.net"}],
            "livenessProbe": probe("/live", 8080)}, replicas=1),
        named("keda.sh/v1alpha1:TriggerAuthentication", "by-identity", "letters", {
            "podIdentity": {"provider": "azure-workload", "identityId": CLIENT}}),
        named("keda.sh/v1alpha1:ScaledObject", "reader", "letters", {
            "scaleTargetRef": {"name": "reader"}, "minReplicaCount": 1, "maxReplicaCount": 20, "pollingInterval": 15,
            "cooldownPeriod": 300, "fallback": {"failureThreshold": 3, "replicas": 4}, "triggers": [{
                "type": "azure-servicebus", "metadata": {"namespace": "sb-letters-prod", "queueName": "letters",
                                                         "messageCount": "20"}, "authenticationRef": {
                    "name": "by-identity"}}], "advanced": {"restoreToOriginalReplicaCount": True}})),
        "keda.sh/docs/scalers/azure-service-bus; learn.microsoft.com/azure/aks/keda-workload-identity, as known",
        listed(residency={"known": {"sb-letters-prod.servicebus.windows.net": "our own, in uaenorth"}})),
    Idiom("charts kserve: models of teams are served without Knative, by their own runtime, in pods that are closed", (
        space("kserve"), space("scores"), closed("scores"),
        chart("kserve-crd", KSERVE, "v0.16.0", "kserve", {}),
        chart("kserve", KSERVE, "v0.16.0", "kserve", {"kserve": {
            "controller": {"deploymentMode": "Standard", "resources": sized("100m", "512Mi"), "gateway": {
                "ingressGateway": {"enableGatewayApi": True, "kserveGateway": "kserve/private"}, "domain":
                "models.apps.bank.ae", "disableIstioVirtualHost": True}},
            "metricsaggregator": {"enableMetricAggregation": "false"}, "storage": {"enableModelcar": True}}}),
        account("scores", "scores"),
        named("serving.kserve.io/v1beta1:InferenceService", "credit", "scores", {"predictor": {
            "serviceAccountName": "scores", "automountServiceAccountToken": False, "minReplicas": 2, "maxReplicas": 6,
            "scaleMetric": "cpu", "scaleTarget": 70, "securityContext": POD, "labels": TAGS, "containers": [{
                "name": "kserve-container", "image": f"{ACR}/credit-server{DIGEST}", "securityContext": USER, "ports": [
                    {"containerPort": 8080, "protocol": "TCP"}], "resources": sized("1", "2Gi"), "volumeMounts": [
                    AT_TMP]}], "volumes": [SCRATCH]}}, annotations={
                        "serving.kserve.io/deploymentMode": "Standard"})),
        "kserve/kserve charts/kserve-resources/values.yaml; kserve.github.io/website admin-guide, as known",
        listed(KSERVE), charts=("kserve", "kserve-crd")),
    Idiom("RayService: answers of a ranking model on Ray with a token for each call, pods of three zones and a limit", (
        space("ranking"), closed("ranking"), account("ray", "ranking"),
        named("ray.io/v1:RayService", "ranking", "ranking", {
            "upgradeStrategy": {"type": "NewCluster"}, "serveConfigV2":
            "applications:\n- name: ranking\n  import_path: app:ranking\n  route_prefix: /\n  deployments:\n"
            "  - name: Ranking\n    autoscaling_config: {min_replicas: 2, max_replicas: 6}\n",
            "rayClusterConfig": {
                "rayVersion": "2.52.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
                "autoscalerOptions": {"idleTimeoutSeconds": 300, "upscalingMode": "Conservative", "securityContext":
                                      USER, "resources": sized("200m", "512Mi")},
                "headGroupSpec": {"rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"}, "template": {
                    "metadata": {"labels": TAGS}, "spec": {
                        "serviceAccountName": "ray", "securityContext": POD, "volumes": [SCRATCH], "containers": [{
                            "name": "ray-head", "image": f"{ACR}/ranking{DIGEST}", "securityContext": USER,
                            "resources": sized("1", "4Gi"), "volumeMounts": [AT_TMP]}]}}},
                "workerGroupSpecs": [{"groupName": "cpu", "replicas": 2, "minReplicas": 2, "maxReplicas": 6,
                    "rayStartParams": {}, "template": {"metadata": {"labels": TAGS}, "spec": {
                        "serviceAccountName": "ray", "automountServiceAccountToken": False, "securityContext": POD,
                        "volumes": [SCRATCH], "topologySpreadConstraints": [ZONES], "containers": [{
                            "name": "ray-worker", "image": f"{ACR}/ranking{DIGEST}", "securityContext": USER,
                            "resources": sized("2", "8Gi"), "volumeMounts": [AT_TMP]}]}}}]}})),
        "ray-project/kuberay ray-operator/config/samples/ray-service.yaml; docs.ray.io/en/latest/cluster/kubernetes/"
        "user-guides/kuberay-auth.html, as known", listed()),
    Idiom("chart volcano: trainings of two teams share the nodes by weight, and start only as a whole", (
        space("volcano-system", "baseline"), space("train"), closed("train"), account("fit", "train"),
        chart("volcano", VOLCANO, "1.13.0", "volcano-system", {
            "custom": {"metrics_enable": False, "controller_replicas": 2, "scheduler_replicas": 2,
                       "admission_replicas": 2, "default_sc": POD, "leader_elect_enable": True}}),
        *(whole("scheduling.volcano.sh/v1beta1:Queue", team, {"weight": weight, "reclaimable": True, "capability": {
            "cpu": "64", "memory": "512Gi", "nvidia.com/gpu": "4"}}) for team, weight in (("risk", 3), ("cards", 1))),
        named("batch.volcano.sh/v1alpha1:Job", "fit", "train", {
            "schedulerName": "volcano", "queue": "risk", "minAvailable": 2, "maxRetry": 3, "ttlSecondsAfterFinished":
            86400, "plugins": {"env": [], "svc": ["--disable-network-policy=false"]}, "policies": [
                {"event": "PodEvicted", "action": "RestartJob"}], "tasks": [{
                "name": "worker", "replicas": 2, "template": {"metadata": {"labels": TAGS}, "spec": {
                    "restartPolicy": "OnFailure", "serviceAccountName": "fit", "automountServiceAccountToken": False,
                    "securityContext": POD, "volumes": [SCRATCH], "containers": [{
                        "name": "fit", "image": f"{ACR}/fit{DIGEST}", "securityContext": USER, "resources": GPU,
                        "volumeMounts": [AT_TMP]}]}}}]})),
        "volcano-sh/volcano installer/helm/chart/volcano/values.yaml; volcano.sh/en/docs/queue, as known",
        merged(listed(VOLCANO), unpriced("kubernetes:batch.volcano.sh/v1alpha1:Job::fit-Job")), charts=("volcano",)),
)  # fmt: skip
