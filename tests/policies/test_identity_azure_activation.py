"""FJ-IDN-210: what activates eligible roles."""

import pytest

from .harness import UNKNOWN, Given, Pack

PACK = Pack()
_SECOND_FACTOR, _CONTEXT = "Enablement_EndUser_Assignment", "AuthenticationContext_EndUser_Assignment"


def _rules(factors: object, context: object = None) -> list[dict[str, object]]:
    rules: list[dict[str, object]] = [{"id": "Enablement_Admin_Assignment", "enabledRules": ["Justification"]}]
    if factors is not None:
        rules.append({"id": _SECOND_FACTOR, "enabledRules": factors})
    if context is not None:
        rules.append({"id": _CONTEXT, "isEnabled": context, "claimValue": "c1"})
    return rules


@pytest.mark.parametrize(
    ("rules", "blocks"),
    [
        (_rules(["Justification", "MultiFactorAuthentication"]), None),
        (_rules([]), True),
        (_rules(["Justification"]), True),
        ([{"id": _SECOND_FACTOR}], True),
        # Azure refuses both at once, with MfaAndAcrsConflict.
        (_rules(["Justification"], context=True), None),
        (_rules(["Justification"], context=False), True),
        (_rules(["Justification"], context=UNKNOWN), False),
        (_rules(UNKNOWN), False),
        (_rules([UNKNOWN]), False),
        (UNKNOWN, False),
    ],
)
def test_activation(rules: object, blocks: bool | None) -> None:
    given = Given("azure-native:authorization:RoleManagementPolicy", {"rules": rules})
    reported = {item.mandatory for item in PACK.evaluate_resource(given) if item.rule == "FJ-IDN-210"}
    assert reported == (set() if blocks is None else {blocks})
