"""Security contexts of the platform's pods, without privileges.

They meet the level `restricted` of the Pod Security Standards (read 2026-11-24 at
kubernetes.io/docs/concepts/security/pod-security-standards), and have a read-only root file system.
"""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.core.v1 import PodSecurityContextArgsDict, SecurityContextArgsDict

_LEVEL = "restricted"


def restricted_namespace(labels: Mapping[str, str]) -> dict[str, str]:
    """Returns `labels` with the labels that make the API server enforce level `restricted`."""
    modes = {f"pod-security.kubernetes.io/{mode}": _LEVEL for mode in ("enforce", "audit", "warn")}
    return {**labels, **modes}


def restricted_pod(user: pulumi.Input[int]) -> PodSecurityContextArgsDict:
    """Returns the security context of a pod; `user` is a numeric user ID, not 0, that can read the image's files."""
    return {
        "run_as_non_root": True,
        "run_as_user": user,
        "run_as_group": user,
        "fs_group": user,
        "seccomp_profile": {"type": "RuntimeDefault"},
    }


def restricted_container() -> SecurityContextArgsDict:
    """Returns the security context of a container."""
    return {
        "allow_privilege_escalation": False,
        "read_only_root_filesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
