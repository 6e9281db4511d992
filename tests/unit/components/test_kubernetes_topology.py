"""Kueue's topology: on fixed machines only, and how the pods of a run on several machines are placed."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.facts.regions import Cloud
from tests.unit.components.queueing_sample import queueing
from tests.unit.components.training_sample import SEVERAL, job, pod, run

KUEUE = "kubernetes:kueue.x-k8s.io/v1beta2:"
RACKS = ["example.ae/row", "example.ae/rack"]
OWN: dict[str, Any] = {
    "region": None,
    "node_autoscaler": NodeAutoscaler.CLUSTER_AUTOSCALER,
    "pools": {
        "own": {"profile": Profile.TRAINING, "machines": ["h100x8"], "capacity": Capacity.ON_DEMAND, "min": 2, "max": 2}
    },
    "own_machines": {"h100x8": {"vcpu": 224, "memory_gib": 2048, "gpus": 8}},
    "tenants": {"retail": {"tier": "enterprise", "aed_per_month": 90000}},
}
PREFERRED = "kueue.x-k8s.io/podset-preferred-topology"


def test_flavors_of_own_machines_have_the_topology_down_to_the_node() -> None:
    made = queueing(**OWN, topology=RACKS)
    topology = made.one(f"{KUEUE}Topology")
    assert topology.inputs["spec"] == {
        "levels": [{"nodeLabel": label} for label in (*RACKS, "kubernetes.io/hostname")],
    }
    flavor = made.one(f"{KUEUE}ResourceFlavor", "uae-flavor-own-on-demand")
    assert "topologyName" not in made.one(f"{KUEUE}ResourceFlavor", "uae-flavor-services").inputs["spec"]
    assert flavor.inputs["spec"]["topologyName"] == topology.inputs["metadata"]["name"]
    assert flavor.inputs["spec"]["nodeLabels"]  # Kueue requires one where there is a topology
    assert "uae-topology" in {urn.rsplit("::", 1)[-1] for urn in flavor.depends_on}


def test_without_labels_there_is_none() -> None:
    made = queueing(**OWN)
    assert not made.of(f"{KUEUE}Topology")
    assert not [item for item in made.of(f"{KUEUE}ResourceFlavor") if "topologyName" in item.inputs["spec"]]


def test_nodes_that_an_autoscaler_creates_have_none() -> None:
    """Kueue would wait for ever for the free capacity of nodes that do not exist yet."""
    with pytest.raises(BadArguments, match="gpuspot") as refused:
        queueing(topology=RACKS)
    assert [problem.path for problem in refused.value.problems] == ["topology"]


def test_a_run_on_several_machines_prefers_one_rack() -> None:
    queued: dict[str, Any] = {"queue": "retail", "topology": "example.ae/rack", "cloud": Cloud.ONPREM}
    for changed in (SEVERAL, {**SEVERAL, "form": "jobset"}):
        annotations = job(**changed, **queued)["template"]["metadata"]["annotations"]
        assert annotations[PREFERRED] == "example.ae/rack"
    assert PREFERRED not in job(**queued)["template"]["metadata"]["annotations"]
    assert PREFERRED not in job(**SEVERAL)["template"]["metadata"]["annotations"]
    with pytest.raises(BadArguments, match="queue"):
        run(topology="example.ae/rack")


def test_on_premises_no_label_of_a_zone_is_required() -> None:
    """A node without the label of a required affinity never gets the pod (Kubernetes' plugin InterPodAffinity)."""
    affinity = pod(**SEVERAL, cloud=Cloud.ONPREM)["affinity"]["podAffinity"]
    assert affinity.keys() == {"preferredDuringSchedulingIgnoredDuringExecution"}
    assert pod(**SEVERAL)["affinity"]["podAffinity"].keys() == {"requiredDuringSchedulingIgnoredDuringExecution"}
