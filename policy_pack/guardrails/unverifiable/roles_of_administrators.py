"""Programs, users and devices that get a role whose name says that it administers the account.

The names are those of `readers/administrators.py`. Whoever has the machine, the pod, the function or the certificate
has the role.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.administrators import NAMES

_NODE_CLASSES = "kubernetes:karpenter.k8s.aws/"
_PACKAGES = ("aws:", "kubernetes:")
_NAMES_ONLY = ("aws:auditmanager/", "aws:iam/", "aws:organizations/", "aws:ssoadmin/")
"""Types that say what a role may do, or whose accounts get which, which other guardrails evaluate; and those that only
name who answers for an assessment (copies of the AWS Audit Manager API Reference, Role, whose type is a customer
persona, read 2026-12-02)."""
_KEY = lazy_regex(
    r"(?:[\w.-]{0,60}/)?[\w-]{0,40}?(?:role(?:s|name|[_-]?arns?)?|instance_?profile(?:_?name|_?arn)?)", re.IGNORECASE
)
"""Property that names the role which something gets, such as `taskRoleArn`, `iamInstanceProfile` and
`eks.amazonaws.com/role-arn`."""
_ADMINISTRATOR = lazy_regex(
    rf"arn:aws[\w-]*:iam::\d{{12}}:(?:role|instance-profile)/(?:[^/\s]{{1,64}}/){{0,9}}{NAMES}", re.IGNORECASE
)
_ADMINISTRATOR_BY_NAME = lazy_regex(NAMES, re.IGNORECASE)
_PROFILE = lazy_regex(
    r"(?:.{1,400}[.\]])?(?:(?:iamI|i)nstanceProfile(?:Name)?|instanceRole|iamInstanceProfile(?:\[\d{1,4}\])?\.(?:arn|name)"
    r"|iam\.amazonaws\.com/role)"
)
"""Path of a property that is the name or the ARN of an instance profile, or of the role that the programs of a pod have
(pulumi-aws 7.51.1, Instance, LaunchTemplate, Cluster of EMR, ComputeEnvironment; the annotation of jtblin/kube2iam in
charts and operators, found as a string). A profile that the console makes has the name of its role (copies of the IAM
User Guide, "Using instance profiles"; read 2026-12-02)."""


def check_roles_of_administrators(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each role of an administrator that a resource gets or hands on."""
    if not resource.type.startswith(_PACKAGES) or resource.type.startswith(_NAMES_ONLY):
        return
    for path, key, value in leaves(resource.props):
        is_of_nodes = resource.type.startswith(_NODE_CLASSES) and path == "spec.role"
        if isinstance(value, str) and _is_administrator(path, key, value.strip(), is_of_nodes):
            name = value.strip().rpartition("/")[2]
            yield failed(f"{path}: whoever has it has the role {name}, which administers the account", path)


def _is_administrator(path: str, key: str, value: str, is_of_nodes: bool) -> bool:
    is_given = is_of_nodes or _PROFILE.fullmatch(path) is not None
    if _ADMINISTRATOR.fullmatch(value):
        return is_given or _KEY.fullmatch(key) is not None
    return is_given and _ADMINISTRATOR_BY_NAME.fullmatch(value) is not None
