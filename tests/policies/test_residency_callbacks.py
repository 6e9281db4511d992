"""Where names, mail and callbacks lead: addresses that a controller or a resolver asks with data of the cluster."""

from typing import Any

import pytest

from .blind import crd, k8s, workload
from .harness import Given, Pack, blocking

PACK = Pack()


def _rules(given: Given) -> set[str]:
    return {rule for rule in blocking(PACK.evaluate_plan(given)) if "RES" in rule}


def _cluster(address: str) -> Given:
    endpoint = {"address": {"socket_address": {"address": address, "port_value": 443}}}
    value = {"load_assignment": {"endpoints": [{"lb_endpoints": [{"endpoint": endpoint}]}]}}
    patches = [{"applyTo": "CLUSTER", "patch": {"operation": "ADD", "value": value}}]
    return crd("networking.istio.io/v1alpha3:EnvoyFilter", {"configPatches": patches})


def _corefile(*lines: str, name: str = "coredns") -> Given:
    text = "\n    ".join([".:53 {", *lines])
    return k8s("core/v1:ConfigMap", {"metadata": {"name": name}, "data": {"Corefile": f"{text}\n}}\n"}})


def _kyverno(url: str, **rule: Any) -> Given:
    context = [{"name": "seen", "apiCall": {"service": {"url": url}}}]
    return crd("kyverno.io/v1:ClusterPolicy", {"rules": [rule or {"name": "x", "context": context}]})


def _store(**provider: object) -> Given:
    return crd("external-secrets.io/v1:SecretStore", {"provider": provider})


FOREACH = {"mutate": {"foreach": [{"context": [{"apiCall": {"service": {"url": "https://c.vendor.com"}}}]}]}}
CASES = [
    (_cluster("collect.vendor.com"), True),
    (_cluster("orders.shop.svc.cluster.local"), False),
    (_cluster("10.0.4.7"), False),
    (_cluster("0.0.0.0"), False),  # noqa: S104
    (_corefile("forward . 8.8.8.8"), True),
    (_corefile("forward . 2001:4860:4860::8888"), True),
    (_corefile("forward . tls://1.1.1.1 {", "}"), True),
    (_corefile("rewrite name exact a.svc.cluster.local c.vendor.com"), True),
    (_corefile("rewrite stop {", "name regex (.*).a.svc {1}.vendor.com", "}"), True),
    (_corefile("hosts {", "52.28.59.10 db.team-a.svc.cluster.local", "fallthrough", "}"), True),
    (_corefile("hosts {", "10.0.4.10 db.example.ae", "fallthrough", "}"), False),
    (_corefile("forward . /etc/resolv.conf", "cache 30", "errors", "kubernetes cluster.local"), False),
    (_corefile("forward . 10.0.0.2 10.0.0.3", "rewrite name a.shop b.shop.svc.cluster.local"), False),
    (_corefile("forward . 8.8.8.8", name="coredns-custom"), True),
    (_kyverno("https://collect.vendor.com/secrets"), True),
    (_kyverno("", **FOREACH), True),
    (_kyverno("http://opa.policies.svc.cluster.local:8181/v1"), False),
    (crd("policies.kyverno.io/v1:ValidatingPolicy",
         {"variables": [{"name": "x", "expression": 'http.Post("https://c.vendor.com", object)'}]}), True),
    (_store(gcpsm={"projectID": "theirs"}), True),
    (_store(vault={"server": "https://vault.vendor.com"}), True),
    (_store(vault={"server": "https://vault.vault.svc.cluster.local:8200"}), False),
    (_store(aws={"service": "SecretsManager", "region": "me-central-1"}), False),
    (crd("traefik.io/v1alpha1:Middleware", {"forwardAuth": {"address": "https://auth.vendor.com"}}), True),
    (crd("traefik.io/v1alpha1:Middleware", {"forwardAuth": {"address": "http://auth.edge.svc:9000"}}), False),
    (workload("apps/v1:Deployment", {}, hostAliases=[{"ip": "52.28.59.10", "hostnames": ["db"]}]), True),
    (workload("apps/v1:Deployment", {}, hostAliases=[{"ip": "10.0.4.9", "hostnames": ["db"]}]), False),
    (workload("apps/v1:Deployment", {}, dnsConfig={"nameservers": ["1.1.1.1"]}), True),
    (crd("externaldata.gatekeeper.sh/v1:Provider", {"url": "https://c.vendor.com"}), True),
    (crd("notification.toolkit.fluxcd.io/v1:Provider", {"address": "https://c.vendor.com"}), True),
    (crd("apiextensions.k8s.io/v1:CustomResourceDefinition",
         {"conversion": {"webhook": {"clientConfig": {"url": "https://c.vendor.com"}}}}), True),
    (Given("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", {"domainNameServers": ["8.8.8.8"]}), True),
    (Given("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", {"domainNameServers": ["AmazonProvidedDNS", "10.0.0.2"]}), False),
    (Given("azure-native:network:VirtualNetwork", {
        "location": "uaenorth", "dhcpOptions": {"dnsServers": ["168.63.129.16", "10.0.0.4"]}}), False),
    (k8s("networking.k8s.io/v1:Ingress", {"metadata": {"annotations": {
        "nginx.ingress.kubernetes.io/mirror-target": "https://tap.vendor.com$request_uri"}}}), True),
    (Given("aws:route53/record:Record", {"type": "MX", "records": ["1 smtp.vendor.com."]}), True),
    (Given("aws:route53/record:Record", {"type": "MX", "records": ["0 ."]}), False),
    (Given("aws:route53/record:Record", {"type": "A", "records": ["10.0.0.1"]}), False),
    (Given("azure-native:dns:RecordSet", {"mxRecords": [{"preference": 1, "exchange": "mx.vendor.com"}]}), True),
    (Given("azure-native:datashare:Invitation", {"targetEmail": "a@vendor.com"}), True),
    (Given("azure-native:datashare:Invitation", {"targetActiveDirectoryId": "t", "targetObjectId": "o"}), True),
]  # fmt: skip


@pytest.mark.parametrize(("given", "is_refused"), CASES)
def test_only_addresses_in_the_country_are_asked(given: Given, is_refused: bool) -> None:
    assert bool(_rules(given)) == is_refused


@pytest.mark.parametrize(
    ("transfer", "country", "is_refused"),
    [("ExportFromAzure", "DE", True), ("ExportFromAzure", "AE", False), ("ImportToAzure", "DE", False)],
)
def test_disks_with_exported_data_are_sent_within_the_country(transfer: str, country: str, is_refused: bool) -> None:
    props = {"transferType": transfer, "location": "uaenorth", "details": {"shippingAddress": {"country": country}}}
    assert ("FJ-RES-206" in blocking(PACK.evaluate_resource(Given("azure-native:databox:Job", props)))) == is_refused


def test_parts_of_a_vault_lie_in_the_vault() -> None:
    policy = Given("azure-native:recoveryservices:ProtectionPolicy", {"vaultName": "v"})
    assert blocking(PACK.evaluate_resource(policy)) == set()
    abroad = Given(policy.type, {"vaultName": "v", "location": "westeurope"})
    assert blocking(PACK.evaluate_resource(abroad)) == {"FJ-RES-201"}
