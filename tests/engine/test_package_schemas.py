"""Pulumi's own checks of the schemas: of the plug-in, and of the emulated providers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from falaj.sandbox.environment import CLOUDS
from falaj.sandbox.go_build import BuildFailed, download_module, find_go
from falaj.sandbox.lab.programs import PROVIDER_MODULE
from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project, open_project

pytestmark = pytest.mark.engine

STABLE = ("kubernetes:core/v1:", "kubernetes:rbac.authorization.k8s.io/v1:", "kubernetes:networking.k8s.io/v1:Ing")
"""API groups that are the same in the SDK and in the older provider of the Go module."""


@pytest.fixture(scope="module")
def project(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("schemas")
    (folder / "Pulumi.yaml").write_text("name: schemas\nruntime: python\n")
    return open_project(Paths(folder), engine)


def schema_of(project: Project, plugin: Path) -> dict[str, Any]:
    read = project.pulumi("package", "get-schema", str(plugin))
    schema, _ = json.JSONDecoder().raw_decode(read.output[read.output.index("{") :])
    return schema


def assert_accepted(project: Project, plugin: Path) -> None:
    """Pulumi's binder accepts it, with the requirements of all languages, and without a warning."""
    checked = project.pulumi("schema", "check", str(plugin))
    found = [line for line in checked.output.splitlines() if re.match("(error|warning): (?!using)", line)]
    assert (checked.status, found) == (0, []), checked.output


def test_the_schema_of_the_plug_in_is_accepted(project: Project) -> None:
    assert_accepted(project, ROOT / "components")


def test_the_binder_understands_metadata_defaults_and_secrets(project: Project) -> None:
    """`get-schema` prints what the binder has read, not what the plug-in has written."""
    schema = schema_of(project, ROOT / "components")
    assert {"namespace", "displayName", "homepage", "repository", "license", "publisher", "keywords"} <= schema.keys()
    assert schema["resources"]["falaj:aws:Vault"]["inputProperties"]["protect"]["default"] is False
    assert schema["types"]["falaj:kubernetes:ClusterConnectionSpec"]["properties"]["kubeconfig"]["secret"] is True


@pytest.mark.parametrize("cloud", CLOUDS)
def test_the_schema_of_an_emulated_provider_is_accepted(project: Project, cloud: str) -> None:
    assert_accepted(project, project.session.paths.bin / f"pulumi-resource-{cloud}")


def test_an_sdk_of_an_emulated_provider_is_generated(project: Project) -> None:
    plugin = project.session.paths.bin / "pulumi-resource-kubernetes"
    ran = project.pulumi("package", "gen-sdk", "--language", "python", "--out", "sdk", str(plugin))
    assert ran.status == 0, ran.output
    assert (
        "class Pod(" in (project.folder / "sdk" / "python" / "pulumi_kubernetes" / "core" / "v1" / "pod.py").read_text()
    )


def test_types_are_those_of_the_providers_own_schema(project: Project, tmp_path: Path) -> None:
    """Names and required inputs, against the schema in the Go module of the Kubernetes provider."""
    module, version = PROVIDER_MODULE
    try:
        source = download_module(find_go(tmp_path, print), module, version, tmp_path)
    except BuildFailed as reason:
        pytest.skip(str(reason))
    theirs = json.loads((source / "cmd" / "pulumi-resource-kubernetes" / "schema.json").read_text())["resources"]
    ours = schema_of(project, project.session.paths.bin / "pulumi-resource-kubernetes")["resources"]
    compared = [token for token in theirs if token.startswith(STABLE)]
    assert len(compared) >= 60
    for token in compared:
        for part in ("inputProperties", "requiredInputs", "properties", "required"):
            assert set(ours[token].get(part, ())) == set(theirs[token].get(part, ())), (token, part)
