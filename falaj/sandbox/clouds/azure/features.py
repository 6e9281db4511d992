"""Preview features of the subscription: none is registered unless the inventory has its registration."""

from __future__ import annotations

from falaj.sandbox.clouds.azure.arm import ArmResourceType, arm_type
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_str

REGISTRATION = "azure-native:features:SubscriptionFeatureRegistration"
_PATH = (
    "/subscriptions/{subscriptionId}/providers/Microsoft.Features/featureProviders/{providerNamespace}"
    "/subscriptionFeatureRegistrations/{featureName}"
)


def is_registered(op: Operation, feature: str) -> bool:
    """Returns whether a preview feature is registered for the subscription."""
    return any(get_str(item.inputs, "featureName") == feature for item in op.state.find(REGISTRATION))


RESOURCE_TYPES: tuple[ArmResourceType, ...] = (arm_type("features:SubscriptionFeatureRegistration", _PATH),)
"""Resource types of Microsoft.Features."""
