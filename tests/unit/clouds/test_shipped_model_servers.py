"""Every model that the shipped stacks serve can answer as its pods are planned, by the emulated cluster's rules."""

import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.build import platform
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from falaj.facts.labels import SERVICE_LABEL
from falaj.sandbox.clouds.kubernetes.model_server_images import server_of
from tests.unit.clouds.kubernetes_objects import DEPLOYMENT, NAMESPACE, Open, kubeconfig, meta
from tests.unit.components.mocks import RegisteredResource, build
from tests.unit.settings.stacks import ROOT


def _stacks() -> Iterator[tuple[Path, Any]]:
    for file in sorted({*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")}):
        config = yaml.safe_load(file.read_text(encoding="utf-8"))["config"].get(KEY, {})
        if any(
            tenant.get(kind) for tenant in config.get("tenants", {}).values() for kind in ("services", "experiments")
        ):
            yield file, config


STACKS = dict(_stacks())

ACCOUNT = "kubernetes:core/v1:ServiceAccount"

FIRST_LLAMA_BUILD_FOR_ARM = 9445
"""Oldest build of ggml-org/llama.cpp whose package page lists linux/arm64 (read 2026-11-27). Its images had none from
May 2025 (ggml-org/llama.cpp#13356) until #21122 in 2026; #19177 has the error of a pull in between."""


def _served(file: Path) -> list[RegisteredResource]:
    with chdir(file.parent):
        settings = platform_settings(STACKS[file])
        deployments = build(lambda: platform.build(settings)).of(DEPLOYMENT)
    return [item for item in deployments if SERVICE_LABEL in item.inputs["metadata"]["labels"]]


@pytest.mark.parametrize("file", STACKS, ids=lambda file: file.stem)
def test_a_shipped_model_server_answers(file: Path, open_cloud: Open) -> None:
    cluster = open_cloud("kubernetes", kubeconfig=kubeconfig())
    served = _served(file)
    assert served
    for namespace in sorted({item.inputs["metadata"]["namespace"] for item in served}):
        cluster.create(NAMESPACE, namespace, metadata=meta(namespace))
    for item in served:
        place, account = (
            item.inputs["metadata"]["namespace"],
            item.inputs["spec"]["template"]["spec"]["serviceAccountName"],
        )
        cluster.create(ACCOUNT, f"{item.name}-account", metadata=meta(account, namespace=place))
    for deployment in served:
        (container,) = deployment.inputs["spec"]["template"]["spec"]["containers"]
        assert server_of(container["image"]) is not None, "an image that the emulated cluster cannot judge"
        cluster.create(DEPLOYMENT, deployment.name, **deployment.inputs)


def test_images_for_two_architectures_are_published_for_both() -> None:
    """A pod whose image has no program for its machine never starts."""
    judged = []
    for config in STACKS.values():
        for tenant in config["tenants"].values():
            for service in tenant.get("services", {}).values():
                serving = service["serving"]
                build_number = re.search(r"/llama\.cpp:server-b(\d+)", serving["image"])
                if build_number and "arm64" in serving.get("architectures", ()):
                    judged.append(int(build_number[1]))
    assert judged
    assert min(judged) >= FIRST_LLAMA_BUILD_FOR_ARM
