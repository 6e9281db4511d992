"""The schema of an emulated provider's package, as Pulumi's binder and YAML programs read it."""

import json
from typing import Any

import pytest

from falaj.sandbox.clouds.__main__ import load
from falaj.sandbox.clouds.package_schema import PackageSchema
from falaj.sandbox.clouds.sdk_schema import sdk


def schema(cloud: str, *tokens: str) -> dict[str, Any]:
    types = sdk(load(cloud).sdk)
    return json.loads(PackageSchema(cloud, types).json([types.schema(token) for token in tokens]))


def test_a_bridged_provider_has_a_module_for_each_resource() -> None:
    described = schema("aws", "aws:s3/bucketVersioning:BucketVersioning")
    assert (described["name"], described["version"]) == ("aws", sdk("pulumi_aws").version)
    assert described["meta"]["moduleFormat"] == "(.*)(?:/[^/]*)"
    resource = described["resources"]["aws:s3/bucketVersioning:BucketVersioning"]
    assert resource["requiredInputs"] == ["bucket", "versioningConfiguration"]
    token = "aws:s3/BucketVersioningVersioningConfiguration:BucketVersioningVersioningConfiguration"
    assert resource["inputProperties"]["versioningConfiguration"] == {"$ref": f"#/types/{token}"}
    assert described["types"][token]["required"] == ["status"]
    assert described["types"][token]["properties"]["mfaDelete"] == {"type": "string"}


def test_the_provider_is_a_resource_with_its_settings() -> None:
    provider = schema("aws")["provider"]
    assert provider["inputProperties"]["region"] == {"type": "string"}
    assert provider["inputProperties"]["allowedAccountIds"] == {"type": "array", "items": {"type": "string"}}


def test_types_may_contain_themselves() -> None:
    described = schema("kubernetes", "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition")
    assert described["meta"]["moduleFormat"] == "(.*)"
    [props] = [name for name in described["types"] if name.endswith(":JSONSchemaProps")]
    assert described["types"][props]["properties"]["not"] == {"$ref": f"#/types/{props}"}


@pytest.mark.parametrize(
    ("cloud", "token", "name", "expected"),
    [
        ("aws", "aws:s3/bucketObjectv2:BucketObjectv2", "source", "pulumi.json#/Asset"),
        ("kubernetes", "kubernetes:apps/v1:ControllerRevision", "data", "pulumi.json#/Any"),
    ],
)
def test_special_types_are_pulumis(cloud: str, token: str, name: str, expected: str) -> None:
    inputs = schema(cloud, token)["resources"][token]["inputProperties"]
    assert expected in json.dumps(inputs[name])
