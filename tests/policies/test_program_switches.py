"""Settings that start programs with a debugger, with open administration, or open to whoever has some account."""

import csv
import re

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.program_switch_rows import program_switches

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def _is_refused(props: dict[str, object], kind: str = "kubernetes:core/v1:Pod") -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given(kind, props)))


def _env(name: str, value: object) -> dict[str, object]:
    return {"spec": {"containers": [{"name": "app", "env": [{"name": name, "value": value}]}]}}


def _args(*args: str) -> dict[str, object]:
    return {"spec": {"containers": [{"name": "app", "args": list(args)}]}}


def _config(name: str, text: str) -> dict[str, object]:
    return {"data": {name: text}}


def _sql(text: str) -> dict[str, object]:
    return {"spec": {"bootstrap": {"initdb": {"postInitSQL": [text]}}}}


def _secret(annotations: dict[str, str]) -> dict[str, object]:
    return {"spec": {"secretTemplate": {"annotations": annotations}}}


def _door(**spec: object) -> dict[str, object]:
    return {"spec": spec}


@pytest.mark.parametrize(
    ("thrown", "good"),
    [
        (_env("FLASK_DEBUG", "1"), _env("FLASK_DEBUG", "0")),
        (_env("FLASK_DEBUG", "true"), _env("FLASK_DEBUG", UNKNOWN)),
        (_env("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "*"),
         _env("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,info,prometheus")),
        (_env("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,heapdump"),
         _env("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_EXCLUDE", "heapdump")),
        (_config("application.yaml", "management:\n  endpoints:\n    web:\n      exposure:\n        include: '*'\n"),
         _config("application.yaml", "management:\n  endpoints:\n    web:\n      exposure:\n        include: info\n")),
        (_env("TS_ALLOWED_URLS", ".*"), _env("TS_ALLOWED_URLS", "https://models.example.ae/.*")),
        (_args("--disable-token-auth"), _args("--disable-token-auth=false")),
        (_env("AIRFLOW__API__AUTH_BACKENDS", "airflow.api.auth.backend.default"),
         _env("AIRFLOW__API__AUTH_BACKENDS", "airflow.providers.fab.auth_manager.api.auth.backend.session")),
        (_env("GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH", "'GrafanaAdmin'"),
         _env("GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH", "contains(groups[*], 'ops') && 'Admin' || 'Viewer'")),
        (_args("--ServerApp.token="), _env("JUPYTER_TOKEN", "")),
        (_args("--protected-mode=no"), _args("--protected-mode=yes")),
        (_args("--protected-mode", "no"), _args("--protected-mode", "yes")),
        (_config("valkey.conf", "port 6379\nprotected-mode no\n"), _config("valkey.conf", "protected-mode yes\n")),
        (_args("--authorization-mode=AlwaysAllow"), _args("--authorization-mode=Node,RBAC")),
        (_args("--read-only-port=10255"), _args("--read-only-port=0")),
        (_config("kubelet", "kind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: true\n"),
         _config("kubelet", "kind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: false\n")),
        (_config("kubelet", "kind: KubeletConfiguration\nreadOnlyPort: 10255\n"),
         _config("kubelet", "kind: KubeletConfiguration\nreadOnlyPort: 0\n")),
        (_config("app.py", "app.run(host='0.0.0.0', debug=True)"), _config("app.py", "app.run(host='0.0.0.0')")),
        (_config("hub.py", "c.JupyterHub.authenticator_class = 'github'\nc.Authenticator.allow_all = True\n"),
         _config("hub.py", "c.JupyterHub.authenticator_class = 'ldap'\nc.Authenticator.allow_all = True\n")),
        (_config("hub.py", "c.Authenticator.allow_all = True\nc.JupyterHub.authenticator_class = 'google'\n"),
         _config("hub.py", "c.JupyterHub.authenticator_class = 'google'\nc.GitHubOAuthenticator.allowed = {'a'}\n")),
        (_config("config.yaml", "connectors:\n- type: mockCallback\n  id: a\n"),
         _config("config.yaml", "connectors:\n- type: oidc\n  id: a\n")),
        (_args("--skip-auth-route=.*"), _args("--skip-auth-route=^/healthz$")),
        (_args("--skip-auth-regex", "^/"), _args("--skip-auth-regex", "^/static/")),
        (_env("OAUTH2_PROXY_SKIP_AUTH_ROUTES", "GET=^/.*"), _env("OAUTH2_PROXY_SKIP_AUTH_ROUTES", "GET=^/public/.*")),
        (_config("oauth2_proxy.cfg", 'skip_auth_routes = [ "^/" ]'),
         _config("oauth2_proxy.cfg", 'skip_auth_routes = [ "^/ready$" ]')),
        (_config("pomerium.yaml", "routes:\n- allow_public_unauthenticated_access: true\n"),
         _config("pomerium.yaml", "routes:\n- allow_public_unauthenticated_access: false\n")),
        (_config("configuration.yml", "access_control:\n  default_policy: bypass\n"),
         _config("configuration.yml", "access_control:\n  default_policy: deny\n")),
        (_config("kustomize.buildOptions", "--enable-helm --enable-exec"),
         _config("kustomize.buildOptions", "--enable-helm")),
        ({"metadata": {"annotations": {"config.linkerd.io/default-inbound-policy": "all-unauthenticated"}}},
         {"metadata": {"annotations": {"config.linkerd.io/default-inbound-policy": "cluster-authenticated"}}}),
        (_sql("ALTER ROLE app WITH SUPERUSER"), _sql("ALTER ROLE app WITH NOSUPERUSER")),
        (_sql("CREATE USER app LOGIN BYPASSRLS"), _sql("CREATE USER app LOGIN")),
        (_sql("GRANT pg_execute_server_program TO app"), _sql("GRANT pg_monitor TO app")),
        (_sql("GRANT ALL PRIVILEGES ON *.* TO 'app'"), _sql("GRANT ALL PRIVILEGES ON shop.* TO 'app'")),
        (_sql("COPY rows TO PROGRAM 'cat'"), _sql("COPY rows TO STDOUT")),
        (_args("--email-domain=*"), _args("--email-domain=*", "--provider=oidc")),
        (_args("--email-domain", "*", "--provider", "github"),
         _args("--email-domain", "*", "--provider", "github", "--github-org=example")),
        (_env("OAUTH2_PROXY_EMAIL_DOMAINS", "*"), _env("OAUTH2_PROXY_EMAIL_DOMAINS", "example.ae")),
        (_env("MINIO_IDENTITY_OPENID_ROLE_POLICY_BANK", "readwrite,consoleAdmin"),
         _env("MINIO_IDENTITY_OPENID_ROLE_POLICY", "readonly")),
        (_env("DEFAULT_USER_ROLE", "admin"), _env("DEFAULT_USER_ROLE", "pending")),
        (_config("superset_config.py", "PUBLIC_ROLE_LIKE = 'Admin'"),
         _config("superset_config.py", "PUBLIC_ROLE_LIKE = 'Public'\nAUTH_ROLE_ADMIN = 'Admin'")),
        (_config("superset_config.py", 'AUTH_USER_REGISTRATION_ROLE = "Admin"'),
         _config("superset_config.py", '# AUTH_USER_REGISTRATION_ROLE = "Admin"')),
        (_config("hub.py", "c.JupyterHub.authenticator_class = 'dummy'"),
         _config("hub.py", "c.JupyterHub.authenticator_class = 'generic-oauth'")),
        (_config("hub.py", "c.JupyterHub.authenticator_class = 'dummyauthenticator.DummyAuthenticator'"),
         _config("hub.py", "# c.JupyterHub.authenticator_class = 'dummy'")),
        (_config("cassandra.yaml", "cluster_name: a\nauthenticator: AllowAllAuthenticator\n"),
         _config("cassandra.yaml", "cluster_name: a\nauthenticator: PasswordAuthenticator\n")),
        (_env("GRADIO_SHARE", "True"), _env("GRADIO_SHARE", "False")),
        (_config("app.py", "demo.launch(server_name='0.0.0.0', share=True)"), _config("app.py", "demo.launch()")),
        (_args("kubectl", "proxy", "--address=0.0.0.0"), _args("kubectl", "proxy", "--address=127.0.0.1")),
        (_args("proxy", "--port=8001", "--accept-hosts=.*"), _args("proxy", "--port=8001")),
        (_args("--api.insecure=true"), _args("--api.insecure=false")),
        (_args("--allowed-local-media-path=/"), _args("--allowed-local-media-path=/data/images")),
        (_config("squid.conf", "http_access allow all\n"), _config("squid.conf", "http_access allow all bank\n")),
        (_config("squid.conf", "http_port 3128\nhttp_access allow all"), _config("squid.conf", "http_access deny all")),
        (_config("squid.conf", "http_access deny !Safe_ports\nhttp_access allow all # pods\n"),
         _config("squid.conf", "http_access deny !bank_sites\nhttp_access allow all\n")),
        (_config("nginx.conf", "location / { proxy_pass http://$1; }"),
         _config("nginx.conf", "location / { proxy_pass http://backend$request_uri; }")),
        (_config("nginx.conf", "proxy_pass https://$http_x_target;"),
         _config("nginx.conf", "set $upstream api; proxy_pass http://$upstream;")),
        (_secret({"reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true"}),
         _secret({"reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true",
                  "reflector.v1.k8s.emberstack.com/reflection-auto-namespaces": "team-a,team-b"})),
        (_secret({"reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "true",
                  "reflector.v1.k8s.emberstack.com/reflection-auto-namespaces": ".*"}),
         _secret({"reflector.v1.k8s.emberstack.com/reflection-auto-enabled": "false"})),
        (_secret({"replicator.v1.mittwald.de/replicate-to": ".*"}),
         _secret({"replicator.v1.mittwald.de/replicate-to": "team-.*"})),
        (_secret({"kubed.appscode.com/sync": ""}), _secret({"kubed.appscode.com/sync": "team=a"})),
        (_door(extAuth={"failOpen": True}), _door(extAuth={"failOpen": False}, extProc=[{"failOpen": True}])),
        (_door(virtualhost={"authorization": {"failOpen": "true"}}), _door(virtualhost={"authorization": {}})),
        (_config("envoy.yaml", "http_filters:\n- typed_config: {failure_mode_allow: true}\n"),
         _config("envoy.yaml", "http_filters:\n- typed_config: {failure_mode_allow: false}\n")),
        (_door(jwt={"optional": True}), _door(jwt={"optional": False}, volumes=[{"secret": {"optional": True}}])),
        (_door(tls={"clientValidation": {"optional": True}}), _door(tls={"clientValidation": {}})),
        (_door(ingressMTLS={"verifyClient": "optional_no_ca"}), _door(ingressMTLS={"verifyClient": "on"})),
        ({"metadata": {"annotations": {"nginx.ingress.kubernetes.io/auth-tls-verify-client": "off"}}},
         {"metadata": {"annotations": {"nginx.ingress.kubernetes.io/auth-tls-verify-client": "on"}}}),
        (_config("nginx.conf", "ssl_verify_client optional_no_ca;"), _config("nginx.conf", "ssl_verify_client on;")),
        (_door(clientAuth={"clientAuthType": "RequireAnyClientCert"}),
         _door(clientAuth={"clientAuthType": "RequireAndVerifyClientCert"})),
        (_door(validation={"mode": "AllowInsecureFallback"}), _door(validation={"mode": "AllowValidOnly"})),
        (_door(actions=[{"authenticateOIDCConfig": {"onUnauthenticatedRequest": "allow"}}]),
         _door(actions=[{"authenticateOIDCConfig": {"onUnauthenticatedRequest": "deny"}}])),
        (_door(prometheusSpec={"enableAdminAPI": True}), _door(prometheusSpec={"enableAdminAPI": False})),
        (_args("--web.enable-admin-api"), _args("--web.enable-admin-api=false")),
        (_env("ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED", "true"),
         _env("ACCEPT_NVIDIA_VISIBLE_DEVICES_ENVVAR_WHEN_UNPRIVILEGED", "false")),
        (_door(type="DynamicResolver"), _door(type="Endpoints")),
        ({"metadata": {"annotations": {"iam.amazonaws.com/permitted": ".*"}}},
         {"metadata": {"annotations": {"iam.amazonaws.com/permitted": "team-a-.*"}}}),
        ({"metadata": {"annotations": {"iam.amazonaws.com/allowed-roles": '["*"]'}}},
         {"metadata": {"annotations": {"iam.amazonaws.com/allowed-roles": '["team-a"]'}}}),
        (_env("GF_AUTH_PROXY_ENABLED", "true"), _env("GF_AUTH_PROXY_ENABLED", "false")),
        (_config("grafana.ini", "[auth.proxy]\nenabled = true\n"),
         _config("grafana.ini", "[auth.proxy]\nenabled = true\nwhitelist = 10.1.0.7\n")),
        (_args("--issuer-ambient-credentials"), _args("--issuer-ambient-credentials=false")),
        (_args("--cluster-resource-namespace=team-a"), _args("--cluster-resource-namespace=cert-manager")),
        (_door(proxy={"excludeIPRanges": "10.1.0.0/16,0.0.0.0/0"}), _door(proxy={"excludeIPRanges": "10.1.0.7/32"})),
        (_door(proxy={"includeIPRanges": ""}), _door(proxy={"includeIPRanges": "*", "excludeIPRanges": ""})),
        (_door(proxy={"excludeInboundPorts": "15020,8080"}), _door(proxy={"excludeInboundPorts": "15020, 9443"})),
        (_config("Corefile", "rewrite name a.team-a.svc.cluster.local b.team-b.svc.cluster.local"),
         _config("Corefile", "rewrite name a.team-a.svc.cluster.local b.team-a.svc.cluster.local")),
        (_config("Corefile", "hosts {\n 10.1.0.7 a.team-a.svc\n}"), _config("Corefile", "hosts {\n 10.1.0.7 a.ae\n}")),
        (_secret({"sealedsecrets.bitnami.com/cluster-wide": "true"}),
         _secret({"sealedsecrets.bitnami.com/namespace-wide": "true"})),
    ],
)  # fmt: skip
def test_a_switch_is_refused_and_its_good_position_is_silent(
    thrown: dict[str, object], good: dict[str, object]
) -> None:
    assert _is_refused(thrown)
    assert not _is_refused(good)


def test_user_data_of_machines_is_read() -> None:
    text = "--x\nContent-Type: application/node.eks.aws\n\nspec:\n  authorization: {mode: AlwaysAllow}\n--x--\n"
    kind = "aws:ec2/launchTemplate:LaunchTemplate"
    assert _is_refused({"userData": text}, kind)
    assert not _is_refused({"userData": text.replace("AlwaysAllow", "Webhook")}, kind)


def test_types_of_no_program_are_not_read() -> None:
    assert not _is_refused({"settings": {"flaskDebug": "1"}}, "azure-native:storage:StorageAccount")


def test_rows_have_a_kind_a_harm_and_a_source() -> None:
    with (DATA / "program_switches.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"variable", "text"}
    assert [row["pattern"] for row in rows if not row["harm"] or not row["source"]] == []
    assert [row["pattern"] for row in rows if row["kind"] == "text" and row["values"]] == []
    assert len(program_switches()) == len({(row["pattern"], row["values"]) for row in rows})
    assert not any(re.search("[A-Z_-]", row["pattern"].replace(r"\w", "")) for row in rows if row["kind"] == "variable")
