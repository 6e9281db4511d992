"""The emulated Azure: `SPEC` is all that the provider needs of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from falaj.facts.regions import normalise_azure
from falaj.sandbox.clouds.azure import (
    aks,
    identity,
    money,
    network,
    operations,
    registry,
    storage,
    vaults,
    watchers,
    workflows,
)
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION, TENANT, ArmRow, arm_row, guess_path, handle_of
from falaj.sandbox.clouds.azure.completion import SDK, complete
from falaj.sandbox.clouds.azure.invokes import INVOKES
from falaj.sandbox.clouds.azure.references import GENERIC, LOCATIONS
from falaj.sandbox.clouds.rows import CloudSpec, Row
from falaj.sandbox.clouds.schema import sdk
from falaj.sandbox.clouds.values import Props, text

_MODULES = (operations, money, network, watchers, identity, vaults, aks, storage, registry, workflows)

ROWS: Mapping[str, ArmRow] = {row.token: row for module in _MODULES for row in module.ROWS}


def normalise(token: str) -> str:
    """`azure-native:network/v20240101:Subnet` and the local SDK of one API version mean
    `azure-native:network:Subnet`.
    """
    return re.sub(r"^azure-native_\w+:", "azure-native:", re.sub(r"/v\d{8}\w*:", ":", token))


def _row(token: str) -> ArmRow:
    """The row of a type; for one without, a row with a plausible path."""
    if token in ROWS:
        return ROWS[token]
    names = {name: property_.required for name, property_ in sdk(SDK).schema(token).inputs.items()}
    return arm_row(token.removeprefix("azure-native:"), guess_path(token, names))


def _default_row(token: str, inputs: Props) -> Row:
    return _row(token)


def _facts(token: str, inputs: Props, config: Props) -> Mapping[str, str]:
    path = _row(token).path
    return {
        "tenant": TENANT,
        "subscription": SUBSCRIPTION,
        "region": normalise_azure(text(inputs, "location")),
        "armType": path.type,
        "guessed": "no" if token in ROWS else "yes",
        "parent": path.parent(inputs),
        "dns": text(inputs, "dnsPrefix") or text(inputs, "fqdnSubdomain"),
        "privateZone": aks.private_zone(inputs),
    }


def _scope(token: str, inputs: Props, config: Props) -> str:
    return _row(token).path.parent(inputs)


def _failed(token: str, doing: str, message: str) -> str:
    """azure-native prints the ARM error as it is; what was being done stands before it."""
    return f"{doing} {_row(token).path.type}: {message}"


def check_config(config: Props) -> Sequence[tuple[str, str]]:
    """The location, and the subscription and tenant where a program states them."""
    failures: list[tuple[str, str]] = []
    location = text(config, "location")
    if location and normalise_azure(location) not in LOCATIONS:
        failures.append(("location", f"'{location}' is no Azure region."))
    for key, ours in (("subscriptionId", SUBSCRIPTION), ("tenantId", TENANT)):
        given = text(config, key)
        if given and given != ours:
            failures.append((key, f"the sandbox has one, {ours}: leave it out or use that."))
    return failures


SPEC = CloudSpec(
    name="azure-native",
    sdk=SDK,
    rows=ROWS,
    default_row=_default_row,
    scope=_scope,
    refers=handle_of,
    failed=_failed,
    check=complete,
    generic=GENERIC,
    invokes=INVOKES,
    normalise=normalise,
    strict_enums=True,
    facts=_facts,
    config_identity=("subscriptionId", "tenantId"),
    secret_answers=frozenset(token for token in INVOKES if token.endswith("Credentials")),
    check_config=check_config,
)
