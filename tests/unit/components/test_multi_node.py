"""Replicas of served models on several machines: the LeaderWorkerSet, its pods, and what is refused."""

from typing import Any

import pytest

from falaj.components import kubernetes
from falaj.components.core.serving.multi_node import LEADER
from falaj.components.core.tenancy.deployer_role import RULES, WRITE
from falaj.components.core.tenancy.queue_specs import FRAMEWORKS
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.kubernetes_samples import GATEWAY_API
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import GROUPED, LARGE, service

SET = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"
DEPLOYMENT, SERVED = "kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"
SCALED, MONITOR = "kubernetes:keda.sh/v1alpha1:ScaledObject", "kubernetes:monitoring.coreos.com/v1:PodMonitor"
POLICY, BUDGET = "kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:policy/v1:PodDisruptionBudget"
RELEASE, NAMESPACE = "kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:Namespace"
OWN = {"falaj/service": "sentiment"}
ON_LEADER = {"falaj/service": "sentiment", "leaderworkerset.sigs.k8s.io/worker-index": "0"}
EACH_MACHINE = ["--pipeline-parallel-size", "2", "--nnodes", "2", "--node-rank", "$(LWS_WORKER_INDEX)"]


def grouped(serving: Any = GROUPED, **changed: Any) -> Recording:
    return service(serving, **{"pools": None, **changed})


def spec(made: Recording) -> dict[str, Any]:
    return made.one(SET).inputs["spec"]


def pod(made: Recording, role: str) -> dict[str, Any]:
    return spec(made)["leaderWorkerTemplate"][f"{role}Template"]["spec"]


def container(made: Recording, role: str) -> dict[str, Any]:
    [found] = pod(made, role)["containers"]
    return found


def test_several_machines_make_a_set_of_groups_and_one_makes_a_deployment() -> None:
    made = grouped()
    assert not made.of(DEPLOYMENT)
    assert not service(LARGE).of(SET)
    assert spec(made)["leaderWorkerTemplate"]["size"] == 2
    assert spec(made)["leaderWorkerTemplate"]["restartPolicy"] == "RecreateGroupAfterStart"
    assert spec(made)["startupPolicy"] == "LeaderCreated"
    # A shared name would be that of the Service, which is not headless.
    assert spec(made)["networkConfig"] == {"subdomainPolicy": "UniquePerReplica"}


@pytest.mark.parametrize(
    ("replicas", "surge", "unavailable"), [({"min": 1, "max": 3}, 1, 0), ({"min": 2, "max": 3}, 0, 1)]
)
def test_a_rollout_replaces_whole_groups(replicas: dict[str, int], surge: int, unavailable: int) -> None:
    strategy = spec(grouped({**GROUPED, **replicas}))["rolloutStrategy"]
    assert strategy == {
        "type": "RollingUpdate",
        "rollingUpdateConfiguration": {"maxSurge": surge, "maxUnavailable": unavailable},
    }


def test_a_set_begins_with_the_least_groups_which_are_then_the_autoscalers() -> None:
    fixed = {key: value for key, value in GROUPED.items() if key != "load"} | {"min": 2, "max": 2}
    for serving, groups, ignored in ((GROUPED, 1, ("spec.replicas",)), (fixed, 2, ())):
        of = grouped(serving)
        assert (spec(of)["replicas"], of.one(SET).ignore_changes) == (groups, ignored)


def test_vllm_is_told_its_rank_and_its_leader() -> None:
    made = grouped()
    leader, worker = (container(made, role)["args"] for role in ("leader", "worker"))
    split = ["--tensor-parallel-size", "8", *EACH_MACHINE]
    # The leader binds to its own address, before its name is in the DNS; the others find it by its name.
    assert leader[-10:] == [*split, "--master-addr", "$(VLLM_HOST_IP)"]
    assert worker[-11:] == [*split, "--master-addr", "$(LWS_LEADER_ADDRESS)", "--headless"]
    assert "--nnodes" not in service(LARGE).one(DEPLOYMENT).inputs["spec"]["template"]["spec"]["containers"][0]["args"]


@pytest.mark.parametrize("role", ["leader", "worker"])
def test_each_machine_knows_its_own_address(role: str) -> None:
    first = container(grouped(), role)["env"][0]
    assert first == {"name": "VLLM_HOST_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}


def test_only_the_leader_is_probed_and_has_a_port() -> None:
    made = grouped()
    questions = {"startupProbe", "readinessProbe", "livenessProbe", "ports"}
    assert questions <= container(made, "leader").keys()
    assert not questions & container(made, "worker").keys()


@pytest.mark.parametrize("key", ["resources", "securityContext", "volumeMounts", "lifecycle", "image", "command"])
def test_in_everything_else_the_machines_are_equal(key: str) -> None:
    made = grouped()
    assert container(made, "leader")[key] == container(made, "worker")[key]


def test_each_machine_has_shared_memory_a_copy_of_the_model_and_time_to_drain() -> None:
    made = grouped()
    # Only the leader answers requests, by TLS.
    for role, prepared in (("leader", ["model", "tls"]), ("worker", ["model"])):
        described = pod(made, role)
        assert {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "16384Mi"}} in described["volumes"]
        assert [item["name"] for item in described["initContainers"]] == prepared
        assert [item["name"] for item in described["volumes"] if item["name"] == "tls"] == prepared[1:]
        assert described["terminationGracePeriodSeconds"] == 335
        assert container(made, role)["lifecycle"] == {"preStop": {"sleep": {"seconds": 305}}}
        assert described["automountServiceAccountToken"] is False
        assert described["securityContext"]["runAsNonRoot"] is True


def test_the_machines_of_a_group_are_in_one_zone() -> None:
    term = {
        "topologyKey": "topology.kubernetes.io/zone",
        "labelSelector": {"matchLabels": OWN},
        "matchLabelKeys": ["leaderworkerset.sigs.k8s.io/group-key"],
    }
    for role in ("leader", "worker"):
        affinity = pod(grouped(), role)["affinity"]
        assert affinity["podAffinity"] == {"requiredDuringSchedulingIgnoredDuringExecution": [term]}
        assert "nodeAffinity" in affinity  # not on spot
        assert "nodeAffinity" not in pod(grouped({**GROUPED, "interruptible": True}), role)["affinity"]
        local = grouped({**GROUPED, "model": {"claim": "models", "gib": 400}}, region=None)
        preferred = [{"weight": 100, "podAffinityTerm": term}]
        assert pod(local, role)["affinity"]["podAffinity"] == {
            "preferredDuringSchedulingIgnoredDuringExecution": preferred
        }


def test_leaders_are_spread_and_workers_follow() -> None:
    constraints = pod(grouped(), "leader")["topologySpreadConstraints"]
    assert {item["topologyKey"] for item in constraints} == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}
    assert all(item["labelSelector"] == {"matchLabels": ON_LEADER} for item in constraints)
    assert "topologySpreadConstraints" not in pod(grouped(), "worker")


def test_requests_and_metrics_come_from_leaders() -> None:
    made = grouped()
    assert made.one(SERVED).inputs["spec"]["selector"] == ON_LEADER == {**OWN, **LEADER}
    assert made.one(MONITOR).inputs["spec"]["selector"] == {"matchLabels": ON_LEADER}
    assert service(LARGE).one(MONITOR).inputs["spec"]["selector"] == {"matchLabels": OWN}


def test_one_eviction_at_a_time_counts_workers_too() -> None:
    assert grouped().one(BUDGET).inputs["spec"]["selector"] == {"matchLabels": OWN}


def test_the_machines_of_a_replica_reach_each_other() -> None:
    policy = grouped().one(POLICY).inputs["spec"]
    gateway, *others, machines = policy["ingress"]
    assert policy["podSelector"] == {"matchLabels": OWN}
    assert gateway["ports"] == [{"port": 8443, "protocol": "TCP"}]
    assert [rule["ports"] for rule in others] == [[{"port": 8000, "protocol": "TCP"}]]
    assert machines == {"from": [{"podSelector": {"matchLabels": OWN}}]}
    assert service(LARGE).one(POLICY).inputs["spec"]["ingress"] == [gateway, *others]


def test_keda_scales_the_set() -> None:
    target = {"apiVersion": "leaderworkerset.x-k8s.io/v1", "kind": "LeaderWorkerSet", "name": "sentiment"}
    assert grouped().one(SCALED).inputs["spec"]["scaleTargetRef"] == target
    assert service(LARGE).one(SCALED).inputs["spec"]["scaleTargetRef"]["kind"] == "Deployment"


@pytest.mark.parametrize(
    ("waits", "annotations"),
    [(True, {"pulumi.com/waitFor": "condition=Available"}), (False, {"pulumi.com/skipAwait": "true"})],
)
def test_a_deployment_waits_for_all_groups(waits: bool, annotations: dict[str, str]) -> None:
    assert grouped(wait_for_pods=waits).one(SET).inputs["metadata"]["annotations"] == annotations


def test_a_command_runs_on_every_machine() -> None:
    command = ["serve", "--rank", "$(LWS_WORKER_INDEX)"]
    own = {**GROUPED, "runtime": "custom", "image": "registry.example/own:1.0.0", "command": command}
    own["load"] = {**GROUPED["load"], "query": "sum(waiting)"}
    made = grouped(own)
    for role in ("leader", "worker"):
        assert container(made, role)["command"] == command
        assert "args" not in container(made, role)
        assert container(made, role)["env"][0]["name"] == "POD_IP"


def test_a_command_of_vllm_decides_how_it_is_distributed() -> None:
    """With Ray, releases before 0.11.1 serve on several machines too."""
    old = {"image": "registry.example/vllm/vllm-openai:v0.11.0", "command": ["bash", "/start.sh"]}
    made = grouped({**GROUPED, **old})
    assert {container(made, role)["env"][0]["name"] for role in ("leader", "worker")} == {"POD_IP"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"image": "registry.example/vllm/vllm-openai:v0.11.0"}, r"serving\.image.*vllm 0\.11\.1 or newer where nodes"),
        ({"gpu": {"mig_profile": "1g.10gb"}}, r"serving\.nodes: 2 .*1 on shares of a GPU"),
        ({"gpu": {"time_sliced": True}}, r"serving\.nodes: 2 .*1 on shares of a GPU"),
        ({"runtime": "triton", "image": "nvidia/tritonserver:25.09-py3"}, r"serving\.nodes: 2 .*several with vllm"),
        ({"runtime": "custom", "image": "registry.example/own:1.0.0"}, r"serving\.nodes: 2 .*a `command` that reads"),
        ({"nodes": 17}, r"serving\.nodes"),
        ({"nodes": 0}, r"serving\.nodes"),
    ],
)
def test_what_cannot_run_on_several_machines_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        grouped({**GROUPED, **changed})


def test_tier_smb_has_one_machine() -> None:
    smb = {"tier": "smb", "gpu": None, "load": None}
    with pytest.raises(BadArguments, match=r"serving\.nodes: 2 .*1 without GPUs"):
        grouped({**GROUPED, **smb})


@pytest.mark.parametrize("tag", ["v0.11.1", "v0.12.0", "0.33.0", "nightly", "v0.12.0@sha256:" + "0" * 64])
def test_releases_that_know_the_options_are_accepted(tag: str) -> None:
    assert grouped({**GROUPED, "image": f"mirror.example/vllm/vllm-openai:{tag}"}).of(SET)


def controller(**changed: Any) -> Recording:
    return recorded(kubernetes.MultiNodeServing, {**GATEWAY_API, **changed})


def test_the_controller_runs_restricted_on_system_nodes() -> None:
    made = controller()
    assert made.one(NAMESPACE).inputs["metadata"]["name"] == "lws-system"
    assert made.one(NAMESPACE).inputs["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    release = made.one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("oci://registry.k8s.io/lws/charts/lws", "0.9.0")
    values = release["values"]
    assert values["replicaCount"] == 2
    assert values["nodeSelector"] == {"falaj/profile": "system"}
    assert values["podSecurityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    assert values["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert values["securityContext"]["allowPrivilegeEscalation"] is False
    assert values["resources"]["requests"] == {"cpu": "100m", "memory": "256Mi"}


def test_its_image_comes_from_the_mirror() -> None:
    image = controller(image_mirror="registry.example.ae/mirror").one(RELEASE).inputs["values"]["image"]["manager"]
    assert image == {
        "repository": "registry.example.ae/mirror/lws/lws",
        "tag": "v0.9.0",
        "pullPolicy": "IfNotPresent",
    }


def test_its_webhooks_and_metrics_are_all_that_is_reached() -> None:
    ports = {port["port"] for rule in controller().one(POLICY).inputs["spec"]["ingress"] for port in rule["ports"]}
    assert ports == {9443, 8443}


def test_a_tenants_deployer_writes_sets_and_reads_their_stateful_sets() -> None:
    verbs = {(rule.group, resource): rule.verbs for rule in RULES for resource in rule.resources}
    assert verbs["leaderworkerset.x-k8s.io", "leaderworkersets"] == WRITE
    assert "create" not in verbs["apps", "statefulsets"]


def test_kueue_does_not_queue_served_models() -> None:
    assert not any("leaderworkerset" in framework or "statefulset" in framework for framework in FRAMEWORKS)
