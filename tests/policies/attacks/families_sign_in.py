"""Attacks that let everybody in by two settings that are harmless without each other, or by one that is missing
(2026-11-28)."""

from ..blind import TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-IDN-308", "FJ-IDN-313")
STARTS = "each pod that reaches the event source starts what its events start (Argo Events, 'WebhookContext')"
NOTEBOOKS = "everybody with an account of the provider runs programs in the cluster (JupyterHub, 'allow_all')"
NO_SIGN_IN = "nobody is asked to sign in for hosts of the domain (Authelia, 'Access Control', bypass)"
HOOK = {"port": "12000", "endpoint": "/start", "method": "POST"}
EVERY_HOST = """server:
  address: tcp://:9091
access_control:
  default_policy: deny
  rules:
    - domain: ['secret.example.ae']
      policy: two_factor
    - domain: ['*.example.ae']
      policy: bypass
"""
PROGRAM = """c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.authorize_url = "https://accounts.google.com/o/oauth2/v2/auth"
c.GenericOAuthenticator.allow_all = True
"""


def _source(**sources: object) -> tuple[Given, ...]:
    return (crd("argoproj.io/v1alpha1:EventSource", sources, "events"),)


def _hub(**config: object) -> tuple[Given, ...]:
    return (k8s("helm.sh/v3:Release", {
        "chart": "jupyterhub", "version": "4.3.0", "namespace": "notebooks", "values": {"hub": {"config": config}},
        "repositoryOpts": {"repo": "https://hub.jupyter.org/helm-chart/"}}, "hub"),)  # fmt: skip


def _authelia(*rules: object) -> tuple[Given, ...]:
    return (k8s("helm.sh/v3:Release", {
        "chart": "authelia", "version": "0.10.49", "namespace": "sign-in",
        "repositoryOpts": {"repo": "https://charts.authelia.com"}, "values": {
            "configMap": {"access_control": {"default_policy": "deny", "rules": list(rules)}}}},
        "authelia"),)  # fmt: skip


def _config(**data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta("sign-in"), "data": data}),)


ATTACKS = (
    Attack("workflows are started by whoever calls a webhook", OPEN, _source(webhook={"start": HOOK}),
        "critical", STARTS),
    Attack("workflows are started by calls in the name of GitHub", OPEN, _source(github={"push": {
        "owner": "bank", "repository": "models", "events": ["push"], "webhook": HOOK,
        "apiToken": {"name": "github", "key": "token"}}}), "critical", STARTS),
    Attack("workflows are started by calls in the name of GitLab", OPEN, _source(gitlab={"push": {
        "projects": ["bank/models"], "events": ["PushEvents"], "gitlabBaseURL": "https://git.example.ae",
        "webhook": HOOK}}), "critical", STARTS),
    Attack("workflows are started by messages of a topic whose signature nobody checks", OPEN, _source(sns={"orders": {
        "topicArn": "arn:aws:sns:me-central-1:123456789012:orders", "region": "me-central-1", "webhook": HOOK,
        "validateSignature": False}}), "critical", STARTS),
    Attack("a list of event sources has one that anybody calls", OPEN, (k8s("argoproj.io/v1alpha1:EventSourceList", {
        "items": [{"metadata": {"name": "events", "labels": TAGS}, "spec": {"webhook": {"start": HOOK}}}]}),),
        "critical", STARTS),
    Attack("notebooks are for each account of GitHub, by the values of the chart", OPEN, _hub(
        JupyterHub={"authenticator_class": "github"}, Authenticator={"allow_all": True},
        GitHubOAuthenticator={"client_id": "x"}), "critical", NOTEBOOKS),
    Attack("notebooks are for each account of Google by the generic sign-in", OPEN, _hub(
        JupyterHub={"authenticator_class": "generic-oauth"}, GenericOAuthenticator={
            "allow_all": True, "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth"}),
        "critical", NOTEBOOKS),
    Attack("notebooks are for each tenant of Entra", OPEN, _hub(
        JupyterHub={"authenticator_class": "azuread"}, Authenticator={"allow_all": True},
        AzureAdOAuthenticator={"tenant_id": "common"}), "critical", NOTEBOOKS),
    Attack("notebooks are for each account of Google, by a program of the hub", OPEN, _config(**{"hub.py": PROGRAM}),
        "critical", NOTEBOOKS),
    Attack("notebooks are for whoever signs himself up", OPEN, _hub(
        JupyterHub={"authenticator_class": "native"}, NativeAuthenticator={"open_signup": True}), "critical",
        "everybody who reaches the page signs himself up (Native Authenticator, 'open_signup')"),
    Attack("notebooks ask nobody who he is", OPEN, _hub(JupyterHub={"authenticator_class": "tmp"}), "critical",
        "each caller gets a user of his own (jupyterhub/tmpauthenticator)"),
    Attack("notebooks have one password under every name", OPEN, _hub(
        JupyterHub={"authenticator_class": "shared-password"}, Authenticator={"allow_all": True}), "critical",
        "whoever has the password opens the notebooks of each colleague (JupyterHub, SharedPasswordAuthenticator)"),
    Attack("notebooks take the first password of a name", OPEN, _hub(
        JupyterHub={"authenticator_class": "firstuseauthenticator.FirstUseAuthenticator"},
        FirstUseAuthenticator={"create_users": True}, Authenticator={"allow_all": True}), "critical",
        "everybody names himself (jupyterhub/firstuseauthenticator, create_users)"),
    Attack("hosts of a domain are without sign-in, by the values of Authelia's chart", OPEN, _authelia(
        {"domain": "*.example.ae", "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("hosts of a domain are without sign-in, by Authelia's file", OPEN, _config(**{
        "configuration.yml": EVERY_HOST}), "critical", NO_SIGN_IN),
    Attack("hosts that an expression names are without sign-in", OPEN, _authelia(
        {"domain_regex": r"^.+\.example\.ae$", "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("every path of a domain is without sign-in", OPEN, _authelia(
        {"domain": ["*.example.ae"], "resources": ["^/.*$"], "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("hosts of a domain are without sign-in from every address", OPEN, _authelia(
        {"domain": ["*.example.ae"], "networks": ["0.0.0.0/0"], "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("hosts of a domain are read without sign-in", OPEN, _authelia(
        {"domain": ["*.example.ae"], "methods": ["GET", "HEAD"], "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("hosts that an expression meets inside of their name are without sign-in", OPEN, _authelia(
        {"domain_regex": r"\.example\.ae$", "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("hosts of callers are without sign-in, and nobody has signed in yet", OPEN, _authelia(
        {"domain": "{user}.example.ae", "policy": "bypass"}), "critical", NO_SIGN_IN),
    Attack("every path of a domain is without sign-in, by its end", OPEN, _authelia(
        {"domain": ["*.example.ae"], "resources": ["^/($|.*)"], "policy": "bypass"}), "critical", NO_SIGN_IN),
)  # fmt: skip
