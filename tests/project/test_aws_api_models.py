"""The models of AWS's APIs, and what the emulated AWS states from them."""

import pytest

from falaj.facts.aws_permissions import types
from falaj.sandbox.clouds.aws.cloudformation import LOOSER, MORE_VALUES, table
from tests.project import aws_api_models
from tests.project.aws_cloudformation import match_models

OWN_VALUES = ("0", "Disabled")
"""Values of the provider, which are not sent."""


def limits(token: str, path: str) -> dict:
    """Returns the limits of a property in the model."""
    found = {owner: matching.limits for owner, matching in match_models(set()) if owner == token}
    return found[token][path]


@pytest.mark.parametrize(("token", "path"), [place for place, value in MORE_VALUES.items() if value not in OWN_VALUES])
def test_a_value_beyond_the_schema_is_the_models(token: str, path: str) -> None:
    assert MORE_VALUES[token, path] in limits(token, path)["enum"]


@pytest.mark.parametrize(
    ("token", "path"),
    [(token, path) for (token, path), why in LOOSER.items() if why.startswith("model of") and path.endswith(".*")],
)
def test_a_limit_that_is_looser_than_the_schema_is_the_models(token: str, path: str) -> None:
    assert limits(token, path)["maxLength"] > table()["types"][token]["limits"][path]["maxLength"]


def test_every_type_has_operations_that_exist() -> None:
    assert {row["type"] for row in aws_api_models._rows("aws_api_models.csv")} <= types().keys()
    for token in types():
        if aws_api_models.operations(token):
            assert aws_api_models.model(token, "A::B", set()), token


def test_the_table_is_of_the_installed_models() -> None:
    """A newer botocore may state other limits: `python -m tests.project.aws_cloudformation CHECKOUT`."""
    stated = table()["models"]
    assert {token for token, _ in match_models(set())} >= stated.keys()
    assert stated["aws:iam/role:Role"]["limits"]["name"]["maxLength"] == 64
