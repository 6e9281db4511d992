"""A vault beside the example `cluster-and-pool`, in a project that has a package `components` of its own."""

import pulumi
from cluster_and_pool import REGION, TAGS, account  # pyright: ignore[reportMissingImports] (copied beside this file)
from components.naming import MODELS  # pyright: ignore[reportMissingImports] (the one beside this file)

import components
import falaj.components
from falaj.components import aws

vault = aws.Vault(MODELS, aws.VaultArgs(region=REGION, purpose=aws.Purpose.MODELS, tags=TAGS), account)

pulumi.export("bucket", vault.vault_name)
pulumi.export("own", components.__file__)
pulumi.export("installed", falaj.components.__file__)
