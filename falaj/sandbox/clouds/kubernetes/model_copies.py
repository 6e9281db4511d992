"""Workloads whose pods wait for a model that is not there: the provider waits ten minutes, then fails.

The emulated vaults hold only objects that a program creates. So a vault of the same stack is empty when the Deployment
is created, unless the program also created the object.
"""

from __future__ import annotations

import re

from falaj.sandbox.clouds.kubernetes.pods import pod_templates
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_all, get_path, iter_strings

_VAULTS = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "azure-native:storage:StorageAccount")
_OBJECTS = ("aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2", "azure-native:storage:Blob")
_COPIES = frozenset({"copy", "copyto", "cp", "sync"})
"""Commands of rclone and of the clouds' tools that copy files."""
SKIP_AWAIT = "pulumi.com/skipAwait"


def model_exists(op: Operation) -> str | None:
    """Rejects the create of an awaited Deployment whose init containers copy from an empty vault of its own stack.

    The message is that of the Kubernetes provider (pkg/await: error.go and deployment.go, 4.24).
    """
    if not is_awaited(op):
        return None
    texts = [
        text
        for path, _ in pod_templates(op)
        for container in get_all(op.inputs, f"{path}.initContainers[*]")
        if _COPIES & {str(word) for word in (*get_all(container, "args[*]"), *get_all(container, "command[*]"))}
        for _, text in iter_strings(container)
    ]
    stack = op.urn.partition("::")[0] + "::" + op.urn.split("::")[1]
    for type_ in _VAULTS:
        for vault in op.state.find_in_any_cloud(type_):
            names = re.compile(rf"(?<![a-z0-9-]){re.escape(vault.name)}(?![a-z0-9-])")
            if vault.urn.startswith(f"{stack}::") and any(map(names.search, texts)) and not _objects(op, vault.name):
                return (
                    f"'{op.name}' timed out waiting to be Ready: Minimum number of live Pods was not attained: an "
                    f"init container copies from {vault.name}, which is empty"
                )
    return None


def is_awaited(op: Operation) -> bool:
    """Returns whether the provider creates the Deployment and waits for its pods."""
    annotations = get_path(op.inputs, "metadata.annotations")
    is_skipped = isinstance(annotations, dict) and str(annotations.get(SKIP_AWAIT)).lower() == "true"
    return op.existing is None and get_path(op.inputs, "spec.replicas") != 0 and not is_skipped


def _objects(op: Operation, vault: str) -> bool:
    return any(
        vault in (item.inputs.get("bucket"), item.inputs.get("accountName"))
        for type_ in _OBJECTS
        for item in op.state.find_in_any_cloud(type_)
    )
