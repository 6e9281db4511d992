"""Families of the seventeenth set on objects of operators: what is close to a refused value, unknown and odd values."""

from typing import cast

import pytest
from guardrails.engine.enforcement import Enforcement

from tests.processor_time import within

from .blind import crd, k8s, meta
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking

PACK = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}}))
RULE = "FJ-ESC-115"
ANY = {"name": "*"}


def _is_refused(given: Given) -> bool:
    return RULE in blocking(PACK.evaluate_resource(given))


def _of(kind: str, **spec: object) -> Given:
    return crd(kind, spec)


def _intentions(*sources: object, **destination: object) -> Given:
    return _of("consul.hashicorp.com/v1alpha1:ServiceIntentions", destination=destination or ANY, sources=list(sources))


def _mode(kind: str, value: object, name: str = "mode") -> Given:
    return _of(f"guard.example.com/v1:{kind}", **{name: value})


def _branches(*filters: object, namespace: str = "payments", **provider: object) -> Given:
    return _of("argoproj.io/v1alpha1:ApplicationSet", generators=[{"scmProvider": {
        "github": {"organization": "bank", "allBranches": True, **provider}, "filters": list(filters)}}],
        template={"spec": {"project": "p", "destination": {"namespace": namespace}}})  # fmt: skip


def _step(**step: object) -> Given:
    return _of("tekton.dev/v1:Task", steps=[{"name": "check", "onError": "continue", **step}])


def _plugin(name: str, *, disabled: object = True) -> Given:
    return k8s("configuration.konghq.com/v1:KongPlugin", {"metadata": meta("x"), "plugin": name, "disabled": disabled})


def _verified(**verify: object) -> Given:
    return _of("source.toolkit.fluxcd.io/v1:HelmChart", chart="x", verify={"provider": "cosign", **verify})


def _trust(url: str, domain: str = "bank.example.ae", kind: str = "https_web") -> Given:
    return _of("spire.spiffe.io/v1alpha1:ClusterFederatedTrustDomain", trustDomain=domain, bundleEndpointURL=url,
               bundleEndpointProfile={"type": kind})  # fmt: skip


REFUSED = (
    _intentions({**ANY, "action": "ALLOW"}),
    _intentions({**ANY, "permissions": [{"action": "allow", "http": {"pathRegex": "/.*"}}]}),
    _intentions({"name": "a", "action": "deny"}, {**ANY, "permissions": [{"action": "allow"}]}),
    _mode("WebPolicy", "monitor"), _mode("RuntimeSecurityRule", "Detect-Only"), _mode("IngressPolicyGroup", "dry-run"),
    _mode("WafPolicy", "transparent", "enforcementMode"), _mode("PodPolicy", "Discover", "policymode"),
    _branches(), _branches({"repositoryMatch": "^pay$"}), _branches({"branchMatch": "^main$"}, {"pathsExist": ["d"]}),
    _branches({"branchMatch": "."}),
    _step(command=["notation", "verify"], args=["$(params.image)"]),
    _step(script="#!/bin/sh\nslsa-verifier verify-image $IMAGE\n"),
    _plugin("openid-connect"), _plugin("header-cert-auth"), _plugin("ace"), _plugin("cas-auth"), _plugin("jwe-decrypt"),
    _plugin("acl", disabled="true"),
    _verified(), _verified(matchOIDCIdentity=[{"issuer": "^https://a$", "subject": "^.*$"}]),
    _trust("https://bundle.team-b.svc:8443"), _trust("https://spire.somebody.example.com"),
    _of("store.example.com/v1:Store", auth={"anonymous": {"enabled": "true"}}),
    _of("store.example.com/v1:Store", charts=[{"passCredentials": True}]),
)  # fmt: skip
PASSING = (
    _intentions({**ANY, "action": "deny"}),
    _intentions({**ANY, "action": "allow"}, name="rates"),
    _intentions({"name": "gateway", "action": "allow"}),
    _intentions({**ANY, "permissions": [{"action": "allow", "http": {"pathRegex": "/.*"}, "jwt": {"providers": []}}]}),
    _intentions({**ANY, "permissions": [{"action": "allow", "http": {"pathPrefix": "/", "header": [{"name": "x"}]}}]}),
    _mode("WebPolicy", "protect"), _mode("WebPolicy", "prevent-learn"), _mode("AuditPolicy", "monitor"),
    _mode("AlertPolicy", "log"), _mode("Probe", "monitor"), _mode("BackupPolicy", "dry-run"),
    _branches(namespace="pay-{{ .branch }}"), _branches(namespace="pay-preview"), _branches(allBranches=False),
    _branches({"branchMatch": "^(?:main|release/.+)$"}),
    _step(command=["trivy", "image"]), _step(command=["mvn", "verify"]),
    _plugin("prometheus"), _plugin("key-auth", disabled=False), _plugin("upstream-oauth"),
    _verified(secretRef={"name": "x"}), _verified(provider="notation"),
    _verified(matchOIDCIdentity=[{"issuer": "^https://a$", "subject": "^https://git.svc/bank/.+$"}]),
    _trust("https://bundle.spire-server.svc:8443"), _trust("https://spire.bank.example.ae/bundle"),
    _trust("https://bundle.team-b.svc", kind="https_spiffe"),
    _of("store.example.com/v1:Store", auth={"anonymous": {"enabled": False}}),
)  # fmt: skip
MORE = (
    _of("kuma.io/v1alpha1:MeshTrafficPermission", **{
        "targetRef": {"kind": "Mesh"}, "from": [{"targetRef": {"kind": "Mesh"}, "default": {"action": "Allow"}}]}),
    _of("policy.sigstore.dev/v1beta1:ClusterImagePolicy", images=[{"glob": "**"}], authorities=[
        {"keyless": {"identities": [{"subjectRegExp": ".*"}]}, "static": {"action": "pass"}}]),
    _of("operator.victoriametrics.com/v1beta1:VMAuth", unauthorizedUserAccessSpec={"url_map": [{"src_paths": ["/"]}]}),
    _of("kuadrant.io/v1:AuthPolicy", rules={"authentication": {"a": {"anonymous": {}}}}),
    _of("karpenter.sh/v1:NodePool", disruption={"budgets": [{"nodes": "0", "reasons": ["Empty"]}]}),
    _of("redis.redis.opstreelabs.in/v1beta2:Redis", kubernetesConfig={"image": "x"}),
    _of("k8s.mariadb.com/v1alpha1:Grant", privileges=["ALL"], database="*"),
    _of("spire.spiffe.io/v1alpha1:ClusterSPIFFEID", admin=True, podSelector={"matchLabels": {"a": "b"}}),
    _of("apisix.apache.org/v2:ApisixRoute", http=[{"plugins": [{"name": "acl", "enable": False}]}]),
)  # fmt: skip
"""Objects that are read too, for odd values."""
ODD: tuple[object, ...] = (None, "x", -1.5, [], [None], {"a": [None]}, UNKNOWN, UNKNOWN_OBJECT)


@pytest.mark.parametrize("given", REFUSED, ids=range(len(REFUSED)))
def test_what_is_close_is_refused(given: Given) -> None:
    assert _is_refused(given)


@pytest.mark.parametrize("given", PASSING, ids=range(len(PASSING)))
def test_what_is_close_passes(given: Given) -> None:
    assert not _is_refused(given)


def _replaced(value: object, odd: object) -> list[object]:
    """Returns a value with each of its parts replaced in turn."""
    if isinstance(value, dict):
        return [{**value, key: part} for key, item in value.items() for part in (odd, *_replaced(item, odd))]
    if isinstance(value, list):
        return [[*value[:place], part, *value[place + 1 :]]
                for place, item in enumerate(value) for part in (odd, *_replaced(item, odd))]  # fmt: skip
    return []


@pytest.mark.parametrize("given", [*REFUSED, *MORE], ids=range(len(REFUSED) + len(MORE)))
def test_odd_values_are_no_errors(given: Given) -> None:
    for value in ODD:
        for props in _replaced(given.props, value):
            reports = PACK.evaluate_resource(Given(given.type, cast("dict[str, object]", props)))
            assert [report.text for report in reports if "FJ-PACK-" in report.text] == []


@pytest.mark.parametrize("word", ["a-", "https://", "{{ .", "cosign verify ", "gpg ", "||", "auth ", "sha256sum "])
def test_hostile_texts_are_read_at_once(word: str) -> None:
    text = word * (20_000 // len(word))
    with within(4):
        _is_refused(_step(script=text, name=text))
        _is_refused(_mode("WebPolicy", text))
        _is_refused(_trust(text, text))
        _is_refused(_branches({"branchMatch": text}, namespace=text))
