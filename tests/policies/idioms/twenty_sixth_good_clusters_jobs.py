"""Good programs of clusters: scaling, queues, models and trainings (set 26, before any rule ran)."""

from collections.abc import Mapping

from ..blind import ME, TAGS
from . import Idiom, unpriced
from .fourth import R
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, GPU, SCRATCH, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, on_eks, whole
from .twenty_third_azure_charts import POD, closed, listed, made, sized, space

ECR = f"{ME}.dkr.ecr.{R}.amazonaws.com"
ON_GPU = {"tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
          "nodeSelector": {"agentpool": "gpu"}}  # fmt: skip
WHOLE = {"automountServiceAccountToken": False, "securityContext": POD, "volumes": [SCRATCH]}


def ray(name: str, resources: Mapping[str, object], **spec: object) -> dict[str, object]:
    """Returns the pods of one group of Ray."""
    return {"metadata": {"labels": TAGS}, "spec": {**WHOLE, "serviceAccountName": "ray", **spec, "containers": [{
        "name": name, "image": f"{ACR}/ray-forecast{DIGEST}", "securityContext": USER, "volumeMounts": [AT_TMP],
        "env": [{"name": "RAY_AUTH_MODE", "value": "token"}, {"name": "RAY_AUTH_TOKEN", "valueFrom": {
            "secretKeyRef": {"name": "ray-token", "key": "token"}}}], "resources": resources}]}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("KEDA: jobs take letters of SQS by the role of their account, a service grows by load and clock",
          on_eks(
        space("papers"), closed("papers"), account("scanner", "papers"), account("api", "papers"),
        named("keda.sh/v1alpha1:TriggerAuthentication", "aws", "papers", {"podIdentity": {
            "provider": "aws", "identityOwner": "workload"}}),
        named("keda.sh/v1alpha1:ScaledJob", "scanner", "papers", {
            "pollingInterval": 30, "minReplicaCount": 0, "maxReplicaCount": 20, "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 5, "scalingStrategy": {"strategy": "accurate"}, "rollout": {
                "strategy": "gradual", "propagationPolicy": "foreground"}, "jobTargetRef": {
                "parallelism": 1, "completions": 1, "activeDeadlineSeconds": 1800, "backoffLimit": 2,
                "ttlSecondsAfterFinished": 600, "template": {"metadata": {"labels": TAGS}, "spec": {
                    **WHOLE, "serviceAccountName": "scanner", "restartPolicy": "Never", "containers": [{
                        "name": "scanner", "image": f"{ECR}/scanner{DIGEST}", "securityContext": USER, "volumeMounts": [
                            AT_TMP], "resources": sized("1", "2Gi"), "env": [{"name": "AWS_REGION", "value": R}]}]}}},
            "triggers": [{"type": "aws-sqs-queue", "metadata": {
                "queueURL": f"https://sqs.{R}.amazonaws.com/{ME}/papers", "queueLength": "5", "awsRegion": R,
                "scaleOnInFlight": "true"}, "authenticationRef": {"name": "aws"}}]}),
        served("api", "papers", {
            "image": f"{ECR}/papers-api{DIGEST}", "ports": [{"name": "https", "containerPort": 8443}], "resources":
            sized("250m", "512Mi"), "readinessProbe": probe("/ready", 8080)}),
        *guarded("api", "papers", 8443, "ingress"),
        named("keda.sh/v1alpha1:ScaledObject", "api", "papers", {
            "scaleTargetRef": {"name": "api"}, "minReplicaCount": 2, "maxReplicaCount": 10, "cooldownPeriod": 300,
            "advanced": {"horizontalPodAutoscalerConfig": {"behavior": {"scaleDown": {
                "stabilizationWindowSeconds": 300, "policies": [{"type": "Percent", "value": 20, "periodSeconds":
                                                                 60}]}}}}, "triggers": [
                {"type": "prometheus", "metadata": {
                    "serverAddress": "https://prometheus.monitoring.svc:9090", "query":
                    "sum(rate(http_requests_total{namespace=\"papers\"}[2m]))", "threshold": "40"}},
                {"type": "cron", "metadata": {"timezone": "Asia/Dubai", "start": "0 7 * * 1-5", "end": "0 19 * * 1-5",
                                              "desiredReplicas": "4"}}]})),
        "keda.sh/docs/2.18/reference/scaledjob-spec; .../authentication-providers/aws, as known",
        merged(listed(), {"escape": {"image_publishers": {ECR: "our own registry"}}})),
    Idiom("Kueue: two teams lend each other GPUs, production comes first, and a whole rack is chosen for a training", (
        whole("kueue.x-k8s.io/v1beta2:Topology", "racks", {"levels": [
            {"nodeLabel": "topology.kubernetes.io/zone"}, {"nodeLabel": "bank.ae/rack"}, {
                "nodeLabel": "kubernetes.io/hostname"}]}),
        *(whole("kueue.x-k8s.io/v1beta2:ResourceFlavor", name, {"nodeLabels": {"agentpool": name}, **more}) for
          name, more in (("gpu", {"topologyName": "racks", "nodeTaints": [
              {"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}], "tolerations": [
                  {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}), ("cpu", {}))),
        whole("kueue.x-k8s.io/v1beta2:Cohort", "models", {"fairSharing": {"weight": "1"}}),
        *(whole("kueue.x-k8s.io/v1beta2:ClusterQueue", team, {
            "cohortName": "models", "namespaceSelector": {"matchLabels": {"team": team}}, "queueingStrategy":
            "BestEffortFIFO", "flavorFungibility": {"whenCanBorrow": "MayStopSearch", "whenCanPreempt":
                                                    "TryNextFlavor"}, "fairSharing": {"weight": weight}, "preemption": {
                "reclaimWithinCohort": "Any", "borrowWithinCohort": {"policy": "LowerPriority",
                                                                    "maxPriorityThreshold": 100},
                "withinClusterQueue": "LowerPriority"}, "admissionChecksStrategy": {"admissionChecks": []},
            "resourceGroups": [
                {"coveredResources": ["nvidia.com/gpu"], "flavors": [{"name": "gpu", "resources": [{
                    "name": "nvidia.com/gpu", "nominalQuota": gpus, "borrowingLimit": 8, "lendingLimit": gpus}]}]},
                {"coveredResources": ["cpu", "memory"], "flavors": [{"name": "cpu", "resources": [
                    {"name": "cpu", "nominalQuota": 64}, {"name": "memory", "nominalQuota": "512Gi"}]}]}]})
          for team, gpus, weight in (("risk", 8, "2"), ("retail", 4, "1"))),
        *(made("kueue.x-k8s.io/v1beta2:LocalQueue", {"metadata": head("default", team), "spec": {
            "clusterQueue": team, "fairSharing": {"weight": "1"}}}, f"queue-{team}") for team in ("risk", "retail")),
        *(made("kueue.x-k8s.io/v1beta2:WorkloadPriorityClass", {
            "metadata": {"name": name, "labels": TAGS}, "value": value, "description": name}, f"priority-{name}")
          for name, value in (("production", 1000), ("research", 100))),
        space("risk"), closed("risk"), account("trainer", "risk"),
        made("batch/v1:Job", {"metadata": {**head("train", "risk"), "labels": {
            **TAGS, "kueue.x-k8s.io/queue-name": "default", "kueue.x-k8s.io/priority-class": "production"}}, "spec": {
            "suspend": True, "parallelism": 2, "completions": 2, "completionMode": "Indexed", "backoffLimit": 3,
            "activeDeadlineSeconds": 86400, "ttlSecondsAfterFinished": 3600, "podFailurePolicy": {"rules": [
                {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]}, "template":
            {"metadata": {"labels": TAGS, "annotations": {
                "kueue.x-k8s.io/podset-required-topology": "bank.ae/rack"}}, "spec": {
                **WHOLE, **ON_GPU, "serviceAccountName": "trainer", "restartPolicy": "Never", "containers": [{
                    "name": "train", "image": f"{ACR}/risk-train{DIGEST}", "securityContext": USER, "volumeMounts": [
                        AT_TMP], "resources": GPU, "args": ["--epochs=4", "--checkpoints=/tmp/checkpoints"]}]}}}},
            "train")),
        "kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling; .../cohort; .../workload_priority_class, as known",
        listed(escape={"allowed_annotations": {"bank.ae/*": "our labels"}})),
    Idiom("KServe: a new version of a model gets a fifth of the calls, a transformer makes its inputs", (
        space("credit"), closed("credit"), account("credit", "credit"),
        named("serving.kserve.io/v1beta1:InferenceService", "credit", "credit", {
            "predictor": {
                "serviceAccountName": "credit", "automountServiceAccountToken": False, "minReplicas": 2, "maxReplicas":
                6, "scaleTarget": 60, "scaleMetric": "cpu", "canaryTrafficPercent": 20, "timeout": 30,
                "containerConcurrency": 20, "securityContext": POD, "logger": {
                    "mode": "all", "url": "http://records.credit.svc"}, "labels": TAGS, "model": {
                    "modelFormat": {"name": "sklearn"}, "protocolVersion": "v2", "runtime": "bank-sklearn",
                    "storageUri": "pvc://models/credit/7", "resources": sized("1", "2Gi"), "securityContext": USER}},
            "transformer": {
                "serviceAccountName": "credit", "automountServiceAccountToken": False, "minReplicas": 2, "maxReplicas":
                4, "securityContext": POD, "volumes": [SCRATCH], "containers": [{
                    "name": "kserve-container", "image": f"{ACR}/credit-inputs{DIGEST}", "securityContext": USER,
                    "volumeMounts": [AT_TMP], "resources": sized("500m", "1Gi"), "args": [
                        "--model_name=credit", "--predictor_protocol=v2"]}]}}, annotations={
                "serving.kserve.io/deploymentMode": "Standard", "serving.kserve.io/autoscalerClass": "hpa"}),
        named("serving.kserve.io/v1alpha1:ServingRuntime", "bank-sklearn", "credit", {
            "annotations": {"prometheus.kserve.io/port": "8080", "prometheus.kserve.io/path": "/metrics"},
            "supportedModelFormats": [{"name": "sklearn", "version": "1", "autoSelect": False}], "protocolVersions": [
                "v2"], "containers": [{
                    "name": "kserve-container", "image": f"{ACR}/mlserver{DIGEST}", "securityContext": USER, "env": [
                        {"name": "MLSERVER_MODEL_NAME", "value": "{{.Name}}"}, {
                            "name": "MLSERVER_MODEL_URI", "value": "/mnt/models"}], "resources": sized("1", "2Gi")}]}),
        named("networking.k8s.io/v1:NetworkPolicy", "callers", "credit", {
            "podSelector": {"matchLabels": {"serving.kserve.io/inferenceservice": "credit"}}, "policyTypes": [
                "Ingress"], "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {
                    "kubernetes.io/metadata.name": "loans"}}}], "ports": [{"port": 8080, "protocol": "TCP"}]}]})),
        "kserve.github.io/website/docs/model-serving/predictive-inference/rollout-strategies/canary; "
        ".../transformers, as known", merged(listed(), unpriced(
            "kubernetes:serving.kserve.io/v1beta1:InferenceService::credit-InferenceService"))),
    Idiom("Ray: a forecast runs on a cluster of its own that ends with it, in a queue of Kueue, with a token", (
        space("forecast"), closed("forecast"), account("ray", "forecast"),
        named("ray.io/v1:RayJob", "weekly", "forecast", {
            "suspend": True, "entrypoint": "python /app/forecast.py --horizon 28", "shutdownAfterJobFinishes": True,
            "ttlSecondsAfterFinished": 600, "activeDeadlineSeconds": 14400, "backoffLimit": 1, "submissionMode":
            "K8sJobMode", "runtimeEnvYAML": "env_vars:\n  RAY_USAGE_STATS_ENABLED: '0'\n", "rayClusterSpec": {
                "rayVersion": "2.52.0", "enableInTreeAutoscaling": False, "authOptions": {"mode": "token"},
                "headGroupSpec": {"serviceType": "ClusterIP", "rayStartParams": {
                    "dashboard-host": "0.0.0.0",  # noqa: S104
                    "num-cpus": "0"}, "template": ray("head", sized("2", "8Gi"))},
                "workerGroupSpecs": [{
                    "groupName": "gpu", "replicas": 2, "minReplicas": 2, "maxReplicas": 2, "rayStartParams": {},
                    "template": ray("worker", GPU, **ON_GPU)}]}, "submitterPodTemplate": {
                        "metadata": {"labels": TAGS}, "spec": {
                    **WHOLE, "serviceAccountName": "ray", "restartPolicy": "Never", "containers": [{
                        "name": "submit", "image": f"{ACR}/ray-forecast{DIGEST}", "securityContext": USER,
                        "volumeMounts": [AT_TMP], "resources": sized("200m", "512Mi")}]}}}, labels={
                            **TAGS, "kueue.x-k8s.io/queue-name": "default"}),
        named("networking.k8s.io/v1:NetworkPolicy", "own", "forecast", {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {}}]}],
            "egress": [{"to": [{"podSelector": {}}]}, {"to": [{"namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "kube-system"}}, "podSelector": {"matchLabels": {
                    "k8s-app": "kube-dns"}}}], "ports": [{"port": 53, "protocol": "UDP"}]}]})),
        "docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start; .../kuberay-auth, as known",
        listed()),
    Idiom("vLLM: a model too large for one machine is served by groups of two pods behind one service", (
        space("large"), closed("large"), account("large", "large"),
        named("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "large", "large", {
            "replicas": 2, "startupPolicy": "LeaderCreated", "rolloutStrategy": {
                "type": "RollingUpdate", "rollingUpdateConfiguration": {"maxUnavailable": 1, "maxSurge": 0}},
            "leaderWorkerTemplate": {"size": 2, "restartPolicy": "RecreateGroupOnPodRestart", **{
                f"{role}Template": {"metadata": {"labels": {**TAGS, "app": "large", "role": role}}, "spec": {
                    **WHOLE, **ON_GPU, "serviceAccountName": "large", "volumes": [SCRATCH, {
                        "name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}}, {
                            "name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "8Gi"}}], "containers": [{
                        "name": "vllm", "image": f"{ACR}/vllm{DIGEST}", "securityContext": USER, "args": args,
                        "env": [{"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"},
                                *keys], "resources": GPU, "volumeMounts": [
                            AT_TMP, {"name": "models", "mountPath": "/models", "readOnly": True}, {
                                "name": "shm", "mountPath": "/dev/shm"}], **more}]}}  # noqa: S108
                for role, args, keys, more in (
                    ("leader", ["serve", "/models/falcon-180b", "--pipeline-parallel-size=2",
                                "--max-model-len=8192", "--disable-log-requests"], [{
                                    "name": "VLLM_API_KEY", "valueFrom": {"secretKeyRef": {
                                        "name": "large-key", "key": "key"}}}],
                     {"ports": [{"name": "http", "containerPort": 8000}], "readinessProbe": probe("/health", 8000)}),
                    ("worker", ["worker"], [], {}))}}}),
        made("core/v1:Service", {"metadata": head("large", "large"), "spec": {
            "type": "ClusterIP", "selector": {"app": "large", "role": "leader"}, "ports": [
                {"name": "http", "port": 8000, "targetPort": "http"}]}}, "service"),
        named("networking.k8s.io/v1:NetworkPolicy", "callers", "large", {
            "podSelector": {"matchLabels": {"role": "leader"}}, "policyTypes": ["Ingress"], "ingress": [
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "assistant"}}}],
                 "ports": [{"port": 8000, "protocol": "TCP"}]}, {"from": [{"podSelector": {"matchLabels": {
                     "app": "large"}}}]}]}),
        named("monitoring.coreos.com/v1:PodMonitor", "large", "large", {
            "selector": {"matchLabels": {"role": "leader"}}, "podMetricsEndpoints": [{"port": "http"}]})),
        "lws.sigs.k8s.io/docs/examples/vllm; docs.vllm.ai/en/latest/deployment/frameworks/lws, as known",
        merged(listed(), unpriced(
            "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet::large-LeaderWorkerSet"))),
)  # fmt: skip
