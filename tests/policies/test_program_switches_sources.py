"""Switches whose spellings, values and defaults were read in the source or the documentation of their program."""

import pytest

from .harness import Given, Pack, blocking

PACK = Pack()
SWITCH = dict[str, object]


def _is_refused(props: SWITCH, kind: str) -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given(kind, props)))


def _env(name: str, value: str) -> tuple[SWITCH, str]:
    container = {"name": "app", "env": [{"name": name, "value": value}]}
    return {"spec": {"containers": [container]}}, "kubernetes:core/v1:Pod"


def _args(*args: str) -> tuple[SWITCH, str]:
    return {"spec": {"containers": [{"name": "app", "args": list(args)}]}}, "kubernetes:core/v1:Pod"


def _file(text: str, name: str = "config") -> tuple[SWITCH, str]:
    return {"data": {name: text}}, "kubernetes:core/v1:ConfigMap"


def _note(key: str, value: str) -> tuple[SWITCH, str]:
    return {"metadata": {"annotations": {key: value}}}, "kubernetes:core/v1:Namespace"


def _values(**values: object) -> tuple[SWITCH, str]:
    return {"chart": "app", "values": values}, "kubernetes:helm.sh/v3:Release"


def _object(**spec: object) -> tuple[SWITCH, str]:
    return {"spec": spec}, "kubernetes:apiextensions.k8s.io:CustomResource"


def _sql(text: str) -> tuple[SWITCH, str]:
    return _object(bootstrap={"initdb": {"postInitSQL": [text]}})


def _images(choice: dict[str, object]) -> tuple[SWITCH, str]:
    return _values(singleuser={"profileList": [{"profile_options": {"image": {"unlisted_choice": choice}}}]})


def _scopes(*scopes: str) -> tuple[SWITCH, str]:
    return _values(hub={"loadRoles": {"user": {"scopes": list(scopes)}}})


def _names(line: str) -> tuple[SWITCH, str]:
    return _file(f".:53 {{\n  {line}\n  forward . /etc/resolv.conf\n}}\n", "Corefile")


ROLE, OWN = "iam.amazonaws.com/allowed-roles", "arn:aws:iam::123456789012:role"
ANSWER = 'answer "{{ .Name }} 60 IN A 203.0.113.9"'
MACRO = "- macro: {}\n  condition: ({})\n"
REPLACED = "rewrite stop {{\n    name regex {} {}\n    answer auto\n  }}"
SESSION = "[auth]\nlogin_maximum_lifetime_duration = {}\n"
NET = "http.cors.enabled: true\nreindex.remote.allowlist: [{}]\n"


@pytest.mark.parametrize(("thrown", "good"), [
    (_images({"enabled": True}), _images({"enabled": False})),
    (_images({"enabled": True, "validation_regex": ""}),
     _images({"enabled": True, "validation_regex": "^registry.bank.ae/.+:.+$"})),
    (_images({"enabled": True, "validation_regex": "^.+/.+:.+$"}),
     _images({"enabled": True, "validation_regex": "^bank/[^:]+:.+$"})),
    (_scopes("self", "shares"), _scopes("self", "shares!user")),
    (_scopes("self", "start:servers"), _scopes("self", "read:servers!user", "access:services!service=grafana")),
    (_args("kubectl", "proxy", "--address=10.0.0.4", "--accept-hosts=.*"),
     _args("kubectl", "proxy", "--address=127.0.0.1", "--port=8001")),
    (_args("kubectl", "proxy", "--disable-filter=true"), _args("kubectl", "proxy", "--disable-filter=false")),
    (_args("kubectl", "proxy", "--address=$(POD_IP)"), _args("kubectl", "proxy", "--address=localhost")),
    (_object(tls={"clientValidation": {"mode": "RequireAny"}}),
     _object(tls={"clientValidation": {"mode": "RequireAndVerify"}})),
    (_object(tls={"clientValidation": {"mode": "VerifyIfGiven"}}),
     _object(tls={"clientValidation": {"optional": False}})),
    (_note(ROLE, '[".*"]'), _note(ROLE, '["my-custom-path/.*"]')),
    (_note(ROLE, f'[\n  "{OWN}/*"\n]\n'), _note(ROLE, f'["{OWN}/app-*"]')),
    (_note("iam.amazonaws.com/permitted", f"{OWN}/.*"), _note("iam.amazonaws.com/permitted", f"{OWN}/app-reader")),
    (_env("GF_AUTH_PROXY_ENABLED", "on"), _env("GF_AUTH_PROXY_ENABLED", "off")),
    (_file("[auth.proxy]\nenabled = yes\nheader_name = X-User\n"), _file("[auth.proxy]\nenabled = no\n")),
    (_args("--issuer-ambient-credentials=t"), _args("--issuer-ambient-credentials=0")),
    (_args("--cluster-resource-namespace", "team-a"), _args("--cluster-resource-namespace", "cert-manager")),
    (_args("--pprof-bind-address", "0.0.0.0:6060"), _args("--pprof-bind-address", "127.0.0.1:6060")),
    (_args("--exempt-namespace-prefix", "team-"), _args("--exempt-namespace-prefix", "kube-")),
    (_names("rewrite name suffix .svc.cluster.local .example.org answer auto"),
     _names("rewrite name suffix .bank.ae .prod.svc.cluster.local answer auto")),
    (_names(REPLACED.format(r"(.*)\.prod\.svc\.cluster\.local", "{1}.example.org")),
     _names(REPLACED.format(r"(.*)\.bank\.ae", "{1}.prod.svc.cluster.local"))),
    (_names(r"rewrite name regex (.*)\.svc\.cluster\.local {1}.example.org answer auto"),
     _names(r"rewrite name regex (.*)\.bank\.ae\.svc\.cluster\.local {1}.bank.ae.svc.cluster.local")),
    (_names("hosts {\n    2001:db8::9 api.prod.svc.cluster.local\n  }"),
     _names("hosts {\n    fd00::9 api.bank.ae\n    fallthrough\n  }")),
    (_names(f"template IN A example.org cluster.local {{\n    {ANSWER}\n  }}"),
     _names(f"template IN A example.org bank.ae {{\n    {ANSWER}\n  }}")),
    (_names(f"template IN A svc.cluster.local {{\n    rcode NOERROR\n    {ANSWER}\n  }}"),
     _names("template ANY AAAA . {\n    rcode NXDOMAIN\n  }")),
    (_file("[settings.nvidia-container-runtime]\nvisible-devices-envvar-when-unprivileged = true\n"),
     _file("[settings.nvidia-container-runtime]\nvisible-devices-envvar-when-unprivileged = false\n")),
    (_env("AIRFLOW__CORE__ALLOWED_DESERIALIZATION_CLASSES", "* airflow.sdk.Asset"),
     _env("AIRFLOW__CORE__ALLOWED_DESERIALIZATION_CLASSES", "airflow.* bank.models.*")),
    (_file("[mlflow]\ndefault_permission = EDIT\n"), _file("[mlflow]\ndefault_permission = USE\n")),
    (_object(skip_path_regex="^/."), _object(skip_path_regex="^/healthz$\n^/static/.*")),
    (_env("ARGOCD_APPLICATION_NAMESPACES", "/^((?!kube-system).)*$/"),
     _env("ARGOCD_APPLICATION_NAMESPACES", "app-team-*,/^data-[a-z]+$/")),
    (_env("KUBERNETES_PRIVILEGED", "true"), _env("KUBERNETES_PRIVILEGED", "false")),
    (_args("sh", "-c", "mc anonymous --recursive set download store/models"),
     _args("sh", "-c", "mc anonymous --recursive set private store/models")),
    (_file(MACRO.format("user_known_read_sensitive_files_activities", "always_true"), "rules.yaml"),
     _file(MACRO.format("user_known_read_sensitive_files_activities", "never_true"), "rules.yaml")),
    (_file(MACRO.format("spawned_process", "never_true"), "rules.yaml"),
     _file(MACRO.format("allowed_ssh_hosts", "never_true"), "rules.yaml")),
    (_file("- rule: Read sensitive file untrusted\n  condition: open_read and never_true\n", "rules.yaml"),
     _file("- rule: Shell of a pod\n  condition: spawned_process and not never_true\n", "rules.yaml")),
    (_args("./daprd", "--dapr-listen-addresses", "10.0.0.7"),
     _args("./daprd", "--dapr-listen-addresses", "[::1],127.0.0.1")),
    (_file('listener "tcp" {\n  tls_disable = "t"\n}\n'), _file('listener "tcp" {\n  tls_disable = "f"\n}\n')),
    (_file("raw_storage_endpoint = 2\n"), _file("raw_storage_endpoint = 0\n")),
    (_values(config={"storage": {"type": "mysql", "config": {"ssl": {"mode": "skip-verify"}}}}),
     _values(config={"storage": {"type": "postgres", "config": {"ssl": {"mode": "verify-full"}}}})),
    (_env("VLLM_ALLOW_INSECURE_SERIALIZATION", "2"), _env("VLLM_ALLOW_INSECURE_SERIALIZATION", "0")),
    (_file("disable-admission-plugins: MutatingAdmissionPolicy\n"), _file("disable-admission-plugins: Priority\n")),
    (_file(SESSION.format("24M")), _file(SESSION.format("24m"))),
    (_file(SESSION.format("600d")), _file(SESSION.format("1M"))),
    (_env("OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS", "content-type,set-cookie"),
     _env("OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS", "content-type")),
    (_file("general:\n  http:\n    server:\n      request_captured_headers: [Authorization]\n", "otel.yaml"),
     _file("general:\n  http:\n    server:\n      request_captured_headers: [Content-Type]\n", "otel.yaml")),
    (_env("OTEL_INSTRUMENTATION_COMMON_DB_QUERY_SANITIZATION_ENABLED", "false"),
     _env("OTEL_INSTRUMENTATION_COMMON_DB_QUERY_SANITIZATION_ENABLED", "true")),
    (_sql("CREATE ROLE app LOGIN IN ROLE pg_execute_server_program;"), _sql("CREATE ROLE app LOGIN IN ROLE readers;")),
    (_file("auth_backends.1 = dummy\n"), _file("auth_backends.1 = ldap\nauth_backends.2 = internal\n")),
    (_file("auth_backends.1.authn = dummy\n"), _file("auth_backends.1.authz = internal\n")),
    (_file("[{rabbit, [{loopback_users, []}]}].\n", "advanced.config"),
     _file('[{rabbit, [{loopback_users, [<<"guest">>]}]}].\n', "advanced.config")),
    (_file("net:\n  ssl:\n    mode: preferSSL\n", "mongod.conf"),
     _file("net:\n  tls:\n    mode: requireTLS\n", "mongod.conf")),
    (_file("net:\n  tls:\n    mode: requireTLS\n    allowInvalidCertificates: true\n", "mongod.conf"),
     _file("net:\n  tls:\n    mode: requireTLS\n    allowInvalidCertificates: false\n", "mongod.conf")),
    (_file("security:\n  keyFile: /keys/file\n  transitionToAuth: true\n", "mongod.conf"),
     _file("security:\n  keyFile: /keys/file\n  authorization: enabled\n", "mongod.conf")),
    (_args("mongod", "--transitionToAuth", "--keyFile=/keys/file"), _args("mongod", "--auth")),
    (_values(config={"merge": {"authorization": {"default_permission": {"sub": [">"]}}}}),
     _values(config={"merge": {"authorization": {"default_permission": {"sub": ["_INBOX.>"]}}}})),
    (_file(NET.format('"*:*"'), "elasticsearch.yml"), _file(NET.format('"*.bank.internal:9200"'), "elasticsearch.yml")),
    (_file(NET.format('"db.bank.internal:9200", "*.com:9200"'), "elasticsearch.yml"),
     _file(NET.format('"10.0.1.*:9200", "localhost:*"'), "elasticsearch.yml")),
    (_object(corsPolicy={"allowOrigins": [{"exact": "https://*.s3.me-central-1.amazonaws.com"}]}),
     _object(corsPolicy={"allowOrigins": [{"exact": "https://models.s3.me-central-1.amazonaws.com"}]})),
    (_object(corsPolicy={"allowOrigins": [{"exact": "https://*.azurefd.net"}]}),
     _object(corsPolicy={"allowOrigins": [{"exact": "https://*.bank.ae"}]})),
])  # fmt: skip
def test_spellings_of_a_program_are_read_as_it_reads_them(thrown: tuple[SWITCH, str], good: tuple[SWITCH, str]) -> None:
    assert _is_refused(*thrown)
    assert not _is_refused(*good)


@pytest.mark.parametrize("host", ["localhost.example.com", "vault.svc.example.com", "localhost-a.example.com"])
def test_names_that_only_begin_like_those_of_the_cluster_are_others(host: str) -> None:
    for name in ("JWKS_URI", "NEXTAUTH_URL", "OIDC_ISSUER"):
        assert _is_refused(*_env(name, f"http://{host}/a")), name
        assert not _is_refused(*_env(name, "http://localhost:8080/a")), name
