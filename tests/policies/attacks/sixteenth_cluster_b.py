"""Attacks on clusters by databases, models, machines with accelerators, records and events (2026-11-30, sixteenth set,
blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from ..blind import ME, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = (*OPEN, "FJ-COST-")
READ = "read 2026-11-30"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "b" * 64


def _secret(variable: str, name: str, key: str = "value") -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _store(name: str, **container: object) -> tuple[Given, ...]:
    """Returns a StatefulSet of a store, and its budget."""
    return (
        workload("apps/v1:StatefulSet", {"image": _image(name), **container}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


QUERIES = """statements:
  query: "SELECT usename, query, count(*) AS running FROM pg_catalog.pg_stat_activity GROUP BY usename, query"
  metrics:
  - usename:
      usage: "LABEL"
      description: "user"
  - query:
      usage: "LABEL"
      description: "statement"
  - running:
      usage: "GAUGE"
      description: "how many run"
"""
DATABASE = {
    "instances": 3, "imageName": _image("postgresql"), "enableSuperuserAccess": False,
    "storage": {"size": "100Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
    "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
    "monitoring": {"customQueriesConfigMap": [{"name": "statements", "key": "queries"}]}}  # fmt: skip
SERVED = {
    "model": {"uri": "pvc://models/falcon-arabic", "name": "falcon", "lora": {"adapters": [
        {"name": "tone", "uri": "hf://published-by-somebody/falcon-tone-lora"}]}},
    "replicas": 1, "labels": TAGS, "template": pod({"name": "main", "image": _image("vllm-cpu")})}  # fmt: skip
PREDICTED = {
    "predictor": {
        "minReplicas": 1, "maxReplicas": 2, "serviceAccountName": "models", "labels": TAGS, "model": {
            "modelFormat": {"name": "onnx"}, "storageUri": "pvc://models/fraud", "resources": {
                "requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}}}}  # fmt: skip
RECORDED = {
    "propagators": ["tracecontext"], "sampler": {"type": "parentbased_traceidratio", "argument": "1"},
    "exporter": {"endpoint": "http://collector.monitoring.svc.cluster.local:4317"}, "python": {
        "image": _image("autoinstrumentation-python"), "env": [
            {"name": "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "value": "true"}]}}  # fmt: skip
DRIVERS = {
    "driver": {
        "enable": True, "blacklist": True, "version": "6.4.2",
        "amdgpuInstallerRepoURL": "https://packages.team-b.svc.cluster.local/amdgpu-install"},
    "selector": {"feature.node.kubernetes.io/amd-gpu": "true"}}  # fmt: skip
ALL = {"quota": -1, "limit": -1, "overQuotaWeight": 10}
EVENTS = {
    "jetstream": {
        "version": "2.10.29",
        "replicas": 3,
        "startArgs": ["-DV"],
        "metadata": {"labels": TAGS},
        "persistence": {"storageClassName": "encrypted", "accessMode": "ReadWriteOnce", "volumeSize": "20Gi"},
    }
}
GRAPH = [
    _secret("NEO4J_AUTH", "neo4j", "auth"), {"name": "NEO4J_PLUGINS", "value": '["apoc"]'},
    {"name": "NEO4J_dbms_security_procedures_unrestricted", "value": "apoc.*"}]  # fmt: skip
DGRAPH = [
    "dgraph", "alpha", "--my=x-0.x.team-a.svc.cluster.local:7080", "--zero=zero-0.zero.team-a.svc.cluster.local:5080",
    "--tls", "ca-cert=/tls/ca.crt; server-cert=/tls/tls.crt; server-key=/tls/tls.key; internal-port=true",
    "--telemetry", "reports=false; sentry=false", "--security", "whitelist=0.0.0.0/0"]  # fmt: skip
SURREAL = [
    "start", "--bind", "0.0.0.0:8000", "--web-crt", "/tls/tls.crt", "--web-key", "/tls/tls.key", "--unauthenticated",
    "surrealkv:///data/team-a"]  # fmt: skip

ATTACKS = (
    Attack("statements with customers' values stand on the page of figures", OPEN, (
        k8s("core/v1:ConfigMap", {"metadata": meta("statements", "payments"), "data": {"queries": QUERIES}}, "queries"),
        _in("payments", "postgresql.cnpg.io/v1:Cluster", "ledger", DATABASE)),
        "major", "whoever reads figures of the cluster reads each running statement with names and numbers of accounts "
        f"(cloudnative-pg a95a534db, docs/src/monitoring.md, customQueriesConfigMap, pg_monitor, {READ})"),
    Attack("weights of a stranger lie on each machine with accelerators", OPEN, (
        _top("serving.kserve.io/v1alpha1:LocalModelCache", "base", {
            "sourceModelUri": "hf://published-by-somebody/arabic-base-8b", "modelSize": "20Gi",
            "nodeGroups": ["accelerated"]}),),
        "critical", "the model of somebody, with code of its repository, answers customers and is fetched from abroad "
        f"(kserve aaac4e294, local_model_cache_types.go, sourceModelUri, {READ})"),
    Attack("a stranger's adapter changes what the bank's model answers", OPEN, (
        _in("models", "serving.kserve.io/v1alpha1:LLMInferenceService", "falcon", SERVED),),
        "major", "who asks for the model 'tone' gets answers that a stranger trained, fetched without a digest (kserve "
        f"aaac4e294, llm_inference_service_types.go, model.lora.adapters, {READ})"),
    Attack("a model answers whoever has no token", OPEN, (
        k8s("serving.kserve.io/v1beta1:InferenceService", {
            "metadata": meta("fraud", "models", annotations={"security.opendatahub.io/enable-auth": "false"}),
            "spec": PREDICTED}, "fraud"),),
        "major", "each pod of the cluster asks the model of fraud what it lets through (odh-model-controller 57b43aad, "
        f"internal/controller/constants/constants.go, EnableAuthODHAnnotation, {READ})"),
    Attack("questions of customers to models are in the traces", OPEN, (
        crd("opentelemetry.io/v1alpha1:Instrumentation", RECORDED),),
        "major", "whoever looks at traces reads prompts and answers (opentelemetry-python-contrib, instrumentation of "
        f"Vertex AI, README, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, {READ})"),
    Attack("drivers of kernels are built from the packages of a team", OPEN, (
        _in("amd-gpu", "amd.com/v1alpha1:DeviceConfig", "accelerators", DRIVERS),),
        "critical", "who writes to the team's server has the kernel of each machine with a GPU (ROCm/gpu-operator "
        f"6df13c17, api/v1alpha1/deviceconfig_types.go, amdgpuInstallerRepoURL, {READ})"),
    Attack("a team's queue takes each accelerator of the cluster", MONEY, (
        _top("scheduling.run.ai/v2:Queue", "team-a", {
            "displayName": "team-a", "parentQueue": "bank", "priority": 1000, "resources": {
                "gpu": ALL, "cpu": ALL, "memory": ALL}}),),
        "major", "-1 is without bound: work of others waits, and an autoscaler buys what the team asks for "
        f"(NVIDIA/KAI-Scheduler 72de64fc, pkg/apis/scheduling/v2/resources.go, {READ})"),
    Attack("what events carry is written into the log of their bus", OPEN, (
        crd("argoproj.io/v1alpha1:EventBus", EVENTS),),
        "minor", "whoever reads logs reads the bodies of events of payments (argo-events 6478ece49, "
        f"docs/eventbus/jetstream.md, startArgs; nats-server, -DV, {READ})"),
    Attack("procedures of a graph read what their callers may not", OPEN, _store("neo4j", env=GRAPH),
        "major", "unrestricted procedures reach the internals of the database, past the rights of the caller (Neo4j, "
        f"'Securing extensions' and status 52N34, dbms.security.procedures.unrestricted, {READ})"),
    Attack("a store of documents lets in whoever has no password", OPEN, _store("surrealdb", args=SURREAL),
        "critical", "each caller is the owner of each database (SurrealDB, 'start', "
        f"--unauthenticated, {READ})"),
    Attack("each address administers a graph", OPEN, _store("dgraph", command=DGRAPH),
        "critical", "any pod drops, exports and backs up the graph: /admin is for addresses of the list alone, and "
        f"the list is everybody (Dgraph, 'Dgraph alpha', --security whitelist, {READ})"),
    Attack("an application of a store of columns makes users and gives them rights", OPEN, _store("clickhouse", env=[
        {"name": "CLICKHOUSE_USER", "value": "app"}, _secret("CLICKHOUSE_PASSWORD", "clickhouse"),
        {"name": "CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "value": "1"}]),
        "major", "who breaks into the application has each table and leaves users behind (ClickHouse, 'Install "
        f"ClickHouse using Docker', CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT, {READ})"),
    Attack("a search server needs no key in development", OPEN, _store("meilisearch", env=[
        {"name": "MEILI_ENV", "value": "development"}, {"name": "MEILI_NO_ANALYTICS", "value": "true"},
        {"name": "MEILI_SSL_CERT_PATH", "value": "/tls/tls.crt"},
        {"name": "MEILI_SSL_KEY_PATH", "value": "/tls/tls.key"}]),
        "critical", "each pod reads, changes and deletes each index, and its web page too (Meilisearch, 'Configuration "
        f"reference', MEILI_ENV: a master key is required in production only, {READ})"),
    Attack("a database of graphs and documents asks nobody who he is", OPEN, _store("arangodb", env=[
        {"name": "ARANGO_NO_AUTH", "value": "1"}]),
        "critical", "each pod is root of the database (arangodb, docker-entrypoint.sh, ARANGO_NO_AUTH, "
        f"{READ})"),
    Attack("callers without a token are the owner of the ledger", OPEN, (
        workload("apps/v1:Deployment", {"image": _image("postgrest"), "env": [
            _secret("PGRST_DB_URI", "postgrest", "uri"), _secret("PGRST_JWT_SECRET", "postgrest", "jwt"),
            {"name": "PGRST_DB_SCHEMAS", "value": "api"},
            {"name": "PGRST_DB_ANON_ROLE", "value": "ledger_owner"}]}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})),
        "critical", "an HTTP request without a token reads and changes each table (PostgREST, 'Configuration', "
        f"db-anon-role, PGRST_DB_ANON_ROLE, {READ})"),
)  # fmt: skip
