"""Good values of AWS and Azure that rows refused until they were reviewed, each with a bad one beside it."""

import pytest
from guardrails.engine.durations import seconds_of, seconds_of_span
from guardrails.engine.reading import Plain

from tests.processor_time import within

from .attacks.fields_awsa_second import ASK
from .attacks.fields_awsb_watch import AUTHORITY
from .attacks.fields_azure import front_door
from .attacks.second_reading_azura import enclave, linked
from .attacks.second_reading_azure import EXPORT, KINDS, REGISTERED, SIGN_IN, VOLUME
from .blind import HERE, TAGS, Props, aws, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
RULE = "FJ-ESC-115"
ADDRESS = "(DESCRIPTION=(ADDRESS=(PROTOCOL={})(HOST=ora.bank.ae)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=core)))"
TCPS, TCP = ADDRESS.format("TCPS"), ADDRESS.format("tcp")
OPEN, CLOSED = True, False


def is_refused(resource: Given) -> bool:
    return RULE in blocking(PACK.evaluate_plan(resource))


def authority(**crl: object) -> Given:
    return aws(
        "acmpca/CertificateAuthority",
        {**AUTHORITY, "revocationConfiguration": {"crlConfiguration": {**crl}, "ocspConfiguration": {"enabled": True}}},
    )


def authorizer(source: str, **more: object) -> Given:
    return aws(
        "apigateway/Authorizer",
        {"restApi": "a", "name": "x", "type": "REQUEST", "authorizerUri": ASK, "identitySource": source, **more},
    )


def authorizer2(*sources: str, **more: object) -> Given:
    return aws("apigatewayv2/Authorizer", {
        "apiId": "a", "name": "x", "authorizerType": "REQUEST", "authorizerUri": ASK, "identitySources": [*sources],
        **more})  # fmt: skip


def grafana(**smtp: object) -> Given:
    return az("dashboard:Grafana", {**HERE, "properties": {"grafanaConfigurations": {"smtp": smtp}}})


def signed_in(kind: str, **providers: object) -> Given:
    return az(kind, {**SIGN_IN, "identityProviders": providers})


def volume(**rule: object) -> Given:
    return az("netapp:CapacityPoolVolume", {**VOLUME, "exportPolicy": {"rules": [{
        **EXPORT, "nfsv3": False, "nfsv41": False, **rule}]}})  # fmt: skip


def oracle(**more: object) -> Given:
    return az("datafactory:LinkedService", linked("Oracle", **more))


def tuned(kind: str, number: str, **rule: object) -> Given:
    group = {"ruleGroupName": "SQLI", "rules": [{"ruleId": number, "action": "Block", **rule}]}
    sets = [{"ruleSetType": "DefaultRuleSet", "ruleSetVersion": "1.0", "ruleGroupOverrides": [group]}]
    return az(f"{kind}:Policy", front_door(kind, managedRules={"managedRuleSets": sets}))


AUTHORITIES = (
    (authority(enabled=False), CLOSED),
    (authority(enabled=True, s3BucketName="crl", expirationInDays=7, s3ObjectAcl="BUCKET_OWNER_FULL_CONTROL"), CLOSED),
    (authority(enabled=True, s3BucketName="crl", expirationInDays=7), OPEN),
    (authority(enabled=True, s3BucketName="crl", expirationInDays=7, s3ObjectAcl=""), OPEN),
    (authority(enabled=False, s3ObjectAcl="PUBLIC_READ"), OPEN),
)
GRAPHS = tuple(
    (aws("appsync/GraphQLApi", {
        "name": "x", "authenticationType": "AWS_IAM", "introspectionConfig": "DISABLED", "tags": TAGS, **more}), bad)
    for more, bad in (({}, CLOSED), ({"visibility": "PRIVATE"}, CLOSED), ({"visibility": "GLOBAL"}, OPEN))
)  # fmt: skip
AUTHORIZERS = (
    (authorizer("context.identity.sourceIp", authorizerResultTtlInSeconds=0), CLOSED),
    (authorizer("context.identity.sourceIp", authorizerResultTtlInSeconds="0"), CLOSED),
    (authorizer("context.identity.sourceIp", authorizerResultTtlInSeconds=60), OPEN),
    (authorizer("context.identity.sourceIp"), OPEN),
    (authorizer("method.request.header.X-Hmac"), CLOSED),
    (authorizer(""), CLOSED),
    (authorizer2("$context.identity.sourceIp", authorizerResultTtlInSeconds=0), CLOSED),
    (authorizer2("$context.identity.sourceIp"), OPEN),
    (authorizer2("$request.header.X-Tenant", "$request.header.Digest"), CLOSED),
    (authorizer2("route.request.querystring.room"), CLOSED),
    (authorizer2("$request.header.Sec-WebSocket-Protocol"), CLOSED),
    (authorizer2("$request.querystring.t", authorizerType="JWT"), CLOSED),
    (authorizer2(), CLOSED),
)
MAILS = (
    (grafana(enabled=False), CLOSED),
    (grafana(enabled=True, startTLSPolicy="MandatoryStartTLS"), CLOSED),
    (grafana(enabled=True), OPEN),
    (grafana(enabled=True, startTLSPolicy="OpportunisticStartTLS"), OPEN),
)
SIGN_INS = tuple(
    (signed_in(kind, google=google), bad)
    for kind in ("app:ContainerAppsAuthConfig", *(f"web:{name}" for name in KINDS))
    for google, bad in (
        ({}, CLOSED), ({"registration": {}}, CLOSED), ({"registration": {"clientId": ""}}, CLOSED),
        ({"registration": REGISTERED, "enabled": False}, CLOSED), ({"registration": REGISTERED}, OPEN),
        ({"enabled": True}, OPEN))
)  # fmt: skip
SOURCES = (
    (oracle(server=TCPS, encryptionClient="accepted", cryptoChecksumClient="rejected"), CLOSED),
    (oracle(server="tcps://ora.bank.ae:2484/core", encryptionClient="rejected"), CLOSED),
    (oracle(server=TCP, encryptionClient="accepted"), OPEN),
    (oracle(server=f"{TCPS}{TCP}", encryptionClient="accepted"), OPEN),
    (oracle(server="ora.bank.ae/tcps", encryptionClient="accepted"), OPEN),
    (oracle(server=TCP, cryptoChecksumClient="requested"), OPEN),
    (oracle(server=TCP, encryptionClient="Required"), CLOSED),
    (oracle(server=UNKNOWN, encryptionClient="required"), CLOSED),
)
QUERIES = tuple(
    (az("kusto:Cluster", {**HERE, "clusterName": "adx", "trustedExternalTenants": [], **more}), bad)
    for more, bad in (({}, OPEN), ({"restrictOutboundNetworkAccess": "Enabled"}, CLOSED),
                      ({"restrictOutboundNetworkAccess": "Disabled"}, OPEN))
)  # fmt: skip
VOLUMES = (
    (volume(cifs=True), CLOSED), (volume(nfsv41=True, hasRootAccess=False), CLOSED), (volume(nfsv3=True), OPEN),
    (volume(nfsv41=True), OPEN), (volume(nfsv41=True, hasRootAccess=True), OPEN),
)  # fmt: skip
FIREWALLS = (
    (tuned("cdn", "942430"), CLOSED), (tuned("cdn", "942430", enabledState="Disabled"), CLOSED),
    (tuned("cdn", "942430", action="Allow"), OPEN),
)  # fmt: skip
CASES = (*AUTHORITIES, *GRAPHS, *AUTHORIZERS, *MAILS, *SIGN_INS, *SOURCES, *QUERIES, *VOLUMES, *FIREWALLS)


@pytest.mark.parametrize(("resource", "is_bad"), CASES, ids=range(len(CASES)))
def test_a_bad_value_is_refused_and_a_good_one_passes(resource: Given, is_bad: bool) -> None:
    assert is_refused(resource) == is_bad


@pytest.mark.parametrize("kind", ["cdn", "frontdoor"])
@pytest.mark.parametrize("more", [{}, {"enabledState": "Disabled"}])
def test_a_rule_that_finds_a_whole_class_is_left_on(kind: str, more: Props) -> None:
    assert "FJ-EXP-127" in blocking(PACK.evaluate_plan(tuned(kind, "942100", **more)))


UNCERTAIN = (
    grafana(enabled=UNKNOWN), signed_in("web:WebAppAuthSettingsV2", google={"registration": UNKNOWN}),
    authority(enabled=UNKNOWN), authorizer("context.identity.sourceIp", authorizerResultTtlInSeconds=UNKNOWN),
    authorizer2(UNKNOWN), oracle(server=TCP, encryptionClient=UNKNOWN),
    az("dashboard:Grafana", {**HERE, "properties": {"grafanaConfigurations": {"smtp": UNKNOWN}}}),
)  # fmt: skip


@pytest.mark.parametrize("resource", UNCERTAIN, ids=range(len(UNCERTAIN)))
def test_what_is_not_known_yet_is_reported(resource: Given) -> None:
    texts = [item.text for item in PACK.evaluate_resource(resource) if item.rule == RULE]
    assert any("known before deployment" in text for text in texts), texts


FRAMEWORK = """package policy

import future.keywords.in
api_version := "0.10.0"
containers := [{"command": ["sh", "-c", "allow_all := true; exec_external := open"], "exec_processes": [],
                "mounts": [{"destination": "/x"}]}]
allow_environment_variable_dropping := true
mount_device := data.framework.mount_device
mount_overlay := data.framework.mount_overlay
plan9_mount := data.framework.plan9_mount
scratch_mount := data.framework.scratch_mount
allow_unencrypted_scratch := false
create_container := data.framework.create_container
exec_in_container := data.framework.exec_in_container
load_fragment := data.framework.load_fragment
reason := {"errors": data.framework.errors}
"""
POLICIES = (
    (FRAMEWORK, CLOSED),
    (FRAMEWORK.replace("\n", "\r\n"), CLOSED),
    (FRAMEWORK.replace("plan9_mount := data.framework.plan9_mount\n", ""), CLOSED),
    (FRAMEWORK.replace("0.10.0", "0.5.0").replace("plan9_mount := data.framework.plan9_mount\n", ""), OPEN),
    (FRAMEWORK.replace('"0.10.0"', 'concat(".", ["0", "1", "0"])'), OPEN),
    (FRAMEWORK.replace("api_version", "api_svn").replace("0.10.0", "0.2.0"), OPEN),
    (FRAMEWORK.replace("unencrypted_scratch := false", "unencrypted_scratch := true"), OPEN),
    (FRAMEWORK.replace("data.framework.plan9_mount", '{"allowed": true}'), OPEN),
    (FRAMEWORK.replace("data.framework.scratch_mount", '{"allowed": true}'), OPEN),
    (f'{FRAMEWORK}rw_mount_device := {{"allowed": true}}\n', OPEN),
    (f'{FRAMEWORK}host_network := {{"allowed": true}}\n', OPEN),
    (f'{FRAMEWORK}load_transparency_trust_list := {{"allowed": true}}\n', OPEN),
    ("package policy\n# allow_all := true\nallow_all := false # create_container := open\n", CLOSED),
    ("package policy\ndefault allow_all = false\ndefault exec_external := {\"allowed\": false}\n", CLOSED),
    ("package policy\ncreate_container := {\n  \"env_list\": {},\n  \"allowed\": false,\n}\n", CLOSED),
    ('{"allow_all": false, "containers": {"length": 1}}', CLOSED),
    ('{"allow_all": true, "containers": {}}', OPEN),
    *((f"package policy\n{rule}\n", OPEN) for rule in (
        "allow_all { true }", "allow_all if true", "allow_all := 1 == 1", "default allow_all := true",
        'create_container := {"env_list": {}, "allowed": true}',
        'open := {"allowed": true}\ncreate_container := open',
        'create_container := {"allowed": false} { false } else := {"allowed": true}',
        'create_container := {"allowed": false}\nelse := {"allowed": true}',
        'create_container := {"x": {"allowed": false}}', 'create_container["allowed"] := true',
        'create_container := {"allowed": false, "allowed": true}', 'create_container := {"allowed": true',
        "exec_external := data.framework.exec_external with input as {}", 'mount_device := {"allowed": true}',
        'load_fragment := {"allowed": true, "add_module": true}', "create_container :=\n{\"allowed\": true}")),
)  # fmt: skip


@pytest.mark.parametrize(("policy", "is_bad"), POLICIES, ids=range(len(POLICIES)))
def test_policies_of_enclaves(policy: str, is_bad: bool) -> None:
    assert is_refused(az("containerinstance:ContainerGroup", enclave(policy))) == is_bad


@pytest.mark.parametrize("text", ["create_container := {" * 3000, "{" * 20000, "exec_a " * 3000, '"' * 20001])
def test_policies_of_enclaves_are_read_in_linear_time(text: str) -> None:
    with within(5):
        is_refused(az("containerinstance:ContainerGroup", enclave(f"package policy\n{text}")))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("PT90M", 5400), ("p1w", 604800), ("P1DT0.5H", 88200), ("PT0,5S", 0.5), ("1.02:00:00", 93600), ("00:05", 300),
     ("P", 0), ("", None), ("P1", None), (5.0, None), (True, None), (["PT1H"], None), ("P" + "9" * 20000, None),
     ("P" + "9" * 20000 + "D", float("inf"))],
    ids=range(14),
)  # fmt: skip
def test_durations(value: Plain, seconds: float | None) -> None:
    assert seconds_of(value) == seconds


@pytest.mark.parametrize(("text", "seconds"), [
    ("7d", 604_800), ("2d3h6m", 183_960), ("720h", 2_592_000), ("1.5 hours", 5400), ("30 seconds", 30), ("500ms", 0),
    ("10microseconds", 0), ("$AGE", 0), ("", 0),
])  # fmt: skip
def test_spans(text: str, seconds: float) -> None:
    assert seconds_of_span(text) == seconds
