"""Certificates of cert-manager: what its webhook refuses, and pods that wait for a secret that nobody creates."""

from __future__ import annotations

import re

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.kubernetes.model_copies import is_awaited
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, get_all, get_path

CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate"
SECRET = "kubernetes:core/v1:Secret"  # noqa: S105  a type

_DEFAULT_HOURS, _SHORTEST_HOURS, _SHORTEST_RENEWAL_HOURS = 90 * 24.0, 1.0, 5 / 60
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SUBJECTS = ("commonName", "dnsNames", "uris", "emailAddresses", "ipAddresses", "otherNames", "literalSubject")


def valid(op: Operation) -> str | None:
    """Checks a certificate as cert-manager does (v1.21.2, internal/apis/certmanager/validation/certificate.go)."""
    if group_and_kind(op.token) != ("cert-manager.io", "Certificate"):
        return None
    spec = get_path(op.inputs, "spec")
    if not any(get_path(spec, name) for name in _SUBJECTS):
        return invalid(op, "spec", "", f"at least one of {', '.join(_SUBJECTS)} must be set")
    if not get_path(spec, "issuerRef.name"):
        return invalid(op, "spec.issuerRef.name", "", "must be specified")
    duration, renewal = (_hours(get_path(spec, name)) for name in ("duration", "renewBefore"))
    if duration is not None and duration < _SHORTEST_HOURS:
        return invalid(op, "spec.duration", f"{duration}h", "certificate duration must be greater than 1h0m0s")
    if renewal is not None and renewal < _SHORTEST_RENEWAL_HOURS:
        return invalid(op, "spec.renewBefore", f"{renewal}h", "certificate renewBefore must be greater than 5m0s")
    if renewal is not None and renewal >= (_DEFAULT_HOURS if duration is None else duration):
        text = f"certificate duration {duration}h must be greater than renewBefore {renewal}h"
        return invalid(op, "spec.renewBefore", f"{renewal}h", text)
    return None


def _hours(value: object) -> float | None:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None or not any(match.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours + minutes / 60 + seconds / 3600


def secrets_exist(op: Operation) -> str | None:
    """Rejects the create of an awaited Deployment whose pods mount a secret that is not there, and that no certificate
    fills. The kubelet tries it again for ever (pkg/kubelet/kubelet_pods.go, `MountVolume.SetUp failed`)."""
    if not is_awaited(op):
        return None
    for volume in get_all(op.inputs, "spec.template.spec.volumes[*]"):
        name = get_path(volume, "secret.secretName")
        if isinstance(name, str) and name is not UNKNOWN and get_path(volume, "secret.optional") is not True:
            filled = [item for item in op.state.find(CERTIFICATE, scope=op.scope)
                      if get_path(item.inputs, "spec.secretName") == name]  # fmt: skip
            if not filled and not op.state.find(SECRET, scope=op.scope, name=name):
                return (
                    f"'{op.name}' timed out waiting to be Ready: Minimum number of live Pods was not attained: "
                    f'MountVolume.SetUp failed for volume "{get_path(volume, "name")}" : secret "{name}" not found'
                )
    return None
