"""Settings of an existing cluster: invalid ones, and the resources that they create."""

from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pulumi
import pytest
from pydantic import ValidationError

from falaj.components.build import onprem
from falaj.components.core.node_pools.own_machines import OwnMachineCostSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import problems_of
from falaj.components.kubernetes import Queueing
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.settings.checks.onprem import fixed_aed_per_month, onprem_problems
from falaj.components.settings.load import platform_settings
from falaj.components.settings.onprem import OnPremSettings
from falaj.facts.regions import Cloud
from tests.unit.components.mocks import build
from tests.unit.components.onprem_samples import ARGS, KEY, MACHINES, kubeconfig
from tests.unit.settings.onprem import changed
from tests.unit.settings.stacks import raw

REST: Any = {key: value for key, value in ARGS.items() if key not in ("connection", "tags", "machines")}


def _problems(settings: dict) -> list[str]:
    try:
        site = OnPremSettings.model_validate(settings)
    except ValidationError as refused:
        return [str(problem) for problem in problems_of(refused, "falaj.onprem.dc1")]
    return [str(problem) for problem in onprem_problems(site, "falaj.onprem.dc1")]


def test_good_settings_have_no_problem_and_become_arguments() -> None:
    assert _problems(changed()) == []
    site, platform = OnPremSettings.model_validate(changed()), platform_settings(raw())
    with patch.object(pulumi.Config, "require_secret", lambda self, key: f"{self.name}:{key}"):
        args = onprem.site_args(site, platform)
    assert args.connection.kubeconfig == "falaj:dc1Kubeconfig"
    assert (args.tags, args.place) == (platform.tags, "onprem")
    assert args.machines == {name: OwnMachineCostSpec(**machine) for name, machine in MACHINES.items()}
    expected = ExistingSiteArgs.model_validate(
        {**REST, "machines": MACHINES, "tags": platform.tags, "connection": args.connection}
    )
    assert args == expected.model_copy(update={"connection": args.connection})


def test_a_month_of_its_machines_by_hand() -> None:
    site = OnPremSettings.model_validate(changed())
    assert fixed_aed_per_month(site) == 730 * (3 * Decimal("3.3") + Decimal("39.8"))


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("budget.aed_per_month", 36280, "dc1.budget.aed_per_month: 36280.0 is not allowed; allowed: 36281 or more"),
        ("place", "me-central-1", "dc1.place: \"me-central-1\" is not allowed; allowed: a name of your own"),
        ("connection.kubeconfig_path", "/etc/kubeconfig", "dc1.connection: \"both\""),
        ("connection.kubeconfig_secret", ..., "dc1.connection: required field is missing"),
        ("connection.servers", [], "dc1.connection.servers"),
        ("connection.servers.0", "10.60.0.10", "dc1.connection.servers.0"),
        ("connection.context", ..., "dc1.connection.context: required field is missing"),
        ("network_cidr", "8.8.0.0/16", "dc1.network_cidr: \"8.8.0.0/16\" is not allowed; allowed: a private block"),
        ("network_cidr", "100.64.0.0/16", "dc1.network_cidr"),
        ("nat_addresses.0", "10.0.0.1", "dc1.nat_addresses.0: \"10.0.0.1\""),
        ("nat_addresses.0", "gate", "dc1.nat_addresses.0: \"gate\""),
        ("pools.system.profile", "batch", "dc1.pools: [\"batch\", \"gpu\", \"system\"] is not allowed"),
        ("pools.batch.nodes.0", "gpu1", "dc1.pools.gpu.nodes.0: \"gpu1\" is not allowed; allowed: a node in one pool"),
        ("pools.batch.machine", "dgx", "dc1.pools.batch.machine: \"dgx\" is not allowed; allowed: cpu, h100x8"),
        ("pools.gpu", ..., "dc1.machines.h100x8"),
        ("store.buckets.datasets", "bank-checkpoints", "dc1.store.buckets.checkpoints"),
        ("store.endpoint", "https://eu.blob.core.windows.net", "dc1.store.endpoint"),
        ("machines.cpu.purchase_aed", ..., "dc1.machines.cpu.purchase_aed: required field is missing"),
        ("energy.pue", 0.5, "dc1.energy.pue"),
        ("encryption", ..., "dc1.encryption: required field is missing"),
        ("storage_classes", {"gpu": "fast"}, "dc1.storage_classes.gpu"),
        ("colour", "red", "dc1.colour: unknown field"),
    ],
)  # fmt: skip
def test_invalid_arguments_are_rejected(path: str, value: object, message: str) -> None:
    result = _problems(changed(path, value))
    assert len(result) == 1, result
    assert result[0].startswith(f"falaj.onprem.{message}")


def test_the_site_of_the_settings_and_queues_on_its_own_machines() -> None:
    site, platform = OnPremSettings.model_validate(changed()), platform_settings(raw())

    def program() -> None:
        with patch.object(pulumi.Config, "require_secret", lambda *_: pulumi.Output.secret(kubeconfig())):
            built = onprem.build("dc1", site, platform)
        cluster = onprem.cluster("dc1", site, platform, built)
        assert (cluster.cloud, cluster.region, cluster.cidr) == (Cloud.ONPREM, None, "10.60.0.0/16")
        assert cluster.vaults == {"datasets": "s3://bank-datasets", "checkpoints": "s3://bank-checkpoints"}
        assert cluster.has_gpus
        Queueing(
            "dc1-queueing",
            {
                "node_autoscaler": cluster.node_autoscaler,
                "pools": cluster.pools,
                "own_machines": cluster.own_machines,
                "tenants": {"retail": {"tier": "enterprise", "aed_per_month": 9000}},  # type: ignore[typeddict-item]
                "aed_per_usd": 3.6725,
                "tags": cluster.tags,
            },
            cluster.after(),
        )

    recording = build(program)
    assert recording.one("falaj:kubernetes:Site").name == "dc1"
    outputs = recording.outputs[recording.one("falaj:kubernetes:Queueing").urn]
    flavors = [f"batch-{Capacity.ON_DEMAND.value}", f"gpu-{Capacity.ON_DEMAND.value}"]
    assert outputs["flavors"] == flavors
    assert outputs["quotas"] == {"retail": {"batch-on-demand": 64, "gpu-on-demand": 8}}
    # Kueue selects nodes by the labels that the site sets.
    nodes = {
        resource.inputs["metadata"]["name"]: resource.inputs["metadata"]["labels"]
        for resource in recording.of("kubernetes:core/v1:NodePatch")
    }
    for flavor in recording.of("kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor"):
        expected = flavor.inputs["spec"]["nodeLabels"].items()
        # The site has no pool for served models, beside which small jobs would run.
        found = {"batch-on-demand": ["cpu1"], "gpu-on-demand": ["gpu1"], "services": []}
        assert [name for name, labels in nodes.items() if expected <= labels.items()] == found[
            flavor.inputs["metadata"]["name"]
        ]
    assert KEY not in str(recording.outputs)


BURST: Any = {
    "region": "uaenorth",
    "node_autoscaler": "karpenter",
    "pools": {
        "spot": {"profile": "training", "machines": ["Standard_NC40ads_H100_v5"], "capacity": "spot", "max": 4},
        "firm": {"profile": "training", "machines": ["Standard_NC40ads_H100_v5"], "max": 2},
    },
}


def test_queues_try_own_machines_then_spot_then_on_demand() -> None:
    site, platform = OnPremSettings.model_validate(changed("burst", BURST)), platform_settings(raw())
    order: list[str] = []

    def program() -> None:
        with patch.object(pulumi.Config, "require_secret", lambda *_: pulumi.Output.secret(kubeconfig())):
            cluster = onprem.cluster("dc1", site, platform, onprem.build("dc1", site, platform))
        assert (cluster.cloud, cluster.region) == (Cloud.ONPREM, "uaenorth")
        settings = QueueingArgs.of(
            "dc1",
            {
                "region": cluster.region,
                "node_autoscaler": cluster.node_autoscaler,
                "pools": cluster.pools,
                "own_machines": cluster.own_machines,
                "tenants": {"retail": {"tier": "enterprise", "aed_per_month": 200000}},
                "aed_per_usd": 3.6725,
                "tags": cluster.tags,
            },
        )
        order.extend(flavor.name for flavor in settings.flavors)

    assert _problems(changed("burst", BURST)) == []
    build(program)
    assert order == ["batch-on-demand", "gpu-on-demand", "spot-spot", "firm-on-demand"]


@pytest.mark.parametrize(
    ("pools", "message"),
    [
        ({"gpu": BURST["pools"]["spot"]}, "burst.pools.gpu: \"gpu\" is not allowed; allowed: a name that no pool"),
        ({"sp": {**BURST["pools"]["spot"], "machines": ["g5.xlarge"]}}, "burst.pools.sp.machines.0: \"g5.xlarge\""),
        ({"sp": {**BURST["pools"]["spot"], "profile": "inference-gpu"}}, "burst.pools.sp.profile: \"inference-gpu\""),
    ],
)  # fmt: skip
def test_which_machines_of_a_cloud_are_refused(pools: dict, message: str) -> None:
    result = _problems(changed("burst", {**BURST, "pools": pools}))
    assert len(result) == 1, result
    assert result[0].startswith(f"falaj.onprem.dc1.{message}")


def test_an_autoscaler_of_ones_own_gives_no_label_of_gpus() -> None:
    spot = {"profile": "training", "machines": ["g5.xlarge", "g6.xlarge"], "capacity": "spot", "max": 2}
    burst = {**BURST, "region": "me-central-1", "pools": {"sp": {**spot, "aws": {"exact_gpus": True}}}}
    found = [text for text in _problems(changed("burst", burst)) if "exact_gpus" in text]
    assert len(found) == 1, found
    assert found[0].startswith("falaj.onprem.dc1.burst.pools.sp.aws.exact_gpus: true")
