"""`python -m tests.project.aws_provider_source INDEX`: derives the calls of Pulumi's AWS provider from its source.

INDEX is a git directory of https://github.com/lonegunmanb/terraform-provider-aws-index, which has the source of
hashicorp/terraform-provider-aws (Mozilla Public License 2.0), on which Pulumi's provider is built, one function a file.
The table keeps facts only: per type and operation the IAM actions of all requests that the operation's function, and
the functions that it calls, can make. Which of them the components' arguments never lead to is stated, with the reason,
in `aws_provider_uncalled.csv`.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from falaj.facts.aws_permissions import OPERATIONS, types

TABLE = Path(__file__).with_name("aws_provider_source.csv")

_TERRAFORM_NAMES: Mapping[str, str] = {
    "aws:autoscaling/tag:Tag": "aws_autoscaling_group_tag",
    "aws:bcmdata/export:Export": "aws_bcmdataexports_export",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": "aws_ec2_transit_gateway_vpc_attachment",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "aws_iam_openid_connect_provider",
}
_METHODS: Mapping[str, tuple[str, str]] = {
    "aws_sqs_queue_policy": ("func.h.", "method.queueAttributeHandler."),
    "aws_vpc_security_group_egress_rule": ("method..", "method.securityGroupRuleResource."),
}
"""Terraform type -> the beginning of the names of its functions in the index, and in the source."""
_MODULE_NAMES: Mapping[str, str] = {"costexplorer": "ce_", "ec2": "", "vpc": "vpc_"}
_ACTION_PREFIXES: Mapping[str, str] = {
    "bcmdataexports": "bcm-data-exports",
    "cloudwatchlogs": "logs",
    "costexplorer": "ce",
    "efs": "elasticfilesystem",
    "eventbridge": "events",
}
"""Package of the Go SDK -> prefix of its IAM actions, where they differ."""

_S3_CONFIGURATIONS = ("Encryption", "Replication", "Accelerate", "Lifecycle")
_OTHER_ACTIONS: Mapping[str, str] = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectVersions": "s3:ListBucketVersions",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:PutBucketCors": "s3:PutBucketCORS",
    "s3:DeleteBucketCors": "s3:PutBucketCORS",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:PutObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:DeleteBucketOwnershipControls": "s3:PutBucketOwnershipControls",
    "s3:DeleteBucketTagging": "s3:PutBucketTagging",
    "s3control:ListTagsForResource": "s3:ListTagsForResource",
    "s3control:TagResource": "s3:TagResource",
    "s3control:UntagResource": "s3:UntagResource",
    **{f"s3:GetBucket{name}": f"s3:Get{name}Configuration" for name in _S3_CONFIGURATIONS},
    **{f"s3:PutBucket{name}": f"s3:Put{name}Configuration" for name in _S3_CONFIGURATIONS},
    **{f"s3:DeleteBucket{name}": f"s3:Put{name}Configuration" for name in _S3_CONFIGURATIONS},
    **{f"s3:{verb}Bucket{name}Configuration": f"s3:{verb}{name}Configuration"
       for verb in ("Get", "Put") for name in ("Lifecycle", "Accelerate")},
    **{f"budgets:{verb}Budget": "budgets:ModifyBudget" for verb in ("Create", "Update", "Delete")},
    **{f"budgets:{verb}Notification": "budgets:ModifyBudget" for verb in ("Create", "Update", "Delete")},
    **{f"budgets:{verb}Subscriber": "budgets:ModifyBudget" for verb in ("Create", "Delete")},
    **{f"budgets:Describe{name}": "budgets:ViewBudget" for name in
       ("Budget", "Budgets", "NotificationsForBudget", "SubscribersForNotification")},
}  # fmt: skip
"""Requests whose IAM action has another name (service authorization reference, 2026-11-26)."""

_IMPORT = re.compile(r'^\t(?:(\w+) )?"github\.com/aws/aws-sdk-go-v2/service/(\w+)"$', re.MULTILINE)
_OWN_IMPORT = re.compile(r'^\t(?:(\w+) )?"github\.com/hashicorp/terraform-provider-aws/internal/service/(\w+)"$', re.M)
_CLIENT = re.compile(r"\b(\w+) (?::?=) [^\n]*?\.(\w+)Client\(ctx")
_PARAMETER = re.compile(r"\b(\w+) \*(\w+)\.Client\b")
_PAGINATOR = re.compile(r"\b(\w+)\.New(\w+)Paginator\(")
_WAITER = re.compile(r"\b(\w+)\.New(\w+)Waiter\(")
_REQUEST = re.compile(r"\b(\w+)\.([A-Z]\w+)\(ctx")
_NAME = re.compile(r"(?<![\w.])([a-z]\w+)\b(?!\s*:=)")
_METHOD = re.compile(r"\b[a-z]\w*\.([a-z]\w+)\(")
_QUALIFIED = re.compile(r"\b(tf\w+)\.(\w+)\b")
_SDK_PACKAGES: Mapping[str, str] = {"logs": "cloudwatchlogs", "ce": "costexplorer", "events": "eventbridge"}
"""Package of the provider, and name of its client -> package of the Go SDK, where they differ."""
_DIRECTORY_BUCKETS = "s3express"
"""Client for buckets of another kind, which no component creates."""


@dataclass
class Index:
    """The functions of the provider's source."""

    folder: str
    _texts: dict[str, str] = field(default_factory=dict)

    def git(self, *arguments: str) -> str:
        """Returns the output of a git command."""
        return subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, text=True, check=True).stdout

    @cached_property
    def version(self) -> str:
        """Version of the provider."""
        return self.git("log", "-1", "--format=%s").split()[-1]

    @cached_property
    def files(self) -> frozenset[str]:
        """All paths."""
        return frozenset(self.git("ls-tree", "-r", "--name-only", "HEAD", "index").splitlines())

    @cached_property
    def methods(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """(package, method) -> paths."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for path in self.files:
            if match := re.fullmatch(r"index/internal/service/(\w+)/method\.\w+\.(\w+)\.goindex", path):
                found[match[1], match[2]] = (*found.get((match[1], match[2]), ()), path)
        return found

    def text(self, path: str) -> str:
        """Returns a file."""
        if path not in self._texts:
            self._texts[path] = self.git("show", f"HEAD:{path}")
        return self._texts[path]

    def resource(self, name: str) -> Mapping[str, str]:
        """Returns the entry of a Terraform type."""
        return json.loads(self.text(f"index/resources/{name}.json"))


def terraform_name(token: str) -> str:
    """Returns the Terraform type of a Pulumi type."""
    if token in _TERRAFORM_NAMES:
        return _TERRAFORM_NAMES[token]
    module, name = token.split(":")[1].partition("/")[0], token.rpartition(":")[2]
    return "aws_" + _MODULE_NAMES.get(module, f"{module}_") + re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _package(path: str) -> str:
    return path.split("/")[3]


def _body(text: str) -> str:
    """Returns a function without its imports and comments."""
    return re.sub(r"//[^\n]*", "", text[text.find("\nfunc ") :])


def _reached(index: Index, start: str) -> Iterator[str]:
    """Yields the paths of a function and of all that it calls or passes on, of any package of services."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop()
        yield path
        text = index.text(path)
        body, package = _body(text), _package(path)
        others = {alias or name: name for alias, name in _OWN_IMPORT.findall(text)}
        named = [f"index/internal/service/{package}/func.{name}.goindex" for name in set(_NAME.findall(body))]
        named += [
            f"index/internal/service/{others[alias]}/func.{spelling}.goindex"
            for alias, name in set(_QUALIFIED.findall(body))
            if alias in others
            for spelling in (name, name[0].lower() + name[1:])  # exported under a capital name
        ]
        methods = [at for name in set(_METHOD.findall(body)) for at in index.methods.get((package, name), ())]
        for other in (*named, *methods):
            if other in index.files and other not in seen:
                seen.add(other)
                waiting.append(other)


def _requests(index: Index, path: str) -> Iterator[str]:
    """Yields the requests (`sdk package:Operation`) in one function."""
    text = index.text(path)
    body, package = _body(text), _package(path)
    imports = {alias or name: name for alias, name in _IMPORT.findall(text)}
    clients: dict[str, set[str]] = {}
    for variable, alias in _PARAMETER.findall(body):
        clients.setdefault(variable, set()).add(imports.get(alias, alias))
    for variable, service in _CLIENT.findall(body):
        clients.setdefault(variable, set()).add(_SDK_PACKAGES.get(service.lower(), service.lower()))
    clients.setdefault("conn", {_SDK_PACKAGES.get(package, package)})
    for variable, operation in _REQUEST.findall(body):
        yield from (f"{service}:{operation}" for service in clients.get(variable, set()) - {_DIRECTORY_BUCKETS})
    for alias, operation in (*_PAGINATOR.findall(body), *_WAITER.findall(body)):
        if alias in imports and not operation.endswith(("Exists", "Available")):
            yield f"{imports[alias]}:{operation}"


def action(request: str) -> str:
    """Returns the IAM action of a request."""
    if request in _OTHER_ACTIONS:
        return _OTHER_ACTIONS[request]
    package, _, operation = request.partition(":")
    return f"{_ACTION_PREFIXES.get(package, package)}:{operation}"


def _tagging(index: Index, package: str, name: str, operation: str, paths: set[str]) -> Iterator[str]:
    """Yields the functions with which the provider's interceptor reads or changes tags of a type, unless the type's own
    read does."""
    registered = "".join(
        index.text(path)
        for kind in ("SDK", "Framework")
        if (path := f"index/internal/service/{package}/method.servicePackage.{kind}Resources.goindex") in index.files
    )
    entry = next((part for part in registered.split("\n\t\t{") if f'"{name}"' in part), "")
    if "IdentifierAttribute" not in entry:
        return
    own = any("setTagsOut(" in _body(index.text(path)) for path in paths)
    method = {"update": "UpdateTags", "read": "" if own else "ListTags"}.get(operation)
    if method:
        yield from index.methods.get((package, method), ())


def calls(index: Index, token: str, operation: str) -> list[str]:
    """Returns the IAM actions that an operation on a type can need."""
    name = terraform_name(token)
    entry = index.resource(name)
    package = entry["namespace"].rpartition("/")[2]
    file = entry.get(f"{operation}_index", "").replace(*_METHODS.get(name, ("", "")))
    if not file or f"index/internal/service/{package}/{file}" not in index.files:
        return []
    paths = set(_reached(index, f"index/internal/service/{package}/{file}"))
    for start in _tagging(index, package, name, operation, paths):
        paths |= set(_reached(index, start))
    return sorted({action(request) for path in paths for request in _requests(index, path)})


def derive(index: Index) -> Iterator[tuple[str, str, str]]:
    """Yields (type, operation, actions)."""
    for token in sorted(types()):
        for operation in OPERATIONS:
            if found := calls(index, token, operation):
                yield token, operation, " ".join(found)


def main(index: Index) -> None:
    """Writes the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("type", "operation", f"actions of terraform-provider-aws {index.version}"))
        writer.writerows(derive(index))


if __name__ == "__main__":
    main(Index(sys.argv[1]))
