"""The table of identities is complete and says what the providers' SDKs and AWS's formats of ARNs say."""

import csv
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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


_GETTER = re.compile(r'@pulumi\.getter(?:\(name="(\w+)"\))?\s+def (\w+)\(self\) -> pulumi\.Output\[')


@cache
def outputs(token: str) -> frozenset[str]:
    """Returns the outputs of a type, from the source of the SDK: its import takes half a minute beside moto."""
    package, module, name = token.split(":")
    spec = find_spec(f"pulumi_{package.replace('-', '_')}")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / module.split("/")[0]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    text = (folder / f"{words}.py").read_text(encoding="utf-8")
    return frozenset(stated or own for stated, own in _GETTER.findall(text))


def test_the_table_has_every_taggable_type() -> None:
    assert {token for token in created() if "tags" in outputs(token)} == listed_types().keys()
    assert [token for token in created() if not outputs(token)] == []


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
