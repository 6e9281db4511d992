"""Scale: what reads a plan in one process takes time in proportion to its resources (`tests.bench` shows how much)."""

import json
from collections.abc import Callable, Iterator, Mapping

import pytest

from falaj.facts.labels import POOL_LABEL
from tests.bench.analyses import bill, steps
from tests.bench.pack import plan
from tests.policies.harness import STRICT, Given, Pack
from tests.processor_time import hold_in_proportion

SMALL, LARGE = 400, 1600
MOST = 6
"""Allowed ratio of processor time for four times the resources; 16 is quadratic."""

STEPS = ("bill", "report of a verdict", "guardrail report, SARIF", "guardrail report, JUnit",
         "policy pack with evidence", "emulated cloud, create to delete")  # fmt: skip


def preview_of(resources: list[Given]) -> str:
    """Returns a preview that creates the resources, as the engine's JSON."""
    rows = [{"urn": item.urn, "type": item.type, "inputs": dict(item.props)} for item in resources]
    return json.dumps({"steps": [{"op": "create", "urn": row["urn"], "newState": row} for row in rows]})


@pytest.fixture(scope="module")
def by_size(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Mapping[str, Callable[[], object]]]:
    """The steps for a small and a large plan, made from compliant resources of many types."""
    preview = preview_of(plan(2000)[::20])
    return {size: steps(preview, size, tmp_path_factory.mktemp(str(size))) for size in (SMALL, LARGE)}


def test_all_steps_are_held(by_size: Mapping[int, Mapping[str, Callable[[], object]]]) -> None:
    assert tuple(by_size[SMALL]) == STEPS


@pytest.mark.parametrize("name", STEPS)
def test_four_times_the_resources_take_at_most_six_times_as_long(
    by_size: Mapping[int, Mapping[str, Callable[[], object]]], name: str
) -> None:
    hold_in_proportion(by_size[SMALL][name], by_size[LARGE][name], MOST, least=0.02)


def hold_plan(plan_of: Callable[[int], list[Given]], size: int) -> None:
    """Raises an assertion error if a plan of four times the size takes the pack more than six times as long."""

    def evaluate(size: int) -> None:
        Pack(STRICT).evaluate_stack(*plan_of(size))

    hold_in_proportion(lambda: evaluate(size), lambda: evaluate(4 * size), MOST)


def joined(size: int) -> list[Given]:
    """Returns buckets with their public access blocks, and addresses with their associations."""
    buckets = [
        Given("aws:s3/bucket:Bucket", {"bucket": f"bucket-{number}"}, f"bucket-{number}") for number in range(size)
    ]
    blocks = [
        Given("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {"bucket": f"bucket-{number}"}, f"b{number}")
        for number in range(size)
    ]
    addresses = [
        Given("aws:ec2/eip:Eip", {"allocationId": f"eipalloc-{number}"}, f"eip-{number}") for number in range(size)
    ]
    uses = [
        Given("aws:ec2/eipAssociation:EipAssociation", {"allocationId": f"eipalloc-{number}"}, f"use-{number}")
        for number in range(size)
    ]
    return [*buckets, *blocks, *addresses, *uses]


def test_rules_that_join_resources_look_each_one_up() -> None:
    hold_plan(joined, 100)


def gateways(size: int) -> list[Given]:
    """Returns a gateway with two policies and a route for each of its tenants."""
    target = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge"}
    edge = {"metadata": {"name": "edge", "namespace": "edge"}, "spec": {"gatewayClassName": "istio"}}

    def policy(number: int, action: str, source: dict[str, list[str]]) -> Given:
        spec = {"targetRefs": [target], "action": action, "rules": [{"from": [{"source": source}]}]}
        props = {"metadata": {"name": f"{action}-{number}", "namespace": "edge"}, "spec": spec}
        return Given("kubernetes:security.istio.io/v1:AuthorizationPolicy", props, f"{action}-{number}")

    def route(number: int) -> Given:
        parent = {"name": "edge", "namespace": "edge"}
        props = {"metadata": {"name": f"r-{number}", "namespace": "t"}, "spec": {"parentRefs": [parent]}}
        return Given("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", props, f"route-{number}")

    tenants = range(size)
    return [
        Given("kubernetes:gateway.networking.k8s.io/v1:Gateway", edge, "edge"),
        *(policy(number, "ALLOW", {"requestPrincipals": ["https://login.example.ae/*"]}) for number in tenants),
        *(policy(number, "DENY", {"principals": ["cluster.local/ns/x/sa/y"]}) for number in tenants),
        *map(route, tenants),
    ]


def test_policies_and_routes_of_a_gateway_look_up_what_they_need() -> None:
    hold_plan(gateways, 100)


def workloads(size: int) -> list[Given]:
    """Returns workloads with two replicas, each with a service, an autoscaler and a disruption budget."""

    def rows(number: int) -> Iterator[Given]:
        name, labels = f"w-{number}", {"app": f"w-{number}"}
        head = {"metadata": {"name": name, "namespace": f"team-{number}"}}
        pod = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "a", "image": "registry/a:1"}]}}
        scaled = {"scaleTargetRef": {"name": name}, "maxReplicas": 4}
        for token, spec in (
            ("apps/v1:Deployment", {"replicas": 2, "selector": {"matchLabels": labels}, "template": pod}),
            ("core/v1:Service", {"selector": labels}),
            ("autoscaling/v2:HorizontalPodAutoscaler", scaled),
            ("policy/v1:PodDisruptionBudget", {"selector": {"matchLabels": labels}, "maxUnavailable": 1}),
        ):
            kind = token.rpartition(":")[2]
            yield Given(f"kubernetes:{token}", {**head, "spec": spec}, f"{kind}-{number}")

    return [row for number in range(size) for row in rows(number)]


def test_workloads_look_up_their_services_autoscalers_and_budgets() -> None:
    hold_plan(workloads, 150)


def callers(size: int) -> list[Given]:
    """Returns the settings of programs that name a vendor by a word, each with the program that reads them and states
    the vendor's address, and pods with templates of their claims."""

    def rows(number: int) -> Iterator[Given]:
        head = {"metadata": {"name": f"m-{number}", "namespace": "t"}}
        settings = "litellm_settings:\n  success_callback: [langfuse]\n"
        yield Given("kubernetes:core/v1:ConfigMap", {**head, "data": {"config.yaml": settings}}, f"map-{number}")
        container = {"name": "a", "image": "registry/a:1", "env": [{"name": "LANGFUSE_HOST", "value": "https://a.ae"}]}
        pod = {"containers": [container], "volumes": [{"name": "c", "configMap": {"name": f"m-{number}"}}]}
        yield Given("kubernetes:apps/v1:Deployment", {**head, "spec": {"template": {"spec": pod}}}, f"pod-{number}")
        request = {"exactly": {"deviceClassName": "gpu.nvidia.com", "count": 1}}
        claim = {"spec": {"spec": {"devices": {"requests": [request]}}}}
        yield Given("kubernetes:resource.k8s.io/v1:ResourceClaimTemplate", {**head, **claim}, f"claim-{number}")

    return [row for number in range(size) for row in rows(number)]


def test_words_of_vendors_and_claims_look_up_what_else_a_plan_has() -> None:
    assert "FJ-RES-120" in {item.rule for item in Pack(STRICT).evaluate_stack(callers(1)[0])}
    assert "FJ-RES-120" not in {item.rule for item in Pack(STRICT).evaluate_stack(*callers(2))}
    hold_plan(callers, 40)


def flavors(size: int) -> str:
    """Returns a preview with as many node groups, flavors of their pools, and budgets."""
    label = {"spec": {"nodeLabels": {POOL_LABEL: "cpu"}}}
    budget = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "10", "limitUnit": "USD"}
    rows = [
        *(Given("kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor", label, f"flavor-{n}") for n in range(size)),
        *(Given("aws:budgets/budget:Budget", budget, f"budget-{n}") for n in range(size)),
        *(Given("aws:eks/cluster:Cluster", {"version": "1.36"}, f"cluster-{n}") for n in range(size)),
    ]
    return preview_of(rows)


def test_a_bill_looks_up_what_a_resource_depends_on() -> None:
    hold_in_proportion(lambda: bill(flavors(300)), lambda: bill(flavors(1200)), MOST)
