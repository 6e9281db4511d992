"""Types without a `ResourceType` work too: a sample of all types of the AWS SDK, each with its required inputs only."""

from falaj.sandbox.clouds.sdk_schema import Sdk, Type
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver

_SAMPLE = 23  # every 23rd type: about 75 of 1,748
_VALUES: dict[str, Json] = {"integer": 1, "number": 1, "boolean": True, "list": [], "map": {}}


def value_of(sdk: Sdk, type_: Type) -> Json:
    """Returns the smallest value of a type."""
    if type_.kind == "object" and type_.ref:
        return {name: value_of(sdk, p.type) for name, p in sdk.properties(type_.ref).items() if p.required}
    if type_.kind == "union":
        return value_of(sdk, type_.of[0])
    return type_.values[0] if type_.kind == "enum" else _VALUES.get(type_.kind, "x")


def test_each_is_made_read_compared_updated_and_deleted(aws: Driver) -> None:
    sdk, spec = aws.cloud.sdk, aws.cloud.spec
    tokens = [token for token in sdk.tokens if token not in spec.resource_types][::_SAMPLE]
    assert len(tokens) > 70
    for token in tokens:
        inputs = {name: value_of(sdk, p.type) for name, p in sdk.schema(token).inputs.items() if p.required}
        aws.plan(token, "n", **inputs)
        try:
            resource = aws.create(token, "n", **inputs)
        except CloudError as refused:
            raise AssertionError(token) from refused
        assert resource.id, token
        assert aws.read(resource).properties == resource.outputs, token
        assert not aws.diff(resource, **inputs).changes, token
        aws.update(resource, **inputs)
        assert aws.read(resource).properties == resource.outputs, token
        aws.delete(resource)
    assert aws.everything() == []
