"""FJ-IDN-211: tenants of others that get access to data."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import UNKNOWN, Given, Pack, blocking

OWN, PARTNER, STRANGER = (f"{digit * 8}-1111-2222-3333-444444444444" for digit in "012")
LISTED = Pack(
    Enforcement.model_validate(
        {"default": {"all": "mandatory"}, "identity": {"trusted": {PARTNER: "the tenant of the insurer"}}}
    )
)
UNLISTED = Pack()


@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("storage:StorageAccount", lambda tenant: {"networkRuleSet": {"resourceAccessRules": [{"tenantId": tenant}]}}),
        ("kusto:ClusterPrincipalAssignment", lambda tenant: {"tenantId": tenant}),
        ("kusto:DatabasePrincipalAssignment", lambda tenant: {"tenantId": tenant}),
        ("kusto:Cluster", lambda tenant: {"trustedExternalTenants": [{"value": tenant}]}),
    ],
)
def test_tenants(token: str, shape: object) -> None:
    def stopped(pack: Pack, tenant: str, provider: dict[str, str]) -> bool:
        given = Given(f"azure-native:{token}", shape(tenant), provider=provider)  # type: ignore[operator]
        return "FJ-IDN-211" in blocking(pack.evaluate_resource(given))

    stated = {"tenantId": OWN}
    assert stopped(LISTED, STRANGER, {})
    assert stopped(UNLISTED, STRANGER, stated)
    assert stopped(UNLISTED, "*", {})
    assert not stopped(LISTED, PARTNER.upper(), stated)
    assert not stopped(LISTED, OWN, stated)
    assert not stopped(LISTED, UNKNOWN, stated)
    assert not stopped(UNLISTED, STRANGER, {})


@pytest.mark.parametrize("props", [{"allowedTenants": [STRANGER]}, {"signinTenant": STRANGER}], ids=["list", "name"])
def test_tenants_of_a_portal_are_named_without_id(props: dict[str, object]) -> None:
    given = Given("azure-native:apimanagement:IdentityProvider", props, provider={"tenantId": OWN})
    assert "FJ-IDN-211" in blocking(UNLISTED.evaluate_resource(given))


def test_cluster_without_a_list_is_open_to_every_tenant() -> None:
    def stopped(props: dict[str, object]) -> bool:
        return "FJ-IDN-211" in blocking(UNLISTED.evaluate_resource(Given("azure-native:kusto:Cluster", props)))

    assert stopped({})
    assert not stopped({"trustedExternalTenants": []})
    assert not stopped({"trustedExternalTenants": UNKNOWN})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"https://login.microsoftonline.com/{STRANGER}/", True),
        (f"https://STS.windows.net/{STRANGER}/v2.0", True),
        (f"https://login.microsoftonline.com/{PARTNER}/", False),
        (f"https://example.ae/{STRANGER}/", False),
    ],
)
def test_a_tenant_may_stand_in_the_address_of_its_sign_in(address: str, expected: bool) -> None:
    props = {"properties": {"aadAuthenticationParameters": {"aadTenant": address}}}
    given = Given("azure-native:network:VpnServerConfiguration", props)
    assert ("FJ-IDN-211" in blocking(LISTED.evaluate_resource(given))) is expected
