"""Tells custom resources, whose controllers make pods and services of what their spec says, from other objects."""

import re

from ..engine.reading import Resource

_CUSTOM = re.compile(
    r"kubernetes:(?!helm\.sh/|[\w.-]*\bk8s\.io/|(?:policies\.)?kyverno\.io/|[\w.-]*gatekeeper\.sh/)[\w-]+(?:\.[\w-]+)+/"
)
"""Types of groups of projects. Charts and the groups of Kubernetes are none, and patterns of policies create nothing.
"""


def is_custom(resource: Resource) -> bool:
    """Returns whether a resource is a custom resource of a project."""
    return _CUSTOM.match(resource.type) is not None
