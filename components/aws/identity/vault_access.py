"""Access of the pods of one service account to vaults, through an IAM role."""

from collections.abc import Mapping, Sequence
from typing import Self

import pulumi
import pulumi_aws as aws
from pydantic import Field, model_validator

from falaj.components.aws.identity.assume_role_policies import pod_trust
from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.keys import account_id
from falaj.components.core.storage.vault_access import Folder
from falaj.components.core.validation.args import Accepts, Args, Input, Spec, default
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags


class VaultGrant(Spec):
    """Access to one vault, or to a folder of it."""

    bucket_name: Input[str]
    """Name of the bucket: `vault_name` of a `Vault`."""
    bucket_key: Input[str]
    """ARN of its KMS key: `key_id` of a `Vault`."""
    folder: Input[Folder] | None = None
    """Folder below which the pods see objects, such as `tenants/treasury`; the whole vault if absent."""


class VaultAccessArgs(Args):
    """Access of one Kubernetes service account to vaults."""

    region: AwsRegion
    """Region of the vaults, in the UAE."""
    cluster_name: Input[str]
    """Name of the cluster that the pods run in."""
    namespace: Input[Label]
    """Namespace of the pods."""
    service_account: Input[Label]
    """Service account of the pods. It need not exist yet."""
    vaults: Accepts[Mapping[Purpose, VaultGrant], Mapping[Purpose, VaultGrant] | Mapping[str, VaultGrant]] = Field(
        min_length=1
    )
    """What the pods read, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(())
    """Purposes that the pods write to as well."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""

    @model_validator(mode="after")
    def _writes_are_granted(self) -> Self:
        granted = ", ".join(sorted(purpose.value for purpose in self.vaults))
        refuse_if(
            Problem("writes", purpose.value, granted, "add the vault to `vaults`, or remove it here")
            for purpose in self.writes
            if purpose not in self.vaults
        )
        return self


class VaultAccess(pulumi.ComponentResource):
    """An IAM role for the pods of one service account, by EKS Pod Identity: no key is stored anywhere.

    Vaults that are confined to their network need no change, because the pods use its S3 endpoint. Write access
    includes deleting an object, but none of its noncurrent versions. A pod gets its identity when it starts: make
    workloads depend on this component.
    """

    role_arn: pulumi.Output[str]
    """ARN of the role."""
    service_account: pulumi.Output[str]
    """The service account, once its pods have the role."""

    def __init__(self, name: str, args: VaultAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultAccessArgs.of(name, args)
        super().__init__("falaj:aws:VaultAccess", name, {}, opts)
        role, policy = self._role(name, args)
        association = aws.eks.PodIdentityAssociation(
            f"{name}-identity",
            cluster_name=args.cluster_name,
            namespace=args.namespace,
            service_account=args.service_account,
            role_arn=role.arn,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.role_arn = role.arn
        self.service_account = association.service_account
        self.register_outputs({"role_arn": self.role_arn, "service_account": self.service_account})

    def _role(self, name: str, args: VaultAccessArgs) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        child = pulumi.ResourceOptions(parent=self)
        trust = pulumi.Output.all(account_id(self), args.cluster_name, args.namespace, args.service_account).apply(
            lambda resolved: pod_trust(*resolved)
        )
        role = aws.iam.Role(f"{name}-role", assume_role_policy=trust, tags=args.tags, opts=child)
        buckets = {
            purpose.value: pulumi.Output.all(grant.bucket_name, grant.bucket_key, grant.folder)
            for purpose, grant in args.vaults.items()
        }
        policy = aws.iam.RolePolicy(
            f"{name}-vaults",
            role=role.name,
            policy=pulumi.Output.all(**buckets).apply(lambda resolved: _policy(args, resolved)),
            opts=child,
        )
        return role, policy


def _policy(args: VaultAccessArgs, resolved: Mapping[str, tuple[str, str, str | None]]) -> str:
    statements: list[Statement] = []
    for purpose in args.vaults:
        bucket, key, folder = resolved[purpose.value]
        statements += uses(purpose, bucket, key, args.region, folder, purpose in args.writes)
    return document(*statements)


_READS = ("s3:GetObject",)
_WRITES = (*_READS, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
_KEY_READS = ("kms:Decrypt",)
_KEY_WRITES = (*_KEY_READS, "kms:GenerateDataKey")
"""Writing needs decryption too: S3 decrypts the parts of an object when it joins them."""


def uses(
    purpose: Purpose, bucket: str, key: str, region: str, folder: str | None, writes: bool
) -> tuple[Statement, ...]:
    """Statements on the objects of one vault, and on its key through S3. `key` is an ARN."""
    arn = f"arn:aws:s3:::{bucket}"
    title = purpose.value.title()
    below = f"{folder}/" if folder else ""
    listed = {"StringLike": {"s3:prefix": [folder, f"{folder}/*"]}} if folder else {}
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}}
    return (
        Statement(f"{title}List", ("s3:ListBucket",), (arn,), conditions=listed),
        Statement(f"{title}Objects", _WRITES if writes else _READS, (f"{arn}/{below}*",)),
        Statement(f"{title}Key", _KEY_WRITES if writes else _KEY_READS, (key,), conditions=through_s3),
    )
