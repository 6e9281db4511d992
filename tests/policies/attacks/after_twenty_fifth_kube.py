"""Other spellings of the twenty-fifth set's attacks on clusters (2026-12-02).

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, k8s, meta, workload
from ..harness import Given
from . import Attack
from .twenty_fifth_kube import LABEL_OF_CLUSTERS, SEALED, in_namespace
from .twenty_fifth_kube_b import in_vault, with_token
from .twenty_fourth_kube import EXP, IDN, settings
from .twenty_fourth_kube_b import configured
from .twenty_third_critical_kube import nightly

AUTHORISED = '-H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json"'
SLAPD = """database mdb
suffix "dc=example,dc=ae"
access to dn.subtree="ou=people,dc=example,dc=ae"
    by self read
    by anonymous manage
"""
PASSWORDS = """dn: olcDatabase={1}mdb,cn=config
changetype: modify
add: olcAccess
olcAccess: {0}to attrs=userPassword,shadowLastChange
 by self write
 by * read
"""


def synchronised(labels: dict[str, str], *data: dict[str, str]) -> Given:
    """Returns a volume of the vault that also makes a secret."""
    return k8s("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {"metadata": meta("dc2", "argocd"), "spec": {
        "provider": "vault", "parameters": {"vaultAddress": "https://vault.vault.svc:8200", "roleName": "argocd"},
        "secretObjects": [{"secretName": "dc2", "type": "Opaque", "labels": labels, "data": list(data)}]}})  # fmt: skip


def python(*lines: str) -> Given:
    """Returns a Deployment that runs a program of Python."""
    return workload("apps/v1:Deployment", {"command": ["python", "-c", "\n".join(lines)]})


def searching(path: str, body: str) -> Given:
    """Returns a job of each night that writes to the store of documents that are searched."""
    return with_token(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} -X PUT https://search.search.svc:9200/{path} -d '{body}'"
    )


def mongo(statement: str) -> Given:
    """Returns a job of each night that sends a statement to the store of documents."""
    return nightly(f"mongosh --nodb --file /config/connect.js --eval '{statement}'")


REQUESTS = (
    Attack("a program of Python changes secrets of the system by an address in a variable", ("FJ-ESC-109",), (python(
        "import os, requests",
        "requests.patch(os.environ['SERVER'] + '/api/v1/namespaces/kube-system/secrets/sync', json=BODY)"),),
        "critical", "the API server has each of its addresses (kubernetes, 'Kubernetes API Concepts')"),
    Attack("a proxy of clusters takes a role of another one", ("FJ-ESC-109",), (with_token(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} --data @/config/role.json "
        "https://rancher.dc1.example.ae/k8s/clusters/c-m-7/apis/rbac.authorization.k8s.io/v1/clusterroles"),),
        "critical", "the proxy passes the request on (rancher, '/k8s/clusters/', as known)"),
    Attack("a command reads what a container of payments wrote, from its machine", ("FJ-ESC-109",), (with_token(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} "
        "https://node-7.dc1.example.ae:10250/containerLogs/payments/ledger-0/ledger -o /data/ledger.log"),),
        "critical", "no role of the namespace is asked (kubernetes, pkg/kubelet/server/auth.go)"),
    Attack("settings of Argo CD are replaced by those of a file each night", ("FJ-ESC-109",), (nightly(
        "argocd admin import --prune /config/settings.yaml -n argocd"),), "critical",
        "projects, applications, repositories and clusters are those of the file (argoproj/argo-cd, 'admin import')"),
    Attack("each certificate that somebody asks for is approved", ("FJ-ESC-109",), (nightly(
        "for name in $(cat /config/names); do cmctl approve -n payments $name; done"),), "critical",
        "an issuer signs what is approved (cert-manager, 'CertificateRequest', approval; cmctl approve found as a "
        "string; read 2026-12-02)"),
    Attack("a machine of the cluster is erased each night", ("FJ-ESC-109",), (nightly(
        "talosctl --nodes 10.20.0.7 reset --graceful=false --reboot"),), "critical",
        "its disks are wiped (siderolabs/talos, 'Resetting a machine'; found as a string; read 2026-12-02)"),
)  # fmt: skip

SERVICES = (
    Attack("a team keeps the key that opens the vault, by a config map", ("FJ-IDN-314",), (
        settings("vault-config", "vault", {"vault.hcl": SEALED}),), "critical",
        "the root key is encrypted by that of the other vault (hashicorp/vault, 'Transit seal configuration')"),
    Attack("a team keeps the key that opens the vault, by settings in JSON", ("FJ-IDN-314",), (
        settings("vault-config", "vault", {
            "vault.json": '{"seal": [{"transit": [{"address": "https://keys.team-a.svc:8200", "key_name": "k"}]}]}'}),),
        "critical", "the root key is encrypted by that of the other vault (hashicorp/vault, 'Configuration', JSON)"),
    Attack("another program says what each repository contains", ("FJ-IDN-314",), (
        in_namespace("argocd", "tools", **{"app.kubernetes.io/name": "argocd-repo-server"}),), "critical",
        "the Service argocd-repo-server selects the label, and its clients do not compare the certificate by default "
        "(argoproj/argo-cd, manifests/base/repo-server)"),
    Attack("another program says how busy each pod is", ("FJ-IDN-314",), (
        in_namespace("kube-system", "sampler", **{"k8s-app": "metrics-server"}),), "major",
        "autoscalers follow what it answers (kubernetes-sigs/metrics-server, manifests)"),
    Attack("a volume of the vault says which cluster Argo CD deploys to", ("FJ-IDN-314",), (
        synchronised({**TAGS, LABEL_OF_CLUSTERS: "cluster"}, {"objectName": "server", "key": "server"},
                     {"objectName": "config", "key": "config"}),), "critical",
        "the driver makes a secret with the label (kubernetes-sigs/secrets-store-csi-driver 02f84b41 "
        "apis/v1/secretproviderclass_types.go; read 2026-12-02)"),
)  # fmt: skip

RIGHTS = (
    Attack("a role of the vault needs no secret, by its API", IDN, (with_token(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} https://vault.vault.svc:8200/v1/auth/approle/role/pipeline "
        "-d '{\"bind_secret_id\": false, \"token_policies\": [\"admin\"]}'"),), "critical",
        "no secret is asked for (hashicorp/vault, 'AppRole')"),
    Attack("a role of the vault makes certificates for each name, by its API", IDN, (with_token(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} https://vault.vault.svc:8200/v1/pki/roles/web "
        "-d '{\"allow_any_name\": true, \"max_ttl\": \"720h\"}'"),), "critical",
        "a client asks for any name (hashicorp/vault, 'PKI secrets engine')"),
    Attack("a role of the vault makes administrators of the cluster", IDN, (in_vault(
        "vault write kubernetes/roles/ops allowed_kubernetes_namespaces='*' kubernetes_role_type=ClusterRole "
        "kubernetes_role_name=cluster-admin"),), "critical",
        "the vault makes an account and binds it (hashicorp/vault, 'Kubernetes secrets engine')"),
    Attack("an account of searches gets every right of the store", IDN, (searching(
        "_plugins/_security/api/internalusers/reports",
        '{"hash": "$2y$12$x", "opendistro_security_roles": ["all_access"]}'),), "critical",
        "all_access is every right (OpenSearch, 'Predefined roles')"),
    Attack("a role of searches has every action on every index", IDN, (searching(
        "_plugins/_security/api/roles/reports",
        '{"index_permissions": [{"index_patterns": ["*"], "allowed_actions": ["indices_all"]}]}'),), "critical",
        "the group is every action (OpenSearch, 'Default action groups')"),
    Attack("the account of reports changes every row by a command of the server", IDN, (mongo(
        'db.getSiblingDB("admin").runCommand({grantRolesToUser: "reports", '
        'roles: [{role: "readWriteAnyDatabase", db: "admin"}]})'),), "critical",
        "the role is for every database (MongoDB, 'Built-In Roles')"),
    Attack("the account of reports gets a role for every action", IDN, (mongo(
        'db.getSiblingDB("admin").createRole({role: "ops", privileges: [{resource: {anyResource: true}, '
        'actions: ["anyAction"]}], roles: []})'),), "critical",
        "the role is every action on everything (MongoDB, 'Resource Document'; found as a string; read 2026-12-02)"),
    Attack("everybody with an account of Google is let into the realm", IDN, (nightly(
        "$KCADM create identity-provider/instances -r bank -s alias=google -s 'providerId=google' "
        "-s 'config.clientId=bank'"),), "critical",
        "without hostedDomain each account of Google is let in (Keycloak, 'Google')"),
)  # fmt: skip

FILES = (
    Attack("each address may change names of PowerDNS", EXP, configured(
        "pdns", "pdns.conf", "launch=gpgsql\ndnsupdate=yes\nallow-dnsupdate-from=10.0.0.0/8,0.0.0.0/0\n", 53),
        "critical", "each of the ranges may send updates (PowerDNS, 'Dynamic DNS Update'; found as a string; read "
        "2026-12-02)"),
    Attack("callers without a name administer the directory, in slapd.conf", EXP,
           configured("slapd", "slapd.conf", SLAPD, 1636), "critical",
           "anonymous is whoever did not sign in (OpenLDAP, 'Access Control')"),
    Attack("whoever asks the directory reads the passwords of all", EXP,
           configured("slapd", "access.ldif", PASSWORDS, 1636), "critical",
           "read shows the hashes (OpenLDAP, 'Access Control')"),
    Attack("a tunnel asks nobody for a certificate, by an argument", EXP, (workload("apps/v1:Deployment", {
        "command": ["openvpn", "--config", "/etc/openvpn/server.conf", "--verify-client-cert", "none"]}),),
        "critical", "clients need no certificate (OpenVPN 2.6, --verify-client-cert)"),
)  # fmt: skip

STORES = (
    Attack("a store of sessions forgets its password each night", IDN, (with_token(
        "redis-cli -h sessions.team-a.svc --tls CONFIG SET requirepass ''"),), "critical",
        "an empty password is none (valkey, requirepass; found as a string; read 2026-12-02)"),
    Attack("the store of volumes asks its clients for no key", IDN, (with_token(
        "ceph config set global auth_client_required none"),), "critical",
        "each client reads each volume (ceph, 'CephX Config Reference'; found as a string; read 2026-12-02)"),
    Attack("everybody may change each node of the store of settings", IDN, (with_token(
        "zkCli.sh -server settings.team-a.svc:2281 setAcl -R / world:anyone:cdrwa"),), "critical",
        "the scheme is everybody (apache/zookeeper, 'ACL'; found as a string; read 2026-12-02)"),
    Attack("whoever reaches the warehouse is its first user", IDN, (with_token(
        'clickhouse-client --secure --query "ALTER USER default IDENTIFIED WITH no_password HOST ANY"'),), "critical",
        "the user has no password (ClickHouse, 'CREATE USER'; found as a string; read 2026-12-02)"),
    Attack("a contractor administers the sources", IDN, (with_token(
        "gitea admin user create --admin --username contractor --email c@example.ae --random-password"),), "critical",
        "the user administers each repository (go-gitea/gitea, 'admin user create'; found as a string; read "
        "2026-12-02)"),
    Attack("a contractor administers the workflows", IDN, (with_token(
        "airflow users create --role Admin --username contractor --email c@example.ae -f a -l b --use-random-password"),
        ), "critical", "the role has every right (apache/airflow, 'Access control'; found as a string; read "
        "2026-12-02)"),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*REQUESTS, *SERVICES, *RIGHTS, *FILES, *STORES)
