"""Checks, in the tests of the policy pack, that the path in a finding is one of the resource's properties."""

import functools
import re
from typing import Any

from guardrails.engine.evaluate import Finding
from guardrails.engine.reading import Resource

from falaj.sandbox.clouds.sdk_schema import UnknownResourceType
from tests.checked_calls import are_checked

from .sdk_paths import has_path

OBJECT_FIELDS = frozenset({"apiVersion", "data", "kind", "metadata", "spec", "stringData"})
"""Fields that an object of Kubernetes may have, whether the SDK knows its type or not."""

_FIELD = re.compile(r"[a-z][A-Za-z0-9]*")


def is_property(resource: Resource, path: str) -> bool:
    """Whether the first part of a path is a property that the resource has, or may have by the SDK. A rule that refuses
    a type gives the type.
    """
    first = re.split(r"[.\[?]", path, maxsplit=1)[0]
    if (
        path == resource.type
        or first in resource.props
        or (resource.type.startswith("kubernetes:") and first in OBJECT_FIELDS)
    ):
        return True
    try:
        return has_path(resource.type, first)
    except (UnknownResourceType, ModuleNotFoundError):  # a type that others define: any field is possible
        return _FIELD.fullmatch(first) is not None


@functools.cache
def check_paths() -> None:
    """Makes a finding with the path of no property an error."""
    create = Finding.__init__

    @functools.wraps(create)
    def checked(self: Finding, *args: Any, **kwargs: Any) -> None:
        create(self, *args, **kwargs)
        path = self.outcome.path
        if path and are_checked() and not is_property(self.resource, path):
            raise ValueError(f"{self.guardrail.id}: {self.resource.type} has no property {path!r}")

    Finding.__init__ = checked
