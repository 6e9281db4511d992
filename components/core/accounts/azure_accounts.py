"""Azure subscription of a site."""

from typing import Annotated

from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.text_forms import TextForm

Guid = Annotated[
    str,
    TextForm(
        r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        "a GUID of 32 hexadecimal digits with dashes",
        "00000000-0000-0000-0000-000000000000",
    ),
]
"""Identifier of an Azure subscription or of an Entra tenant."""


class AzureProviderOptions(Spec):
    """Settings of a site's provider on Azure."""

    subscription_id: Guid | None = None
    """Subscription of the site; the subscription of the deployment's credentials if absent."""
    tenant_id: Guid | None = None
    """Entra tenant of the subscription; the tenant of the deployment's credentials if absent."""
