"""Metadata shared by the Kubernetes objects of a component."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict

from falaj.components.core.validation.args import Input


@dataclass(frozen=True)
class ObjectMeta:
    """Name, namespace and labels of Kubernetes objects."""

    name: Input[str]
    namespace: Input[str]
    labels: Mapping[str, Input[str]]

    def args(self, annotations: Mapping[str, Input[str]] | None = None) -> ObjectMetaArgsDict:
        """Returns the metadata of an object, with `annotations` if given."""
        metadata: ObjectMetaArgsDict = {"name": self.name, "namespace": self.namespace, "labels": dict(self.labels)}
        if annotations:
            metadata["annotations"] = dict(annotations)
        return metadata

    def elsewhere(self, name: Input[str], namespace: Input[str]) -> "ObjectMeta":
        """Returns a copy with the same labels and another name and namespace."""
        return replace(self, name=name, namespace=namespace)
