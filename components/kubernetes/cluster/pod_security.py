"""What a pod of the platform may do on its node: nothing that a program without privileges does not need.

The level `restricted` of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards, read
2026-11-24), and beside it a root file system that nobody writes.
"""

from collections.abc import Mapping

from pulumi_kubernetes.core.v1 import PodSecurityContextArgsDict, SecurityContextArgsDict

_LEVEL = "restricted"


def restricted_namespace(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels of a namespace in which the API server refuses any pod that asks for more, beside those given."""
    modes = {f"pod-security.kubernetes.io/{mode}": _LEVEL for mode in ("enforce", "audit", "warn")}
    return {**labels, **modes}


def restricted_pod(user: int) -> PodSecurityContextArgsDict:
    """The pod's part; `user` is a number that the image's files can be read as, never 0."""
    return {
        "run_as_non_root": True,
        "run_as_user": user,
        "run_as_group": user,
        "fs_group": user,
        "seccomp_profile": {"type": "RuntimeDefault"},
    }


def restricted_container() -> SecurityContextArgsDict:
    """Each container's part."""
    return {
        "allow_privilege_escalation": False,
        "read_only_root_filesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
