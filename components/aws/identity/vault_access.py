"""What the pods of one service account may do in vaults, and through which role they get it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.assume_role_policies import pod_trust
from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.identity.keys import account_id
from falaj.components.core.storage.vault_access import CheckedWorkload, Folder
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.regions import AwsRegion


class VaultGrant(TypedDict):
    """One vault, or a folder of one."""

    bucket_name: pulumi.Input[str]
    """Name of the bucket: `vault_name` of a `Vault`."""
    bucket_key: pulumi.Input[str]
    """ARN of its KMS key: `key_id` of a `Vault`."""
    folder: NotRequired[str]
    """Folder below which the pods see objects, such as `tenants/treasury`; the whole vault if absent."""


class VaultAccessArgs(TypedDict):
    """Arguments of a `VaultAccess`."""

    region: str
    """Region of the vaults, in the UAE."""
    cluster_name: pulumi.Input[str]
    """Name of the cluster that the pods run in."""
    namespace: str
    """Their namespace."""
    service_account: str
    """Their service account. It need not be there yet."""
    vaults: Mapping[str, VaultGrant]
    """What they read, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: NotRequired[Sequence[Purpose]]
    """Purposes that they write as well; none if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Grant(Checked):
    bucket_name: Passed[str]
    bucket_key: Passed[str]
    folder: Folder | None = None


class _Checked(CheckedWorkload):
    region: AwsRegion
    cluster_name: Passed[str]
    vaults: Annotated[dict[Purpose, _Grant], Field(min_length=1)]

    @property
    def purposes(self) -> Collection[Purpose]:
        return self.vaults.keys()


class VaultAccess(pulumi.ComponentResource):
    """A role for the pods of one service account, given to them by EKS Pod Identity: no key is stored anywhere.

    Vaults that are confined to their network let it in as they are, because the pods come through its S3 endpoint.
    Who writes may take an object away too, but never one of its former versions. A pod gets its identity when it
    starts: make workloads depend on this.
    """

    role_arn: pulumi.Output[str]
    """ARN of the role."""
    service_account: pulumi.Output[str]
    """The service account, once its pods have the role."""

    def __init__(self, name: str, args: VaultAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:VaultAccess", name, {}, opts)
        role, policy = self._role(name, settings)
        association = aws.eks.PodIdentityAssociation(
            f"{name}-identity",
            cluster_name=settings.cluster_name,
            namespace=settings.namespace,
            service_account=settings.service_account,
            role_arn=role.arn,
            tags=settings.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.role_arn = role.arn
        self.service_account = association.service_account
        self.register_outputs({"role_arn": self.role_arn, "service_account": self.service_account})

    def _role(self, name: str, settings: _Checked) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
        child = pulumi.ResourceOptions(parent=self)
        trust = pulumi.Output.all(account_id(self), settings.cluster_name).apply(
            lambda both: pod_trust(both[0], both[1], settings.namespace, settings.service_account)
        )
        role = aws.iam.Role(f"{name}-role", assume_role_policy=trust, tags=settings.tags, opts=child)
        ends = {
            purpose.value: pulumi.Output.all(grant.bucket_name, grant.bucket_key)
            for purpose, grant in settings.vaults.items()
        }
        policy = aws.iam.RolePolicy(
            f"{name}-vaults",
            role=role.name,
            policy=pulumi.Output.all(**ends).apply(lambda known: _uses(settings, known)),
            opts=child,
        )
        return role, policy


def _uses(settings: _Checked, ends: Mapping[str, Sequence[str]]) -> str:
    statements: list[Statement] = []
    for purpose, grant in settings.vaults.items():
        bucket, key = ends[purpose.value]
        statements += uses(purpose, bucket, key, settings.region, grant.folder, purpose in settings.writes)
    return document(*statements)


_READS = ("s3:GetObject",)
_WRITES = (*_READS, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
_KEY_READS = ("kms:Decrypt",)
_KEY_WRITES = (*_KEY_READS, "kms:GenerateDataKey")
"""Who writes decrypts too: S3 does so with the parts of an object when it joins them."""


def uses(
    purpose: Purpose, bucket: str, key: str, region: str, folder: str | None, writes: bool
) -> tuple[Statement, ...]:
    """What a role may do with the objects of one vault, and through S3 with its key. `key` is an ARN."""
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
