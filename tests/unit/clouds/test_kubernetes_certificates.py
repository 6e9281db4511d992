"""Certificates in the emulated cluster, and pods that wait for the secret of one."""

from typing import Any

import pytest

from falaj.components.core.serving.backend_tls import SECRET, certificate
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import DEPLOYMENT, Open, deployment, kubeconfig, namespace, refusal

CERTIFICATE = "kubernetes:cert-manager.io/v1:Certificate"


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    cluster = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=["cert-manager"]))
    namespace(cluster, "ml")
    return cluster


def issued(place: str = "ml", **changed: Any) -> dict[str, Any]:
    spec = {**certificate(["serving.ml.svc"], 90, 30), **changed}
    return {
        "apiVersion": "cert-manager.io/v1",
        "kind": "Certificate",
        "metadata": {"name": "serving", "namespace": place},
        "spec": {key: value for key, value in spec.items() if value is not None},
    }


def mounting(annotations: Json = None, **secret: Json) -> dict[str, Any]:
    inputs: Any = deployment()
    spec = {
        "containers": [{"name": "main", "image": "img"}],
        "volumes": [{"name": "tls", "secret": {"secretName": SECRET, **secret}}],
    }
    template = {"metadata": {"labels": {"app": "serve"}}, "spec": spec}
    metadata = {"name": "serve", "namespace": "ml", **({"annotations": annotations} if annotations else {})}
    return {**inputs, "metadata": metadata, "spec": {**inputs["spec"], "template": template}}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"dnsNames": None}, "at least one of"),
        ({"issuerRef": {"name": ""}}, "spec.issuerRef.name"),
        ({"duration": "30m"}, "duration must be greater than 1h0m0s"),
        ({"renewBefore": "1m"}, "renewBefore must be greater than 5m0s"),
        ({"renewBefore": "2160h"}, "must be greater than renewBefore"),
        ({"duration": None, "renewBefore": "2160h"}, "must be greater than renewBefore"),
        ({"privateKey": {"algorithm": "DSA"}}, "spec.privateKey.algorithm"),
        ({"usages": ["server"]}, "spec.usages"),
        ({"secret": "x"}, "spec.secret"),
    ],
)
def test_a_certificate_that_cert_manager_refuses(k8s: Driver, changed: dict[str, Any], message: str) -> None:
    assert message in refusal(k8s, CERTIFICATE, **issued(**changed))


def test_pods_whose_secret_nobody_creates_never_get_ready(k8s: Driver) -> None:
    message = refusal(k8s, DEPLOYMENT, **mounting())
    assert "timed out waiting to be Ready" in message
    assert f'secret "{SECRET}" not found' in message
    namespace(k8s, "other")
    k8s.create(CERTIFICATE, "elsewhere", **issued("other"))
    k8s.create(CERTIFICATE, "another", **issued(secretName="of-another"))
    assert "not found" in refusal(k8s, DEPLOYMENT, **mounting()), "no certificate of this namespace fills the secret"


def test_pods_start_with_the_secret_of_a_certificate(k8s: Driver) -> None:
    k8s.create(CERTIFICATE, "serving", **issued())
    assert k8s.create(DEPLOYMENT, "serve", **mounting())


def test_pods_start_with_a_secret_of_the_program(k8s: Driver) -> None:
    k8s.create("kubernetes:core/v1:Secret", "own", metadata={"name": SECRET, "namespace": "ml"})
    assert k8s.create(DEPLOYMENT, "serve", **mounting())


@pytest.mark.parametrize("inputs", [mounting(optional=True), mounting({"pulumi.com/skipAwait": "true"})])
def test_pods_that_nothing_waits_for_are_accepted(k8s: Driver, inputs: dict[str, Any]) -> None:
    assert k8s.create(DEPLOYMENT, "serve", **inputs)
