"""Good idioms that come close to what the good programs of clusters of set 20 made the rules read."""

from ..attacks.after_twentieth_goodb import HEALTH, balancer, policed, proxy, runner
from ..blind import TAGS
from . import Idiom, unpriced
from .eleventh_charts import SMALL
from .twelfth_charts import LOGIN, MIRROR, mirrored, ours
from .twentieth_goodb_charts import merged

GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::apps"
SIGN_IN = (
    "from flask_appbuilder.security.manager import AUTH_OAUTH\nimport os\n\nAUTH_TYPE = AUTH_OAUTH\n"
    "AUTH_ROLES_SYNC_AT_LOGIN = True\nWTF_CSRF_ENABLED = True\n"
    "OAUTH_PROVIDERS = [{'name': 'bank', 'remote_app': {"
    f"'client_id': 'airflow', 'server_metadata_url': '{LOGIN}/.well-known/openid-configuration'}}}}]"
)
HUB = f"""c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.login_service = "Staff"
c.GenericOAuthenticator.authorize_url = "{LOGIN}/protocol/openid-connect/auth"
c.GenericOAuthenticator.allowed_groups = {{"data-science"}}
"""
GOOD_GATES = {
    "every call needs a token but those after the health of a service": ({
        "action": "DENY", "rules": [{"from": [{"source": {"notRequestPrincipals": ["*"]}}], "to": [{"operation": {
            "notPaths": ["/healthz", "/v1/models/ready"]}}]}]},),
    "browsers ask first without a token what they may send": ({
        "action": "DENY", "rules": [{"from": [{"source": {"notRequestPrincipals": ["*"]}}], "to": [{"operation": {
            "notMethods": ["OPTIONS"]}}]}]},),
    "tokens are asked for, and a rule lets probes ask for the health alone": ({
        "action": "ALLOW", "rules": [
            {"from": [{"source": {"requestPrincipals": [f"{LOGIN}/*"]}}]}, {"to": [HEALTH]}]},),
}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a proxy of sign-in says in a file of several lines whose mail is let in", (proxy(
        'provider = "oidc"\nemail_domains = [ "bank.ae" ]\ncookie_secure = true\nreverse_proxy = true\n'),),
        "oauth2-proxy/manifests fe328b0b helm/oauth2-proxy/values.yaml (config.configFile)", ours()),
    Idiom("a proxy of sign-in says in a file of several lines which group is let in", (proxy(
        'provider = "oidc"\n# every account of the bank may ask\nemail_domains = [ "*" ]\n'
        'allowed_groups = [ "data-science" ]\nupstreams = [ "file:///dev/null" ]\n'),),
        "oauth2-proxy/manifests fe328b0b helm/oauth2-proxy/values.yaml (config.configFile)", ours()),
    Idiom("flows of Airflow are behind the bank's sign-in, which a file of Python states", (
        mirrored("airflow", "1.18.0", {
            "webserver": {"webserverConfig": SIGN_IN, "resources": SMALL}, "postgresql": {"enabled": False}, "data": {
                "metadataSecretName": "airflow-metadata"}, "labels": TAGS, "images": {"airflow": {
                    "repository": f"{MIRROR}/apache/airflow", "tag": "3.1.0"}}, "webserverSecretKeySecretName":
            "airflow-web", "fernetKeySecretName": "airflow-fernet", "redis": {"passwordSecretName": "airflow-redis"}}),
    ),
        "apache/airflow 001394a91d chart/values.yaml (webserver.webserverConfig)", ours()),
    Idiom("notebooks are behind the bank's sign-in, which a file of Python of the hub states", (
        mirrored("jupyterhub", "4.3.1", {
            "hub": {"extraConfig": {"sign-in": HUB}, "existingSecret": "hub", "resources": SMALL}, "proxy": {
                "service": {"type": "ClusterIP"}}}, "notebooks"),),
        "jupyterhub/zero-to-jupyterhub-k8s, jupyterhub/values.yaml (hub.extraConfig)", ours()),
    Idiom("charts name the keys of a Secret in words of their own", (
        mirrored("mlflow", "1.8.0", {
            "auth": {"enabled": True, "existingAdminSecret": {"name": "mlflow-admin", "passwordKey": "password"}},
            "artifactRoot": {"s3": {"enabled": True, "bucket": "bank-experiments", "existingSecret": {
                "name": "mlflow-s3", "keyOfAccessKeyId": "AWS_ACCESS_KEY_ID", "keyOfSecretAccessKey":
                "AWS_SECRET_ACCESS_KEY"}}}}),
        mirrored("qdrant", "1.15.5", {
            "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "API_KEY"}}}, "search": {
                "existingSecret": {"name": "search", "apiKey": "API_KEY"}}})),
        "community-charts/helm-charts ae700ff charts/mlflow/values.yaml (artifactRoot.s3.existingSecret)", ours()),
    Idiom("a service and a gateway of the site ask for private addresses by their own fields", (
        balancer("10.30.40.5"), *policed({"action": "DENY", "rules": [{"from": [{"source": {
            "notRequestPrincipals": ["*"]}}]}]})),
        "metallb.io/usage, Requesting specific IPs; gateway-api, GatewaySpec.addresses, as known",
        merged(ours(), unpriced(GATEWAY, "kubernetes:core/v1:Service::orders"))),
    Idiom("a runner of builds has rights in its namespace alone", (runner("builds", clusterWideAccess=False),),
          "GitLab Runner, values.yaml (rbac), found in public repositories on 2026-11-30", ours(),
          charts=("gitlab-runner",)),
    *(Idiom(name, policed(*policies), "istio.io, RequestAuthentication and AuthorizationPolicy, read 2026-11-30",
            merged(ours(), unpriced(GATEWAY))) for name, policies in GOOD_GATES.items()),
)  # fmt: skip
