"""Access to vaults for the pods of one service account, through an IAM role."""

from collections.abc import Iterable, Mapping, Sequence

import pulumi
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.pod_identity import ServiceAccountPods, confined_role, grant_to_pods
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.storage.vault_access import Folder, require_folder, write_problems
from falaj.components.core.validation.args import Accepts, Args, Input, Spec, default
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class VaultGrant(Spec):
    """Access to one vault, or to a folder in it."""

    bucket_name: Input[str]
    """Name of the bucket: output `vault_name` of a `Vault`."""
    bucket_key: Input[str]
    """ARN of the bucket's KMS key: output `key_id` of a `Vault`."""
    folder: Input[Folder] | None = None
    """Folder that access is limited to, such as `tenants/treasury`. Default: the whole vault."""


class VaultAccessArgs(Args):
    """Access of one Kubernetes service account to vaults."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region of the vaults, in the UAE."""
    cluster_name: Input[str]
    """Name of the EKS cluster that the pods run in."""
    namespace: Input[Label]
    """Namespace of the pods."""
    service_account: Input[Label]
    """Service account of the pods. It may be created later."""
    vaults: Accepts[Mapping[Purpose, VaultGrant], Mapping[Purpose, VaultGrant] | Mapping[str, VaultGrant]] = Field(
        min_length=1
    )
    """Vaults that the pods may read, by purpose, at least one: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(())
    """Purposes whose vaults the pods may also write to. Each must be in `vaults`. Default: none."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

    def _problems(self) -> Iterable[Problem]:
        return write_problems(self.writes, self.vaults)


class VaultAccess(RegionalComponent):
    """IAM role for the pods of one service account, through EKS Pod Identity: no access key is stored.

    Vaults that are confined to their network need no change, because the pods use the network's S3 endpoint. Write
    access includes deleting objects, but not their noncurrent versions. A pod gets its identity when it starts: make
    workloads depend on this component.
    """

    role_arn: pulumi.Output[str]
    """ARN of the role."""
    service_account: pulumi.Output[str]
    """Name of the service account. Resolves once its pods get the role."""

    def __init__(self, name: str, args: VaultAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultAccessArgs.of(name, args)
        super().__init__("falaj:aws:VaultAccess", name, args.region, opts)
        pods = ServiceAccountPods(args.cluster_name, args.namespace, args.service_account)
        role = confined_role(name, pods, args.tags, self)
        association = grant_to_pods(name, role, ("vaults", _policy(args)), pods, args.tags, self)
        self.role_arn = role.arn
        self.service_account = association.service_account
        self.register_outputs({"role_arn": self.role_arn, "service_account": self.service_account})


def _policy(args: VaultAccessArgs) -> pulumi.Output[str]:
    buckets = {
        purpose.value: pulumi.Output.all(grant.bucket_name, grant.bucket_key, grant.folder)
        for purpose, grant in args.vaults.items()
    }
    return pulumi.Output.all(**buckets).apply(lambda resolved: _document(args, resolved))


def _document(args: VaultAccessArgs, resolved: Mapping[str, tuple[str, str, str | None]]) -> str:
    statements: list[Statement] = []
    for purpose in args.vaults:
        bucket, key, folder = resolved[purpose.value]
        statements += vault_statements(purpose, bucket, key, args.region, folder, purpose in args.writes)
    return document(*statements)


_READ_ACTIONS = ("s3:GetObject",)
_WRITE_ACTIONS = (
    *_READ_ACTIONS,
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
_KEY_READ_ACTIONS = ("kms:Decrypt",)
_KEY_WRITE_ACTIONS = (*_KEY_READ_ACTIONS, "kms:GenerateDataKey")
"""Writing needs `kms:Decrypt` too: S3 decrypts the parts of a multipart upload when it assembles them."""


def vault_statements(
    purpose: Purpose, bucket: str, key: str, region: str, folder: str | None, writes: bool
) -> tuple[Statement, ...]:
    """Returns statements that allow access to the objects of one vault, and use of its key through S3. `key` is an
    ARN."""
    arn = f"arn:aws:s3:::{bucket}"
    title = purpose.value.title()
    if folder is not None:
        require_folder(folder)
    prefix = f"{folder}/" if folder else ""
    list_condition = {"StringLike": {"s3:prefix": [folder, f"{folder}/*"]}} if folder else {}
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}}
    return (
        Statement(f"{title}List", ("s3:ListBucket",), (arn,), conditions=list_condition),
        Statement(f"{title}Objects", _WRITE_ACTIONS if writes else _READ_ACTIONS, (f"{arn}/{prefix}*",)),
        Statement(f"{title}Key", _KEY_WRITE_ACTIONS if writes else _KEY_READ_ACTIONS, (key,), conditions=through_s3),
    )
