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
UNTAGGED_NETWORK = """
import pulumi_aws

there = pulumi.ResourceOptions(provider=pulumi_aws.Provider("there", region="me-central-1"))
pulumi_aws.ec2.Vpc("naked", cidr_block="10.99.0.0/16", opts=there)
"""
NAKED = ("__main__.py", "import pulumi\n", f"import pulumi\n{UNTAGGED_NETWORK}")
"""A network without tags, which costs nothing: only guardrails refuse it."""
RULES_OFF = (
    "policy_pack/enforcement.yaml",
    "  dev:\n    all: mandatory\n    cost: advisory\n",
    "  dev:\n    all: disabled\n",
)
"""Every rule of a stack disabled."""
