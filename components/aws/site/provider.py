"""AWS provider of a site, pinned to the site's region."""

import pulumi_aws as aws


def site_provider(name: str, region: str) -> aws.Provider:
    """Creates an AWS provider pinned to a site's region, whatever region the environment of the deployment sets."""
    return aws.Provider(f"{name}-aws", region=region)
