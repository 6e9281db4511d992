"""Azure provider of a site."""

import pulumi_azure_native as azure_native


def site_provider(name: str, region: str) -> azure_native.Provider:
    """Creates an azure-native provider with `region` as the default location.

    The subscription and credentials come from the environment (OIDC in a pipeline, the Azure CLI on a workstation).
    """
    return azure_native.Provider(f"{name}-azure", location=region)
