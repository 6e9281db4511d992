"""CronJobs in the emulated Kubernetes."""

from typing import Any

import pytest

from falaj.sandbox.clouds.kubernetes.jobs import CRON_JOB
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.kubernetes_objects import Open, kubeconfig, meta, refusal


def job(restart: str | None = "Never", **spec: Json) -> dict[str, Any]:
    pod = {"restartPolicy": restart, "containers": [{"name": "copy", "image": "example/copy:1"}]}
    return {
        "metadata": meta("copy"),
        "spec": {"schedule": "17 * * * *", "jobTemplate": {"spec": {"template": {"spec": pod}}}, **spec},
    }


@pytest.mark.parametrize(
    "inputs",
    [{}, {"schedule": "0 2 * * fri"}, {"schedule": "@daily", "timeZone": "Asia/Dubai"}, {"restart": "OnFailure"}],
)
def test_valid_jobs_are_accepted(open_cloud: Open, inputs: dict[str, Any]) -> None:
    resource = open_cloud("kubernetes", kubeconfig=kubeconfig()).create(CRON_JOB, "copy", **job(**inputs))
    assert resource.id == "default/copy"


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"schedule": "hourly"}, 'spec.schedule: Invalid value: "hourly": expected exactly 5 fields, found 1'),
        ({"schedule": "TZ=Asia/Dubai 0 2 * * *"}, "cannot use TZ or CRON_TZ in schedule"),
        ({"timeZone": "Dubai"}, "unknown time zone Dubai"),
        ({"concurrencyPolicy": "Never"}, "spec.concurrencyPolicy"),
        ({"restart": "Always"}, 'restartPolicy: Invalid value: "Always"'),
        ({"restart": None}, "restartPolicy"),
    ],
)
def test_invalid_jobs_are_rejected(open_cloud: Open, inputs: dict[str, Any], expected: str) -> None:
    cloud = open_cloud("kubernetes", kubeconfig=kubeconfig())
    message = refusal(cloud, CRON_JOB, **job(**inputs))
    assert 'CronJob.batch "copy" is invalid: ' in message
    assert expected in message
