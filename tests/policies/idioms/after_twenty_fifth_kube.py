"""Good programs next to the twenty-fifth set's attacks on clusters (2026-12-02)."""

from ..attacks.after_twenty_fifth_kube import AUTHORISED, mongo, searching, synchronised
from ..attacks.twenty_fifth_kube import LABEL_OF_CLUSTERS
from ..attacks.twenty_fifth_kube_b import in_vault, with_token
from ..attacks.twenty_fourth_kube import settings
from ..attacks.twenty_third_critical_kube import nightly
from ..blind import IMAGE, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom

CURL = f"curl --cacert /etc/ca/ca.crt {AUTHORISED}"
REGISTRY = IMAGE.partition("/")[0]
NAMED = """
zone "pay.example.ae" {
  type primary;
  // never allow-update { any; };
  allow-update { !{ !10.20.0.0/16; any; }; key external-dns; };
};
"""
DIRECTORY = """dn: olcDatabase={1}mdb,cn=config
changetype: modify
replace: olcAccess
olcAccess: {0}to attrs=userPassword
 by self write
 by anonymous auth
 by * none
olcAccess: {1}to dn.base="cn=meetings,dc=example,dc=ae" attrs=children
 by users write
olcAccess: {2}to *
 by group.exact="cn=admins,ou=groups,dc=example,dc=ae" write
 by users read
 by * none
"""
TUNNEL = """
dev tun
server 10.8.0.0 255.255.255.0
tls-version-min 1.3
verify-client-cert none
auth-user-pass-verify /etc/openvpn/directory.sh via-file
username-as-common-name
"""
SEALED = """
seal "transit" {
  address = "https://vault.vault-transit.svc:8200"
  key_name = "bank"
  mount_path = "transit/"
}
"""


def answering(name: str, image: str, namespace: str, **labels: str) -> tuple[Given, ...]:
    """Returns a part of the cluster with its own image, and its budget of disruptions."""
    container = {"image": f"{REGISTRY}/{image}@sha256:" + "a" * 64, "readinessProbe": {"httpGet": {
        "path": "/ready", "port": 8181, "scheme": "HTTPS"}}}  # fmt: skip
    labels = {"app": name, **labels}
    return (
        k8s("apps/v1:Deployment", {"metadata": meta(name, namespace), "spec": {
            "replicas": 2, "selector": {"matchLabels": labels}, "template": {
                "metadata": {"labels": {**TAGS, **labels}}, "spec": pod(container)}}}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(name, namespace), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": labels}}}, "budget"),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a job reads objects of the cluster by the name of its API server", (with_token(
        f"{CURL} https://api.dc1.example.ae:6443/apis/apps/v1/namespaces/team-a/deployments -o /data/list.json"),),
        "kubernetes.io/docs/reference/using-api/api-concepts"),
    Idiom("a job registers a schema and starts a workflow of Temporal by paths that look alike", (with_token(
        f"{CURL} -X POST https://registry.team-a.svc:8443/apis/registry/v3/groups/bank/artifacts -d @/config/schema",
        f"{CURL} -X POST https://temporal.team-a.svc:7243/api/v1/namespaces/bank/workflows/close -d @/config/input"),),
        "www.apicur.io/registry/docs/apicurio-registry/3.0.x/getting-started/assembly-managing-registry-artifacts-api"),
    Idiom("a job measures a machine by its agent", (with_token(
        f"{CURL} https://node-7.dc1.example.ae:10250/metrics/cadvisor -o /data/figures.txt"),),
        "kubernetes.io/docs/reference/instrumentation/node-metrics"),
    Idiom("jobs ask what is deployed, approved and installed", (nightly(
        "argocd appset list --grpc-web", "argocd app wait ledger --health", "argocd admin settings validate",
        "cmctl status certificate web", "talosctl etcd snapshot /data/etcd.db", "kn service list",
        "tkn taskrun list"),), "argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_appset"),
    Idiom("a role of the vault without a secret is for a range of addresses", (in_vault(
        "vault write auth/approle/role/agent bind_secret_id=false token_bound_cidrs=10.20.0.0/16 token_policies=agent"),
        ), "developer.hashicorp.com/vault/api-docs/auth/approle"),
    Idiom("a role of the vault is for names of one domain, and one for viewers of a namespace", (
        in_vault("vault write pki/roles/web allowed_domains=pay.example.ae allow_subdomains=true allow_any_name=false"),
        in_vault("vault write kubernetes/roles/look kubernetes_role_name=view allowed_kubernetes_namespaces=team-a"),),
        "developer.hashicorp.com/vault/api-docs/secret/pki"),
    Idiom("a role of searches reads the indices of reports", (searching(
        "_security/role/reports",
        '{"cluster": ["monitor"], "indices": [{"names": ["reports-*"], "privileges": ["read"]}]}'),),
        "elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-role"),
    Idiom("an administrator of documents and an application are made by commands", (
        mongo('db.getSiblingDB("orders").runCommand({createUser: "orders", pwd: process.env.PASSWORD, '
              'roles: [{role: "readWrite", db: "orders"}]})'),
        mongo('db.adminCommand({createUser: "cluster-admin", pwd: process.env.PASSWORD, roles: ["root"]})'),),
        "mongodb.com/docs/manual/reference/command/createUser"),
    Idiom("a store gets a new password, a node is for readers, and programs get their first administrator", (
        with_token('redis-cli -h sessions.team-a.svc --tls CONFIG SET requirepass "$NEXT"',
                   "zkCli.sh -server settings.team-a.svc:2281 setAcl /public world:anyone:r,sasl:bank:cdrwa",
                   "ceph config get mon auth_client_required",
                   'gitea admin user create --admin --username "$ADMIN" --email ops@example.ae --random-password',
                   "airflow users create --role Viewer --username reports --email r@example.ae -f a -l b"),),
        "valkey.io/topics/acl"),
    Idiom("a realm takes the issuer of the bank, and Google for its own domain", (nightly(
        "kcadm.sh create identity-provider/instances -r bank -s alias=staff -s providerId=oidc -s enabled=true",
        "kcadm.sh create identity-provider/instances -r bank -s alias=google -s providerId=google "
        "-s config.hostedDomain=example.ae"),),
        "keycloak.org/docs/latest/server_admin/#_google"),
    Idiom("names are changed with a key, the directory by its administrators, and a tunnel asks for passwords", (
        settings("bind", "team-a", {"named.conf": NAMED}), settings("slapd", "team-a", {"access.ldif": DIRECTORY}),
        settings("openvpn", "team-a", {"server.conf": TUNNEL})),
        "bind9.readthedocs.io/en/latest/reference.html"),
    Idiom("a vault is opened by the key of a vault of the platform", (
        settings("vault-config", "vault", {"vault.hcl": SEALED}),),
        "developer.hashicorp.com/vault/docs/configuration/seal/transit"),
    Idiom("CoreDNS answers for names of the cluster", answering(
        "coredns", "coredns/coredns", "kube-system", **{"k8s-app": "kube-dns"}),
        "kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution"),
    Idiom("the server of repositories is one of Argo CD", answering(
        "argocd-repo-server", "argoproj/argocd", "argocd", **{"app.kubernetes.io/name": "argocd-repo-server"}),
        "argo-cd.readthedocs.io/en/stable/operator-manual/architecture"),
    Idiom("a volume of the vault makes a secret of a repository, and a cluster whose address the program states", (
        synchronised({**TAGS, LABEL_OF_CLUSTERS: "cluster"}, {"objectName": "config", "key": "config"},
                     {"key": "server", "plainValue": "https://kubernetes.dc1.example.ae:6443"}),),
        "secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret"),
)  # fmt: skip
