"""Good programs of clusters: trainings, streams, models and what scales them (2026-12-03, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .good_clusters_data import known
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, GPU, SCRATCH, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, whole
from .twenty_sixth_good_clusters_jobs import ON_GPU
from .twenty_third_azure_charts import CLIENT, POD, chart, closed, listed, made, sized, space

HELD = {"automountServiceAccountToken": False, "securityContext": POD, "volumes": [SCRATCH]}
FLINK = "https://downloads.apache.org/flink/flink-kubernetes-operator-1.13.0"
KATIB_IMAGE = f"{ACR}/tune-credit{DIGEST}"


def box(name: str, resources: object, **more: object) -> dict[str, object]:
    """Returns a container of the bank's image that may do little."""
    return {"name": name, "image": f"{ACR}/{name}{DIGEST}", "securityContext": USER, "volumeMounts": [AT_TMP],
            "resources": resources, **more}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("JobSet: a driver and four workers of a training start in order, in a queue, and fail by named reasons", (
        space("speech"), closed("speech"), account("trainer", "speech"),
        made("jobset.x-k8s.io/v1alpha2:JobSet", {"metadata": head("speech", "speech") | {"labels": {
            **TAGS, "kueue.x-k8s.io/queue-name": "default"}, "annotations": {
                "alpha.jobset.sigs.k8s.io/exclusive-topology": "bank.ae/rack"}}, "spec": {
            "suspend": True, "ttlSecondsAfterFinished": 3600, "network": {
                "enableDNSHostnames": True, "subdomain": "speech", "publishNotReadyAddresses": True}, "successPolicy": {
                    "operator": "All", "targetReplicatedJobs": ["driver"]}, "startupPolicy": {
                "startupPolicyOrder": "InOrder"}, "failurePolicy": {"maxRestarts": 3, "rules": [
                    {"action": "RestartJobSetAndIgnoreMaxRestarts", "onJobFailureReasons": ["PodFailurePolicy"],
                     "targetReplicatedJobs": ["workers"]}]}, "replicatedJobs": [
                {"name": name, "replicas": 1, "template": {"metadata": {"labels": TAGS}, "spec": {
                    "parallelism": pods, "completions": pods, "completionMode": "Indexed", "backoffLimit": 0,
                    "activeDeadlineSeconds": 43200, "template": {"metadata": {"labels": TAGS}, "spec": {
                        **HELD, **place, "serviceAccountName": "trainer", "restartPolicy": "Never", "containers": [
                            box(name, resources)]}}}}} for name, pods, resources, place in (
                    ("driver", 1, sized("2", "8Gi"), {}), ("workers", 4, GPU, ON_GPU))]}}, "speech")),
        "kubernetes-sigs/jobset site/static/examples; jobset.sigs.k8s.io/docs/concepts, as known",
        listed(escape={"allowed_annotations": {"bank.ae/*": "our labels"}})),
    Idiom("LeaderWorkerSet: a model over four machines, its groups on one rack each, is updated group by group", (
        space("chat"), closed("chat"), account("chat", "chat"),
        named("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "chat", "chat", {
            "replicas": 2, "startupPolicy": "LeaderReady", "networkConfig": {"subdomainPolicy": "Shared"},
            "rolloutStrategy": {"type": "RollingUpdate", "rollingUpdateConfiguration": {
                "maxUnavailable": 1, "maxSurge": 0, "partition": 0}}, "leaderWorkerTemplate": {
                "size": 2, "restartPolicy": "RecreateGroupOnPodRestart", **{part: {
                    "metadata": {"labels": {**TAGS, "app": part}}, "spec": {
                        **HELD, **ON_GPU, "serviceAccountName": "chat", "containers": [box(
                            "vllm-openai", GPU, command=command, env=[
                                {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "VLLM_NO_USAGE_STATS", "value": "1"},
                                {"name": "VLLM_API_KEY", "valueFrom": {"secretKeyRef": {
                                    "name": "chat", "key": "api-key"}}}], **more)]}} for part, command, more in (
                    ("leaderTemplate", ["vllm", "serve", "/models/jais", "--tensor-parallel-size=1",
                                        "--pipeline-parallel-size=2", "--port=8000"],
                     {"ports": [{"name": "http", "containerPort": 8000}], "readinessProbe": probe("/health", 8000)}),
                    ("workerTemplate", ["vllm", "serve", "/models/jais", "--headless"], {}))}}},
            annotations={"leaderworkerset.sigs.k8s.io/exclusive-topology": "bank.ae/rack"}),
        *guarded("chat", "chat", 8000, "portal")),
        "kubernetes-sigs/lws docs/examples/vllm; lws.sigs.k8s.io/docs/concepts, as known", merged(listed(), {
            "escape": {"allowed_annotations": {"bank.ae/*": "our labels"}}, **unpriced(
                "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet::chat-LeaderWorkerSet")})),
    Idiom("Katib: thirty trials of a model, three at a time, each a small job that ends, with a stop for the hopeless",
        (
        space("tuning"), closed("tuning"), account("trial", "tuning"),
        named("kubeflow.org/v1beta1:Experiment", "credit", "tuning", {
            "objective": {"type": "maximize", "goal": 0.92, "objectiveMetricName": "auc"}, "algorithm": {
                "algorithmName": "tpe"}, "earlyStopping": {"algorithmName": "medianstop", "algorithmSettings": [
                    {"name": "min_trials_required", "value": "5"}]}, "parallelTrialCount": 3, "maxTrialCount": 30,
            "maxFailedTrialCount": 3, "resumePolicy": "Never", "metricsCollectorSpec": {
                "collector": {"kind": "StdOut"}}, "parameters": [
                {"name": "rate", "parameterType": "double", "feasibleSpace": {"min": "0.001", "max": "0.1"}},
                {"name": "depth", "parameterType": "int", "feasibleSpace": {"min": "3", "max": "9"}}],
            "trialTemplate": {
                "retain": False, "primaryContainerName": "tune", "trialParameters": [
                    {"name": "rate", "reference": "rate"}, {"name": "depth", "reference": "depth"}], "trialSpec": {
                    "apiVersion": "batch/v1", "kind": "Job", "metadata": {"labels": TAGS}, "spec": {
                        "backoffLimit": 1, "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                            "metadata": {"labels": TAGS, "annotations": {"sidecar.istio.io/inject": "false"}}, "spec": {
                                **HELD, "serviceAccountName": "trial", "restartPolicy": "Never", "containers": [{
                                    **box("tune", sized("2", "4Gi")), "image": KATIB_IMAGE, "args": [
                                        "--rate=${trialParameters.rate}", "--depth=${trialParameters.depth}"]}]}}}}}})),
        "kubeflow.org/docs/components/katib/user-guides/hp-tuning/configure-experiment, as known",
        merged(listed(), unpriced("kubernetes:kubeflow.org/v1beta1:Experiment::credit-Experiment"))),
    Idiom("Spark: a job of each night on spot machines reads the lake by the identity of its pod and writes by TLS", (
        space("marts"), closed("marts"), account("spark", "marts", **{"azure.workload.identity/client-id": CLIENT}),
        made("rbac.authorization.k8s.io/v1:Role", {"metadata": head("spark", "marts"), "rules": [
            {"apiGroups": [""], "resources": ["pods", "services", "configmaps"], "verbs": [
                "create", "get", "list", "watch", "delete", "deletecollection"]}]}, "spark-role"),
        made("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": head("spark", "marts"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "spark"}, "subjects": [
                {"kind": "ServiceAccount", "name": "spark", "namespace": "marts"}]}, "spark-binding"),
        named("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication", "marts", "marts", {
            "schedule": "0 1 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
                "successfulRunHistoryLimit":
            3, "failedRunHistoryLimit": 3, "template": {
                "type": "Python", "pythonVersion": "3", "mode": "cluster", "image": f"{ACR}/spark-marts{DIGEST}",
                "imagePullPolicy": "IfNotPresent", "mainApplicationFile": "local:///opt/spark/work/marts.py",
                "sparkVersion": "4.0.1", "timeToLiveSeconds": 86400, "restartPolicy": {
                    "type": "OnFailure", "onFailureRetries": 2, "onFailureRetryInterval": 60,
                    "onSubmissionFailureRetries": 2, "onSubmissionFailureRetryInterval": 30},
                "sparkConf": {
                    "spark.authenticate": "true", "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled":
                    "true", "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "200",
                    "spark.decommission.enabled": "true", "spark.storage.decommission.shuffleBlocks.enabled": "true"},
                "hadoopConf": {"fs.azure.account.auth.type": "OAuth"},
                "dynamicAllocation": {"enabled": True, "initialExecutors": 2, "minExecutors": 2, "maxExecutors": 12},
                "driver": {"cores": 1, "memory": "4g", "serviceAccount": "spark", "labels": {
                    **TAGS, "azure.workload.identity/use": "true"}, "securityContext": USER, "podSecurityContext": POD},
                "executor": {"cores": 4, "memory": "14g", "serviceAccount": "spark", "labels": {
                    **TAGS, "azure.workload.identity/use": "true"}, "securityContext": USER, "podSecurityContext": POD,
                    "nodeSelector": {"kubernetes.azure.com/scalesetpriority": "spot"}, "tolerations": [
                        {"key": "kubernetes.azure.com/scalesetpriority", "operator": "Equal", "value": "spot",
                         "effect": "NoSchedule"}]}}})),
        "kubeflow/spark-operator examples/spark-pi-scheduled.yaml; spark.apache.org/docs/latest/security.html, as "
        "known", merged(listed(), unpriced(
            "kubernetes:sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication::marts-ScheduledSparkApplication"))),
    Idiom("chart flink-kubernetes-operator: a stream of payments keeps its state in the bank's store, by TLS inside", (
        space("flink"), space("streams"), closed("streams"), account("flink", "streams"),
        chart("flink-kubernetes-operator", FLINK, "1.13.0", "flink", {
            "watchNamespaces": ["streams"], "replicas": 2, "webhook": {"create": True}, "operatorPod": {
                "labels": TAGS, "resources": sized("250m", "1Gi")}, "operatorSecurityContext": USER,
            "podSecurityContext": POD, "defaultConfiguration": {"create": True, "append": True, "flink-conf.yaml":
                "kubernetes.operator.leader-election.enabled: true\n"
                "kubernetes.operator.leader-election.lease-name: flink\n"}}),
        named("flink.apache.org/v1beta1:FlinkDeployment", "payments", "streams", {
            "image": f"{ACR}/flink-payments{DIGEST}", "flinkVersion": "v2_0", "mode": "native",
                "serviceAccount": "flink",
            "flinkConfiguration": {
                "taskmanager.numberOfTaskSlots": "2", "state.backend.type": "rocksdb",
                    "execution.checkpointing.interval":
                "60s", "execution.checkpointing.dir": "s3://flink-state/payments/checkpoints",
                "execution.checkpointing.savepoint-dir": "s3://flink-state/payments/savepoints",
                "s3.endpoint": "https://s3.dc1.example.ae", "s3.path.style.access": "true",
                "high-availability.type": "kubernetes", "high-availability.storageDir":
                "s3://flink-state/payments/ha", "security.ssl.internal.enabled": "true", "security.ssl.rest.enabled":
                "true", "security.ssl.rest.authentication-enabled": "true", "security.ssl.internal.keystore":
                "/tls/keystore.p12", "security.ssl.internal.truststore": "/tls/truststore.p12", "web.submit.enable":
                "false", "web.cancel.enable": "false", "kubernetes.rest-service.exposed.type": "ClusterIP",
                "job.autoscaler.enabled": "true", "job.autoscaler.target.utilization": "0.7",
                    "pipeline.max-parallelism":
                "24"},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "securityContext": POD, "volumes": [SCRATCH, {"name": "tls", "secret": {"secretName": "flink-tls"}}],
                "containers": [{"name": "flink-main-container", "securityContext": USER, "volumeMounts": [
                    AT_TMP, {"name": "tls", "mountPath": "/tls", "readOnly": True}]}]}},
            "jobManager": {"replicas": 2, "resource": {"memory": "2048m", "cpu": 1}}, "taskManager": {
                "replicas": 2, "resource": {"memory": "8192m", "cpu": 2}}, "job": {
                "jarURI": "local:///opt/flink/usrlib/payments.jar", "parallelism": 4, "upgradeMode": "savepoint",
                "state": "running"}})),
        "nightlies.apache.org/flink/flink-kubernetes-operator-docs-stable; .../flink-docs-stable/docs/deployment/"
        "security/security-ssl, as known", merged(listed(FLINK, escape=known("flink.apache.org")), merged(unpriced(
            "kubernetes:flink.apache.org/v1beta1:FlinkDeployment::payments-FlinkDeployment"), {
                "residency": {"known": {"flink-state": "our bucket of the object store of the data centre"}}})),
        charts=("flink-kubernetes-operator",)),
    Idiom("Ray: a cluster of a team that sizes itself with a token, TLS and a head that survives",
        (
        space("lab"), closed("lab"), account("ray", "lab"),
        named("ray.io/v1:RayCluster", "lab", "lab", {
            "rayVersion": "2.52.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
            "autoscalerOptions": {"version": "v2", "idleTimeoutSeconds": 300, "resources": sized("200m", "512Mi"),
                                  "securityContext": USER}, "gcsFaultToleranceOptions": {
                "redisAddress": "rediss://sessions.lab.svc:6379", "redisPassword": {"valueFrom": {"secretKeyRef": {
                    "name": "redis", "key": "password"}}}, "externalStorageNamespace": "lab"},
            "headGroupSpec": {"serviceType": "ClusterIP", "enableIngress": False, "rayStartParams": {
                "num-cpus": "0", "dashboard-host": "0.0.0.0"},  # noqa: S104
                "template": {"metadata": {"labels": TAGS}, "spec": {
                **HELD, "serviceAccountName": "ray", "automountServiceAccountToken": True, "containers": [box(
                    "ray-lab", sized("2", "8Gi"), env=[{"name": "RAY_USE_TLS", "value": "1"}, {
                        "name": "RAY_TLS_CA_CERT", "value": "/tls/ca.crt"}])]}}},
            "workerGroupSpecs": [{
                "groupName": name, "replicas": 0, "minReplicas": 0, "maxReplicas": most, "rayStartParams": {},
                "template": {"metadata": {"labels": TAGS}, "spec": {
                    **HELD, **place, "serviceAccountName": "ray", "containers": [box("ray-lab", resources)]}}}
                for name, most, resources, place in (
                    ("cpu", 8, sized("4", "16Gi"), {}), ("gpu", 2, GPU, ON_GPU))]}),
        named("networking.k8s.io/v1:NetworkPolicy", "ray", "lab", {
            "podSelector": {"matchLabels": {"ray.io/cluster": "lab"}}, "policyTypes": ["Ingress"], "ingress": [
                {"from": [{"podSelector": {"matchLabels": {"ray.io/cluster": "lab"}}}]},
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "notebooks"}}}],
                 "ports": [{"port": 8265, "protocol": "TCP"}]}]})),
        "docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-gcs-ft.html; .../tls; .../kuberay-auth, "
        "as known", listed()),
    Idiom("KServe: a graph asks two models in turn and a switch by amount, for one caller, on small pods", (
        space("fraud"), closed("fraud"), account("fraud", "fraud"),
        *(named("serving.kserve.io/v1beta1:InferenceService", name, "fraud", {"predictor": {
            "serviceAccountName": "fraud", "automountServiceAccountToken": False, "minReplicas": 2, "maxReplicas": 5,
            "scaleMetric": "cpu", "scaleTarget": 70, "securityContext": POD, "labels": TAGS, "volumes": [SCRATCH],
            "containers": [{**box(name, sized("500m", "1Gi")), "name": "kserve-container", "ports": [
                {"containerPort": 8080, "protocol": "TCP"}], "readinessProbe": probe("/v2/health/ready", 8080)}]}},
            annotations={"serving.kserve.io/deploymentMode": "Standard"}) for name in ("quick", "deep")),
        named("serving.kserve.io/v1alpha1:InferenceGraph", "fraud", "fraud", {
            "timeout": 30, "minReplicas": 2, "maxReplicas": 4, "resources": sized("100m", "256Mi"), "nodes": {
                "root": {"routerType": "Sequence", "steps": [
                    {"serviceName": "quick", "name": "quick", "dependency": "Hard"},
                    {"nodeName": "large", "name": "large", "data": "$request"}]},
                "large": {"routerType": "Switch", "steps": [
                    {"serviceName": "deep", "name": "deep", "condition": "amount > 10000"}]}}})),
        "kserve.github.io/website/docs/model-serving/inferencegraph, as known", merged(listed(), unpriced(
            *(f"kubernetes:serving.kserve.io/v1beta1:InferenceService::{name}-InferenceService" for name in (
                "quick", "deep")), "kubernetes:serving.kserve.io/v1alpha1:"
            "InferenceGraph::fraud-InferenceGraph"))),
    Idiom("Knative: a service of a model sleeps at night, grows by calls at once, and half of them try the new version",
        (
        space("docs"), closed("docs"), account("reader", "docs"),
        named("serving.knative.dev/v1:Service", "reader", "docs", {
            "template": {"metadata": {"name": "reader-00002", "labels": TAGS, "annotations": {
                "autoscaling.knative.dev/class": "kpa.autoscaling.knative.dev", "autoscaling.knative.dev/min-scale":
                "0", "autoscaling.knative.dev/max-scale": "6", "autoscaling.knative.dev/target": "20",
                "autoscaling.knative.dev/scale-down-delay": "10m", "autoscaling.knative.dev/initial-scale": "1"}},
                "spec": {"containerConcurrency": 30, "timeoutSeconds": 60, "serviceAccountName": "reader",
                         "automountServiceAccountToken": False, "containers": [{
                             "image": f"{ACR}/reader{DIGEST}", "ports": [{"name": "h2c", "containerPort": 8080}],
                             "securityContext": USER, "resources": sized("500m", "1Gi"), "readinessProbe":
                             probe("/ready", 8080)}]}},
            "traffic": [{"revisionName": "reader-00001", "percent": 50, "tag": "old"}, {
                "revisionName": "reader-00002", "percent": 50, "tag": "next"}]})),
        "knative.dev/docs/serving/autoscaling; .../serving/traffic-management, as known", merged(listed(), unpriced(
            "kubernetes:serving.knative.dev/v1:Service::reader-Service"))),
    Idiom("VPA: pods of a service are sized in place between two bounds, those of jobs are only advised", (
        space("scoring"), closed("scoring"), account("scorer", "scoring"),
        served("scorer", "scoring", {"image": f"{ACR}/scorer{DIGEST}", "resources": sized("250m", "512Mi"), "ports": [
            {"name": "http", "containerPort": 8080}], "readinessProbe": probe("/ready", 8080), "resizePolicy": [
                {"resourceName": "cpu", "restartPolicy": "NotRequired"}, {
                    "resourceName": "memory", "restartPolicy": "RestartContainer"}]}),
        *guarded("scorer", "scoring", 8080, "portal"),
        named("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "scorer", "scoring", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "scorer"}, "updatePolicy": {
                "updateMode": "InPlaceOrRecreate", "minReplicas": 2, "evictionRequirements": [
                    {"resources": ["cpu", "memory"], "changeRequirement": "TargetHigherThanRequests"}]},
            "resourcePolicy": {"containerPolicies": [{
                "containerName": "scorer", "minAllowed": {"cpu": "100m", "memory": "256Mi"}, "maxAllowed": {
                    "cpu": "2", "memory": "4Gi"}, "controlledResources": ["cpu", "memory"], "controlledValues":
                "RequestsAndLimits"}]}}),
        made("batch/v1:CronJob", {"metadata": head("report", "scoring"), "spec": {
            "schedule": "0 6 * * 1-5", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 300, "jobTemplate": {"spec": {
                "backoffLimit": 2, "activeDeadlineSeconds": 1800, "ttlSecondsAfterFinished": 3600, "template": {
                    "metadata": {"labels": TAGS}, "spec": {**HELD, "serviceAccountName": "scorer", "restartPolicy":
                                                           "Never", "containers": [box("report", sized(
                                                               "500m", "1Gi"))]}}}}}}, "report"),
        named("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "report", "scoring", {
            "targetRef": {"apiVersion": "batch/v1", "kind": "CronJob", "name": "report"}, "updatePolicy": {
                "updateMode": "Off"}}),
        whole("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "no-large-pods", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]},
            "validations": [{"expression": "object.spec.containers.all(c, has(c.resources) && has(c.resources.limits)"
                             " && 'memory' in c.resources.limits)",
                                 "message": "Each container has a limit of memory"}]}),
        whole("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "no-large-pods", {
            "policyName": "no-large-pods", "validationActions": ["Deny", "Audit"], "matchResources": {
                "namespaceSelector": {"matchLabels": {"team": "scoring"}}}})),
        "kubernetes/autoscaler vertical-pod-autoscaler/docs/features.md; kubernetes.io/docs/reference/access-authn-"
        "authz/validating-admission-policy, as known", listed()),
)  # fmt: skip
