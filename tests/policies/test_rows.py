"""Every row of every guardrail: compliant, violating, missing, unknown and exempted values, and unrelated types."""

from collections.abc import Iterable
from datetime import date

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption
from guardrails.engine.verdicts import Verdict
from guardrails.registry import ALL

from falaj.sandbox.clouds.sdk_schema import Property, sdk
from tests.every_case import check_every
from tests.samples import COST_TAGS as TAGS

from .cases import Case, bad_cases, checks_by_type, compliant, good_cases, put, samples
from .harness import TODAY, UNKNOWN, Given, Pack, blocking, rules
from .sdk_paths import has_path

# A type that a team has allowed by name is still evaluated by the other rules.
ALLOWED = {
    "residency": {"global_services": {"aws:cloudfront/": "allowed, so that its rows are evaluated"}},
    "escape": {"image_publishers": {"example.azurecr.io": "the registry of the samples"}},
}
PACK = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **ALLOWED}))
GOOD = list(good_cases())
BAD = list(bad_cases())


def by_service(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Groups cases by the service of their type: one test a case took longer to report than to run."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        token = case.resource.type
        service = token.partition("/")[0] if "/" in token else token.rpartition(":")[0]
        groups.setdefault(service, []).append(case)
    return groups


@pytest.mark.parametrize("cases", by_service(GOOD).values(), ids=by_service(GOOD))
def test_compliant_resources_pass(cases: list[Case]) -> None:
    reported = {case.label: rules(PACK.evaluate_resource(case.resource)) for case in cases}
    assert {label: blockers for label, blockers in reported.items() if blockers} == {}


@pytest.mark.parametrize("cases", by_service(BAD).values(), ids=by_service(BAD))
def test_a_violation_is_blocked_by_its_rule_only(cases: list[Case]) -> None:
    blockers = [(case, blocking(PACK.evaluate_resource(case.resource))) for case in cases]
    assert [(case.label, rules_found) for case, rules_found in blockers if rules_found != case.stopped_by] == []


def test_other_spellings_of_compliant_values_pass() -> None:
    for token, rows in checks_by_type().items():
        for _, check in [row for row in rows if row[1].path]:
            for good in samples(check.condition)[0][1:]:
                props = compliant(token, check)
                put(props, check.path, good)
                assert blocking(PACK.evaluate_resource(Given(token, props))) == set(), (token, check.path, good)


def test_an_unknown_value_gets_the_verdict_of_its_condition() -> None:
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
            # Of some rules the plan decides, which may say what the value is made of; nothing does here.
            reports = PACK.evaluate_plan(Given(token, props))
            assert rules(reports) >= expected[check.condition.unknown], (token, check.path)


def test_an_unknown_value_does_not_hide_a_definite_violation() -> None:
    reports = PACK.evaluate_resource(
        Given("aws:ebs/volume:Volume", {"encrypted": False, "kmsKeyId": UNKNOWN, "tags": UNKNOWN, "type": "gp3"})
    )
    assert blocking(reports) == {"FJ-ENC-102"}


def test_a_row_applies_only_when_its_condition_is_met() -> None:
    parameter = "aws:ssm/parameter:Parameter"
    tags = {"tags": TAGS}
    assert PACK.evaluate_resource(Given(parameter, {"type": "String", **tags})) == []
    assert blocking(PACK.evaluate_resource(Given(parameter, {"type": "SecureString", **tags}))) == {"FJ-ENC-106"}
    undetermined = PACK.evaluate_resource(Given(parameter, {"type": UNKNOWN, **tags}))
    assert (rules(undetermined), blocking(undetermined)) == ({"FJ-ENC-106"}, set())
    assert PACK.evaluate_resource(Given("aws:ec2/instance:Instance", {"launchTemplate": {"id": UNKNOWN}, **tags})) == []


def test_every_rule_with_rows_can_be_exempted() -> None:
    for rule in sorted({guardrail.id for guardrail in ALL if guardrail.checks}):
        case = next(case for case in BAD if case.stopped_by == {rule})
        exemption = Exemption(
            rule=rule, urn="*::it", owner="ml-team", ticket="SEC-1", reason="data of a test", approved_by="ciso",
            created=TODAY, expires=date(2026, 12, 24),
        )  # fmt: skip
        reports = Pack(exemptions=(exemption,)).evaluate_resource(case.resource)
        assert blocking(reports) == set()
        assert rules(reports) == {rule}


def test_rows_ignore_other_types() -> None:
    for token in (
        "aws:sqs/queuePolicy:QueuePolicy",
        "kubernetes:core/v1:ConfigMap",
        "falaj:aws:Vault",
        "random:index:Id",
    ):
        props = {"encrypted": False, "kmsKeyId": "", "storageEncrypted": "false", "location": "westeurope"}
        # The booleans are of other types, and no row of the table of switches knows them here.
        assert rules(PACK.evaluate_resource(Given(token, props))) <= {"FJ-ESC-115"}


def _paths(token: str) -> list[tuple[str, str]]:
    paths = [(rule, check.path) for rule, check in checks_by_type()[token] if check.path]
    return paths + [(rule, check.when[0]) for rule, check in checks_by_type()[token] if check.when]


def _enums(package: str, declared: Property, rest: list[str]) -> set[str]:
    """Returns the enum values of a property in the SDK, or an empty set."""
    kinds, values = [declared.type], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.of
        if kind.ref is not None and rest:
            name = rest[0].removesuffix("[*]").removesuffix("[+]")
            nested = sdk(package).properties(kind.ref)
            values |= _enums(package, nested[name], rest[1:]) if name in nested else set()
        elif not rest:
            values |= set(kind.values)
    return values


def test_rows_name_enum_values_of_the_sdk() -> None:
    compared = 0
    for token, rows in checks_by_type().items():
        package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
        for rule, check in rows:
            steps = [segment.rstrip("?") for segment in check.path.split(".")]
            if not check.condition.requirement.startswith("must be ") or not check.path:
                continue
            inputs = sdk(package).schema(token).inputs
            enum = _enums(package, inputs[steps[0].removesuffix("[*]").removesuffix("[+]")], steps[1:])
            if enum:
                good = {str(value).lower() for value in samples(check.condition)[0]}
                compared += 1
                assert good & {value.lower() for value in enum}, (rule, token, check.path, sorted(enum))
    assert compared > 15


def check_paths(token: str) -> None:
    for rule, path in _paths(token):
        assert has_path(token, path), (rule, token, path)


def test_rows_name_properties_of_the_sdk() -> None:
    check_every(sorted(checks_by_type()), check_paths)
