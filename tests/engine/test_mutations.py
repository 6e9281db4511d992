"""Mutations of the project's plans by every known breaker: each must be refused by its rule, and by no other.

`FALAJ_SWEEP=1` tests every resource of every plan instead of one of each shape, and many more combinations.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from guardrails.engine.enforcement import Level, load_enforcement
from guardrails.registry import ALL, IDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2 as proto

from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT
from tests.engine.lives import all_deployments
from tests.engine.questions import Plan, plans
from tests.policies.harness import Pack, Report, _report
from tests.policies.known_breaks import by_addresses, by_pods, by_policies
from tests.policies.mutations import Breaker, Mutant, by_place, by_rows, by_tags, good_variants, props_of, shape

pytestmark = pytest.mark.engine

SWEEP = bool(os.environ.get("FALAJ_SWEEP"))
AS_SHIPPED = load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS)
PACK = Pack(AS_SHIPPED)
EVERY_BREAKER: dict[Breaker, int] = {
    by_rows: 1000,
    by_tags: 1000,
    by_place: 300,
    by_pods: 100,
    by_policies: 50,
    by_addresses: 15,
}
"""Breaker -> minimum number of mutants that it must produce."""


@pytest.fixture(scope="module")
def recorded(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    return plans(all_deployments(engine, tmp_path_factory))


@pytest.fixture(scope="module")
def resources(recorded: list[Plan]) -> list[proto.AnalyzeRequest]:
    """One resource of each type and shape; all resources in a sweep."""
    requests = [request for plan in recorded for request in plan.resources]
    if SWEEP:
        return requests
    return list({(request.type, shape(props_of(request))): request for request in requests}.values())


def reports(request: proto.AnalyzeRequest) -> list[Report]:
    return [_report(item) for item in PACK.servicer.Analyze(request, None).diagnostics]


def stack_of(request: proto.AnalyzeRequest) -> str:
    return request.urn.split("::", 1)[0].rsplit(":", 1)[-1]


@cache
def advises(stack: str, rule: str) -> bool:
    """Returns whether a rule is advisory in a stack with the shipped settings; then an advisory finding is expected."""
    return any(item.id == rule and AS_SHIPPED.level(stack, item) is Level.ADVISORY for item in ALL)


def wrong(mutant: Mutant) -> str:
    """Returns why the policy pack's findings for a mutant are wrong; empty if they are right."""
    findings = reports(mutant.request)
    stack = stack_of(mutant.request)
    fired = {item.rule for item in findings if item.mandatory or not mutant.blocks or advises(stack, item.rule)}
    if (fired and fired <= mutant.rules) or (not fired and not mutant.rules):
        return ""
    name = f"{mutant.request.type} '{mutant.request.name}' {mutant.label}"
    return f"{name}: expected {sorted(mutant.rules)[:3]}, fired {sorted(fired)}"


def broken(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    for breaker in EVERY_BREAKER:
        yield from breaker(request)


def test_no_resource_of_ours_is_refused_and_neither_is_a_plan(recorded: list[Plan]) -> None:
    for plan in recorded:
        pack = Pack(AS_SHIPPED)
        diagnostics = [item for request in plan.resources for item in pack.servicer.Analyze(request, None).diagnostics]
        diagnostics += pack.servicer.AnalyzeStack(plan.stack, None).diagnostics
        assert [_report(item).text for item in diagnostics] == [], plan.name


@pytest.mark.parametrize("breaker", EVERY_BREAKER, ids=lambda item: item.__name__)
def test_every_breaking_change_is_refused_by_its_rule(resources: list[proto.AnalyzeRequest], breaker: Breaker) -> None:
    mutants = [mutant for request in resources for mutant in breaker(request)]
    survivors = [reason for mutant in mutants if (reason := wrong(mutant))]
    print(f"{breaker.__name__}: {len(mutants) - len(survivors)} of {len(mutants)} killed")
    assert len(mutants) >= EVERY_BREAKER[breaker]
    assert survivors == []


def test_good_variants_raise_no_alarm(resources: list[proto.AnalyzeRequest]) -> None:
    variants = [variant for request in resources for variant in good_variants(request)]
    assert len(variants) > 1000
    assert [reason for variant in variants if (reason := wrong(variant))] == []


def test_a_breaking_change_is_refused_however_the_rest_is_written(resources: list[proto.AnalyzeRequest]) -> None:
    """Breaks one property, then applies up to three valid variations to the broken resource."""

    @cache
    def mutants_of(index: int) -> list[Mutant]:
        return list(broken(resources[index]))

    breakable = [index for index in range(len(resources)) if mutants_of(index)]

    @settings(max_examples=3000 if SWEEP else 250, deadline=None, derandomize=not SWEEP, database=None,
              suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])  # fmt: skip
    @given(st.data())
    def refused(data: st.DataObject) -> None:
        mutant = data.draw(st.sampled_from(mutants_of(data.draw(st.sampled_from(breakable)))))
        request, label = mutant.request, mutant.label
        for _ in range(data.draw(st.integers(1, 3))):
            variants = [item for item in good_variants(request) if keeps(item, mutant)]
            variant = data.draw(st.sampled_from(variants))
            request, label = variant.request, f"{label}, {variant.label}"
        assert wrong(Mutant(label, request, mutant.rules, mutant.blocks)) == ""

    refused()


def keeps(variant: Mutant, mutant: Mutant) -> bool:
    """Returns whether a variant leaves the mutation in effect: it must not change a region back to an allowed one."""
    return mutant.label.split()[0] not in variant.label or "secret" in variant.label


def _mandatory_findings(plan: Plan, without: str) -> set[tuple[str, str]]:
    """Returns (rule, resource type) of the mandatory findings for a plan without the resource of one URN."""
    pack = Pack(AS_SHIPPED)
    diagnostics = []
    for request in plan.resources:
        if request.urn != without:
            diagnostics += [(request.urn, item) for item in pack.servicer.Analyze(request, None).diagnostics]
    stack = proto.AnalyzeStackRequest()
    stack.CopyFrom(plan.stack)
    remaining = [item for item in stack.resources if item.urn != without]
    del stack.resources[:]
    stack.resources.extend(remaining)
    diagnostics += [(item.urn, item) for item in pack.servicer.AnalyzeStack(stack, None).diagnostics]
    kinds = {request.urn: request.type for request in plan.resources}
    return {(_report(item).rule, kinds[urn]) for urn, item in diagnostics if _report(item).mandatory}


RELATED = {
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "FJ-ENC-001", "aws:s3/bucket:Bucket"),
}  # fmt: skip
"""Type of a resource that protects another -> the rule that reports its absence, and the type of the other."""


def test_a_missing_protective_resource_is_refused(recorded: list[Plan]) -> None:
    count = 0
    for plan in recorded:
        for token, expected in RELATED.items():
            for urn in [request.urn for request in plan.resources if request.type == token][: None if SWEEP else 2]:
                assert expected in _mandatory_findings(plan, urn), urn
                count += 1
    assert count >= 6


def _unprotected(request: proto.AnalyzeRequest) -> proto.AnalyzeRequest:
    changed = proto.AnalyzeRequest()
    changed.CopyFrom(request)
    changed.options.protect = False
    return changed


def test_an_unprotected_storage_account_on_azure_is_refused(recorded: list[Plan]) -> None:
    """The components protect the data stores of production; on Azure no other setting prevents their deletion."""
    plan = next(plan for plan in recorded if plan.name == "prod-uae")
    unprotected = replace(plan, resources=tuple(_unprotected(request) for request in plan.resources))
    findings = _mandatory_findings(unprotected, without="")
    assert ("FJ-RSL-116", "azure-native:storage:StorageAccount") in findings
    assert {rule for rule, _ in findings} == {"FJ-RSL-116"}
