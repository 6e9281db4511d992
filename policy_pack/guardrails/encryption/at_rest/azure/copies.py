"""Disks that Azure Site Recovery makes of those of a machine, in another region or from a data centre.

Each of them, or the machine as a whole, names a disk encryption set; without one its key is of the platform
(MicrosoftDocs/azure-docs 021fb2fc articles/site-recovery/azure-to-azure-how-to-enable-replication-cmk-disks.md). Names
of the lists and of the providers by the inputs of pulumi-azure-native 3.29.0, recoveryservices:ReplicationProtectedItem
(both read 2026-12-01); providers that copy to another data centre make no disk of Azure.
"""

from collections.abc import Iterator, Mapping

from ....engine.reading import UNKNOWN, Plain, Resource, one_or_many, walk
from ....engine.rows import azure
from ....engine.verdicts import Outcome, failed, passed, undetermined

COPIES = azure("recoveryservices:ReplicationProtectedItem")
"""Types of copies of machines."""
_DETAILS = "properties?.providerSpecificDetails?"
_INTO_AZURE = frozenset({"a2a", "hypervreplicaazure", "inmageazurev2", "inmagercm"})
_DISKS = ("vmManagedDisks", "disksToIncludeForManagedDisks", "disksToInclude", "disksDefault")
_KEYS = ("recoveryDiskEncryptionSetId", "diskEncryptionSetId")


def check_copies(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each disk of a copy of a machine, or for the machine if it lists none."""
    if resource.type not in COPIES:
        return
    for path, details in walk(resource.props, _DETAILS):
        if details is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif isinstance(details, dict) and _is_into_azure(details):
            yield from _check_disks(path, details)


def _is_into_azure(details: Mapping[str, Plain]) -> bool:
    return str(details.get("instanceType")).strip().lower() in _INTO_AZURE


def _has_key(item: Mapping[str, Plain]) -> bool:
    return any(value is UNKNOWN or (isinstance(value, str) and bool(value.strip()))
               for value in (item.get(key) for key in _KEYS))  # fmt: skip


def _check_disks(path: str, details: Mapping[str, Plain]) -> Iterator[Outcome]:
    """Yields an outcome for each disk; a key of the machine is that of each. Disks of a list of names have no other."""
    disks = [(f"{path}.{name}[{index}]", item) for name in _DISKS for index, item in enumerate(_listed(details, name))]
    if _has_key(details):
        yield passed()
        return
    for place, item in disks or [(path, details)]:
        if item is UNKNOWN:
            yield undetermined(f"{place} is not known before deployment", place)
        elif isinstance(item, dict) and _has_key(item):
            yield passed()
        else:
            key = _KEYS[0] if ".vmManagedDisks[" in place else _KEYS[1]
            yield failed(f"{place}.{key} must be set: otherwise the copy has a key of the platform", f"{place}.{key}")


def _listed(details: Mapping[str, Plain], name: str) -> list[Plain]:
    return one_or_many(details[name]) if details.get(name) is not None else []
