"""External-name services, role bindings, network policies and ingresses that expose a cluster."""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .exposure_cases import ON_AKS, ON_EKS, ON_PREMISES, PACK, all_reports, refused, reported
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking

AZURE = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
EKS = {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}


@pytest.mark.parametrize("name", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "169.254.169.254"])
def test_an_external_name_must_not_be_a_loopback_or_metadata_address(name: str) -> None:
    token = "kubernetes:core/v1:Service"
    assert refused(token, {"spec": {"type": "ExternalName", "externalName": name}}) == {"FJ-EXP-321"}
    assert reported(token, {"spec": {"type": "ExternalName", "externalName": "models.bank.ae"}}) == set()


def test_broad_access_inside_a_cluster_is_refused() -> None:
    binding = {"subjects": [{"kind": "Group", "name": "system:serviceaccounts:shop"}], "roleRef": {"name": "view"}}
    assert refused("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", binding) == {"FJ-IDN-303"}
    network = "kubernetes:networking.k8s.io/v1"
    any_namespace = {"spec": {"ingress": [{"from": [{"namespaceSelector": {}}]}]}}
    one_team = {"spec": {"ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}}]}]}}
    assert refused(f"{network}:NetworkPolicy", any_namespace) == {"FJ-EXP-324"}
    assert reported(f"{network}:NetworkPolicy", one_team) == set()
    assert refused(f"{network}:Ingress", {"spec": {"defaultBackend": {"service": {"name": "a"}}}}) == {"FJ-EXP-323"}


@pytest.mark.parametrize(
    ("cluster", "annotations", "is_refused"),
    [
        ("aws:eks/cluster:Cluster", EKS, False),
        ("aws:eks/cluster:Cluster", AZURE, True),
        ("aws:eks/cluster:Cluster", {"metallb.io/address-pool": "inside"}, True),
        ("azure-native:containerservice:ManagedCluster", AZURE, False),
        ("azure-native:containerservice:ManagedCluster", EKS, True),
        ("azure-native:containerservice/v20250101:ManagedCluster", AZURE, False),
        ("azure-native:network:VirtualNetwork", EKS, True),
        (None, EKS | AZURE, False),
    ],
)
def test_the_cloud_of_a_planned_cluster_is_that_of_its_service(
    cluster: str | None, annotations: dict[str, str], is_refused: bool
) -> None:
    kubeconfig = {"kubeconfig": UNKNOWN}
    props = {"metadata": {"name": "s", "annotations": annotations}, "spec": {"type": "LoadBalancer"}}
    service = Given("kubernetes:core/v1:Service", props, "s", provider=kubeconfig)
    provider = Given("pulumi:providers:kubernetes", kubeconfig, "site",
                     links={"kubeconfig": ("cluster",)} if cluster else {})  # fmt: skip
    clusters = (Given(cluster, {}, "cluster"),) if cluster else ()
    assert ("FJ-EXP-321" in blocking(PACK.evaluate_stack(*clusters, provider, service))) is is_refused
    assert "FJ-EXP-321" not in blocking(PACK.evaluate_resource(service))


def test_a_public_load_balancer_is_refused_before_its_cloud_is_known() -> None:
    service = Given("kubernetes:core/v1:Service", {"spec": {"type": "LoadBalancer"}}, provider={"kubeconfig": UNKNOWN})
    assert "FJ-EXP-321" in blocking(PACK.evaluate_resource(service))
    inside = Given("kubernetes:core/v1:Service", {"spec": {"type": "ClusterIP"}}, provider={"kubeconfig": UNKNOWN})
    assert "FJ-EXP-321" not in blocking(PACK.evaluate_plan(inside))


def test_kubeconfigs_name_the_cloud_in_json_and_yaml() -> None:
    props = {"metadata": {"annotations": AZURE}, "spec": {"type": "LoadBalancer"}}
    text = "clusters:\n- cluster:\n    server: https://A.GR7.me-central-1.EKS.amazonaws.com\n"
    assert refused("kubernetes:core/v1:Service", props, provider={"kubeconfig": text}) == {"FJ-EXP-321"}
    both = json.dumps([ON_EKS["kubeconfig"], ON_AKS["kubeconfig"]])
    assert refused("kubernetes:core/v1:Service", props, provider={"kubeconfig": both}) == {"FJ-EXP-321"}
    assert reported("kubernetes:core/v1:Service", props, provider=ON_AKS) == set()


ROUTER = "kubernetes:operator.openshift.io/v1:IngressController"
STRIMZI, ECK = "kubernetes:kafka.strimzi.io/v1beta2:Kafka", "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch"


def kafka(kind: str, **configuration: Any) -> dict[str, Any]:
    listener = {"name": "external", "port": 9094, "type": kind, "tls": True, "configuration": configuration}
    return {"metadata": {"name": "k"}, "spec": {"kafka": {"listeners": [listener]}}}


@pytest.mark.parametrize(
    ("token", "props", "is_refused"),
    [
        (STRIMZI, kafka("internal"), False),
        (STRIMZI, kafka("loadbalancer"), True),
        (STRIMZI, kafka("nodeport"), True),
        (STRIMZI, kafka("loadbalancer", bootstrap={"annotations": EKS}), False),
        (STRIMZI, kafka("loadbalancer", bootstrap={"annotations": AZURE}), True),
        (ECK, {"spec": {"http": {"service": {"spec": {"type": "LoadBalancer"}}}}}, True),
        (ECK, {"spec": {"http": {"service": {"metadata": {"annotations": EKS}, "spec": {"type": "LoadBalancer"}}}}},
         False),
        (ECK, {"spec": {"http": {"service": {"spec": {"type": "ClusterIP"}}}}}, False),
        (ECK, {"spec": {"http": {"service": {"spec": {"type": UNKNOWN}}}}}, False),
        (ROUTER, {"spec": {"endpointPublishingStrategy": {"type": "LoadBalancerService"}}}, True),
        (ROUTER, {"spec": {"endpointPublishingStrategy": {
            "type": "LoadBalancerService", "loadBalancer": {"scope": "External"}}}}, True),
        (ROUTER, {"spec": {"endpointPublishingStrategy": {
            "type": "LoadBalancerService", "loadBalancer": {"scope": "Internal"}}}}, False),
        (ROUTER, {"spec": {"endpointPublishingStrategy": {"type": "HostNetwork"}}}, False),
    ],
)  # fmt: skip
def test_custom_resources_ask_for_internal_load_balancers(token: str, props: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-EXP-321" in refused(token, props, provider=ON_EKS)) is is_refused


def test_definitions_of_custom_resources_name_types_without_asking_for_one() -> None:
    schema = {"properties": {"type": {"type": "string", "default": "LoadBalancer", "enum": ["LoadBalancer"]}}}
    definition = {"spec": {"versions": [{"schema": {"openAPIV3Schema": schema}, "type": "LoadBalancer"}]}}
    token = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
    assert "FJ-EXP-321" not in refused(token, definition, provider=ON_PREMISES)


def test_a_gateway_of_a_public_class_is_refused() -> None:
    spec = {"gatewayClassName": "azure-alb-external", "infrastructure": {"annotations": AZURE}}
    token = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
    assert "FJ-EXP-321" in refused(token, {"metadata": {"name": "g"}, "spec": spec}, provider=ON_AKS)


SERVICE_TYPE = "networking.istio.io/service-type"


@pytest.mark.parametrize(
    ("gateway_class", "annotations", "is_refused"),
    [
        ("istio-waypoint", {}, False),
        ("istio-waypoint", {SERVICE_TYPE: "LoadBalancer"}, True),
        ("istio-waypoint", {SERVICE_TYPE: "NodePort"}, True),
        ("istio", {SERVICE_TYPE: "ClusterIP"}, False),
        ("istio", {}, True),
        ("istio-east-west", {}, True),
        ("nginx", {SERVICE_TYPE: "ClusterIP"}, True),
    ],
)
def test_gateways_of_istio_say_the_type_of_their_service(
    gateway_class: str, annotations: dict[str, str], is_refused: bool
) -> None:
    props = {"metadata": {"name": "g", "annotations": annotations}, "spec": {"gatewayClassName": gateway_class}}
    token = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
    assert ("FJ-EXP-321" in refused(token, props, provider=ON_EKS)) is is_refused


RELEASE = "kubernetes:helm.sh/v3:Release"


@pytest.mark.parametrize(
    ("chart", "values", "is_refused"),
    [
        ("gateway", {}, True),
        ("gateway", {"service": {"annotations": AZURE}}, True),
        ("gateway", {"service": {"annotations": EKS}}, False),
        ("gateway", {"service": {"type": "ClusterIP"}}, False),
        ("gateway", {"service": {"type": "LoadBalancer"}}, True),
        ("gateway", {"service": {"type": UNKNOWN}}, True),
        ("oci://registry.bank.ae/charts/ingress-nginx", {"controller": {"service": {}}}, True),
        ("ingress-nginx", {"service": {"annotations": EKS}}, True),
        ("ingress-nginx", {"controller": {"service": {"annotations": EKS}}}, False),
        ("ingress-nginx", {"controller": {"service": {"external": {"enabled": False}}}}, False),
        ("traefik", {"service": {"enabled": False}}, False),
        ("traefik", {"service": {"annotations": UNKNOWN_OBJECT}}, True),
        ("traefik", UNKNOWN, True),
        ("karpenter", {}, False),
    ],
)
def test_charts_create_internal_load_balancers(chart: str, values: object, is_refused: bool) -> None:
    props = {"chart": chart, "version": "1.2.3", "values": values}
    assert ("FJ-EXP-332" in refused(RELEASE, props, provider=ON_EKS)) is is_refused


@pytest.mark.parametrize("values", [UNKNOWN, {"service": {"type": UNKNOWN}}, {"service": {"annotations": UNKNOWN}}])
def test_values_of_a_chart_that_are_not_known_are_said_to_be(values: object) -> None:
    reports = all_reports(RELEASE, {"chart": "gateway", "values": values}, provider=ON_EKS)
    assert ["not known before deployment" in item.text for item in reports if item.rule == "FJ-EXP-332"] == [True]


def test_the_cluster_of_a_chart_may_be_planned() -> None:
    kubeconfig = {"kubeconfig": UNKNOWN}
    provider = Given("pulumi:providers:kubernetes", kubeconfig, "site", links={"kubeconfig": ("cluster",)})
    cluster = Given("azure-native:containerservice:ManagedCluster", {}, "cluster")
    for annotations, is_refused in ((AZURE, False), (EKS, True)):
        props = {"chart": "gateway", "values": {"service": {"annotations": annotations}}}
        release = Given(RELEASE, props, "release", provider=kubeconfig)
        assert ("FJ-EXP-332" in blocking(PACK.evaluate_stack(cluster, provider, release))) is is_refused


@pytest.mark.parametrize(
    ("kind", "spec", "is_refused"),
    [
        ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["10.1.0.0/24", "192.168.1.10-192.168.1.20"]}, False),
        ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["10.1.0.0/24", "94.200.10.0/28"]}, True),
        ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["10.255.255.0-11.0.0.5"]}, True),
        ("metallb.io/v1beta1:IPAddressPool", {"addresses": [UNKNOWN]}, True),
        ("metallb.io/v1beta1:IPAddressPool", {"addresses": ["a"]}, True),
        ("cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"cidr": "10.1.0.0/24"}]}, False),
        ("cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"start": "10.1.0.1", "stop": "10.1.0.9"}]}, False),
        ("cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"start": "94.200.10.1"}]}, True),
        ("cilium.io/v2alpha1:CiliumLoadBalancerIPPool", {"cidrs": [{"cidr": "94.200.10.0/24"}]}, True),
        ("metallb.io/v1beta1:L2Advertisement", {}, False),
    ],
)
def test_pools_of_load_balancers_have_private_addresses(kind: str, spec: dict[str, Any], is_refused: bool) -> None:
    assert ("FJ-EXP-321" in refused(f"kubernetes:{kind}", {"spec": spec}, provider=ON_PREMISES)) is is_refused


@pytest.mark.parametrize(
    ("key", "value", "is_refused"),
    [("visibility", "*", True), ("auto-approval", "00000000-0000-0000-0000-000000000001 *", True),
     ("visibility", "00000000-0000-0000-0000-000000000001", False), ("name", "*", False)],
)  # fmt: skip
def test_private_link_services_of_a_cluster_are_for_listed_subscriptions(
    key: str, value: str, is_refused: bool
) -> None:
    annotations = {**AZURE, f"service.beta.kubernetes.io/azure-pls-{key}": value}
    props = {"metadata": {"annotations": annotations}, "spec": {"type": "LoadBalancer"}}
    assert ("FJ-EXP-321" in refused("kubernetes:core/v1:Service", props, provider=ON_AKS)) is is_refused


def test_a_listed_context_is_on_premises_where_the_kubeconfig_cannot_be_read() -> None:
    kubernetes = {"allowed_clusters": ["dc1"]}
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "kubernetes": kubernetes}))
    props = {"metadata": {"annotations": {"metallb.io/address-pool": "inside"}}, "spec": {"type": "LoadBalancer"}}
    for provider, is_refused in (
        ({"kubeconfig": "/srv/server/kubeconfig", "context": "dc1"}, False),
        ({"kubeconfig": "/srv/server/kubeconfig", "context": "dc2"}, True),
        ({"kubeconfig": "/srv/server/kubeconfig"}, True),
        ({**ON_EKS, "context": "dc1"}, True),
        ({"kubeconfig": UNKNOWN, "context": "dc1"}, False),
    ):
        service = Given("kubernetes:core/v1:Service", props, provider=provider)
        assert ("FJ-EXP-321" in blocking(pack.evaluate_resource(service))) is is_refused


@pytest.mark.parametrize(
    ("gateway_class", "group", "is_refused"),
    [("aws-alb-gateway-class", "gateway.k8s.aws", False), ("istio", "gateway.k8s.aws", True), ("any", "x", True)],
)
def test_parameters_of_aws_keep_a_gateway_internal(gateway_class: str, group: str, is_refused: bool) -> None:
    infrastructure = {"parametersRef": {"group": group, "kind": "LoadBalancerConfiguration", "name": "p"}}
    props = {"metadata": {"name": "g"}, "spec": {"gatewayClassName": gateway_class, "infrastructure": infrastructure}}
    token = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
    assert ("FJ-EXP-321" in refused(token, props, provider=ON_EKS)) is is_refused
