"""Every row of every guardrail: compliant, each violation, absent, unknown, exempt, and types it is not about."""

from datetime import date

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption
from guardrails.engine.verdicts import Verdict
from guardrails.registry import ALL

from falaj.sandbox.clouds.sdk_schema import Property, sdk
from tests.samples import COST_TAGS as TAGS

from .cases import Case, bad_cases, checks_by_type, compliant, good_cases, put, samples
from .harness import TODAY, UNKNOWN, Given, Pack, blocking, rules
from .sdk_paths import has_path

# What a team has allowed by name is judged like everything else.
ALLOWED = {"residency": {"global_services": {"aws:cloudfront/": "allowed, so that its rows can be seen"}}}
PACK = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **ALLOWED}))
GOOD = list(good_cases())
BAD = list(bad_cases())


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.label)
def test_a_compliant_resource_is_let_through(case: Case) -> None:
    assert rules(PACK.evaluate_resource(case.given)) == set()


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.label)
def test_a_violation_stops_under_its_rule_and_no_other(case: Case) -> None:
    assert blocking(PACK.evaluate_resource(case.given)) == case.stopped_by


def test_other_spellings_of_good_values_are_let_through() -> None:
    for token, rows in checks_by_type().items():
        for _, check in [row for row in rows if row[1].path]:
            for good in samples(check.condition)[0][1:]:
                props = compliant(token, check)
                put(props, check.path, good)
                assert blocking(PACK.evaluate_resource(Given(token, props))) == set(), (token, check.path, good)


def test_an_unknown_value_never_passes_what_must_have_a_certain_value() -> None:
    for token, rows in checks_by_type().items():
        for rule, check in rows:
            if not check.path:
                continue
            props = compliant(token, check)
            put(props, check.path, UNKNOWN)
            reports = PACK.evaluate_resource(Given(token, props))
            expected = {Verdict.PASS: set(), Verdict.FAIL: {rule}, Verdict.UNDETERMINED: {rule}}
            assert (
                rules(reports) - rules(PACK.evaluate_resource(Given(token, compliant(token))))
                <= expected[check.condition.unknown]
            )
            assert rules(reports) >= expected[check.condition.unknown], (token, check.path)


def test_an_unknown_value_does_not_hide_a_definite_violation() -> None:
    reports = PACK.evaluate_resource(
        Given("aws:ebs/volume:Volume", {"encrypted": False, "kmsKeyId": UNKNOWN, "tags": UNKNOWN})
    )
    assert blocking(reports) == {"FJ-ENC-102"}


def test_a_row_applies_only_when_its_condition_is_met() -> None:
    parameter = "aws:ssm/parameter:Parameter"
    naked = {"tags": TAGS}
    assert PACK.evaluate_resource(Given(parameter, {"type": "String", **naked})) == []
    assert blocking(PACK.evaluate_resource(Given(parameter, {"type": "SecureString", **naked}))) == {"FJ-ENC-106"}
    doubtful = PACK.evaluate_resource(Given(parameter, {"type": UNKNOWN, **naked}))
    assert (rules(doubtful), blocking(doubtful)) == ({"FJ-ENC-106"}, set())
    assert (
        PACK.evaluate_resource(Given("aws:ec2/instance:Instance", {"launchTemplate": {"id": UNKNOWN}, **naked})) == []
    )


def test_every_rule_with_rows_can_be_exempted() -> None:
    for rule in sorted({guardrail.id for guardrail in ALL if guardrail.checks}):
        case = next(case for case in BAD if case.stopped_by == {rule})
        exemption = Exemption(
            rule=rule, urn="*::it", owner="ml-team", ticket="SEC-1", reason="test", approved_by="ciso",
            created=TODAY, expires=date(2026, 12, 24),
        )  # fmt: skip
        reports = Pack(exemptions=(exemption,)).evaluate_resource(case.given)
        assert blocking(reports) == set()
        assert rules(reports) == {rule}


def test_rows_say_nothing_of_other_types() -> None:
    for token in (
        "aws:sqs/queuePolicy:QueuePolicy",
        "kubernetes:core/v1:ConfigMap",
        "falaj:aws:Vault",
        "random:index:Id",
    ):
        props = {"encrypted": False, "kmsKeyId": "", "storageEncrypted": "false", "location": "westeurope"}
        assert PACK.evaluate_resource(Given(token, props)) == []


def _paths(token: str) -> list[tuple[str, str]]:
    paths = [(rule, check.path) for rule, check in checks_by_type()[token] if check.path]
    return paths + [(rule, check.when[0]) for rule, check in checks_by_type()[token] if check.when]


def _enums(package: str, found: Property, rest: list[str]) -> set[str]:
    """The values that the SDK knows for a property, if it says so."""
    kinds, values = [found.type], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.of
        if kind.ref is not None and rest:
            name = rest[0].removesuffix("[*]").removesuffix("[+]")
            below = sdk(package).properties(kind.ref)
            values |= _enums(package, below[name], rest[1:]) if name in below else set()
        elif not rest:
            values |= set(kind.values)
    return values


def test_rows_name_values_that_the_sdk_knows() -> None:
    compared = 0
    for token, rows in checks_by_type().items():
        package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
        for rule, check in rows:
            steps = [part.rstrip("?") for part in check.path.split(".")]
            if not check.condition.requirement.startswith("must be ") or not check.path:
                continue
            inputs = sdk(package).schema(token).inputs
            known = _enums(package, inputs[steps[0].removesuffix("[*]").removesuffix("[+]")], steps[1:])
            if known:
                good = {str(value).lower() for value in samples(check.condition)[0]}
                compared += 1
                assert good & {value.lower() for value in known}, (rule, token, check.path, sorted(known))
    assert compared > 15


@pytest.mark.parametrize("token", sorted(checks_by_type()))
def test_rows_name_properties_that_the_sdk_has(token: str) -> None:
    for rule, path in _paths(token):
        assert has_path(token, path), (rule, token, path)
