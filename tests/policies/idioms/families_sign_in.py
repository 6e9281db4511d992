"""Good idioms that stand beside the families of attacks on sign-in (2026-11-28)."""

from ..blind import crd, k8s, meta
from ..harness import Given
from . import Idiom, unpriced

HUB = "jupyterhub.readthedocs.io/en/stable/reference/authenticators.html"
AUTHELIA = "www.authelia.com/configuration/security/access-control"
PODS = unpriced("kubernetes:argoproj.io/v1:EventSource::it")
EVENTS = "argoproj.github.io/argo-events/eventsources/setup/webhook"
GIT = {"identity": {"trusted": {"git.example.ae": "the bank's own server of repositories",
                                "login.example.ae": "our own sign-in"}}}  # fmt: skip
RULES = """access_control:
  default_policy: deny
  rules:
    - domain: ['login.example.ae', 'status.example.ae']
      policy: bypass
    - domain: '*.example.ae'
      policy: bypass
      methods: [OPTIONS, HEAD]
    - domain_regex: '^node[0-9]{2}\\.example\\.ae$'
      policy: bypass
    - domain: '*.example.ae'
      policy: bypass
      resources: ['^/healthz$', '^/api/webhooks([/?].*)?$']
    - domain: '*.example.ae'
      policy: bypass
      networks: [10.20.0.0/16]
    - domain: '*.example.ae'
      policy: two_factor
      subject: ['group:staff']
"""
GITLAB = """c.JupyterHub.authenticator_class = "gitlab"
c.GitLabOAuthenticator.gitlab_url = "https://git.example.ae"
c.GitLabOAuthenticator.allow_all = True
"""
GOOGLE = """c.JupyterHub.authenticator_class = "google"
c.GoogleOAuthenticator.hosted_domain = ["example.ae"]
c.Authenticator.allow_all = True
"""
STAFF = """c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.authorize_url = "https://login.example.ae/realms/bank/protocol/openid-connect/auth"
c.GenericOAuthenticator.allow_all = True
"""
LISTED = """c.JupyterHub.authenticator_class = "github"
c.Authenticator.allow_existing_users = True
c.Authenticator.admin_users = {"platform"}
c.GitHubOAuthenticator.allowed_organizations = ["bank"]
"""


def _config(**data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta("sign-in"), "data": data}),)


def _hook(**fields: object) -> dict[str, object]:
    return {"port": "12000", "endpoint": "/start", "method": "POST", **fields}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("workflows start by a webhook with a token", (crd("argoproj.io/v1alpha1:EventSource", {
        "service": {"ports": [{"port": 12000, "targetPort": 12000}]},
        "webhook": {"start": _hook(authSecret={"name": "events", "key": "token"})}}, "events"),), EVENTS, PODS),
    Idiom("workflows start by signed events of the bank's repositories, and by a clock", (
        crd("argoproj.io/v1alpha1:EventSource", {
            "gitlab": {"push": {
                "projects": ["bank/models"], "events": ["PushEvents"], "gitlabBaseURL": "https://gitlab.git.svc.cluster.local",
                "secretToken": {"name": "gitlab", "key": "secret"}, "webhook": _hook()}},
            "calendar": {"nightly": {"schedule": "0 2 * * *"}},
            "sqs": {"orders": {"queue": "orders", "region": "me-central-1"}}}, "events"),), EVENTS, PODS),
    Idiom("hosts need two factors, and only probes, requests before others and named hosts need none",
          _config(**{"configuration.yml": RULES}), AUTHELIA),
    Idiom("notebooks are for everybody of the bank's own GitLab", _config(**{"hub.py": GITLAB}), HUB, GIT),
    Idiom("notebooks are for everybody of the bank's workspace at Google", _config(**{"hub.py": GOOGLE}), HUB),
    Idiom("notebooks are for everybody in the bank's own sign-in", _config(**{"hub.py": STAFF}), HUB, GIT),
    Idiom("notebooks are for members of an organisation, whom administrators remove", _config(**{"hub.py": LISTED}),
          HUB),
)  # fmt: skip
