"""The provider of one Azure site."""

import pulumi_azure_native as azure_native


def site_provider(name: str, region: str) -> azure_native.Provider:
    """A provider whose resources are in `region` unless they say otherwise.

    Subscription and credentials come from the environment (OIDC in a pipeline, the Azure CLI on a desk).
    """
    return azure_native.Provider(f"{name}-azure", location=region)
