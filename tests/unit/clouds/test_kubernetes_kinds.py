"""Custom kinds in the emulated cluster: an object is refused until a CRD, a release or an add-on brings its kind."""

import pytest

from falaj.sandbox.clouds.kubernetes.chart_kinds import CHARTS
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.clouds.values import Json, get_str
from tests.unit.clouds import azure_platform
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import CRD, RELEASE, Open, kubeconfig, meta, namespace, refusal, release

GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule"
NO_MONITOR = 'no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"; ensure CRDs are installed'
ENABLED: Json = {"enabled": True}


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def _rule() -> dict[str, Json]:
    version = "monitoring.coreos.com/v1"
    return {"apiVersion": version, "kind": "PrometheusRule", "metadata": meta("rule"), "spec": {"groups": []}}


def _gateway() -> dict[str, Json]:
    listener: Json = {"name": "https", "port": 443, "protocol": "HTTPS"}
    spec: Json = {"gatewayClassName": "istio", "listeners": [listener]}
    version = "gateway.networking.k8s.io/v1"
    return {"apiVersion": version, "kind": "Gateway", "metadata": meta("models"), "spec": spec}


def chart(k8s: Driver, name: str, version: str = "88.6.4", **changes: Json) -> None:
    k8s.create(RELEASE, name, **release(name=name, chart=name, version=version, **changes))


@pytest.mark.parametrize(
    "token",
    [
        GATEWAY,
        RULE,
        "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue",
        "kubernetes:keda.sh/v1alpha1:ScaledObject",
        "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet",
        "kubernetes:cert-manager.io/v1:Certificate",
        "kubernetes:networking.istio.io/v1:VirtualService",
        "kubernetes:karpenter.sh/v1:NodePool",
        "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshot",
        "kubernetes:nvidia.com/v1:ClusterPolicy",
    ],
)
def test_a_kind_that_nothing_brings_is_refused(token: str, k8s: Driver) -> None:
    version, kind = token.split(":")[1:]
    message = refusal(k8s, token, apiVersion=version, kind=kind, metadata=meta("one"), spec={})
    assert "the apiVersion for this resource does not exist" in message
    assert f'no matches for kind "{kind}" in version "{version}"' in message


@pytest.mark.parametrize("name", ["kube-prometheus-stack", "prometheus-operator-crds"])
def test_a_release_brings_the_kinds_of_its_chart_to_its_own_cluster(name: str, k8s: Driver, open_cloud: Open) -> None:
    chart(k8s, name)
    k8s.create(RULE, "rule", **_rule())
    other = open_cloud("kubernetes", kubeconfig=kubeconfig("https://two.example"))
    assert "no matches for kind" in refusal(other, RULE, **_rule())


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("cert-manager", {}),
        ("cert-manager", {"values": {"crds": {"enabled": False}}}),
        ("aws-load-balancer-controller", {"skipCrds": True}),
    ],
)
def test_a_release_without_crds_brings_no_kind(name: str, changes: dict[str, Json], k8s: Driver) -> None:
    chart(k8s, name, "v1.21.2" if name == "cert-manager" else "3.5.0", **changes)
    group, _, kind = CHARTS[name].brings[0].partition("/")
    token = f"kubernetes:{group}/v1:{kind}"
    inputs = {"apiVersion": f"{group}/v1", "kind": kind, "metadata": meta("one"), "spec": {}}
    assert "no matches for kind" in refusal(k8s, token, **inputs)


def test_a_chart_older_than_its_row_brings_no_kind(k8s: Driver) -> None:
    chart(k8s, "aws-load-balancer-controller", "1.4.6")
    token = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding"
    inputs = {"apiVersion": "elbv2.k8s.aws/v1beta1", "kind": "TargetGroupBinding", "metadata": meta("one")}
    assert "no matches for kind" in refusal(k8s, token, **inputs)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("opencost", {"opencost": {"metrics": {"serviceMonitor": ENABLED}}}),
        ("keda", {"prometheus": {"operator": {"enabled": True, "serviceMonitor": ENABLED}}}),
        ("kueue", {"enablePrometheus": True}),
        ("jobset", {"prometheus": {"enable": True}}),
        ("cert-manager", {"prometheus": {"servicemonitor": ENABLED}}),
        ("aws-load-balancer-controller", {"serviceMonitor": ENABLED}),
        ("cluster-autoscaler", {"serviceMonitor": ENABLED}),
    ],
)
def test_a_release_whose_values_use_a_missing_kind_is_refused_until_it_exists(
    name: str, values: Json, k8s: Driver
) -> None:
    inputs = release(name=name, chart=name, version="99.0.0", values=values)
    message = refusal(k8s, RELEASE, **inputs)
    assert "unable to build kubernetes objects from release manifest" in message
    assert NO_MONITOR in message
    chart(k8s, "prometheus-operator-crds")
    k8s.create(RELEASE, name, **inputs)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("opencost", {"opencost": {"metrics": {"serviceMonitor": {"enabled": False}}}}),
        ("keda", {"prometheus": {"operator": {"serviceMonitor": ENABLED}}}),
        ("gpu-operator", {"dcgmExporter": {"serviceMonitor": ENABLED}}),
        ("karpenter", {"serviceMonitor": ENABLED}),
        ("kube-prometheus-stack", {}),
    ],
)
def test_a_release_that_uses_no_missing_kind_is_accepted(name: str, values: Json, k8s: Driver) -> None:
    chart(k8s, name, values=values)


def test_the_http_add_on_needs_kedas_kinds(k8s: Driver) -> None:
    inputs = release(name="keda-add-ons-http", chart="keda-add-ons-http", version="0.15.0")
    assert 'no matches for kind "ScaledObject" in version "keda.sh/v1alpha1"' in refusal(k8s, RELEASE, **inputs)


EKS_KINDS = ("vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", "crd.k8s.amazonaws.com/v1alpha1:ENIConfig")
SNAPSHOT = "snapshot.storage.k8s.io/v1:VolumeSnapshot"


def _accepts(k8s: Driver, kind: str) -> bool:
    """Returns whether the cluster has a kind, given as `group/version:Kind`."""
    version, name = kind.split(":")
    inputs: dict[str, Json] = {"apiVersion": version, "kind": name, "metadata": meta("one"), "spec": {}}
    try:
        k8s.create(f"kubernetes:{kind}", "one", **inputs)
    except CloudError as error:
        return "no matches for kind" not in str(error)
    return True


def test_eks_has_the_kinds_of_its_network_and_of_its_add_ons_only(aws: Driver, open_cloud: Open) -> None:
    site = Site(aws)
    eks = open_cloud("kubernetes", kubeconfig=kubeconfig(site.cluster(site.role()).text("endpoint")))
    assert all(_accepts(eks, kind) for kind in EKS_KINDS)
    for kind in (SNAPSHOT, "keda.sh/v1alpha1:ScaledObject", "gateway.networking.k8s.io/v1:Gateway"):
        assert not _accepts(eks, kind), kind
    aws.create("aws:eks/addon:Addon", "snapshots", clusterName="c", addonName="snapshot-controller")
    assert _accepts(eks, SNAPSHOT)


@pytest.mark.parametrize(
    "kind", ["v1:NodeClass", "v1alpha1:CNINode", "v1alpha1:NodeDiagnostic", "v1:TargetGroupBinding"]
)
def test_an_automatic_cluster_of_eks_has_the_kinds_of_its_machines(kind: str, aws: Driver, open_cloud: Open) -> None:
    site = Site(aws)
    eks = open_cloud("kubernetes", kubeconfig=kubeconfig(site.cluster(
        site.role(), computeConfig={"enabled": True}, storageConfig={"blockStorage": {"enabled": True}},
        kubernetesNetworkConfig={"elasticLoadBalancing": {"enabled": True}}).text("endpoint")))  # fmt: skip
    assert _accepts(eks, f"eks.amazonaws.com/{kind}")
    assert not _accepts(eks, "eks.amazonaws.com/v1:NodePool")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"workloadAutoScalerProfile": {"keda": ENABLED}}, "keda.sh/v1alpha1:ScaledObject"),
        (
            {"workloadAutoScalerProfile": {"verticalPodAutoscaler": ENABLED}},
            "autoscaling.k8s.io/v1:VerticalPodAutoscaler",
        ),
        ({"serviceMeshProfile": {"mode": "Istio"}}, "networking.istio.io/v1:VirtualService"),
    ],
)
def test_aks_has_the_kinds_of_what_is_switched_on(changes: dict[str, Json], kind: str, open_cloud: Open) -> None:
    site = azure_platform.Site(open_cloud("azure-native"))

    def cluster(**inputs: Json) -> Driver:
        fqdn = get_str(site.cluster(**inputs).values, "fqdn")
        return open_cloud("kubernetes", kubeconfig=kubeconfig(f"https://{fqdn}:443"))

    plain = cluster()
    assert _accepts(plain, SNAPSHOT)
    for missing in (kind, "gateway.networking.k8s.io/v1:Gateway", "monitoring.coreos.com/v1:PrometheusRule"):
        assert not _accepts(plain, missing), missing
    assert _accepts(cluster(resourceName="aks-two", dnsPrefix="two", **changes), kind)


def test_a_crd_object_brings_its_kind(k8s: Driver) -> None:
    names: Json = {"plural": "gateways", "kind": "Gateway"}
    spec: Json = {"group": "gateway.networking.k8s.io", "names": names, "scope": "Namespaced", "versions": []}
    k8s.create(CRD, "gateways", metadata=meta("gateways.gateway.networking.k8s.io"), spec=spec)
    k8s.create(GATEWAY, "models", **_gateway())


def test_a_cluster_of_the_user_has_the_charts_of_its_kubeconfig_extension(open_cloud: Open) -> None:
    has_charts = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=["gateway-api-crds"]))
    namespace(has_charts)
    has_charts.create(GATEWAY, "models", **_gateway())
    assert "no matches for kind" in refusal(has_charts, RULE, **_rule())
