"""Attacks on clusters (2026-12-02, twenty-fifth set, written before any rule ran on it): objects and settings.

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, k8s, meta, pod, release
from ..harness import Given
from . import Attack
from .twenty_fourth_kube import EXP, IDN, settings
from .twenty_fourth_kube_b import configured

READ = "read 2026-12-02"
LABEL_OF_CLUSTERS = "argocd.argoproj.io/secret-type"


def external(namespace: str, **template: object) -> Given:
    """Returns a secret that External Secrets writes from the vault."""
    return k8s("external-secrets.io/v1:ExternalSecret", {"metadata": meta("dc2", namespace), "spec": {
        "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "vault"},
        "target": {"name": "dc2", "creationPolicy": "Owner", "template": {"engineVersion": "v2", **template}},
        "dataFrom": [{"extract": {"key": "platform/dc2"}}]}})  # fmt: skip


def in_namespace(namespace: str, name: str, **labels: str) -> Given:
    """Returns a Deployment of another program in a namespace of the platform."""
    labels = {**TAGS, "app": name, **labels}
    return k8s("apps/v1:Deployment", {"metadata": meta(name, namespace), "spec": {
        "replicas": 2, "selector": {"matchLabels": {"app": name}}, "template": {
            "metadata": {"labels": labels},
            "spec": pod({"ports": [{"containerPort": 5353, "protocol": "UDP"}]})}}})  # fmt: skip


SCHEDULER = """
apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
leaderElection: {leaderElect: true}
profiles:
- schedulerName: default-scheduler
extenders:
- urlPrefix: https://placement.team-a.svc:8443/scheduler
  filterVerb: filter
  bindVerb: bind
  weight: 1
  enableHTTPS: true
  tlsConfig: {caFile: /etc/kubernetes/placement/ca.crt}
"""
SEALED = """
ui = true
listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/vault/userconfig/tls/tls.crt"
  tls_key_file = "/vault/userconfig/tls/tls.key"
}
storage "raft" { path = "/vault/data" }
seal "transit" {
  address = "https://keys.team-a.svc:8200"
  key_name = "bank"
  mount_path = "transit/"
  tls_ca_cert = "/vault/userconfig/tls/ca.crt"
}
"""
NAMED = """
options { directory "/var/cache/bind"; recursion no; allow-transfer { none; }; };
zone "bank.ae" {
  type primary;
  file "/var/lib/bind/bank.ae.zone";
  allow-update { any; };
};
"""
DIRECTORY = """dn: olcDatabase={1}mdb,cn=config
changetype: modify
replace: olcAccess
olcAccess: {0}to * by * write
"""
TUNNEL = """
port 1194
proto udp
dev tun
topology subnet
server 10.8.0.0 255.255.255.0
push "route 10.0.0.0 255.0.0.0"
ca /etc/openvpn/tls/ca.crt
cert /etc/openvpn/tls/tls.crt
key /etc/openvpn/tls/tls.key
dh none
tls-version-min 1.3
data-ciphers AES-256-GCM
verify-client-cert none
"""

ATTACKS: tuple[Attack, ...] = (
    Attack("whoever writes in the vault says which cluster Argo CD deploys to, by a label that a template makes", IDN, (
        external("argocd", templateFrom=[
            {"target": "Labels", "literal": f"{LABEL_OF_CLUSTERS}: cluster"},
            {"target": "Data", "literal": "name: dc2\nserver: '{{ .server }}'\nconfig: '{{ .config }}'"}]),),
        "critical", "templates make labels of the secret too (external-secrets/external-secrets, apis/externalsecrets, "
        f"TemplateTargetLabels, found as a string; {READ}); Argo CD takes each secret with the label for a cluster"),
    Attack("a team keeps the key that opens the vault of the bank", IDN, release("vault", "0.31.0", {
        "global": {"tlsDisable": False}, "injector": {"enabled": False},
        "server": {"standalone": {"enabled": False}, "auditStorage": {"enabled": True},
                   "extraLabels": TAGS, "ha": {"enabled": True, "replicas": 3, "raft": {
                       "enabled": True, "config": SEALED}}}}),
        "critical", "the root key is encrypted by the transit key of that vault (hashicorp/vault, 'Transit seal "
        "configuration')"),
    Attack("another program answers each name that a pod of the cluster asks for", IDN, (
        in_namespace("kube-system", "metrics-cache", **{"k8s-app": "kube-dns"}),),
        "critical", "the Service kube-dns selects k8s-app=kube-dns, so each pod with the label answers (kubernetes, "
        "'Debugging DNS Resolution'; 'Service', selector)"),
    Attack("a program of a team binds each pod of the cluster to a machine", IDN, (
        settings("scheduler", "kube-system", {"config.yaml": SCHEDULER}),),
        "critical", "the extender gets each pod with its variables and binds it (kubernetes, "
        f"KubeSchedulerConfiguration, extenders; bindVerb found as a string; {READ})"),
    Attack("whoever reaches the server of names changes the zone of the bank", EXP,
           configured("bind", "named.conf", NAMED, 53), "critical",
           f"each host may send updates (ISC BIND 9, allow-update; found as a string; {READ})"),
    Attack("whoever reaches the directory makes himself its administrator", EXP,
           configured("slapd", "access.ldif", DIRECTORY, 1636), "critical",
           f"each client writes each entry (OpenLDAP, 'Access Control'; olcAccess found as a string; {READ})"),
    Attack("whoever reaches the tunnel is in the network of the bank without a certificate", EXP,
           configured("openvpn", "server.conf", TUNNEL, 1194), "critical",
           "clients need no certificate, and nothing asks for a password (OpenVPN 2.6, --verify-client-cert)"),
)  # fmt: skip
