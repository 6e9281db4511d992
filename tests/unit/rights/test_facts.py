"""The facts cover every type that a component creates, and every operation on it."""

import re
from importlib import import_module
from pathlib import Path

import pulumi
import pytest

from falaj.facts.aws_permissions import (
    OPERATIONS,
    actions,
    arn_formats,
    passed_roles,
    provider_calls,
    service_roles,
    types,
)
from falaj.facts.azure_permissions import allows, azure_operations, azure_polls, azure_roles, azure_types
from falaj.rights.aws_needs import actions_of

COMPONENTS = Path(__file__).parents[3] / "components"
SOURCES = "\n".join(file.read_text() for file in COMPONENTS.rglob("*.py"))
OTHER = ("Args", "Provider")


def tokens(package: str, calls: set[tuple[str, str]]) -> set[str]:
    """Returns the type tokens of the resource classes among calls of `module.Class`."""
    found = set()
    for module, name in calls:
        kind = getattr(import_module(f"{package}.{module}"), name, None)
        token = getattr(kind, "pulumi_type", None)
        # The SDK gives a token to enums too.
        is_resource = isinstance(kind, type) and issubclass(kind, pulumi.Resource)
        if is_resource and isinstance(token, str) and not name.endswith(OTHER):
            found.add(token)
    return found


def test_every_aws_type_of_the_components_is_known() -> None:
    created = tokens("pulumi_aws", set(re.findall(r"\baws\.([a-z0-9]+)\.([A-Z]\w+)\(", SOURCES)))
    assert len(created) > 60
    assert sorted(created - types().keys()) == []


def test_every_azure_type_of_the_components_is_known() -> None:
    modules = {name.partition(":")[2].partition(":")[0] for name in azure_types()}
    calls = {(module, name) for module, name in re.findall(r"\b([a-z]+)\.([A-Z]\w+)\(", SOURCES) if module in modules}
    created = tokens("pulumi_azure_native", calls)
    assert len(created) > 35
    assert sorted(created - azure_types().keys()) == []


@pytest.mark.parametrize("kind", types())
def test_every_operation_on_an_aws_type_needs_something_that_exists(kind: str) -> None:
    for operation in OPERATIONS:
        needed = actions_of(kind, operation)
        assert needed or operation in ("update", "delete"), operation  # some are replaced, or only left
        assert needed.keys() <= actions().keys(), operation


def test_tables_name_known_types_and_resources() -> None:
    for row in (*provider_calls(), *passed_roles(), *service_roles()):
        assert row.type in types(), row
    for call in provider_calls():
        assert call.operation in OPERATIONS, call
        assert call.source, call
    for action in actions().values():
        assert {*action.required, *action.optional, *action.tagged} <= arn_formats().keys(), action
    assert {entry.resource for entry in types().values()} - {""} <= arn_formats().keys()


def test_every_azure_type_says_how_the_end_of_its_operations_is_awaited() -> None:
    """Azure's SDK for Python names the operations that end later: `begin_create_or_update`, `begin_delete`."""
    assert {kind for kind, _ in azure_polls()} == azure_types().keys()
    for (kind, operation), polls in azure_polls().items():
        assert all(action.lower().endswith("/read") for action in polls), kind
        assert not polls or {*polls} <= {*azure_operations(kind, operation)}, kind
    awaited = {kind for (kind, _), polls in azure_polls().items() if polls}
    assert {"azure-native:privatedns:PrivateZone", "azure-native:containerregistry:CacheRule"} <= awaited
    assert "azure-native:keyvault:Key" not in awaited


def test_the_page_lists_the_resource_providers_of_every_azure_type() -> None:
    page = (COMPONENTS.parent / "docs" / "sites.md").read_text()
    listed = re.search(r"the providers `Microsoft\.(.+?) are registered", page, flags=re.DOTALL)
    assert listed
    always_registered = {"Authorization", "Resources"}
    namespaces = {resource.partition("/")[0].removeprefix("Microsoft.") for resource in azure_types().values()}
    assert {*re.findall(r"\w+", listed[1])} - {"and"} == namespaces - always_registered


def test_roles_of_azure() -> None:
    contributor = azure_roles()["Contributor"]
    assert allows("Microsoft.Network/virtualNetworks/write", contributor.actions, contributor.not_actions)
    assert not allows("Microsoft.Authorization/roleDefinitions/write", contributor.actions, contributor.not_actions)
    kind = "azure-native:keyvault:Key"
    assert azure_operations(kind, "delete") == ("Microsoft.KeyVault/vaults/keys/read",)
    assert azure_operations(kind, "update") == (
        "Microsoft.KeyVault/vaults/keys/read",
        "Microsoft.KeyVault/vaults/keys/write",
    )
