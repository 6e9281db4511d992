"""Values of charts and variables of clients whose meaning was held against upstream's source (2026-11-29)."""

import pytest
from guardrails.readers.runtime_annotations import OBEYED

from .blind import crd
from .harness import blocking
from .test_chart_values import PACK, REGISTRY, RULE, refused, release
from .test_default_destinations import program
from .test_default_destinations import refused as sent

DEFAULTS = "FJ-IDN-313"
GROUPS = {"allow": ["User", "Group"]}
ONE_FILE = {"type": "url", "exact": "https://git.example.ae/platform/org/blob/main/users.yaml"}
ONE_FOLDER = {"type": "url", "pattern": "https://git.example.ae/platform/*/blob/main/*.yaml"}


def backstage(**sections: object) -> dict[str, object]:
    return {"backstage": {"appConfig": sections}}


def guarded(guardrail: str, **params: object) -> dict[str, object]:
    settings = {"guardrail": guardrail, "mode": "pre_call", **params}
    return {"proxy_config": {"guardrails": [{"litellm_params": settings}]}}


WEAK = [
    # pg_ssl_required says nothing without pg_ssl (Kong/kong 22246ef2 kong.conf.default has only pg_ssl).
    ("kong", {"env": {"database": "postgres", "pg_host": "pg", "pg_ssl_required": "on"}}),
    ("backstage", backstage(catalog={"rules": [{"allow": ["Group"]}]})),
    ("backstage", backstage(catalog={"rules": [GROUPS, {"allow": ["API"], "locations": [ONE_FILE]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [{"type": "url", "pattern": "https://**"}]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [{"type": "url"}]}]})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*.com"}]}})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "example.ae"}, {"host": "*.ae:8000-9000"}]}})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*."}]}})),
    *(("litellm-helm", guarded(name)) for name in (
        "alice", "cato_networks", "cisco_ai_defense", "compresr", "hiddenlayer", "model_armor", "onyx", "promptguard",
        "qualifire", "repelloai", "straiker", "typesafe", "wingback", "xecguard")),
]  # fmt: skip
HARMLESS = [
    ("kong", {"env": {"database": "postgres", "pg_host": "pg", "pg_ssl": "on", "pg_ssl_required": "on"}}),
    ("backstage", backstage(catalog={"rules": [{"allow": ["API"]}, {**GROUPS, "locations": [ONE_FILE]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [ONE_FOLDER]}]})),
    # A star alone is the name of no host (FetchUrlReader.ts).
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*"}, {"host": "*.example.ae"}]}})),
    ("litellm-helm", guarded("onyx", api_base="http://guard.models.svc")),
    ("litellm-helm", guarded("llm_shield_proxy", api_base="http://guard.models.svc")),
]


@pytest.mark.parametrize(("chart", "values"), WEAK, ids=str)
def test_a_value_that_weakens_is_refused(chart: str, values: dict[str, object]) -> None:
    assert RULE in refused(chart, values)


@pytest.mark.parametrize(("chart", "values"), HARMLESS, ids=str)
def test_a_value_that_weakens_nothing_passes(chart: str, values: dict[str, object]) -> None:
    assert RULE not in refused(chart, values)


def test_tokens_with_rights_ask_nobody_of_qdrant_without_a_key() -> None:
    """Without a key it warns that they are not in force (qdrant/qdrant 74f3e85 src/settings.rs)."""
    rights = {"config": {"service": {"jwt_rbac": True}}}
    assert DEFAULTS in refused("qdrant", rights)
    assert DEFAULTS not in refused("qdrant", {**rights, "apiKey": True})


def test_a_default_that_is_left_in_place_is_named() -> None:
    texts = [report.text for report in PACK.evaluate_resource(release("harbor", {}))]
    assert any(
        "everybody knows the password of the registry behind it (registry.credentials)" in text for text in texts
    )
    assert any("give what stands in brackets another value than its default" in text for text in texts)


@pytest.mark.parametrize(("key", "unread", "read"), [
    ("PINECONE_API_KEY", "PINECONE_INDEX_HOST", "PINECONE_CONTROLLER_HOST"),
    ("DD_API_KEY", "DD_DD_URL", "DD_SITE"), ("DD_API_KEY", "DD_URL", "DD_BASE_URL"),
    ("HONEYCOMB_API_KEY", "HONEYCOMB_API_HOSTNAME", "HONEYCOMB_API_ENDPOINT"),
])  # fmt: skip
def test_an_address_for_a_part_of_what_is_sent_does_not_count(key: str, unread: str, read: str) -> None:
    assert "FJ-RES-114" in sent(program(**{key: "$(KEY)", unread: "https://own.example.ae"}))
    assert sent(program(**{key: "$(KEY)", read: "https://own.example.ae"})) == set()


@pytest.mark.parametrize(
    "name",
    [
        "cpu-load-balancing.crio.io",
        "irq-load-balancing.crio.io",
        "skip-gomaxprocs.crio.io",
        "required-plugins.noderesource.dev/pod",
        "io.katacontainers.config.hypervisor.default_vcpus",
        "crio.io",
        "nri.io/x",
    ],
)
def test_annotations_that_give_a_pod_nothing_of_its_node_pass(name: str) -> None:
    assert OBEYED.fullmatch(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "devices.nri.io",
        "mounts.noderesource.dev/pod",
        "cdi-devices.noderesource.dev",
        "platform-runtime-path.crio.io",
        "userns-mode.crio.io",
        "unified-cgroup.crio.io/app",
        "io.kubernetes.cri-o.Devices",
        "seccomp-profile.crio.io/POD",
        "tolerate-missing-nri-plugins.noderesource.dev",
    ],
)
def test_annotations_by_former_and_present_names_are_read(name: str) -> None:
    assert OBEYED.fullmatch(name) is not None


@pytest.mark.parametrize(("values", "is_weak"), [
    ("config:\n  telemetry_disabled: false\napiKey: true\n", True), ("apiKey: true\n", False),
])  # fmt: skip
def test_values_in_a_template_of_cluster_api_are_read(values: str, *, is_weak: bool) -> None:
    """The provider of Helm has them in `valuesTemplate` (cluster-api-addon-provider-helm 8c58141)."""
    chart = {"chartName": "qdrant", "repoURL": f"oci://{REGISTRY}/charts", "version": "1.0.0"}
    proxy = crd("addons.cluster.x-k8s.io/v1alpha1:HelmChartProxy", {**chart, "valuesTemplate": values})
    assert (RULE in blocking(PACK.evaluate_resource(proxy))) == is_weak


def test_a_domain_that_only_the_address_of_sign_in_has_lets_everybody_in() -> None:
    google = {"provider": "google", "clientId": "c", "custom-params": {"type": "google", "allowedDomain": "bank.ae"}}
    values = {"yamlApplicationConfig": {"auth": {"type": "OAUTH2", "oauth2": {"client": {"google": google}}}}}
    subject = {"provider": "oauth_google", "type": "domain", "value": "bank.ae"}
    roles = {"rbac": {"roles": [{"name": "readers", "clusters": ["main"], "subjects": [subject]}]}}
    joined = "everybody with an account at the provider is let in"

    def says(given: object) -> bool:
        return any(joined in report.text for report in PACK.evaluate_resource(release("kafka-ui", given)))

    assert says(values)
    assert not says({"yamlApplicationConfig": {**values["yamlApplicationConfig"], **roles}})
