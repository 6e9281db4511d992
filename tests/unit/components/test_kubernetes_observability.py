"""GPU utilisation and tenant cost: hand-computed prices, rules that detect idle resources, and one dashboard."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.components.core.money.opencost_prices import HourlyPrices, hourly_prices
from falaj.components.core.monitoring.alerts import ALERTS
from falaj.components.core.monitoring.dashboard import dashboard
from falaj.components.core.monitoring.gpu_series import gpu_series
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.observability import Observability
from tests.unit.components.kubernetes_samples import OBSERVABILITY as ARGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

RELEASE, RULES = "kubernetes:helm.sh/v3:Release", "kubernetes:monitoring.coreos.com/v1:PrometheusRule"
DOLLAR = Decimal(1)


def observability(**changed: Any) -> Recording:
    args = {**ARGS, **changed}
    return recorded(Observability, {key: value for key, value in args.items() if value is not None})


def test_a_machine_is_split_into_processors_and_memory() -> None:
    result = hourly_prices("me-central-1", ["m7g.large"], DOLLAR)
    # 0.1 for 2 vCPU and 8 GiB: 0.1 / (2 * 7.46 + 8) a GiB, 7.46 times that a vCPU. Spot: 0.029.
    assert result.gib == pytest.approx(Decimal("0.1") / Decimal("22.92"))
    assert result.vcpu == pytest.approx(Decimal("7.46") * Decimal("0.1") / Decimal("22.92"))
    assert 2 * result.vcpu + 8 * result.gib == pytest.approx(Decimal("0.1"))
    assert result.spot_gib == pytest.approx(Decimal("0.029") / Decimal("22.92"))
    assert result.gpu == 0


def test_a_gpu_costs_what_its_machine_costs_beyond_the_rest() -> None:
    result = hourly_prices("me-central-1", ["m7g.large", "g5.xlarge"], DOLLAR)
    # g5.xlarge: 1.234 for 4 vCPU, 16 GiB and one A10G; twice an m7g.large is 0.2.
    assert result.gpu == pytest.approx(Decimal("1.034"))
    dirhams = hourly_prices("me-central-1", ["m7g.large", "g5.xlarge"], Decimal("3.6725"))
    assert dirhams.gpu == pytest.approx(Decimal("1.034") * Decimal("3.6725"))


def test_a_spot_price_that_is_not_known_is_the_other_one() -> None:
    known = HourlyPrices(vcpu=Decimal("0.1"), gib=Decimal("0.01"))
    assert known.model == {
        "CPU": "0.1000",
        "RAM": "0.0100",
        "GPU": "0.0000",
        "spotCPU": "0.1000",
        "spotRAM": "0.0100",
        "spotGPU": "0.0000",
    }


def test_a_spot_gpu_costs_what_its_machine_costs_on_spot() -> None:
    """The finding: a GPU of g5.12xlarge was charged 5.38 AED with its CPUs and memory, and costs 1.92 on spot."""
    model = hourly_prices("me-central-1", ["g5.12xlarge", "m7g.4xlarge"], Decimal("3.6725")).model
    machine = {"CPU": 12, "RAM": 48, "GPU": 1}
    on_demand = sum(float(model[key]) * amount for key, amount in machine.items())
    spot = sum(float(model[f"spot{key}"]) * amount for key, amount in machine.items())
    assert (on_demand, spot) == (pytest.approx(6.39, abs=0.01), pytest.approx(1.92, abs=0.01))
    assert float(model["GPU"]) > 2 * float(model["spotGPU"]) > 0


def test_it_has_exactly_these_children() -> None:
    of = observability()
    assert of.names() == {
        ("kubernetes:core/v1:Namespace", "uae-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-policy"),
        (RELEASE, "uae-opencost"),
        (RULES, "uae-rules"),
        ("kubernetes:core/v1:ConfigMap", "uae-dashboard"),
    }
    outputs = of.outputs[of.one("falaj:kubernetes:Observability").urn]
    assert outputs["namespace"] == "falaj-observability"
    assert outputs["prices"]["GPU"] == "3.7974"  # 1.034 dollars


def test_opencost_has_this_places_prices_and_is_closed() -> None:
    release = observability().one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("opencost", "2.5.29")
    opencost = release["values"]["opencost"]
    model = opencost["customPricing"]["costModel"]
    assert (opencost["customPricing"]["enabled"], model["GPU"], model["currencyCode"]) == (True, "3.7974", "AED")
    # g5.xlarge on spot, 0.53062, less two m7g.large, 0.029 each, at 3.6725.
    assert (model["spotGPU"], model["customPricesEnabled"]) == ("1.7357", "true")
    assert opencost["exporter"]["securityContext"]["readOnlyRootFilesystem"] is True
    assert release["values"]["podSecurityContext"]["runAsNonRoot"] is True
    assert opencost["prometheus"]["external"]["url"] == "http://prometheus.monitoring:9090"
    assert opencost["metrics"]["serviceMonitor"]["additionalLabels"] == {"release": "prometheus"}
    mirrored = observability(image_mirror="r.example/images").one(RELEASE).inputs["values"]["opencost"]["exporter"]
    assert mirrored["image"] == {
        "registry": "r.example",
        "repository": "images/opencost/opencost",
        "tag": "1.121.1",
    }


def test_on_premises_prices_are_given() -> None:
    arguments = {"vcpu": 0.12, "gib": 0.015, "gpu": 9.5}
    of = observability(region=None, machines=None, aed_per_usd=None, prices=arguments)
    model = of.one(RELEASE).inputs["values"]["opencost"]["customPricing"]["costModel"]
    assert (model["CPU"], model["RAM"], model["GPU"]) == ("0.1200", "0.0150", "9.5000")
    assert rules(of)["falaj:gpus_free:aed_per_hour"] == "falaj:gpus_free:count * 9.5000"


def rules(of: Recording) -> dict[str, str]:
    """Expressions of recording rules and alerts, by name; those of limits with their labels."""
    groups = of.one(RULES).inputs["spec"]["groups"]
    return {
        rule.get("record", rule.get("alert")) + "".join(f" {value}" for value in rule["labels"].values())
        if "vector" in rule["expr"] and "labels" in rule
        else rule.get("record", rule.get("alert")): rule["expr"]
        for group in groups
        for rule in group["rules"]
    }


def test_alerts_are_in_the_cluster_and_say_what_is_wrong() -> None:
    groups = observability().one(RULES).inputs["spec"]["groups"]
    assert [group["name"] for group in groups] == ["falaj-series", "falaj-alerts"]
    reached = ["FalajTenantBudgetReached"] * 3
    assert [rule["alert"] for rule in groups[1]["rules"]] == [*(alert.name for alert in ALERTS), *reached]
    for rule in groups[1]["rules"]:
        assert rule["labels"]["severity"] in ("info", "warning", "critical")
        assert rule["annotations"]["summary"]


def test_limits_of_tenants_are_compared_with_what_is_measured() -> None:
    tenants = {"insurance": {"aed_per_month": 9000, "first_answer_seconds": {"chat": 300}}, "retail-banking": {}}
    limits = {
        name: text
        for name, text in rules(observability(tenants=tenants)).items()
        if text.startswith("vector(") and "time" not in text
    }
    assert limits == {
        "falaj:tenant_budget:aed_per_month tenant-insurance": "vector(9000)",
        "falaj:cold_start_limit:seconds tenant-insurance chat": "vector(300)",
    }


def test_the_dashboard_is_beside_prometheus_where_grafana_looks() -> None:
    config = observability().one("kubernetes:core/v1:ConfigMap").inputs
    assert config["data"] == {"falaj-platform.json": dashboard()}
    assert config["metadata"]["namespace"] == "monitoring"
    assert config["metadata"]["labels"]["grafana_dashboard"] == "1"
    outside = observability(prometheus="https://prometheus.example.ae:9090").one("kubernetes:core/v1:ConfigMap").inputs
    assert outside["metadata"]["namespace"] == "falaj-observability"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"prices": {"vcpu": 1, "gib": 1}}, r"prices: .*either `prices`, or `region`"),
        ({"aed_per_usd": None}, r"prices: .*either `prices`, or `region`"),
        ({"machines": ["g5.xlarge"]}, r"machines: \[\"g5\.xlarge\"\] .*a machine without GPUs"),
        ({"prometheus": "prometheus"}, "prometheus"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_has_no_price(changed: dict[str, Any], message: str) -> None:
    args = {key: value for key, value in {**ARGS, **changed}.items() if value is not None}
    with pytest.raises(BadArguments, match=message):
        program(Observability, args)()


def test_slices_count_for_the_part_of_a_gpu_that_they_are() -> None:
    series = gpu_series(Decimal(7))
    assert '{resource=~"nvidia_com_gpu|nvidia_com_mig_4g_40gb' in series["falaj:gpus_there:count"]
    sevenths = 'resource=~"nvidia_com_mig_1g_10gb|nvidia_com_mig_1g_12gb|nvidia_com_mig_1g_18gb"'
    for name in ("falaj:gpus_there:count", "falaj:gpus_held:sum", "falaj:pod_gpus:aed_per_hour"):
        assert sevenths in series[name]
