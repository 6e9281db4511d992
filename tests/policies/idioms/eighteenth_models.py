"""Good idioms of clusters: evaluation, serving and registers of models that no other idiom has (set 18, blind)."""

from ..blind import k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role, secret_variable, stored
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import RBAC, account, subject
from .twelfth_charts import LARGE, LOGIN, POD, image, ours

STACK = f"""version: 2
image_name: bank
apis: [inference, safety]
providers:
  inference:
    - provider_id: vllm
      provider_type: remote::vllm
      config:
        url: https://llama.models.svc.cluster.local:8443/v1
        api_token: ${{env.VLLM_API_TOKEN}}
        tls_verify: /etc/ssl/certs/bank/ca.crt
  safety:
    - provider_id: guard
      provider_type: inline::llama-guard
models:
  - model_id: llama
    provider_id: vllm
    model_type: llm
shields:
  - shield_id: guard
    provider_id: guard
server:
  port: 8321
  tls_certfile: /tls/tls.crt
  tls_keyfile: /tls/tls.key
  auth:
    provider_config:
      type: oauth2_token
      audience: assistants
      issuer: {LOGIN}
      jwks:
        uri: {LOGIN}/protocol/openid-connect/certs
"""
ARGUMENTS = {
    "model": "llama", "base_url": "https://llama.models.svc.cluster.local:8443/v1/completions", "num_concurrent": "4",
    "max_retries": "3", "tokenized_requests": "False", "tokenizer": "/opt/app-root/src/hf_home/llama",
    "verify_certificate": "True"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model is measured every release by a job that reads tests of a volume and fetches nothing", (
        account("evaluation", "evaluation"), password("llama", "evaluation", "token"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("tests", "evaluation"), **stored("50Gi")}, "tests"),
        inside("trustyai.opendatahub.io/v1alpha1:LMEvalJob", "llama", {
            "model": "local-completions", "allowOnline": False, "allowCodeExecution": False, "logSamples": True,
            "batchSize": "8", "modelArgs": [{"name": name, "value": value} for name, value in ARGUMENTS.items()],
            "taskList": {"taskNames": ["arabicmmlu", "arc_easy"]}, "offline": {"storage": {"pvcName": "tests"}},
            "outputs": {"pvcManaged": {"size": "5Gi"}}, "pod": {
                "serviceAccountName": "evaluation", "securityContext": POD, "container": {
                    "resources": LARGE, "securityContext": CLOSED, "env": [
                        secret_variable("OPENAI_API_KEY", "llama", "token"), {"name": "HF_HUB_OFFLINE", "value":
                                                                              "1"}]}}}, "evaluation"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("evaluation", "evaluation"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [], "egress": [
                {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}],
                 "ports": [{"port": 53, "protocol": "UDP"}]},
                {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "models"}}}],
                 "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "network")),
        "trustyai-explainability/reference, lm-eval/LM-EVAL-NEXT.md; docs.redhat.com, lmeval-evaluation-job",
        ours("trustyai.opendatahub.io", prices=("trustyai.opendatahub.io/v1alpha1:LMEvalJob::llama",
                                                "core/v1:PersistentVolumeClaim::tests"))),
    owned("assistants ask one server of Llama Stack, which knows tokens of the bank's sign-in and one model", (
        account("assistants", "assistants"), password("assistants", "assistants", "token"),
        k8s("core/v1:ConfigMap", {"metadata": meta("assistants", "assistants"), "data": {"config.yaml": STACK}},
            "config"),
        inside("llamastack.io/v1alpha1:LlamaStackDistribution", "assistants", {
            "replicas": 2, "network": {"exposeRoute": False, "allowedFrom": {"namespaces": ["gateway"]}}, "server": {
                "distribution": {"image": image("llamastack/distribution-starter")}, "containerSpec": {
                    "name": "llama-stack", "port": 8321, "resources": LARGE, "env": [
                        secret_variable("VLLM_API_TOKEN", "assistants", "token"),
                        {"name": "HF_HUB_OFFLINE", "value": "1"}]},
                "userConfig": {"configMapName": "assistants"}, "tlsConfig": {"caBundle": {
                    "configMapName": "bank-authority", "configMapKeys": ["ca.crt"]}},
                "storage": {"size": "20Gi", "mountPath": "/var/lib/llama"}, "podOverrides": {
                    "serviceAccountName": "assistants", "volumes": [
                        {"name": "tls", "secret": {"secretName": "assistants-tls"}}], "volumeMounts": [
                            {"name": "tls", "mountPath": "/tls", "readOnly": True}]}}}, "assistants"),
        reached("assistants", "assistants", {"app": "llama-stack"}, 8321, "gateway")),
        "llamastack/llama-stack-k8s-operator, docs/api-overview.md; llama-stack.readthedocs.io, configuration",
        "llamastack.io"),
    owned("versions of models are in a register that scientists reach by their own rights and auditors may read", (
        password("register-db", "models", "database-password"),
        inside("modelregistry.opendatahub.io/v1beta1:ModelRegistry", "register", {
            "rest": {"port": 8080, "serviceRoute": "disabled", "image": image("opendatahub/model-registry"),
                     "resources": SMALL},
            "kubeRBACProxy": {
                "port": 8443, "serviceRoute": "disabled", "image": image("brancz/kube-rbac-proxy"),
                "tlsCertificateSecret": {"name": "register-tls", "key": "tls.crt"}, "tlsKeySecret": {
                    "name": "register-tls", "key": "tls.key"}},
            "postgres": {
                "host": "register-rw.models.svc.cluster.local", "port": 5432, "database": "register", "username":
                "register", "sslMode": "verify-full", "sslRootCertificateConfigMap": {
                    "name": "bank-authority", "key": "ca.crt"},
                "passwordSecret": {"name": "register-db", "key": "database-password"}}}, "models"),
        *role("scientists", "models", {"apiGroups": [""], "resources": ["services"], "resourceNames": ["register"],
                                       "verbs": ["get"]}),
        k8s(f"{RBAC}/v1:RoleBinding", {
            "metadata": meta("auditors", "models"), "subjects": [subject("model-auditors", "")],
            "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "scientists"}}, "auditors"),
        reached("register", "models", {"app": "register"}, 8443, "notebooks")),
        "opendatahub-io/model-registry-operator, config/samples/postgres", "modelregistry.opendatahub.io"),
)  # fmt: skip
