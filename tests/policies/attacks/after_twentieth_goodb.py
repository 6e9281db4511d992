"""Attacks that come closest to what rules were softened for after the good programs of clusters of set 20."""

import json
from collections.abc import Mapping
from dataclasses import replace

from ..blind import k8s, meta
from ..harness import Given
from ..idioms.twelfth_charts import LOGIN, mirrored
from . import Attack

READ = "read 2026-11-30"
TARGETS = [{"kind": "Gateway", "group": "gateway.networking.k8s.io", "name": "apps"}]
HEALTH = {"operation": {"methods": ["GET"], "paths": ["/healthz", "/ready"]}}
LISTENER = {"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "quotes.bank.ae", "tls": {
    "mode": "Terminate", "certificateRefs": [{"name": "quotes-tls"}]}, "allowedRoutes": {
        "namespaces": {"from": "Same"}}}  # fmt: skip
EKS_CONFIG = json.dumps({"clusters": [{"name": "c", "cluster": {
    "server": "https://0123456789ABCDEF0123456789ABCDEF.gr7.me-central-1.eks.amazonaws.com"}}]})  # fmt: skip
RIGHT = {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create", "update", "delete"]}
KEY_OF_S3 = "wJalrXUtnFEMIK7MDENGbPxRfiCYzQhWvTgLs4mE"


def proxy(settings: str, **arguments: str) -> Given:
    """Returns the release of a proxy of sign-in with a file of settings."""
    return mirrored("oauth2-proxy", "8.3.2", {
        "config": {"existingSecret": "proxy", "configFile": settings}, "extraArgs": {
            "oidc-issuer-url": LOGIN, **arguments}}, "gateway")  # fmt: skip


def gateway(*addresses: str, **infrastructure: object) -> Given:
    """Returns a gateway of Istio on some addresses."""
    return k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("apps", "gateway"), "spec": {
        "gatewayClassName": "istio", "listeners": [LISTENER], "infrastructure": infrastructure, "addresses": [
            {"type": "IPAddress", "value": address} for address in addresses]}}, "apps")  # fmt: skip


def balancer(address: str) -> Given:
    """Returns a service with a load balancer that asks for an address."""
    return k8s("core/v1:Service", {"metadata": meta("orders"), "spec": {
        "type": "LoadBalancer", "loadBalancerIP": address, "externalTrafficPolicy": "Local", "selector": {
            "app": "orders"}, "ports": [{"name": "https", "port": 443, "targetPort": 8443}]}}, "orders")  # fmt: skip


def renamed(plan: tuple[Given, ...], name: str) -> tuple[Given, ...]:
    """Returns a plan with another name of its gateway, since all attacks are deployed together."""
    return tuple(replace(item, props=json.loads(json.dumps(item.props).replace('"name": "apps"', f'"name": "{name}"')))
                 for item in plan)  # fmt: skip


def policed(*specs: Mapping[str, object]) -> tuple[Given, ...]:
    """Returns a gateway of Istio on a private address, tokens that it knows, and policies for it."""
    return (
        gateway("10.30.40.4"),
        k8s("security.istio.io/v1:RequestAuthentication", {"metadata": meta("staff", "gateway"), "spec": {
            "targetRefs": TARGETS, "jwtRules": [{"issuer": LOGIN, "jwksUri": f"{LOGIN}/protocol/openid-connect/certs",
                                                 "audiences": ["apps"]}]}}, "staff"),
        *(k8s("security.istio.io/v1:AuthorizationPolicy", {
            "metadata": meta(f"gate-{index}", "gateway"), "spec": {"targetRefs": TARGETS, **spec}}, f"gate-{index}")
          for index, spec in enumerate(specs)),
    )  # fmt: skip


def denied(**operation: object) -> dict[str, object]:
    """Returns a policy that refuses calls without a token in an operation."""
    return {"action": "DENY", "rules": [
        {"from": [{"source": {"notRequestPrincipals": ["*"]}}], "to": [{"operation": operation}]}]}  # fmt: skip


def allowed(**operation: object) -> dict[str, object]:
    """Returns a policy that allows calls with a token, and an operation without one."""
    return {"action": "ALLOW", "rules": [
        {"from": [{"source": {"requestPrincipals": ["*"]}}]}, {"to": [{"operation": operation}]}]}  # fmt: skip


def runner(release: str, **rbac: object) -> Given:
    """Returns the release of a runner of builds with rights on pods and settings."""
    return mirrored("gitlab-runner", "0.82.0", {"gitlabUrl": "https://git.bank.ae/", "rbac": {
        "create": True, "rules": [RIGHT], **rbac}}, release)  # fmt: skip


ROLES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("a runner changes settings of each namespace", "builds", {"clusterWideAccess": True}),
    ("a runner whose values do not say where its rights count", "builds", {}),
    ("a runner of the system changes who signs in", "kube-system", {"clusterWideAccess": False}),
    ("a runner whose rights the chart creates in the namespace of the system", "builds", {
        "clusterWideAccess": False, "namespace": "kube-system"}),
    ("rights of a cluster role beside a switch for those of the namespace", "builds", {
        "rules": [], "clusterWideAccess": False, "extraClusterRoleRules": [RIGHT]}),
)  # fmt: skip
GATES = {
    "the models need a token, but each path below them does not": denied(notPaths=["/healthz", "/v1/*"]),
    "no path needs a token": denied(notPaths=["/*"]),
    "each path that ends as that of the health needs no token": denied(notPaths=["*/healthz"]),
    "what is written needs no token": denied(notMethods=["OPTIONS", "POST"]),
    "calls by another name of the gateway need no token": denied(hosts=["quotes.bank.ae"]),
    "calls after the health need a token, and nothing else does": denied(paths=["/healthz"]),
    "calls that name another host need no token": denied(notPaths=["/healthz"], notHosts=["admin.bank.ae"]),
    "answers of models are anybody's beside those after the health": allowed(paths=["/healthz", "/v1/chat"]),
    "all but the health is anybody's": allowed(notPaths=["/healthz"]),
    "whatever begins as the health is anybody's": allowed(paths=["/health*"]),
}
DUMMY = 'c.JupyterHub.authenticator_class = "dummy"\nc.Spawner.default_url = "/lab"\n'

ATTACKS: tuple[Attack, ...] = (
    Attack("a file of settings lets in who has any account at Google", ("FJ-IDN-313",), (proxy(
        'provider = "google"\nemail_domains = [ "*" ]\nupstreams = [ "http://orders.orders.svc:8080" ]\n'),),
        "critical", f"everybody in the world signs in (oauth2-proxy, 'Overview', email-domain, {READ})"),
    Attack("a file of Python of Airflow keeps the sign-in with admin and admin", ("FJ-IDN-313",), (
        mirrored("airflow", "1.18.0", {
            "postgresql": {"enabled": False}, "data": {"metadataSecretName": "airflow-metadata"}, "webserver": {
                "webserverConfig": "import os\n# AUTH_TYPE = AUTH_OAUTH\nAUTH_TYPE = AUTH_DB\n"}}),),
        "critical", "whoever reaches the page signs in as the administrator (apache/airflow 001394a91d "
        "chart/values.yaml, webserver.defaultUser)"),
    Attack("a file of Python of the hub lets each name in", ("FJ-IDN-313",), (
        mirrored("jupyterhub", "4.3.1", {"hub": {"extraConfig": {"sign-in": DUMMY}}}, "notebooks"),),
        "critical", "everybody is whom he says he is (jupyterhub/zero-to-jupyterhub-k8s, jupyterhub/values.yaml, "
        "hub.config.JupyterHub.authenticator_class)"),
    Attack("a key of the store stands where the name of a key belongs", ("FJ-ESC-107",), (
        mirrored("mlflow", "1.8.0", {"auth": {"enabled": True}, "artifactRoot": {"s3": {"existingSecret": {
            "name": "mlflow-s3", "keyOfAccessKeyId": "AWS_ACCESS_KEY_ID", "keyOfSecretAccessKey": KEY_OF_S3}}}}),),
        "major", "who reads the state or the program has the key of the bucket, as known"),
    Attack("a section names no Secret, and has the key itself", ("FJ-ESC-107",), (
        mirrored("mlflow", "1.8.0", {"auth": {"enabled": True}, "artifactRoot": {"s3": {"existingSecret": {
            "name": "", "keyOfSecretAccessKey": "correct_horse_battery_staple"}}}}),),
        "major", "who reads the state or the program has the key of the bucket, as known"),
    Attack("a gateway of the site has a public address beside its private one", ("FJ-EXP-321",), (
        gateway("10.30.40.4", "94.200.10.20"), *policed(denied(notMethods=["OPTIONS"]))[1:]),
        "critical", f"everybody reaches it (gateway-api, GatewaySpec.addresses, {READ})"),
    Attack("a gateway of the site does not say which address it has", ("FJ-EXP-321",), (
        gateway(), *policed(denied(notMethods=["OPTIONS"]))[1:]),
        "major", "its balancer takes an address of any pool (metallb.io, 'Usage', as known)"),
    Attack("a gateway of a private pool asks for a public address", ("FJ-EXP-321",), (
        gateway("94.200.10.20", annotations={"metallb.io/address-pool": "inner"}),
        *policed(denied(notMethods=["OPTIONS"]))[1:]),
        "critical", f"everybody reaches it (gateway-api, GatewaySpec.addresses, {READ})"),
    Attack("a balancer of AWS asks for a private address, which no controller there reads", ("FJ-EXP-321",), (
        replace(balancer("10.30.40.5"), provider={"kubeconfig": EKS_CONFIG}),),
        "critical", f"its balancer is public (kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go, {READ})"),
    Attack("a chart that reads no such switch has rights in each namespace", ("FJ-IDN-305",), (
        mirrored("kube-state-metrics", "6.4.1", {"rbac": {"clusterWideAccess": False, "extraRules": [RIGHT]}}),),
        "critical", "who reaches the program changes who signs in, as known"),
    *(Attack(name, ("FJ-IDN-305",), (runner(namespace, **section),), "critical",
             f"who starts a build changes who signs in (GitLab Runner, values.yaml, rbac, {READ})")
      for name, namespace, section in ROLES),
    *(Attack(name, ("FJ-EXP-331",), renamed(policed(gate), f"gateway-{number}"), "critical",
             f"models answer who has no token (istio.io, AuthorizationPolicy, {READ})")
      for number, (name, gate) in enumerate(GATES.items())),
)  # fmt: skip
