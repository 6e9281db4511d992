"""Attacks on clusters by programs that send by default, open listeners and roles of tools (2026-12-01, twenty-first
set, written before any rule ran on it).

Fields as in the sources named; 'read' is the day on which they were looked up, the rest is as known.
"""

from ..blind import TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

READ = "read 2026-12-01"
SENT = ("FJ-RES-", "FJ-ESC-115", "FJ-IDN-313")
PLAIN = ("FJ-ENC-", "FJ-ESC-115", "FJ-EXP-", "FJ-IDN-313")
OPEN = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
GROWN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")


def text(name: str, namespace: str, data: dict[str, str]) -> tuple[Given, ...]:
    """Returns a ConfigMap."""
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def cluster(kind: str, name: str, spec: object, **more: object) -> Given:
    """Returns an object that has no namespace."""
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS, **more}, "spec": spec}, name)


def program(command: list[str], args: list[str], **more: object) -> tuple[Given, ...]:
    """Returns two copies of a program with a disruption budget."""
    return (
        workload("apps/v1:Deployment", {"command": command, "args": args, **more}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget"),
    )  # fmt: skip


REMOTE = [
    {"name": "RCLONE_CONFIG_COPY_TYPE", "value": "drive"},
    {"name": "RCLONE_CONFIG_COPY_TOKEN", "valueFrom": {"secretKeyRef": {"name": "copy", "key": "token"}}},
]
VECTOR = """sources:
  pods:
    type: kubernetes_logs
sinks:
  records:
    type: axiom
    inputs: [pods]
    dataset: payments
    token: "${AXIOM_TOKEN}"
"""
SQUID = """http_port 3128
acl CONNECT method CONNECT
http_access allow all
cache deny all
access_log stdio:/dev/stdout
"""
POOLER = """[databases]
ledger = host=ledger-rw.payments.svc.cluster.local port=5432 dbname=ledger
[pgbouncer]
listen_addr = *
listen_port = 5432
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
pool_mode = transaction
client_tls_sslmode = disable
server_tls_sslmode = disable
"""
HALVES = {"nets": ["0.0.0.0/1", "128.0.0.0/1"]}
PARTNERS = {
    "selector": "app == 'ledger'", "types": ["Ingress"], "ingress": [{
        "action": "Allow", "protocol": "TCP", "source": {"selector": "role == 'partners'", "namespaceSelector":
        "global()"}, "destination": {"ports": [5432]}}]}  # fmt: skip
MUTUAL = {
    "gatewayClassName": "cilium", "listeners": [{
        "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "payments.example.ae",
        "tls": {"mode": "Terminate", "certificateRefs": [{"name": "payments"}]},
        "allowedRoutes": {"namespaces": {"from": "Same"}}}],
    "tls": {"frontend": {"default": {"validation": {
        "mode": "AllowInsecureFallback", "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name": "banks"}],
    }}}}}  # fmt: skip
STORE = {
    "existingSecret": "minio-root", "mode": "distributed", "replicas": 4, "users": [
        {"accessKey": "app", "existingSecret": "minio-app", "existingSecretKey": "key", "policy": "readwrite"}],
    "tls": {"enabled": True, "certSecret": "minio-tls"}, "service": {"type": "ClusterIP"},
    "persistence": {"enabled": True, "storageClass": "encrypted", "size": "500Gi"},
    "environment": {
        "MINIO_IDENTITY_OPENID_CONFIG_URL": "https://login.example.ae/realms/bank/.well-known/openid-configuration",
        "MINIO_IDENTITY_OPENID_CLIENT_ID": "minio", "MINIO_IDENTITY_OPENID_SCOPES": "openid,profile",
        "MINIO_IDENTITY_OPENID_ROLE_POLICY": "consoleAdmin"}}  # fmt: skip
MODELS = {
    "replicaCount": 2, "masterkeySecretName": "litellm", "masterkeySecretKey": "masterkey",
    "db": {"useExisting": True, "deployStandalone": False, "endpoint": "models-rw.data.svc.cluster.local",
           "database": "litellm", "secret": {"name": "db", "usernameKey": "username", "passwordKey": "password"},
           "url": "postgresql://$(DATABASE_USERNAME):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)"
                  "?sslmode=verify-full"},
    "proxy_config": {
        "model_list": [{"model_name": "chat", "litellm_params": {
            "model": "hosted_vllm/chat", "api_base": "https://chat.models.svc.cluster.local/v1"}}],
        "general_settings": {
            "master_key": "os.environ/PROXY_MASTER_KEY", "enable_jwt_auth": True,
            "litellm_jwtauth": {"admin_jwt_scope": "openid", "user_id_jwt_field": "sub"}},
        "litellm_settings": {"request_timeout": 600, "turn_off_message_logging": True}},
    "environmentSecrets": ["litellm-env"]}  # fmt: skip

ATTACKS = (
    Attack("what each build was made from is written to a public log", SENT,
        text("chains-config", "tekton-chains", {
            "artifacts.taskrun.format": "slsa/v1", "artifacts.taskrun.storage": "oci", "artifacts.oci.storage": "oci",
            "signers.x509.fulcio.enabled": "false", "transparency.enabled": "true"}),
        "major", "without transparency.url Tekton Chains writes provenance with names of repositories, images and "
        "parameters to rekor.sigstore.dev, from which nothing can be removed (tektoncd/chains pkg/config, "
        f"defaultTransparencyURL, found as a string, {READ})"),
    Attack("every hour the share of a team is copied to a drive of Google", SENT,
        program(["rclone"], ["copy", "/data", "copy:ledger", "--transfers=8"], env=REMOTE),
        "critical", "the type drive has no address in the settings: all files are at Google abroad (rclone, 'Google "
        "drive', and environment variables RCLONE_CONFIG_NAME_TYPE, as known)"),
    Attack("records of every pod go to a vendor that the type of a sink names", SENT,
        text("vector", "logging", {"vector.yaml": VECTOR}),
        "critical", "without url the sink axiom sends to api.axiom.co in the United States (Vector, 'Axiom', sinks, "
        f"at vector.dev, and Axiom, 'Base domain', {READ})"),
    Attack("a pool of connections speaks plain text on both sides", PLAIN,
        text("pgbouncer", "payments", {"pgbouncer.ini": POOLER}),
        "critical", "passwords and rows of each application cross the network in plain text (PgBouncer, 'Config', "
        "client_tls_sslmode and server_tls_sslmode, as known)"),
    Attack("a document store takes callers without TLS too", PLAIN,
        program(["mongod"], ["--bind_ip_all", "--auth", "--tlsMode=allowTLS", "--dbpath=/data",
                             "--tlsCertificateKeyFile=/tls/tls.pem", "--keyFile=/tls/key"]),
        "critical", "members talk to each other in plain text and callers may (MongoDB, 'net.tls.mode', allowTLS, as "
        "known)"),
    Attack("partners of a database are the whole Internet in two halves", OPEN, (
        k8s("crd.projectcalico.org/v1:GlobalNetworkSet", {
            "metadata": {"name": "partners", "labels": {**TAGS, "role": "partners"}}, "spec": HALVES}, "partners"),
        crd("crd.projectcalico.org/v1:NetworkPolicy", PARTNERS)),
        "critical", "each address may call the database; the policy names a label and the object with the label names "
        "no range that is /0 (Calico, 'Global network set', as known)"),
    Attack("a program offers the API of the cluster to whoever calls it", OPEN,
        program(["kubectl"], ["proxy", "--address=0.0.0.0", "--port=8001", "--accept-hosts=.*"]),
        "critical", "each caller in the network has the rights of the account without a token (Kubernetes, 'kubectl "
        "proxy', --address and --accept-hosts, as known)"),
    Attack("banks without a certificate are let in where a certificate is asked", OPEN, (
        crd("gateway.networking.k8s.io/v1:Gateway", MUTUAL),),
        "critical", "the mode accepts connections without a certificate or with an invalid one (Gateway API, "
        "FrontendValidationMode AllowInsecureFallback, GEP-91, as known)"),
    Attack("whoever reaches the way out of the bank may use it to go anywhere", OPEN,
        text("squid", "egress", {"squid.conf": SQUID}),
        "major", "the one thing that keeps pods from addresses of strangers lets all callers call all hosts and ports "
        "(Squid, 'http_access', as known)"),
    Attack("each person who signs in administers the store of objects", GROWN, release("minio", "5.4.0", STORE),
        "critical", "with a role policy every user of the issuer has exactly this policy, and consoleAdmin is every "
        f"right (MinIO, 'OpenID identity management settings', Role Policy, {READ})"),
    Attack("each token of the issuer administers the gateway of models", GROWN,
        release("litellm-helm", "1.80.0", MODELS),
        "critical", "who has the scope is administrator, and openid is in every token of a person: keys, budgets and "
        f"models of all teams (LiteLLM, 'OIDC - JWT-based Auth', admin_jwt_scope, {READ})"),
)  # fmt: skip
