"""Azure provider of a site."""

import pulumi_azure_native as azure_native

from falaj.components.core.accounts.azure_accounts import AzureProviderOptions


def site_provider(name: str, region: str, options: AzureProviderOptions | None = None) -> azure_native.Provider:
    """Creates an azure-native provider with `region` as the default location.

    Credentials come from the environment (OIDC in a pipeline, the Azure CLI on a workstation), and so do subscription
    and tenant unless `options` states them.
    """
    stated = options or AzureProviderOptions()
    return azure_native.Provider(
        f"{name}-azure", location=region, subscription_id=stated.subscription_id, tenant_id=stated.tenant_id
    )
