"""Served models: resources by tier, access, pod security and scaling."""

from typing import Any

import pytest

from falaj.components.core.serving.scaling_specs import Load
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.serving_samples import AWAKE, LARGE, SLEEPING, service

DEPLOYMENT, SERVED = "kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"
HELD, SCALED = "kubernetes:http.keda.sh/v1beta1:InterceptorRoute", "kubernetes:keda.sh/v1alpha1:ScaledObject"
BUDGET, ROUTE = "kubernetes:policy/v1:PodDisruptionBudget", "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
POLICY, ACCOUNT = "kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:core/v1:ServiceAccount"
OF_PODS = {"falaj/tenant": "retail", "falaj/service": "sentiment"}
MONITOR = "kubernetes:monitoring.coreos.com/v1:PodMonitor"
ALWAYS = {ACCOUNT, POLICY, SERVED, DEPLOYMENT, MONITOR}


def kinds(of: Recording) -> set[str]:
    result = [typ for typ, _ in of.names()]
    assert len(result) == len(set(result))
    return set(result)


def pod(of: Recording) -> dict[str, Any]:
    return of.one(DEPLOYMENT).inputs["spec"]["template"]["spec"]


def server(of: Recording) -> dict[str, Any]:
    (found,) = pod(of)["containers"]
    return found


def test_what_each_tier_is_made_of() -> None:
    assert kinds(service()) == ALWAYS | {HELD, SCALED, ROUTE}
    assert kinds(service(AWAKE)) == ALWAYS | {SCALED, ROUTE}
    assert kinds(service(AWAKE, host=None)) == ALWAYS | {SCALED}
    assert kinds(service(AWAKE, prometheus_namespace=None)) == ALWAYS - {MONITOR} | {SCALED, ROUTE}
    assert kinds(service({**AWAKE, "min": 2})) == ALWAYS | {SCALED, ROUTE, BUDGET}
    assert kinds(service({**AWAKE, "max": 1})) == ALWAYS | {ROUTE}
    assert kinds(service(LARGE)) == ALWAYS | {SCALED, ROUTE, BUDGET}
    fixed = {key: value for key, value in LARGE.items() if key != "load"} | {"max": 2}
    assert kinds(service(fixed)) == ALWAYS | {ROUTE, BUDGET}  # type: ignore[arg-type]


def test_every_child_has_the_name_and_the_labels_of_the_bill() -> None:
    for of in (service(), service(AWAKE), service(LARGE)):
        for child in of.custom():
            assert child.name.startswith("uae-")
            assert {**COST_TAGS, **OF_PODS}.items() <= child.inputs["metadata"]["labels"].items()
        assert of.one(DEPLOYMENT).inputs["spec"]["template"]["metadata"]["labels"] == OF_PODS


def test_what_selects_pods_has_no_tag_that_may_change() -> None:
    own = {"falaj/service": "sentiment"}
    of = service(LARGE)
    assert of.one(DEPLOYMENT).inputs["spec"]["selector"]["matchLabels"] == own
    assert of.one(SERVED).inputs["spec"]["selector"] == own
    assert of.one(BUDGET).inputs["spec"]["selector"]["matchLabels"] == own


def test_the_route_is_there_before_what_scales_by_it() -> None:
    of = service()
    assert any(urn.endswith("::uae-held") for urn in of.one(SCALED).depends_on)
    assert of.one(HELD).inputs["spec"] == {
        "target": {"service": "sentiment", "port": 443},
        "rules": [{"hosts": ["sentiment.models.example.ae"]}],
        "scalingMetric": {"concurrency": {"targetValue": 4}},
        "timeouts": {"readiness": "180s"},
    }
    scaled = of.one(SCALED).inputs["spec"]
    assert (scaled["minReplicaCount"], scaled["maxReplicaCount"], scaled["cooldownPeriod"]) == (0, 6, 600)
    assert scaled["triggers"] == [
        {
            "type": "external-push",
            "metadata": {
                "scalerAddress": "keda-add-ons-http-external-scaler.keda:9090",
                "interceptorRoute": "sentiment",
            },
        }
    ]
    assert "fallback" not in scaled


def test_requests_for_a_sleeper_go_to_who_holds_them_and_for_others_to_the_pods() -> None:
    (rule,) = service().one(ROUTE).inputs["spec"]["rules"]
    (sent,) = rule["backendRefs"]
    assert (sent["name"], sent["namespace"], sent["port"]) == ("keda-add-ons-http-interceptor-proxy", "keda", 8443)
    assert rule["timeouts"] == {"request": "480s"}
    (awake,) = service(AWAKE).one(ROUTE).inputs["spec"]["rules"]
    assert awake["backendRefs"] == [{"name": "sentiment", "port": 443, "weight": 100}]


@pytest.mark.parametrize(
    ("of", "askers"),
    [
        (service(), ["keda", "monitoring"]),
        (service(AWAKE), ["falaj-gateway", "monitoring"]),
        (service(AWAKE, prometheus_namespace=None), ["falaj-gateway"]),
        (service(AWAKE, prometheus_namespace=None, host=None, gateway=None), []),
        (
            service(LARGE, gateway={"name": "models", "namespace": "falaj-gateway", "from_namespace": "envoy"}),
            ["envoy", "monitoring"],
        ),
    ],
    ids=["sleeping", "awake", "unwatched", "inside", "gateway elsewhere"],
)
def test_requests_come_by_tls_and_metrics_are_read_and_nothing_else(of: Recording, askers: list[str]) -> None:
    spec = of.one(POLICY).inputs["spec"]
    assert spec["podSelector"] == {"matchLabels": {"falaj/service": "sentiment"}}
    assert spec["policyTypes"] == ["Ingress"]
    peers = [peer for rule in spec["ingress"] for peer in rule["from"]]
    assert peers == [
        {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}} for namespace in askers
    ]
    # A rule without peers would open the port to all.
    (server_port,) = server(of)["ports"]
    ports = [8443 if namespace != "monitoring" else server_port["containerPort"] for namespace in askers]
    assert [rule["ports"] for rule in spec["ingress"]] == [[{"port": port, "protocol": "TCP"}] for port in ports]


def test_pods_may_do_nothing_and_write_nowhere_but_in_their_scratch() -> None:
    for of in (service(), service(AWAKE), service(LARGE)):
        pod_spec = pod(of)
        assert pod_spec["securityContext"]["runAsNonRoot"] is True
        assert pod_spec["securityContext"]["runAsUser"] == 65532
        assert pod_spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod_spec["automountServiceAccountToken"] is False
        assert of.one(ACCOUNT).inputs["automountServiceAccountToken"] is False
        for container in (*pod_spec["initContainers"], *pod_spec["containers"]):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert {"cpu", "memory"} <= container["resources"]["limits"].keys()
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
        mounts = {mount["mountPath"]: mount.get("readOnly", False) for mount in server(of)["volumeMounts"]}
        shared = {"/dev/shm": False} if of is service(LARGE) else {}  # noqa: S108
        assert mounts == {"/models": True, "/tmp": False, **shared}  # noqa: S108


def test_a_model_comes_from_its_vault_or_from_a_volume() -> None:
    copying, _ = pod(service())["initContainers"]
    assert copying["image"] == "ghcr.io/rclone/rclone:1.76.0"
    assert copying["args"][1] == "vault:uae-models/sentiment/v3"
    assert pod(service())["volumes"][0] == {"name": "model", "emptyDir": {"sizeLimit": "615Mi"}}
    assert [container["name"] for container in pod(service(AWAKE))["initContainers"]] == ["tls"]
    claimed = {"claimName": "models", "readOnly": True}
    assert pod(service(AWAKE))["volumes"][0] == {"name": "model", "persistentVolumeClaim": claimed}
    mirrored = [container["image"] for container in pod(service(image_mirror="mirror.example"))["initContainers"]]
    assert mirrored == [
        "mirror.example/rclone/rclone:1.76.0",
        "mirror.example/ghostunnel/ghostunnel:v1.11.1-distroless",
    ]


def test_on_azure_pods_take_their_identity() -> None:
    of = service(AWAKE, client_id="11111111-1111-1111-1111-111111111111", region="uaenorth", pools=None)
    annotations = of.one(ACCOUNT).inputs["metadata"]["annotations"]
    assert annotations == {"azure.workload.identity/client-id": "11111111-1111-1111-1111-111111111111"}
    use = "azure.workload.identity/use"
    assert of.one(DEPLOYMENT).inputs["spec"]["template"]["metadata"]["labels"][use] == "true"
    assert use not in service().one(DEPLOYMENT).inputs["spec"]["template"]["metadata"]["labels"]


def test_smb_runs_on_the_cheapest_pool_that_its_image_is_built_for() -> None:
    assert pod(service())["nodeSelector"] == {"falaj/profile": "inference-cpu", "falaj/pool": "graviton"}
    only = {"falaj/profile": "inference-cpu", "falaj/pool": "x86", "kubernetes.io/arch": "amd64"}
    assert pod(service(AWAKE))["nodeSelector"] == only
    free = pod(service(AWAKE, pools=None))["nodeSelector"]
    assert free == {"falaj/profile": "inference-cpu", "kubernetes.io/arch": "amd64"}
    assert pod(service({**SLEEPING, "pool": "x86"}))["nodeSelector"]["falaj/pool"] == "x86"


def test_only_who_may_be_interrupted_runs_on_spot() -> None:
    assert "affinity" not in pod(service())
    assert any(taint["key"] == "kubernetes.azure.com/scalesetpriority" for taint in pod(service())["tolerations"])
    for of in (service(AWAKE), service(LARGE)):
        affinity = pod(of)["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
        (term,) = affinity["nodeSelectorTerms"]
        assert term["matchExpressions"] == [
            {"key": "falaj/capacity", "operator": "NotIn", "values": ["spot"]},
            {"key": "karpenter.sh/capacity-type", "operator": "NotIn", "values": ["spot"]},
        ]
        assert not any("azure" in taint["key"] for taint in pod(of)["tolerations"])


@pytest.mark.parametrize(
    ("gpu", "resource", "tenants_own"),
    [
        ({"count": 2}, {"nvidia.com/gpu": "2"}, False),
        ({"mig_profile": "1g.10gb"}, {"nvidia.com/mig-1g.10gb": "1"}, False),
        ({"time_sliced": True}, {"nvidia.com/gpu.shared": "1"}, True),
    ],
    ids=["whole", "slices", "turns"],
)
def test_gpus_whole_in_slices_or_in_turns(gpu: Any, resource: dict[str, str], tenants_own: bool) -> None:
    of = service({**LARGE, "gpu": gpu})
    amounts = {"cpu": "8000m", "memory": "49152Mi", **resource}
    assert server(of)["resources"] == {"requests": amounts, "limits": amounts}
    assert ("falaj/tenant" in pod(of)["nodeSelector"]) is tenants_own
    assert {taint["key"] for taint in pod(of)["tolerations"]} == {"nvidia.com/gpu", "falaj/profile", "falaj/tenant"}
    assert pod(of)["nodeSelector"]["falaj/profile"] == "inference-gpu"


def test_a_lost_metric_is_not_an_idle_service() -> None:
    spec = service(LARGE).one(SCALED).inputs["spec"]
    (trigger,) = spec["triggers"]
    assert trigger["metadata"]["ignoreNullValues"] == "false"
    assert trigger["metadata"]["threshold"] == "8"
    assert 'num_requests_waiting{namespace="tenant-retail",service="sentiment"}' in trigger["metadata"]["query"]
    assert spec["fallback"] == {"failureThreshold": 3, "replicas": 2, "behavior": "currentReplicasIfHigher"}
    assert (spec["minReplicaCount"], spec["maxReplicaCount"]) == (2, 4)
    tokens: Any = {**LARGE["load"], "follows": Load.TOKENS, "replicas_blind": 3}  # type: ignore[typeddict-item]
    by_tokens = service({**LARGE, "load": tokens}).one(SCALED).inputs["spec"]
    assert "generation_tokens_total" in by_tokens["triggers"][0]["metadata"]["query"]
    assert by_tokens["fallback"]["replicas"] == 3


def test_a_service_that_never_sleeps_scales_on_cpu() -> None:
    spec = service(AWAKE).one(SCALED).inputs["spec"]
    cpu = {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}
    assert (spec["minReplicaCount"], spec["maxReplicaCount"], spec["triggers"]) == (1, 6, [cpu])
    assert spec["scaleTargetRef"] == {"apiVersion": "apps/v1", "kind": "Deployment", "name": "sentiment"}


def test_going_to_sleep_changes_what_scales_in_place() -> None:
    """Two scalers of one deployment would be rejected."""
    names = {of.one(SCALED).inputs["metadata"]["name"] for of in (service(AWAKE), service(), service(LARGE))}
    assert {of.one(SCALED).name for of in (service(AWAKE), service(), service(LARGE))} == {"uae-scaling"}
    assert names == {"sentiment"}


def test_rollout_of_a_new_version() -> None:
    def update(of: Recording) -> tuple[int, int]:
        rolling = of.one(DEPLOYMENT).inputs["spec"]["strategy"]["rollingUpdate"]
        return rolling["maxSurge"], rolling["maxUnavailable"]

    assert (update(service(AWAKE)), update(service(LARGE)), update(service({**LARGE, "min": 1}))) == (
        (1, 0),
        (0, 1),
        (1, 0),
    )


def test_a_deployment_is_awaited_if_its_pods_can_become_ready() -> None:
    # Pulumi waits for no pod of a service that is scaled to zero, or whose model is uploaded later.
    assert "annotations" not in service(AWAKE).one(DEPLOYMENT).inputs["metadata"]
    for unawaited in (service(), service(AWAKE, wait_for_pods=False)):
        assert unawaited.one(DEPLOYMENT).inputs["metadata"]["annotations"] == {"pulumi.com/skipAwait": "true"}


def test_replicas_are_spread_and_taken_one_by_one() -> None:
    spread = pod(service(LARGE))["topologySpreadConstraints"]
    assert [constraint["topologyKey"] for constraint in spread] == [
        "topology.kubernetes.io/zone",
        "kubernetes.io/hostname",
    ]
    assert {constraint["whenUnsatisfiable"] for constraint in spread} == {"ScheduleAnyway"}
    assert service(LARGE).one(BUDGET).inputs["spec"]["maxUnavailable"] == 1
    assert pod(service(LARGE))["priorityClassName"] == "falaj-inference"
    assert pod(service({**LARGE, "priority_class": "urgent"}))["priorityClassName"] == "urgent"


def test_outputs_are_those_annotated() -> None:
    def outputs(of: Recording) -> dict[str, Any]:
        return of.outputs[of.one("falaj:kubernetes:InferenceService").urn]

    names = {"service_name": "sentiment", "service_account": "sentiment", "deployment_name": "sentiment"}
    assert outputs(service()) == {**names, "url": "https://sentiment.models.example.ae", "pool": "graviton"}
    inside = outputs(service(LARGE, host=None))
    assert inside == {**names, "url": "http://sentiment.tenant-retail.svc:8080", "pool": "any"}


def test_a_model_in_a_store_of_ones_own_is_fetched_with_the_secret_that_lies_there() -> None:
    model = {"uri": "s3://models/sentiment/v3", "gib": 0.5}
    store = {"endpoint": "https://store.bank.example.ae", "secret": "vault-access"}
    recording = service({**AWAKE, "model": {**model, "store": store}}, region=None, pools=None)  # pyright: ignore[reportArgumentType]
    [server] = recording.of("kubernetes:apps/v1:Deployment")
    fetching, _ = server.inputs["spec"]["template"]["spec"]["initContainers"]
    environment = {item["name"]: item.get("value", item.get("valueFrom")) for item in fetching["env"]}
    assert environment["RCLONE_CONFIG_VAULT_PROVIDER"] == "Other"
    assert environment["RCLONE_CONFIG_VAULT_ENDPOINT"] == "https://store.bank.example.ae"
    assert environment["AWS_SECRET_ACCESS_KEY"] == {
        "secretKeyRef": {"name": "vault-access", "key": "AWS_SECRET_ACCESS_KEY"}
    }
    assert "RCLONE_CONFIG_VAULT_REGION" not in environment
