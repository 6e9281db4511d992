"""Sentences of findings that published manifests showed to mislead, and neighbours of what they made refuse."""

import pytest

from .blind import crd, k8s, meta, workload
from .harness import Given, Pack, rules

DOWNLOAD = "wget https://example.ae/jq -O /tools/jq && chmod +x /tools/jq"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (workload("apps/v1:Deployment", {"imagePullPolicy": "Never"}), "UNSPECIFIED_POLICY or empty: otherwise"),
        (crd("projectcontour.io/v1alpha1:ExtensionService", {"protocol": "h2c"}),
         "must be h2 or empty: otherwise what the server is asked and tokens of callers cross the network"),
        (workload("apps/v1:Deployment", {"readinessProbe": {"httpGet": {"path": "/", "port": 8080, "httpHeaders": [
            {"name": "Authorization", "value": "Bearer token1"}]}}}),
         "the credential stands in the program; behind a route each caller acts with it"),
        (workload("apps/v1:Deployment", {"command": ["sh", "-c", DOWNLOAD]}), "runs a program straight from the web"),
    ],
    ids=["pull policy", "protocol", "header", "download"],
)  # fmt: skip
def test_a_sentence_says_what_is_so(given: Given, sentence: str) -> None:
    assert any(sentence in report.text for report in Pack().evaluate_plan(given))


@pytest.mark.parametrize(
    ("path", "is_refused"),
    [
        ("/", False), ("/api(/|$)(.*)", False), ("/roots/alias", False), ("/[a-z]{2,3}/orders;v=1", False),
        ("/x\nreturn 200;", True), ("/x {alias /srv;", True), ("/etc/passwd", True), ("/kubernetes", False),
        ("/etc/kubernetes", True), ("/content_by_lua_block", True),
    ],
)  # fmt: skip
def test_paths_of_an_ingress(path: str, is_refused: bool) -> None:
    backend = {"service": {"name": "x", "port": {"number": 8443}}}
    paths = [{"path": path, "pathType": "ImplementationSpecific", "backend": backend}]
    spec = {"ingressClassName": "internal", "tls": [{"hosts": ["x.example.ae"], "secretName": "x"}],
            "rules": [{"host": "x.example.ae", "http": {"paths": paths}}]}  # fmt: skip
    given = k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(), "spec": spec})
    assert ("FJ-EXP-322" in rules(Pack().evaluate_resource(given))) is is_refused


@pytest.mark.parametrize(
    ("address", "is_known"),
    [
        ("https://vault.default:8200", True), ("https://vault.prod.dev", False),
        ("https://vault.default.evil.com", False), ("https://1.2", False),
    ],
)  # fmt: skip
def test_services_of_a_cluster_are_known_by_their_short_name(address: str, is_known: bool) -> None:
    store = {"provider": {"vault": {"server": address, "path": "a", "version": "v2"}}}
    given = crd("external-secrets.io/v1:SecretStore", store)
    assert ("FJ-RES-312" not in rules(Pack().evaluate_resource(given))) is is_known


@pytest.mark.parametrize("name", ["metadata.name", "spec.address"])
def test_only_what_names_an_object_is_no_host(name: str) -> None:
    top, key = name.split(".")
    props = {"metadata": meta(), "spec": {}}
    props[top] = {**props[top], key: "collector.evil.com"}
    found = rules(Pack().evaluate_resource(k8s("example.evil/v1:Record", props)))
    assert ("FJ-RES-003" in found) is (name == "spec.address")
