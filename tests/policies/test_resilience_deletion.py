"""Deletion protection of every type that supports it."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import Given, Pack, blocking, rules

PACK = Pack()


KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


def _deletion_rules(token: str, props: dict[str, object], stack: str) -> tuple[set[str], set[str]]:
    """Returns (reported rules, blocking rules) of resilience."""
    reports = PACK.evaluate_resource(Given(token, {"tags": TAGS, **props}, stack=stack))
    reports = [item for item in reports if item.rule.startswith("FJ-RSL")]
    return rules(reports), blocking(reports)


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:qldb/ledger:Ledger", {"kmsKey": KEY, "deletionProtection": False}),
        ("aws:dsql/cluster:Cluster", {"kmsEncryptionKey": KEY}),
        ("aws:neptunegraph/graph:Graph", {"kmsKeyIdentifier": KEY}),
        ("aws:networkfirewall/firewall:Firewall", {}),
        ("aws:verifiedpermissions/policyStore:PolicyStore", {"deletionProtection": "DISABLED"}),
        ("azure-native:appconfiguration:ConfigurationStore", {"enablePurgeProtection": False}),
    ],
)
def test_production_resources_have_deletion_protection(token: str, props: dict[str, object]) -> None:
    assert _deletion_rules(token, props, "prod-uae") == ({"FJ-RSL-101"}, {"FJ-RSL-101"})
    assert _deletion_rules(token, props, "dev") == (set(), set())
