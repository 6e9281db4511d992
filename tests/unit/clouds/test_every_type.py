"""Types without a `ResourceType` work too: a sample of all types of the AWS SDK, each with its required inputs only."""

from falaj.sandbox.clouds.sdk_schema import Sdk, Type
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver

_SAMPLE = 23  # every 23rd type: about 75 of 1,748
_VALUES: dict[str, Json] = {"integer": 1, "number": 1, "boolean": True, "list": [], "map": {}}


def value_of(sdk: Sdk, wanted: Type) -> Json:
    """Returns the smallest value of a type."""
    if wanted.kind == "object" and wanted.ref:
        return {name: value_of(sdk, p.type) for name, p in sdk.properties(wanted.ref).items() if p.required}
    if wanted.kind == "union":
        return value_of(sdk, wanted.of[0])
    return wanted.values[0] if wanted.kind == "enum" else _VALUES.get(wanted.kind, "x")


def test_each_is_made_read_compared_updated_and_deleted(aws: Driver) -> None:
    sdk, spec = aws.cloud.sdk, aws.cloud.spec
    tokens = [token for token in sdk.tokens if token not in spec.resource_types][::_SAMPLE]
    assert len(tokens) > 70
    for token in tokens:
        given = {name: value_of(sdk, p.type) for name, p in sdk.schema(token).inputs.items() if p.required}
        aws.plan(token, "n", **given)
        try:
            made = aws.create(token, "n", **given)
        except CloudError as refused:
            raise AssertionError(token) from refused
        assert made.id, token
        assert aws.read(made).properties == made.outputs, token
        assert not aws.diff(made, **given).changes, token
        aws.update(made, **given)
        assert aws.read(made).properties == made.outputs, token
        aws.delete(made)
    assert aws.everything() == []
