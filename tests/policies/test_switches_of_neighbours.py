"""Settings whose meaning depends on what stands beside them, and names that a cluster gives."""

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()
Props = dict[str, object]


def _is_refused(props: Props, kind: str = "core/v1:Pod") -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given(f"kubernetes:{kind}", props)))


def _env(image: str, **values: str) -> Props:
    env = [{"name": name, "value": value} for name, value in values.items()]
    return {"spec": {"containers": [{"name": "app", "image": image, "env": env}]}}


def _has_harm(harm: str, chart: str, **values: object) -> bool:
    given = Given("kubernetes:helm.sh/v3:Release", {"chart": chart, "values": values})
    return any(harm in report.text for report in PACK.evaluate_resource(given))


@pytest.mark.parametrize(("action", "expected"), [("allow", True), ("auth", False)])
def test_a_default_action_counts_beside_the_program_that_it_is_of(action: str, *, expected: bool) -> None:
    assert _is_refused(_env("thomseddon/traefik-forward-auth:2", DEFAULT_ACTION=action)) is expected
    mirror = {"DEFAULT_ACTION": action, "PROVIDERS_OIDC_ISSUER_URL": "https://login.bank.ae"}
    assert _is_refused(_env("registry.bank.ae/auth:2", **mirror)) is expected
    text = f"default-action = {action}\nproviders.oidc.client-id = abc\n"
    assert _is_refused({"data": {"auth.ini": text}}, "core/v1:ConfigMap") is expected


def test_a_default_action_of_another_program_passes() -> None:
    beats = "seccomp:\n  default_action: allow\n  syscalls:\n  - action: allow\n    names: [rseq]\n"
    assert not _is_refused({"data": {"filebeat.yml": beats}}, "core/v1:ConfigMap")
    assert not _is_refused(_env("docker.elastic.co/beats/filebeat:8.17.0", DEFAULT_ACTION="allow"))


_URLS = ("JWKS_URI", "TOKEN_URL", "NEXTAUTH_URL", "OIDC_ISSUER")


@pytest.mark.parametrize("host", [
    "dex.auth.svc.prod.local:5556", "dex.auth.svc.clusterset.local", "dex.auth.svc.cluster.local.:5556",
    "dex.auth.svc:5556", "dex.auth.svc.cluster.local", "dex.auth.svc.a.b.local",
])  # fmt: skip
def test_names_of_any_cluster_are_near(host: str) -> None:
    assert [name for name in _URLS if _is_refused(_env("a", **{name: f"http://{host}/dex"}))] == []
    assert not _has_harm("passwords and tokens cross the network", "harbor", externalURL=f"http://{host}")


@pytest.mark.parametrize("host", [
    "dex.auth.svc.example.com", "dex.auth.svc.local.example.com", "dex.svc.cluster.local.example.com",
    "dex.auth.svc.cluster.localhost.ae", "dex.auth.svc-a.example.com", "dex.auth.svc@example.com",
])  # fmt: skip
def test_public_names_that_begin_like_those_of_a_cluster_are_not(host: str) -> None:
    assert _has_harm("passwords and tokens cross the network", "harbor", externalURL=f"http://{host}")
    assert [name for name in _URLS if not _is_refused(_env("a", **{name: f"http://{host}/dex"}))] == []


@pytest.mark.parametrize(("data", "expected"), [
    ("hostname-strict=false\n", True), ("hostname=https://login.bank.ae\nhostname-strict=false\n", False),
    ("hostname=login.bank.ae\nhostname-strict=true\n", False),
])  # fmt: skip
def test_a_name_of_keycloaks_file_makes_up_for_strictness(data: str, *, expected: bool) -> None:
    assert _is_refused({"data": {"keycloak.conf": data}}, "core/v1:ConfigMap") is expected


def test_a_name_in_values_makes_up_for_strictness() -> None:
    harm = "lead to the host that a caller names"
    assert _has_harm(harm, "keycloak", hostnameStrict=False)
    assert not _has_harm(harm, "keycloak", hostname="login.bank.ae", hostnameStrict=False)
    assert not _has_harm(harm, "keycloak", ingress={"hostname": "login.bank.ae"}, hostnameStrict=False)
