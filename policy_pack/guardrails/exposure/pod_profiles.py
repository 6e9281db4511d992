"""Profiles of the kernel's security modules that forbid a pod nothing, and labels of SELinux that cover those of
others.

The restricted Pod Security level accepts every profile of the node and every level (Kubernetes, "Pod Security
Standards"); what they do is known by their names: "Restrict a Container's Syscalls with seccomp" (`audit.json` records
only) and "AppArmor" (`unconfined`, complain mode), read in kubernetes/website 3842a284 on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, Pod

_FORBIDS_NOTHING = lazy_regex(
    r"(?:.*[/._-])?(?:unconfined|complain|allow[_-]?all|permissive|disabled|(?:audit|log)(?:[_-]?(?:only|all))?)"
    r"(?:\.json)?",
    re.IGNORECASE,
)
_COVERS_OTHERS = lazy_regex(r".*\bc\d+\.c\d+.*")
"""Level with a range of categories: each pod has two of its own by which files are kept from others."""
_PROFILES = ("seccompProfile", "appArmorProfile")
_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


def check_profiles(pod: Pod) -> Iterator[Outcome]:
    """Yields a failure for each profile that forbids nothing, and each level that covers those of other pods."""
    contexts = (pod.spec.child("securityContext"), *(item.child("securityContext") for item in pod.containers))
    for context in contexts:
        yield from _check_context(context)


def check_annotated_profiles(annotations: ObjectPart) -> Iterator[Outcome]:
    """Checks that annotations name a profile of AppArmor, and one that forbids something."""
    for key, value in annotations.data.items():
        profile = str(value)
        if not key.startswith(_ANNOTATION) or profile == "runtime/default":
            continue
        if not profile.startswith("localhost/"):
            yield failed(f"annotation {key} must be runtime/default", annotations.path)
        elif _FORBIDS_NOTHING.fullmatch(profile.removeprefix("localhost/")):
            yield failed(f"{annotations.path_to(key)} names a profile that forbids nothing", annotations.path)


def _check_context(context: ObjectPart) -> Iterator[Outcome]:
    for name in _PROFILES:
        path, profile = context.child(name).path_to("localhostProfile"), context.child(name).get("localhostProfile")
        if _FORBIDS_NOTHING.fullmatch(str(profile)):
            yield failed(f"{path} names a profile that forbids nothing", path)
    options = context.child("seLinuxOptions")
    if _COVERS_OTHERS.fullmatch(str(options.get("level"))):
        yield failed(f"{options.path_to('level')} covers the files of other pods", options.path_to("level"))
