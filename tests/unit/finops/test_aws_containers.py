"""Services of ECS: on what their tasks run, and what these cost."""

from typing import Any

import pytest

from falaj.finops.plan import UNKNOWN

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
SERVICE, TASK = "aws:ecs/service:Service", "aws:ecs/taskDefinition:TaskDefinition"
CAPACITY, CLUSTER = "aws:ecs/capacityProvider:CapacityProvider", "aws:ecs/cluster:Cluster"
DEFAULTS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
SIZE = {"family": "claims", "cpu": "1024", "memory": "2048"}
PROVIDERS = (
    (CAPACITY, "machines", {"name": "machines", "autoScalingGroupProvider": {}}, PROVIDER),
    (CAPACITY, "managed", {"name": "managed", "managedInstancesProvider": {}}, PROVIDER),
    (CLUSTER, "one", {"name": "one"}, PROVIDER),
    (CLUSTER, "other", {"name": "other"}, PROVIDER),
)


def _strategy(*names: object) -> list[dict[str, object]]:
    return [{"capacityProvider": name, "weight": 1} for name in names]


def _cost(service: dict[str, Any], *rows: Any, task: dict[str, Any] | None = None, **links: tuple[str, str]) -> str:
    """Returns the SKUs of the charges of a service of two tasks; `links` are its dependencies, as (type, name)."""
    by = PROVIDER | {"dependencies": {key: [urn(*to)] for key, to in links.items()}}
    props = {"desiredCount": 2, "taskDefinition": "claims:3", **service}
    result = priced(
        plan(AWS, (TASK, "task", SIZE | (task or {}), PROVIDER), *PROVIDERS, *rows, (SERVICE, "it", props, by))
    )
    return " ".join(line.charge.sku for line in result.lines if line.type == SERVICE)


def _defaults(provider: object, cluster: object = "one", **links: tuple[str, str]) -> Any:
    by = PROVIDER | {"dependencies": {key: [urn(*to)] for key, to in links.items()}}
    return DEFAULTS, "defaults", {"clusterName": cluster, "defaultCapacityProviderStrategies": _strategy(provider)}, by


ON_FARGATE, ON_MANAGED, NOTHING, UNCERTAIN = "vcpu gib", "managed instances", "", "tasks"


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ({"launchType": "FARGATE"}, ON_FARGATE),
        ({"launchType": "EC2"}, NOTHING),
        ({"launchType": "EXTERNAL"}, NOTHING),
        ({"launchType": "MANAGED_INSTANCES"}, ON_MANAGED),
        ({"launchType": UNKNOWN}, UNCERTAIN),
        ({}, NOTHING),
        ({"capacityProviderStrategies": _strategy("FARGATE_SPOT")}, ON_FARGATE),
        ({"capacityProviderStrategies": _strategy("machines")}, NOTHING),
        ({"capacityProviderStrategies": _strategy("machines", "managed")}, ON_MANAGED),
        ({"capacityProviderStrategies": _strategy(UNKNOWN)}, UNCERTAIN),
        ({"capacityProviderStrategies": UNKNOWN}, UNCERTAIN),
        ({"launchType": "FARGATE", "desiredCount": UNKNOWN}, UNCERTAIN),
        ({"launchType": "FARGATE", "taskDefinition": "others:3"}, UNCERTAIN),
        ({"launchType": "MANAGED_INSTANCES", "desiredCount": 0}, NOTHING),
        ({"launchType": "FARGATE", "taskDefinition":
          "arn:aws:ecs:me-central-1:123456789012:task-definition/claims:3"}, ON_FARGATE),
    ],
)  # fmt: skip
def test_the_service_says_on_what_its_tasks_run(service: dict[str, Any], expected: str) -> None:
    assert _cost(service) == expected


@pytest.mark.parametrize(("name", "expected"), [("machines", NOTHING), ("managed", ON_MANAGED)])
def test_a_provider_that_is_known_later_is_that_of_the_plan(name: str, expected: str) -> None:
    service = {"capacityProviderStrategies": _strategy(UNKNOWN)}
    assert _cost(service, capacityProviderStrategies=(CAPACITY, name)) == expected


@pytest.mark.parametrize(
    ("cluster", "defaults", "expected"),
    [
        ("one", _defaults("FARGATE"), ON_FARGATE),
        ("arn:aws:ecs:me-central-1:123456789012:cluster/one", _defaults("FARGATE"), ON_FARGATE),
        ("one", _defaults("managed"), ON_MANAGED),
        ("one", _defaults("machines"), NOTHING),
        ("one", _defaults("FARGATE", "other"), NOTHING),
        ("one", _defaults("FARGATE", UNKNOWN), ON_FARGATE),
        ("one", _defaults("FARGATE", UNKNOWN, clusterName=(CLUSTER, "other")), NOTHING),
        ("one", _defaults("FARGATE", UNKNOWN, clusterName=(CLUSTER, "one")), ON_FARGATE),
        (UNKNOWN, _defaults("FARGATE"), ON_FARGATE),
        (None, _defaults("FARGATE"), NOTHING),
        (None, _defaults("FARGATE", "default"), ON_FARGATE),
    ],
)
def test_the_default_of_the_cluster_decides_otherwise(cluster: object, defaults: Any, expected: str) -> None:
    assert _cost({} if cluster is None else {"cluster": cluster}, defaults) == expected


def test_clusters_are_compared_by_their_dependencies() -> None:
    for name, expected in (("one", ON_FARGATE), ("other", NOTHING)):
        defaults = _defaults("FARGATE", UNKNOWN, clusterName=(CLUSTER, name))
        assert _cost({"cluster": UNKNOWN}, defaults, cluster=(CLUSTER, "one")) == expected


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ({"requiresCompatibilities": ["FARGATE"]}, ON_FARGATE),
        ({"requiresCompatibilities": ["EC2", "FARGATE"]}, NOTHING),
        ({"requiresCompatibilities": ["MANAGED_INSTANCES"]}, ON_MANAGED),
    ],
)
def test_the_task_says_what_it_needs(task: dict[str, Any], expected: str) -> None:
    assert _cost({}, task=task) == expected


@pytest.mark.parametrize(
    ("task", "count", "expected"),
    [
        ({"ephemeralStorage": {"sizeInGib": 30}}, 100, ON_FARGATE),
        ({"ephemeralStorage": {"sizeInGib": 31}}, 100, f"{ON_FARGATE} storage"),
        ({"ephemeralStorage": {"sizeInGib": UNKNOWN}}, 1, f"{ON_FARGATE} storage"),
        ({"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}, 1, f"{ON_FARGATE} windows"),
    ],
)
def test_further_storage_and_windows_have_no_price(task: dict[str, Any], count: int, expected: str) -> None:
    assert _cost({"launchType": "FARGATE", "desiredCount": count}, task=task) == expected
