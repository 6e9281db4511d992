"""Rules on texts: violation, compliant, absent, unknown, exempt, other types; clusters, providers and models."""

import json
import re
from datetime import date
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption
from guardrails.engine.reading import Resource
from guardrails.readers.locations import _AZURE_LOCATION_KEY, _OTHER_LOCATION_KEYS, _SHOWN_ONLY
from guardrails.readers.texts import read_texts

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking, rules, secret
from .sdk import package_folder
from .sdk_paths import has_path

LISTED = "https://10.0.0.1:6443"
PACK = Pack(Enforcement.model_validate({
    "default": {"all": "mandatory"}, "kubernetes": {"allowed_clusters": [LISTED, "bank-onprem"]},
    "residency": {"known": {"partner.example.ae": "in Dubai, confirmed by the partner"}}}))  # fmt: skip
FUNCTION, WEB_APP = "aws:lambda/function:Function", "azure-native:web:WebApp"
CONFIG_MAP, PROVIDER = "kubernetes:core/v1:ConfigMap", "pulumi:providers:kubernetes"
DEPLOYMENT = "azure-native:cognitiveservices:Deployment"


def refused(
    token: str, props: dict[str, Any], prefix: str = "FJ-RES", *plan: Given, **links: tuple[str, ...]
) -> set[str]:
    given = Given(token, props, links=links)
    reports = PACK.evaluate_resource(given) + PACK.evaluate_stack(given, *plan)
    return {rule for rule in blocking(reports) if rule.startswith(prefix)}


def variables(**values: object) -> dict[str, Any]:
    return {"environment": {"variables": values}}


NUMBER = "203.0.113.7"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://s3.wasabisys.com", {"FJ-RES-002"}),
        (secret("https://s3.wasabisys.com"), {"FJ-RES-002"}),
        ("http://10.1.2.3:9000,https://s3.wasabisys.com", {"FJ-RES-002"}),
        ("https://s3.me-central-1.amazonaws.com", set()),
        ("https://store.partner.example.ae", set()),
        ("https://partner.example.ae.evil.example", {"FJ-RES-002"}),
        ("http://minio.storage.svc.cluster.local:9000", set()),
        ("http://minio.object-store:9000", set()),
        ("http://minio.storages:9000", set()),
        ("http://minio.store:9000", {"FJ-RES-002"}),
        ("https://sqs.eu-west-1.amazonaws.com", {"FJ-RES-104"}),
        ("https://stranger.blob.core.windows.net", {"FJ-RES-002"}),
        ("http://3405803783:9000", {"FJ-RES-002"}),
        ("http://203.7107", {"FJ-RES-002"}),
        ("http://0xcb.0x7107", {"FJ-RES-002"}),
        (NUMBER, {"FJ-RES-002"}),
        ("0.0.0.0:9000", set()),
        ("standard", set()),
        ("", set()),
        (None, set()),
        (UNKNOWN, set()),
    ],
)
def test_endpoints_of_functions_are_in_the_country_or_listed(value: object, expected: set[str]) -> None:
    assert refused(FUNCTION, variables(S3_ENDPOINT=value)) == expected
    is_address = "://" in str(value)
    # A number of the internet is where something leads, whatever the name of the variable.
    otherwise = {"FJ-RES-003"} if value == NUMBER else expected - {"FJ-RES-002"}
    assert refused(FUNCTION, variables(CODE=value)) == (expected if is_address else otherwise)


@pytest.mark.parametrize("key", ["PGHOST", "KAFKA_BROKERS", "MONGODB_URI", "DB_HOSTNAME", "bootstrap.servers"])
def test_a_variable_that_names_a_host_is_read_without_a_scheme(key: str) -> None:
    assert refused(FUNCTION, variables(**{key: "db.example.com:5432"})) == {"FJ-RES-002"}
    assert refused(FUNCTION, variables(**{key: "db.payments.svc.cluster.local:5432"})) == set()
    assert refused(FUNCTION, variables(**{f"{key}_NOTE": "db.example.com:5432"})) == {"FJ-RES-003"}


@pytest.mark.parametrize("key", ["OIDC_ISSUER", "repository", "chart", "$schema"])
def test_addresses_that_only_code_or_a_name_is_read_from_have_rules_of_their_own(key: str) -> None:
    assert "FJ-RES-002" not in refused(FUNCTION, variables(**{key: "https://elsewhere.example.com/x"}))


def test_an_annotation_may_refer_to_a_page() -> None:
    annotations = {"api-approved.kubernetes.io": "https://github.com/kubernetes-sigs/gateway-api/pull/1"}
    token = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
    assert "FJ-RES-002" not in refused(token, {"metadata": {"name": "pools", "annotations": annotations}})


def test_the_host_of_an_azure_resource_of_the_plan_is_resolved() -> None:
    account = Given("azure-native:storage:StorageAccount", {"accountName": "lake", "location": "uaenorth"}, "lake")
    props = {"location": "uaenorth", "siteConfig": {"appSettings": [
        {"name": "STORE_ENDPOINT", "value": "https://lake.blob.core.windows.net"}]}}  # fmt: skip
    assert refused(WEB_APP, props) == {"FJ-RES-002"}
    assert refused(WEB_APP, props, "FJ-RES", account) == set()


def test_a_message_says_where_and_what_and_how_to_fix_it() -> None:
    reports = PACK.evaluate_resource(Given(FUNCTION, variables(S3_ENDPOINT="https://s3.wasabisys.com")))
    text = next(item.text for item in reports if item.rule == "FJ-RES-002")
    assert "environment.variables.S3_ENDPOINT refers to 's3.wasabisys.com'" in text
    assert "residency.known" in text
    reports = PACK.evaluate_resource(Given(CONFIG_MAP, {"data": {"a": "s3:\n  region: eu-west-1\n"}}))
    text = next(item.text for item in reports if item.rule == "FJ-RES-302")
    assert "data.a.s3.region names 'eu-west-1'" in text


def test_an_exemption_applies_to_a_text() -> None:
    given = Given(CONFIG_MAP, {"data": {"a": "region: eu-west-1"}})
    exemption = Exemption.model_validate({
        "rule": "FJ-RES-302", "urn": given.urn, "owner": "platform", "ticket": "T-1", "approved_by": "ciso",
        "reason": "only a sample in the documentation", "created": date(2026, 11, 1),
        "expires": date(2026, 12, 1)})  # fmt: skip
    assert "FJ-RES-302" in blocking(Pack().evaluate_resource(given))
    assert "FJ-RES-302" not in blocking(Pack(exemptions=(exemption,)).evaluate_resource(given))


def test_unknown_texts_and_other_types_are_silent() -> None:
    assert refused(CONFIG_MAP, {"data": UNKNOWN_OBJECT}) == set()
    assert refused(CONFIG_MAP, {"data": {"region": UNKNOWN}}, "FJ-RES-302") == set()
    assert rules(PACK.evaluate_resource(Given("random:index/randomPet:RandomPet", {"prefix": "eu-west-1"}))) & {
        "FJ-RES-103", "FJ-RES-202", "FJ-RES-302"} == set()  # fmt: skip


def kubeconfig(*clusters: dict[str, str]) -> str:
    return json.dumps({"clusters": [{"name": f"c{index}", "cluster": item} for index, item in enumerate(clusters)]})


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"context": "bank-onprem"}, set()),
        ({"context": "bank-onprem", "kubeconfig": "~/.kube/config"}, set()),
        ({"context": "bank-onprem", "kubeconfig": kubeconfig({"server": LISTED})}, set()),
        ({"context": "bank-onprem", "kubeconfig": kubeconfig({"server": "https://abroad.example.de"})}, {"FJ-RES-301"}),
        ({"context": "bank-onprem", "kubeconfig": kubeconfig({})}, {"FJ-RES-301"}),
        ({"kubeconfig": kubeconfig({"server": LISTED}, {"server": "https://abroad.example.de"})}, {"FJ-RES-301"}),
        ({"kubeconfig": kubeconfig({"server": LISTED, "proxy-url": "https://proxy.example.de"})}, {"FJ-RES-002"}),
        ({"kubeconfig": kubeconfig({"server": LISTED, "proxy-url": "http://10.0.0.9:3128"})}, set()),
        ({"kubeconfig": f"clusters:\n- cluster:\n    server: {LISTED}\n    proxy-url: socks5://abroad.example.de\n"},
         {"FJ-RES-002"}),
    ],
)  # fmt: skip
def test_the_servers_of_a_kubeconfig_decide_whatever_the_context(props: dict[str, Any], expected: set[str]) -> None:
    assert refused(PROVIDER, props) == expected


@pytest.mark.parametrize(
    ("host", "stopped"),
    [("management.azure.com", False), ("MANAGEMENT.AZURE.COM", False), ("", False), ("management.azure.example", True)],
)
def test_the_metadata_host_of_azure_is_its_own(host: str, stopped: bool) -> None:
    props = {"location": "uaenorth", "metadataHost": host}
    assert refused("pulumi:providers:azure-native", props) == ({"FJ-RES-201"} if stopped else set())


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"sku": {"name": "Standard"}}, set()),
        ({"sku": {"name": "ProvisionedManaged"}}, set()),
        ({"sku": {"name": "DataZoneStandard"}}, {"FJ-RES-205"}),
        ({"sku": {"name": "DeveloperTier"}}, {"FJ-RES-205"}),
        ({"sku": {"name": UNKNOWN}}, {"FJ-RES-205"}),
        ({}, {"FJ-RES-205"}),
        ({"sku": {"name": "Standard"}, "properties": {"spilloverDeploymentName": "other"}}, {"FJ-RES-205"}),
        ({"sku": {"name": "Standard"}, "properties": {"spilloverDeploymentName": UNKNOWN}}, {"FJ-RES-205"}),
        ({"sku": {"name": "Standard"}, "properties": {"spilloverDeploymentName": "second"}}, set()),
    ],
)
def test_models_are_deployed_in_the_region(props: dict[str, Any], expected: set[str]) -> None:
    second = Given(DEPLOYMENT, {"deploymentName": "second", "sku": {"name": "Standard"}}, "second")
    assert refused(DEPLOYMENT, props, "FJ-RES-205", second) == expected


def test_a_spillover_outside_the_stack_is_named_with_its_reason() -> None:
    given = Given(DEPLOYMENT, {"sku": {"name": "Standard"}, "properties": {"spilloverDeploymentName": "other"}})
    pack = Pack(language="python")
    (text,) = [item.text for item in pack.evaluate_stack(given) if item.rule == "FJ-RES-205"]
    assert "(Python: properties.spillover_deployment_name) names a deployment outside this stack" in text


def test_an_unknown_spillover_is_resolved_by_its_link() -> None:
    second = Given(DEPLOYMENT, {"deploymentName": "second", "sku": {"name": "Standard"}}, "second")
    props = {"sku": {"name": "Standard"}, "properties": {"spilloverDeploymentName": UNKNOWN}}
    assert refused(DEPLOYMENT, props, "FJ-RES-205", second, properties=("second",)) == set()


@pytest.mark.parametrize(
    ("value", "stopped"),
    [("kenyanorth", True), ("Kenya North", True), ("uaenorth", False), ("/srv/data", False),
     ("[parameters('x')]", False), ("", False), (None, False), ("global", True)],
)  # fmt: skip
def test_a_location_of_azure_is_one_of_the_uae_at_every_depth(value: object, stopped: bool) -> None:
    props = {"location": "uaenorth", "a": {"b": [{"replicaLocation": value}]}}
    assert refused("azure-native:some:Thing", props) == ({"FJ-RES-202"} if stopped else set())
    assert refused("azure-native:some:Thing", {"location": "uaenorth", "rackLocation": value}) == set()


def test_a_region_that_is_switched_on_is_refused() -> None:
    props = {"regionName": "ap-southeast-1", "enabled": True}
    assert refused("aws:account/region:Region", props, "FJ-RES-103") == {"FJ-RES-103"}
    assert refused("aws:account/region:Region", {**props, "enabled": False}, "FJ-RES-103") == set()


def test_leaves_have_the_key_that_says_what_they_are() -> None:
    props: dict[str, Any] = {"env": [{"name": "A", "value": "1"}], "data": {"x": '{"b": [{"key": "C", "value": "2"}]}'}}
    leaves = read_texts(Resource("urn", CONFIG_MAP, "n", props)).leaves
    assert [(leaf.path, leaf.key, leaf.is_in_text) for leaf in leaves] == [
        ("env[0].name", "name", False), ("env[0].value", "A", False),
        ("data.x.b[0].key", "key", True), ("data.x.b[0].value", "C", True)]  # fmt: skip


@pytest.mark.parametrize(("token", "path"), [(token, path) for token, paths in _SHOWN_ONLY.items() for path in paths])
def test_tables_name_properties_of_the_sdk(token: str, path: str) -> None:
    assert has_path(token, path)


def test_keys_that_are_no_places_exist_in_the_sdk() -> None:
    folder = package_folder("pulumi_azure_native")
    modules = ("communication", "networkcloud", "peering", "web")
    files = [*folder.glob("*/_inputs.py"), *(file for name in modules for file in (folder / name).glob("*.py"))]
    found = {key for file in files for key in _PROPERTY.findall(file.read_text(encoding="utf-8"))}
    assert found >= _OTHER_LOCATION_KEYS
    assert all(_AZURE_LOCATION_KEY.fullmatch(key) for key in _OTHER_LOCATION_KEYS)


_PROPERTY = re.compile(r"@pulumi\.getter\(name=\"(\w*(?:Location|location|Region|region)\w*)\"\)")
