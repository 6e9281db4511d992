"""Between the engine's property values and plain ones, without losing or leaking what is secret."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

import pulumi
from pulumi.provider.experimental.property_value import PropertyValue, ResourceReference

from falaj.sandbox.clouds.values import ASSET, UNKNOWN, Json, Props, Unknown

SECRET = "$secret"
"""The key that stands, with a salted hash, where a secret value is kept in an inventory."""

CHANGED_SECRET = "(a secret that was changed outside Pulumi)"
"""What a refresh reads for a secret whose hash is no longer the one in the state."""

Wire = Mapping[str, PropertyValue]


def plain(value: PropertyValue) -> Json:
    """The value as the rules see it: secrets opened, unknowns as UNKNOWN, assets as a one-key mapping."""
    inner = value.value
    if isinstance(inner, PropertyValue.Computed if hasattr(PropertyValue, "Computed") else _Computed):
        return UNKNOWN
    if isinstance(inner, str | bool | float | None):
        return inner
    if isinstance(inner, Mapping):
        return {key: plain(item) for key, item in inner.items()}
    if isinstance(inner, pulumi.Asset | pulumi.Archive):
        return {ASSET: _asset(inner)}
    if isinstance(inner, ResourceReference):
        return plain(inner.resource_id) if inner.resource_id else inner.urn
    return [plain(item) for item in inner] if isinstance(inner, Sequence) else UNKNOWN
