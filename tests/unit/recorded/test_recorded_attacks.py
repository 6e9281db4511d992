"""Nothing changes unnoticed that guardrails say of attacks, which `tests/policies/test_attacks.py` evaluates."""

from tests.unit.recorded import findings
from tests.unit.recorded.test_recorded import differences


def test_what_guardrails_say_of_attacks_is_recorded() -> None:
    assert differences(findings.FILE, {"attacks"}, findings.contents("attacks")) == []
