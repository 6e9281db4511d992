"""Inputs of resources compared with the types of the SDKs and the definitions of custom resources, as the emulated
clouds compare them.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from falaj.sandbox.clouds.check import check_inputs
from falaj.sandbox.clouds.kubernetes.crd_schemas import schemas
from falaj.sandbox.clouds.kubernetes.field_schema import FieldSchema, schema_errors
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.spec import ResourceType
from falaj.sandbox.clouds.values import Props

PACKAGES = {"pulumi_aws", "pulumi_azure_native", "pulumi_kubernetes"}

OF_EVERY_OBJECT = {"apiVersion", "kind", "metadata"}
"""Fields that a definition of custom resources does not repeat."""


@cache
def _definitions() -> Mapping[str, FieldSchema]:
    return schemas()


def rejected(token: str, name: str, inputs: Props) -> list[str]:
    """Returns what the type of a resource does not allow: its name, the path of the property and the reason."""
    package = f"pulumi_{token.partition(':')[0].replace('-', '_')}"
    if package not in PACKAGES:
        return []
    found = _of_sdk if token in sdk(package).tokens else _of_definition
    return [f"{token} {name}: {path}: {reason}" for path, reason in found(token, inputs)]


def _of_sdk(token: str, inputs: Props) -> Iterator[tuple[str, str]]:
    """Yields what the SDK does not allow, except properties that stand-ins of tests leave out."""
    own = sdk(f"pulumi_{token.partition(':')[0].replace('-', '_')}")
    for path, reason in check_inputs(own, own.schema(token), ResourceType(token), inputs, strict_enums=False):
        if "." in path or not reason.startswith("missing required"):
            yield path, reason


def _of_definition(token: str, inputs: Props) -> Iterator[tuple[str, str]]:
    _, version, kind = token.split(":")
    definition = _definitions().get(f"{version}/{kind}")
    if definition is not None:
        fields = {key: value for key, value in inputs.items() if key not in OF_EVERY_OBJECT}
        yield from schema_errors(definition, fields, "")
