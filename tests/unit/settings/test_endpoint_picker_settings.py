"""Endpoint pickers in a stack: the tenant's space, the site's gateway, names, and what their pods need."""

from typing import Any

import pytest

from falaj.components.settings.load import SettingsRefused, platform_settings
from falaj.components.settings.tenant_arguments import gateway_tenants
from falaj.components.settings.unqueued_work import unqueued_pods
from tests.unit.settings.stacks import problems, raw

SITE, TENANT = "azuae", "retail-banking"
SPACE, ASSISTANT = f"platform.tenants.{TENANT}.spaces.{SITE}", f"platform.tenants.{TENANT}.services.assistant"


def picked(*, space: bool = True, routing: str = "endpoint-picker") -> dict[str, Any]:
    settings = raw()
    tenant = settings["tenants"][TENANT]
    tenant["services"]["assistant"]["serving"]["routing"] = routing
    tenant["spaces"][SITE] |= {"endpoint_picker": space, "cpu": 9000, "memory_gib": 90_000}
    return settings


def test_the_space_opens_what_a_picker_needs() -> None:
    platform = platform_settings(picked())
    assert gateway_tenants(SITE, platform.tenants)[TENANT].endpoint_picker is True
    assert gateway_tenants(SITE, platform_settings(raw()).tenants)[TENANT].endpoint_picker is False
    [problem] = problems(picked(space=False))
    assert problem.path == f"{ASSISTANT}.serving.routing"
    assert problem.fix == f"set `spaces.{SITE}.endpoint_picker: true`, or remove it"


def with_gateway(**changes: Any) -> dict[str, Any]:
    settings = picked(routing="even")
    settings["sites"][SITE]["cluster"]["gateway"] |= changes
    return settings


def test_the_gateway_encrypts_to_the_pods() -> None:
    platform_settings(with_gateway())
    [problem] = problems(with_gateway(encrypts_pods=False))
    assert problem.path == f"{SPACE}.endpoint_picker"
    assert "class istio" in problem.allowed


def test_the_gateway_is_that_of_the_platform() -> None:
    settings = with_gateway()
    settings["sites"][SITE]["cluster"]["installed"] = ["gateway-controller"]
    [problem] = problems(settings)
    assert (problem.path, problem.fix) == (f"{SPACE}.endpoint_picker", "remove gateway-controller from `installed`")


def test_no_tenant_of_tier_smb_has_pickers() -> None:
    settings = raw()
    name, tenant = next((name, item) for name, item in settings["tenants"].items() if item["tier"] == "smb")
    site = next(iter(tenant["spaces"]))
    tenant["spaces"][site]["endpoint_picker"] = True
    assert f"platform.tenants.{name}.spaces.{site}.endpoint_picker" in {problem.path for problem in problems(settings)}


@pytest.mark.parametrize(("name", "routing", "is_refused"), [
    ("assistant-picker", "endpoint-picker", True),
    ("assistant-picker", "even", False),
    ("assistant-pickers", "endpoint-picker", False),
])  # fmt: skip
def test_no_service_has_the_name_of_a_picker(name: str, routing: str, is_refused: bool) -> None:
    settings = picked(routing=routing)
    services = settings["tenants"][TENANT]["services"]
    serving = {key: value for key, value in services["assistant"]["serving"].items() if key != "routing"}
    services[name] = {"site": SITE, "serving": {**serving, "min": 1, "max": 1}}
    settings["sites"][SITE]["pools"]["gpu"]["max"] = 99
    settings["tenants"][TENANT]["spaces"][SITE]["gpus"] = 99
    for setting in ("load", "office_hours"):
        del services[name]["serving"][setting]
    if is_refused:
        [problem] = problems(settings)
        assert problem.path == f"platform.tenants.{TENANT}.services.{name}"
    else:
        platform_settings(settings)


def test_the_space_and_the_queue_count_the_picker_and_its_rollout() -> None:
    with_picker, without = (
        unqueued_pods(platform_settings(settings).tenants[TENANT], SITE)
        for settings in (picked(), picked(routing="even"))
    )
    assert with_picker.cpu - without.cpu == pytest.approx(1)
    assert with_picker.memory_gib - without.memory_gib == pytest.approx(2)
    assert with_picker.gpus == without.gpus


def narrow(routing: str) -> dict[str, Any]:
    """Returns a space of 33 vCPUs with two replicas, which request 32.6 with their proxies."""
    settings = picked(routing=routing)
    settings["tenants"][TENANT]["services"]["assistant"]["serving"]["cpu"] = 16.25
    settings["tenants"][TENANT]["spaces"][SITE]["cpu"] = 33
    return settings


def test_the_space_holds_the_picker() -> None:
    platform_settings(narrow("even"))
    [problem] = problems(narrow("endpoint-picker"))
    assert (problem.path, problem.given) == (f"{ASSISTANT}.serving", "cpu: 33.1")


def test_the_picker_fits_beside_a_replica_on_its_machine() -> None:
    settings = picked(routing="even")
    serving = settings["tenants"][TENANT]["services"]["assistant"]["serving"]
    whole = next(cpu for cpu in range(192, 0, -1) if accepts(settings, serving | {"cpu": cpu}))
    most = next(
        whole + tenths / 10 for tenths in range(10, -1, -1) if accepts(settings, serving | {"cpu": whole + tenths / 10})
    )
    assert not accepts(settings, serving | {"cpu": most - 0.4, "routing": "endpoint-picker"})
    assert accepts(settings, serving | {"cpu": most - 0.5, "routing": "endpoint-picker"})


def accepts(settings: dict[str, Any], serving: dict[str, Any]) -> bool:
    settings["tenants"][TENANT]["services"]["assistant"]["serving"] = serving
    try:
        platform_settings(settings)
    except SettingsRefused:
        return False
    return True
