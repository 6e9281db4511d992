"""Names of settings that say by themselves that a protection is off: real ones of public repositories, and those that
only look alike (docker-library/docs, Dokploy/templates, coollabsio/coolify, Haxxnet/Compose-Examples and strings of
others; read 2026-11-30)."""

import pytest
from guardrails.readers.open_names import harm_by_name
from guardrails.readers.texts import Leaf

OPEN = """
    ARANGO_NO_AUTH=1 SLSKD_NO_AUTH=true QUI__AUTH_DISABLED=true APP_DISABLE_AUTH=true DISABLE_LOGIN=1 STREAM_NOAUTH=true
    ALLOW_UNAUTHENTICATED=true CMD_ALLOW_ANONYMOUS_EDITS=true ZOO_ALLOW_ANONYMOUS_LOGIN=yes ENABLE_ANONYMOUS_USERS=true
    MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 VIBETEA_UNSAFE_NO_AUTH=true DANGEROUSLY_DISABLE_AUTH=true AUTH_ENABLED=false
    dbms.security.auth_enabled=false DISABLE_AUTHORIZATION=true EVAPORCHAIN_MCP_REQUIRE_AUTH=false POL_SKIP_AUTH=true
    MCP_ALLOW_ANONYMOUS_ACCESS=true ORTHANC__AUTHENTICATION_ENABLED=false ENABLE_AUTH=false HTML_SANITIZATION=False
    DRIVE_ALLOW_PUBLIC_SHARING=true DEV_BYPASS_AUTH=true GUEST_ACCESS=true SURREAL_UNAUTHENTICATED=true
    VNC_NO_PASSWORD=1 FUNCTIONS_VERIFY_JWT=false usersAnonymousEnabled=true disableAuth=true
    allow_unauthenticated_verifiers=true
    SYNCKIT_AUTH_REQUIRED=false FHIR_SERVER_DISABLE_AUTHORIZATION=True ALLOW_ADMIN_WITHOUT_AUTH=true
    ASD_CODESERVER_AUTH_BYPASS=true CLOUDCMD_AUTH=false ASD_CODESERVER_AUTH=none SIGNUPS_ALLOWED=true
    WAKAPI_ALLOW_SIGNUP=true
    AUTH_DISABLE_SIGNUP=false ATUIN_OPEN_REGISTRATION=true LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=false
"""
CLOSED = """
    NO_AUTH_FILE=/etc/noauth DISABLE_ANONYMOUS=true DISABLE_ANONYMOUS_ACCESS=true DISALLOW_ANONYMOUS_LINKS=true
    ALLOW_ANONYMOUS_LOGIN=no DISABLE_PUBLIC_SHARING=true DISABLE_GUEST_ACCESS=true DISABLE_PASSWORD_AUTH=true
    EMAIL_AUTH_DISABLED=true BASIC_AUTH_DISABLED=true AUTH_DISABLE_USERNAME_PASSWORD=true DISABLE_LOGIN_FORM=true
    GF_AUTH_BASIC_ENABLED=false disableLocalAuth=true IgnorePublicAcls=true VPN_DISABLE_IPSEC_XAUTH=true
    PLEX_NO_AUTH_NETWORKS=true QUI__AUTH_DISABLED_ALLOWED_CIDRS=true no-auth-warning=true SMTP_NO_AUTH=true
    SMTP_AUTHENTICATION=none AUTH_GOOGLE_ENABLED=false OAUTH_ENABLED=false enableWebAuthn=false OIDC_ONLY_AUTH=false
    DRONE_GIT_ALWAYS_AUTH=false S3_QUERYSTRING_AUTH=false auth_enabled=false loki.auth_enabled=false
    surrogateAuthRequired=false disable-authentication=true skip_auth=True
    ALLOW_LOCALHOST_WITHOUT_AUTH=true SKIP_LOGIN_PAGE=true DISABLE_ROOT_LOGIN=true ENABLE_OAUTH_SIGNUP=true
    GF_AUTH_LDAP_ALLOW_SIGN_UP=true DISABLE_SIGNUP=true DISABLE_CRON_JOBS_REGISTRATION=false
    USER_PERMISSIONS_WORKSPACE_MODELS_ALLOW_PUBLIC_SHARING=true EUREKA_CLIENT_REGISTRATION_ENABLED=true
"""


def _harm(setting: str) -> str:
    name, _, value = setting.partition("=")
    return harm_by_name(Leaf("data.settings", name, value, True))


@pytest.mark.parametrize("setting", OPEN.split())
def test_a_name_says_that_a_protection_is_off(setting: str) -> None:
    assert _harm(setting)


@pytest.mark.parametrize("setting", CLOSED.split())
def test_a_name_that_only_looks_alike_is_let_through(setting: str) -> None:
    assert not _harm(setting)


def test_a_key_below_another_is_read_with_it() -> None:
    assert harm_by_name(Leaf("data.app.yaml.auth.anonymous.enabled", "enabled", True, True))
    assert not harm_by_name(Leaf("data.app.yaml.auth.ldap.enabled", "enabled", False, True))
    assert not harm_by_name(Leaf("values.auth.client.enableAuthentication", "enableAuthentication", False, False))


def test_a_field_that_a_type_declares_is_read_by_its_own_table() -> None:
    assert not harm_by_name(Leaf("spec.disableAuth", "disableAuth", True, False))
    assert harm_by_name(Leaf("values.disableAuth", "disableAuth", True, False))
