"""Switches of reviewed types are in a reviewed position (FJ-ESC-115)."""

import re

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import EVERY_TYPE, SwitchRow, SwitchTable, condition, read_rows

from .harness import UNKNOWN, Given, Pack, blocking, rules, secret
from .sdk_paths import has_path

RULE = "FJ-ESC-115"
POOL = "aws:cognito/userPool:UserPool"
SIGN_UP = "adminCreateUserConfig.allowAdminCreateUserOnly"
ROWS = read_rows()
KNOWN = evaluated_types(ALL) | reviewed_types().keys()
_PATH = re.compile(r"(\*\.)?\w+\??(\.\w[\w ]*\??)*(\.\*)?")


_IN_OBJECTS_OF_ANY_KIND = (
    "parameters.effect.value", "parameters.Effect.value", "policyDefinitions.parameters.effect.value",
    "policyDefinitions.parameters.Effect.value",
    "policyRule.then.effect", "parameters.excludedNamespaces.value", "parameters.effect.defaultValue",
    "parameters.Effect.defaultValue",
    "properties.metadata.type", "restoreMetadataOverrides.publiclyAccessible", "restoreMetadataOverrides.requireImdsV2",
    *(f"resourceTypeOptInPreference.{service}" for service in (
        "Aurora", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "EKS", "FSx", "Neptune", "RDS", "Redshift",
        "Redshift Serverless", "S3")),
)  # fmt: skip
"""Paths of which the SDK knows the beginning only: parameters and rules of Azure Policy, metadata of connections,
services and tests of AWS Backup."""


@pytest.mark.parametrize("cloud", ROWS)
def test_rows_are_of_properties_of_the_sdk_and_in_order(cloud: str) -> None:
    own = [row for row in ROWS[cloud] if row.type != EVERY_TYPE]
    for row in own:
        path = row.path.removesuffix(".*")
        is_option = path.startswith("settings.aws_") and row.type.startswith("aws:elasticbeanstalk/")
        assert "*" in path or is_option or has_path(row.type, path, in_maps=path in _IN_OBJECTS_OF_ANY_KIND), row
    assert sorted({row.type for row in own} - KNOWN) == []
    keys = [(row.type, row.path) for row in ROWS[cloud]]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("cloud", ROWS)
def test_values_that_a_row_of_another_guardrail_evaluates_are_left_to_it(cloud: str) -> None:
    """Add the value to that row: two findings on one property say the same."""
    evaluated = {
        (token, re.sub(r"\[[*+]\]|\?", "", check.path))
        for item in ALL for check in item.checks for token in check.tokens
    }  # fmt: skip
    own = {(row.type, row.path.replace("?", "")) for row in ROWS[cloud] if row.why}
    assert sorted(own & evaluated) == []


@pytest.mark.parametrize("cloud", ROWS)
def test_rows_are_well_formed(cloud: str) -> None:
    for row in ROWS[cloud]:
        assert _PATH.fullmatch(row.path), row
        assert bool(row.why) == (row.safe not in ("any", "elsewhere")), row
        assert row.safe.strip("=!| "), row


def refusals(given: Given, switches: dict[str, str] | None = None) -> set[str]:
    """Returns the rules that refuse a resource. `switches`: those that the settings list."""
    settings = {"default": {"all": "mandatory"}, "escape": {"allowed_switches": switches or {}}}
    return blocking(Pack(Enforcement.model_validate(settings)).evaluate_resource(given))


@pytest.mark.parametrize("off", [False, "false", "False", secret(False), "0"], ids=str)
@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [value]], ids=["object", "list"])
def test_spellings_of_a_position_are_refused(off: object, wrap: object) -> None:
    assert callable(wrap)
    assert RULE in refusals(Given(POOL, {"adminCreateUserConfig": wrap({"allowAdminCreateUserOnly": off})}))


@pytest.mark.parametrize("on", [True, "true", "True", secret(True)], ids=str)
def test_spellings_of_a_safe_position_pass(on: object) -> None:
    assert RULE not in refusals(Given(POOL, {"adminCreateUserConfig": {"allowAdminCreateUserOnly": on}}))


@pytest.mark.parametrize("props", [{}, {"adminCreateUserConfig": {}}, {"adminCreateUserConfig": None}], ids=str)
def test_a_switch_whose_default_is_dangerous_must_be_set(props: dict[str, object]) -> None:
    assert RULE in refusals(Given(POOL, props))
    assert RULE not in refusals(Given(POOL, props), {f"{POOL}:{SIGN_UP}": "customers register themselves"})


@pytest.mark.parametrize(
    ("props", "is_refused"),
    [({}, True), ({"enabledPolicyTypes": []}, True), ({"enabledPolicyTypes": ["TAG_POLICY"]}, True),
     ({"enabledPolicyTypes": ["TAG_POLICY", "SERVICE_CONTROL_POLICY"]}, False)],
)  # fmt: skip
def test_one_safe_value_of_several_may_be_enough(props: dict[str, object], is_refused: bool) -> None:
    organisation = Given("aws:organizations/organization:Organization", props, protect=True)
    assert (RULE in refusals(organisation)) == is_refused


def test_an_unknown_position_is_reported_and_does_not_block() -> None:
    given = Given(POOL, {"adminCreateUserConfig": {"allowAdminCreateUserOnly": UNKNOWN}})
    assert RULE in rules(Pack().evaluate_resource(given))
    assert RULE not in refusals(given)


def test_a_boolean_that_no_row_covers_is_refused_unless_the_settings_list_it() -> None:
    given = Given(POOL, {"newInTheNextVersion": [{"opens": True}], "adminCreateUserConfig": {
        "allowAdminCreateUserOnly": True}})  # fmt: skip
    assert RULE in refusals(given)
    assert RULE not in refusals(given, {f"{POOL}:newInTheNextVersion.opens": "read on the day of the upgrade"})
    assert RULE in refusals(given, {f"{POOL}:newInTheNextVersion.other": "read on the day of the upgrade"})


def test_what_a_row_of_another_guardrail_evaluates_is_left_to_it() -> None:
    """The row of every type forbids it too; the reader would get two findings on one property."""
    refused = refusals(Given("aws:ec2/launchTemplate:LaunchTemplate", {"blockDeviceMappings": [
        {"ebs": {"encrypted": "false"}}]}))  # fmt: skip
    assert "FJ-ENC-102" in refused
    assert RULE not in refused


def test_an_unknown_parent_of_a_required_switch_is_reported() -> None:
    assert RULE in rules(Pack().evaluate_resource(Given(POOL, {"adminCreateUserConfig": UNKNOWN})))


def test_types_that_nobody_reviewed_have_another_rule() -> None:
    assert refusals(Given("aws:fms/policy:Policy", {"newInTheNextVersion": True})) & {RULE, "FJ-ESC-112"} == {
        "FJ-ESC-112"
    }


def test_a_tag_is_no_switch() -> None:
    given = Given(POOL, {"tags": {"acl": "false"}, "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}})
    assert RULE not in refusals(given)


@pytest.mark.parametrize(
    ("path", "safe"),
    [("a.b", "own path"), ("x.b", "own name"), ("d.x.e", "own part"), ("y.n", "every name"), ("tags.n", "every part"),
     ("z.tags.n.n", "every part"), ("b", "own name"), ("d", None), ("x.a", None)],
)  # fmt: skip
def test_the_nearest_row_decides(path: str, safe: str | None) -> None:
    rows = [
        SwitchRow("*", "*.tags.*", "every part", "w"), SwitchRow("*", "n", "every name", "w"),
        SwitchRow("*", "b", "never", "w"), SwitchRow("t:m:T", "a?.b", "own path", "w"),
        SwitchRow("t:m:T", "*.b", "own name", "w"), SwitchRow("t:m:T", "d.*", "own part", "w"),
    ]  # fmt: skip
    found = SwitchTable({"t": rows}, {}).find("t:m:T", path)
    assert (found.safe if found else None) == safe


@pytest.mark.parametrize(
    ("safe", "passes", "fails"),
    [("true", [True, "TRUE "], [False, "1", "x"]), ("A|B", ["a", "B"], ["c", "A|B"]),
     ("!A|B", ["c", True], ["a", "B"]), ("0|7", [0.0, 7, "7"], [1.0, 0.5]), ("=!A", ["b"], ["a", "", " "]),
     ("!~s:|^x", ["s", "y"], ["a;S:b", "X"])],
)  # fmt: skip
def test_conditions(safe: str, passes: list[bool | float | str | None], fails: list[bool | float | str | None]) -> None:
    judge = condition(safe).judge
    assert {judge(value).value for value in passes} == {"pass"}
    assert {judge(value).value for value in fails} <= {"fail"}
