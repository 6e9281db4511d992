"""Changes of a pull request: (file, old text, new text)."""

GOOD = ("Pulumi.dev.yaml", "log_retention_days: 30", "log_retention_days: 90")
UNTAGGED = ("Pulumi.dev.yaml", "      owner: ml-platform-team\n", "")
NOT_OFFERED = ("Pulumi.dev.yaml", "machines: [g6.xlarge, g5.xlarge]", "machines: [p4d.24xlarge]")
TOO_EXPENSIVE = ("Pulumi.dev.yaml", "ceilings: {aed_per_month: 5000", "ceilings: {aed_per_month: 500")
_LAST_LINE_OF_AWS = '_0123456789abcdef"]\n        log_retention_days: '
SHORTER_RETENTION = ("Pulumi.prod-uae.yaml", f"{_LAST_LINE_OF_AWS}365", f"{_LAST_LINE_OF_AWS}180")
"""Shorter retention of the logs of prod-uae's site on AWS."""
BUCKET_ABROAD = """
import pulumi_aws

abroad = pulumi.ResourceOptions(provider=pulumi_aws.Provider("abroad", region="eu-west-1"))
pulumi_aws.s3.Bucket("stray", opts=abroad)
"""
ABROAD = ("__main__.py", "import pulumi\n", f"import pulumi\n{BUCKET_ABROAD}")
