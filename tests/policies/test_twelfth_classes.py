"""Families of the twelfth set of attacks: what classes, pools of addresses and policies of the cluster give every pod,
and what crosses the network in plain text."""

import pytest

from .blind import TAGS, crd, k8s, meta
from .harness import Given, Pack, blocking

PACK = Pack()
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _top(kind: str, **parts: object) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, **parts})


@pytest.mark.parametrize(("added", "is_refused"), [
    ({"cpu": "4500m"}, True), ({"cpu": 5}, True), ({"memory": "32Gi"}, True), ({"memory": "40000M"}, True),
    ({"memory": str(2**36)}, True), ({"cpu": "250m", "memory": "160Mi"}, False), ({"cpu": 4, "memory": "16Gi"}, False),
])  # fmt: skip
def test_overhead_of_each_pod(added: dict[str, object], *, is_refused: bool) -> None:
    runtime = _top("node.k8s.io/v1:RuntimeClass", handler="kata", overhead={"podFixed": added})
    assert ("FJ-COST-126" in refused(STACK, runtime)) is is_refused


CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


@pytest.mark.parametrize(("scheduling", "is_refused"), [
    ({"nodeSelector": {CONTROL_PLANE: ""}}, True), ({"nodeSelector": {"node-role.kubernetes.io/master": "true"}}, True),
    ({"tolerations": [{"key": "node-role.kubernetes.io/etcd", "operator": "Exists"}]}, True),
    ({"tolerations": [{"operator": "Exists"}]}, True),
    ({"nodeSelector": {"bank.ae/runtime": "kata"}}, False),
    ({"tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}, False),
])  # fmt: skip
def test_classes_beside_the_api_server(scheduling: object, *, is_refused: bool) -> None:
    runtime = _top("node.k8s.io/v1:RuntimeClass", handler="runc", scheduling=scheduling)
    assert ("FJ-ESC-115" in refused(runtime)) is is_refused


@pytest.mark.parametrize(("kind", "spec"), [
    ("crd.projectcalico.org/v1:BGPConfiguration", {"serviceLoadBalancerIPs": [{"cidr": "0.0.0.0/0"}]}),
    ("projectcalico.org/v3:BGPConfiguration", {"serviceClusterIPs": [{"cidr": "::/0"}]}),
    ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["10.0.0.0/24", "0.0.0.0/1"]}),
    ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["0.0.0.0-255.255.255.255"]}),
    ("cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"cidr": "0.0.0.0/2"}]}),
    ("karpenter.sh/v1:NodeClaim", {"nodeClassRef": {"group": "eks.amazonaws.com", "kind": "NodeClass", "name": "a"}}),
])  # fmt: skip
def test_addresses_of_everybody_and_machines_past_the_pools(kind: str, spec: dict[str, object]) -> None:
    assert "FJ-ESC-115" in refused(_top(kind, spec=spec))


@pytest.mark.parametrize(("kind", "spec"), [
    ("projectcalico.org/v3:BGPConfiguration", {"serviceExternalIPs": [{"cidr": "10.20.0.0/24"}]}),
    ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["10.20.0.0/24", "10.20.1.5-10.20.1.9"]}),
    ("cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"cidr": "10.20.0.0/24"}]}),
])  # fmt: skip
def test_addresses_of_one_network(kind: str, spec: dict[str, object]) -> None:
    assert "FJ-ESC-115" not in refused(_top(kind, spec=spec))


ALL, WORLD = {"namespaces": {}}, [{"networks": ["0.0.0.0/0"]}]
ALLOWED = {"action": "Allow", "to": WORLD}


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("AdminNetworkPolicy", {"subject": ALL, "egress": [ALLOWED]}, True),
    ("AdminNetworkPolicy", {"subject": {"pods": {"namespaceSelector": {}}}, "egress": [ALLOWED]}, True),
    ("ClusterNetworkPolicy", {"tier": "Admin", "subject": ALL, "egress": [ALLOWED | {"action": "Accept"}]}, True),
    ("ClusterNetworkPolicy", {"tier": "Baseline", "subject": ALL, "egress": [ALLOWED | {"action": "Accept"}]}, False),
    ("AdminNetworkPolicy", {"subject": ALL, "egress": [ALLOWED | {"action": "Deny"}]}, False),
    ("AdminNetworkPolicy", {"subject": ALL, "egress": [ALLOWED | {"to": [{"networks": ["10.0.0.0/8"]}]}]}, False),
    ("AdminNetworkPolicy", {"subject": {"namespaces": {"matchLabels": {"a": "b"}}}, "egress": [ALLOWED | {
        "ports": [{"portNumber": {"protocol": "TCP", "port": 443}}]}]}, False),
])  # fmt: skip
def test_policies_of_administrators_that_let_every_pod_out(kind: str, spec: object, *, is_refused: bool) -> None:
    given = _top(f"policy.networking.k8s.io/v1alpha1:{kind}", spec=spec)
    assert ("FJ-EXP-324" in refused(given)) is is_refused


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"endpointSelector": {}, "egress": [{"toEntities": ["world"]}]}, True),
    ({"endpointSelector": {}, "egress": [{"toCIDR": ["0.0.0.0/0"]}]}, True),
    ({"endpointSelector": {}, "egress": [{"toCIDRSet": [{"cidr": "::/0"}]}]}, True),
    ({"endpointSelector": {"matchLabels": {"app": "proxy"}}, "egress": [{
        "toEntities": ["world"], "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}]}, False),
    ({"endpointSelector": {}, "egress": [{"toEntities": ["kube-apiserver"]}]}, False),
])  # fmt: skip
def test_policies_of_cilium_that_let_every_pod_out(spec: object, *, is_refused: bool) -> None:
    assert ("FJ-EXP-324" in refused(_top("cilium.io/v2:CiliumClusterwideNetworkPolicy", spec=spec))) is is_refused


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"order": 10, "types": ["Egress"], "egress": [{"action": "Allow"}]}, True),
    ({"tier": "platform", "selector": "all()", "egress": [{"action": "Allow", "destination": {
        "nets": ["0.0.0.0/0"]}}]}, True),
    ({"order": 5000, "egress": [{"action": "Allow", "protocol": "TCP", "destination": {"ports": [443]}}]}, False),
    ({"order": 10, "selector": "app == 'proxy'", "egress": [{
        "action": "Allow", "protocol": "TCP", "destination": {"ports": [443]}}]}, False),
    ({"order": 10, "egress": [{"action": "Allow", "destination": {"selector": "k8s-app == 'kube-dns'"}}]}, False),
    ({"order": 10, "egress": [{"action": "Pass"}]}, False),
])  # fmt: skip
def test_policies_of_calico_that_let_every_pod_out(spec: object, *, is_refused: bool) -> None:
    assert ("FJ-EXP-324" in refused(_top("projectcalico.org/v3:GlobalNetworkPolicy", spec=spec))) is is_refused


@pytest.mark.parametrize(("client", "namespace", "is_refused"), [
    ({"meshTLS": {"unauthenticatedTLS": True}}, "team-a", True), ({"meshTLS": {"identities": ["*"]}}, "team-a", True),
    ({"meshTLS": {"unauthenticatedTLS": True}}, "linkerd", False),
    ({"meshTLS": {"serviceAccounts": [{"name": "web"}]}}, "team-a", False),
])  # fmt: skip
def test_callers_of_linkerd(client: object, namespace: str, *, is_refused: bool) -> None:
    given = k8s("policy.linkerd.io/v1beta1:ServerAuthorization", {
        "metadata": meta("x", namespace), "spec": {"server": {"name": "api"}, "client": client}})  # fmt: skip
    assert ("FJ-EXP-324" in refused(given)) is is_refused


@pytest.mark.parametrize(("port", "tls", "is_refused"), [
    (5432, {}, True), ("redis", {}, True), (5432, {"tls": {"secretName": "pg"}}, False),
    (9092, {"tls": {"passthrough": True}}, False), (9093, {}, False), ("tls-kafka", {}, False), (22, {}, False),
])  # fmt: skip
def test_routes_of_tcp(port: object, tls: dict[str, object], *, is_refused: bool) -> None:
    route = crd("traefik.io/v1alpha1:IngressRouteTCP", {"entryPoints": ["x"], **tls, "routes": [{
        "match": "HostSNI(`*`)", "services": [{"name": "a", "port": port}]}]})  # fmt: skip
    assert ("FJ-ENC-421" in refused(route)) is is_refused


STORE = "external-secrets.io/v1:ClusterSecretStore"
PROVIDERS = {"conjur": "url", "gitlab": "url", "onepassword": "connectHost", "infisical": "hostAPI",
             "secretserver": "serverURL", "dvls": "serverUrl", "akeyless": "akeylessGWApiURL",
             "passbolt": "host"}  # fmt: skip


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", PROVIDERS)
def test_vaults_in_plain_text(name: str, scheme: str) -> None:
    spec = {"provider": {name: {PROVIDERS[name]: f"{scheme}://vault.security.svc.cluster.local:8200"}}}
    assert ("FJ-ESC-115" in refused(crd(STORE, spec))) is (scheme == "http")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_classes_of_secrets_that_read_vault(scheme: str) -> None:
    given = crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {
        "provider": "vault", "parameters": {"vaultAddress": f"{scheme}://vault.security.svc:8200"}})  # fmt: skip
    assert ("FJ-ESC-115" in refused(given)) is (scheme == "http")
