"""Azure resources have a location of their own, and take none from the provider's configuration."""

import pytest

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.unit.components.azure_samples import COMPONENTS
from tests.unit.components.samples import Component, recorded

DEPLOYMENT = "azure-native:resources:Deployment"
"""A deployment to a resource group is where the group is: ARM refuses a location of its own."""


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.__name__)
def test_every_resource_that_has_a_location_names_it(component: Component) -> None:
    without = {
        (item.typ, item.name)
        for item in recorded(component, COMPONENTS[component]).custom()  # type: ignore[index]
        if item.typ.startswith("azure-native:")
        and "location" in sdk("pulumi_azure_native").schema(item.typ).inputs
        and not item.inputs.get("location")
        and item.typ != DEPLOYMENT
    }
    assert without == set()
