"""Settings of training runs: form, architectures, secrets and topology, checked against what their site has."""

import copy
from typing import Any

import pytest
import yaml

from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.cluster_charts import cluster_charts
from falaj.components.settings.load import SettingsRefused, platform_settings
from falaj.components.settings.run_arguments import has_deadlines
from falaj.components.settings.stackfile import KEY
from tests.unit.settings.stacks import ROOT

TRAINING = yaml.safe_load((ROOT / "examples/enterprise-training/Pulumi.training.yaml").read_text())["config"][KEY]
ONPREM = yaml.safe_load((ROOT / "examples/onprem/Pulumi.onprem.yaml").read_text())["config"][KEY]
RUNS = "platform.tenants.data-science.runs"
RAY: dict[str, Any] = {"form": "rayjob", "ray_version": "2.53.0", "command": ["python", "tune.py"]}


def training(run: str = "arabic-llm", **changed: Any) -> dict[str, Any]:
    settings = copy.deepcopy(TRAINING)
    settings["tenants"]["data-science"]["runs"][run] |= changed
    return settings


def problems(settings: dict[str, Any]) -> list[Problem]:
    try:
        platform_settings(settings)
    except SettingsRefused as refused:
        return refused.problems
    return []


def test_the_example_is_valid() -> None:
    assert problems(training()) == []


@pytest.mark.parametrize("changed", [{"form": "trainjob"}, RAY, {"pull_secrets": ["registry"]}])
def test_each_form_is_valid_there(changed: dict[str, Any]) -> None:
    assert problems(training(**changed)) == []


def test_an_image_for_amd64_does_not_run_on_graviton() -> None:
    """The only pool of profile `batch` has machines with arm64."""
    [problem] = problems(training("prepare-arabic", architectures=["amd64"]))
    assert problem.path == f"{RUNS}.prepare-arabic.architectures"
    assert problem.allowed == "arm64, the architecture of prepare"
    assert problems(training("prepare-arabic", architectures=["amd64", "arm64"])) == []


def test_an_image_for_arm64_does_not_run_on_gpus_of_amd64() -> None:
    [problem] = problems(training("arabic-llm", architectures=["arm64"]))
    assert problem.path == f"{RUNS}.arabic-llm.architectures"


def test_a_plaintext_secret_is_refused_before_the_deployment() -> None:
    found = problems(training(environment={"HF_TOKEN": "hf_" + "x" * 34}))
    assert [problem.path for problem in found] == [f"{RUNS}.arabic-llm.environment.HF_TOKEN"]
    assert "x" * 34 not in str(found)


@pytest.mark.parametrize("changed", [{}, {"form": "trainjob", "nodes": 1}])
def test_without_a_queue_nothing_installs_jobset(changed: dict[str, Any]) -> None:
    settings = training(**changed)
    for tenant in settings["tenants"].values():
        for space in tenant["spaces"].values():
            space.pop("queue", None)
    assert f"{RUNS}.arabic-llm.form" in {problem.path for problem in problems(settings)}
    settings["tenants"]["data-science"]["runs"] = {"one": {**settings["tenants"]["data-science"]["runs"]["dialects"]}}
    assert f"{RUNS}.one.form" not in {problem.path for problem in problems(settings)}


@pytest.mark.parametrize(
    ("changed", "charts"),
    [
        ({}, set()),
        ({"form": "trainjob"}, {"kubeflow-trainer"}),
        (RAY, {"kuberay-operator"}),
        ({"form": "jobset"}, set()),
    ],
)
def test_controllers_are_installed_for_the_forms_in_use(changed: dict[str, Any], charts: set[str]) -> None:
    settings = platform_settings(training(**changed))
    [(name, site)] = settings.sites.items()
    installed = {chart.name for chart in cluster_charts(name, site.cloud, site.cluster, settings, True)}
    assert installed & {"kubeflow-trainer", "kuberay-operator"} == charts


def test_controllers_for_tenants_with_stacks_of_their_own() -> None:
    raw = training()
    [(name, site)] = raw["sites"].items()
    site.setdefault("cluster", {})["run_forms"] = ["trainjob", "rayjob"]
    settings = platform_settings(raw)
    assert list(settings.sites[name].cluster.run_forms) == [RunForm.TRAIN_JOB, RunForm.RAY_JOB]
    cluster = settings.sites[name]
    installed = {chart.name for chart in cluster_charts(name, cluster.cloud, cluster.cluster, settings, True)}
    assert {"kubeflow-trainer", "kuberay-operator"} <= installed


SLOW = "2027-03-01T08:00:00+04:00"


def timed(**changed: Any) -> dict[str, Any]:
    """The example with a deadline, and an on-demand pool beside the spot machines."""
    raw = training(**{"deadline": SLOW, "estimated_hours": 48, **changed})
    pools = raw["sites"]["trainaws"]["pools"]
    pools["firm"] = {**pools["train"], "capacity": "on-demand"}
    queue = raw["tenants"]["data-science"]["spaces"]["trainaws"]["queue"]
    queue["pool_percent"] = {"train": 40, "firm": 30, "notebooks": 20, "prepare": 10}
    return raw


def test_a_deadline_installs_its_controller() -> None:
    settings = platform_settings(timed())
    [(name, site)] = settings.sites.items()
    assert has_deadlines(name, site.cluster, settings.tenants)
    settings = platform_settings(training())
    assert not has_deadlines(name, site.cluster, settings.tenants)
    raw = training()
    raw["sites"][name].setdefault("cluster", {})["run_deadlines"] = True
    settings = platform_settings(raw)
    assert has_deadlines(name, settings.sites[name].cluster, settings.tenants)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"estimated_hours": None}, "estimated_hours"),
        ({"deadline": None}, "estimated_hours"),
        ({"deadline": "2027-03-01T08:00:00"}, "deadline"),
        ({"deadline": "2027-02-30T08:00:00+04:00"}, "deadline"),
        ({"interruptible": False}, "deadline"),
        ({"estimated_hours": 241}, "estimated_hours"),
        ({"estimated_hours": 0}, "estimated_hours"),
    ],
)
def test_a_deadline_needs_an_estimate_a_time_zone_and_spot_machines(changed: dict[str, Any], field: str) -> None:
    assert [problem.path for problem in problems(timed(**changed))] == [f"{RUNS}.arabic-llm.{field}"]


def test_a_deadline_needs_a_queue_and_pools_of_both_kinds() -> None:
    raw = timed()
    queue = raw["tenants"]["data-science"]["spaces"]["trainaws"]["queue"]
    del queue["pool_percent"]["firm"]
    [of_share] = problems(raw)
    raw["sites"]["trainaws"]["pools"].pop("firm")  # the on-demand pool `notebooks` has machines with one GPU
    [problem] = problems(raw)
    assert problem == of_share
    assert problem.path == f"{RUNS}.arabic-llm.deadline"
    assert problem.allowed == (
        "where a pool of profile training and capacity on-demand has machines that fit the run, and a share of the "
        "queue's budget"
    )
    raw = timed()
    raw["tenants"]["data-science"]["runs"]["arabic-llm"]["pool"] = "firm"
    assert f"{RUNS}.arabic-llm.pool" in {problem.path for problem in problems(raw)}
    raw = timed()
    del raw["tenants"]["data-science"]["spaces"]["trainaws"]["queue"]
    assert f"{RUNS}.arabic-llm.deadline" in {problem.path for problem in problems(raw)}


def test_a_deadline_that_cannot_be_met_is_a_warning() -> None:
    """Not a problem: the run may continue from a checkpoint, and a plan must not change with the clock."""
    assert problems(timed(deadline="2026-01-01T08:00:00Z")) == []
    [warning] = [text for text in warnings(platform_settings(timed(deadline="2026-01-01T08:00:00Z"))) if "late" in text]
    assert "run arabic-llm: 48 hours that start now end after the deadline 2026-01-01T08:00:00Z" in warning
    assert not [text for text in warnings(platform_settings(timed())) if "deadline" in text]


def test_a_topology_is_for_own_machines_alone() -> None:
    raw = copy.deepcopy(ONPREM)
    raw["onprem"]["dc1"]["topology"] = ["example.ae/rack"]
    assert "platform.onprem.dc1.topology" in {problem.path for problem in problems(raw)}
    del raw["onprem"]["dc1"]["burst"]
    assert problems(raw) == []
