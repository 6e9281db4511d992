"""Checks of tenants' deployers, hosts and authentication in a stack's settings."""

from collections.abc import Callable
from typing import Any

import pytest

from falaj.components.settings.load import SettingsRefused, platform_settings
from falaj.components.settings.tenant_arguments import gateway_tenants, hosts_of
from tests.unit.settings.stacks import raw as prod

Change = Callable[[dict[str, Any]], None]
ROLE = "arn:aws:iam::123456789012:role/team"


def refused(change: Change) -> str:
    raw = prod()
    change(raw)
    with pytest.raises(SettingsRefused) as error:
        platform_settings(raw)
    return str(error.value)


def space(raw: dict[str, Any], tenant: str = "insurance", site: str = "awsuae") -> dict[str, Any]:
    return raw["tenants"][tenant]["spaces"][site]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda raw: space(raw).update(deployers=["insurance-deploy"]),
            "tenants.insurance.spaces.awsuae.deployers.0: \"insurance-deploy\" is not allowed; allowed: the ARN",
        ),
        (
            lambda raw: space(raw).update(deployers=[raw["sites"]["awsuae"]["aws"]["deployer"]]),
            "an identity without other rights; site awsuae names it too",
        ),
        (
            lambda raw: space(raw).update(deployers=[raw["sites"]["awsuae"]["administrators"][0]]),
            "an identity without other rights; site awsuae names it too",
        ),
        (
            lambda raw: [space(raw, name).update(deployers=[ROLE]) for name in ("insurance", "retail-banking")],
            "an identity without other rights; tenant retail-banking names it too",
        ),
        (
            lambda raw: space(raw, "retail-banking", "azuae").update(deployers=[ROLE]),
            "tenants.retail-banking.spaces.azuae.deployers.0",
        ),
        (
            lambda raw: space(raw).update(hosts=["claims.example.com"]),
            "tenants.insurance.spaces.awsuae.hosts.0: \"claims.example.com\" is not allowed; allowed: names below",
        ),
        (
            lambda raw: space(raw).update(hosts=["sentiment.models.example.ae"]),
            "hosts of one tenant only; tenant insurance has sentiment.models.example.ae",
        ),
        (
            lambda raw: space(raw).update(hosts=["*.models.example.ae"]),
            "hosts of one tenant only; tenant insurance has *.models.example.ae",
        ),
        (lambda raw: raw["tenants"]["insurance"].pop("authentication"), "tenants.insurance.authentication"),
        (
            lambda raw: raw["tenants"]["insurance"]["authentication"].pop("audiences"),
            "tenants.insurance.authentication.audiences",
        ),
    ],
)  # fmt: skip
def test_what_reaches_too_far_is_refused(change: Change, message: str) -> None:
    assert message in refused(change)


def test_one_who_deploys_for_a_tenant_may_need_no_host() -> None:
    raw = prod()
    del space(raw)["hosts"], raw["tenants"]["insurance"]["authentication"]
    assert platform_settings(raw).tenants["insurance"].spaces["awsuae"].deployers


def test_hosts_of_a_tenant_are_those_of_its_workloads_and_of_its_space() -> None:
    settings = platform_settings(prod())
    assert {name: hosts_of(tenant, "azuae") for name, tenant in settings.tenants.items()} == {
        "retail-banking": ["assistant.models.example.ae", "intents.models.example.ae"],
        "insurance": [],
        "small-business": [],
    }
    served = gateway_tenants("awsuae", settings.tenants)
    assert {name: list(tenant.hosts) for name, tenant in served.items()} == {
        "insurance": ["claims.models.example.ae"],
        "small-business": ["sentiment.models.example.ae"],
    }


def test_without_authentication_requests_must_be_let_through_by_name() -> None:
    raw = prod()
    raw["tenants"]["insurance"]["authentication"] = {"method": "none"}
    assert gateway_tenants("awsuae", platform_settings(raw).tenants)["insurance"].authentication.issuer is None
