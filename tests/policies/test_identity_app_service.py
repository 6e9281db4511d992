"""Azure App Service: callers authenticate by auth settings or client certificates; no secrets in connection strings."""

from datetime import date
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption

from .cases import compliant
from .exposure_cases import refused, reported
from .harness import TODAY, UNKNOWN, Given, Pack, blocking, rules

SITE = "azure-native:web:WebApp"
SLOT = "azure-native:web:WebAppSlot"
STRINGS = "azure-native:web:WebAppConnectionStrings"
NO_AUTHENTICATION = {"FJ-IDN-206"}


def _stack(*plan: Given, pack: Pack | None = None) -> set[str]:
    return {rule for rule in rules((pack or Pack()).evaluate_stack(*plan)) if rule.startswith("FJ-IDN-20")}


def _site(token: str = SITE, **changes: Any) -> Given:
    return Given(
        token, compliant(token) | {"name": "portal", "slot": "next", "clientCertEnabled": False} | changes, "site"
    )


@pytest.mark.parametrize("kind", ["WebAppAuthSettings", "WebAppAuthSettingsV2"])
def test_auth_settings_must_belong_to_the_app(kind: str) -> None:
    token = f"azure-native:web:{kind}"
    assert _stack(_site()) == NO_AUTHENTICATION
    assert _stack(_site(), Given(token, {"name": "portal"}, "auth")) == set()
    assert _stack(_site(), Given(token, {"name": "other"}, "auth")) == NO_AUTHENTICATION
    assert _stack(_site(name=UNKNOWN), Given(token, {"name": UNKNOWN}, "auth", links={"name": ("site",)})) == set()
    assert _stack(_site(name=UNKNOWN), Given(token, {"name": UNKNOWN}, "auth")) == NO_AUTHENTICATION


def test_a_slot_needs_its_own_auth_settings() -> None:
    of_app = Given("azure-native:web:WebAppAuthSettingsV2", {"name": "portal"}, "auth")
    of_slot = Given("azure-native:web:WebAppAuthSettingsV2Slot", {"name": "portal", "slot": "next"}, "auth")
    assert _stack(_site(SLOT), of_app) == NO_AUTHENTICATION
    assert _stack(_site(SLOT), of_slot) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"clientCertEnabled": True}, set()),
        ({"clientCertEnabled": UNKNOWN}, set()),
        ({"clientCertEnabled": False}, NO_AUTHENTICATION),
        ({"kind": "functionapp,linux"}, set()),
        ({"kind": "app,linux"}, NO_AUTHENTICATION),
    ],
)
def test_client_certificates_and_function_keys_also_count(change: dict[str, Any], expected: set[str]) -> None:
    assert _stack(_site(**change)) == expected


def test_other_types_and_exempted_apps_pass() -> None:
    assert _stack(Given("azure-native:web:AppServicePlan", {"name": "portal"})) == set()
    exemption = Exemption(
        rule="FJ-IDN-206", urn="*::site", owner="web-team", ticket="SEC-1", reason="public page", approved_by="ciso",
        created=TODAY, expires=date(2026, 12, 24),
    )  # fmt: skip
    own = Enforcement.model_validate(
        {"default": {"all": "mandatory"}, "escape": {"image_publishers": {"example.azurecr.io": "the bank's registry"}}}
    )
    assert blocking(Pack(own, exemptions=(exemption,)).evaluate_stack(_site())) == set()


def test_an_optional_client_certificate_is_refused() -> None:
    expected = {"FJ-IDN-205"}
    base = compliant(SITE)
    assert refused(SITE, base | {"clientCertEnabled": True, "clientCertMode": "Optional"}) == expected
    assert reported(SITE, base | {"clientCertEnabled": True, "clientCertMode": "Required"}) == set()
    assert reported(SITE, base | {"clientCertEnabled": False, "clientCertMode": "Optional"}) == set()


@pytest.mark.parametrize("value", ["Server=tcp:a;User ID=b;Password=hunter2;", UNKNOWN])
def test_connection_strings_with_passwords_are_refused(value: str) -> None:
    strings = {"properties": {"MAIN_PASSWORD": {"type": "SQLAzure", "value": value}}}
    assert refused(STRINGS, strings) == {"FJ-EXP-114"}


def test_connection_strings_with_a_managed_identity_or_key_vault_reference_pass() -> None:
    value = "Server=tcp:a.database.windows.net;Authentication=Active Directory Managed Identity;"
    assert reported(STRINGS, {"properties": {"MAIN": {"type": "SQLAzure", "value": value}}}) == set()
    reference = "@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/x)"
    assert reported(STRINGS, {"properties": {"MAIN_PASSWORD": {"type": "Custom", "value": reference}}}) == set()
