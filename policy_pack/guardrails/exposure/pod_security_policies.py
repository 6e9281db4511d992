"""Pod security policies of old on-premises clusters must not allow anything that the restricted Pod Security level
forbids.

Kubernetes removed them in 1.25; older clusters still enforce them.
"""

from collections.abc import Iterator

from ..engine.conditions import FALSE, is_true
from ..engine.families import exposure_rule
from ..engine.reading import UNKNOWN, Resource, items_of
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, objects

_KIND = "PodSecurityPolicy"
_FALSE_FIELDS = ("privileged", "hostNetwork", "hostPID", "hostIPC")
_EMPTY_FIELDS = ("allowedCapabilities", "defaultAddCapabilities", "allowedUnsafeSysctls")
_ALLOWED_CAPABILITIES = ("NET_BIND_SERVICE",)


def _violations(spec: ObjectPart) -> Iterator[tuple[str, str]]:
    yield from ((key, "must not be true") for key in _FALSE_FIELDS if is_true(spec.get(key)))
    for key in _EMPTY_FIELDS:
        if any(item not in (*_ALLOWED_CAPABILITIES, UNKNOWN) for item in items_of(spec.get(key))):
            yield key, "must be empty"
    escalation = spec.get("allowPrivilegeEscalation")
    if escalation is not UNKNOWN and not FALSE.test(escalation):
        yield "allowPrivilegeEscalation", "must be false; true is the default"
    dropped = items_of(spec.get("requiredDropCapabilities"))
    if spec.get("requiredDropCapabilities") is not UNKNOWN and not {"ALL", "*"} & {str(item) for item in dropped}:
        yield "requiredDropCapabilities", "must have ALL"
    if "Unmasked" in items_of(spec.get("allowedProcMountTypes")):
        yield "allowedProcMountTypes", "must not have Unmasked"
    if {"*", "hostPath"} & {str(item) for item in items_of(spec.get("volumes"))}:
        yield "volumes", "must not have hostPath"
    if any(not is_true(item.get("readOnly")) for item in spec.children("allowedHostPaths")):
        yield "allowedHostPaths", "must be read-only"
    user = spec.child("runAsUser")
    allows_root = any(item.get("min") in (0, "0") for item in user.children("ranges"))
    if user.get("rule") == "RunAsAny" or allows_root:
        yield "runAsUser", "must not allow root"


def _check_policies(resource: Resource) -> Iterator[Outcome]:
    for item in objects(resource, _KIND):
        spec = item.child("spec")
        violations = list(_violations(spec))
        yield from (failed(f"{spec.path_to(key)} {text}", spec.path_to(key)) for key, text in violations)
        yield from () if violations else (passed(),)


POD_SECURITY_POLICIES: tuple[Guardrail, ...] = (
    exposure_rule(319, Severity.HIGH,
                  "Pod security policies allow nothing that the restricted Pod Security level forbids",
                  "a policy admits every pod that it allows, regardless of what today's pods request",
                  "Set the field in the message, or remove the policy and use the restricted Pod Security level",
                  predicate=_check_policies, types=("kubernetes:policy/", "kubernetes:core/v1:List")),
)  # fmt: skip
