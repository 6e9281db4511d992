"""Vault on AWS: an S3 bucket with its own KMS key."""

from collections.abc import Callable, Iterator, Sequence

import pulumi
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, tls_only
from falaj.components.aws.identity.keys import account_id, customer_key, key_arn
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.backup_tag import backed_up
from falaj.components.aws.storage.private_bucket import BucketPlan, private_bucket
from falaj.components.aws.storage.vault_policy import BucketAccess, confining_statements, lustre_key_use
from falaj.components.core.site.aws_keys import KeyArn
from falaj.components.core.site.vault_readers import VaultReaders
from falaj.components.core.storage.lifecycles import lifecycle
from falaj.components.core.validation.args import Args, Choice, Input
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag

CONFINED_CLASSES = ("confidential", "secret")
"""Data classifications whose vaults are confined by default (UAE national data classification)."""


class VaultArgs(Args):
    """Encrypted object storage for one purpose."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    purpose: Choice[Purpose]
    """Purpose of the stored data, which decides the lifecycle rules: `datasets`, `checkpoints`, `models` or
    `artifacts`."""
    retention_days: int | None = Field(default=None, ge=1)
    """Days after which objects are deleted, 1 or more. Default: decided by the purpose."""
    only_through: Input[str] | None = None
    """ID of the network's S3 endpoint: output `s3_endpoint_id` of `Network`. The objects of a confined vault can be
    accessed only through it."""
    confined: bool | None = None
    """Whether the objects can be accessed only through `only_through`. Default: true for confidential and secret data
    if `only_through` is given. If false, only IAM policies control access."""
    trusted_roles: Input[Sequence[Input[str]]] = ()
    """ARNs of IAM roles that AWS services assume to access a confined vault, such as that of a backup. Default:
    none."""
    readers: Input[Sequence[Input[str]]] = ()
    """ARNs of IAM roles that may also access a confined vault from `reader_addresses` and `reader_endpoints`, such as
    those of copy jobs in another cloud. Default: none."""
    reader_addresses: Input[Sequence[Input[str]]] = ()
    """Public IP addresses or CIDR blocks of the readers. Default: none."""
    reader_endpoints: Input[Sequence[Input[str]]] = ()
    """IDs of other S3 endpoints that the readers use, such as one at the end of a private line. Default: none."""
    other_readers: Sequence[VaultReaders] = ()
    """Further roles that may access a confined vault, each group from networks of its own. Default: none."""
    scratch: bool = False
    """Whether a Lustre file system is linked to the vault, so that FSx may use its KMS key. Default: false."""
    key: Input[KeyArn] | None = None
    """ARN of an existing KMS key, whose policy allows its users. Default: a key is created."""
    backed_up_by: Input[str] | None = None
    """Output `mark` of the `Backup` that backs up the vault. Default: no backup."""
    protect: bool = False
    """Whether the bucket and its key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""

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
        """Returns whether the objects can be accessed only through the endpoint."""
        if self.confined is not None:
            return self.confined
        return self.only_through is not None and self.tags["data-classification"] in CONFINED_CLASSES


class Vault(RegionalComponent):
    """Versioned bucket that only principals of the account can read, and only over TLS.

    Object Lock and server access logs are left out on purpose. Object Lock is meant for records that a regulator wants
    unchanged: on checkpoints or datasets it would only prevent their expiry, and it can be enabled only on a new
    bucket. Server access logs cannot be delivered to a bucket encrypted with a KMS key (S3 User Guide, enabling server
    access logging), so they would be the only part of a vault without a customer-managed key. Reads are recorded by
    data events of the organisation's CloudTrail, which covers all accounts and which readers of the vault cannot turn
    off.
    """

    vault_name: pulumi.Output[str]
    """Name of the bucket."""
    uri: pulumi.Output[str]
    """URI of the vault, `s3://...`."""
    key_id: pulumi.Output[str]
    """ARN of the bucket's KMS key."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultArgs.of(name, args)
        super().__init__("falaj:aws:Vault", name, args.region, opts)
        description = f"Encrypts the {args.purpose.value} of {name}"
        key = key_arn(
            args.key,
            lambda: customer_key(f"{name}-key", description, _key_statements(args), args.tags, self, args.protect),
        )
        plan = BucketPlan(
            key,
            lifecycle(args.purpose, args.retention_days),
            lambda arn: self._policy(arn, args),
            args.protect,
            backed_up(with_name_tag(args.tags, name), args.backed_up_by),
        )
        bucket, _ = private_bucket(name, plan, self)
        self.vault_name = bucket.bucket
        self.uri = pulumi.Output.concat("s3://", bucket.bucket)
        self.key_id = key
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
            others=[
                {
                    "roles": group.roles,
                    "endpoints": group.endpoints,
                    "addresses": [map_inputs(str, address) for address in group.addresses],
                }
                for group in args.other_readers
            ],
        )
        return pulumi.Output.all(bucket_arn, access).apply(
            lambda resolved: tls_only(resolved[0], *confining_statements(resolved[0], BucketAccess(**resolved[1])))
        )


def _is_given(items: pulumi.Input[Sequence[pulumi.Input[str]]]) -> bool:
    return isinstance(items, pulumi.Output) or bool(items)


def _key_statements(args: VaultArgs) -> Callable[[str], tuple[Statement, ...]]:
    return lambda account: (lustre_key_use(account, args.region),) if args.scratch else ()
