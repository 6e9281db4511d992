"""FinOps settings that a cloud does not have are refused there."""

import re

import pytest

from falaj.components.core.site.azure_rules import NO_SUBSCRIPTION_SETTINGS
from falaj.components.core.site.azure_rules import RULES as AZURE
from falaj.components.core.validation.field_docs import field_docs
from falaj.components.settings.money import FinopsSettings


def described_for(cloud: str) -> set[str]:
    """Returns the settings whose description says that they are for one cloud only."""
    return {name for name, text in field_docs(FinopsSettings).items() if re.search(rf"\({cloud}\s+only", text)}


@pytest.mark.parametrize("name", NO_SUBSCRIPTION_SETTINGS)
def test_a_subscription_refuses_what_only_an_account_has(name: str) -> None:
    assert name in FinopsSettings.model_fields
    [problem] = AZURE.finops_problems({name: True, "cost_export": True})
    assert (problem.path, problem.allowed) == (name, "only under the other cloud's account")


def test_a_subscription_refuses_every_setting_that_is_described_for_aws_only() -> None:
    assert described_for("AWS") - {"anomaly_aed"} == set(NO_SUBSCRIPTION_SETTINGS)
