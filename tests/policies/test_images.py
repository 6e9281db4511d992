"""Images are of known publishers, of registries of one's own, or of publishers that the settings list."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from .blind import ME, THEM, az, crd, k8s, meta, pod, workload
from .blind import aws as of_aws
from .harness import UNKNOWN, Given, Pack, blocking

SETTINGS: dict[str, object] = {
    "default": {"all": "disabled", "FJ-ESC-113": "mandatory", "FJ-ESC-116": "mandatory"},
    "escape": {
        "image_publishers": {"ghcr.io/example-bank": "the bank's own organisation"},
        "helm_sources": {"oci://mirror.bank.ae/mirror": "the mirror of the platform team"},
    },
    "identity": {"trusted": {ME: "the account of the platform team"}},
    "residency": {"known": {"bank.ae": "the bank's own domain", "acrplatform.azurecr.io": "the platform's registry"}},
}
PACK = Pack(Enforcement.model_validate(SETTINGS))
STRANGER = "docker.io/someone/tool:1"


def refused(*plan: Given) -> set[str]:
    """Returns the rules on images that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def task(image: str) -> Given:
    """Returns a task of ECS."""
    return of_aws("ecs/TaskDefinition", {"family": "f", "containerDefinitions": json.dumps([{"image": image}])})


def runs(kind: str, path: str, value: str) -> Given:
    """Returns a resource with a text at a path."""
    props: object = value
    for key in reversed(path.split(".")):
        props = {key: props} if key != "0" else [props]
    assert isinstance(props, Mapping)
    return az(kind, props) if ":" in kind else of_aws(kind, props)


PLACES = (
    ("ecs/DaemonTaskDefinition", "containerDefinitions.0.image"),
    ("batch/JobDefinition", "eksProperties.podProperties.initContainers.0.image"),
    ("lambda/Function", "imageUri"),
    ("apprunner/Service", "sourceConfiguration.imageRepository.imageIdentifier"),
    ("sagemaker/Model", "primaryContainer.image"),
    ("sagemaker/TrainingJob", "algorithmSpecification.trainingImage"),
    ("sagemaker/MonitoringSchedule",
     "monitoringScheduleConfig.monitoringJobDefinition.monitoringAppSpecification.imageUri"),
    ("bedrock/AgentcoreAgentRuntime", "agentRuntimeArtifact.containerConfiguration.containerUri"),
    ("codebuild/Project", "environment.image"),
    ("emrserverless/Application", "imageConfiguration.imageUri"),
    ("imagebuilder/ContainerRecipe", "parentImage"),
    ("lightsail/ContainerServiceDeploymentVersion", "containers.0.image"),
    ("app:ContainerApp", "template.initContainers.0.image"),
    ("app:ContainerAppsSessionPool", "customContainerTemplate.containers.0.image"),
    ("batch:Pool", "deploymentConfiguration.virtualMachineConfiguration.containerConfiguration.containerImageNames.0"),
    ("batch:Pool", "startTask.containerSettings.imageName"),
    ("containerinstance:ContainerGroup", "containers.0.image"),
    ("kusto:Cluster", "languageExtensions.value.0.languageExtensionCustomImageName"),
    ("machinelearningservices:EnvironmentVersion", "properties.image"),
    ("web:SiteContainer", "image"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "path"), PLACES, ids=lambda value: value)
def test_images_of_every_service_have_a_known_publisher(kind: str, path: str) -> None:
    assert refused(runs(kind, path, STRANGER)) == {"FJ-ESC-116"}
    assert refused(runs(kind, path, "mcr.microsoft.com/azureml/base:1")) == set()
    assert refused(runs(kind, path, UNKNOWN)) == set()


@pytest.mark.parametrize(("image", "is_refused"), [
    (STRANGER, True), ("someone/tool", True), ("index.docker.io/someone/tool:1", True), ("ghcr.io/someone/a:1", True),
    ("quay.io/prometheus.evil/a:1", True), ("quay.io/prometheus-evil/a:1", True), ("nvcr.io/nvidian/a:1", True),
    ("registry.k8s.io.evil.io/a:1", True), ("registry.k8s.io:5000/a:1", True), ("ghcr.io/example-bank-2/a:1", True),
    ("quay.io/prometheus/../someone/a:1", True), ("mirror.other.ae/mirror/a:1", True),
    (f"{THEM}.dkr.ecr.me-central-1.amazonaws.com/a:1", True), ("public.ecr.aws/x1y2z3/a:1", True),
    ("theirs.azurecr.io/a:1", True), ("docker.io/aws/codebuildx/a:1", True),
    ("nginx:1.27", False), ("docker.io/library/python:3.13", False), ("docker.io/nginx:1.27", False),
    ("QUAY.IO/prometheus/node-exporter:v1.9", False), ("registry.k8s.io/kueue/kueue:v0.17.0", False),
    ("nvcr.io/nvidia/tritonserver:25.10-py3", False), ("ghcr.io/example-bank/scorer:1", False),
    ("mirror.bank.ae/mirror/a:1", False), ("registry.bank.ae/team/a:1", False), ("registry:5000/a:1", False),
    ("registry.internal/a:1", False), ("10.0.0.4:5000/a/b:1", False), ("acrplatform.azurecr.io/a:1", False),
    (f"{ME}.dkr.ecr.me-central-1.amazonaws.com/a@sha256:{'a' * 64}", False),
    ("914824155844.dkr.ecr.me-central-1.amazonaws.com/pytorch-inference:2.6", False),
    ("ghcr.io.evil.example/example-bank/app:1", True),
    ("aws/codebuild/standard:7.0", False),
])  # fmt: skip
def test_publishers_are_whole_names(image: str, is_refused: bool) -> None:
    assert refused(task(image)) == ({"FJ-ESC-116"} if is_refused else set())


def test_every_container_of_a_pod_has_a_known_publisher() -> None:
    image = {"image": STRANGER}
    for key in ("initContainers", "ephemeralContainers"):
        assert refused(
            workload("apps/v1:DaemonSet", {}, **cast("dict[str, Any]", {key: [{"name": "x", **image}]}))
        ) == {"FJ-ESC-116"}
    mounted = {"volumes": [{"name": "v", "image": {"reference": STRANGER}}]}
    assert refused(k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({}, **mounted)})) == {"FJ-ESC-116"}
    assert refused(k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({})})) == set()


@pytest.mark.parametrize(("given", "is_refused"), [
    (crd("ray.io/v1:RayCluster", {"workerGroupSpecs": [{"template": {"spec": pod({"image": STRANGER})}}]}), True),
    (crd("postgresql.cnpg.io/v1:Cluster", {"imageName": "ghcr.io/someone/postgresql:17"}), True),
    (crd("postgresql.cnpg.io/v1:Cluster", {"imageName": "ghcr.io/cloudnative-pg/postgresql:17"}), False),
    (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {
        "storageUri": "oci://docker.io/someone/model:1"}}}), True),
    (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {
        "storageUri": "oci+native://docker.io/someone/model:1"}}}), True),
    (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {"storageUri": "s3://models/x"}}}),
     False),
    (workload("apps/v1:Deployment", {"env": [{"name": "RUNNER_IMAGE", "value": STRANGER}]}), True),
    (workload("apps/v1:Deployment", {"env": [{"name": "LOGO_IMAGE", "value": "static/logo.png"}]}), False),
    (crd("kyverno.io/v1:ClusterPolicy", {"rules": [{"validate": {"pattern": {"spec": {"containers": [
        {"image": "someone/*"}]}}}}]}), False),
    (az("web:WebApp", {"siteConfig": {"linuxFxVersion": f"DOCKER|{STRANGER}"}}), True),
    (az("web:WebApp", {"siteConfig": {"linuxFxVersion": "COMPOSE|dmVyc2lvbjo="}}), True),
    (az("web:WebApp", {"siteConfig": {"linuxFxVersion": "PYTHON|3.13"}}), False),
    (az("containerregistry:Task", {"step": {"imageNames": ["team/app:1"]}}), False),
    (of_aws("imagebuilder/ContainerRecipe", {"dockerfileTemplateData": "FROM ghcr.io/someone/base:1\nRUN x"}), True),
    (of_aws("imagebuilder/ContainerRecipe", {"dockerfileTemplateData": "FROM python:3.13\nRUN x"}), False),
])  # fmt: skip
def test_images_are_found_in_texts_and_objects(given: Given, is_refused: bool) -> None:
    assert refused(given) == ({"FJ-ESC-116"} if is_refused else set())


def test_a_registry_of_the_plan_is_ones_own() -> None:
    app = az("app:ContainerApp", {"template": {"containers": [{"image": "acrnew.azurecr.io/a:1"}]}})
    registry = az("containerregistry:Registry", {"registryName": "acrnew", "location": "uaenorth"}, "acr")
    assert refused(app) == {"FJ-ESC-116"}
    assert refused(app, registry) == set()


def test_an_operator_pulls_drivers_of_a_known_publisher() -> None:
    def policy(repository: str) -> Given:
        return crd("nvidia.com/v1:ClusterPolicy", {"driver": {"repository": repository, "image": "driver"}})

    assert refused(policy("docker.io/someone")) == {"FJ-ESC-113"}
    assert refused(policy("nvcr.io/nvidia")) == set()


@pytest.mark.parametrize("name", ["docker.io", "ghcr.io", "azurecr.io", "*.azurecr.io", "someone", "https://a.io/b"])
def test_a_publisher_in_the_settings_is_one_organisation_or_host(name: str) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate({"default": {}, "escape": {"image_publishers": {name: "anybody's images"}}})


def test_every_publisher_has_a_source() -> None:
    with (DATA / "image_publishers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["prefix"] for row in rows] == sorted({row["prefix"] for row in rows})
    for row in rows:
        assert row["publisher"]
        assert row["source"]
        assert date.fromisoformat(row["read"])
