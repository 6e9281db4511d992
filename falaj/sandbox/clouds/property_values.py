"""Conversion between the engine's property values and plain values. Secrets stay secret."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

import pulumi
from pulumi.provider.experimental.property_value import Computed, PropertyValue, ResourceReference
from pulumi.runtime.rpc import UNKNOWN as UNKNOWN_TEXT

from falaj.sandbox.clouds.values import ASSET, UNKNOWN, Json, Props, Unknown

SECRET = "$secret"  # noqa: S105
"""The key of the mapping that stands for a secret value in the inventory; its value is a salted hash."""

CHANGED_SECRET = "(a secret that was changed outside Pulumi)"  # noqa: S105
"""The value that a refresh reads for a secret whose hash differs from the state's."""

PropertyMap = Mapping[str, PropertyValue]


def to_plain(value: PropertyValue) -> Json:
    """Converts to a plain value: secrets are revealed, unknown values become UNKNOWN, assets become a mapping with the
    key ASSET.
    """
    inner = value.value
    if isinstance(inner, Computed) or inner == UNKNOWN_TEXT:
        return UNKNOWN
    if inner is None or isinstance(inner, str | bool | float):
        return inner
    if isinstance(inner, Mapping):
        return {key: to_plain(item) for key, item in inner.items()}
    if isinstance(inner, pulumi.Asset | pulumi.Archive):
        return {ASSET: _asset(inner)}
    if isinstance(inner, ResourceReference):
        return to_plain(inner.resource_id) if inner.resource_id else inner.urn
    return [to_plain(item) for item in inner] if isinstance(inner, Sequence) else UNKNOWN


def to_plain_map(values: PropertyMap) -> dict[str, Json]:
    """Converts properties with `to_plain`, and omits nulls: the clouds' APIs treat null as absent."""
    return {key: plain for key, value in values.items() if (plain := to_plain(value)) is not None}


def to_property_value(value: Json) -> PropertyValue:
    """Converts a plain value that holds no asset and no hashed secret to a property value."""
    if isinstance(value, Unknown):
        return PropertyValue(UNKNOWN_TEXT)
    if isinstance(value, Mapping):
        return PropertyValue({key: to_property_value(item) for key, item in value.items()})
    if isinstance(value, bool | str) or value is None:
        return PropertyValue(value)
    if isinstance(value, int | float):
        return PropertyValue(float(value))
    return PropertyValue([to_property_value(item) for item in value])


def to_property_map(values: Props, known: PropertyMap) -> dict[str, PropertyValue]:
    """Converts plain values to property values. A value that equals the one in `known` is taken from there, because
    that one may be secret.
    """
    return {key: _reuse_known(value, known.get(key)) for key, value in values.items()}


def _reuse_known(value: Json, known: PropertyValue | None) -> PropertyValue:
    if known is None or value is UNKNOWN:
        return to_property_value(value)
    if to_plain(known) == value:
        return known
    if isinstance(value, Mapping) and isinstance(known.value, Mapping):
        result = PropertyValue({key: _reuse_known(item, known.value.get(key)) for key, item in value.items()})
        return result.with_secret(True) if known.is_secret else result
    return to_property_value(value)


def hash_secrets(value: PropertyValue, salt: str) -> Json:
    """Converts to a plain value with a salted hash in place of each secret, as the inventory stores it."""
    if value.is_secret:
        content = json.dumps(to_plain(value), sort_keys=True, default=repr)
        return {SECRET: hashlib.sha256((salt + content).encode()).hexdigest()[:32]}
    inner = value.value
    if isinstance(inner, Mapping):
        return {key: hash_secrets(item, salt) for key, item in inner.items()}
    if isinstance(inner, Sequence) and not isinstance(inner, str):
        return [hash_secrets(item, salt) for item in inner]
    return to_plain(value)


def restore_secrets(stored: Json, known: PropertyValue | None, salt: str) -> PropertyValue:
    """Converts a stored value to a property value. A secret is taken from `known`, the state's value, if its hash
    matches.
    """
    if known is not None and hash_secrets(known, salt) == stored:
        return known
    inner = known.value if known is not None else None
    if isinstance(stored, Mapping):
        if SECRET in stored:
            return PropertyValue(CHANGED_SECRET, is_secret=True)
        before = inner if isinstance(inner, Mapping) else {}
        return PropertyValue({key: restore_secrets(item, before.get(key), salt) for key, item in stored.items()})
    if isinstance(stored, Sequence) and not isinstance(stored, str):
        items = inner if isinstance(inner, Sequence) and not isinstance(inner, str) else ()
        return PropertyValue(
            [restore_secrets(item, items[i] if i < len(items) else None, salt) for i, item in enumerate(stored)]
        )
    return to_property_value(stored)


def decode_config(values: PropertyMap) -> dict[str, Json]:
    """Converts the provider's configuration to plain values. The engine sends all values but strings as JSON text."""
    config: dict[str, Json] = {}
    for key, value in to_plain_map(values).items():
        config[key] = value
        if isinstance(value, str) and (value[:1] in "[{" or value in {"true", "false"}):
            try:
                config[key] = json.loads(value)
            except ValueError:
                continue  # a string that only starts like JSON, such as a kubeconfig
    return config


def _asset(asset: pulumi.Asset | pulumi.Archive) -> str:
    """Returns the identity of an asset's content: the hash of its text, or its path or URI."""
    if isinstance(asset, pulumi.StringAsset):
        return hashlib.sha256(asset.text.encode()).hexdigest()
    if isinstance(asset, pulumi.FileAsset | pulumi.FileArchive):
        return str(asset.path)
    return str(getattr(asset, "uri", "")) or "archive"
