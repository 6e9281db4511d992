"""Attacks that published manifests and bad cases of policies suggested (2026-11-30)."""

from ..blind import crd, k8s, meta, workload
from ..harness import Given
from . import Attack

SHOP = {"matchLabels": {"app": "shop"}}
FROM_WEB = [{"from": [{"podSelector": {"matchLabels": {"app": "web"}}}], "ports": [{"port": 8443, "protocol": "TCP"}]}]
TO_STORE = [{"to": [{"podSelector": {"matchLabels": {"app": "store"}}}], "ports": [{"port": 5432, "protocol": "TCP"}]}]


def _policy(**spec: object) -> tuple[Given, ...]:
    return (k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(), "spec": {"podSelector": SHOP, **spec}}),)


def _path(path: str) -> tuple[Given, ...]:
    backend = {"service": {"name": "shop", "port": {"number": 8443}}}
    paths = [{"path": path, "pathType": "ImplementationSpecific", "backend": backend}]
    return (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(), "spec": {
            "ingressClassName": "internal", "tls": [{"hosts": ["shop.example.ae"], "secretName": "shop"}],
            "rules": [{"host": "shop.example.ae", "http": {"paths": paths}}]}}),
    )  # fmt: skip


ATTACKS = (
    Attack("a policy lists where pods may call, and its types leave that direction out", ("FJ-EXP-324",),
        _policy(policyTypes=["Ingress"], ingress=FROM_WEB, egress=TO_STORE),
        "major", "pods call every address, although the policy lists one (kubernetes/api networking/v1/types.go, "
        "NetworkPolicySpec.policyTypes, read 2026-11-30)"),
    Attack("a policy lists who may call pods, and its types leave that direction out", ("FJ-EXP-324",),
        _policy(policyTypes=["Egress"], ingress=FROM_WEB, egress=TO_STORE),
        "major", "every pod calls them, although the policy lists one (the same)"),
    Attack("the path of an ingress is lines of nginx", ("FJ-EXP-322",), _path("/x;\nalias /srv/;"),
        "critical", "the controller serves files of its own, with the token that reads every secret (CVE-2021-25748; "
        "kubernetes/ingress-nginx dbb11b92 internal/ingress/inspector/rules.go, read 2026-11-30)"),
    Attack("the path of an ingress is the token of the controller", ("FJ-EXP-322",),
        _path("/var/run/secrets/kubernetes.io/serviceaccount/token"),
        "critical", "the same (CVE-2021-25745)"),
    Attack("the sign-in before every program lets everybody in who has an account", ("FJ-IDN-313",),
        (workload("apps/v1:Deployment", {"env": [{"name": "VOUCH_ALLOWALLUSERS", "value": "true"}]}),),
        "critical", "anybody with an account at the provider is a user (vouch/vouch-proxy c220a5e "
        "config/config.yml_example, allowAllUsers, read 2026-11-30)"),
    Attack("copies of a database go to a bucket whose name looks like that of a service", ("FJ-RES-312",), (
        crd("postgresql.cnpg.io/v1:Cluster", {
            "instances": 3, "storage": {"size": "10Gi", "storageClass": "encrypted"},
            "backup": {"barmanObjectStore": {
                "destinationPath": "s3://acme.prod-copies/orders", "s3Credentials": {"inheritFromIAMRole": True}}}}),),
        "critical", "the bucket is of anybody: names of buckets may have dots (Amazon S3, \"Bucket naming rules\", as "
        "known)"),
)  # fmt: skip
