"""Other spellings of the switches of programs: short options, files of settings, assignments, synonyms, defaults."""

import pytest
from guardrails.readers.setting_lines import setting_lines
from guardrails.readers.texts import Leaf

from tests.processor_time import seconds_of

from .harness import Given, Pack, blocking

PACK = Pack()
EMBERSTACK, MITTWALD = "reflector.v1.k8s.emberstack.com/reflection-", "replicator.v1.mittwald.de/"


def _is_refused(props: dict[str, object], kind: str = "kubernetes:core/v1:Pod") -> bool:
    return "FJ-IDN-313" in blocking(PACK.evaluate_resource(Given(kind, props)))


def _program(*args: str, image: str = "app", **env: str) -> dict[str, object]:
    listed = [{"name": name, "value": value} for name, value in env.items()]
    return {"spec": {"containers": [{"name": "app", "image": image, "args": list(args), "env": listed}]}}


def _file(text: str) -> dict[str, object]:
    return {"data": {"settings": text}}


def _copied(prefix: str, **annotations: str) -> dict[str, object]:
    names = {prefix + name.replace("_", "-"): value for name, value in annotations.items()}
    return {"metadata": {"annotations": names}}


@pytest.mark.parametrize(("text", "good"), [
    ("management.endpoints.web.exposure.include=*\n", "management.endpoints.web.exposure.include=health\n"),
    ("[users]\nauto_assign_org_role = Admin\n", "[users]\nauto_assign_org_role = Viewer\n"),
    ("[api]\nauth_backends = airflow.api.auth.backend.default\n", "[api]\nauth_backends = airflow.a.session\n"),
    ("[fab]\nauth_backends = airflow.api.auth.backend.default\n", "[fab]\nauth_backends = airflow.a.session\n"),
    ("[core]\nsimple_auth_manager_all_admins = True\n", "[core]\nsimple_auth_manager_all_admins = False\n"),
    ("[api]\n  insecure = true\n", "[entrypoint]\n  insecure = true\n"),
    ("disable_token_authorization=true\n", "# disable_token_authorization=true\n"),
    ("allowed_urls=http(s)?://.*\n", "allowed_urls=https://models.example.ae/.*\n"),
    ("[access_control]\ndefault_policy = \"bypass\"\n", "[access_control]\ndefault_policy = \"deny\"\n"),
    ("c.ServerApp.token = ''\n", "c.ServerApp.token = ''\nc.ServerApp.password = 'argon2:x'\n"),
    ('{"IdentityProvider": {"token": ""}}',
     '{"IdentityProvider": {"token": ""}, "PasswordIdentityProvider": {"hashed_password": "argon2:x"}}'),
    ("FLASK_DEBUG=on\n", "FLASK_DEBUG=no\n"), ("ENV GRADIO_SHARE true\n", "ENV GRADIO_SHARE false\n"),
    ("[Service]\nEnvironment=\"GRADIO_SHARE=true\"\n", "[Service]\nEnvironment=\"GRADIO_SHARE=false\"\n"),
    ("DEBUG = True\nALLOWED_HOSTS = ['*']\n", "DEBUG = False\nALLOWED_HOSTS = ['a']\n"),
    ("run_simple('0.0.0.0', 80, app, use_debugger=True)", "run_simple('0.0.0.0', 80, app, use_debugger=False)"),
    ("app = DebuggedApplication(app)", "app = Application(app)"), ("app.debug = True\n", "app.debug = False\n"),
    ("demo.launch(allowed_paths=['/'])", "demo.launch(allowed_paths=['/data/images'])"),
    ("enable-module-command yes\n", "enable-module-command no\n"),
    ("kubelet-arg:\n- \"anonymous-auth=true\"\n", "kubelet-arg:\n- \"anonymous-auth=false\"\n"),
    ("policy:\n- allow:\n    or:\n    - accept: true\n", "policy:\n- allow:\n    or:\n    - accept: false\n"),
    ('skip_auth_routes = [ "^/ready$", "!=^/admin" ]', 'skip_auth_routes = [ "^/ready$" ]'),
    ("AUTH_USER_REGISTRATION_ROLE_JMESPATH = \"'Admin'\"", "AUTH_USER_REGISTRATION_ROLE_JMESPATH = \"a && 'B'\""),
], ids=str)  # fmt: skip
def test_files_of_settings_are_read(text: str, good: str) -> None:
    assert _is_refused(_file(text))
    assert not _is_refused(_file(good))


@pytest.mark.parametrize(("thrown", "good"), [
    (_program(JAVA_TOOL_OPTIONS="-Xmx1g -Dmanagement.endpoints.web.exposure.include=*"),
     _program(JAVA_TOOL_OPTIONS="-Dmanagement.endpoints.web.exposure.include=info")),
    (_program("sh", "-c", "FLASK_DEBUG=1 flask run"), _program("sh", "-c", "FLASK_DEBUG=0 flask run")),
    (_program("sh", "-c", "export GRADIO_SHARE=true; python app.py"), _program("sh", "-c", "python app.py")),
    (_program("--api.insecure"), _program("--api.dashboard")),
    (_program("--api.insecure=T"), _program("--api.insecure=F")),
    (_program("--disable_token_auth"), _program("--disable_log_requests")),
    (_program("--disable-token"), _program("--disable-token-auth=false")),
    (_program("--IdentityProvider.token=''"), _program("--IdentityProvider.token=$(TOKEN)")),
    (_program("--ServerApp.token="), _program("--ServerApp.token=", "--ServerApp.password=argon2:x")),
    (_program("--LabApp.token=''"), _program("--LabApp.token=abc")),
    (_program("--skip-auth-route=GET!=^/admin"), _program("--skip-auth-route=GET=^/ready$")),
    (_program("--trusted-ip=0.0.0.0/0"), _program("--trusted-ip=10.1.0.0/16")),
    (_program(WERKZEUG_DEBUG_PIN="off"), _program(WERKZEUG_DEBUG_PIN="123-456")),
    (_program(GRADIO_ALLOWED_PATHS="/data, /"), _program(GRADIO_ALLOWED_PATHS="/data,/images")),
    (_program("--default-policy=all-unauthenticated"), _program("--default-policy=all-authenticated")),
    (_program("kubelet --anonymous-auth"), _program("kubelet --anonymous-auth=false")),
    (_program("--email-domain=*", "--provider=azure"),
     _program("--email-domain=*", "--provider=azure", "--azure-tenant=11111111-2222-3333-4444-555555555555")),
    (_program("--email-domain=*", "--provider=azure", "--azure-tenant=common"),
     _program("--email-domain=*", "--provider=azure", "--azure-tenant=contoso.ae")),
    (_program("--email-domain=*", "--provider=oidc", "--oidc-issuer-url=https://accounts.google.com"),
     _program("--email-domain=*", "--provider=oidc", "--oidc-issuer-url=https://sso.example.ae")),
    (_program("--email-domain=*", "--provider=bitbucket"),
     _program("--email-domain=*", "--provider=bitbucket", "--bitbucket-team=ours")),
    (_program("--email-domain=*", "--provider=linkedin"), _program("--email-domain=*", "--provider=nextcloud")),
    (_program(image="langflowai/langflow:1.5.0"), _program(image="langflowai/langflow:1.5.0",
                                                            LANGFLOW_AUTO_LOGIN="false")),
    (_program(image="mongo-express:1.0.2"), _program(image="mongo-express:1.0.2", ME_CONFIG_BASICAUTH_ENABLED="true")),
    (_program(image="mongo-express@sha256:1", ME_CONFIG_BASICAUTH_ENABLED="false"),
     _program(image="mongo-express@sha256:1", ME_CONFIG_AUTH_STRATEGY="oidc")),
    (_copied(EMBERSTACK, allowed="true", auto_enabled="true"),
     _copied(EMBERSTACK, allowed="true", auto_enabled="true", allowed_namespaces="a,b")),
    (_copied(EMBERSTACK, allowed="true"), _copied(EMBERSTACK, allowed="true", allowed_namespaces_selector="team=a")),
    (_copied(EMBERSTACK, auto_enabled="true"), _copied(EMBERSTACK, auto_enabled="true",
                                                       auto_namespaces_selector="team=a")),
    (_copied(MITTWALD, replicate_to="team-a,.*"), _copied(MITTWALD, replicate_to="team-a,team-.*")),
    (_copied(MITTWALD, replicate_to="[a-z0-9-]+"), _copied(MITTWALD, replicate_to="team-[0-9]+")),
    (_copied(MITTWALD, replicate_to_matching=""), _copied(MITTWALD, replicate_to_matching="team=a")),
    (_copied(MITTWALD, replicate_to_matching="a!=b"), _copied(MITTWALD, replicate_to_matching="team in (a, b)")),
    (_copied("kubed.appscode.com/", sync="true"), _copied("kubed.appscode.com/", sync="team=a")),
], ids=str)  # fmt: skip
def test_options_synonyms_and_defaults_are_read(thrown: dict[str, object], good: dict[str, object]) -> None:
    assert _is_refused(thrown)
    assert not _is_refused(good)


def test_a_setting_has_the_section_before_its_name() -> None:
    text = "a = 1\n[one.two]\nkey = 'value' # why\n[[ three ]]\nkey=x;\n"
    settings = {(leaf.key, leaf.value) for leaf in setting_lines([Leaf("data.f", "f", text, False)])}
    assert {("one.two.key", "value"), ("three.key", "x")} <= settings


@pytest.mark.parametrize("text", ["a=b " * 20_000, "--ab " * 20_000, "[a]\nb = c\n" * 10_000, "x" * 200_000,
                                  "DEBUG = True\n" * 10_000, "kubelet " * 20_000,
                                  "\n".join(f"X{number}_FLASK_DEBUG=1" for number in range(5000))],
                         ids=lambda text: text[:9])  # fmt: skip
def test_the_time_is_linear_in_the_length_of_a_text(text: str) -> None:
    def seconds(size: int) -> float:
        return seconds_of(lambda: _is_refused(_file(text[:size])))

    seconds(1000)
    half, whole = seconds(len(text) // 2), seconds(len(text))
    assert whole < max(1.0, 4 * half)
