"""Broad roles of a namespace that accounts of another team's namespace get.

Whoever starts a pod in the account's namespace has the role, so that two teams are one (Kubernetes, "Using RBAC
Authorization", user-facing roles, as known on 2026-11-29). Accounts of the platform, and of pipelines that deploy into
the namespaces of teams, are known by the names of their namespaces.
"""

import re
from collections.abc import Iterator

from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import is_of_platform
from .controller_rights import CONTROLLER_NAMESPACES

_DEPLOYERS = re.compile(
    r"(?:.*-)?(?:ci|cd|ci-?cd|argo\w*|flux\w*|build\w*|deliver\w*|deploy\w*|devops|drone|git\w*|jenkins|ops|pipelines?"
    r"|platform|releases?|runners?|shared|spinnaker|tekton|tools?|tooling|woodpecker|workflows?)(?:-.*)?"
)
"""Namespaces of pipelines and of the platform."""


def check_accounts_of_others(binding: ObjectPart) -> Iterator[Outcome]:
    """Checks that no account of another team's namespace has a broad role in the namespace of a binding."""
    own = binding.child("metadata").get("namespace")
    for subject in binding.children("subjects"):
        theirs = subject.get("namespace")
        if subject.get("kind") != "ServiceAccount" or not isinstance(own, str) or not isinstance(theirs, str):
            continue
        is_deployer = is_of_platform(theirs) or any(
            pattern.fullmatch(theirs) for pattern in (CONTROLLER_NAMESPACES, _DEPLOYERS)
        )
        path = subject.path_to("namespace")
        text = f"{path} gives an account of {theirs} a broad role in {own}, so that two teams are one"
        yield passed() if theirs == own or is_deployer else failed(text, path)
