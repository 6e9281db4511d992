"""Security contexts of the platform's pods: no privileges.

The level `restricted` of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards, read
2026-11-24), and in addition a read-only root file system.
"""

from collections.abc import Mapping

from pulumi_kubernetes.core.v1 import PodSecurityContextArgsDict, SecurityContextArgsDict

_LEVEL = "restricted"


def restricted_namespace(labels: Mapping[str, str]) -> dict[str, str]:
    """The given labels, and those by which the API server refuses pods above level `restricted`."""
    modes = {f"pod-security.kubernetes.io/{mode}": _LEVEL for mode in ("enforce", "audit", "warn")}
    return {**labels, **modes}


def restricted_pod(user: int) -> PodSecurityContextArgsDict:
    """Security context of a pod; `user` is a numeric user that can read the image's files, never 0."""
    return {
        "run_as_non_root": True,
        "run_as_user": user,
        "run_as_group": user,
        "fs_group": user,
        "seccomp_profile": {"type": "RuntimeDefault"},
    }


def restricted_container() -> SecurityContextArgsDict:
    """Security context of a container."""
    return {
        "allow_privilege_escalation": False,
        "read_only_root_filesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
