"""Values that Gatekeeper sets in the objects of others: none may give a pod more than it asks for.

An Assign sets one value at one location in each object that it matches (open-policy-agent/gatekeeper dd8507eb,
website/docs/mutation.md, read 2026-11-30).
"""

from collections.abc import Iterator

from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.kubernetes_objects import ObjectPart

_MUTATIONS = "kubernetes:mutations.gatekeeper.sh/"
_TRUE, _FALSE = frozenset({"true"}), frozenset({"false"})
_WEAK: dict[str, frozenset[str]] = {
    **dict.fromkeys(("automountServiceAccountToken", "privileged", "allowPrivilegeEscalation", "hostNetwork", "hostPID",
                     "hostIPC", "shareProcessNamespace"), _TRUE),
    **dict.fromkeys(("runAsNonRoot", "readOnlyRootFilesystem", "hostUsers"), _FALSE),
    **dict.fromkeys(("runAsUser", "runAsGroup", "fsGroup"), frozenset({"0"})),
    "type": frozenset({"unconfined"}),
    "procMount": frozenset({"unmasked"}),
}  # fmt: skip
"""Last name of a location -> values there, in lower case, that give a pod more (Kubernetes, "Pod Security
Standards")."""
_WHOLE = frozenset({"securityContext", "capabilities", "add", "hostPath"})
"""Names of parts of which a value of several settings is read below them, or that only add."""


def check_assigned(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each value that an Assign of Gatekeeper sets and that weakens the objects of others."""
    if not resource.type.startswith(_MUTATIONS):
        return
    spec = ObjectPart("", resource.props).child("spec")
    assign = spec.child("parameters").child("assign")
    name = str(spec.get("location")).replace('"', "").rpartition(".")[2].partition("[")[0]
    path = assign.path_to("value")
    if assign.get("value") is UNKNOWN and name in (*_WEAK, *_WHOLE):
        yield undetermined(f"{path} is not known before deployment, and sets {name} in the objects of others", path)
    for setting in _weak(name, assign.get("value")):
        yield failed(f"{path} sets {setting} in the objects of others, which have more than they ask for then", path)


def _weak(name: str, value: Plain) -> Iterator[str]:
    """Yields the names of the settings that a value at a name weakens."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _weak(key, item)
    elif isinstance(value, list):
        if value and name == "add":
            yield name
        for item in value:
            yield from _weak("", item)
    elif str(value).strip().lower().removesuffix(".0") in _WEAK.get(name, frozenset()):
        yield name
