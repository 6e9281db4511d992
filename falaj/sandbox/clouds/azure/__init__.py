"""The emulated Azure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure import (
    aks,
    container_registry,
    cost_management,
    features,
    identity,
    key_vault,
    logic_apps,
    monitor,
    network,
    network_watcher,
    peering,
    storage,
)
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION, TENANT, ArmResourceType, arm_type, default_path, handle_of
from falaj.sandbox.clouds.azure.input_defaults import SDK, complete
from falaj.sandbox.clouds.azure.invokes import INVOKES
from falaj.sandbox.clouds.azure.lookups import READ_TYPES, Lookup, function_of
from falaj.sandbox.clouds.azure.references import COMMON_RULES, LOCATIONS
from falaj.sandbox.clouds.azure.rest_types import body_error
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.spec import CloudSpec, Operation, ResourceType
from falaj.sandbox.clouds.values import Props, get_str

_MODULES = (
    features,
    monitor,
    cost_management,
    network,
    network_watcher,
    peering,
    identity,
    key_vault,
    aks,
    storage,
    container_registry,
    logic_apps,
)


def body_matches_rest_types(op: Operation) -> str | None:
    """Checks the body of the request against the REST types of its API version."""
    return body_error(op, RESOURCE_TYPES[op.token].path.properties)


RESOURCE_TYPES: Mapping[str, ArmResourceType] = {
    row.token: replace(row, write_rules=(*row.write_rules, body_matches_rest_types))
    for module in _MODULES
    for row in module.RESOURCE_TYPES
}


def normalise_token(token: str) -> str:
    """Returns the canonical token: `azure-native:network/v20240101:Subnet`, and a local SDK of one API version, become
    `azure-native:network:Subnet`.
    """
    return re.sub(r"^azure-native_\w+:", "azure-native:", re.sub(r"/v\d{8}\w*:", ":", token))


def _resource_type(token: str) -> ArmResourceType:
    """Returns the `ArmResourceType` of a token. A token without one gets a plausible path."""
    if token in RESOURCE_TYPES:
        return RESOURCE_TYPES[token]
    names = {name: property_.required for name, property_ in sdk(SDK).schema(token).inputs.items()}
    return arm_type(token.removeprefix("azure-native:"), default_path(token, names))


def _default_type(token: str, inputs: Props) -> ResourceType:
    return _resource_type(token)


def _template_variables(token: str, inputs: Props, config: Props) -> Mapping[str, str]:
    path = _resource_type(token).path
    return {
        "tenant": TENANT,
        "subscription": SUBSCRIPTION,
        "region": normalise_azure(get_str(inputs, "location")),
        "armType": path.type,
        "guessed": "no" if token in RESOURCE_TYPES else "yes",
        "parent": path.parent(inputs),
        "dns": get_str(inputs, "dnsPrefix") or get_str(inputs, "fqdnSubdomain"),
        "privateZone": aks.private_dns_label(inputs),
    }


def _scope(token: str, inputs: Props, config: Props) -> str:
    return _resource_type(token).path.parent(inputs)


def _error_message(token: str, doing: str, message: str) -> str:
    """Formats an error as azure-native does: the ARM error unchanged, after the action and the ARM type."""
    return f"{doing} {_resource_type(token).path.type}: {message}"


def check_config(config: Props) -> Sequence[tuple[str, str]]:
    """Rejects an unknown location, and a subscription or tenant other than the sandbox's."""
    failures: list[tuple[str, str]] = []
    location = get_str(config, "location")
    if location and normalise_azure(location) not in LOCATIONS:
        failures.append(("location", f"'{location}' is no Azure region."))
    for key, expected in (("subscriptionId", SUBSCRIPTION), ("tenantId", TENANT)):
        given = get_str(config, key)
        if given and given != expected:
            failures.append((key, f"the sandbox has one, {expected}: leave it out or use that."))
    return failures


SPEC = CloudSpec(
    name="azure-native",
    sdk=SDK,
    resource_types=RESOURCE_TYPES,
    default_type=_default_type,
    scope=_scope,
    handle_of=handle_of,
    error_message=_error_message,
    check=complete,
    common_rules=COMMON_RULES,
    invokes={
        **INVOKES,
        **{function_of(type_): Lookup(_resource_type(f"azure-native:{type_}")) for type_ in READ_TYPES},
    },
    normalise_token=normalise_token,
    strict_enums=True,
    template_variables=_template_variables,
    config_identity=("subscriptionId", "tenantId"),
    secret_invokes=frozenset(token for token in INVOKES if token.endswith("Credentials")),
    check_config=check_config,
)
