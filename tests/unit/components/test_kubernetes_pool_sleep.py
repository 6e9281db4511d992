"""Scheduled node pools: the jobs and their permissions, and no conflict between jobs and stack over a field."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep
from tests.samples import COST_TAGS
from tests.unit.components.aws_samples import KARPENTER
from tests.unit.components.kubernetes_samples import POOL_SLEEP as ARGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

TAGS = ARGS["tags"]
CRON, RBAC = "kubernetes:batch/v1:CronJob", "kubernetes:rbac.authorization.k8s.io/v1:"
POOL, DEPLOYMENT = "kubernetes:karpenter.sh/v1:NodePool", "kubernetes:apps/v1:Deployment"


def sleep(**changed: Any) -> Recording:
    return recorded(PoolSleep, {**ARGS, **changed})


def spec(name: str, **changed: Any) -> dict[str, Any]:
    return sleep(**changed).one(CRON, name).inputs["spec"]


def pod(name: str, **changed: Any) -> dict[str, Any]:
    return spec(name, **changed)["jobTemplate"]["spec"]["template"]["spec"]


def commands(name: str) -> list[list[str]]:
    """Returns the arguments of the kubectl calls, in order."""
    pod_spec = pod(name)
    return [container["args"][:-1] for container in (*pod_spec.get("initContainers", []), *pod_spec["containers"])]


def with_karpenter(sleeps: bool) -> Recording:
    pools = {name: changed_args(NodePoolSpec, pool, {"sleeps": sleeps}) for name, pool in KARPENTER["pools"].items()}
    return recorded(aws.Karpenter, {**KARPENTER, "pools": pools, "tags": TAGS})


def test_it_has_exactly_these_children() -> None:
    assert sleep().names() == {
        ("kubernetes:core/v1:Namespace", "uae-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-https-only"),
        ("kubernetes:core/v1:ServiceAccount", "uae-account"),
        (RBAC + "ClusterRole", "uae-role"),
        (RBAC + "ClusterRoleBinding", "uae-binding"),
        (RBAC + "Role", "uae-warm-role"),
        (RBAC + "RoleBinding", "uae-warm-binding"),
        *((CRON, f"uae-{pool}-{act}") for pool in ("train", "serve") for act in ("close", "open")),
    }
    assert not {name for typ, name in sleep(warm={}).names() if typ.startswith(RBAC + "Role")} & {"uae-warm-role"}


def test_when_offices_close_no_node_is_allowed_any_more_and_those_there_are_go() -> None:
    zero = json.dumps({"spec": {"limits": {"nodes": "0"}}})
    limit = ["patch", "nodepools.karpenter.sh/serve", "--type=merge", f"--patch={zero}"]
    cool = ["scale", "deployments.apps/serve", "--namespace=falaj-keep-warm", "--replicas=0"]
    drain = ["delete", "nodeclaims.karpenter.sh", "--selector=karpenter.sh/nodepool=serve", "--wait=false"]
    assert commands("uae-serve-close") == [limit, cool, drain]
    assert [command[0] for command in commands("uae-train-close")] == ["patch", "delete"]


def test_when_they_open_nodes_may_come_again_as_many_as_the_stack_says() -> None:
    patch, scale = commands("uae-serve-open")
    assert json.loads(patch[-1].removeprefix("--patch=")) == {"spec": {"limits": {"nodes": "10"}}}
    assert scale[-1] == "--replicas=2"
    assert [command[0] for command in commands("uae-train-open")] == ["patch"]


def test_times_are_dubais_and_evenings_are_mended_every_day() -> None:
    assert {spec(f"uae-train-{act}")["timeZone"] for act in ("close", "open")} == {"Asia/Dubai"}
    assert (spec("uae-train-close")["schedule"], spec("uae-train-open")["schedule"]) == (
        "0 19 * * *",
        "0 7 * * mon-fri",
    )
    assert spec("uae-train-close", closes="18:30")["schedule"] == "30 18 * * *"
    for act in ("close", "open"):
        assert spec(f"uae-train-{act}")["concurrencyPolicy"] == "Forbid"
        assert spec(f"uae-train-{act}")["startingDeadlineSeconds"] == 3600


def test_jobs_may_change_these_pools_and_end_nodes_and_nothing_else() -> None:
    role = sleep().one(RBAC + "ClusterRole").inputs["rules"]
    assert role == [
        {
            "apiGroups": ["karpenter.sh"],
            "resources": ["nodepools"],
            "resourceNames": ["train", "serve"],
            "verbs": ["get", "patch"],
        },
        {"apiGroups": ["karpenter.sh"], "resources": ["nodeclaims"], "verbs": ["get", "list", "delete"]},
    ]
    warm = sleep().one(RBAC + "Role").inputs
    assert warm["metadata"]["namespace"] == "falaj-keep-warm"
    assert {(*rule["resources"], *rule["resourceNames"]) for rule in warm["rules"]} == {
        ("deployments", "serve"),
        ("deployments/scale", "serve"),
    }
    for kind in ("ClusterRoleBinding", "RoleBinding"):
        binding = sleep().one(RBAC + kind).inputs
        assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "pool-sleep", "namespace": "falaj-sleep"}]
        assert binding["roleRef"]["name"] == "pool-sleep"


def test_jobs_run_on_system_nodes_without_privileges() -> None:
    pod_spec = pod("uae-serve-close")
    assert pod_spec["nodeSelector"] == {"falaj/profile": "system"}
    assert pod_spec["tolerations"] == [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
    assert (pod_spec["serviceAccountName"], pod_spec["automountServiceAccountToken"]) == ("pool-sleep", True)
    assert pod_spec["securityContext"]["runAsNonRoot"] is True
    for container in (*pod_spec["initContainers"], *pod_spec["containers"]):
        assert container["image"] == "registry.k8s.io/kubectl:v1.36.0"
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["args"][-1] == "--cache-dir=/tmp"
        assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]  # noqa: S108
    mirrored = pod("uae-train-open", image="registry.example/kubectl:v1.36.2")
    assert [container["image"] for container in mirrored["containers"]] == ["registry.example/kubectl:v1.36.2"]
    account = sleep().one("kubernetes:core/v1:ServiceAccount").inputs
    assert account["automountServiceAccountToken"] is False


def test_the_stack_does_not_fight_over_what_the_clock_writes() -> None:
    awake, asleep = with_karpenter(False), with_karpenter(True)
    for pool in ("train", "serve"):
        assert asleep.one(POOL, f"uae-pool-{pool}").ignore_changes == ("spec.limits.nodes",)
        assert awake.one(POOL, f"uae-pool-{pool}").ignore_changes == ()
    assert asleep.one(DEPLOYMENT).ignore_changes == ("spec.replicas",)
    assert awake.one(DEPLOYMENT).ignore_changes == ()


def test_karpenter_makes_the_jobs_of_its_pools_that_sleep_after_these() -> None:
    awake, asleep = with_karpenter(False), with_karpenter(True)
    more = asleep.names() - awake.names()
    assert awake.names() < asleep.names()
    assert {name for _, name in more if not name.startswith("uae-sleep-")} == set()
    component = asleep.one("falaj:kubernetes:PoolSleep")
    assert {urn.rsplit("::", 1)[-1] for urn in component.depends_on} >= {"uae-pool-train", "uae-pool-serve"}
    scale = json.dumps(asleep.one(CRON, "uae-sleep-serve-open").inputs)
    assert "--replicas=2" in scale
    template = asleep.one(POOL, "uae-pool-train").inputs["spec"]["template"]["spec"]
    assert template["terminationGracePeriod"] == "20m"
    one = changed_args(NodePoolSpec, KARPENTER["pools"]["train"], {"sleeps": True})
    mirrored = recorded(
        aws.Karpenter,
        {**KARPENTER, "pools": {"train": one}, "kubectl_image": "r.example/kubectl:v1.36.1", "tags": TAGS},
    )
    assert "r.example/kubectl:v1.36.1" in json.dumps(mirrored.one(CRON, "uae-sleep-train-close").inputs)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tags": COST_TAGS}, r"tags\.environment: \"prod\" .*production does not sleep"),
        ({"nodes": {}}, "nodes"),
        ({"nodes": {"train": 0}}, r"nodes\.train"),
        ({"warm": {"night": 1}}, r"warm\.night: 1 is not allowed; allowed: one of train, serve"),
        ({"image": "registry.k8s.io/kubectl:latest"}, "image"),
        ({"kubernetes_version": "latest"}, "kubernetes_version"),
        ({"closes": "06:00"}, "closes"),
    ],
)
def test_pools_that_cannot_be_scheduled(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(PoolSleep, {**ARGS, **changed})()
