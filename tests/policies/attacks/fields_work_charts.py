"""Attacks by values of charts, and by what charts do unless a value differs, read key by key (2026-11-29).

Sources: values.yaml of qdrant/qdrant-helm fd6321f, weaviate/weaviate-helm 4213da5, open-webui/helm-charts a6305e7,
community-charts/helm-charts ae700ff (mlflow), argoproj/argo-helm af0a9310, apache/airflow 001394a9, dask/helm-chart
e25bf51, kubeflow/spark-operator 38082f33, kedacore/charts 1444d00d, vllm-project/production-stack a6c01db0,
ray-project/kuberay feeaf72f and kubernetes-sigs/kueue ff69552e; read 2026-11-29.
"""

from ..blind import KUBE
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
_KEY = "Sup3rS3cret" + "QdrantK3y"
_QDRANT = {"apiKey": True}
_WEAVIATE = {
    "service": {"type": "ClusterIP"}, "grpcService": {"type": "ClusterIP"},
    "authentication": {"anonymous_access": {"enabled": False}, "apikey": {"enabled": True}}}  # fmt: skip
_WEB = {"openaiBaseApiUrl": "http://vllm.models.svc.cluster.local/v1", "openaiApiKeyExistingSecret": "key"}
_MLFLOW = {"auth": {"enabled": True, "existingAdminSecret": {"name": "admin"}}}
_AIRFLOW = {
    "webserver": {"defaultUser": {"enabled": False}}, "fernetKeySecretName": "f", "webserverSecretKeySecretName": "w",
    "data": {"metadataSecretName": "m"}}  # fmt: skip
_CONFIG = "apiVersion: config.kueue.x-k8s.io/v1beta2\nkind: Configuration\n"
_SOURCES = {
    "qdrant": "qdrant/qdrant-helm fd6321f", "weaviate": "weaviate/weaviate-helm 4213da5",
    "open-webui": "open-webui/helm-charts a6305e7", "mlflow": "community-charts/helm-charts ae700ff",
    "argo-workflows": "argoproj/argo-helm af0a9310", "airflow": "apache/airflow 001394a9",
    "dask": "dask/helm-chart e25bf51", "spark-operator": "kubeflow/spark-operator 38082f33",
    "keda": "kedacore/charts 1444d00d", "vllm-stack": "vllm-project/production-stack a6c01db0",
    "kuberay-operator": "ray-project/kuberay feeaf72f", "kueue": "kubernetes-sigs/kueue ff69552e"}  # fmt: skip


def _attack(name: str, chart: str, values: object, harm: str, severity: str = "critical") -> Attack:
    release = Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.2.3", "namespace": chart,
        "values": values}, chart, provider=KUBE)  # fmt: skip
    return Attack(name, OPEN, (release,), severity, f"{harm} ({_SOURCES[chart]} values.yaml)")


def _argo(server: object = None, **values: object) -> dict[str, object]:
    return {"server": {"authModes": ["sso"], "secure": True, **(server or {})}, **values}  # type: ignore[dict-item]


ATTACKS = (
    _attack("Qdrant asks nobody for a key by default", "qdrant", {"replicaCount": 3},
            "every pod reads and deletes each collection"),
    _attack("the key of Qdrant is in its settings", "qdrant", {"config": {"service": {"api_key": _KEY}}},
            "whoever reads the values has the store"),
    _attack("Weaviate lets everybody in by default", "weaviate", {
        "service": {"type": "ClusterIP"}, "grpcService": {"type": "ClusterIP"}}, "every caller is the administrator"),
    _attack("Weaviate has a public load balancer by default", "weaviate", {
        "authentication": {"anonymous_access": {"enabled": False}, "apikey": {"enabled": True}}},
        "everybody reaches the store"),
    _attack("texts of Weaviate go to a vendor of models", "weaviate", {
        **_WEAVIATE, "modules": {"text2vec-openai": {"enabled": True}}}, "each text leaves the country"),
    _attack("Weaviate makes vectors at a vendor unless a class differs", "weaviate", {
        **_WEAVIATE, "modules": {"default_vectorizer_module": "text2vec-cohere"}}, "each text leaves the country"),
    _attack("backups of Weaviate go to another cloud", "weaviate", {
        **_WEAVIATE, "backups": {"gcs": {"enabled": True, "envconfig": {"BACKUP_GCS_BUCKET": "b"}}}},
        "the store leaves the country"),
    _attack("whoever has no name administers Weaviate", "weaviate", {
        **_WEAVIATE, "authorization": {"rbac": {"enabled": True, "root_users": ["anonymous"]}}},
        "every caller changes the rights of others"),
    _attack("questions of users go to OpenAI by default", "open-webui", {"replicaCount": 2},
            "each question leaves the country"),
    _attack("Open WebUI believes a header who its user is", "open-webui", {
        **_WEB, "sso": {"enabled": True, "trustedHeader": {"enabled": True, "emailHeader": "X-Email"}}},
        "whoever reaches the pod reads the chats of anybody"),
    _attack("files of chats go to another cloud", "open-webui", {
        **_WEB, "persistence": {"provider": "gcs", "gcs": {"bucket": "b"}}}, "files leave the country"),
    _attack("Open WebUI believes another address of the sign-in", "open-webui", {
        **_WEB, "hostAliases": [{"ip": "203.0.113.4", "hostnames": ["login.example.ae"]}]},
        "passwords leave the country"),
    _attack("MLflow asks nobody who he is by default", "mlflow", {"replicaCount": 2},
            "every pod reads and replaces each model"),
    _attack("each user of MLflow manages the models of all", "mlflow", {
        "auth": {**_MLFLOW["auth"], "defaultPermission": "MANAGE"}}, "each user replaces the models of others"),
    _attack("a function of one's own decides who uses MLflow", "mlflow", {
        "auth": {**_MLFLOW["auth"], "authorizationFunction": "mine.auth:allow"}}, "everybody may be let in"),
    _attack("MLflow answers pages of every host", "mlflow", {**_MLFLOW, "serverAllowedHosts": ["*"]},
            "a page of a stranger acts in the name of its reader", "major"),
    _attack("models of MLflow go to another cloud", "mlflow", {
        **_MLFLOW, "artifactRoot": {"gcs": {"enabled": True, "bucket": "b"}}}, "models leave the country"),
    _attack("the key of MLflow's sessions is in the values", "mlflow", {
        **_MLFLOW, "flaskServerSecretKey": "0123456789abcdef" * 2}, "whoever reads them signs in as anybody"),
    _attack("notebooks of Dask have a password that everybody knows", "dask", {"worker": {"replicas": 2}},
            "every pod runs programs"),
    _attack("every caller is the server of Argo Workflows", "argo-workflows", _argo({"authModes": ["server"]}),
            "every caller starts pods in each namespace"),
    _attack("everybody who signs in is the server of Argo Workflows", "argo-workflows", _argo({
        "sso": {"enabled": True, "issuer": "https://login.example.ae", "rbac": {"enabled": False}}}),
        "each employee starts pods in each namespace"),
    _attack("members of any group use Argo Workflows", "argo-workflows", _argo({
        "sso": {"enabled": True, "issuer": "https://login.example.ae", "filterGroupsRegex": [".*"]}}),
        "each employee is let in", "major"),
    _attack("the controller of workflows reads all secrets", "argo-workflows", _argo(
        controller={"rbac": {"accessAllSecrets": True}}), "a workflow names the secret of any namespace"),
    _attack("artifacts of workflows go to another cloud", "argo-workflows", _argo(
        artifactRepository={"gcs": {"bucket": "b"}}), "results leave the country"),
    _attack("all workflows believe another address of the sign-in", "argo-workflows", _argo(
        controller={"workflowDefaults": {"spec": {"hostAliases": [
            {"ip": "203.0.113.4", "hostnames": ["login.example.ae"]}]}}}), "passwords leave the country"),
    _attack("results of Airflow run programs in its scheduler", "airflow", {
        **_AIRFLOW, "config": {"core": {"allowed_deserialization_classes": ".*"}}},
        "whoever writes a result is the scheduler"),
    _attack("each user of Airflow makes its server call any host", "airflow", {
        **_AIRFLOW, "config": {"core": {"test_connection": "Enabled"}}}, "users reach what it reaches", "major"),
    _attack("the page of Airflow's workers asks nobody who he is", "airflow", {**_AIRFLOW, "flower": {"enabled": True}},
            "every pod starts and stops tasks"),
    _attack("the page of each program of Spark has a host", "spark-operator", {
        "controller": {"uiIngress": {"enable": True, "urlFormat": "{{$appName}}.example.ae"}}},
        "whoever calls it stops the work of others"),
    _attack("the operator of KEDA serves its memory", "keda", {"profiling": {"operator": {"enabled": True}}},
            "every pod reads the keys of triggers", "major"),
    _attack("Kueue serves its memory", "kueue", {"managerConfig": {
        "controllerManagerConfigYaml": f"{_CONFIG}pprofBindAddress: 0.0.0.0:6060\n"}},
        "every pod reads the memory of the controller", "major"),
    _attack("pages of every host read the queues of Kueue", "kueue", {"enableKueueViz": True, "kueueViz": {"backend": {
        "env": [{"name": "KUEUEVIZ_ALLOWED_ORIGINS", "value": "*"}]}}},
        "a page of a stranger acts in the name of its reader", "major"),
    _attack("a model of vLLM runs in the image of a stranger", "vllm-stack", {"servingEngineSpec": {"modelSpec": [
        {"name": "m", "repository": "someone/vllm", "tag": "v1"}]}}, "the stranger has each question"),
    _attack("each pod of Ray gets every GPU of its machine", "kuberay-operator", {"configuration": {
        "enabled": True, "defaultPodAnnotations": {"cdi.k8s.io/gpus": "nvidia.com/gpu=all"}}},
        "pods read the memory of GPUs of others"),
)  # fmt: skip
