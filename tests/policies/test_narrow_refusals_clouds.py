"""Good volumes, headers, caches, policies, firewall rules and channels, beside the neighbours that must be refused."""

import pytest

from tests.processor_time import within

from .attacks.fields_awsa_network import suricata
from .attacks.fields_azura_networks import CDN, delivery
from .attacks.fields_azurb_rights import ACCOUNT, policy, written
from .blind import RG, Props, aws, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
EFS = "fs-1.efs.me-central-1.amazonaws.com:/"
AKS = "Microsoft.ContainerService/managedClusters/apiServerAccessProfile.authorizedIPRanges"
SITE = "Microsoft.Web/sites/config/ipSecurityRestrictions"
HSTS = "Strict-Transport-Security"
CHOICE = "[if(equals(field('location'),'uaenorth'),'{}','{}')]"


def _is_refused(resource: Given, rule: str) -> bool:
    return rule in blocking(PACK.evaluate_resource(resource))


@pytest.mark.parametrize(("options", "is_refused"), [
    ({"type": "nfs", "device": EFS, "o": "addr=fs-1.efs.me-central-1.amazonaws.com,rsize=1048576"}, False),
    ({"type": "nfs", "device": UNKNOWN, "o": "addr=10.0.0.1"}, False), ({"type": "nfs", "device": ":/"}, False),
    ({"type": "tmpfs", "device": "tmpfs", "o": "size=100m"}, False), ({"type": "cifs", "device": "//files/a"}, False),
    ({"type": "none", "device": "/etc", "o": "bind"}, True), ({"type": "nfs", "device": "/etc", "o": "rw,bind"}, True),
    ({"type": "tmpfs", "device": "/", "o": "rbind,ro"}, True), ({"type": "ext4", "device": "/dev/sda1"}, True),
])  # fmt: skip
def test_volumes_of_docker(options: Props, is_refused: bool) -> None:
    """Terraform AWS provider, aws_ecs_task_definition, "Docker Volume Configuration", as known."""
    task = aws("ecs/TaskDefinition", {"family": "f", "containerDefinitions": "[]", "volumes": [
        {"name": "v", "dockerVolumeConfiguration": {"driverOpts": options}}]})  # fmt: skip
    assert _is_refused(task, "FJ-EXP-115") is is_refused


@pytest.mark.parametrize(("header", "action", "value", "is_refused"), [
    (HSTS, "Overwrite", "max-age=31536000; includeSubDomains", False), (HSTS, "Append", UNKNOWN, False),
    ("Cache-Control", "Overwrite", "max-age=0", False), ("X-Frame-Options", "Delete", "", False),
    (HSTS, "Overwrite", "max-age=0", True), (HSTS.lower(), "Delete", "", True), (HSTS, "Overwrite", "", True),
    (HSTS, "Overwrite", "includeSubDomains; max-age=\"00\"", True), ("Authorization", "Overwrite", "Basic x", True),
])  # fmt: skip
def test_headers_at_the_edge(header: str, action: str, value: str, is_refused: bool) -> None:
    parameters = {"headerAction": action, "headerName": header, "value": value}
    actions = [{"name": "ModifyResponseHeader", "parameters": parameters}]
    classic = {"headerActionType": action, "headerName": header, "value": value}
    direction = "requestHeaderActions" if header == "Authorization" else "responseHeaderActions"
    assert [_is_refused(item, "FJ-ESC-115") for item in (
        az("cdn:Endpoint", delivery(*actions)),
        az("cdn:Rule", {**RG, "ruleName": "r", "actions": actions}),
        az("frontdoor:RulesEngine", {**RG, "rules": [{"name": "r", "action": {direction: [classic]}}]}),
    )] == [is_refused] * 3  # fmt: skip


def test_a_header_of_requests_means_nothing_in_an_answer() -> None:
    """RFC 9110, section 11, by the documentation of parsers (docs.rs, typed-headers and parse-net, read 2026-11-30):
    a user agent names itself to a server by the header."""
    added = {"headerActionType": "Overwrite", "headerName": "Authorization", "value": "Basic x"}
    rule = {"name": "r", "action": {"responseHeaderActions": [added]}}
    assert not _is_refused(az("frontdoor:RulesEngine", {**RG, "rules": [rule]}), "FJ-ESC-115")


def _when(name: str, operator: str, *values: str, **more: object) -> Props:
    return {"name": name, "parameters": {"operator": operator, "matchValues": list(values), **more}}


@pytest.mark.parametrize(("conditions", "is_refused"), [
    ([_when("UrlFileExtension", "Equal", "css", "js")], False), ([_when("UrlPath", "BeginsWith", "/static/")], False),
    ([_when("UrlFileName", "Equal", "logo.png"), _when("RequestMethod", "Equal", "GET")], False), ([], True),
    ([_when("UrlFileExtension", "Equal", "css", negateCondition=True)], True), ([_when("UrlPath", "Any")], True),
    ([_when("UrlPath", "BeginsWith", "/static/", "/")], True), ([_when("RequestMethod", "Equal", "GET")], True),
    ([_when("UrlPath", "RegEx", "^.*$")], True),
])  # fmt: skip
def test_caches_at_the_edge(conditions: list[Props], is_refused: bool) -> None:
    override = {"name": "CacheExpiration", "parameters": {"cacheBehavior": "Override"}}
    always = {"name": "RouteConfigurationOverride",
              "parameters": {"cacheConfiguration": {"cacheBehavior": "OverrideAlways"}}}  # fmt: skip
    rules = ({"name": "r", "order": 1, "conditions": conditions, "actions": [item]} for item in (override, always))
    assert [_is_refused(item, "FJ-ESC-115") for rule in rules for item in (
        az("cdn:Rule", {**RG, "ruleName": "r", **rule}),
        az("cdn:Endpoint", {**CDN, "deliveryPolicy": {"rules": [rule]}}),
    )] == [is_refused] * 4  # fmt: skip


@pytest.mark.parametrize(("effect", "field", "value", "is_refused"), [
    ("modify", AKS, ["10.0.0.0/8"], False), ("append", f"{AKS}[*]", "10.0.0.0/8", False),
    ("modify", AKS, [], True), ("modify", AKS, ["0.0.0.0/0"], True),
    ("append", f"{SITE}[*]", {"ipAddress": "0.0.0.0/0", "action": "Deny", "priority": 9}, False),
    ("append", SITE, [{"ipAddress": "0.0.0.0/0", "action": "Deny"}], False),
    ("append", f"{SITE}[*]", {"ipAddress": "203.0.113.9/32", "action": "Allow"}, True),
    ("append", SITE, [{"action": "Deny"}, {"ipAddress": "203.0.113.9/32"}], True),
    ("append", f"{ACCOUNT}/networkAcls.virtualNetworkRules[*]", {"id": "[field('tags.subnet')]"}, False),
    ("append", f"{ACCOUNT}/networkAcls.virtualNetworkRules", [{"id": UNKNOWN, "action": "Allow"}], False),
    ("append", f"{ACCOUNT}/networkAcls.ipRules[*]", {"value": "203.0.113.9"}, True),
    ("modify", f"{ACCOUNT}/minimumTlsVersion", CHOICE.format("TLS1_2", "TLS1_3"), False),
    ("modify", f"{ACCOUNT}/minimumTlsVersion", CHOICE.format("TLS1_2", "TLS1_0"), True),
    ("modify", f"{ACCOUNT}/minimumTlsVersion", "[field('tags.tls')]", False),
    ("modify", f"{ACCOUNT}/publicNetworkAccess", "[concat('Ena', 'bled')]", True),
    ("modify", AKS, "[field('tags.ranges')]", False),
])  # fmt: skip
def test_fields_that_a_policy_writes(effect: str, field: str, value: object, is_refused: bool) -> None:
    details = written(field, value) if effect == "modify" else [{"field": field, "value": value}]
    assert _is_refused(az("authorization:PolicyDefinition", policy(effect, details)), "FJ-ESC-102") is is_refused


@pytest.mark.parametrize(("rule", "is_refused"), [
    ('tls $HOME_NET any -> $EXTERNAL_NET any (msg:"edu"; aws_domain_category:Education; sid:1;)', False),
    ("http $HOME_NET any -> $EXTERNAL_NET any (aws_url_category:Education; sid:1;)", False),
    ('ip any any -> any any (msg:"x"; geoip:dst,AE; sid:1;)', False),
    ("tcp $HOME_NET any -> any 443 (app-layer-protocol:tls; sid:1;)", False),
    ('tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; content:"bank.ae"; endswith; sid:1;)', False),
    ("tcp $HOME_NET any <> $EXTERNAL_NET 443 (flow:not_established; sid:2;)", False),
    ("tls any any -> any any (noalert; sid:1;)", True), ("tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; )", True),
    ('tcp any any -> any any (msg:"content of all"; sid:1;)', True), ("ip any any -> any any", True),
    ('tcp any any -> any 443 (msg:"a \\"; content:\\" b"; sid:1;)', True),
    ("ip any any -> any any (noalert; sid:1;)", True), ("tls $HOME_NET any -> $EXTERNAL_NET 443 (sid:1;)", True),
])  # fmt: skip
def test_rules_of_suricata(rule: str, is_refused: bool) -> None:
    """Suricata 8.0.4, "Rules Format" (docs.suricata.io, rules/intro.html, read 2026-11-30)."""
    text = f"drop dns any any -> any 53 (sid:9;)\n  pass {rule}"
    (group,) = suricata(text)
    for resource in (group, aws("networkfirewall/RuleGroup", {**group.props, "ruleGroup": None, "rules": text})):
        found = blocking(PACK.evaluate_resource(resource))
        assert ("FJ-EXP-127" in found, "FJ-ESC-115" in found) == (is_refused, False)


@pytest.mark.parametrize("text", ["\n" * 100_000, 'pass ip any any -> any any ("' + '\\"' * 50_000 + ")"])
def test_long_rules_are_read_in_time(text: str) -> None:
    with within(5):
        PACK.evaluate_resource(*suricata(text))


@pytest.mark.parametrize(("channels", "is_refused"), [
    ("\n  - conda-forge  # main", False), ("\n  - https://conda.anaconda.org/conda-forge", False),
    ("\n- https://repo.anaconda.com/pkgs/main/", False), (" [conda-forge, nvidia/label/cuda-12.4.0]", False),
    (" [evil]", True), ("\n  # ours\n  - evil", True), ("\n\n  - evil", True), ("\r\n  - evil\r", True),
    (" evil", True), (" [conda-forge", True), ("\n  - https://conda.anaconda.org/evil", True),
    (" [conda-forge]\ndependencies: ['evil::numpy=2']", True), (" [" + "a, " * 30_000 + "]", True),
])  # fmt: skip
def test_channels_of_conda(channels: str, is_refused: bool) -> None:
    text = f"name: x\nchannels:{channels}\n"
    for kind in ("EnvironmentVersion", "EnvironmentSpecificationVersion", "RegistryEnvironmentVersion"):
        version = az(f"machinelearningservices:{kind}", {**RG, "properties": {"condaFile": text}})
        assert _is_refused(version, "FJ-ESC-115") is is_refused
