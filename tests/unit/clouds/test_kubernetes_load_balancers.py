"""Load balancers of services and gateways in emulated EKS and AKS clusters: kind, and whether they are internal."""

import pytest

from falaj.sandbox.clouds.values import Json, get_all, get_str
from tests.unit.clouds import azure_platform
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import RELEASE, Open, kubeconfig, meta, release

SERVICE, GATEWAY = "kubernetes:core/v1:Service", "kubernetes:gateway.networking.k8s.io/v1:Gateway"
AWS = "service.beta.kubernetes.io/aws-load-balancer-"
AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal"
CLASSIC, NETWORK = ".me-central-1.elb.amazonaws.com", ".elb.me-central-1.amazonaws.com"
CONTROLLER, ISTIOD, CRDS = "aws-load-balancer-controller", "istiod", "gateway-api-crds"
OURS: dict[str, str] = {AWS + "internal": "true", AWS + "scheme": "internal", AWS + "type": "nlb"}


@pytest.fixture
def eks(aws: Driver, open_cloud: Open) -> Driver:
    site = Site(aws)
    return open_cloud("kubernetes", kubeconfig=kubeconfig(site.cluster(site.role()).text("endpoint")))


def install(cluster: Driver, *charts: str) -> None:
    for name in charts:
        cluster.create(RELEASE, name, **release(name=name, chart=name, version="3.5.0", namespace="kube-system"))


def service(cluster: Driver, annotations: dict[str, str], **spec: Json) -> dict[str, Json]:
    given: Json = {key: value for key, value in annotations.items()}
    inputs: Json = {"type": "LoadBalancer", "ports": [{"port": 443}], **spec}
    return cluster.create(SERVICE, "models", metadata=meta("models", annotations=given), spec=inputs).values


def host(cluster: Driver, annotations: dict[str, str], **spec: Json) -> str:
    addresses = get_all(service(cluster, annotations, **spec), "status.loadBalancer.ingress[*].hostname")
    return str(addresses[0]) if addresses else ""


@pytest.mark.parametrize(
    ("annotations", "internal", "suffix"),
    [
        ({}, False, CLASSIC),
        # Read by the other controller only: the load balancer is on the internet.
        ({AWS + "scheme": "internal"}, False, CLASSIC),
        ({AWS + "internal": "false"}, False, CLASSIC),
        ({AWS + "internal": "true"}, True, CLASSIC),
        (OURS, True, NETWORK),
    ],
)
def test_without_the_controller_eks_reads_one_annotation(
    annotations: dict[str, str], internal: bool, suffix: str, eks: Driver
) -> None:
    name = host(eks, annotations)
    assert (name.startswith("internal-"), name.endswith(suffix)) == (internal, True)


@pytest.mark.parametrize(
    ("annotations", "internal"),
    [
        ({}, True),
        (OURS, True),
        ({AWS + "scheme": "internet-facing", AWS + "internal": "true"}, False),
        ({AWS + "internal": "false"}, False),
    ],
)
def test_the_controller_takes_over_every_service(annotations: dict[str, str], internal: bool, eks: Driver) -> None:
    install(eks, CONTROLLER)
    name = host(eks, annotations)
    assert (name.startswith("internal-"), name.endswith(NETWORK)) == (internal, True)


@pytest.mark.parametrize("spec", [{"loadBalancerClass": "service.k8s.aws/nlb"}, {}])
def test_without_the_controller_its_services_get_none(spec: dict[str, Json], eks: Driver) -> None:
    assert host(eks, {} if spec else {AWS + "type": "external"}, **spec) == ""


@pytest.mark.parametrize("controller", [(), (CONTROLLER,)], ids=["built-in", "controller"])
@pytest.mark.parametrize(("annotations", "internal"), [(OURS, True), ({}, False)], ids=["ours", "none"])
def test_a_gateway_is_as_internal_as_its_service(
    controller: tuple[str, ...], annotations: dict[str, str], internal: bool, eks: Driver
) -> None:
    install(eks, CRDS, ISTIOD, *controller)
    given: Json = {key: value for key, value in annotations.items()}
    spec: Json = {
        "gatewayClassName": "istio",
        "listeners": [{"name": "https", "port": 443, "protocol": "HTTPS"}],
        "infrastructure": {"annotations": given},
    }
    version = "gateway.networking.k8s.io/v1"
    gateway = eks.create(GATEWAY, "models", apiVersion=version, kind="Gateway", metadata=meta("models"), spec=spec)
    address = str(get_all(gateway.values, "status.addresses[*].value")[0])
    assert address.startswith("internal-") == (internal or bool(controller))
    assert not eks.diff(gateway, apiVersion=version, kind="Gateway", metadata=meta("models"), spec=spec).changes


@pytest.mark.parametrize(
    ("annotations", "prefix"), [({AZURE: "true"}, "10."), ({AZURE: "false"}, "20."), (OURS, "20.")]
)
def test_aks_reads_its_own_annotation(annotations: dict[str, str], prefix: str, open_cloud: Open) -> None:
    site = azure_platform.Site(open_cloud("azure-native"))
    fqdn = get_str(site.cluster().values, "fqdn")
    aks = open_cloud("kubernetes", kubeconfig=kubeconfig(f"https://{fqdn}:443"))
    addresses = get_all(service(aks, annotations), "status.loadBalancer.ingress[*].ip")
    assert str(addresses[0]).startswith(prefix)


def test_a_service_inside_the_cluster_has_no_status(eks: Driver) -> None:
    assert "status" not in service(eks, {}, type="ClusterIP")
