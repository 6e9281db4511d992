"""More attacks of the families of the seventeenth set on clusters: remembered sign-ins, what stands in logs, paused
alarms, programs that a team serves, kept machines, routes of models.

Written on 2026-11-30 beside the rules that refuse the set; fields and annotations as in the sources of those rules,
which were read on that day.
"""

from ..blind import KEY, ME, TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack
from .after_sixteenth_objects import annotated_pods

QUIET = ("FJ-ESC-115", "FJ-IDN-313")
SERVED = ("FJ-ESC-111",)
MONEY = ("FJ-COST-126",)
ALARM = "nobody is told, and the alarm is there for whoever looks"
LOGS = "whoever reads logs or traces acts as the callers"
NOBODY = "no line is left for whoever asks later"


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _top(kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS, **more}, "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _attack(name: str, rules: tuple[str, ...], plan: tuple[Given, ...], harm: str, severity: str = "major") -> Attack:
    return Attack(name, rules, plan, severity, harm)


def _image(name: str) -> str:
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64


def _identity(key: dict[str, str]) -> dict[str, object]:
    return {"opaque": {
        "oauth2Introspection": {"endpoint": "https://sign-in.identity.svc:8443/introspect",
                                "credentialsRef": {"name": "introspection"}},
        "cache": {"key": key, "ttl": 600}}}  # fmt: skip


AGENTS = {
    "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "agents"}],
    "traffic": {"extAuth": {
        "backendRef": {"name": "rights", "port": 9000},
        "cache": {"key": ["request.path", "request.method"], "ttl": "10m"}}}}  # fmt: skip
INGRESS = {
    "ingressClassName": "nginx-internal",
    "tls": [{"hosts": ["pay.example.ae"], "secretName": "pay"}],
    "rules": [{"host": "pay.example.ae", "http": {"paths": [{
        "path": "/", "pathType": "Prefix", "backend": {"service": {"name": "pay", "port": {"number": 8443}}}}]}}],
}  # fmt: skip
NGINX = "nginx.ingress.kubernetes.io"
ENTRY = {
    f"{NGINX}/ssl-redirect": "true", f"{NGINX}/backend-protocol": "HTTPS", f"{NGINX}/proxy-ssl-verify": "on",
    f"{NGINX}/proxy-ssl-secret": "team-a/internal-ca",
    f"{NGINX}/auth-url": "https://sign-in.identity.svc.cluster.local:8443/oauth2/auth"}  # fmt: skip
PROCESSORS = """processors:
  attributes/caller:
    actions:
    - {key: session, from_context: metadata.cookie, action: insert}
"""
TRANSFORMED = """processors:
  transform:
    trace_statements:
    - set(span.attributes["caller"], otelcol.client.metadata["authorization"][0])
"""
RIVER = """otelcol.processor.attributes "caller" {
  action {
    key          = "caller"
    action       = "upsert"
    from_context = "metadata.x-api-key"
  }
}
"""
SERVER = """http {
  otel_exporter { endpoint collector.monitoring.svc:4317; }
  server {
    otel_trace on;
    otel_span_attr caller $http_authorization;
  }
}
"""
RECEIVED = """<source>
  @type http
  port 9880
  bind 0.0.0.0
  add_http_headers true
</source>
"""
FILTERED = """[FILTER]
    Match kube.*
    Name  grep
    Exclude $log ^.*$
"""
GREP = """<filter kubernetes.**>
  @type grep
  <exclude>
    key log
    pattern /.+/
  </exclude>
</filter>
"""
PROVISIONED = """apiVersion: 1
groups:
- orgId: 1
  name: security
  folder: security
  interval: 1m
  rules:
  - uid: intrusion
    title: Intrusion
    condition: A
    isPaused: true
"""
ROLLOUTS = """- name: bank/steps
  location: http://plugins.team-b.svc.cluster.local:8080/step-plugin-linux-amd64
"""
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}
BUILT = {
    "version": "4.1.0", "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "groupId": "connect",
    "configStorageTopic": "connect-configs", "offsetStorageTopic": "connect-offsets",
    "statusStorageTopic": "connect-status", "resources": RESOURCES,
    "tls": {"trustedCertificates": [{"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]},
    "authentication": {"type": "tls", "certificateAndKey": {
        "secretName": "connect", "certificate": "user.crt", "key": "user.key"}},
    "template": {"pod": {"metadata": {"labels": TAGS}}},
    "build": {
        "output": {"type": "docker", "image": "registry.dc1.example.ae/connect:4.1", "pushSecret": "push"},
        "plugins": [{"name": "sink", "artifacts": [{
            "type": "jar", "url": "http://files.team-b.svc.cluster.local:8080/sink.jar"}]}]}}  # fmt: skip
FILTER_OF_TEAM = {
    "selector": {"matchLabels": {"app": "pay"}},
    "url": "http://files.team-b.svc.cluster.local:8080/filter.wasm",
    "phase": "AUTHN",
    "failStrategy": "FAIL_CLOSE",
}
STREAM = {
    "image": _image("flink"), "flinkVersion": "v2_0", "serviceAccount": "flink",
    "flinkConfiguration": {"security.ssl.internal.enabled": "true"},
    "jobManager": {"resource": {"memory": "2048m", "cpu": 1}},
    "taskManager": {"resource": {"memory": "2048m", "cpu": 1}},
    "job": {"jarURI": "http://files.team-b.svc.cluster.local:8080/job.jar", "parallelism": 2,
            "upgradeMode": "savepoint"}}  # fmt: skip
NODES = {
    "role": "karpenter-nodes", "amiFamily": "Bottlerocket", "amiSelectorTerms": [{"alias": "bottlerocket@v1.49.0"}],
    "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
    "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}], "tags": TAGS,
    "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1}}  # fmt: skip
STATIC = {
    "replicas": 200, "limits": {"nodes": "200"},
    "disruption": {"consolidateAfter": "5m", "budgets": [{"nodes": "10%"}]},
    "template": {"metadata": {"labels": TAGS}, "spec": {
        "expireAfter": "720h", "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "bank"},
        "requirements": [
            {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
            {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7i.2xlarge"]}]}}}  # fmt: skip
KEPT = {
    "cohortName": "bank", "namespaceSelector": {"matchLabels": {"team": "research"}}, "resourceGroups": [{
        "coveredResources": ["nvidia.com/gpu"], "flavors": [{"name": "h100", "resources": [
            {"name": "nvidia.com/gpu", "nominalQuota": "96", "lendingLimit": "0"}]}]}]}  # fmt: skip
SCALED = {
    "scaleTargetRef": {"name": "x"}, "minReplicaCount": 2, "maxReplicaCount": 6,
    "fallback": {"failureThreshold": 3, "replicas": 300},
    "triggers": [{"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]}  # fmt: skip
SPARK = {
    "type": "Python", "mode": "cluster", "sparkVersion": "4.0.0", "image": _image("spark"),
    "mainApplicationFile": "local:///app/claims.py", "restartPolicy": {"type": "Never"},
    "sparkConf": {"spark.authenticate": "true", "spark.network.crypto.enabled": "true",
                  "spark.io.encryption.enabled": "true", "spark.sql.redaction.options.regex": "^$"},
    "driver": {"cores": 1, "memory": "2g", "serviceAccount": "claims", "labels": TAGS},
    "executor": {"cores": 2, "memory": "4g", "instances": 2, "labels": TAGS}}  # fmt: skip


def _program(variables: dict[str, str]) -> tuple[Given, ...]:
    """Returns a Deployment with variables, and its budget."""
    env = [{"name": key, "value": value} for key, value in variables.items()]
    return (
        workload("apps/v1:Deployment", {"image": _image("app"), "env": env}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


REMEMBERED = "whoever comes after one who signed in is let in with the remembered answer"
ATTACKS = (
    _attack("one answer to sign-in is kept for each path of every host", QUIET,
            _text("ingress-nginx-controller", "ingress-nginx", {
                "global-auth-url": "https://sign-in.identity.svc.cluster.local:8443/auth",
                "global-auth-cache-key": "$scheme$host$request_uri"}), REMEMBERED, "critical"),
    _attack("the name that a caller claims is the key to the answer", QUIET,
            (k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("pay", annotations={
                **ENTRY, f"{NGINX}/auth-cache-key": "$remote_user$remote_addr"}), "spec": INGRESS}, "pay"),),
            REMEMBERED, "critical"),
    _attack("an identity is remembered by the path of a request", QUIET, (
        crd("authorino.kuadrant.io/v1beta3:AuthConfig", {
            "hosts": ["pay.example.ae"], "authentication": _identity({"selector": "context.request.http.path"})}),),
            REMEMBERED, "critical"),
    _attack("rights of an agent are remembered by the path alone", QUIET, (
        _in("agents", "agentgateway.dev/v1alpha1:AgentgatewayPolicy", "rights", AGENTS),), REMEMBERED, "critical"),
    _attack("proxies of Istio write each header into their log", QUIET,
            annotated_pods({"sidecar.istio.io/componentLogLevel": "upstream:info,http:debug"}), LOGS),
    _attack("proxies of Kuma write each header into their log", QUIET,
            annotated_pods({"kuma.io/envoy-log-level": "trace"}), LOGS),
    _attack("proxies of Consul write each header into their log", QUIET, annotated_pods({
        "consul.hashicorp.com/connect-inject": "true",
        "consul.hashicorp.com/envoy-extra-args": "--log-level debug --disable-hot-restart"}), LOGS),
    _attack("cookies of visitors are attributes of spans", QUIET,
            _text("collector", "monitoring", {"config.yaml": PROCESSORS}), LOGS),
    _attack("statements of a collector copy tokens into spans", QUIET,
            _text("gateway", "monitoring", {"config.yaml": TRANSFORMED}), LOGS),
    _attack("keys of callers are attributes of spans in Alloy", QUIET,
            _text("alloy", "monitoring", {"config.alloy": RIVER}), LOGS),
    _attack("a web server copies tokens into its spans", QUIET,
            _text("web", "team-a", {"nginx.conf": SERVER}), LOGS),
    _attack("a collector keeps each header with its records", QUIET,
            _text("fluentd", "logging", {"fluent.conf": RECEIVED}), LOGS),
    _attack("rows that a copier of clusters cannot write stand in its log", QUIET, _program({
        "CONNECT_ERRORS_LOG_ENABLE": "true", "CONNECT_ERRORS_LOG_INCLUDE_MESSAGES": "true"}),
            "whoever reads logs reads orders of customers"),
    _attack("options of sources with passwords stand in plans of Spark", QUIET,
            (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", SPARK),), "pages and events hold each password"),
    _attack("passwords of connections stand on pages of Airflow", QUIET,
            _program({"AIRFLOW__CORE__HIDE_SENSITIVE_VAR_CONN_FIELDS": "False"}),
            "whoever reads pages or logs of tasks has the databases"),
    _attack("queries stand in the log with the data in them", QUIET,
            _program({"Database__EnableSensitiveDataLogging": "true"}), "whoever reads logs reads rows of customers"),
    _attack("no line of any program gets past a filter", QUIET,
            _text("fluent-bit", "logging", {"filters.conf": FILTERED}), NOBODY),
    _attack("Fluentd excludes each line of every program", QUIET,
            _text("fluentd-filters", "logging", {"filters.conf": GREP}), NOBODY),
    _attack("a rule with which Grafana starts is paused", QUIET,
            _text("alerts", "monitoring", {"rules.yaml": PROVISIONED}), ALARM),
    _attack("an alarm of CloudWatch that an operator makes does nothing", QUIET, (
        _in("monitoring", "cloudwatch.services.k8s.aws/v1alpha1:MetricAlarm", "sign-ins", {
            "name": "failed-sign-ins", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1,
            "metricName": "FailedSignIns", "namespace": "bank", "period": 60, "statistic": "Sum", "threshold": 10,
            "alarmActions": [f"arn:aws:sns:me-central-1:{ME}:desk"], "actionsEnabled": False}),), ALARM),
    _attack("an alarm of Azure that an operator makes never rings", QUIET, (
        _in("monitoring", "insights.azure.com/v1api20180301:MetricAlert", "sign-ins", {
            "location": "global", "enabled": False, "severity": 0, "scopes": [], "owner": {"name": "rg"},
            "windowSize": "PT5M", "evaluationFrequency": "PT1M"}),), ALARM),
    _attack("an alarm of a provider of Grafana is paused", QUIET, (
        _top("alerting.grafana.crossplane.io/v1alpha1:RuleGroup", "security", {"forProvider": {
            "name": "security", "folderUid": "security", "intervalSeconds": 60, "rule": [
                {"name": "Intrusion", "condition": "A", "isPaused": True}]}}),), ALARM),
    _attack("a step of each release is a program that a team serves", SERVED,
            _text("argo-rollouts-config", "argo-rollouts", {"stepPlugins": ROLLOUTS}),
            "the team's program runs with the controller's rights", "critical"),
    _attack("Kafka Connect is built with a program that a team serves", SERVED,
            (_in("team-a", "kafka.strimzi.io/v1:KafkaConnect", "connect", BUILT),),
            "the team's program runs with the certificate of the workers", "critical"),
    _attack("each request of payments passes a filter that a team serves", SERVED,
            (_in("payments", "extensions.istio.io/v1alpha1:WasmPlugin", "filter", FILTER_OF_TEAM),),
            "the team's program reads and changes each request", "critical"),
    _attack("a stream of payments runs what a team serves", SERVED,
            (_in("payments", "flink.apache.org/v1beta1:FlinkDeployment", "stream", STREAM),),
            "the team's program has the account and the rows of payments", "critical"),
    _attack("a template of machines has a disk from a snapshot of nobody knows whom", ("FJ-ESC-118",), (
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "cached", {**NODES, "blockDeviceMappings": [{
            "deviceName": "/dev/xvdb", "ebs": {
                "volumeSize": "200Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY,
                "snapshotID": "snap-0bad0123456789abc"}}]}),),
            "containers start from what the disk holds", "critical"),
    _attack("two hundred machines stand whether there is work or not", MONEY,
            (_top("karpenter.sh/v1:NodePool", "static", STATIC),), "machines are paid for day and night"),
    _attack("a queue lends nothing of its ninety-six accelerators", MONEY,
            (_top("kueue.x-k8s.io/v1beta1:ClusterQueue", "research", KEPT),),
            "others wait, or machines are bought for them"),
    _attack("a quota of a team lends no accelerator", MONEY, (
        k8s("scheduling.sigs.k8s.io/v1alpha1:ElasticQuota", {
            "metadata": {"name": "team-a", "namespace": "team-a", "labels": {
                **TAGS, "quota.scheduling.koordinator.sh/allow-lent-resource": "false"}},
            "spec": {"min": {"nvidia.com/gpu": "64"}, "max": {"nvidia.com/gpu": "64"}}}, "team-a"),),
            "others wait, or machines are bought for them"),
    _attack("a group of machines may be a thousand", MONEY, (
        _in("clusters", "cluster.x-k8s.io/v1beta1:MachineDeployment", "workers", {
            "clusterName": "bank", "replicas": 3, "template": {"spec": {"clusterName": "bank"}}}, annotations={
                "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size": "1000",
                "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size": "1"}),), "a mistake buys the machines"),
    _attack("a program has three hundred copies while nobody measures", MONEY, (
        *_program({}), _in("team-a", "keda.sh/v1alpha1:ScaledObject", "x", SCALED)),
            "the number for missing figures is far above the highest one"),
    _attack("a name of a model means an adapter of a team", ("FJ-IDN-314",), (
        _in("models", "agentgateway.dev/v1alpha1:AgentgatewayBackend", "chat", {"ai": {
            "provider": {"openai": {"model": "fraud"}, "host": "vllm.models.svc", "port": 8443}},
            "policies": {"ai": {"modelAliases": {"fraud": "team-b-tone"}}}}),),
            "an adapter of a team says which is good"),
    _attack("a chart of monitoring starts with a paused alarm", QUIET, release("grafana", "10.1.2", {
        "adminUser": "admin", "admin": {"existingSecret": "grafana"}, "alerting": {"rules.yaml": {
            "apiVersion": 1, "groups": [{"name": "security", "folder": "security", "interval": "1m", "rules": [
                {"uid": "intrusion", "title": "Intrusion", "condition": "A", "isPaused": True}]}]}}}, "monitoring"),
            ALARM),
)  # fmt: skip
