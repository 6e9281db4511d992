"""A tenant's tracking server: network policies, no privileges, no secret, and a database that survives the loss of
its disk.
"""

from decimal import Decimal
from typing import Any

import pytest

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.training.tracking import POD_LIMITS
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes import Tracking
from falaj.sandbox.clouds.kubernetes.pods import quantity
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import TRACKING
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

POLICY, CLAIM = "kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:core/v1:PersistentVolumeClaim"
DATABASE = {"database": {"secret": "tracking-database", "cidr": "10.40.8.0/24"}}
ON_AZURE = {
    "region": "uaenorth",
    "vault_uri": "https://uaemodels.blob.core.windows.net/models",
    "client_id": "55555555-5555-5555-5555-555555555555",
}
HOSTS = (
    "tracking:5000,tracking.tenant-retail:5000,tracking.tenant-retail.svc:5000,"
    "tracking.tenant-retail.svc.cluster.local:5000,localhost:5000"
)


def made(**changed: Any) -> Recording:
    return recorded(Tracking, {**TRACKING, **changed})


def pod(of: Recording) -> dict[str, Any]:
    return of.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]["spec"]


def containers(of: Recording) -> dict[str, Any]:
    spec = pod(of)
    return {container["name"]: container for container in (*spec["initContainers"], *spec["containers"])}


def variables(container: dict[str, Any]) -> dict[str, Any]:
    return {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in container["env"]}


def test_children() -> None:
    parts = {"account", "asked-by", "disk", "server", "service"}
    assert {name for _, name in made().names()} == {f"uae-{item}" for item in parts}
    with_database = parts - {"disk"} | {"asks"}
    assert {name for _, name in made(**DATABASE).names()} == {f"uae-{element}" for element in with_database}


def test_the_limits_of_the_pod_are_those_that_count_in_the_tenants_space() -> None:
    parts = [container["resources"] for container in pod(made())["containers"]]
    cpu = sum(amount_of(part["requests"]["cpu"]) for part in parts)
    memory = sum(amount_of(part["limits"]["memory"]) for part in parts)
    assert (cpu, memory) == (Decimal(str(POD_LIMITS.cpu)), Decimal(POD_LIMITS.memory_gib) * 1024**3)


def amount_of(text: str) -> Decimal:
    value = quantity(text)
    assert value is not None
    return value


def test_every_object_is_the_tenants_and_says_whose_money_it_is() -> None:
    recording = made()
    for child in recording.custom():
        metadata = child.inputs["metadata"]
        assert metadata["namespace"] == "tenant-retail", child.name
        assert COST_TAGS.items() <= metadata["labels"].items(), child.name
        assert metadata["labels"]["falaj/tenant"] == "retail"
    template = recording.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]
    assert template["metadata"]["labels"] == {"falaj/tenant": "retail", "app.kubernetes.io/name": "tracking"}


def test_only_pods_of_the_namespace_may_ask() -> None:
    assert made().one(POLICY).inputs["spec"] == {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "tracking"}},
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [{"podSelector": {}}], "ports": [{"port": 5000, "protocol": "TCP"}]}],
    }
    assert made().one("kubernetes:core/v1:Service").inputs["spec"]["type"] == "ClusterIP"


def test_it_starts_after_what_it_needs() -> None:
    recording = made()
    after = {urn.rsplit("::", 1)[-1] for urn in recording.one("kubernetes:apps/v1:Deployment").depends_on}
    assert after >= {"uae-account", "uae-asked-by", "uae-disk"}


@pytest.mark.parametrize("changed", [{}, DATABASE, ON_AZURE], ids=["disk", "database", "azure"])
def test_no_container_has_privileges_a_token_or_a_place_to_write_but_its_own(changed: dict[str, Any]) -> None:
    of = made(**changed)
    spec = pod(of)
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["automountServiceAccountToken"] is False
    # With them, a service named `mlflow` would set the variable for the listening port.
    assert spec["enableServiceLinks"] is False
    for container in containers(of).values():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["image"] == MLFLOW
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
        assert "memory" in container["resources"]["limits"]
        mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
        assert mounts == ({"/tmp"} if "database" in changed else {"/tmp", "/data"})  # noqa: S108


def test_the_server_answers_to_its_names_only() -> None:
    command = containers(made())["server"]["command"]
    assert command == [
        "mlflow", "server", "--host=0.0.0.0", "--port=5000", "--workers=1", "--serve-artifacts",
        f"--allowed-hosts={HOSTS}", "--x-frame-options=DENY",
    ]  # fmt: skip
    further = containers(made(hosts=["mlflow.retail.example.ae"]))["server"]["command"]
    assert f"--allowed-hosts={HOSTS},mlflow.retail.example.ae" in further
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert containers(made())["server"][probe]["httpGet"] == {"path": "/health", "port": "http"}


@pytest.mark.parametrize(
    ("changed", "folder"),
    [
        ({}, "s3://uae-models/tenants/retail/mlflow"),
        (ON_AZURE, "wasbs://models@uaemodels.blob.core.windows.net/tenants/retail/mlflow"),
    ],
    ids=["aws", "azure"],
)
def test_artifacts_and_copies_lie_apart_in_the_tenants_folder(changed: dict[str, Any], folder: str) -> None:
    of = made(**changed)
    for name in ("restore", "server", "copies"):
        environment = variables(containers(of)[name])
        assert environment["MLFLOW_ARTIFACTS_DESTINATION"] == f"{folder}/artifacts"
        assert environment["FALAJ_COPIES"] == f"{folder}/database"
    assert of.outputs[of.one("falaj:kubernetes:Tracking").urn] == {
        "url": "http://tracking.tenant-retail.svc:5000",
        "service_account": "tracking",
        "artifacts": f"{folder}/artifacts",
    }


def test_its_cloud_identity_is_that_of_its_service_account() -> None:
    def shown_by(of: Recording) -> tuple[Any, Any]:
        account = of.one("kubernetes:core/v1:ServiceAccount").inputs["metadata"].get("annotations")
        labels = of.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]["metadata"]["labels"]
        return account, labels.get("azure.workload.identity/use")

    assert shown_by(made()) == (None, None)
    assert shown_by(made(**ON_AZURE)) == ({"azure.workload.identity/client-id": ON_AZURE["client_id"]}, "true")
    assert "AWS_REGION" not in variables(containers(made(**ON_AZURE))["server"])
    for container in containers(made()).values():
        environment = variables(container)
        assert environment["AWS_REGION"] == "me-central-1"
        assert environment["AWS_EC2_METADATA_DISABLED"] == "true"
        assert environment["AZURE_TOKEN_CREDENTIALS"] == "WorkloadIdentityCredential"
        assert environment["MLFLOW_DISABLE_TELEMETRY"] == "true"
        assert environment["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] == "false"
        assert not {name for name in environment if "KEY" in name or "PASSWORD" in name or "CONNECTION" in name}


def test_a_file_is_readied_before_and_copied_beside_the_one_server() -> None:
    of = made()
    spec = pod(of)
    assert [container["name"] for container in spec["initContainers"]] == ["restore", "schema"]
    assert [container["name"] for container in spec["containers"]] == ["server", "copies"]
    assert containers(of)["schema"]["command"] == ["mlflow", "db", "upgrade", "$(MLFLOW_BACKEND_STORE_URI)"]
    assert containers(of)["restore"]["command"][3:] == ["restore"]
    assert containers(of)["copies"]["command"][3:] == ["follow"]
    assert variables(containers(of)["server"])["MLFLOW_BACKEND_STORE_URI"] == "sqlite:////data/mlflow.db"
    deployment = of.one("kubernetes:apps/v1:Deployment").inputs["spec"]
    assert (deployment["replicas"], deployment["strategy"]) == (1, {"type": "Recreate"})


def test_the_disk_is_of_an_encrypted_class_and_stays_if_asked() -> None:
    disk = made().one(CLAIM)
    assert disk.inputs["spec"] == {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": "falaj-inference-cpu",
        "resources": {"requests": {"storage": "10Gi"}},
    }
    assert disk.protect is False
    kept = made(profile=Profile.BATCH, storage_class="fast", database_gib=50, protect=True).one(CLAIM)
    assert kept.protect is True
    assert kept.inputs["spec"]["storageClassName"] == "fast"
    assert kept.inputs["spec"]["resources"] == {"requests": {"storage": "50Gi"}}
    assert made(profile=Profile.BATCH).one(CLAIM).inputs["spec"]["storageClassName"] == "falaj-batch"


def test_a_database_elsewhere_is_reached_by_its_secret_and_one_way_out() -> None:
    of = made(**DATABASE)
    address = {"secretKeyRef": {"name": "tracking-database", "key": "uri"}}
    assert {name: variables(of_one)["MLFLOW_BACKEND_STORE_URI"] for name, of_one in containers(of).items()} == {
        "schema": address,
        "server": address,
    }
    assert of.one(POLICY, "uae-asks").inputs["spec"] == {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "tracking"}},
        "policyTypes": ["Egress"],
        "egress": [
            {"to": [{"ipBlock": {"cidr": "10.40.8.0/24"}}], "ports": [{"port": 5432, "protocol": "TCP"}]}
        ],
    }  # fmt: skip
    assert "--workers=4" in containers(of)["server"]["command"]


def test_a_mirror_and_a_digest() -> None:
    pinned = f"ghcr.io/mlflow/mlflow:v3.16.1-full@sha256:{'0' * 64}"
    mirrored = containers(made(image=pinned, image_mirror="registry.example.ae/mirror"))
    assert {container["image"] for container in mirrored.values()} == {
        f"registry.example.ae/mirror/mlflow/mlflow:v3.16.1-full@sha256:{'0' * 64}"
    }


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"folder": "/x"}, "folder"),
        ({"hosts": ["*"]}, r"hosts\.0"),
        ({"image": "ghcr.io/mlflow/mlflow:latest"}, "image"),
        ({"database": {"secret": "s", "cidr": "0.0.0.0/0"}}, r"database\.cidr"),
        ({"database_gib": 0}, "database_gib"),
        ({"namespace": "Tenant"}, "namespace"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadArguments, match=problem):
        made(**changed)
