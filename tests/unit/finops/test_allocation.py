"""Cost allocation: own cost by tags, shared cost by the configured key, idle cost and compliance."""

from decimal import Decimal

import pytest

from falaj.finops.allocation import NOBODY, allocate, compliance
from falaj.finops.errors import BadInput
from falaj.finops.lines import Compliance
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan, priced

KEY = ("aws:kms/key:Key", "uae-key", {"tags": TAGS})


def pool(tenant: str, machines: int) -> tuple[str, str, dict]:
    tags = TAGS | {"tenant": tenant}
    kind, name, props = agent_pool(tenant, "Standard_NC40ads_H100_v5", machines, machines, tags=tags)
    return kind, name, props


TWO = plan(AWS_NETWORK, KEY, pool("bank", 3), pool("shop", 1))
BANK, SHOP = 3 * 730 * Decimal("9.98"), 730 * Decimal("9.98")
QUIET = "site_defaults: {key_requests: 0}\n"


def test_shared_cost_is_not_allocated_unless_a_key_is_configured() -> None:
    result = allocate(priced(TWO, QUIET))
    assert {name: (item.own, item.shared) for name, item in result.items()} == {
        NOBODY: (0, 1),
        "bank": (BANK, 0),
        "shop": (SHOP, 0),
    }


@pytest.mark.parametrize(
    ("key", "bank", "shop"),
    [
        ("{by: direct}", "0.75", "0.25"),
        ("{by: even}", "0.5", "0.5"),
        ("{by: weights, weights: {bank: 1, shop: 4}}", "0.2", "0.8"),
    ],
)
def test_shared_cost_by_each_key_adds_up(key: str, bank: str, shop: str) -> None:
    estimate = priced(TWO, f"{QUIET}shared: {key}")
    result = allocate(estimate)
    assert {name: item.shared for name, item in result.items()} == {"bank": Decimal(bank), "shop": Decimal(shop)}
    assert sum(entry.total for entry in result.values()) == estimate.usd.expected


def test_a_tenant_without_anything_of_its_own_shares_too() -> None:
    result = allocate(priced(plan(AWS_NETWORK, KEY), f"{QUIET}tenants: [a, b]\nshared: {{by: direct}}"))
    assert {name: item.total for name, item in result.items()} == {"a": Decimal("0.5"), "b": Decimal("0.5")}


def test_weights_name_exactly_the_tenants() -> None:
    for weights in ("{bank: 1}", "{bank: 1, shop: 1, other: 1}"):
        with pytest.raises(BadInput, match=r"shared\.weights: must name exactly the tenants bank, shop"):
            allocate(priced(TWO, f"shared: {{by: weights, weights: {weights}}}"))


def test_idle_is_shown_with_its_owner() -> None:
    result = allocate(priced(TWO, f"{QUIET}profiles: {{inference-gpu: {{utilisation: 0.25}}}}"))
    assert result["bank"].idle == BANK * Decimal("0.75")
    assert result[NOBODY].idle == 0


def test_compliance_by_site_and_tenant() -> None:
    result = compliance(priced(TWO, "site_defaults: {key_requests: 20000}"))
    assert result == {("uae", ""): {Compliance.KEYS: 1 + 2 * Decimal("0.03")}}


def test_all_kinds_of_compliance() -> None:
    rows = [
        AWS_NETWORK,
        KEY,
        ("aws:cloudwatch/logGroup:LogGroup", "uae-logs", {"retentionInDays": 30, "tags": TAGS}),
        (
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            "uae-sts",
            {"vpcEndpointType": "Interface", "subnetIds": ["a"], "tags": TAGS},
        ),
        ("aws:backup/vault:Vault", "uae-backup", {"tags": TAGS}),
        ("azure-native:keyvault:ManagedHsm", "north-hsm", {"location": "uaenorth", "tags": TAGS | {"site": "north"}}),
    ]
    result = compliance(priced(plan(*rows)))
    assert set(result["uae", ""]) == {Compliance.KEYS, Compliance.LOGS, Compliance.ENDPOINTS, Compliance.COPIES}
    assert set(result["north", ""]) == {Compliance.HSMS}
    assert all(usd > 0 for kinds in result.values() for usd in kinds.values())
