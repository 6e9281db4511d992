"""AWS bill in FOCUS format, exported daily to an encrypted bucket in the UAE."""

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, tls_only
from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.private_bucket import BucketPlan, private_bucket
from falaj.components.core.money.record_retention import TAX_RECORD_DAYS
from falaj.components.core.storage.lifecycles import Lifecycle
from falaj.components.core.validation.args import Args
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.facts.focus import AWS_TABLE, aws_query

WRITERS = ("bcm-data-exports.amazonaws.com", "billingreports.amazonaws.com")
"""Service principals that write and verify an export (Data Exports User Guide, dataexports-s3-bucket; read
2026-11-24)."""

API_REGION = "us-east-1"
"""Region of the Data Exports API, regardless of the bucket's region."""

PREFIX = "focus"


class CostExportArgs(Args):
    """Export of the bill of an account, or of all accounts of its organisation if it is the management account."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE for the bucket. The API of the older Cost and Usage Report lists me-central-1 (AWSRegion);
    delivery by Data Exports to this opt-in region was not tested in a real account."""
    retention_days: int = Field(default=TAX_RECORD_DAYS, ge=31)
    """Retention of the exported files in days: 31 or more. Default: 2928, as for tax records."""
    protect: bool = False
    """Whether the bucket and its key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class CostExport(RegionalComponent):
    """Exports every charge with its tags, in one file per month that is overwritten daily until the month is closed."""

    bucket_name: pulumi.Output[str]
    """Name of the bucket."""
    uri: pulumi.Output[str]
    """URI of the exported files, `s3://...`."""
    key_id: pulumi.Output[str]
    """ARN of the bucket's KMS key."""
    export_arn: pulumi.Output[str]
    """ARN of the export."""

    def __init__(self, name: str, args: CostExportArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = CostExportArgs.of(name, args)
        super().__init__("falaj:aws:CostExport", name, args.region, opts)
        key = customer_key(
            f"{name}-key",
            f"Encrypts the bill exported by {name}",
            lambda account: (writer_key_use(account),),
            args.tags,
            self,
            args.protect,
        )
        # Files are read during their first two months, if at all.
        file_lifecycle = Lifecycle(cool=90, cold=None, expire=args.retention_days, old_versions=30)
        plan = BucketPlan(key.arn, file_lifecycle, self._policy, args.protect, with_name_tag(args.tags, name))
        bucket, policy = private_bucket(name, plan, self)
        export = self._export(name, args, bucket, policy)
        self.bucket_name = bucket.bucket
        self.uri = pulumi.Output.concat("s3://", bucket.bucket, f"/{PREFIX}")
        self.key_id = key.arn
        self.export_arn = export.arn
        self.register_outputs(
            {
                "bucket_name": self.bucket_name,
                "uri": self.uri,
                "key_id": self.key_id,
                "export_arn": self.export_arn,
            }
        )

    def _policy(self, bucket_arn: pulumi.Output[str]) -> pulumi.Output[str]:
        return pulumi.Output.all(bucket_arn, account_id(self)).apply(
            lambda resolved: writer_bucket_policy(resolved[0], resolved[1])
        )

    def _export(
        self, name: str, args: CostExportArgs, bucket: aws.s3.Bucket, policy: aws.s3.BucketPolicy
    ) -> aws.bcmdata.Export:
        output = aws.bcmdata.ExportExportDestinationConfigurationS3DestinationS3OutputConfigurationArgs(
            overwrite="OVERWRITE_REPORT", format="TEXT_OR_CSV", compression="GZIP", output_type="CUSTOM"
        )
        destination = aws.bcmdata.ExportExportDestinationConfigurationS3DestinationArgs(
            s3_bucket=bucket.bucket, s3_prefix=PREFIX, s3_region=args.region, s3_output_configurations=[output]
        )
        return aws.bcmdata.Export(
            f"{name}-export",
            export=aws.bcmdata.ExportExportArgs(
                name=f"{name}-{pulumi.get_stack()}",
                data_queries=[
                    aws.bcmdata.ExportExportDataQueryArgs(
                        query_statement=aws_query(),
                        # Lists all properties of the table: the provider fails on properties that AWS adds by itself
                        # (terraform-provider-aws#42761).
                        table_configurations={AWS_TABLE: {"TIME_GRANULARITY": "DAILY"}},
                    )
                ],
                destination_configurations=[
                    aws.bcmdata.ExportExportDestinationConfigurationArgs(s3_destinations=[destination])
                ],
                refresh_cadences=[aws.bcmdata.ExportExportRefreshCadenceArgs(frequency="SYNCHRONOUS")],
            ),
            tags=dict(args.tags),
            # AWS checks the bucket's policy when the export is created.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )


def _source_condition(account: str) -> dict[str, dict[str, str | list[str]]]:
    exports = [
        f"arn:aws:bcm-data-exports:{API_REGION}:{account}:export/*",
        f"arn:aws:cur:{API_REGION}:{account}:definition/*",
    ]
    return {"StringEquals": {"aws:SourceAccount": account}, "ArnLike": {"aws:SourceArn": exports}}


def writer_key_use(account: str) -> Statement:
    """Returns a statement that lets Data Exports use the key to encrypt files for this account."""
    return Statement(
        "ExportsEncrypt",
        ("kms:GenerateDataKey", "kms:Decrypt"),
        principals={"Service": list(WRITERS)},
        conditions={"StringEquals": {"aws:SourceAccount": account}},
    )


def writer_bucket_policy(bucket: str, account: str) -> str:
    """Returns the bucket policy: Data Exports may write and verify for this account, and TLS before 1.2 is denied."""
    return tls_only(
        bucket,
        Statement(
            "ExportsWrite",
            ("s3:PutObject", "s3:GetBucketPolicy"),
            (bucket, f"{bucket}/*"),
            {"Service": list(WRITERS)},
            _source_condition(account),
        ),
    )
