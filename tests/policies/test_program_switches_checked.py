"""Switches that were held against the programs' own sources: each weak spelling is refused, each good one is silent."""

import json

import pytest
from guardrails.identity.program_switch_rows import program_switches

from tests.processor_time import within

from .harness import Given, Pack, blocking

PACK = Pack()
Props = dict[str, object]


def _is_refused(props: Props) -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given("kubernetes:core/v1:Pod", props)))


def _env(**values: str) -> Props:
    env = [{"name": name, "value": value} for name, value in values.items()]
    return {"spec": {"containers": [{"name": "app", "env": env}]}}


def _args(*args: str) -> Props:
    return {"spec": {"containers": [{"name": "app", "args": list(args)}]}}


def _file(text: str) -> Props:
    return {"data": {"config": text}}


def _spec(**spec: object) -> Props:
    return {"spec": spec}


def _output(line: str) -> Props:
    return _file(f"[OUTPUT]\n    Name any\n    {line}\n")


def _rules(rule: str) -> Props:
    return _file(f'{{"impersonation": [{rule}]}}')


def _realm(**more: object) -> Props:
    realm = {"realm": "bank", "enabled": True, "sslRequired": "external", "bruteForceProtected": True, **more}
    return _file(json.dumps(realm))


def _principals(rules: str) -> Props:
    return _file(f'{{"principals": [{rules}]}}')


def _routes(*routes: str) -> Props:
    return _file(f"general_settings:\n  public_routes: {list(routes)}\n")


STORES: list[tuple[Props, Props]] = [
    (_file("config:\n  audit:\n    ignore_users: ['*']\n"), _file("config:\n  audit:\n    ignore_users: [exporter]\n")),
    (_file("opendistro_security.audit.ignore_users: ['*']\n"), _file("opendistro_security.audit.ignore_users: [a]\n")),
    (_file("plugins.security.nodes_dn: ['/.*/']\n"), _file("plugins.security.nodes_dn: ['/CN=node\\d,O=Bank/']\n")),
    (_spec(clusterSpec={"auth": {"sasl": {"enabled": False}}}),
     _spec(clusterSpec={"auth": {"sasl": {"enabled": True}}})),
    (_file("redpanda:\n  kafka_api:\n    - port: 9092\n      authentication_method: none\n"),
     _file("redpanda:\n  kafka_api:\n    - port: 9092\n      authentication_method: sasl\n")),
    (_spec(replicated={"size": 1}), _spec(replicated={"size": 3, "requireSafeReplicaSize": False})),
    (_spec(replicated={"size": 1, "requireSafeReplicaSize": False}), _spec(replicated={"size": 2})),
    (_env(LOCAL_JMX="off"), _env(LOCAL_JMX="yes")),
    (_file("fsync off\nshared_buffers = 4GB\n"), _file("fsync on\nshared_buffers = 4GB\n")),
    (_file("ssl 'of'\nmax_connections = 99\n"), _file("ssl 'on'\nmax_connections = 99\n")),
    (_rules('{"new_user": ".*"}'), _rules('{"original_role": "admin", "new_user": ".*"}')),
    (_rules('{"original_user": ".*", "new_user": ".*", "allow": true}'),
     _rules('{"original_user": ".*", "new_user": ".*", "allow": false}')),
    (_rules('{"new_user": ".*", "original_user": ".*"}'), _rules('{"original_user": ".*", "new_user": "test"}')),
    (_rules('{"original_user": "a", "new_user": ".*", "allow": false}, {"original_user": ".*", "new_user": ".*"}'),
     _rules('{"original_user": "a", "new_user": ".*"}, {"original_user": ".*", "new_user": ".*", "allow": false}')),
    (_file("sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule "
           'required clientId="ui" clientSecret="correct-horse-9";\n'),
     _file("sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule "
           'required clientId="ui" clientSecret="${KAFKA_SECRET}";\n')),
]  # fmt: skip

SIGN_IN: list[tuple[Props, Props]] = [
    (_file("auth_oauth2.resource_servers.1.verify_aud = false\n"),
     _file("auth_oauth2.resource_servers.1.verify_aud = true\n")),
    (_file("[{rabbitmq_auth_backend_oauth2, [{verify_aud, false}]}].\n"),
     _file("[{rabbitmq_auth_backend_oauth2, [{verify_aud, true}]}].\n")),
    (_args("--ssh-known-hosts=false"), _args("--ssh-known-hosts=true")),
    (_file("c.GenericOAuthenticator.tls_verify = False\n"), _file("c.GenericOAuthenticator.tls_verify = True\n")),
    (_file("AUTH_TYPE = 3\n"), _file("AUTH_TYPE = 4\n")),
    (_file('PUBLIC_ROLE_LIKE = "Alpha"\n'), _file('PUBLIC_ROLE_LIKE = "Dashboards_of_guests"\n')),
    (_file("SECRET_KEY = 'YOUR_OWN_RANDOM_GENERATED_SECRET_KEY'\n"), _file("SECRET_KEY = os.environ['KEY']\n")),
    (_env(KC_FEATURES="scripts:v1"), _env(KC_FEATURES="passkeys:v1")),
    (_args("start", "--features=token-exchange,scripts"), _args("start", "--features=token-exchange")),
    (_spec(features={"enabled": ["scripts"]}), _spec(features={"enabled": ["passkeys"]})),
    (_env(KC_FEATURE_SCRIPTS="v1"), _env(KC_FEATURE_SCRIPTS="disabled")),
    (_env(KC_HOSTNAME_STRICT="false"), _env(KC_HOSTNAME="https://login.example.ae", KC_HOSTNAME_STRICT="false")),
    (_args("start", "--hostname-strict=false"), _args("start", "--hostname=https://a.ae", "--hostname-strict=false")),
    (_spec(hostname={"strict": False}), _spec(hostname={"hostname": "https://login.example.ae", "strict": False})),
    (_file("[[servers]]\nuse_ssl = false\nstart_tls = true\n"),
     _file("[[servers]]\nuse_ssl = true\nstart_tls = true\n")),
    *((_realm(**weak), _realm(**good)) for weak, good in (
        ({"maxFailureWaitSeconds": 0}, {"maxFailureWaitSeconds": 900}),
        ({"waitIncrementSeconds": 0}, {"waitIncrementSeconds": 0, "permanentLockout": True}),
        ({"maxFailureWaitSeconds": 0, "permanentLockout": False},
         {"maxFailureWaitSeconds": 0, "permanentLockout": True}),
        ({"failureFactor": 100_000}, {"failureFactor": 30}),
        ({"failureFactor": 5000, "permanentLockout": True}, {"failureFactor": 5, "permanentLockout": True}))),
    (_file('{"repositories": {"**": {"anonymousPolicy": ["create"]}}}'),
     _file('{"repositories": {"tmp/**": {"defaultPolicy": ["read", "create"]}}}')),
]  # fmt: skip

PROGRAMS: list[tuple[Props, Props]] = [
    (_spec(luaValidation="InsecureSyntax"), _spec(luaValidation="Strict")),
    (_spec(lua={"validationType": "Disabled"}), _spec(lua={"validationType": "Strict"})),
    (_env(NODE_FUNCTION_ALLOW_BUILTIN="crypto,fs/promises"), _env(NODE_FUNCTION_ALLOW_BUILTIN="crypto,url")),
    (_env(NODE_FUNCTION_ALLOW_BUILTIN="node:child_process"), _env(NODE_FUNCTION_ALLOW_BUILTIN="node:crypto")),
    (_env(N8N_RESTRICT_FILE_ACCESS_TO=""), _env(N8N_RESTRICT_FILE_ACCESS_TO="/data")),
    (_env(N8N_GIT_NODE_ENABLE_HOOKS="true"), _env(N8N_GIT_NODE_ENABLE_HOOKS="false")),
    (_file("backend:\n  auth:\n    dangerouslyDisableDefaultAuthPolicy: true\n"),
     _file("backend:\n  auth:\n    dangerouslyDisableDefaultAuthPolicy: false\n")),
    (_env(LITELLM_CORS_ALLOW_CREDENTIALS="true"),
     _env(LITELLM_CORS_ALLOW_CREDENTIALS="true", LITELLM_CORS_ORIGINS="https://chat.example.ae")),
    (_env(LITELLM_CORS_ORIGINS="https://chat.example.ae,*"), _env(LITELLM_CORS_ORIGINS="https://chat.example.ae")),
    (_routes("/chat/completions"), _routes("LiteLLMRoutes.public_routes", "/spend/calculate")),
    (_routes("/v1/*"), _routes("LiteLLMRoutes.public_routes", "/health/*")),
    (_routes("/spend/logs"), _routes("/public/model_hub")),
    (_file('litellm_params:\n  configurable_clientside_auth_params: [{"api_base": ".*"}]\n'),
     _file('litellm_params:\n  configurable_clientside_auth_params: [{"api_base": "^https://models/v1$"}]\n')),
    (_file("general_settings:\n  allow_client_side_credentials: true\n"),
     _file("general_settings:\n  allow_client_side_credentials: false\n")),
    (_file("general_settings:\n  dangerously_permit_weak_or_unset_master_key: true\n"),
     _file("general_settings:\n  dangerously_permit_weak_or_unset_master_key: false\n")),
    *((_output(f"{key} Ab12Cd34Ef56Gh78"), _output(f"{key} ${{TOKEN}}"))
      for key in ("http_token", "auth_token", "bearer_token", "sas_token", "client_secret", "HTTP_API_Key",
                  "tls.key_passwd", "schema_registry_http_passwd")),
    (_file('storage "raft" {\n  retry_join {\n    auto_join_scheme = "http"\n  }\n}\n'),
     _file('storage "raft" {\n  retry_join {\n    auto_join_scheme = "https"\n  }\n}\n')),
]  # fmt: skip

ANY = '{"original_user": ".*", "new_user": ".*"}'
NOBODY = '{"original_user": ".*", "new_user": ".*", "allow": false}'
OTHERS = '{"original_user": "a", "new_user": "b"}, {"original_user": "c", "new_user": "d"}'
BUCKET = "models.s3.me-central-1.amazonaws.com"

READ_WITH_THEIR_PROGRAM: list[tuple[Props, Props]] = [
    (_file("CREATE ROLE app LOGIN\n  IN ROLE readers, rds_superuser;"),
     _file("-- nobody is in role rds_superuser any more\n")),
    (_file("GRANT readers, azure_pg_admin TO app;"), _file("We grant no azure_pg_admin and give nothing TO anybody.")),
    (_routes("/images/generations"), _env(PUBLIC_ROUTES="/images/logo.png")),
    (_routes("/files"), _file("publicRoutes: ['/images/(.*)', /healthz]\n")),
    (_routes("/v1/models", "/v1/completions"), _routes("/v1/models")),
    (_args("proxy", "--address=0.0.0.0"), _args("proxy", "--address=:8080")),
    (_args("kubectl", "-n", "a", "proxy", "--address=10.0.0.5"),
     _file("kubectl -n proxy port-forward svc/x 8080 --address 10.0.0.5\n")),
    (_file("kubectl --context a proxy --address 10.0.0.5\n"), _file('kubectl proxy --address "$LOOPBACK"\n')),
    (_file("kubectl get pods; kubectl proxy --address=0.0.0.0\n"),
     _file("kubectl run proxy --image=a -- --address=10.0.0.5\n")),
    (_file("2001:db8::9 api.a.svc.cluster.local\n"),
     _file("08:00:00 https://api.a.svc.cluster.local/reconcile\n")),
    (_file("10.0.0.9 a api.b.svc\n"), _file("08:00:00 reconcile api.a.svc.cluster.local\n")),
    (_file("2001:db8:0:0:0:0:0:9 api.a.svc\n"), _file("10.0.0.9 http://api.a.svc.cluster.local\n")),
    (_file("fsync no # tests\n"), _file("fsync of the log is on\n")),
    (_file("full_page_writes = of\n"), _file("fsync no more than once\n")),
    (_file("ssl off\n"), _file("ssl n\n")),
    (_file("[mlflow]\ndefault_permission = EDIT\n"), _file("[reports]\ndefault_permission = EDIT\n")),
    (_env(ARGOCD_APPLICATION_NAMESPACES="/^(?!kube-system$).*$/"),
     _env(ARGOCD_APPLICATION_NAMESPACES="/^team-(?!platform$)[a-z]+$/")),
    (_env(ARGOCD_APPLICATION_NAMESPACES="/^(?:(?!kube-system).)*$/"),
     _env(ARGOCD_APPLICATION_NAMESPACES="/^(?!team-platform$)team-[a-z]+$/")),
    (_file("[OUTPUT]\n    Name http\n    client_secret   oidc-client-secret\n"),
     _file("The keys:\n\n    client_secret   oidc-client-secret\n")),
    (_spec(corsPolicy={"allowOrigins": [{"exact": "https://*.s3.me-central-1.amazonaws.com"}]}),
     _spec(corsPolicy={"allowOrigins": [{"exact": f"https://*.{BUCKET}"}]})),
    (_args("sh", "-c", "mc --insecure anonymous --json -r set public store/a"),
     _args("sh", "-c", "mc --insecure anonymous --json -r set none store/a")),
]  # fmt: skip

LISTS: list[tuple[Props, Props]] = [
    (_spec(pools=[{"replicated": {"size": 1, "requireSafeReplicaSize": False}},
                  {"replicated": {"size": 3, "requireSafeReplicaSize": True}}]),
     _spec(pools=[{"replicated": {"size": 3, "requireSafeReplicaSize": True}}])),
    (_rules(f"{OTHERS}, {OTHERS}, {ANY}, {NOBODY}"), _rules(f"{OTHERS}, {OTHERS}, {NOBODY}, {ANY}")),
    (_rules('{"original_user": ".*", "new_user": "(.*)"}'), _rules('{"original_user": "(.*)", "new_user": "$1_test"}')),
    (_rules('{"original_user": "a", "new_user": "b"}, {"new_user": ".*"}'),
     _rules('{"original_user": "a", "new_user": "b"}, {"new_user": "^test-.*$"}')),
    (_rules('{"original_user": "^.*$", "new_user": ".+"}'), _rules('{"original_role": "admins", "new_user": ".*"}')),
    (_rules('{"originalUser": ".*", "newUser": ".*"}'), _rules('{"originalUser": "bi", "newUser": ".*"}')),
    (_principals('{"principal": ".*", "user": ".*", "allow": true}'),
     _principals('{"principal": "(.*)@BANK", "user": ".*", "allow": true}')),
    (_principals('{"principal": "b@BANK", "user": "b", "allow": true}, {"principal": ".*", "user": ".*", "allow": 1}'),
     _principals('{"principal": ".*", "user": ".*", "allow": false}, {"principal": ".*", "user": ".*", "allow": 1}')),
    (_file('{"system_information": [{"allow": ["read", "write"]}]}'),
     _file('{"system_information": [{"role": "admin", "allow": ["read", "write"]}, {"allow": ["read"]}]}')),
]  # fmt: skip


CHATS: list[tuple[Props, Props]] = [
    (_env(OAUTH_MERGE_ACCOUNTS_BY_EMAIL="true", MICROSOFT_CLIENT_TENANT_ID="common"),
     _env(OAUTH_MERGE_ACCOUNTS_BY_EMAIL="true", MICROSOFT_CLIENT_TENANT_ID="7c4e9a10-5f0d-4c2b-9a4e-d1f5a0b1c2d3")),
    (_env(ENABLE_OAUTH_SIGNUP="true", GOOGLE_CLIENT_ID="a", DEFAULT_USER_ROLE="user"),
     _env(ENABLE_OAUTH_SIGNUP="true", GOOGLE_CLIENT_ID="a", DEFAULT_USER_ROLE="user", OAUTH_ALLOWED_DOMAINS="bank.ae")),
    (_env(ENABLE_OAUTH_SIGNUP="true", GITHUB_CLIENT_ID="a", DEFAULT_USER_ROLE="admin", OAUTH_ALLOWED_DOMAINS="*"),
     _env(ENABLE_OAUTH_SIGNUP="true", GITHUB_CLIENT_ID="a", DEFAULT_USER_ROLE="pending")),
    (_env(ENABLE_OAUTH_SIGNUP="true", MICROSOFT_CLIENT_TENANT_ID="organizations", DEFAULT_USER_ROLE="user"),
     _env(ENABLE_OAUTH_SIGNUP="true", OAUTH_CLIENT_ID="a", DEFAULT_USER_ROLE="user")),
    (_env(LDAP_USE_TLS="false"), _env(LDAP_USE_TLS="true")),
    (_env(LDAP_USE_TLS="false", LDAP_SERVER_HOST="ldap.bank.ae"),
     _env(LDAP_USE_TLS="false", LDAP_URL="ldaps://ldap.bank.ae")),
    (_env(LDAP_VALIDATE_CERT="false"), _env(LDAP_VALIDATE_CERT="true")),
    (_env(AIOHTTP_CLIENT_SESSION_SSL="False"), _env(AIOHTTP_CLIENT_SESSION_SSL="/certs/ca.pem")),
]  # fmt: skip


@pytest.mark.parametrize(("thrown", "good"), [*STORES, *SIGN_IN, *PROGRAMS, *READ_WITH_THEIR_PROGRAM, *LISTS, *CHATS])
def test_each_weak_spelling_is_refused_and_each_good_one_is_silent(thrown: Props, good: Props) -> None:
    assert _is_refused(thrown)
    assert not _is_refused(good)


@pytest.mark.parametrize("words", [
    "mc policy ", "mc policy -a b ", "GRANT pg_read_server_files ", "GRANT a,", "create role in role a, ",
    "kubectl -n a ", "[OUTPUT]\n", "10.0.0.9 ",
])  # fmt: skip
def test_long_texts_of_words_of_a_command_take_no_time(words: str) -> None:
    text = (words * 20_000)[:20_000]
    for switch in program_switches():
        with within(1):
            assert switch.name is not None or not switch.has_value(text)
