"""Endpoint pickers on AWS, on Azure and on premises: the same objects, on the sites of spaces that have them only."""

from collections.abc import Iterator
from contextlib import chdir
from typing import Any

import pytest
import yaml

from falaj.components.build import platform
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from tests.unit.components.mocks import Recording, build
from tests.unit.components.test_endpoint_picker import POOL, ROUTE
from tests.unit.components.test_picker_access import CRD, RELEASE, ROLE, RULE
from tests.unit.settings.stacks import ROOT, raw

ONPREM = ROOT / "examples" / "onprem"
VLLM: dict[str, Any] = {
    "tier": "enterprise",
    "runtime": "vllm",
    "routing": "endpoint-picker",
    "image": "registry.example.ae/vllm/vllm-openai:v0.12.0",
    "model": {"claim": "models", "gib": 16},
    "cpu": 2,
    "memory_gib": 8,
    "gpu": {"count": 1},
    "min": 1,
    "max": 1,
}


def in_clouds() -> dict[str, Any]:
    """Returns prod-uae with a picked service on each cloud."""
    settings = raw()
    sites, tenants = settings["sites"], settings["tenants"]
    pool = {"profile": "inference-gpu", "machines": ["g6.4xlarge"], "capacity": "on-demand", "min": 1, "max": 9}
    sites["awsuae"]["pools"]["picked"] = pool
    tenants["insurance"]["spaces"]["awsuae"] |= {"endpoint_picker": True, "gpus": 20, "cpu": 900}
    served = {"site": "awsuae", "host": "picked.models.example.ae", "serving": VLLM}
    tenants["insurance"]["services"] = {"picked": served}
    bank = tenants["retail-banking"]
    bank["spaces"]["azuae"]["endpoint_picker"] = True
    bank["services"]["assistant"]["serving"]["routing"] = "endpoint-picker"
    return settings


def on_premises() -> dict[str, Any]:
    """Returns the example on premises, with a gateway and a picked service."""
    settings = yaml.safe_load((ONPREM / "Pulumi.onprem.yaml").read_text(encoding="utf-8"))["config"][KEY]
    gateway = {"gateway_class": "istio", "domains": ["*.dc1.example.ae"], "certificate": "models-tls"}
    settings["onprem"]["dc1"]["cluster"] = {**settings["onprem"]["dc1"].get("cluster", {}), "gateway": gateway}
    treasury = settings["tenants"]["treasury"]
    treasury["authentication"] = {"issuer": "https://login.example.ae", "audiences": ["models"]}
    treasury["spaces"]["dc1"]["endpoint_picker"] = True
    treasury["services"]["documents"] |= {"host": "documents.dc1.example.ae"}
    treasury["services"]["documents"]["serving"]["routing"] = "endpoint-picker"
    return settings


@pytest.fixture(scope="module", params=[in_clouds, on_premises], ids=["in clouds", "on premises"])
def planned(request: pytest.FixtureRequest) -> Iterator[tuple[Recording, set[str]]]:
    """The plan, and the sites with a picked service."""
    settings = request.param()
    sites = {"awsuae", "azuae"} if settings.get("sites") else {"dc1"}
    with chdir(ONPREM):
        yield build(lambda: platform.build(platform_settings(settings))), sites


def of_site(made: Recording, token: str, site: str) -> list[dict[str, Any]]:
    return [item.inputs for item in made.of(token) if item.name.startswith(f"{site}-")]


def test_each_site_serves_pools(planned: tuple[Recording, set[str]]) -> None:
    made, sites = planned
    for site in sites:
        [definition] = of_site(made, CRD, site)
        assert definition["metadata"]["name"] == "inferencepools.inference.networking.k8s.io"
        [values] = [item["values"] for item in of_site(made, RELEASE, site) if item["chart"].endswith("istiod")]
        assert values["env"] == {"ENABLE_GATEWAY_API_INFERENCE_EXTENSION": "true"}
    assert len(made.of(CRD)) == len(sites)


def test_each_picked_service_has_a_pool_behind_its_route(planned: tuple[Recording, set[str]]) -> None:
    made, sites = planned
    assert len(made.of(POOL)) == len(sites)
    for pool in made.of(POOL):
        name = pool.inputs["metadata"]["name"]
        [route] = [item.inputs["spec"] for item in made.of(ROUTE) if item.inputs["metadata"]["name"] == name]
        [backend] = route["rules"][0]["backendRefs"]
        assert (backend["kind"], backend["name"]) == ("InferencePool", name)


def test_only_tenants_with_pickers_get_roles_and_rules_for_them(planned: tuple[Recording, set[str]]) -> None:
    made, _ = planned
    given = {item.inputs["metadata"]["namespace"] for item in made.of(POOL)}
    roles = [item.inputs["metadata"] for item in made.of(ROLE)]
    assert {meta["namespace"] for meta in roles if meta["name"] == "endpoint-picker"} == given
    for rule in made.of(RULE):
        ports = [item["port"]["number"] for item in rule.inputs["spec"]["trafficPolicy"]["portLevelSettings"]]
        namespace = rule.inputs["spec"]["host"].removeprefix("*.").partition(".")[0]
        assert (54321 in ports) == (namespace in given), rule.name
