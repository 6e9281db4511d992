"""What the plug-in's schema says beyond the types: who publishes it, and texts for readers of every language.

The SDK copies docstrings as they stand in the source, with Python's indentation, which Markdown shows as code, and with
Python's names. Programs in TypeScript, Go and YAML, and the schema itself, write names in camelCase.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi.provider.experimental.util import camel_case

from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping

METADATA: Mapping[str, Any] = {
    "namespace": "falaj",
    "displayName": "Falaj",
    "description": "AI platforms in the UAE: sites on AWS, Azure and your own Kubernetes, and what runs in clusters",
    "publisher": "Falaj maintainers",
    "license": "Apache-2.0",
    "homepage": "https://git.example.ae/falaj/falaj",
    "repository": "https://git.example.ae/falaj/falaj",
    "keywords": [
        "category/infrastructure",
        "kind/component",
        *("aws", "azure", "kubernetes", "eks", "aks", "karpenter", "kueue", "finops", "gpu", "machine-learning", "uae"),
    ],
}
"""Metadata of the package (pulumi/pulumi, pkg/codegen/schema/pulumi.json at v3.259.0, read 2026-11-28). With its
`namespace`, the TypeScript SDK is `@falaj/falaj`; without one, Pulumi would call it `@pulumi/falaj`. There is no
`pluginDownloadURL`: Pulumi sets it when it installs the plug-in from a git repository."""

_FOREIGN_NAMES = ("depends_on", "assume_roles", "cidr_blocks")
"""Names of Pulumi's options and of the AWS SDK that descriptions mention; they too are camelCase in other languages."""

_SNAKE_CASE = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")


def with_texts_for_all_languages(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the schema with descriptions without indentation, and with the schema's names instead of Python's."""
    names = {*_property_names(schema), *map(camel_case, _FOREIGN_NAMES)}

    def renamed(name: re.Match[str]) -> str:
        return camel if (camel := camel_case(name[0])) in names else name[0]

    def rewritten(part: Any) -> Any:
        if is_list(part):
            return [rewritten(item) for item in as_list(part)]
        if not is_mapping(part):
            return part
        return {
            key: _SNAKE_CASE.sub(renamed, inspect.cleandoc(value))
            if key == "description" and isinstance(value, str)
            else rewritten(value)
            for key, value in as_mapping(part).items()
        }

    return rewritten(schema)


def _property_names(schema: Mapping[str, Any]) -> Iterator[str]:
    for section in ("resources", "types"):
        for definition in schema[section].values():
            yield from definition.get("inputProperties", {})
            yield from definition.get("properties", {})
