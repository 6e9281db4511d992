"""The schema of an emulated provider's package, which YAML programs and generators of SDKs ask for.

A provider's own schema is a part of its plug-in. This one is read from the Python SDK: the names, the types and which
inputs are required are the provider's, without descriptions, and without functions. An enumeration is a text, because
the SDK's text tells its values and not the name of its type in the schema.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.sdk_schema import Property, Schema, Sdk, Type, UnknownResourceType, sdk
from falaj.sandbox.clouds.spec import CloudSpec
from falaj.sandbox.paths import cache

_SPECIAL = {"asset": "pulumi.json#/Asset", "any": "pulumi.json#/Any"}


def package_schema(spec: CloudSpec) -> str:
    """Returns the schema of an emulated provider's package, as JSON: every type of its SDK, and its custom resources.

    The SDK of a cloud has thousands of classes, which take seconds to read, so the schema is kept in the cache.
    """
    types = sdk(spec.sdk)
    custom = {token: of.schema for token, of in spec.resource_types.items() if of.schema}
    source = Path(__file__).read_bytes() + repr(sorted(custom)).encode()
    file = cache() / "schemas" / f"{spec.name}-{types.version}-{hashlib.sha256(source).hexdigest()[:12]}.json"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(f".{os.getpid()}")
        temporary.write_text(PackageSchema(spec.name, types).json([*custom.values(), *_schemas(types)]))
        temporary.replace(file)
    return file.read_text()


def _schemas(types: Sdk) -> Iterator[Schema]:
    for token in types.tokens:
        # The SDK of Kubernetes registers components too, which are no resources of the provider.
        with contextlib.suppress(UnknownResourceType):
            yield types.schema(token)


class PackageSchema:
    """Builds the schema of a package from its SDK. `name`: of the package, such as `aws`."""

    def __init__(self, name: str, sdk: Sdk) -> None:
        self.name, self.sdk = name, sdk
        self._types: dict[str, dict[str, Any]] = {}
        self._read: set[tuple[Path, str]] = set()

    def json(self, schemas: Iterable[Schema]) -> str:
        """Returns the schema with these resource types, and with the types of their properties."""
        resources = {schema.token: self._resource(schema.inputs, schema.outputs) for schema in schemas}
        module = self.sdk.root / "provider.py"
        read = self.sdk.properties
        return json.dumps(
            {
                "name": self.name,
                "version": self.sdk.version,
                "description": f"Types of the Python SDK {self.sdk.package} {self.sdk.version}, for the sandbox",
                "meta": {"moduleFormat": "(.*)(?:/[^/]*)" if self._has_a_module_per_resource() else "(.*)"},
                "provider": self._resource(read((module, "ProviderArgs")), read((module, "Provider"))),
                "resources": resources,
                "types": self._types,
            }
        )

    def _has_a_module_per_resource(self) -> bool:
        """Whether tokens are as in bridged providers: `aws:s3/bucket:Bucket` is the class `Bucket` of module `s3`."""
        token = next(iter(self.sdk.tokens))
        _, module, kind = token.split(":")
        return module.endswith(f"/{kind[:1].lower()}{kind[1:]}")

    def _resource(self, inputs: Mapping[str, Property], outputs: Mapping[str, Property]) -> dict[str, Any]:
        return {
            "inputProperties": self._properties(inputs),
            "requiredInputs": _required(inputs),
            **self._object(outputs),
        }

    def _object(self, properties: Mapping[str, Property]) -> dict[str, Any]:
        return {"type": "object", "properties": self._properties(properties), "required": _required(properties)}

    def _properties(self, properties: Mapping[str, Property]) -> dict[str, Any]:
        return {name: self._type(of.type) for name, of in properties.items()}

    def _type(self, type_: Type) -> dict[str, Any]:
        match type_.kind:
            case "object" if type_.ref:
                return {"$ref": f"#/types/{self._token(*type_.ref)}"}
            case "list":
                return {"type": "array", "items": self._type(type_.of[0])}
            case "map":
                return {"type": "object", "additionalProperties": self._type(type_.of[0])}
            case "union":
                return {"oneOf": [self._type(member) for member in type_.of]}
            case "enum":
                return {"type": "string"}
            case "asset" | "any" as kind:
                return {"$ref": _SPECIAL[kind]}
            case kind:
                return {"type": kind}

    def _token(self, file: Path, name: str) -> str:
        """Declares the type of a class of the SDK. The classes of inputs (`RuleArgs`) and outputs (`Rule`) are one."""
        module = "/".join(file.relative_to(self.sdk.root).parts[:-1])
        kind = name.removesuffix("Args")
        token = f"{self.name}:{module}{f'/{kind}' if self._has_a_module_per_resource() else ''}:{kind}"
        if (file, name) not in self._read:
            self._read.add((file, name))
            declared = self._object(self.sdk.properties((file, name)))
            former = self._types.setdefault(token, declared)
            former["properties"] |= declared["properties"]
            former["required"] = sorted({*former["required"]} & {*declared["required"]})
        return token


def _required(properties: Mapping[str, Property]) -> list[str]:
    return sorted(name for name, of in properties.items() if of.required)
