"""Encrypted storage for models on AWS, with a KMS key that another team administers. Tags: Pulumi.yaml."""

import pulumi

from falaj.components import aws

vault = aws.Vault(
    "models",
    aws.VaultArgs(purpose=aws.Purpose.MODELS, key=pulumi.Config().require("key")),
    pulumi.ResourceOptions(providers=[aws.site_provider("uae", "me-central-1")]),
)

pulumi.export("uri", vault.uri)
pulumi.export("key", vault.key_id)
