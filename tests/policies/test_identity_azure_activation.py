"""FJ-IDN-210 and FJ-IDN-201: what activates eligible roles, and what is said of broad ones."""

import pytest

from .harness import UNKNOWN, Given, Pack

PACK, PYTHON = Pack(), Pack(language="python")
SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
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


@pytest.mark.parametrize(("longest", "is_refused"), [("PT8H", False), ("P1D", False), ("P2D", True), ("P365D", True)])
def test_an_activation_ends_after_a_day(longest: str, *, is_refused: bool) -> None:
    rules = [{"id": "Expiration_EndUser_Assignment", "maximumDuration": longest}]
    given = Given("azure-native:authorization:RoleManagementPolicy", {"rules": rules})
    found = [item.text for item in PYTHON.evaluate_resource(given) if item.rule == "FJ-IDN-210"]
    assert bool(found) is is_refused
    assert all("(Python: rules[0].maximum_duration) must be a day at most" in text for text in found)


@pytest.mark.parametrize(("scope", "says"), [
    (SUBSCRIPTION, "on a whole subscription or above"), (UNKNOWN, "on a scope that is not known before deployment"),
])  # fmt: skip
def test_a_broad_role_is_named_with_what_it_grants(scope: str, says: str) -> None:
    owner = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
    props = {"scope": scope, "roleDefinitionId": owner, "principalId": "11111111-2222-3333-4444-555555555555"}
    given = Given("azure-native:authorization:RoleAssignment", props)
    reports = PACK.evaluate_resource(given) + PACK.evaluate_stack(given)
    (text,) = [item.text for item in reports if item.rule == "FJ-IDN-201"]
    assert "scope: it assigns Owner (" in text
    assert says in text
