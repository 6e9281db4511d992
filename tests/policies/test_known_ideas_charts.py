"""Families of the ideas that were known to pass: charts, whoever installs them, workflows, and databases."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import ME, TAGS, aws, crd
from .harness import Given
from .test_known_ideas import chart_release, refused


@given(values=st.sampled_from([
    {"controller": {"JCasC": {"authorizationStrategy": "legacy: {}"}}},
    {"controller": {"JCasC": {"authorizationStrategy": {"unsecured": {}}}}},
    {"controller": {"JCasC": {"authorizationStrategy": "unsecured:"}}},
    {"controller": {"JCasC": {"configScripts": {"a": json.dumps({"jenkins": {"authorizationStrategy": {
        "unsecured": {}}}})}}}},
    {"controller": {"initScripts": {"a": "hudson.model.Hudson.instance.authorizationStrategy = "
                                         "hudson.security.AuthorizationStrategy.UNSECURED"}}},
    {"controller": {"initScripts": {"a": "import jenkins.model.*\ndef j = Jenkins.get()\nj.authorizationStrategy = "
                                         "new Unsecured()"}}},
]))  # fmt: skip
def test_jenkins_gives_nobody_all_rights(values: object) -> None:
    assert "FJ-IDN-313" in refused(chart_release(values, "jenkins"))
    assert "FJ-IDN-313" in refused(crd("helm.toolkit.fluxcd.io/v2:HelmRelease", {"values": values}))


@given(
    path=st.sampled_from([(), ("server",), ("web", "ui"), ("controller", "admin")]),
    name=st.sampled_from(["ingress", "uiIngress", "ingressGrpc"]),
    host=st.sampled_from([{"host": "a.example.ae"}, {"hosts": ["a.example.ae"]}, {"hostname": "a.example.ae"},
                          {"hosts": [{"host": "a.example.ae", "paths": []}]}]),
    without=st.sampled_from([{}, {"tls": []}, {"tls": False}, {"tls": {"enabled": False}}]),
)  # fmt: skip
def test_ingresses_of_charts_have_certificates(
    path: tuple[str, ...], name: str, host: dict[str, object], without: dict[str, object]
) -> None:
    def values(**more: object) -> dict[str, object]:
        found: dict[str, object] = {name: {"enabled": True, **host, **more}}
        for key in reversed(path):
            found = {key: found}
        return found

    k3s = crd("helm.cattle.io/v1:HelmChart", {"chart": "app", "valuesContent": json.dumps(values(**without))})
    assert "FJ-ENC-421" in refused(chart_release(values(**without)))
    assert "FJ-ENC-421" in refused(k3s)
    for tls in ({"tls": True}, {"tls": [{"secretName": "a"}]}, {"tlsSecretName": "a"}, {"enabled": False}):
        assert "FJ-ENC-421" not in refused(chart_release(values(**tls)))


DEPLOYERS = st.sampled_from([
    ("argoproj.io/v1alpha1:Application", lambda chart, values: {"source": {
        "chart": chart, "helm": {"valuesObject": values}}}),
    ("argoproj.io/v1alpha1:Application", lambda chart, values: {"source": {
        "repoURL": f"oci://registry.example.ae/charts/{chart}", "helm": {"values": json.dumps(values)}}}),
    ("argoproj.io/v1alpha1:ApplicationSet", lambda chart, values: {"template": {"spec": {"sources": [
        {"chart": "other"}, {"chart": chart, "helm": {"valuesObject": values}}]}}}),
    ("helm.toolkit.fluxcd.io/v2:HelmRelease", lambda chart, values: {
        "chart": {"spec": {"chart": chart}}, "values": values}),
    ("helm.cattle.io/v1:HelmChart", lambda chart, values: {
        "chart": f"https://a.example.ae/{chart}", "valuesContent": json.dumps(values)}),
    ("helm.crossplane.io/v1beta1:Release", lambda chart, values: {"forProvider": {
        "chart": {"name": chart}, "values": values}}),
])  # fmt: skip


@given(form=DEPLOYERS)
def test_weak_defaults_of_charts_are_read_whoever_installs_them(form: Any) -> None:
    kind, spec = form
    assert "FJ-IDN-313" in refused(crd(kind, spec("qdrant", {"replicaCount": 3})))
    assert "FJ-IDN-313" not in refused(crd(kind, spec("qdrant", {"apiKey": True})))
    assert "FJ-IDN-313" not in refused(crd(kind, spec("other", {"replicaCount": 3})))


@given(
    repository=st.sampled_from(["https://github.com/collector/x.git", "git@github.com:collector/x.git",
                                "ssh://git@gitlab.com/collector/x", "https://git.collector.io/x.git"]),
    place=st.sampled_from(["templates", "arguments", "workflowSpec"]),
)  # fmt: skip
def test_workflows_get_programs_of_listed_repositories(repository: str, place: str) -> None:
    def workflow(address: str) -> Given:
        artifacts = {"artifacts": [{"name": "a", "git": {"repo": address}}]}
        spec: dict[str, object] = {"arguments": artifacts} if place == "arguments" else {
            "templates": [{"name": "a", "inputs": artifacts}]}  # fmt: skip
        is_cron = place == "workflowSpec"
        kind = "CronWorkflow" if is_cron else "Workflow"
        return crd(f"argoproj.io/v1alpha1:{kind}", {"workflowSpec": spec} if is_cron else spec)

    assert "FJ-ESC-111" in refused(workflow(repository))
    for own in ("https://gitea.git.svc.cluster.local/a/b.git", "{{workflow.parameters.repository}}"):
        assert "FJ-ESC-111" not in refused(workflow(own))


@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        ("GRANT ALL ON *.* TO 'a'@'%'", True), ("SET @@GLOBAL.general_log = 0", True), ("SET PERSIST a = 1", True),
        ("SET sql_log_bin=0", True), ("CREATE DEFINER=a TRIGGER t", True), ("SELECT 1 INTO OUTFILE '/x'", True),
        ("SET NAMES utf8mb4", False), ("SET SESSION sql_mode='ANSI'", False), ("SET autocommit=0", False),
    ],
)  # fmt: skip
def test_statements_of_a_session_change_the_session_only(statement: str, is_refused: bool) -> None:
    parameters = [{"name": "init_connect", "value": statement}]
    endpoint = {"engineName": "mysql", "extraConnectionAttributes": f"initstmt={statement};", "tags": TAGS}
    group = {"family": "mysql8.0", "parameters": parameters, "tags": TAGS}
    for item in (
        aws("rds/ParameterGroup", group),
        aws("rds/ClusterParameterGroup", group),
        aws("dms/Endpoint", endpoint),
    ):
        assert ("FJ-ESC-115" in refused(item)) is is_refused


@pytest.mark.parametrize("kind", ["OrganizationManagedRule", "OrganizationCustomRule", "OrganizationCustomPolicyRule",
                                  "OrganizationConformancePack"])  # fmt: skip
def test_no_account_is_left_out_of_rules(kind: str) -> None:
    assert "FJ-ESC-115" in refused(aws(f"cfg/{kind}", {"name": "x", "excludedAccounts": [ME]}))
    assert "FJ-ESC-115" not in refused(aws(f"cfg/{kind}", {"name": "x", "excludedAccounts": []}))
