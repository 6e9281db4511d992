"""The provider of a site: one region, and nothing else by accident."""

import pulumi_aws as aws


def site_provider(name: str, region: str) -> aws.Provider:
    """An AWS provider pinned to a site's region, whatever the environment of the person who deploys says."""
    return aws.Provider(f"{name}-aws", region=region)
