"""A name in a usage file that the plan does not have is refused, all of them at once."""

import re

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.usage_names import refuse_unknown_names
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan, priced, vault
from tests.unit.finops.work_plans import deployment, of_kind, pod

NODE = (
    "kubernetes:core/v1:NodePatch",
    "own-node",
    {"metadata": {"labels": {"falaj/pool": "own", "falaj/profile": "lab-profile"} | TAGS | {"site": "dc"}}},
)
PLAN = plan(
    AWS_NETWORK,
    agent_pool("gpu", "Standard_NC40ads_H100_v5", 0, 4, tags=TAGS | {"tenant": "retail"}),
    *vault("datasets", "aws:s3/bucket:Bucket", {"tags": TAGS}),
    deployment("assistant", 1, pod("1")),
    of_kind("batch/v1:Job", "train", {"template": pod("1")}),
    ("kubernetes:core/v1:Namespace", "uae-corporate", {"metadata": {"labels": {"falaj/tenant": "corporate"}}}),
    NODE,
)


def used(usage: str) -> Estimate:
    return priced(PLAN, usage)


@pytest.mark.parametrize(
    "usage",
    [
        "",
        "sites: {uae: {pools: {gpu: {nodes: 2}}, vaults: {datasets: {stored_gb: 1}}, logs_gb: 1}}",
        "sites: {uae: {workloads: {assistant: {replicas: 2}, train: {hours: 3}}}}",
        "sites: {dc: {pools: {own: {utilisation: 0.5}}}}",
        "profiles: {inference-gpu: {load: 0.1}, lab-profile: {load: 0.1}}",
        "profiles: {training: {load: 0.1}}",  # not in this plan, but a profile of every platform
        "site_defaults: {vaults: {datasets: {stored_gb: 1}}}",
        "tenants: [retail, corporate]",
    ],
)
def test_names_of_the_plan_are_accepted(usage: str) -> None:
    refuse_unknown_names(used(usage))


@pytest.mark.parametrize(
    ("usage", "sentence"),
    [
        ("sites: {uea: {nat_gb: 1}}", "sites.uea: unknown name; the plan has: uae"),
        ("sites: {uae: {pools: {gpus: {nodes: 2}}}}", "sites.uae.pools.gpus: unknown name; the plan has: gpu"),
        ("sites: {dc: {pools: {gpu: {nodes: 2}}}}", "sites.dc.pools.gpu: unknown name; the plan has: own"),
        ("sites: {uae: {vaults: {dataset: {}}}}", "sites.uae.vaults.dataset: unknown name; the plan has: datasets"),
        (
            "sites: {uae: {workloads: {assistent: {}}}}",
            "sites.uae.workloads.assistent: unknown name; the plan has: assistant",
        ),
        (
            "site_defaults: {vaults: {models: {}}}",
            "site_defaults.vaults.models: unknown name; the plan has: datasets",
        ),
        ("profiles: {trainings: {load: 1}}", "profiles.trainings: unknown name; the plan has: training"),
        ("tenants: [retial]", "tenants.retial: unknown name; the plan has: retail"),
    ],
)
def test_other_names_are_refused_with_those_that_exist(usage: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=re.escape(sentence)):
        refuse_unknown_names(used(usage), "usage.yaml")


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        refuse_unknown_names(
            used("{sites: {uea: {pools: {z: {}}}, uae: {pools: {x: {}}}}, tenants: [y]}"), "usage.yaml"
        )
    problems = re.split(r"; (?=sites\.|tenants\.)", str(caught.value).removeprefix("usage.yaml: "))
    assert len(problems) == 3
    assert all(re.fullmatch(r"[a-z.]+: unknown name; the plan has: [a-z, ]+", problem) for problem in problems)
