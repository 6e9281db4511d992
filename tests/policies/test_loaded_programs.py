"""Programs that are loaded by a name: packages at start, code of models, libraries, caches of images, and proxies."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.reading import Resource
from guardrails.unverifiable.installs import unpinned_install
from guardrails.unverifiable.loaded_programs import _sources
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import TAGS, aws, az, crd, k8s, meta, pod, workload
from .harness import UNKNOWN, Given, Pack, blocking

RULES = ("FJ-ESC-103", "FJ-ESC-109", "FJ-ESC-111", "FJ-ESC-116", "FJ-ESC-122", "FJ-EXP-302")
LISTED = ("https://huggingface.co/bank", "maven:ae.example")
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", **dict.fromkeys(RULES, "mandatory")},
            "escape": {"code_sources": dict.fromkeys(LISTED, "an organisation of the bank itself")},
        }
    )
)
COMMIT = "0e9e39f249a16976918f6564b8830bc894c89659"
RUNNERS = st.sampled_from(
    (
        "npx -y",
        "npx --yes",
        "bunx",
        "pnpm dlx",
        "uvx",
        "pipx run",
        "npm exec",
        "go run",
        "pnpx",
        "npm innit",
        "yarn create",
        "pipx upgrade",
    )
)
INSTALLERS = st.sampled_from(("pip install -q", "python3 -m pip install", "npm install -g", "uv pip install",
                              "gem install", "yarn global add", "cargo install", "npm in", "npm isntall", "gem i",
                              "pnpm i", "npm install-test", "micromamba install"))  # fmt: skip
PACKAGES = st.sampled_from(("tool", "@someone/mcp-server", "some-tool", "tool@latest", "tool>=1"))


def refused(given_resource: Given) -> set[str]:
    """Returns the rules that refuse a resource."""
    return blocking(PACK.evaluate_plan(given_resource))


def runs(*command: str, **container: object) -> Given:
    """Returns a deployment with a command."""
    return workload("apps/v1:Deployment", {"command": list(command), **container})


def annotated(namespace: str = "team-a", **annotations: str) -> Given:
    """Returns a deployment whose pods have annotations; `__` in a name stands for a dot, `___` for a slash."""
    named = {name.replace("___", "/").replace("__", "."): value for name, value in annotations.items()}
    labels = {**TAGS, "app": "x"}
    template = {"metadata": {"labels": labels, "annotations": named, "namespace": namespace}, "spec": pod({})}
    spec = {"selector": {"matchLabels": {"app": "x"}}, "template": template}
    return k8s("apps/v1:Deployment", {"metadata": meta(), "spec": spec})


@given(command=st.one_of(RUNNERS, INSTALLERS), package=PACKAGES, before=st.sampled_from(("", "cd /app && ", "env; ")))
@settings(max_examples=many(80), deadline=None)
def test_a_package_without_a_version_is_found(command: str, package: str, before: str) -> None:
    assert unpinned_install(f"{before}{command} {package} && exec run")


@pytest.mark.parametrize("text", [
    "pip install -r requirements.txt", "pip install --require-hashes -r a.txt", "pip install --no-index tool",
    "pip install tool==1.2.3", "pip install /wheels/tool.whl", "pip install .", "npx -y @scope/tool@1.2.3 serve",
    "npm ci", "npm install", "go run ./cmd", "go run example.ae/tool@v1.2.3", "uvx tool@1.4.0", "npm exec -- ./x.js",
    "python -m app pipeline install", "echo shipping install", "pipx run tool==2.0.1", "uv pip install -e ./lib",
])  # fmt: skip
def test_what_was_reviewed_is_no_find(text: str) -> None:
    assert unpinned_install(text) == ""


def test_packages_are_of_containers_and_not_of_builds() -> None:
    assert refused(runs("sh", "-c", "pip install tool && run")) == {"FJ-ESC-109"}
    assert refused(runs("npx", "-y", "@someone/mcp")) == {"FJ-ESC-109"}
    build = {"source": {"type": "NO_SOURCE", "buildspec": "phases: {build: {commands: [pip install tool]}}"}}
    assert refused(aws("codebuild/Project", {**build, "name": "b", "tags": TAGS})) == set()


@pytest.mark.parametrize(("given_resource", "is_refused"), [
    (runs("vllm", "serve", "someone/llm", "--trust-remote-code"), True),
    (runs("vllm", "serve", "bank/llm", "--trust-remote-code"), False),
    (runs("vllm", "serve", "/models/llm", "--trust-remote-code"), False),
    (runs("vllm", "serve", "someone/llm", "--trust-remote-code", f"--revision={COMMIT}"), False),
    (runs("vllm", "serve", "someone/llm"), False),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "true"}]), True),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "false"}]), False),
    (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {"storageUri": "hf://a/b"}}}), True),
    (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {"storageUri": "hf://bank/b"}}}), False),
    (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {"deps": {"packages": ["io.github.a:t:1"]}}), True),
    (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {"deps": {"packages": ["org.apache.spark:t:4"]}}), False),
    (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {"sparkConf": {"spark.jars.packages": "a.b:t:1"}}), True),
    (runs("spark-submit", "--packages", "ae.example:t:1.0"), False),
    (az("machinelearningservices:ModelVersion", {"properties": {"modelUri": "azureml://registries/them/m"}}), True),
    (az("machinelearningservices:ModelVersion", {"properties": {"modelUri": "azureml://registries/azureml/m"}}), False),
    (runs("sh", "-c", f"pip install git+https://github.com/someone/tools@{COMMIT}"), True),
    (runs("sh", "-c", f"pip install git+https://x:$TOKEN@github.com/someone/tools.git@{COMMIT}"), True),
    (runs("sh", "-c", f"pip install git+https://git.example.ae/team/tools@{COMMIT}"), False),
    (runs("/git-sync", "--repo=https://github.com/someone/jobs", image="registry.k8s.io/git-sync/git-sync:v4"), True),
    (runs("/git-sync", "-repo=https://github.com/someone/jobs", image="registry.k8s.io/git-sync/git-sync:v3"), True),
    (runs("/git-sync", "--repo=https://git.example.ae/jobs", image="registry.k8s.io/git-sync/git-sync:v4"), False),
    (runs("run", env=[{"name": "GITSYNC_REPO", "value": "https://gitlab.com/someone/jobs.git"}]), True),
    (runs("helm", "install", "--repo=https://charts.example.ae/jobs"), False),
    (annotated(sidecar__istio__io___bootstrapOverride="own"), True),
    (annotated(proxy__istio__io___config='{"binaryPath":"/data/envoy"}'), True),
    (annotated(proxy__istio__io___config='{"holdApplicationUntilProxyStarts":true}'), False),
])  # fmt: skip
def test_programs_come_from_listed_sources(given_resource: Given, is_refused: bool) -> None:
    assert ("FJ-ESC-111" in refused(given_resource)) is is_refused


HUB = "https://huggingface.co"


@pytest.mark.parametrize(("given_resource", "sources"), [
    (runs("vllm", "serve", "Someone/LLM", "--trust-remote-code"), {f"{HUB}/someone"}),
    (runs("run", "--trust-remote-code", "--model=a/b", "--model-path=c/d"), {f"{HUB}/a", f"{HUB}/c"}),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "1"}, {"name": "HF_MODEL_ID", "value": "a/b"}]),
     {f"{HUB}/a"}),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "1"}]), {HUB}),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "1"}, {"name": "HF_REVISION", "value": COMMIT}]), set()),
    (runs("run", env=[{"name": "TRUST_REMOTE_CODE", "value": "off"}]), set()),
    (runs("run", "hf://A/b"), {f"{HUB}/a"}),
    (runs("run", "azureml://registries/Them/models/m", "azureml://registries/azureml-meta/models/m"),
     {"azureml://registries/them"}),
    (runs("spark-submit", "--packages", "io.github.A:t:1,org.apache.spark:t:4,org.apachex:t:4"),
     {"maven:io.github.A", "maven:org.apachex"}),
    (runs("sh", "-c", "pip install git+https://GitHub.com/Someone/Tools.git@main"), {"https://github.com/someone/tools"}),
    (runs("/git-sync", "--repo=https://gitlab.com/a/b.git", image="registry.k8s.io/git-sync/git-sync:v4"),
     {"https://gitlab.com/a/b"}),
    (runs("run", env=[{"name": "GIT_SYNC_REPO", "value": "https://gitlab.com/a/b"}]), {"https://gitlab.com/a/b"}),
    (annotated(sidecar__istio__io___bootstrapOverride="Own"), {"configmap:own"}),
    (annotated(proxy__istio__io___config='{"customConfigFile":"/data/E.json"}'), {"file:/data/e.json"}),
])  # fmt: skip
def test_sources_of_programs_are_read(given_resource: Given, sources: set[str]) -> None:
    props: Any = given_resource.props
    found = _sources(Resource(given_resource.urn, given_resource.type, "it", props))
    assert {source for _, source in found} == sources


@pytest.mark.parametrize(("source", "is_refused"), [
    ("docker.io/someone/*", True), ("docker.io/*", False), ("docker.io/library/*", False), ("ghcr.io/x/y", True),
    ("registry.k8s.io/*", False), ("mcr.microsoft.com/oss/kubernetes/*", False),
])  # fmt: skip
def test_a_cache_has_images_of_known_publishers(source: str, is_refused: bool) -> None:
    props = {"registryName": "r", "cacheRuleName": "c", "sourceRepository": source, "targetRepository": "t/*"}
    assert ("FJ-ESC-116" in refused(az("containerregistry:CacheRule", props))) is is_refused


@pytest.mark.parametrize(("networks", "is_refused"), [
    ("kube-system/host-device@eth0", True), ("rdma", False), ("rdma, other/host", True), ("team-a/rdma", False),
    ('[{"name": "host", "namespace": "kube-system"}]', True), ('[{"name": "rdma"}]', False),
])  # fmt: skip
def test_pods_join_networks_of_their_namespace(networks: str, is_refused: bool) -> None:
    given_resource = annotated(k8s__v1__cni__cncf__io___networks=networks)
    assert ("FJ-EXP-302" in refused(given_resource)) is is_refused


def test_events_from_outside_start_no_workflow() -> None:
    binding = crd("argoproj.io/v1alpha1:WorkflowEventBinding", {"event": {"selector": "true"}})
    assert refused(binding) == {"FJ-ESC-103"}


@pytest.mark.parametrize(("mutability", "is_refused"), [
    ({}, True), ({"imageTagMutability": "MUTABLE"}, True), ({"imageTagMutability": "IMMUTABLE"}, False),
    ({"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}, False),
])  # fmt: skip
def test_tags_cannot_be_moved(mutability: dict[str, str], is_refused: bool) -> None:
    assert ("FJ-ESC-122" in refused(aws("ecr/Repository", {"name": "r", **mutability}))) is is_refused


@pytest.mark.parametrize(("purposes", "is_refused"), [
    (["PULL_THROUGH_CACHE"], False), (["PULL_THROUGH_CACHE", "CREATE_ON_PUSH"], True), (["REPLICATION"], True),
    ([], True), (None, True), ([UNKNOWN], True), (UNKNOWN, False),
])  # fmt: skip
def test_tags_of_caches_follow_their_upstream(purposes: object, is_refused: bool) -> None:
    """Those of other repositories cannot be moved; unknown purposes are evaluated again when they are known."""
    template = {"prefix": "k8s", "imageTagMutability": "MUTABLE", "appliedFors": purposes}
    given_resource = aws(
        "ecr/RepositoryCreationTemplate", {key: each for key, each in template.items() if each is not None}
    )
    assert ("FJ-ESC-122" in refused(given_resource)) is is_refused
