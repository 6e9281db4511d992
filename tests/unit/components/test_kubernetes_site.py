"""An existing cluster as a site."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pytest

from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.site import Site
from tests.samples import COST_TAGS
from tests.unit.components.mocks import build
from tests.unit.components.onprem_samples import ARGS, KEY, MACHINES, SERVER, kubeconfig, site

NODE, PATCH, PROVIDER = "kubernetes:core/v1:Node", "kubernetes:core/v1:NodePatch", "pulumi:providers:kubernetes"
NODES = ("system-cp1.dc1", "system-cp2.dc1", "batch-cpu1", "gpu-gpu1")
POOLS: Any = ARGS["pools"]
CONNECTION: Any = ARGS["connection"]


def test_it_makes_nothing_but_labels_and_taints_of_nodes() -> None:
    recording = site()
    patches = {(PATCH, f"uae-pool-{node}") for node in NODES}
    assert {(resource.typ, resource.name) for resource in recording.resources if resource.typ != NODE} == patches | {
        ("falaj:kubernetes:Site", "uae"),
        (PROVIDER, "uae-nodes-kubernetes"),
        (PROVIDER, "uae-kubernetes"),
    }
    assert all(recording.parent_of(item) is recording.one("falaj:kubernetes:Site") for item in recording.of(PATCH))


def test_a_node_is_what_its_pool_says() -> None:
    gpu = site().one(PATCH, "uae-pool-gpu-gpu1").inputs
    assert gpu["metadata"] == {
        "name": "gpu1",
        "labels": {
            "falaj/profile": "training",
            "falaj/pool": "gpu",
            "falaj/capacity": "on-demand",
            "falaj/tenant": "retail",
            "site": "uae",
            **COST_TAGS,
        },
        "annotations": {"falaj/machine": "h100x8", "falaj/aed-per-hour": "39.8"},
    }
    assert gpu["spec"] == {
        "taints": [
            {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
            {"key": "falaj/tenant", "value": "retail", "effect": "NoSchedule"},
        ]
    }
    taint = {"key": "falaj/profile", "value": "batch", "effect": "NoSchedule"}
    assert site().one(PATCH, "uae-pool-batch-cpu1").inputs["spec"] == {"taints": [taint]}


def test_what_runs_there_goes_before_the_nodes_lose_their_marks() -> None:
    recording = site()
    patches = recording.of(PATCH)
    below, above = recording.one(PROVIDER, "uae-nodes-kubernetes"), recording.one(PROVIDER, "uae-kubernetes")
    assert set(above.depends_on) == {patch.urn for patch in patches}
    assert below.depends_on == ()
    assert {item.provider.split("::")[-2] for item in patches} == {"uae-nodes-kubernetes"}
    assert above.inputs["kubeconfig"] == below.inputs["kubeconfig"]


def test_both_providers_reach_the_listed_server_by_the_named_context_alone() -> None:
    for provider in site().of(PROVIDER):
        config = json.loads(provider.inputs["kubeconfig"])
        assert [item["cluster"]["server"] for item in config["clusters"]] == [SERVER]
        assert config["current-context"] == "dc1"
        assert provider.inputs["upsertExistingObjects"] == "false"


def test_outputs_have_no_key() -> None:
    recording = site()
    outputs = recording.outputs[recording.one("falaj:kubernetes:Site").urn]
    assert set(outputs) == set(Site.__annotations__)
    assert KEY not in json.dumps(outputs)
    assert outputs["region"] == "onprem"
    assert (outputs["cluster_name"], outputs["endpoint"]) == ("dc1", SERVER)
    assert outputs["vault_uris"] == {"datasets": "s3://bank-datasets", "checkpoints": "s3://bank-checkpoints"}
    assert outputs["vault_endpoint"] == "https://s3.dc1.example.ae"
    assert outputs["pool_names"] == ["batch", "gpu", "system"]
    assert outputs["storage_classes"] == {"training": "fast", "shared": "cephfs"}
    assert (outputs["registry"], outputs["oidc_issuer_url"]) == ("none", "none")
    assert outputs["aed_per_machine_hour"] == {"cpu": 3.3, "h100x8": 39.8}
    assert outputs["aed_per_month"] == 36281.0


def test_the_kubeconfig_is_secret_and_no_output_is() -> None:
    secrets: dict[str, bool] = {}

    def program() -> object:
        resource = Site("uae", ExistingSiteArgs.of("uae", ARGS))
        looked_at = {name: getattr(resource, name) for name in Site.__annotations__}
        looked_at["kubeconfig of the provider"] = ExistingSiteArgs.of("uae", ARGS).connection.cluster()

        async def look() -> None:
            secrets.update({name: await output.is_secret() for name, output in looked_at.items()})

        return pulumi.Output.from_input(look())

    build(program)
    assert [name for name, secret in secrets.items() if secret] == ["kubeconfig of the provider"]
    assert len(secrets) == len(Site.__annotations__) + 1


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "kubeconfig"
    file.write_text(kubeconfig())
    by_path = site(connection={"servers": [SERVER], "context": "dc1", "kubeconfig_path": str(file)})
    assert by_path.one(PROVIDER, "uae-kubernetes").inputs == site().one(PROVIDER, "uae-kubernetes").inputs


def test_what_queues_and_prices_take_is_at_hand() -> None:
    resource: dict[str, Site] = {}
    build(lambda: resource.setdefault("site", Site("uae", ExistingSiteArgs.of("uae", ARGS))))
    result = resource["site"]
    own = result.own_machines["h100x8"]
    assert isinstance(own, OwnMachineSpec)
    assert (own.vcpu, own.memory_gib, own.gpus) == (224, 2048, 8)
    assert result.pools["gpu"].machines == ["h100x8"]
    assert (result.pools["system"].min, result.pools["system"].max) == (2, 2)
    assert result.prices.vcpu > result.prices.gib > 0
    assert result.prices.gpu > 0


def test_a_secret_kubeconfig_of_another_cluster_is_refused_as_it_becomes_known() -> None:
    args: Any = {**ARGS, "connection": {**CONNECTION, "context": "elsewhere"}}
    cluster = ExistingSiteArgs.of("uae", args).connection.cluster
    with pytest.raises(pulumi.RunError, match=r"^connection\.servers: https://abroad\.example\.com is not allowed"):
        build(cluster)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"connection": {"servers": [SERVER], "context": "dc1"}}, "kubeconfig_path: required where `kubeconfig`"),
        ({"connection": {**CONNECTION, "kubeconfig_path": "x"}}, "either `kubeconfig_path` or `kubeconfig`"),
        ({"connection": {**CONNECTION, "servers": []}}, r"connection\.servers"),
        ({"connection": {**CONNECTION, "servers": ["http://10.0.0.1"]}}, r"connection\.servers\.0"),
        ({"connection": {"servers": [SERVER], "context": "dc1", "kubeconfig_path": "no such"}},
         r"connection\.kubeconfig_path: \"no such\" is not allowed; allowed: a file that can be read"),
        ({"place": "uaenorth"}, r"place: \"uaenorth\" .*a name that is not a cloud region"),
        ({"pools": {"gpu": POOLS["gpu"], "batch": POOLS["batch"]}}, "at least one pool of profile system"),
        ({"pools": {**POOLS, "batch": {**POOLS["batch"], "nodes": ["cp1.dc1"]}}},
         r"pools\.batch\.nodes\.0: \"cp1\.dc1\" .*in one pool only; it is in system"),
        ({"pools": {**POOLS, "batch": {**POOLS["batch"], "nodes": ["Cpu_1"]}}}, r"pools\.batch\.nodes\.0: \"Cpu_1\""),
        ({"pools": {**POOLS, "batch": {**POOLS["batch"], "machine": "dgx"}}}, r"machine: \"dgx\" .*cpu, h100x8"),
        ({"pools": {**POOLS, "batch": {**POOLS["batch"], "profile": "inference-gpu"}}}, "a machine with GPUs"),
        ({"machines": {**MACHINES, "spare": MACHINES["cpu"]}}, r"machines\.spare: .*machine types that a pool uses"),
        ({"storage_classes": {"trainig": "fast"}}, r"storage_classes\.trainig"),
        ({"store": {"endpoint": "http://s3", "buckets": {"models": "abc"}}}, r"store\.endpoint: \"http://s3\""),
        ({"store": {"endpoint": "https://s3.ae:9000", "buckets": {"models": "abc"}}}, "port 443"),
        ({"store": {"endpoint": "https://s3.eu-west-1.amazonaws.com", "buckets": {"models": "abc"}}},
         "your own object store inside the country"),
        ({"store": {"endpoint": "https://s3.ae", "buckets": {"models": "abc", "datasets": "abc"}}},
         r"store\.buckets\.datasets: \"abc\" .*a separate bucket; this one is used for models"),
        ({"store": {"endpoint": "https://s3.ae", "buckets": {"model": "abc"}}}, r"store\.buckets\.model"),
        ({"encryption": "yes"}, "encryption"),
        ({"energy": {"aed_per_kwh": 0.4, "pue": 0.9}}, r"energy\.pue"),
        ({"machines": {**MACHINES, "cpu": {**MACHINES["cpu"], "years": 0}}}, r"machines\.cpu\.years"),
        ({"tags": {}}, r"tags\.project"),
        ({"colour": "red"}, "colour: unknown field"),
    ],
)  # fmt: skip
def test_invalid_arguments_are_rejected(changed: dict[str, Any], message: str) -> None:
    resource: Any = Site
    with pytest.raises(BadArguments, match=message) as caught:
        resource("uae", {**ARGS, **changed})
    assert KEY not in str(caught.value)
