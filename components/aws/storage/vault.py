"""A vault on AWS: an S3 bucket under its own KMS key."""

from collections.abc import Callable, Iterator, Sequence
from typing import Self

import pulumi
from pydantic import Field, model_validator

from falaj.components.aws.identity.iam_policies import Statement, tls_only
from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.aws.storage.backup_tag import backed_up
from falaj.components.aws.storage.private_bucket import BucketPlan, private_bucket
from falaj.components.aws.storage.vault_policy import BucketAccess, confining_statements, lustre_key_use
from falaj.components.core.storage.lifecycles import lifecycle
from falaj.components.core.validation.args import Args, Choice, Input
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags, with_name_tag

CONFINED_CLASSES = ("confidential", "secret")
"""Data classifications whose vaults are confined by default (UAE national data classification)."""


class VaultArgs(Args):
    """Encrypted storage for one purpose."""

    region: AwsRegion
    """A region of AWS in the UAE."""
    purpose: Choice[Purpose]
    """What it holds, which decides the lifecycle rules."""
    retention_days: int | None = Field(default=None, ge=1)
    """Days after which objects are deleted; decided by the purpose if absent."""
    only_through: Input[str] | None = None
    """Id of the network's S3 endpoint, through which alone the objects of a confined vault are reached."""
    confined: bool | None = None
    """Whether the objects are reached through that endpoint only. If absent, confidential and secret data is confined
    where there is an endpoint. If false, IAM alone decides."""
    trusted_roles: Input[Sequence[Input[str]]] = ()
    """ARNs of roles that AWS services assume to work on a confined vault, such as that of a backup."""
    readers: Input[Sequence[Input[str]]] = ()
    """ARNs of roles that reach a confined vault from `reader_addresses` and `reader_endpoints` too, such as those of a
    copy from another cloud."""
    reader_addresses: Input[Sequence[Input[str]]] = ()
    """Public addresses or blocks of the readers."""
    reader_endpoints: Input[Sequence[Input[str]]] = ()
    """Ids of other S3 endpoints that the readers use, such as that at the end of a private line."""
    scratch: bool = False
    """Whether a Lustre file system is linked to it: FSx may then use its key."""
    backed_up_by: Input[str] | None = None
    """The `mark` of the backup that copies it; none if absent."""
    protect: bool = False
    """Whether the bucket and its key refuse to be deleted."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""

    @model_validator(mode="after")
    def _access_is_complete(self) -> Self:
        refuse_if(self._problems())
        return self

    def _problems(self) -> Iterator[Problem]:
        if self.confined and self.only_through is None:
            yield Problem("confined", True, "false where there is no endpoint", "give `only_through`")
        has_readers = _is_given(self.readers)
        if has_readers != (_is_given(self.reader_addresses) or _is_given(self.reader_endpoints)):
            fix = "give both or neither"
            if not has_readers:
                yield Problem.missing("readers", "`reader_addresses` or `reader_endpoints` is given", fix)
            else:
                yield Problem.missing("reader_addresses", "`readers` is given without `reader_endpoints`", fix)

    @property
    def is_confined(self) -> bool:
        """Whether the objects are reached through the endpoint only."""
        if self.confined is not None:
            return self.confined
        return self.only_through is not None and self.tags["data-classification"] in CONFINED_CLASSES


class Vault(pulumi.ComponentResource):
    """A versioned bucket that only principals of the account can read, and only over TLS.

    Left out on purpose. Object Lock is for records that a regulator wants unchanged: on checkpoints or datasets it
    would only prevent their expiry, and it can be set on a new bucket only. Server access logs cannot be delivered to a
    bucket under a KMS key (S3 User Guide, enabling server access logging), so they would be the only part of a vault
    without a customer-managed key. Reads are recorded by data events of the organisation's CloudTrail, which covers all
    accounts and which readers of the vault cannot turn off.
    """

    vault_name: pulumi.Output[str]
    """Name of the bucket."""
    uri: pulumi.Output[str]
    """Address for programs, `s3://...`."""
    key_id: pulumi.Output[str]
    """ARN of the bucket's KMS key."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultArgs.of(name, args)
        super().__init__("falaj:aws:Vault", name, {}, opts)
        description = f"Encrypts the {args.purpose.value} of {name}"
        key = customer_key(f"{name}-key", description, _key_users(args), args.tags, self, args.protect)
        plan = BucketPlan(
            key.arn,
            lifecycle(args.purpose, args.retention_days),
            lambda arn: self._policy(arn, args),
            args.protect,
            backed_up(with_name_tag(args.tags, name), args.backed_up_by),
        )
        bucket, _ = private_bucket(name, plan, self)
        self.vault_name = bucket.bucket
        self.uri = pulumi.Output.concat("s3://", bucket.bucket)
        self.key_id = key.arn
        self.register_outputs({"vault_name": self.vault_name, "uri": self.uri, "key_id": self.key_id})

    def _policy(self, bucket_arn: pulumi.Output[str], args: VaultArgs) -> pulumi.Output[str]:
        if not args.is_confined:
            return bucket_arn.apply(tls_only)
        access = pulumi.Output.all(
            account=account_id(self),
            endpoint=args.only_through,
            trusted=args.trusted_roles,
            readers=args.readers,
            addresses=args.reader_addresses,
            reader_endpoints=args.reader_endpoints,
        )
        return pulumi.Output.all(bucket_arn, access).apply(
            lambda resolved: tls_only(resolved[0], *confining_statements(resolved[0], BucketAccess(**resolved[1])))
        )


def _is_given(items: pulumi.Input[Sequence[pulumi.Input[str]]]) -> bool:
    return isinstance(items, pulumi.Output) or bool(items)


def _key_users(args: VaultArgs) -> Callable[[str], tuple[Statement, ...]]:
    return lambda account: (lustre_key_use(account, args.region),) if args.scratch else ()
