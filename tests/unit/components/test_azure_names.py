"""Names of an Azure site's resources by a pattern."""

import re
from collections import Counter
from typing import Any

import pulumi_azure_native
import pytest

from falaj.components import azure
from falaj.components.core.site.azure_names import RULES, NameRule, azure_name
from falaj.components.core.validation.args import BadArguments
from falaj.sandbox.clouds.azure.input_defaults import SDK
from falaj.sandbox.clouds.sdk_schema import sdk
from tests.unit.components.azure_samples import SITE
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

FULL: dict[str, Any] = {**SITE, "storage": {"shared_files": True, "registry": True}}
PATTERN = "{kind}-bank-{site}-{part}-{region}-{environment}"
FORMS = {
    "azure-native:keyvault:Vault": r"(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*",
    "azure-native:storage:StorageAccount": "[a-z0-9]{3,24}",
    "azure-native:containerregistry:Registry": "[a-zA-Z0-9]{5,50}",
}
"""Type -> form of its names, where it is narrower than letters, digits and dashes."""


def site(pattern: str | None = PATTERN) -> Recording:
    options = {} if pattern is None else {"azure": {"names": {"pattern": pattern}}}
    return recorded(azure.Site, changed_args(azure.SiteArgs, FULL, options))


def wire_name(rule: NameRule) -> str:
    """Returns the property of a rule as the engine receives it."""
    head, *rest = rule.property_name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def named(recording: Recording) -> dict[tuple[str, str], str]:
    """Returns type and logical name of each resource with a rule -> its name in Azure."""
    rules = {f"azure-native:{kind}": rule for kind, rule in RULES.items()}
    return {
        (seen.typ, seen.name): seen.inputs.get(wire_name(rules[seen.typ]), "")
        for seen in recording.custom()
        if seen.typ in rules
    }


def test_every_rule_names_a_property_of_its_type() -> None:
    for kind, rule in RULES.items():
        assert wire_name(rule) in sdk(SDK).schema(f"azure-native:{kind}").inputs, kind
    assert pulumi_azure_native.__name__ == SDK


def test_without_a_pattern_names_are_those_of_the_components() -> None:
    names = named(site(None))
    assert not names["azure-native:network:VirtualNetwork", "uae-network-vnet"]
    assert not names["azure-native:containerservice:ManagedCluster", "uae-cluster-aks"]


def test_every_resource_is_named_by_the_pattern_within_the_rules_of_its_type() -> None:
    names = named(site())
    assert names["azure-native:resources:ResourceGroup", "uae-group"] == "rg-bank-uae-group-uaenorth-prod"
    assert (
        names["azure-native:network:VirtualNetwork", "uae-network-vnet"] == "vnet-bank-uae-network-vnet-uaenorth-prod"
    )
    limits = {f"azure-native:{kind}": rule.limit for kind, rule in RULES.items()}
    for (kind, logical), name in names.items():
        assert re.fullmatch(FORMS.get(kind, r"[a-z][a-z0-9-]*[a-z0-9]"), name), (kind, logical, name)
        assert len(name) <= limits[kind], (kind, logical, name)
    repeated = [item for item, count in Counter((kind, name) for (kind, _), name in names.items()).items() if count > 1]
    assert not repeated


def test_a_long_name_is_shortened_and_stays_different() -> None:
    values = {"site": "uae", "region": "uaenorth", "environment": "prod"}
    accounts = {
        azure_name(RULES["storage:StorageAccount"], PATTERN, f"uae-{purpose}-account", values)
        for purpose in ("datasets", "checkpoints", "models")
    }
    assert len(accounts) == 3
    assert all(re.fullmatch("[a-z0-9]{24}", name) for name in accounts)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{kind}-{site}", r"a pattern with \{part\}"),
        ("{kind}-{part}-{owner}", "no 'owner'"),
        ("{part", "placeholders in braces"),
        ("{part:>9}", "without a format"),
        ("{part}_x", "letters, digits and dashes"),
        ("1-{part}", "begins with a letter"),
        ("{part}-", "does not end with a dash"),
    ],
)
def test_other_patterns_are_refused(pattern: str, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Site, {**FULL, "azure": {"names": {"pattern": pattern}}})()
