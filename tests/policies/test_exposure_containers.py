"""Host access and root users of containers, in Kubernetes and in other container services."""

import json
from typing import Any

import pytest

from .harness import Given, Pack, blocking, named, secret

PACK = Pack()


POD = "kubernetes:core/v1:Pod"


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


@pytest.mark.parametrize("user", [0, 0.0, "0", " 0 ", secret(0)], ids=named)
def test_root_is_refused_in_any_spelling(user: object) -> None:
    container = {"name": "a", "image": "a:1", "securityContext": {"runAsUser": user}}
    assert refused(POD, {"spec": {"containers": [container]}}, "FJ-EXP-307")
    assert refused(POD, {"spec": [{"containers": [None, container]}]}, "FJ-EXP-307")
    assert refused(POD, {"spec": secret({"containers": [secret(container)]})}, "FJ-EXP-307")


JOB = "aws:batch/jobDefinition:JobDefinition"


BARE = {"image": "a:1", "readonlyRootFilesystem": True}


BAD = {**BARE, "privileged": True}


LEAKING = {**BARE, "environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda item: {"containerProperties": json.dumps(item)},
        lambda item: {
            "nodeProperties": json.dumps({"nodeRangeProperties": [{"container": BARE}, {"container": item}]})
        },
        lambda item: {"ecsProperties": json.dumps({"taskProperties": [{"containers": [BARE, item]}]})},
    ],
)
def test_all_containers_of_a_batch_job_are_evaluated(wrap: Any) -> None:
    assert refused(JOB, wrap(BAD), "FJ-EXP-115")
    assert refused(JOB, wrap({**BARE, "linuxParameters": {"capabilities": {"add": ["SYS_ADMIN"]}}}), "FJ-EXP-115")
    assert refused(JOB, wrap(LEAKING), "FJ-EXP-114")
    assert not refused(JOB, wrap(BARE), "FJ-EXP-115")


@pytest.mark.parametrize(
    ("token", "props", "rule"),
    [
        (JOB, {"eksProperties": {"podProperties": {"hostNetwork": True}}}, "FJ-EXP-119"),
        (JOB, {"eksProperties": {"podProperties": {
            "hostNetwork": False, "containers": [{"securityContext": {"privileged": "true"}}]}}}, "FJ-EXP-119"),
        ("aws:ecs/taskDefinition:TaskDefinition",
         {"volumes": [{"name": "a"}, {"name": "b", "hostPath": "/"}]}, "FJ-EXP-115"),
        ("azure-native:containerinstance:ContainerGroup",
         {"containers": [{"securityContext": {"privileged": True}}]}, "FJ-EXP-115"),
    ],
)  # fmt: skip
def test_host_access_is_refused_in_every_service(token: str, props: dict[str, Any], rule: str) -> None:
    assert refused(token, props, rule)
