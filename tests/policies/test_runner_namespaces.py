"""Rights of runners of pipelines are power over others unless the plan shows a closed namespace of their own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import Outcome, failed, passed
from guardrails.identity.runner_namespaces import check_rights_of_runners
from guardrails.readers.kubernetes_objects import ObjectPart

from tests.processor_time import within

from .attacks.after_twenty_first_x import (
    REFUSED,
    RUNNER,
    bound,
    but,
    labelled,
    of_account,
    program,
    role,
)
from .blind import KUBE, k8s, meta
from .harness import Given, Pack, blocking
from .idioms.thirteenth_cluster_access import account
from .idioms.twelfth_charts import mirrored
from .idioms.twentieth_goodb_charts import namespace

PACK = Pack()
SPACE = "builds"
ENFORCE = "pod-security.kubernetes.io/enforce"


def refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan)) & set(REFUSED)


def test_a_confined_runner_passes() -> None:
    assert refused(*but(SPACE)) == set()


@pytest.mark.parametrize("lost", ["place", "accounts", "bound"])
def test_what_confines_a_runner_is_needed(lost: str) -> None:
    changed: tuple[Given, ...] = ()
    assert refused(*but(SPACE, **{lost: changed})) == set(REFUSED)


@pytest.mark.parametrize(
    ("level", "is_refused"), [("restricted", False), ("baseline", False), ("privileged", True), ("", True)]
)
def test_the_namespace_admits_no_privileged_pods(level: str, *, is_refused: bool) -> None:
    place = labelled(SPACE, **{ENFORCE: level})
    assert bool(refused(*but(SPACE, place=place))) is is_refused


@pytest.mark.parametrize(
    "spec",
    [
        {"podSelector": {}, "policyTypes": ["Egress"]},
        {"podSelector": {}, "policyTypes": ["Ingress"]},
        {"podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Ingress", "Egress"]},
        {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {}}]}]},
        {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{"to": [{"podSelector": {}}]}]},
    ],
)
def test_the_network_is_closed(spec: dict[str, object]) -> None:
    first, deny, *_ = namespace(SPACE)
    place = (first, replace(deny, props={**deny.props, "spec": spec}))
    assert refused(*but(SPACE, place=place)) == set(REFUSED)


@pytest.mark.parametrize(
    "other",
    [
        k8s("batch/v1:Job", {"metadata": meta("x", SPACE), "spec": {"template": {"spec": {"containers": [
            {"name": "x", "image": "registry.bank.ae/x@sha256:" + "a" * 64}]}}}}, "other"),
        k8s("postgresql.cnpg.io/v1:Cluster", {"metadata": meta("x", SPACE), "spec": {"instances": 3}}, "other"),
        mirrored("harbor", "1.18.0", {}, SPACE),
        mirrored("gha-runner-scale-set", "0.13.0", {"template": {"spec": {"containers": [
            {"name": "runner", "image": "registry.bank.ae/actions/runner:2"}]}}}, SPACE),
        k8s("core/v1:NamespacePatch", {"metadata": {"name": SPACE, "labels": {ENFORCE: "privileged"}}}, "other"),
        k8s("core/v1:PodList", {"items": [{"metadata": meta("x", SPACE), "spec": {"containers": [
            {"name": "x", "image": "registry.bank.ae/x@sha256:" + "a" * 64}]}}]}, "other"),
    ],
    ids=["job", "operator", "chart", "tag", "patch", "list"],
)  # fmt: skip
def test_nothing_else_is_in_the_namespace(other: Given) -> None:
    assert refused(*but(SPACE), other) == set(REFUSED)


def test_what_is_elsewhere_does_not_count() -> None:
    elsewhere = program("ledger", "payments")
    other_cluster = replace(program("ledger", SPACE), provider={**KUBE, "context": "b"}, provider_name="other")
    runners = mirrored("gha-runner-scale-set", "0.13.0", {"minRunners": 0}, SPACE)
    figures = k8s("monitoring.coreos.com/v1:PodMonitor", {"metadata": meta("runner", SPACE)}, "figures")
    service = k8s(
        "core/v1:Service", {"metadata": meta("runner", SPACE), "spec": {"ports": [{"port": 9252}]}}, "service"
    )
    assert refused(*but(SPACE), elsewhere, other_cluster, runners, figures, service) == set()


@pytest.mark.parametrize("resource", ["serviceaccounts/token", "pods/portforward", "pods/ephemeralcontainers"])
def test_other_rights_stay_refused(resource: str) -> None:
    more = {"apiGroups": [""], "resources": ["pods", resource], "verbs": ["create"]}
    assert refused(*but(SPACE, role=(role(SPACE, *RUNNER, more),))) == {"FJ-IDN-305"}


def test_a_rule_of_several_resources_is_read_whole() -> None:
    rule = {"apiGroups": [""], "resources": ["pods", "pods/exec", "secrets"], "verbs": ["get", "create", "delete"]}
    assert refused(*but(SPACE, role=(role(SPACE, rule),))) == set()
    assert refused(*but(SPACE, role=(role(SPACE, rule),), place=())) == set(REFUSED)


@pytest.mark.parametrize("kind", ["Group", "User"])
def test_people_have_no_runner_s_role(kind: str) -> None:
    people = {"kind": kind, "name": "runner", "namespace": SPACE}
    assert refused(*but(SPACE, bound=(bound(SPACE, of_account("runner", SPACE), people),))) == set(REFUSED)


def test_a_manager_in_another_namespace_makes_the_jobs() -> None:
    manager = replace(account("manager", "gitlab-runner"), name="manager-account")
    bindings = (bound(SPACE, of_account("manager", "gitlab-runner")),)
    assert refused(*but(SPACE, accounts=(manager,), bound=bindings, programs=())) == set()
    assert refused(*but(SPACE, accounts=(manager,), bound=bindings)) == set(REFUSED)


RULES = {"rbac": {"create": True, "clusterWideAccess": False, "rules": list(RUNNER)}}


@pytest.mark.parametrize(
    ("chart", "values", "is_refused"),
    [
        ("gitlab-runner", RULES, False),
        ("gitlab-runner", {"rbac": {**RULES["rbac"], "clusterWideAccess": True}}, True),
        ("gitlab-runner", {"rbac": {**RULES["rbac"], "rules": [
            *RUNNER, {"apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["create"]}]}}, True),
        ("jenkins", {"roleRules": list(RUNNER)}, True),
    ],
)  # fmt: skip
def test_a_chart_gives_a_runner_its_role(chart: str, values: dict[str, object], *, is_refused: bool) -> None:
    runner = (mirrored(chart, "0.83.0", values, SPACE),)
    alone = {"accounts": (), "role": (), "bound": ()}
    assert bool(refused(*but(SPACE, programs=runner, **alone))) is is_refused
    assert refused(*but(SPACE, programs=runner, **{**alone, "place": ()})) >= {"FJ-IDN-305"}
    ledger = (*runner, program("ledger", SPACE))
    assert refused(*but(SPACE, programs=ledger, **alone)) >= {"FJ-IDN-305"}


def test_patches_of_roles_are_power_over_others() -> None:
    given = role(SPACE, *RUNNER)
    patch = replace(given, type=f"{given.type}Patch", name="patched")
    assert refused(*but(SPACE), patch) == set(REFUSED)


def test_other_bindings_of_the_namespace_do_not_count() -> None:
    binding = bound(SPACE, {"kind": "Group", "name": "auditors", "apiGroup": "rbac.authorization.k8s.io"})
    other = {**binding.props, "roleRef": {**binding.props["roleRef"], "name": "readers"}}  # type: ignore[dict-item]
    assert refused(*but(SPACE), replace(binding, name="readers", props=other)) == set()


def test_default_accounts_are_of_every_pod() -> None:
    default = k8s("core/v1:ServiceAccount", {"metadata": meta("default", SPACE)}, "default")
    plan = but(SPACE, accounts=(default,), bound=(bound(SPACE, of_account("default", SPACE)),), programs=())
    assert refused(*plan) == set(REFUSED)


def test_many_roles_of_a_namespace_are_evaluated_in_linear_time() -> None:
    def resource(given: Given, index: int, name: str) -> Resource:
        props = {**given.props, "metadata": {**given.props["metadata"], "name": name}}  # type: ignore[dict-item]
        return Resource(f"urn:{index}", given.type, given.name, props)  # type: ignore[arg-type]

    def refuse(item: ObjectPart) -> Iterator[Outcome]:
        yield failed("refused") if any(rule.data["resources"] for rule in item.children("rules")) else passed()

    runner, place = program("runner", SPACE), namespace(SPACE)
    given = [*((item, str(item.props["metadata"]["name"])) for item in place),  # type: ignore[index]
             (account("runner", SPACE), "runner"), *((runner, f"p{index}") for index in range(1_000))]  # fmt: skip
    roles = [(role(SPACE, RUNNER[1]), f"r{index}") for index in range(1_000)]
    resources = {f"urn:{index}": resource(item, index, name) for index, (item, name) in enumerate((*given, *roles))}
    plan = Plan(resources)
    with within(4):
        found = [out for item in resources.values() for out in check_rights_of_runners(item, plan, refuse)]
    assert len(found) == 1_000
