"""Attacks of critical severity on clusters (2026-12-01, twenty-third set, written before any rule ran on it).

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")


def nightly(*arguments: str, **more: object) -> Given:
    """Returns a job of each night that runs a script."""
    container = {"command": ["/bin/sh", "-c"], "args": ["\n".join(arguments)], **more}
    template = {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": {**pod(container), "restartPolicy": "Never"}}
    return k8s("batch/v1:CronJob", {"metadata": meta(), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "backoffLimit": 2, "activeDeadlineSeconds": 3600, "template": template}}}})  # fmt: skip


def everywhere(name: str, group: str, *kinds: str) -> tuple[Given, ...]:
    """Returns a right of developers on objects of an operator in every namespace."""
    return (
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": name, "labels": TAGS},
            "rules": [{"apiGroups": [group], "resources": list(kinds),
                       "verbs": ["get", "list", "watch", "create", "update", "patch"]}]}, name),
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
            "metadata": {"name": name, "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "developers"}]},
            f"{name}-binding"),
    )  # fmt: skip


NATS = """
port: 4222
tls { cert_file: /tls/tls.crt, key_file: /tls/tls.key }
accounts {
  BANK { jetstream: enabled, users: [ {user: ledger, permissions: {publish: ">", subscribe: ">"}} ] }
}
no_auth_user: ledger
"""
CASSANDRA = """
cluster_name: ledger
authenticator: AllowAllAuthenticator
authorizer: AllowAllAuthorizer
client_encryption_options: {enabled: true, optional: false, keystore: /tls/keystore.p12}
"""


def _configured(name: str, file: str, text: str, port: int) -> tuple[Given, ...]:
    container = {
        "ports": [{"containerPort": port}],
        "volumeMounts": [{"name": "config", "mountPath": f"/etc/{name}", "readOnly": True}],
    }
    return (
        k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {file: text}, "immutable": True}, "config"),
        workload("apps/v1:StatefulSet", container, 3, volumes=[{"name": "config", "configMap": {"name": name}}]),
    )


ATTACKS = (
    Attack("developers make themselves users of each database of MariaDB", IDN,
           everywhere("databases", "k8s.mariadb.com", "users", "grants", "databases"), "critical",
           "a Grant gives a user every privilege on every table of the MariaDB that it names (mariadb-operator, "
           "'SQL resources')"),
    Attack("developers decide who signs in to each program", IDN,
           everywhere("sign-in", "dex.coreos.com", "connectors", "passwords", "oauth2clients"), "critical",
           "Dex keeps its passwords, clients and connectors as objects, and issues tokens by them (dexidp/dex, "
           "'Storage options', Kubernetes custom resource definitions)"),
    Attack("developers take the secrets of each namespace", IDN,
           everywhere("secrets-sharing", "secretgen.carvel.dev", "secretexports", "secretimports"), "critical",
           "an export offers a secret to the namespaces that it names, and an import brings it there (carvel-dev/"
           "secretgen-controller, 'SecretExport and SecretImport')"),
    Attack("the bucket of statements is opened to everybody each night", EXP, (nightly(
        "mc alias set store https://minio.storage.svc:9000 \"$ACCESS\" \"$SECRET\"",
        "mc anonymous set download store/statements",
        env=[{"name": name, "valueFrom": {"secretKeyRef": {"name": "store", "key": name.lower()}}}
             for name in ("ACCESS", "SECRET")]),),
        "critical", "each object of the bucket is read without a sign-in (minio/mc, 'mc anonymous set')"),
    Attack("a script lets each pod of the cluster sign in to the vault as its administrator", IDN, (nightly(
        "vault write auth/kubernetes/role/apps bound_service_account_names='*' "
        "bound_service_account_namespaces='*' token_policies=admin token_ttl=24h",
        env=[{"name": "VAULT_ADDR", "value": "https://vault.vault.svc:8200"}]),),
        "critical", "each service account gets the policies of the role (hashicorp/vault, 'Kubernetes auth method')"),
    Attack("a team takes each secret of the vault whose name has a letter", IDN, (
        crd("external-secrets.io/v1:ExternalSecret", {
            "refreshInterval": "1h", "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"},
            "target": {"name": "app", "creationPolicy": "Owner"},
            "dataFrom": [{"find": {"name": {"regexp": "[a-z]"}}}]}, "app"),),
        "critical", "find brings every secret whose name the expression finds anywhere (external-secrets, 'Getting "
        "multiple secrets')"),
    Attack("whoever reaches the broker of payments is its user", EXP, _configured("nats", "nats.conf", NATS, 4222),
           "critical", "connections without credentials get this user's permissions (nats-io/nats-server, 'Accounts', "
           "no_auth_user)"),
    Attack("whoever reaches the ledger reads and writes it", EXP,
           _configured("cassandra", "cassandra.yaml", CASSANDRA, 9042), "critical",
           "the authenticator checks nothing, and the authorizer allows everything (apache/cassandra, "
           "conf/cassandra.yaml)"),
)  # fmt: skip
