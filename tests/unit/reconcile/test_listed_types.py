"""The table of identities is complete and says what the providers' SDKs and AWS's formats of ARNs say."""

import csv
from importlib import import_module
from typing import Any

import pytest

from falaj.components.reference.created import FILE
from falaj.facts.aws_permissions import arn_formats, types
from falaj.facts.azure_permissions import azure_types
from falaj.facts.listed_types import ListedType, listed_types


def created() -> set[str]:
    """Returns the types of the two clouds that a component creates, in its program or with any of its arguments."""
    with FILE.open(encoding="utf-8", newline="") as file:
        tokens = {row["type"] for row in csv.DictReader(file)}
    return {token for token in tokens if token.startswith(("aws:", "azure-native:"))} | {*types(), *azure_types()}


def sdk_class(token: str) -> Any:
    package, module, name = token.split(":")
    return getattr(import_module(f"pulumi_{package.replace('-', '_')}.{module.split('/')[0]}"), name)


def outputs(token: str) -> set[str]:
    """Returns the names of the outputs in Pulumi's spelling."""
    known = vars(sdk_class(token))
    names = [name for name, value in known.items() if isinstance(value, property)]
    return {name.split("_")[0] + "".join(part.title() for part in name.split("_")[1:]) for name in names}


def test_the_table_has_every_taggable_type() -> None:
    assert {token for token in created() if "tags" in outputs(token)} == listed_types().keys()


@pytest.mark.parametrize("listed", listed_types().values(), ids=lambda listed: listed.type)
def test_the_identity_exists(listed: ListedType) -> None:
    if "{id}" in listed.identity:
        assert "arn" not in outputs(listed.type)
        end = arn_formats()[types()[listed.type].resource].split(":", 5)[5]
        assert end.partition("${")[0] == listed.identity.partition("{id}")[0]
    else:
        assert listed.identity in outputs(listed.type) | ({"id"} if listed.type in azure_types() else set())


def test_a_type_that_has_an_arn_of_its_own_is_identified_by_it() -> None:
    own = {token for token in listed_types() if token in types() and "arn" in outputs(token)}
    assert {listed_types()[token].identity for token in own} == {"arn"}


def test_types_that_no_list_has_say_why() -> None:
    unlisted = {listed.type.rsplit(":", 1)[1]: listed.unlisted for listed in listed_types().values() if listed.unlisted}
    assert unlisted == {
        "Role": "GetResources lists no roles",
        "AgentPool": "tables of Resource Graph lack it",
        "Key": "tables of Resource Graph lack it",
        "Deployment": "tables of Resource Graph lack it",
    }
