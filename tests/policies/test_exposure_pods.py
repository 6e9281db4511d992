"""Pod rules for every workload kind: compliant pods, each violation, unknown values, patches and custom resources."""

from typing import Any

import pytest

from .exposure_cases import CONTAINER, POD, all_reports, refused, reported, with_value, without_value
from .harness import UNKNOWN, UNKNOWN_OBJECT, named

FIRST = "containers.0"
CONTEXT = f"{FIRST}.securityContext"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"


def pod(spec: object) -> dict[str, Any]:
    return {"metadata": {"name": "it"}, "spec": spec}


def template(spec: object) -> dict[str, Any]:
    return {"metadata": {"name": "it"}, "spec": {"template": {"spec": spec}}}


KINDS = {
    "kubernetes:core/v1:Pod": pod,
    "kubernetes:core/v1:PodTemplate": lambda spec: {"template": {"spec": spec}},
    "kubernetes:core/v1:ReplicationController": template,
    "kubernetes:core/v1:PodList": lambda spec: {"items": [pod(POD), pod(spec)]},
    "kubernetes:core/v1:List": lambda spec: {"items": [{"kind": "Pod", **pod(spec)}]},
    "kubernetes:apps/v1:Deployment": template,
    "kubernetes:apps/v1beta1:Deployment": template,
    "kubernetes:apps/v1:StatefulSet": template,
    "kubernetes:apps/v1:DaemonSet": template,
    "kubernetes:apps/v1:ReplicaSet": template,
    "kubernetes:apps/v1:DeploymentList": lambda spec: {"items": [template(spec)]},
    "kubernetes:apps/v1:DeploymentPatch": template,
    "kubernetes:batch/v1:Job": template,
    "kubernetes:batch/v1:CronJob": lambda spec: {"spec": {"jobTemplate": template(spec)}},
    "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet": lambda spec: {
        "spec": {"replicatedJobs": [{"name": "w", "template": template(spec)}]}
    },
    "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet": lambda spec: {
        "spec": {"leaderWorkerTemplate": {"leaderTemplate": {"spec": POD}, "workerTemplate": {"spec": spec}}}
    },
    "kubernetes:argoproj.io/v1alpha1:Rollout": template,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_compliant_pod_passes_in_every_workload_kind(kind: str) -> None:
    assert reported(kind, KINDS[kind](POD)) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_violation_is_reported_in_every_workload_kind(kind: str) -> None:
    assert refused(kind, KINDS[kind](with_value(POD, f"{CONTEXT}.privileged", True))) == {"FJ-EXP-301"}


@pytest.mark.parametrize("key", ["initContainers", "ephemeralContainers"])
def test_init_and_ephemeral_containers_are_evaluated(key: str) -> None:
    assert reported(DEPLOYMENT, template({**POD, key: [CONTAINER]})) == set()
    broken = with_value([CONTAINER], "0.securityContext.privileged", True)
    assert refused(DEPLOYMENT, template({**POD, key: broken})) == {"FJ-EXP-301"}


def env(name: str, **source: object) -> list[dict[str, object]]:
    return [{"name": name, **source}]


VIOLATIONS: list[tuple[str, str, object]] = [
    ("FJ-EXP-301", f"{CONTEXT}.privileged", True),
    ("FJ-EXP-301", f"{CONTEXT}.privileged", "true"),
    ("FJ-EXP-301", f"{CONTEXT}.windowsOptions", {"hostProcess": True}),
    ("FJ-EXP-301", "securityContext.windowsOptions", {"hostProcess": True}),
    *(("FJ-EXP-302", key, True) for key in ("hostNetwork", "hostPID", "hostIPC")),
    ("FJ-EXP-303", f"{FIRST}.ports", [{"containerPort": 80, "hostPort": 80}]),
    ("FJ-EXP-303", f"{FIRST}.ports", [{"containerPort": 22}]),
    ("FJ-EXP-304", "volumes", [{"name": "v", "hostPath": {"path": "/var/run/docker.sock"}}]),
    ("FJ-EXP-304", "volumes", [{"name": "a", "emptyDir": {}}, {"name": "v", "hostPath": {"path": "/etc"}}]),
    *(("FJ-EXP-305", f"{CONTEXT}.capabilities.add", [name]) for name in ("ALL", "SYS_ADMIN", "CAP_NET_RAW", "chown")),
    ("FJ-EXP-306", f"{CONTEXT}.capabilities.drop", ["NET_RAW"]),
    ("FJ-EXP-307", f"{CONTEXT}.runAsUser", 0),
    ("FJ-EXP-307", "securityContext.runAsUser", 0),
    ("FJ-EXP-307", "securityContext.runAsGroup", 0),
    ("FJ-EXP-307", f"{CONTEXT}.runAsNonRoot", False),
    ("FJ-EXP-308", f"{CONTEXT}.allowPrivilegeEscalation", True),
    ("FJ-EXP-309", f"{CONTEXT}.readOnlyRootFilesystem", False),
    ("FJ-EXP-310", f"{CONTEXT}.seccompProfile", {"type": "Unconfined"}),
    ("FJ-EXP-310", "securityContext.seccompProfile.type", "Unconfined"),
    ("FJ-EXP-311", f"{CONTEXT}.procMount", "Unmasked"),
    ("FJ-EXP-311", f"{CONTEXT}.appArmorProfile", {"type": "Unconfined"}),
    ("FJ-EXP-311", "securityContext.seLinuxOptions", {"type": "spc_t"}),
    ("FJ-EXP-311", "securityContext.seLinuxOptions", {"user": "system_u"}),
    ("FJ-EXP-311", "securityContext.sysctls", [{"name": "kernel.msgmax", "value": "1"}]),
    *(
        ("FJ-EXP-312", f"{FIRST}.image", image)
        for image in ("nginx", "nginx:latest", "host:5000/nginx", "registry.k8s.io/a/b:main")
    ),
    *(
        ("FJ-EXP-312", "volumes", [{"name": "a", "emptyDir": {}}, {"name": "v", "image": {"reference": image}}])
        for image in ("registry.k8s.io/models/helpdesk", "registry.k8s.io/models/helpdesk:latest", "host:5000/helpdesk")
    ),
    ("FJ-EXP-313", f"{FIRST}.resources.requests", {"memory": "1Gi"}),
    ("FJ-EXP-316", f"{FIRST}.resources.limits", {"cpu": "1"}),
    ("FJ-EXP-314", "automountServiceAccountToken", True),
    ("FJ-EXP-315", f"{FIRST}.env", env("DB_PASSWORD", value="hunter2")),
    ("FJ-EXP-315", f"{FIRST}.env", env("HF_TOKEN", value="abc")),
    ("FJ-EXP-315", f"{FIRST}.env", env("API_KEY", value="abc")),
    ("FJ-EXP-315", f"{FIRST}.env", env("DATABASE_URL", value="postgres://me:mine@db/x")),
    ("FJ-EXP-317", "volumes", [{"name": "v", "nfs": {"server": "a", "path": "/"}}]),
    ("FJ-EXP-318", f"{FIRST}.livenessProbe", {"httpGet": {"host": "10.0.0.1", "port": 80}}),
    ("FJ-EXP-318", f"{FIRST}.lifecycle", {"preStop": {"httpGet": {"host": "10.0.0.1", "port": 80}}}),
]


@pytest.mark.parametrize(("rule", "path", "value"), VIOLATIONS, ids=named)
def test_each_violation_is_blocked_by_its_rule_only(rule: str, path: str, value: object) -> None:
    assert refused(DEPLOYMENT, template(with_value(POD, path, value))) == {rule}


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("FJ-EXP-306", f"{CONTEXT}.capabilities"),
        ("FJ-EXP-307", "securityContext.runAsNonRoot"),
        ("FJ-EXP-308", f"{CONTEXT}.allowPrivilegeEscalation"),
        ("FJ-EXP-309", f"{CONTEXT}.readOnlyRootFilesystem"),
        ("FJ-EXP-310", "securityContext.seccompProfile"),
        ("FJ-EXP-313", f"{FIRST}.resources.requests"),
        ("FJ-EXP-316", f"{FIRST}.resources.limits"),
        ("FJ-EXP-314", "automountServiceAccountToken"),
    ],
)
def test_a_missing_setting_is_a_violation_except_in_a_patch(rule: str, path: str) -> None:
    spec = without_value(POD, path)
    assert refused(DEPLOYMENT, template(spec)) == {rule}
    assert reported("kubernetes:apps/v1:DeploymentPatch", template(spec)) == set()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{CONTEXT}.privileged", False),
        (f"{CONTEXT}.capabilities", {"drop": ["all"], "add": ["NET_BIND_SERVICE"]}),
        (f"{CONTEXT}.runAsUser", 1000),
        (f"{CONTEXT}.seccompProfile", {"type": "Localhost", "localhostProfile": "a.json"}),
        (f"{FIRST}.image", "nginx@sha256:" + "0" * 64),
        (f"{FIRST}.image", UNKNOWN),
        ("volumes", [{"name": "v", "image": {"reference": "registry.k8s.io/models/helpdesk:3"}}]),
        ("volumes", [{"name": "v", "image": {"reference": "registry.k8s.io/models/helpdesk@sha256:" + "0" * 64}}]),
        ("volumes", [{"name": "v", "image": {"reference": UNKNOWN}}]),
        ("volumes", [{"name": "v", "image": {"pullPolicy": "Always"}}]),
        (f"{FIRST}.resources", {"limits": {"cpu": "1", "memory": "1Gi"}}),
        (f"{FIRST}.env", env("DB_PASSWORD", valueFrom={"secretKeyRef": {"name": "db", "key": "password"}})),
        (f"{FIRST}.env", env("DB_PASSWORD", value="$(FROM_SECRET)")),
        (f"{FIRST}.env", env("DB_PASSWORD_FILE", value="/run/secrets/db")),
        (f"{FIRST}.env", env("MAX_TOKENS", value="512")),
        (f"{FIRST}.env", env("AZURE_TOKEN_CREDENTIALS", value="WorkloadIdentityCredential")),
        ("securityContext.seLinuxOptions", {"type": "container_t"}),
        ("securityContext.sysctls", [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]),
        ("volumes", [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}]),
        (f"{FIRST}.livenessProbe", {"httpGet": {"path": "/", "port": 80}}),
    ],
    ids=named,
)
def test_other_compliant_values_pass(path: str, value: object) -> None:
    assert reported(DEPLOYMENT, template(with_value(POD, path, value))) == set()


@pytest.mark.parametrize("path", [f"{FIRST}.resources", f"{FIRST}.resources.limits"])
def test_limits_that_are_not_known_yet_are_not_said_to_be_missing(path: str) -> None:
    found = all_reports(DEPLOYMENT, template(with_value(POD, path, UNKNOWN)))
    texts = [item.text for item in found if item.rule == "FJ-EXP-316"]
    assert ["not known before deployment" in text for text in texts] == [True]


def test_a_pod_may_mount_the_token_of_a_dedicated_service_account() -> None:
    spec = {**POD, "automountServiceAccountToken": True, "serviceAccountName": "reader"}
    assert reported(DEPLOYMENT, template(spec)) == set()
    assert refused(DEPLOYMENT, template({**spec, "serviceAccountName": "default"})) == {"FJ-EXP-314"}


def test_apparmor_may_not_be_disabled_by_annotation() -> None:
    key = "container.apparmor.security.beta.kubernetes.io/main"
    for value, expected in (("unconfined", {"FJ-EXP-311"}), ("runtime/default", set()), ("localhost/mine", set())):
        props = {"metadata": {"annotations": {key: value}}, "spec": POD}
        assert refused("kubernetes:core/v1:Pod", props) == expected


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("FJ-EXP-301", f"{CONTEXT}.privileged"),
        ("FJ-EXP-302", "hostNetwork"),
        ("FJ-EXP-307", "securityContext.runAsNonRoot"),
        ("FJ-EXP-308", f"{CONTEXT}.allowPrivilegeEscalation"),
    ],
)
def test_unknown_values_are_blocked(rule: str, path: str) -> None:
    assert refused(DEPLOYMENT, template(with_value(POD, path, UNKNOWN))) == {rule}


def test_unknown_containers_are_blocked_and_hide_no_violation() -> None:
    reports = refused(DEPLOYMENT, template({**POD, "containers": UNKNOWN_OBJECT, "hostPID": True}))
    assert reports >= {"FJ-EXP-301", "FJ-EXP-302"}


def test_a_message_never_contains_the_value() -> None:
    spec = with_value(POD, f"{FIRST}.env", env("DB_PASSWORD", value="hunter2"))
    (item,) = all_reports(DEPLOYMENT, template(spec))
    assert "DB_PASSWORD" in item.text
    assert "hunter2" not in item.text


def test_objects_that_only_resemble_a_pod_are_not_evaluated() -> None:
    schema = {"spec": {"containers": [{"image": "nginx"}]}}
    assert reported("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", schema) == set()
    overrides = {"spec": {"podTemplateOverrides": [{"containers": [{"name": "main", "env": []}]}]}}
    assert reported("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", overrides) == set()
    # FJ-ESC-115 does not know the property; no rule of pods reads it.
    assert reported("aws:ec2/vpc:Vpc", template(with_value(POD, "hostPID", True))) == {"FJ-ESC-115"}
