"""Settings of which several let everybody in, rules of sign-in servers, and event sources (FJ-IDN-308, FJ-IDN-313)."""

import csv
import re

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.bypass_rules import open_domains
from guardrails.identity.joined_switches import joined_switches
from guardrails.readers.texts import Leaf

from tests.processor_time import seconds_of

from .blind import Props, crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
HOOK = {"port": "12000", "endpoint": "/x", "method": "POST"}
SECONDS = 1
TOKEN = {"name": "events", "key": "token"}


def _config(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"config.txt": text}})


def _is_refused(given: Given, rule: str) -> bool:
    return rule in blocking(PACK.evaluate_resource(given))


def _hub(*lines: str) -> Given:
    return _config("\n".join(f"c.{line}" for line in lines))


ALL, GITHUB = "Authenticator.allow_all = True", 'JupyterHub.authenticator_class = "github"'
CILOGON = 'JupyterHub.authenticator_class = "cilogon"'
AUTH0 = 'JupyterHub.authenticator_class = "auth0"'


@pytest.mark.parametrize(("lines", "is_refused"), [
    ((ALL, GITHUB), True),
    ((GITHUB, ALL), True),
    ((ALL, 'JupyterHub.authenticator_class = "oauthenticator.github.LocalGitHubOAuthenticator"'), True),
    ((ALL, 'JupyterHub.authenticator_class = "local-google"'), True),
    (("OAuthenticator.allow_all = True", GITHUB), True),
    ((ALL, GITHUB, 'GitHubOAuthenticator.github_url = "https://git.example.ae"'), False),
    ((ALL, GITHUB, 'GitHubOAuthenticator.github_url = "https://github.com"'), True),
    ((ALL, GITHUB, 'GitHubOAuthenticator.allowed_organizations = {"bank"}'), True),
    ((ALL,), False),
    ((GITHUB,), False),
    (("Authenticator.allow_all = False", GITHUB), False),
    (("Authenticator.allow_existing_users = True", GITHUB), False),
    ((ALL, 'JupyterHub.authenticator_class = "ldapauthenticator.LDAPAuthenticator"'), False),
    ((ALL, 'GenericOAuthenticator.token_url = "https://login.microsoftonline.com/common/oauth2/token"'), True),
    ((ALL, 'GenericOAuthenticator.token_url = "https://login.microsoftonline.com/1-2/oauth2/token"'), False),
    ((ALL, 'AzureAdOAuthenticator.tenant_id = "organizations"'), True),
    ((ALL, 'AzureAdOAuthenticator.tenant_id = "11111111-2222-3333-4444-555555555555"'), False),
    ((ALL, 'JupyterHub.authenticator_class = "firstuse"'), True),
    ((ALL, 'JupyterHub.authenticator_class = "firstuse"', "FirstUseAuthenticator.create_users = False"), False),
    (("NativeAuthenticator.open_signup = True",), True),
    (("NativeAuthenticator.open_signup = True", "NativeAuthenticator.enable_signup = False"), False),
    (('JupyterHub.authenticator_class = "tmp"',), True),
    ((ALL, AUTH0, 'Auth0OAuthenticator.auth0_domain = "bank.eu.auth0.com"'), False),
    ((ALL, AUTH0), True),
    ((ALL, CILOGON, 'CILogonOAuthenticator.idps = {"https://idp.bank.ae/idp": {}}'), False),
    ((ALL, CILOGON, 'CILogonOAuthenticator.idps = {"https://github.com/login/oauth/authorize": {}}'), True),
    ((ALL, CILOGON), True),
    (('JupyterHub.authenticator_class = "jupyterhub.authenticators.shared.SharedPasswordAuthenticator"',), True),
])  # fmt: skip
def test_settings_of_a_hub(lines: tuple[str, ...], *, is_refused: bool) -> None:
    assert _is_refused(_hub(*lines), "FJ-IDN-313") is is_refused


@pytest.mark.parametrize(("providers", "is_refused"), [
    ({"https://idp.bank.ae/idp": {"username_derivation": {"username_claim": "email"}}}, False),
    ({"http://google.com/accounts/o8/id": {"username_derivation": {"username_claim": "email"}}}, True),
    ({"https://idp.bank.ae/idp": {"default": True}, "http://google.com/accounts/o8/id": {"default": False}}, True),
])  # fmt: skip
@pytest.mark.parametrize("names", ["idps", "allowed_idps"])
def test_providers_of_cilogon(names: str, providers: Props, *, is_refused: bool) -> None:
    hub = {
        "JupyterHub": {"authenticator_class": "cilogon"},
        "CILogonOAuthenticator": {"allow_all": True, names: providers},
    }
    given = k8s("helm.sh/v3:Release", {"chart": "jupyterhub", "values": {"hub": {"config": hub}}})
    assert _is_refused(given, "FJ-IDN-313") is is_refused


def test_a_provider_of_cilogon_lets_all_its_accounts_in() -> None:
    idps = {"http://google.com/accounts/o8/id": {"allow_all": True}}
    values = {"hub": {"config": {"CILogonOAuthenticator": {"idps": idps}}}}
    assert _is_refused(k8s("helm.sh/v3:Release", {"chart": "jupyterhub", "values": values}), "FJ-IDN-313")


def test_one_password_for_everybody_is_called_so() -> None:
    hub = _hub('JupyterHub.authenticator_class = "shared-password"')
    texts = [report.text for report in PACK.evaluate_resource(hub) if "FJ-IDN-313" in report.text]
    assert any("one password signs in as every user" in text for text in texts)
    assert not any("callers are believed" in text for text in texts)


def test_settings_of_values_and_of_a_program_in_them_are_joined() -> None:
    values = {"hub": {"config": {"JupyterHub": {"authenticator_class": "github"}}, "extraConfig": {
        "all.py": "c.Authenticator.allow_all = True\n"}}}  # fmt: skip
    assert _is_refused(k8s("helm.sh/v3:Release", {"chart": "jupyterhub", "values": values}), "FJ-IDN-313")


@pytest.mark.parametrize(("text", "is_refused"), [
    ("aws wafv2 create-web-acl --name x --default-action Allow={} --scope REGIONAL", False),
    ("args: [--default-action=allow]", True), ("run --default-action allow", True),
    ("args: [--default-action=auth]", False),
    ("skip_path_regex: '^/.*'", True), ("skip_path_regex: '^/static/.*'", False), ("skip_path_regex: |\n  /", True),
    ("skip_path_regex: ''", False), ("skip_path_regex: '^/$'", False), ("skip_path_regex: |\n  ^/a\n  .*\n", True),
])  # fmt: skip
def test_switches_of_other_servers_of_sign_in(text: str, *, is_refused: bool) -> None:
    assert _is_refused(_config(text), "FJ-IDN-313") is is_refused


def test_settings_of_two_resources_are_not_joined() -> None:
    assert not any(_is_refused(_hub(line), "FJ-IDN-313") for line in (ALL, GITHUB))


@pytest.mark.parametrize(("rule", "is_refused"), [
    ("{domain: '*.x.ae'}", True), ("{domain: [a.x.ae, '*.x.ae']}", True), ("{domain: a.x.ae}", False),
    ("{domain_regex: '^[a-z]+[.]x[.]ae$'}", True), (r"{domain_regex: '^(a|b)\.x\.ae$'}", False),
    ("{resources: ['^/.*$']}", True), ("{domain: '*.x.ae', resources: ['^/$']}", False),
    ("{domain: '*.x.ae', resources: ['^/static/.*$']}", False),
    ("{domain: '*.x.ae', resources: ['^/static/.*$', '.*']}", True),
    ("{domain: '*.x.ae', networks: ['10.0.0.0/8']}", False), ("{domain: '*.x.ae', networks: [internal]}", False),
    ("{domain: '*.x.ae', networks: ['0.0.0.0/1', '128.0.0.0/1']}", True),
    ("{domain: '*.x.ae', methods: [OPTIONS]}", False), ("{domain: '*.x.ae', methods: [OPTIONS, POST]}", True),
    ("{domain: '*.x.ae', query: [[{key: token, operator: present}]]}", False),
    ("{domain: '*.x.ae', methods: [OPTIONS, HEAD]}", False), ("{domain: '{user}.x.ae'}", True),
    ("{domain: '{group}.x.ae', methods: [GET]}", True), ("{domain: '*.x.ae', resources: ['^/$', '^/icons/']}", False),
])  # fmt: skip
def test_rules_of_authelia(rule: str, *, is_refused: bool) -> None:
    text = f"access_control:\n  default_policy: deny\n  rules:\n    - {rule[:-1]}, policy: POLICY}}\n"
    assert _is_refused(_config(text.replace("POLICY", "bypass")), "FJ-IDN-313") is is_refused
    assert not _is_refused(_config(text.replace("POLICY", "two_factor")), "FJ-IDN-313")


@pytest.mark.parametrize(("expression", "is_wide"), [
    (r"\.x\.ae$", True), ("x.ae", True), (".", True), ("^", True), ("^public", True), (r"^a\.x\.ae$|x\.ae", True),
    (r"^\w+\.x\.ae$", True), (r"^(a|.*)\.x\.ae$", True), (r"^[^.]{1,60}\.x\.ae$", True),
    (r"^node[0-9]{2}\.x\.ae$", False), (r"^node\d+\.x\.ae$", False), (r"^(?i)a\.x\.ae$", False),
    (r"^(www\.)?x\.ae$", False), ("^(?:a|b[12])[.]x[.]ae$", False), (r"^a\.x\.ae$|^b\.x\.ae$", False),
    (r"^a\.x\.ae", False), ("^a.x.ae$", False), ("^" + "a" * 600, True),
])  # fmt: skip
def test_expressions_of_hosts(expression: str, *, is_wide: bool) -> None:
    text = f"access_control:\n  rules:\n    - domain_regex: '{expression}'\n      policy: bypass\n"
    assert _is_refused(_config(text), "FJ-IDN-313") is is_wide


@pytest.mark.parametrize(("expression", "is_wide"), [
    ("$", True), ("^(/.*)?$", True), ("^/($|.*)", True), ("(?i)^/.*$", True), (r"^/[\w/]*", True), ("/", True),
    ("^/.+", True), (r"^(?i)/.*\z", True), ("^/[[:graph:]]*", True), ("(", True), ("a{99999999999}", True),
    ("^/[^/]+$", False), ("^/$", False), ("^/[[:alpha:]]+/healthz$", False), (r"\.(js|css)$", False),
    ("^/(?:a|b|c)(/.*)?$", False), (r"^/(?:[\w-]+/)*healthz$", False),
    ("^/f/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", False), ("^/abc|.*", True), ("^/(?=.*)", True),
    ("^/api(/v1)+(/x)*$", False), (r"^/public(/[^/]+)*(\.html)*$", False), ("^/(?<v>v1)/health$", False),
    ("^/docs/" + "a" * 600, False), (r"^/docs/(?:[[:alpha:]\]]{2,}?/)*$", False), (r"^\057", True),
    ("^/(?P<all>(?i:[^ ])+?)$", True), ("^/(.{1000}){0,2}$", False), ("^/(.{0,1000}){2}$", True), ("^/)", True),
    ("^/(?:(?:.?){9}|x){1,}$", True), ("+", True), (r"^/(.)\1$", True), ("^/[q7]?/?$", False),
])  # fmt: skip
def test_expressions_of_paths(expression: str, *, is_wide: bool) -> None:
    text = f"access_control:\n  rules:\n    - {{domain: '*.x.ae', resources: ['{expression}'], policy: bypass}}\n"
    assert _is_refused(_config(text), "FJ-IDN-313") is is_wide


@pytest.mark.parametrize("expression", [
    "(((((.|.|.|.|.|.)*)*)*)*)*!", "((?:" + ".?" * 30 + "){99}){99}!", ".*" * 39 + "!", "(" * 40 + ".*" + ")+" * 40,
    "(" + ".|" * 200 + ".)*!", "((((.?){99}){99}){99}){99}!", "(" * 240 + ")" * 240, "^" + "(?:|^)" * 80 + "x!",
    "^" + "(?:|$)" * 80 + "x!", "(?:|a?)" * 39 + "!", "(?P<a>|b?)" * 24 + "!", "(" + "(a?|b?|c?)" * 8 + "){9}!",
    r"(?:\\*|\\*)" * 24 + "!", "(" * 5000 + ".?" * 5000 + ")*" * 5000 + "!",
])  # fmt: skip
def test_expressions_of_paths_take_no_time(expression: str) -> None:
    assert _seconds("resources", expression) < SECONDS


@pytest.mark.parametrize("expression", [
    "^" + "[0-9]" * 98 + "!", "^" + r"a\." * 160 + "!", "|".join([r"^a\.\.\."] * 45) + "!",
])  # fmt: skip
def test_expressions_of_hosts_take_no_time(expression: str) -> None:
    assert _seconds("domain_regex", expression) < SECONDS


def test_an_expression_longer_than_any_that_is_read_opens_every_path() -> None:
    """`^/q$` and many more that list nothing else: what is not read is refused."""
    text = "access_control:\n  rules:\n    - {{domain: '*.x.ae', resources: ['{0}'], policy: bypass}}\n"
    assert _is_refused(_config(text.format("^/health" + "(?:)" * 1_200 + "$")), "FJ-IDN-313")
    assert not _is_refused(_config(text.format("^/health" + "(?:)" * 900 + "$")), "FJ-IDN-313")


def _seconds(field: str, expression: str) -> float:
    leaves = [
        Leaf(f"access_control.rules[0].{field}[0]", field, expression, True),
        Leaf("access_control.rules[0].policy", "policy", "bypass", True),
    ]
    return seconds_of(lambda: tuple(open_domains(leaves)))


@pytest.mark.parametrize(("sources", "is_refused"), [
    ({"webhook": {"a": HOOK}}, True), ({"webhook": {"a": {**HOOK, "authSecret": TOKEN}}}, False),
    ({"webhook": {"a": {**HOOK, "authSecret": TOKEN}, "b": HOOK}}, True),
    ({"webhook": {"a": {**HOOK, "authSecret": {}}}}, True),
    ({"webhook": {"a": {**HOOK, "authSecret": UNKNOWN}}}, False),
    ({"github": {"a": {"webhook": HOOK}}}, True), ({"github": {"a": {"webhook": HOOK, "webhookSecret": TOKEN}}}, False),
    ({"github": {"a": {"webhook": {**HOOK, "authSecret": TOKEN}}}}, False),
    ({"bitbucketserver": {"a": {"webhook": HOOK}}}, True), ({"slack": {"a": {"webhook": HOOK}}}, True),
    ({"sns": {"a": {"webhook": HOOK, "validateSignature": True}}}, False),
    ({"sns": {"a": {"webhook": HOOK}}}, True), ({"sqs": {"a": {"queue": "q"}}}, False),
    ({"bitbucket": {"a": {"webhook": HOOK}}}, False),
])  # fmt: skip
def test_event_sources(sources: Props, *, is_refused: bool) -> None:
    assert _is_refused(crd("argoproj.io/v1alpha1:EventSource", sources), "FJ-IDN-308") is is_refused


def test_a_patch_may_leave_out_the_secret() -> None:
    patch = k8s("argoproj.io/v1alpha1:EventSourcePatch", {"metadata": meta(), "spec": {"webhook": {"a": HOOK}}})
    assert not _is_refused(patch, "FJ-IDN-308")


def test_rows_have_a_harm_and_a_source() -> None:
    with (DATA / "joined_switches.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["settings"] and row["harm"] and "read 2026" in row["source"] for row in rows)
    assert len(rows) == len(joined_switches())


def test_all_expressions_of_the_table_compile() -> None:
    """They are compiled when a text may match them; a part of a row was none, and stopped the rule on some texts."""
    settings = [setting for row in joined_switches() for setting in (*row.settings, *row.limits)]
    for setting in settings:
        re.compile(setting.name.pattern)
        re.compile(setting.value.pattern)
    assert len(settings) > 100
