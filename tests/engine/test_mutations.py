"""The project's own plans, broken in every way that is known: each must be refused by its rule, and by no other.

`FALAJ_SWEEP=1` takes every resource of every plan, not one of each shape, and many more combinations.
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
from tests.engine.lives import all_lives
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
"""Breaker -> the least number of changes that it must find to make."""


@pytest.fixture(scope="module")
def asked(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    return plans(all_lives(engine, tmp_path_factory))


@pytest.fixture(scope="module")
def resources(asked: list[Plan]) -> list[proto.AnalyzeRequest]:
    """One resource of each type and shape; all of them in a sweep."""
    every = [request for plan in asked for request in plan.resources]
    if SWEEP:
        return every
    return list({(request.type, shape(props_of(request))): request for request in every}.values())


def judged(request: proto.AnalyzeRequest) -> list[Report]:
    return [_report(item) for item in PACK.servicer.Analyze(request, None).diagnostics]


def stack_of(request: proto.AnalyzeRequest) -> str:
    return request.urn.split("::", 1)[0].rsplit(":", 1)[-1]


@cache
def advises(stack: str, rule: str) -> bool:
    """Whether a rule only advises in a stack, as shipped: then its advice is the answer."""
    return any(item.id == rule and AS_SHIPPED.level(stack, item) is Level.ADVISORY for item in ALL)


def wrong(mutant: Mutant) -> str:
    """Why the pack's answer to a mutant is not the right one; empty where it is."""
    said = judged(mutant.request)
    stack = stack_of(mutant.request)
    fired = {item.rule for item in said if item.mandatory or not mutant.blocks or advises(stack, item.rule)}
    if (fired and fired <= mutant.rules) or (not fired and not mutant.rules):
        return ""
    what = f"{mutant.request.type} '{mutant.request.name}' {mutant.label}"
    return f"{what}: expected {sorted(mutant.rules)[:3]}, fired {sorted(fired)}"


def broken(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    for breaker in EVERY_BREAKER:
        yield from breaker(request)


def test_no_resource_of_ours_is_refused_and_neither_is_a_plan(asked: list[Plan]) -> None:
    for plan in asked:
        pack = Pack(AS_SHIPPED)
        said = [item for request in plan.resources for item in pack.servicer.Analyze(request, None).diagnostics]
        said += pack.servicer.AnalyzeStack(plan.together, None).diagnostics
        assert [_report(item).text for item in said] == [], plan.name


@pytest.mark.parametrize("breaker", EVERY_BREAKER, ids=lambda item: item.__name__)
def test_every_breaking_change_is_refused_by_its_rule(resources: list[proto.AnalyzeRequest], breaker: Breaker) -> None:
    mutants = [mutant for request in resources for mutant in breaker(request)]
    survivors = [why for mutant in mutants if (why := wrong(mutant))]
    print(f"{breaker.__name__}: {len(mutants) - len(survivors)} of {len(mutants)} killed")
    assert len(mutants) >= EVERY_BREAKER[breaker]
    assert survivors == []


def test_good_variants_raise_no_alarm(resources: list[proto.AnalyzeRequest]) -> None:
    variants = [variant for request in resources for variant in good_variants(request)]
    assert len(variants) > 1000
    assert [why for variant in variants if (why := wrong(variant))] == []


def test_a_breaking_change_is_refused_however_the_rest_is_written(resources: list[proto.AnalyzeRequest]) -> None:
    """Breaks one thing, then writes the broken resource otherwise, several times over."""

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
    """Whether a variant leaves the broken thing broken: a place may not be written back to one in the country."""
    return mutant.label.split()[0] not in variant.label or "secret" in variant.label


def _stopped(plan: Plan, left_out: str) -> set[tuple[str, str]]:
    """(rule, resource type) of what stops a plan from which one resource was taken."""
    pack = Pack(AS_SHIPPED)
    said = []
    for request in plan.resources:
        if request.urn != left_out:
            said += [(request.urn, item) for item in pack.servicer.Analyze(request, None).diagnostics]
    together = proto.AnalyzeStackRequest()
    together.CopyFrom(plan.together)
    kept = [item for item in together.resources if item.urn != left_out]
    del together.resources[:]
    together.resources.extend(kept)
    said += [(item.urn, item) for item in pack.servicer.AnalyzeStack(together, None).diagnostics]
    kinds = {request.urn: request.type for request in plan.resources}
    return {(_report(item).rule, kinds[urn]) for urn, item in said if _report(item).mandatory}


COMPANIONS = {
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "FJ-ENC-001", "aws:s3/bucket:Bucket"),
}  # fmt: skip
"""Type whose loss is refused, the rule, and the type that the rule is about."""


def test_what_protects_a_resource_from_beside_it_is_missed(asked: list[Plan]) -> None:
    seen = 0
    for plan in asked:
        for token, expected in COMPANIONS.items():
            for gone in [request.urn for request in plan.resources if request.type == token][: None if SWEEP else 2]:
                assert expected in _stopped(plan, gone), gone
                seen += 1
    assert seen >= 6


def _unprotected(request: proto.AnalyzeRequest) -> proto.AnalyzeRequest:
    changed = proto.AnalyzeRequest()
    changed.CopyFrom(request)
    changed.options.protect = False
    return changed


def test_a_store_on_azure_that_is_not_protected_any_more_is_missed(asked: list[Plan]) -> None:
    """The components protect what production keeps; where they do not, nothing else holds it."""
    plan = next(plan for plan in asked if plan.name == "prod-uae")
    bare = replace(plan, resources=tuple(_unprotected(request) for request in plan.resources))
    stopped = _stopped(bare, left_out="")
    assert ("FJ-RSL-116", "azure-native:storage:StorageAccount") in stopped
    assert {rule for rule, _ in stopped} == {"FJ-RSL-116"}
