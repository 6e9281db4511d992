"""Third-party images are pinned by digest where the digest could be read; the others are listed here."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from falaj.components.core.charts.charts import CHARTS
from falaj.components.core.charts.image_digests import DIGESTS, Digest
from falaj.components.core.charts.images import PinnedImage, mirrored, split_image
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from tests.processor_time import within

SHA = "a" * 64


def test_a_row_is_a_digest_that_was_read_somewhere_of_an_image_that_is_used() -> None:
    used = {PAUSE, *(image for chart in CHARTS for image in chart.images.values())}
    assert DIGESTS.keys() <= used
    for image, digest in DIGESTS.items():
        assert re.fullmatch("[0-9a-f]{64}", digest.sha256), image
        assert digest.source
        assert digest.date


def test_images_that_are_not_pinned_by_digest() -> None:
    images = {image for chart in CHARTS for image in chart.images.values()}
    assert images - DIGESTS.keys() == {
        "ghcr.io/kedacore/keda:2.21.0",
        "ghcr.io/kedacore/keda-metrics-apiserver:2.21.0",
        "ghcr.io/kedacore/keda-admission-webhooks:2.21.0",
        "ghcr.io/kedacore/http-add-on-operator:0.15.0",
        "ghcr.io/kedacore/http-add-on-interceptor:0.15.0",
        "ghcr.io/kedacore/http-add-on-scaler:0.15.0",
        "nvcr.io/nvidia/gpu-operator:v26.7.0",
        "nvcr.io/nvidia/k8s-device-plugin:v0.20.0",
        "ghcr.io/opencost/opencost:1.121.1",
        "ghcr.io/kubeflow/trainer/trainer-controller-manager:v2.2.0",
        "quay.io/kuberay/operator:v1.6.0",
        "registry.k8s.io/lws/lws:v0.9.0",
        "docker.io/istio/pilot:1.31.0-distroless",
        "docker.io/istio/proxyv2:1.31.0-distroless",
        *(
            f"quay.io/jetstack/cert-manager-{component}:v1.21.2"
            for component in ("controller", "webhook", "cainjector", "acmesolver", "startupapicheck")
        ),
    }


@pytest.mark.parametrize("mirror", [None, "r.example.ae/mirror"])
def test_a_copy_has_the_digest_of_what_it_was_copied_from(mirror: str | None) -> None:
    image = "registry.k8s.io/own/thing:1.2"
    named = mirrored(image, mirror, {image: Digest(SHA, "here", "2026-11-24")})
    place = f"{mirror}/own/thing" if mirror else "registry.k8s.io/own/thing"
    assert named == f"{place}:1.2@sha256:{SHA}"
    assert TypeAdapter(PinnedImage).validate_python(named) == named
    assert split_image(named) == (place, f"1.2@sha256:{SHA}")
    assert split_image(mirrored(image, mirror, {})) == (place, "1.2")


@pytest.mark.parametrize(
    "image",
    [
        "https://registry.example.ae/falaj/onnx-server:1.0.0", "registry.example.ae//falaj/server:1.0", "24:00",
        "registry.example.ae/falaj/:1.0", "registry.example.ae:x/falaj/server:1.0", "r.example.ae/Falaj/server:1.0",
        "registry.example.ae/falaj/server:1.0:2.0", "registry.example.ae/falaj/ser..ver:1.0", "a/b:latest", "a/b",
        "-a/b:1", f"a/b:{'1' * 129}", f"a/b:1@sha256:{'a' * 63}",
    ],
)  # fmt: skip
def test_what_no_registry_has_is_refused(image: str) -> None:
    with pytest.raises(ValidationError, match="an image with a version"):
        TypeAdapter(PinnedImage).validate_python(image)


@pytest.mark.parametrize(
    "image",
    [
        "registry.example.ae/falaj/onnx-server:1.0.0", "r.example:5000/own/thing:1.2", "localhost:5000/a:1", "python:3",
        "ghcr.io/a__b/c-d.e_f--g:v1_2.3-4", f"123456789012.dkr.ecr.me-central-1.amazonaws.com/a/b/c:1@sha256:{SHA}",
        "REGISTRY.example.ae/a:1",
    ],
)  # fmt: skip
def test_images_of_registries_are_accepted(image: str) -> None:
    assert TypeAdapter(PinnedImage).validate_python(image) == image


def test_a_long_name_is_decided_at_once() -> None:
    for image in ("a" * 20_000, "a-" * 10_000, "a/" * 10_000 + ":1", "a.a_" * 5_000 + ":"):
        with within(0.5), pytest.raises(ValidationError):
            TypeAdapter(PinnedImage).validate_python(image)


def test_a_port_is_no_tag() -> None:
    assert split_image("r.example:5000/own/thing:1.2") == ("r.example:5000/own/thing", "1.2")
