"""Names of a site's Azure resources by a pattern. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.names import short_name
from falaj.components.core.validation.problems import refusal

PLACEHOLDERS: Mapping[str, str] = {
    "kind": "the abbreviation of the resource type, such as `vnet`",
    "site": "the site's name",
    "part": "what the resource is in the site, such as `network-vnet`",
    "region": "the Azure region",
    "environment": "the cost tag `environment`",
}
"""Placeholder of a pattern -> what replaces it."""

_TEXT = re.compile(r"[a-zA-Z0-9-]*")
EXAMPLE = "{kind}-bank-{site}-{part}-{environment}"


def _is_pattern(pattern: str) -> str:
    for allowed in _broken_rules(pattern):
        raise refusal(allowed, f"write it like {EXAMPLE}", given=pattern)
    return pattern


def _broken_rules(pattern: str) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        yield "a text with placeholders in braces"
        return
    names = [name for _, name, _, _ in parts if name is not None]
    if unknown := [name for name in names if name not in PLACEHOLDERS]:
        yield f"placeholders {', '.join(PLACEHOLDERS)}, and no {unknown[0]!r}"
    if any(form or conversion for _, _, form, conversion in parts):
        yield "placeholders without a format"
    if "part" not in names:
        yield "a pattern with {part}, which makes names of one type differ"
    if not all(_TEXT.fullmatch(text) for text, _, _, _ in parts):
        yield "letters, digits and dashes between placeholders"
    if not re.match(r"[a-zA-Z{]", pattern) or pattern.endswith("-"):
        yield "a pattern that begins with a letter or placeholder, and does not end with a dash"


NamePattern = Annotated[str, AfterValidator(_is_pattern)]
"""Pattern of resource names, such as `{kind}-bank-{site}-{part}-{environment}`."""


class AzureNamesSpec(Spec):
    """Names of the site's Azure resources."""

    pattern: NamePattern | None = None
    """Pattern of the names, with `{part}` and optionally `{kind}`, `{site}`, `{region}` and `{environment}`. Characters
    that a type does not allow are left out, and too long names are shortened with a hash. By default names are those of
    the components, with a random suffix or a hash. A change replaces the resources, with their data."""


@dataclass(frozen=True)
class NameRule:
    """How a resource type is named."""

    property_name: str
    """Input with the name, in the SDK."""
    kind: str
    """Abbreviation (learn.microsoft.com, Cloud Adoption Framework, abbreviations)."""
    limit: int
    """Maximum length (azure-docs resource-name-rules.md)."""
    plain: bool = False
    """Whether only lower-case letters and digits are allowed."""


RULES: Mapping[str, NameRule] = {
    "resources:ResourceGroup": NameRule("resource_group_name", "rg", 90),
    "network:VirtualNetwork": NameRule("virtual_network_name", "vnet", 64),
    "network:NetworkSecurityGroup": NameRule("network_security_group_name", "nsg", 80),
    "network:RouteTable": NameRule("route_table_name", "rt", 80),
    "network:NatGateway": NameRule("nat_gateway_name", "ng", 80),
    "network:PublicIPAddress": NameRule("public_ip_address_name", "pip", 80),
    "network:PrivateEndpoint": NameRule("private_endpoint_name", "pep", 64),
    "network:FlowLog": NameRule("flow_log_name", "fl", 80),
    "operationalinsights:Workspace": NameRule("workspace_name", "log", 63),
    "keyvault:Vault": NameRule("vault_name", "kv", 24),
    "storage:StorageAccount": NameRule("account_name", "st", 24, plain=True),
    "containerregistry:Registry": NameRule("registry_name", "cr", 50, plain=True),
    "managedidentity:UserAssignedIdentity": NameRule("resource_name", "id", 128),
    "compute:DiskEncryptionSet": NameRule("disk_encryption_set_name", "des", 80),
    "containerservice:ManagedCluster": NameRule("resource_name", "aks", 63),
    "monitor:ActionGroup": NameRule("action_group_name", "ag", 260),
    "logic:Workflow": NameRule("workflow_name", "logic", 43),
    "consumption:Budget": NameRule("budget_name", "budget", 63),
}
"""Resource type -> its rule. Types without a rule have names that Azure or the site's structure fixes."""


def azure_name(rule: NameRule, pattern: str, logical_name: str, values: Mapping[str, str]) -> str:
    """Returns the name of a resource by a pattern; `values` are those of `site`, `region` and `environment`."""
    part = logical_name.removeprefix(f"{values['site']}-")
    name = pattern.format(kind=rule.kind, part=part, **values)
    if rule.plain or len(name) > rule.limit:
        return short_name(name, limit=rule.limit)
    return name
