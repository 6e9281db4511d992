"""Good idioms near what changed after the seventeenth set was read: settings beside the words of secrets, agents of the
nodes from charts, adapters of models, and objects of Kubernetes' own that are free.

Written on 2026-11-30 with the rules at hand.
"""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import HASH, owned, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import CALLERS, MIRROR, POD, mirrored, ours

AUTHORITY = """-----BEGIN CERTIFICATE-----
QmFuayBhdXRob3JpdHksIGV4YW1wbGUgb2YgYSBjZXJ0aWZpY2F0ZQ==
-----END CERTIFICATE-----
"""
PLAIN = {"type": "ClusterIP"}
GATEWAY = "gateway.networking.k8s.io"
AGENT_IMAGE = {"registry": MIRROR, "repository": "prometheus/node-exporter", "tag": f"v1.9.1@{HASH}"}
DURATIONS = """ttl:
  access_token: 15m
  refresh_token: 8h
strategies:
  access_token: jwt
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("values say how long tokens are valid, of which kind they are and under which names they stand", (
        mirrored("tokens", "1.2.0", {
            "image": {"repository": f"{MIRROR}/apps/tokens", "tag": f"1.2.0@{HASH}"}, "podLabels": TAGS,
            "resources": SMALL, "podSecurityContext": POD, "securityContext": CLOSED, "service": PLAIN,
            "ttl": {"access_token": "15m", "refresh_token": "8h", "id_token": "24h0m0s"},
            "strategies": {"access_token": "opaque"}, "tokenType": "bearer", "tokenEndpointAuthMethod":
            "client_secret_basic", "passwordPolicy": "strong", "token_ttl": "15m", "maxToken": "4096",
            "allowEmptyPassword": "no", "secretName": "tokens", "tokenizer": "arabic-chat",
            "auth": {"token": "/run/secrets/token", "existingSecret": "tokens"}, "claims": {"id_token": "token"},
            "headers": {"apiKey": "X-API-Key"}, "columns": {"password": "password_hash"},
            "algorithms": {"password": "argon2id"}, "config": {"hydra.yaml": DURATIONS}}, "sign-in"),),
        "ory/hydra, spec/config.json; ory/k8s, helm/charts/hydra/values.yaml", ours(), charts=("tokens",)),
    Idiom("Hydra reads from variables how long its tokens are valid and of which kind they are", (
        account("hydra", "sign-in"),
        k8s("apps/v1:Deployment", {"metadata": meta("hydra", "sign-in"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "hydra"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "hydra"}}, "spec": pod(
                    "hydra", SMALL, ports=[{"containerPort": 4444}], volumeMounts=SCRATCH_MOUNTS, env=[
                        {"name": "TTL_ACCESS_TOKEN", "value": "15m"}, {"name": "TTL_REFRESH_TOKEN", "value": "8h"},
                        {"name": "STRATEGIES_ACCESS_TOKEN", "value": "jwt"}],
                    readinessProbe={"httpGet": {"path": "/health/ready", "port": 4444, "scheme": "HTTPS"}},
                    pod={"volumes": SCRATCH})}}}, "hydra"),
        inside("policy/v1:PodDisruptionBudget", "hydra", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "hydra"}}}, "sign-in"),
        reached("hydra", "sign-in", {"app": "hydra"}, 4444, "gateway")),
        "ory/hydra, spec/config.json; ory.sh/docs/hydra/reference/configuration", ours()),
    Idiom("an agent of a chart reads figures of its node in the namespace of agents, and writes nothing there", (
        mirrored("node-figures", "4.49.1", {
            "image": AGENT_IMAGE, "podLabels": TAGS, "resources": SMALL, "hostNetwork": True, "hostPID": True,
            "podSecurityContext": POD, "securityContext": CLOSED, "service": PLAIN, "serviceMonitor": {
                "enabled": True, "namespace": "monitoring"},
            "extraHostVolumes": [{"name": "reports", "hostPath": {
                "path": "/var/lib/node-exporter", "type": "Directory"}}]}, "agents"),),
        "prometheus-community/helm-charts, charts/prometheus-node-exporter/values.yaml", ours(
            kubernetes={"privileged_namespaces": {"agents": "agents read figures of each machine"}}),
        charts=("node-figures",)),
    owned("an adapter is loaded by the running copy of a model that has the fewest", (
        inside("model.aibrix.ai/v1alpha1:ModelAdapter", "limits", {
            "baseModel": "chat", "podSelector": {"matchLabels": {"model.aibrix.ai/name": "chat"}}, "artifactURL":
            "s3://bank-models/adapters/limits-2", "schedulerName": "leastAdapters"}, "chat"),),
        "vllm-project/aibrix, pkg/controller/modeladapter/scheduling/scheduler.go", "model.aibrix.ai"),
    Idiom("authorities, listeners of a team and moves of stored objects are objects of the cluster that cost nothing", (
        top("certificates.k8s.io/v1beta1:ClusterTrustBundle", "bank.ae:partners:v2", {
            "signerName": "bank.ae/partners", "trustBundle": AUTHORITY}),
        top("storagemigration.k8s.io/v1beta1:StorageVersionMigration", "secrets", {
            "resource": {"group": "", "resource": "secrets"}}),
        inside(f"{GATEWAY}/v1:ListenerSet", "limits", {
            "parentRef": {"group": GATEWAY, "kind": "Gateway", "name": "apps", "namespace": "gateway"},
            "listeners": [{"name": "limits", "port": 443, "protocol": "HTTPS", "hostname": "limits.bank.ae", "tls": {
                "mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "limits-tls"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Same"}}}]}, "limits")),
        "kubernetes.io/docs/reference/kubernetes-api; gateway-api.sigs.k8s.io/guides/listener-set", ours(
            kubernetes=CALLERS)),
)  # fmt: skip
