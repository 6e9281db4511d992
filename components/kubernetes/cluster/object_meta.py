"""What several objects of one thing have in common: their name, place and labels."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict


@dataclass(frozen=True)
class ObjectMeta:
    """Name, namespace and labels of objects."""

    name: str
    namespace: str
    labels: Mapping[str, str]

    def args(self, annotations: Mapping[str, pulumi.Input[str]] | None = None) -> ObjectMetaArgsDict:
        """The metadata of an object."""
        found: ObjectMetaArgsDict = {"name": self.name, "namespace": self.namespace, "labels": dict(self.labels)}
        if annotations:
            found["annotations"] = dict(annotations)
        return found

    def elsewhere(self, name: str, namespace: str) -> "ObjectMeta":
        """The same under another name, in another namespace."""
        return replace(self, name=name, namespace=namespace)
