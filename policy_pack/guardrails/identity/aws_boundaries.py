"""Permissions boundaries of AWS: policies that limit what an identity may do, and grant nothing.

A boundary sets the most that the policies of an identity can grant, and is no grant itself (AWS IAM API Reference,
"PutUserPermissionsBoundary", read 2026-12-01), so that its statements are broad by their nature. But a managed policy
becomes a grant as soon as it is attached, in any stack. So a policy counts as a boundary by its name, and no policy of
such a name is attached.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

NAMED = "; a permissions boundary, which grants nothing, has boundary in its name"
"""What fixes of rules on broad policies say of boundaries."""
_POLICY = aws("iam/Policy")[0]
_OF_BOUNDARIES = lazy_regex(r"boundary|boundaries", re.IGNORECASE)
BY_NAME: dict[str, str] = {
    **dict.fromkeys(aws("ssoadmin/CustomerManagedPolicyAttachment"), "customerManagedPolicyReference?.name"),
    **dict.fromkeys(aws("ssoadmin/CustomerManagedPolicyAttachmentsExclusive"),
                    "customerManagedPolicyReferences[*].name"),
}  # fmt: skip
"""Type -> path of the names of the account's policies that it attaches."""


def is_boundary(resource: Resource) -> bool:
    """Returns whether a resource is a managed policy whose name says that it is a boundary."""
    names = (resource.props.get(key) for key in ("name", "namePrefix"))
    return resource.type == _POLICY and any(isinstance(name, str) and _OF_BOUNDARIES.search(name) for name in names)


def check_attached(resource: Resource, paths: dict[str, str]) -> Iterator[Outcome]:
    """Checks that a resource attaches no policy that counts as a boundary. `paths`: type -> path of the ARNs."""
    attached = paths.get(resource.type) or BY_NAME.get(resource.type)
    for path, value in walk(resource.props, attached) if attached else ():
        for item in one_or_many(value):
            yield _judge(item, path)


def _judge(value: Plain, path: str) -> Outcome:
    name = value.strip().rsplit("/", 1)[-1] if isinstance(value, str) else ""
    is_named = _OF_BOUNDARIES.search(name) is not None
    return failed(f"{path} grants what {name} is the limit for", path) if is_named else passed()


def check_attached_in_plan(resource: Resource, plan: Plan, paths: dict[str, str]) -> Iterator[Outcome]:
    """Checks that a resource attaches no boundary of the plan, whose ARN is not known before deployment."""
    path = paths.get(resource.type) or BY_NAME.get(resource.type, "")
    key = re.split(r"[?.\[]", path, maxsplit=1)[0]
    for item in plan.dependencies_of(resource, key):
        if is_boundary(item):
            yield failed(f"{key} grants what {item.name} is the limit for", key)
