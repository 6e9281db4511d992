"""Forms of training runs: TrainJob and RayJob beside Job and JobSet, with the same pods and the same contract."""

import json
import subprocess
from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from tests.unit.components.mocks import RegisteredResource
from tests.unit.components.training_sample import JOB, JOB_SET, container, outputs, pod, run, started

TRAIN_JOB, RUNTIME = (f"kubernetes:trainer.kubeflow.org/v1alpha1:{kind}" for kind in ("TrainJob", "TrainingRuntime"))
RAY_JOB, POLICY = "kubernetes:ray.io/v1:RayJob", "kubernetes:networking.k8s.io/v1:NetworkPolicy"
RAY: dict[str, Any] = {"form": "rayjob", "command": ["python", "-m", "train", "a b"], "ray_version": "2.52.0"}
TRAIN: dict[str, Any] = {"form": "trainjob"}


def ray(**changed: Any) -> dict[str, Any]:
    return run(**{**RAY, **changed}).one(RAY_JOB).inputs["spec"]


@pytest.mark.parametrize(
    ("changed", "objects", "kind"),
    [
        ({}, {JOB}, "Job"),
        ({"form": "job"}, {JOB}, "Job"),
        ({"nodes": 2}, {JOB_SET}, "JobSet"),
        ({"form": "jobset"}, {JOB_SET}, "JobSet"),
        (TRAIN, {TRAIN_JOB, RUNTIME}, "TrainJob"),
        ({**TRAIN, "nodes": 3}, {TRAIN_JOB, RUNTIME}, "TrainJob"),
        (RAY, {RAY_JOB, POLICY}, "RayJob"),
    ],
)
def test_each_form_creates_its_objects(changed: dict[str, Any], objects: set[str], kind: str) -> None:
    made = run(**changed).custom()
    created = {resource.typ for resource in made}
    [work] = [resource for resource in made if resource.typ.endswith(f":{kind}")]
    assert {'metadata.labels["kueue.x-k8s.io/queue-name"]'} <= set(work.replace_on_changes)
    assert {typ for typ in created if not typ.startswith("kubernetes:core/")} == objects
    assert outputs(**changed)["kind"] == kind


def test_a_train_job_runs_the_job_set_of_the_run() -> None:
    """Trainer copies the runtime's template, so that failures are handled as in a JobSet."""
    several = {"nodes": 3, "gpus": 2, "retries": 5}
    made = run(**TRAIN, **several)
    spec = made.one(RUNTIME).inputs["spec"]
    [job] = spec["template"]["spec"]["replicatedJobs"]
    assert spec["mlPolicy"] == {"numNodes": 3}
    assert job["template"].pop("metadata") == {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}}
    of_job_set = json.dumps(started(**several).inputs["spec"])
    for field in ("name", "containerName"):  # Trainer's webhook refuses another name of the container
        of_job_set = of_job_set.replace(f'"{field}": "training"', f'"{field}": "node"')
    assert spec["template"]["spec"] == json.loads(of_job_set)
    [program] = job["template"]["spec"]["template"]["spec"]["containers"]
    assert program["name"] == "node"
    assert made.one(TRAIN_JOB).inputs["spec"]["runtimeRef"] == {
        "apiGroup": "trainer.kubeflow.org",
        "kind": "TrainingRuntime",
        "name": "uae",
    }


def test_a_changed_runtime_starts_a_train_job_again() -> None:
    def digest(**changed: Any) -> str:
        return run(**TRAIN, **changed).one(TRAIN_JOB).inputs["metadata"]["annotations"]["falaj/runtime-digest"]

    assert digest() == digest()
    assert len({digest(), digest(nodes=2), digest(command=["other"]), digest(cpu=4)}) == 4


def _queued(**changed: Any) -> RegisteredResource:
    made = run(queue="retail", **changed)
    return next(resource for resource in made.custom() if resource.typ in (TRAIN_JOB, RAY_JOB))


@pytest.mark.parametrize("changed", [TRAIN, RAY])
def test_kueue_queues_every_form_and_a_deployment_waits_for_acceptance_only(changed: dict[str, Any]) -> None:
    metadata = _queued(**changed).inputs["metadata"]
    assert metadata["labels"]["kueue.x-k8s.io/queue-name"] == "retail"
    assert metadata["labels"]["kueue.x-k8s.io/max-exec-time-seconds"] == "259200"
    assert metadata["annotations"]["pulumi.com/waitFor"] == "jsonpath={.metadata.uid}"
    assert "suspend" not in _queued(**changed).inputs["spec"]


def test_all_pods_of_a_ray_cluster_are_those_of_the_run() -> None:
    cluster = ray(nodes=3, gpus=1)["rayClusterSpec"]
    [workers] = cluster["workerGroupSpecs"]
    head = cluster["headGroupSpec"]["template"]
    assert workers["template"] == head
    assert {workers[key] for key in ("replicas", "minReplicas", "maxReplicas")} == {2}
    assert "workerGroupSpecs" in ray()["rayClusterSpec"]
    assert ray()["rayClusterSpec"]["workerGroupSpecs"] == []
    plain = pod(nodes=1, gpus=1)
    for field in ("securityContext", "automountServiceAccountToken", "restartPolicy", "tolerations", "volumes"):
        assert head["spec"][field] == plain[field], field
    [program] = head["spec"]["containers"]
    expected = container(gpus=1)
    for field in ("image", "securityContext", "resources", "volumeMounts"):
        assert program[field] == expected[field], field


def test_who_submits_to_ray_is_authenticated_and_only_the_operator_reaches_the_head() -> None:
    cluster = ray()["rayClusterSpec"]
    assert (cluster["authOptions"], cluster["rayVersion"]) == ({"mode": "token"}, "2.52.0")
    assert ray()["submissionMode"] == "HTTPMode"
    [rule] = run(**RAY).one(POLICY).inputs["spec"]["ingress"]
    assert rule["ports"] == [{"port": 8265, "protocol": "TCP"}]
    assert rule["from"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ray-system"}}}]
    assert run(**RAY).one(POLICY).inputs["spec"]["podSelector"] == {
        "matchLabels": {"ray.io/node-type": "head", "falaj/run": "uae"}
    }


def test_limits_of_a_ray_job() -> None:
    spec = ray(retries=4, deadline_hours=2)
    assert (spec["backoffLimit"], spec["activeDeadlineSeconds"], spec["shutdownAfterJobFinishes"]) == (4, 7200, True)


@pytest.mark.parametrize(("codes", "ends"), [([0], 0), ([75, 143, 0], 0), ([75, 3], 3), ([137], 137)])
def test_the_driver_is_repeated_as_the_contract_says(codes: list[int], ends: int, tmp_path: Any) -> None:
    """The entrypoint runs in a shell; the driver here ends with one code after the other."""
    (tmp_path / "codes").write_text("\n".join(map(str, codes)))
    script = 'code=$(head -n 1 codes); sed -i 1d codes; [ "$1" = "a b" ] || exit 99; exit $code'
    entrypoint = ray(command=["sh", "-c", script, "driver", "a b"])["entrypoint"].replace("sleep 15", "sleep 0")
    assert subprocess.run(["/bin/sh", "-c", entrypoint], cwd=tmp_path, check=False, timeout=20).returncode == ends
    assert not (tmp_path / "codes").read_text()


def test_ray_places_its_processes_itself() -> None:
    names = {
        item["name"] for item in ray()["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["env"]
    }
    assert not {name for name in names if name.startswith("PET_")}
    assert {"FALAJ_CHECKPOINT_URI", "FALAJ_NODES"} <= names


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"form": "job", "nodes": 2}, "form"),
        ({"form": "rayjob", "ray_version": "2.52.0"}, "command"),
        ({"form": "rayjob", "command": ["a"]}, "ray_version"),
        ({**RAY, "ray_version": "2.51.1"}, "ray_version"),
        ({**RAY, "ray_version": "latest"}, "ray_version"),
        ({"ray_version": "2.52.0"}, "ray_version"),
    ],
)
def test_what_a_form_requires(changed: dict[str, Any], path: str) -> None:
    with pytest.raises(BadArguments) as refused:
        run(**changed)
    assert [problem.path for problem in refused.value.problems] == [path]


def test_further_exit_codes_are_retried_and_count() -> None:
    """The codes match no rule of a JobSet's job, which JobSet counts as a restart."""
    [_, bug] = started(retried_exit_codes=[1]).inputs["spec"]["podFailurePolicy"]["rules"]
    assert bug["onExitCodes"]["values"] == [1, 75, 137, 143]
    several = started(nodes=2, retried_exit_codes=[1]).inputs["spec"]["replicatedJobs"][0]["template"]["spec"]
    lost, again, bug = (rule.get("onExitCodes", {}).get("values") for rule in several["podFailurePolicy"]["rules"])
    assert (lost, again, bug) == (None, [75, 143], [1, 75, 137, 143])
