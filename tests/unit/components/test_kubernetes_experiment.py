"""Experiments: two variants behind one host name, the traffic split, and decisions that restart no pod."""

from typing import Any

import pytest

from falaj.components.core.serving.experiments import Variant
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.keda import Keda
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import program, recorded
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, GATEWAY, LARGE, SLEEPING

ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
DEPLOYMENT, RELEASE = "kubernetes:apps/v1:Deployment", "kubernetes:helm.sh/v3:Release"
EARLY = {"weights": {"a": 90, "b": 10}}


def experiment(**changed: Any) -> Recording:
    return recorded(Experiment, {**EXPERIMENT, **changed})


def route(of: Recording) -> RegisteredResource:
    return of.one(ROUTE)


def shares(of: Recording) -> dict[str, int]:
    (rule,) = route(of).inputs["spec"]["rules"]
    return {sent["name"]: sent["weight"] for sent in rule["backendRefs"]}


def test_both_variants_are_whole_services_and_one_route_is_before_them() -> None:
    of = experiment()
    parts = ("account", "asked-by", "service", "server", "monitor", "scaling")
    assert {name for _, name in of.names()} == {
        "uae-route",
        *(f"uae-{variant}-{item}" for variant in ("a", "b") for item in parts),
    }
    monitors = of.of("kubernetes:monitoring.coreos.com/v1:PodMonitor")
    replaced = [
        {
            item["targetLabel"]: item["replacement"]
            for item in monitor.inputs["spec"]["podMetricsEndpoints"][0]["relabelings"]
        }
        for monitor in monitors
    ]
    # By `variant`, reports compare both; requests name the model of both alike.
    assert replaced == [
        {"service": f"sentiment-{variant}", "tenant": "retail", "variant": variant} for variant in ("a", "b")
    ]
    assert route(of).inputs["spec"]["hostnames"] == ["sentiment.models.example.ae"]
    assert route(of).inputs["spec"]["parentRefs"] == [{"name": "models", "namespace": "falaj-gateway"}]
    assert {urn.rsplit("::", 1)[-1] for urn in route(of).depends_on} >= {"uae-a-service", "uae-b-service"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (EARLY, {"sentiment-a": 90, "sentiment-b": 10}),
        ({"weights": {"a": 0, "b": 100}}, {"sentiment-a": 0, "sentiment-b": 100}),
        ({"winner": Variant.B}, {"sentiment-a": 0, "sentiment-b": 100}),
        ({"winner": Variant.A}, {"sentiment-a": 100, "sentiment-b": 0}),
    ],
    ids=str,
)
def test_weights_and_winner_decide_the_traffic_split(changed: Any, expected: dict[str, int]) -> None:
    of = experiment(**changed)
    assert shares(of) == expected
    outputs = of.outputs[of.one("falaj:kubernetes:Experiment").urn]
    assert outputs == {
        "url": "https://sentiment.models.example.ae",
        "services": {"a": "sentiment-a", "b": "sentiment-b"},
        "shares": {name.removeprefix("sentiment-"): share for name, share in expected.items()},
    }


@pytest.mark.parametrize(
    "changed", [{"winner": Variant.B}, {"weights": {"a": 0, "b": 100}}, {"ends": "2027-01-01T00:00:00Z"}]
)
def test_deciding_changes_the_route_and_nothing_else(changed: dict[str, Any]) -> None:
    def others(of: Recording) -> dict[str, Any]:
        return {child.urn: child.inputs for child in of.custom() if child.typ != ROUTE}

    assert route(experiment(**changed)).inputs != route(experiment()).inputs
    assert others(experiment(**changed)) == others(experiment())


def test_a_new_image_of_one_variant_leaves_the_other_alone() -> None:
    other = experiment(b={**AWAKE, "image": "registry.example/falaj/onnx-server:2.0.0"})
    for name in ("uae-a-server", "uae-a-service", "uae-a-asked-by"):
        (before,) = [child.inputs for child in experiment().custom() if child.name == name]
        (after,) = [child.inputs for child in other.custom() if child.name == name]
        assert before == after
    assert other.one(DEPLOYMENT, "uae-b-server").inputs != experiment().one(DEPLOYMENT, "uae-b-server").inputs


def test_each_variant_has_labels_of_its_own_on_the_bill() -> None:
    for variant in ("a", "b"):
        resource = experiment().one(DEPLOYMENT, f"uae-{variant}-server").inputs
        own = {"falaj/service": "sentiment", "falaj/variant": variant}
        assert resource["spec"]["selector"]["matchLabels"] == own
        labels = {**own, "falaj/tenant": "retail"}
        assert resource["metadata"]["labels"] == {**COST_TAGS, **labels}
        assert resource["spec"]["template"]["metadata"]["labels"] == labels


def test_a_report_finds_window_measure_and_verdict_at_the_route() -> None:
    window = {
        "falaj/experiment-starts": "2026-12-01T08:00:00+04:00",
        "falaj/experiment-ends": "2026-12-15T08:00:00+04:00",
        "falaj/experiment-measure": "p95 latency below 300 ms at least cost",
    }
    assert route(experiment()).inputs["metadata"]["annotations"] == window
    decided = route(experiment(winner=Variant.B)).inputs["metadata"]["annotations"]
    assert decided == {**window, "falaj/experiment-winner": "b"}
    assert route(experiment()).inputs["metadata"]["labels"]["falaj/experiment"] == "sentiment"


def test_a_gpu_may_be_compared_with_processors() -> None:
    of = experiment(b=LARGE)
    scaled = of.of("kubernetes:keda.sh/v1alpha1:ScaledObject")
    triggers = {resource.name: resource.inputs["spec"]["triggers"][0]["type"] for resource in scaled}
    assert triggers == {"uae-a-scaling": "cpu", "uae-b-scaling": "prometheus"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weights": {"a": 90, "b": 20}}, r"weights: .*a and b, which add up to 100"),
        ({"weights": {"a": 100}}, r"weights: .*a and b"),
        ({"weights": {"a": 101, "b": -1}}, r"weights\.a"),
        ({"ends": "2026-11-30T08:00:00+04:00"}, r"ends: .*later than starts"),
        ({"starts": "2026-12-01"}, r"starts: \"2026-12-01\" .*offset from UTC"),
        ({"starts": "next week"}, r"starts"),
        ({"a": SLEEPING}, r"a\.min: 0 .*so that cold starts do not distort"),
        ({"measure": ""}, "measure"),
        ({"winner": "c"}, "winner"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_invalid_experiments_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(Experiment, {**EXPERIMENT, **changed})()


def test_the_gateway_ends_tls_inside_the_network_for_tenants_only() -> None:
    of = recorded(Gateway, GATEWAY)
    resource = of.one("kubernetes:gateway.networking.k8s.io/v1:Gateway").inputs
    assert resource["metadata"]["annotations"] == {"cert-manager.io/cluster-issuer": "bank-ca"}
    spec = resource["spec"]
    (listener,) = spec["listeners"]
    assert (listener["protocol"], listener["port"], listener["tls"]["mode"]) == ("HTTPS", 443, "Terminate")
    assert listener["allowedRoutes"]["namespaces"]["selector"] == {
        "matchExpressions": [{"key": "falaj/tenant", "operator": "Exists"}]
    }
    assert spec["infrastructure"]["annotations"] == {
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443": "tcp.idle_timeout.seconds=1800",
        "service.beta.kubernetes.io/port_443_health-probe_protocol": "tcp",
        "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30",
    }
    # The schema allows eight (gateway-api, apis/v1/gateway_types.go).
    assert len(spec["infrastructure"]["annotations"]) <= 8
    assert spec["infrastructure"]["labels"].items() >= COST_TAGS.items()
    public = recorded(Gateway, {**GATEWAY, "public": True}).one("kubernetes:gateway.networking.k8s.io/v1:Gateway")
    assert public.inputs["spec"]["infrastructure"]["annotations"] == {
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
        "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443": "tcp.idle_timeout.seconds=1800",
        "service.beta.kubernetes.io/port_443_health-probe_protocol": "tcp",
        "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "30",
    }
    namespace = of.one("kubernetes:core/v1:Namespace").inputs["metadata"]
    assert namespace["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert of.outputs[of.one("falaj:kubernetes:Gateway").urn] == {"namespace": "falaj-gateway", "gateway": "uae"}


def test_keda_comes_before_its_add_on_pinned_and_closed() -> None:
    of = recorded(Keda, {"tags": COST_TAGS})
    core, http = of.one(RELEASE, "uae-core"), of.one(RELEASE, "uae-http")
    assert (core.inputs["chart"], core.inputs["version"]) == ("keda", "2.21.0")
    assert (http.inputs["chart"], http.inputs["version"]) == ("keda-add-ons-http", "0.15.0")
    assert any(urn.endswith("::uae-core") for urn in http.depends_on)
    assert {release.inputs["repositoryOpts"]["repo"] for release in (core, http)} == {
        "https://kedacore.github.io/charts"
    }
    for name in ("operator", "metricServer", "webhooks"):
        values = core.inputs["values"]
        assert values["securityContext"][name]["readOnlyRootFilesystem"] is True
        assert values["podSecurityContext"][name]["runAsNonRoot"] is True
        assert values["resources"][name]["limits"].keys() == {"cpu", "memory"}
    for name in ("operator", "scaler", "interceptor"):
        assert http.inputs["values"][name]["resources"]["limits"].keys() == {"cpu", "memory"}
        assert http.inputs["values"][name]["nodeSelector"] == {"falaj/profile": "system"}
    assert http.inputs["values"]["interceptor"]["replicas"]["min"] == 2


def test_keda_is_installed_from_a_private_registry() -> None:
    of = recorded(
        Keda, {"tags": COST_TAGS, "chart_repository": "oci://r.example/charts", "image_mirror": "r.example/images"}
    )
    core, http = of.one(RELEASE, "uae-core").inputs, of.one(RELEASE, "uae-http").inputs
    assert (core["chart"], "repositoryOpts" in core) == ("oci://r.example/charts/keda", False)
    assert core["values"]["image"]["keda"] == {
        "registry": "r.example",
        "repository": "images/kedacore/keda",
        "tag": "2.21.0",
    }
    assert http["values"]["images"]["scaler"] == "r.example/images/kedacore/http-add-on-scaler"
    assert http["values"]["images"]["tag"] == "0.15.0"
