"""From a site's settings to its components, on whichever cloud it runs.

A cloud's package is imported only when a site needs it: an AWS-only stack never loads Azure's SDK.
"""

from typing import TYPE_CHECKING, Union

import pulumi

from components.settings import PoolSettings, Settings, SiteSettings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from components import aws, azure

    Site = Union[aws.Site, azure.Site]


def build(name: str, site: SiteSettings, platform: Settings) -> "Site":
    """Build one site under an explicit provider pinned to its region."""
    if site.cloud is Cloud.AWS:
        from components import aws

        provider = aws.site_provider(name, region=site.region)
        return aws.Site(name, _aws_args(site, platform), pulumi.ResourceOptions(providers=[provider]))
    from components import azure

    provider = azure.site_provider(name, region=site.region)
    return azure.Site(name, _azure_args(site, platform), pulumi.ResourceOptions(providers=[provider]))


def outputs(site: "Site") -> dict[str, pulumi.Input[object]]:
    """What the stack exports of a site: the same keys on every cloud."""
    return {
        "region": site.region,
        "clusterName": site.cluster_name,
        "endpoint": site.endpoint,
        "oidcIssuerUrl": site.oidc_issuer_url,
        "vaultUris": site.vault_uris,
        "poolNames": site.pool_names,
    }
