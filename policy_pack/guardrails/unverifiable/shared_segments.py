"""Segments of a network of AWS Cloud WAN that are shared with every other one.

With `share-with` of `*` routes of a segment are advertised to all segments and theirs to it (AWS Cloud WAN, "Core
network policy version parameters" and "Add segment actions", read 2026-12-02). That is for what all use: a segment of
shared services, of the inspection or of the way out says so by its name (the examples of that guide have
`sharedservices`); which words count was decided here.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, from_json, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_DOCUMENTS = {
    **dict.fromkeys(aws("networkmanager/CoreNetworkPolicyAttachment"), "policyDocument"),
    **dict.fromkeys(aws("networkmanager/CoreNetwork"), "basePolicyDocument"),
}
_FOR_ALL = lazy_regex(
    r".*(?:shared?|common|services|hub|inspect|firewall|egress|ingress|dns|transit|infra|network|security|edge|internet"
    r"|management|onprem|on-prem).*",
    re.IGNORECASE,
)


def check_shared_segments(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each segment that every other one reaches, and whose name is not of something shared."""
    key = _DOCUMENTS.get(resource.type)
    document = from_json(resource.props.get(key)) if key else None
    actions = document.get("segment-actions") if isinstance(document, dict) else None
    for index, action in enumerate(one_or_many(actions)):
        if not isinstance(action, dict) or str(action.get("action")).lower() != "share":
            continue
        name, shared = str(action.get("segment")), action.get("share-with")
        is_wide = "*" in one_or_many(shared) or (isinstance(shared, dict) and "except" in shared)
        if is_wide and _FOR_ALL.fullmatch(name[:_LONGEST]) is None:
            path = f"{key}.segment-actions[{index}].share-with"
            yield failed(f"{path} is every segment: all of them reach {name}, which is not for all by its name", path)


_LONGEST = 64
"""Characters of a name (as known)."""
