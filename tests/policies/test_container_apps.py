"""An external app of Azure Container Apps is refused by itself, and not only with its environment (FJ-EXP-204)."""

import pytest

from .attacks.after_twenty_third_azure import app, environment
from .harness import UNKNOWN, Pack


@pytest.mark.parametrize(("internal", "refused"), [(True, False), (False, True)])
def test_an_external_app_follows_its_environment(internal: bool, refused: bool) -> None:
    plan = environment(internal=internal), app(UNKNOWN, environmentId=("environment",))
    texts = [report.text for report in Pack().evaluate_plan(*plan) if report.rule == "FJ-EXP-204"]
    assert any("configuration.ingress.external" in text for text in texts) is refused
