"""Good idioms close to the rules of the seventeenth set on clusters: answers that are remembered by credentials, logs
without them, alarms that ring, programs with a checksum, machines that work, versions of models.

Written on 2026-11-30 beside those rules.
"""

from ..attacks.after_seventeenth_objects import BUILT, ENTRY, INGRESS, NGINX, NODES, SPARK
from ..attacks.after_sixteenth_objects import annotated_pods
from ..blind import KEY, ME, TAGS, aws, k8s, meta, workload
from ..harness import Given
from . import Idiom
from .after_sixteenth_objects import text
from .eleventh_cluster import top

BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def inside(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    """Returns an object of a namespace."""
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def program(variables: dict[str, str]) -> tuple[Given, ...]:
    """Returns a Deployment with variables, and its budget."""
    env = [{"name": key, "value": value} for key, value in variables.items()]
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/app@sha256:" + "e" * 64
    return (workload("apps/v1:Deployment", {"image": image, "env": env}), BUDGET)


def disk(**more: object) -> dict[str, object]:
    """Returns a disk for data of new nodes."""
    return {"deviceName": "/dev/xvdb", "ebs": {
        "volumeSize": "200Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY, **more}}  # fmt: skip


COLLECTOR = """processors:
  attributes/tenant:
    actions:
    - {key: tenant, from_context: metadata.x-scope-orgid, action: upsert}
    - {key: http.request.header.authorization, action: delete}
extensions:
  headers_setter:
    headers:
    - {action: upsert, key: Authorization, from_context: authorization}
"""
NOISE = """[FILTER]
    Name    grep
    Match   kube.*
    Exclude log GET /(?:healthz|readyz)
[FILTER]
    Name    grep
    Match   kube.var.log.containers.load-test-*
    Exclude log .*
[FILTER]
    Name    kubernetes
    Match   kube.*
    Merge_Log On
"""
CHATTER = """<filter kubernetes.**>
  @type grep
  <exclude>
    key log
    pattern /DEBUG|TRACE/
  </exclude>
</filter>
"""
RULES = """apiVersion: 1
groups:
- name: security
  folder: security
  rules:
  - uid: intrusion
    title: Intrusion
    isPaused: false
"""
PLUGINS = """- name: bank/figures
  location: "https://files.platform.svc.cluster.local:8443/metric-plugin-linux-amd64"
- name: bank/prices
  location: "https://files.research.svc.cluster.local:8443/price-plugin-linux-amd64"
  sha256: dac10cbf57633c9832a17f8c27d2ca34aa97dd3dac10cbf57633c9832a17f8c2
"""
QUEUE = {
    "weight": 1, "reclaimable": True, "capability": {"cpu": "64", "memory": "512Gi", "nvidia.com/gpu": "16"},
    "guarantee": {"resource": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "8"}}}  # fmt: skip
LENT = {
    "cohortName": "bank", "namespaceSelector": {"matchLabels": {"team": "research"}}, "resourceGroups": [{
        "coveredResources": ["nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": [
            {"name": "nvidia.com/gpu", "nominalQuota": "64", "lendingLimit": "56"}]}]}]}  # fmt: skip
SCALED = {
    "scaleTargetRef": {"name": "x"}, "minReplicaCount": 2, "maxReplicaCount": 6,
    "fallback": {"failureThreshold": 3, "replicas": 4},
    "triggers": [{"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]}  # fmt: skip
VERSIONS = {
    "poolRef": {"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "chat"},
    "rules": [
        {"matches": [{"model": {"type": "Exact", "value": "fraud"}}], "targets": [
            {"modelRewrite": "fraud-2026-10", "weight": 90}, {"modelRewrite": "fraud-2026-11", "weight": 10}]},
        {"matches": [{"model": {"type": "Exact", "value": "team-b-tone"}}], "targets": [
            {"modelRewrite": "team-b-tone-v2", "weight": 1}]}]}  # fmt: skip
RUNTIME = {
    "annotations": {"prometheus.kserve.io/port": "8080"}, "protocolVersions": ["v2"],
    "supportedModelFormats": [{"name": "onnx", "version": "1", "autoSelect": True, "priority": 1}],
    "containers": [{
        "name": "kserve-container",
        "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/platform/onnx@sha256:" + "e" * 64,
        "securityContext": {
            "runAsNonRoot": True, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "resources": {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}}],
}  # fmt: skip
ALARMS = {
    "folderRef": "security", "interval": "1m", "instanceSelector": {"matchLabels": {"dashboards": "grafana"}},
    "rules": [{
        "uid": "intrusion", "title": "Intrusion", "condition": "A", "for": "0s", "isPaused": False,
        "noDataState": "Alerting", "execErrState": "Error", "data": [{
            "refId": "A", "datasourceUid": "prometheus", "relativeTimeRange": {"from": 600, "to": 0},
            "model": {"refId": "A", "expr": "sum(increase(falco_events_total[5m])) > 0"}}]}]}  # fmt: skip
CHANGES = {
    "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "config": {
        "database.hostname": "pg-rw.team-a.svc.cluster.local", "database.dbname": "orders",
        "database.sslmode": "verify-full", "database.user": "${secrets:team-a/debezium:user}",
        "database.password": "${secrets:team-a/debezium:password}", "topic.prefix": "orders",
        "table.include.list": "public.orders", "plugin.name": "pgoutput", "errors.tolerance": "none",
        "errors.log.enable": "true", "errors.log.include.messages": "false"}}  # fmt: skip
SNAPSHOT = aws("ebs/SnapshotCopy", {
    "sourceSnapshotId": "snap-0123456789abcdef0", "sourceRegion": "me-central-1", "encrypted": True, "kmsKeyId": KEY,
    "tags": TAGS}, "images")  # fmt: skip

IDIOMS = (
    Idiom("sign-in that is remembered by the token of the caller",
          (k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("pay", annotations={
              **ENTRY, f"{NGINX}/auth-cache-key": "$host$http_authorization$cookie__oauth2_proxy",
              f"{NGINX}/auth-cache-duration": "200 202 1m, 401 5s"}), "spec": INGRESS}, "pay"),),
          "kubernetes/ingress-nginx dbb11b92d, docs/user-guide/nginx-configuration/annotations.md, read 2026-11-30"),
    Idiom("proxies of the mesh that log warnings, and one component's routes",
          annotated_pods({"sidecar.istio.io/logLevel": "warning", "linkerd.io/inject": "enabled",
                          "sidecar.istio.io/componentLogLevel": "router:info,misc:error",
                          "config.linkerd.io/proxy-log-http-headers": "off"}),
          "istio/api b8f8791d annotation/annotations.yaml and linkerd2 b24cd4059 pkg/k8s/labels.go, read 2026-11-30"),
    Idiom("collector that names the tenant, drops tokens, and hands the caller's on to the next one",
          (text("collector", "monitoring", {"config.yaml": COLLECTOR}),),
          "opentelemetry-collector 934999fb config/confighttp/README.md, read 2026-11-30"),
    Idiom("Fluent Bit without calls for health, and without one test",
          (text("fluent-bit", "logging", {"filters.conf": NOISE}),),
          "fluent/fluent-bit-docs f92ae08 pipeline/filters/grep.md, read 2026-11-30"),
    Idiom("Fluentd without the chatter of programs", (text("fluentd", "logging", {"filters.conf": CHATTER}),),
          "fluent/fluentd ff8682d lib/fluent/plugin/filter_grep.rb, read 2026-11-30"),
    Idiom("alarms that ring, in Grafana's own file and of its operator",
          (text("alerts", "monitoring", {"rules.yaml": RULES}),
           inside("monitoring", "grafana.integreatly.org/v1beta1:GrafanaAlertRuleGroup", "intrusions", ALARMS)),
          "CRD of GrafanaAlertRuleGroup, datreeio/CRDs-catalog 7b1e26ef9, read 2026-11-30"),
    Idiom("plug-ins of releases from the platform's server, and with a checksum",
          (text("argo-rollouts-config", "argo-rollouts", {"metricProviderPlugins": PLUGINS}),),
          "argoproj/argo-rollouts 9f8d111d8, docs/analysis/plugins.md, read 2026-11-30"),
    Idiom("Kafka Connect with a connector of its own namespace, by its checksum",
          (inside("team-a", "kafka.strimzi.io/v1:KafkaConnect", "connect", {**BUILT, "build": {
              "output": BUILT["build"]["output"], "plugins": [{"name": "sink", "artifacts": [
                  {"type": "jar", "url": "https://files.team-a.svc.cluster.local:8443/sink.jar"},
                  {"type": "jar", "url": "https://files.research.svc.cluster.local:8443/dates.jar",
                   "sha512sum": "a" * 128}]}]}}),),
          "strimzi-kafka-operator 8541da1e, CRD of KafkaConnect, read 2026-11-30"),
    Idiom("connector that logs which record failed, without the record",
          (inside("team-a", "kafka.strimzi.io/v1:KafkaConnector", "orders", CHANGES),),
          "apache/kafka 1eb764434 ConnectorConfig.java, read 2026-11-30"),
    Idiom("Spark that hides more than by default",
          (inside("team-a", "sparkoperator.k8s.io/v1beta2:SparkApplication", "claims", {**SPARK, "sparkConf": {
              "spark.authenticate": "true", "spark.network.crypto.enabled": "true",
              "spark.io.encryption.enabled": "true",
              "spark.redaction.regex": "(?i)secret|password|token|access[.]?key|credential"}}),),
          "Apache Spark, Configuration, spark.redaction.regex, found as a string on 2026-11-30"),
    Idiom("settings that hide passwords, and one that shows how much is used",
          program({"AIRFLOW__CORE__HIDE_SENSITIVE_VAR_CONN_FIELDS": "True", "LOG_TOKEN_USAGE": "true",
                   "ACTIONS_MASK_SECRETS": "true", "CATALOG_SECRETS_ENABLED": "true", "UNMASK_PASSWORDS": "false",
                   "DISABLE_LOG_PASSWORDS": "true", "NO_LOG_SECRETS": "true"}),
          "apache/airflow 001fc753 config.yml, read 2026-11-30"),
    Idiom("nodes with images that the platform loaded before, by a copy that the stack makes and one that it lists",
          (SNAPSHOT,
           k8s("karpenter.k8s.aws/v1:EC2NodeClass", {
               "metadata": {"name": "cached", "labels": TAGS},
               "spec": {**NODES, "blockDeviceMappings": [disk(snapshotID="snap-0aaaaaaaaaaaaaaaa")]}}, "cached")),
          "awslabs/ai-on-eks 41a979ee7, Preload container images, read 2026-11-30",
          settings={"escape": {"image_publishers": {"snap-0aaaaaaaaaaaaaaaa": "the platform, which loads images"}}}),
    Idiom("queue with a guarantee of one machine, and one that lends what it does not use",
          (top("scheduling.volcano.sh/v1beta1:Queue", "research", QUEUE),
           top("kueue.x-k8s.io/v1beta1:ClusterQueue", "research-lent", LENT)),
          "volcano ed72c7c81 docs/design/capacity-scheduling.md and kueue ff69552e7, read 2026-11-30"),
    Idiom("program held at the number that it may have at most",
          (*program({}), inside("team-a", "keda.sh/v1alpha1:ScaledObject", "x", SCALED, annotations={
              "autoscaling.keda.sh/paused-replicas": "6"})),
          "kedacore/keda 8b4f083c apis/keda/v1alpha1/scaledobject_types.go, read 2026-11-30"),
    Idiom("program in the mesh of Kuma, but for the port of its webhook, with a route to one network",
          annotated_pods({"kuma.io/sidecar-injection": "enabled", "traffic.kuma.io/exclude-inbound-ports": "9443",
                          "kuma.io/transparent-proxying": "enabled",
                          "kuma.io/direct-access-services": "events_kafka_9093",
                          "consul.hashicorp.com/connect-inject": "true",
                          "ovn.kubernetes.io/routes": '[{"dst": "10.30.0.0/16", "gw": "10.20.0.1"}]'}),
          "kumahq/kuma 348b6528 annotations.go and kubeovn/kube-ovn 1533681d pkg/util/const.go, read 2026-11-30"),
    Idiom("entry that sends callers to another page of the bank",
          (k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("pay", annotations={
              **ENTRY, f"{NGINX}/temporal-redirect": "https://pay.example.ae/closed"}), "spec": INGRESS}, "pay"),),
          "kubernetes/ingress-nginx dbb11b92d, docs/user-guide/nginx-configuration/annotations.md, read 2026-11-30"),
    Idiom("two versions of a model, and an adapter of a team under its own name",
          (inside("models", "inference.networking.x-k8s.io/v1alpha2:InferenceModelRewrite", "fraud", VERSIONS),),
          "llm-d-inference-scheduler 520af478, inferencemodelrewrite_types.go, read 2026-11-30"),
    Idiom("runtime of the platform that models get by themselves",
          (top("serving.kserve.io/v1alpha1:ClusterServingRuntime", "onnx", RUNTIME),),
          "kserve/kserve aaac4e294, servingruntime_types.go, read 2026-11-30"),
)  # fmt: skip
