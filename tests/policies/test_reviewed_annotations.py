"""Keys of annotations and labels: where they are found, which are reviewed, and whose domains are the team's own."""

import csv
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.enforcement import Enforcement, load_enforcement
from guardrails.engine.reading import Plain, Resource
from guardrails.readers.annotation_keys import annotation_keys
from guardrails.registry import IDS
from guardrails.unverifiable.reviewed_annotations import organisation, own_domains, reviewed_annotations
from pydantic import ValidationError

from tests.distribution import ROOT
from tests.processor_time import within

from .blind import TAGS, k8s, meta, release, workload
from .harness import STRICT, UNKNOWN_OBJECT, Given, Pack, rules

KNOWN, UNKNOWN_DOMAIN = "FJ-ESC-125", "FJ-ESC-126"
BOTH = {KNOWN, UNKNOWN_DOMAIN}
KEY = "linkerd.io/not-reviewed"
PACK = Pack(STRICT)
PLAIN = {"kind": "ConfigMap", "data": {"a": "b"}}


def found(given: Given, pack: Pack = PACK) -> set[str]:
    """Returns which of the two rules report a finding."""
    return rules(pack.evaluate_resource(given)) & BOTH


def config_map(metadata: Mapping[str, object], **more: object) -> Given:
    return k8s("core/v1:ConfigMap", {**PLAIN, "metadata": {"name": "x", **metadata}, **more})


def with_escape(**escape: object) -> Pack:
    return Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "escape": escape}))


@pytest.mark.parametrize("given", [
    config_map({"annotations": {KEY: "x"}}),
    config_map({"labels": {KEY: "x"}}),
    k8s("core/v1:ConfigMapPatch", {"metadata": {"name": "x", "annotations": {KEY: "x"}}}),
    k8s("core/v1:ConfigMapList", {"items": [{**PLAIN, "metadata": {"name": "x", "annotations": {KEY: "x"}}}]}),
    k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {"template": {"metadata": {"annotations": {KEY: "x"}}}}}),
    k8s("apps/v1:StatefulSet", {"metadata": meta(), "spec": {"volumeClaimTemplates": [
        {"metadata": {"name": "data", "labels": {KEY: "x"}}}]}}),
    k8s("external-secrets.io/v1:ExternalSecret", {"metadata": meta(), "spec": {"target": {"template": {
        "metadata": {"annotations": {KEY: "x"}}}}}}),
    k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta(), "spec": {"infrastructure": {
        "annotations": {KEY: "x"}}}}),
    k8s("sparkoperator.k8s.io/v1beta2:SparkApplication", {"metadata": meta(), "spec": {"sparkConf": {
        f"spark.kubernetes.driver.annotation.{KEY}": "x"}}}),
    release("keda", "2.17.0", {"service": {"annotations": {KEY: "x"}}})[0],
    release("keda", "2.17.0", {"podAnnotations": {"keda": {KEY: "x"}}})[0],
    release("keda", "2.17.0", {"commonLabels": {KEY: "x"}})[0],
    k8s("argoproj.io/v1alpha1:Application", {"metadata": meta(), "spec": {"source": {"helm": {"parameters": [
        {"name": "podAnnotations.linkerd\\.io/not-reviewed", "value": "x"}]}}}}),
    config_map({}, data={"pod.yaml": f"metadata:\n  annotations:\n    {KEY}: x\n  name: a\n"}),
    config_map({}, data={"pod.yaml": f"metadata: {{annotations: {{{KEY}: x}}}}"}),
    Given("kubernetes:helm.sh/v3:Release", {"chart": "x", "valueYamlFiles": [
        {"text": f"podAnnotations:\n  {KEY}: x\n"}]}),
    config_map({}, data={"values.yaml": f'podLabels:\n  "{KEY}": "x"\n'}),
])  # fmt: skip
def test_a_key_is_found_wherever_it_stands(given: Given) -> None:
    assert found(given) == {KNOWN}


@pytest.mark.parametrize("given", [
    config_map({"annotations": {"pulumi.com/skipAwait": "true", "note": "no domain", "": "", "/": "x"}}),
    config_map({"annotations": UNKNOWN_OBJECT, "labels": UNKNOWN_OBJECT}),
    config_map({"annotations": ["linkerd.io/not-reviewed"], "labels": "linkerd.io/not-reviewed"}),
    config_map({"annotations": {"{{ .domain }}/name": "x"}}),
    k8s("core/v1:Service", {"metadata": meta(), "spec": {"selector": {KEY: "x"}}}),
    k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(), "spec": {"podSelector": {
        "matchLabels": {KEY: "x"}}}}),
    k8s("networking.istio.io/v1:DestinationRule", {"metadata": meta(), "spec": {"subsets": [
        {"name": "a", "labels": {KEY: "x"}}]}}),
    k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "a"}, "spec": {"rules": [{"validate": {"pattern": {
        "metadata": {"annotations": {KEY: "?*"}}}}}]}}),
    k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "a"}, "spec": {"template": {"metadata": {
        "labels": {"hardware.unknown.dev/disk": "fast"}}}}}),
    config_map({}, data={"a.yaml": f"selector:\n  matchLabels:\n    {KEY}: x\nlabels: {{}}\nother:\n  {KEY}: x\n"}),
    k8s("kubeflow.org/v1beta1:Experiment", {"metadata": meta(), "spec": {"trialTemplate": {
        "primaryPodLabels": {KEY: "x"}}}}),
    *release("kube-ovn", "1.14.0", {"masterNodesLabels": {KEY: "x"}, "ovs": {"nodeLabels": {KEY: "x"}}}),
    workload("apps/v1:Deployment", {}),
    config_map({}, data={"a.json": f'{{"selector": {{"matchLabels": {{"{KEY}": "x"}}}}}}'}),
    k8s("kustomize.toolkit.fluxcd.io/v1:Kustomization", {"metadata": meta(), "spec": {"patches": [
        {"patch": f"- op: remove\n  path: /metadata/annotations/{KEY.replace('/', '~1')}\n"},
        {"patch": "- op: add\n  path: /spec/resources/limits/linkerd.io~1devices\n  value: 1\n"}]}}),
    k8s("core/v1:ConfigMap", {"metadata": None, "data": None}),
])  # fmt: skip
def test_other_names_are_no_keys(given: Given) -> None:
    assert found(given) == set()


@pytest.mark.parametrize(("key", "expected"), [
    ("app.kubernetes.io/anything", set()), ("nvidia.com/gpu.workload.config", set()),
    ("vault.hashicorp.com/agent-inject-secret-orders", set()), ("ad.datadoghq.com/app.logs_exclude", set()),
    ("ad.datadoghq.com/app.checks", {KNOWN}), ("vault.hashicorp.com/agent-future", {KNOWN}),
    ("new.cilium.io/anything", {KNOWN}), ("velero.io/future", {KNOWN}), ("rook.io/anything", {UNKNOWN_DOMAIN}),
    ("iam.gke.io/other", {KNOWN}), ("networking.gke.io/other", {UNKNOWN_DOMAIN}),
    ("bank.ae/team", {UNKNOWN_DOMAIN}),
])  # fmt: skip
def test_a_key_is_of_a_known_controller_by_its_domain(key: str, expected: set[str]) -> None:
    assert found(config_map({"annotations": {key: "x"}})) == expected


@pytest.mark.parametrize(("listed", "key", "passes"), [
    ("linkerd.io/not-reviewed", KEY, True), ("linkerd.io/not-*", KEY, True), ("linkerd.io/other", KEY, False),
    ("bank.ae/*", "bank.ae/team", True), ("bank.ae/*", "apps.bank.ae/team", False),
    ("linkerd.io/inject", "linkerd.io/inject", True),
])  # fmt: skip
def test_the_settings_list_keys(listed: str, key: str, *, passes: bool) -> None:
    pack = with_escape(allowed_annotations={listed: "the platform team read it"})
    assert (found(config_map({"annotations": {key: "x"}}), pack) == set()) is passes


def test_a_listed_key_is_evaluated_by_its_rule_all_the_same() -> None:
    key = "vault.hashicorp.com/agent-run-as-user"
    pack = with_escape(allowed_annotations={key: "the platform team read it"})
    template = {"metadata": {"annotations": {key: "0"}, "labels": TAGS}}
    given = k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {"template": template}})
    assert "FJ-ESC-115" in rules(pack.evaluate_resource(given))


@pytest.mark.parametrize("name", [
    "*/*", "bank.ae", "bank.ae/", "/team", "*.bank.ae/team", "kubernetes.io/*", "nginx.ingress.kubernetes.io/*",
    "kueue.x-k8s.io/*", "Bank.ae/team", "istio.io/*", "eks.amazonaws.com/*",
])  # fmt: skip
def test_the_settings_refuse_what_would_list_too_much(name: str) -> None:
    with pytest.raises(ValidationError):
        with_escape(allowed_annotations={name: "the platform team read it"})


@pytest.mark.parametrize(("stack", "is_refused"), [("prod-uae", True), ("staging", False)])
def test_keys_of_unknown_domains_are_only_reported_by_default(stack: str, *, is_refused: bool) -> None:
    pack = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
    given = replace(config_map({"labels": {"hardware.unknown.dev/disk": "fast", KEY: "x"}}), stack=stack)
    levels = {item.rule: item.mandatory for item in pack.evaluate_resource(given) if item.rule in BOTH}
    assert levels == {KNOWN: True, UNKNOWN_DOMAIN: is_refused}


def test_own_domains_are_those_of_the_settings() -> None:
    reason = "confirmed by the platform team"
    settings = Enforcement.model_validate({
        "default": {"all": "mandatory"},
        "residency": {"known": {"api.bank.ae": reason, "@mail.bank.gov.ae": reason, "central-copies": reason,
                                "94.200.10.20": reason, "vault.hashicorp.com": reason}},
        "escape": {"allowed_types": {"kubernetes:model.aibrix.ai/*": reason, "aws:fms/policy:Policy": reason,
                                     "kubernetes:cilium.io/v2:CiliumCIDRGroup": reason},
                   "image_publishers": {"registry.cards.ae:5000": reason, "ghcr.io/example": reason}},
        "kubernetes": {"allowed_clusters": ["https://api.site.ae:6443", "context-of-a-cluster"]},
        "tags": {"labels": {"cost-centre": "finance.group.ae/cost-centre"}},
    })  # fmt: skip
    assert own_domains(settings) == {"bank.ae", "bank.gov.ae", "cards.ae", "site.ae", "group.ae", "aibrix.ai"}
    pack = Pack(settings)
    assert found(config_map({"labels": {"teams.bank.ae/name": "cards"}}), pack) == set()
    assert found(config_map({"labels": {"sub.vault.hashicorp.com/name": "cards"}}), pack) == {KNOWN}


@pytest.mark.parametrize(("domain", "expected"), [
    ("bank.ae", "bank.ae"), ("a.b.bank.ae", "bank.ae"), ("a.bank.co.uk", "bank.co.uk"), ("op1st", "op1st"),
    ("co.uk", "co.uk"), ("a.gov.ae", "a.gov.ae"),
])  # fmt: skip
def test_an_organisation_registers_a_domain(domain: str, expected: str) -> None:
    assert organisation(domain) == expected


def test_the_list_is_sorted_and_each_row_has_a_source() -> None:
    rows = list(csv.DictReader((DATA / "reviewed_annotations.csv").read_text(encoding="utf-8").splitlines()))
    domains = [row["domain"] for row in rows]
    assert domains == sorted(set(domains))
    assert set(domains) == reviewed_annotations().keys()
    for row in rows:
        assert row["source"].endswith(("read 2026-11-30", "as known"))
        assert all(re.fullmatch(r"[\w.*-]+", name) for name in row["names"].split())
        assert row["names"].split() == sorted(set(row["names"].split()))


def test_hostile_keys_and_texts_take_no_time() -> None:
    long = "a" * 20_000
    nested: Plain = {}
    for _ in range(30):
        nested = {"labels": nested}
    keys = (f"{long}/x", f"vault.hashicorp.com/{long}", "a." * 9_000 + "io/x", f"ad.datadoghq.com/{long}", "-" * 20_000)
    texts = {
        "a": f"labels:\n  {long}\n" * 50,
        "b": "annotations:\n" + " " * 20_000 + "\n" + ": " * 20_000,
        "c": "- " * 20_000 + "\n",
        "d": "a:\n" * 20_000,
        "e": "labels:\n" + f"  {'a' * 300}/{'b' * 250}: x\n" * 1_000,
    }
    with within(2):
        props: dict[str, Plain] = {
            "metadata": {"annotations": dict.fromkeys(keys, "x")}, "data": dict(texts), "more": nested}  # fmt: skip
        given = Given("kubernetes:core/v1:ConfigMap", props)
        assert annotation_keys(Resource(given.urn, given.type, given.name, props)) == ()
        assert all(f"{long}b" not in names for names in reviewed_annotations().values() if "*" not in names.whole)


def test_hosts_that_many_share_are_nobodys_own_domain() -> None:
    known = {"pages.github.io": "the page of the platform team", "hooks.bank.ae": "the bank's own"}
    settings = Enforcement.model_validate({"default": {"all": "mandatory"}, "residency": {"known": known}})
    assert own_domains(settings) == {"bank.ae"}
