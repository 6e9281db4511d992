"""Encrypted storage for models on AWS: an S3 bucket under its own KMS key."""

import pulumi

from falaj.components import aws

REGION = "me-central-1"
TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}

vault = aws.Vault(
    "models",
    aws.VaultArgs(region=REGION, purpose=aws.Purpose.MODELS, retention_days=365, tags=TAGS),
    pulumi.ResourceOptions(providers=[aws.site_provider("uae", REGION)]),
)

pulumi.export("uri", vault.uri)
