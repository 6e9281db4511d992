"""Attacks on the lists of sentences and of places: spellings that go around a form, and forms that confine nobody
(2026-11-30)."""

from ..blind import k8s, meta
from . import Attack
from .listed_sentences import EVENTS, _acl, _collection, _match, _permit, _trail

PROGRAM = "https://files.example.com/reader.jar"
IAM = '($.eventSource = "iam.amazonaws.com") && ($.eventName = "AttachUserPolicy")'

CEDAR_ATTACKS = tuple(
    _permit(f"a permit {word}", f"when {{ {condition} }}")
    for word, condition in (
        ("compares two calls that look like one", 'principal.groups.contains("a") == principal.groups.contains("a")'),
        ("asks for the opposite of a call", 'principal.groups.contains("a") == (false)'),
        ("asks for the groups of a principal among themselves", "principal.groups.containsAll(principal.groups)"),
        ("asks for an address in itself", "context.ip.isInRange(context.ip)"),
        ("denies an attribute and compares what is left", '!principal.guest != "x"'),
        ("hides an alternative between two escapes", 'principal.a == "\\\\" || true || "\\\\" == "x" && principal.b'),
        ("hides its branches in a text",
         'if context.x != "then principal.a else principal.b && " then true else true'),
        ("asks for a principal in itself", "principal is User in principal"),
        ("asks for an address of a common domain", 'principal.email like "*@*.com"'),
        ("asks for a tag that everybody has", 'principal.hasTag("name")'),
        ("ends when nobody lives", 'context.now < datetime("2999-01-01")'),
        ("allows amounts up to a million million in decimals",
         'context.amount.lessThan(decimal("1000000000000.0"))'),
    )
)  # fmt: skip


def _label(key: str) -> dict[str, object]:
    return {"labelMatchStatement": {"scope": "LABEL", "key": key}}


FIREWALL_ATTACKS = (
    _acl("the web firewall lets in a country by its label", _label("awswaf:clientip:geo:country:AE")),
    _acl("the web firewall lets in what it found to be an attack",
         _label("awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body")),
    _acl("the web firewall lets in whoever calls himself a robot",
         _label("awswaf:managed:aws:bot-control:bot:name:googlebot")),
    _acl("the web firewall lets in whoever has the hints of a browser",
         _match("singleHeader", '"Chromium";v="130", "Google"', name="Sec-CH-UA")),
    _acl("the web firewall lets in whoever has a browser in any header", {"byteMatchStatement": {
        "searchString": "Mozilla/5.0 (compatible)", "positionalConstraint": "CONTAINS", "fieldToMatch": {"headers": [
            {"matchScope": "VALUE", "oversizeHandling": "MATCH", "matchPattern": {"all": {}}}]},
        "textTransformations": [{"priority": 0, "type": "NONE"}]}}),
)  # fmt: skip

TRAIL_ATTACKS = (
    _trail("the alarm leaves out a person by an expression", f"{{ {IAM} && ($.userIdentity.userName = %^[^k]%) }}"),
    _trail("the alarm leaves out a person by a name in brackets",
           f"{{ {IAM} && ($.userIdentity['userName'] != \"k.saeed\") }}"),
    _trail("the alarm leaves out a person after many spaces",
           f'{{ {IAM} && ($.userIdentity.userName{" " * 20}!= "k.saeed") }}'),
    _trail("the alarm on denied calls leaves out one address and names no service",
           '{ ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "185.199.77.9") }'),
    _trail("the alarm leaves out the region", f'{{ {IAM} && ($.awsRegion != "me-central-1") }}'),
    _trail("the alarm leaves out every call", f'{{ {IAM} && ($.eventType != "AwsApiCall") }}'),
)  # fmt: skip

COLLECTION_ATTACKS = tuple(
    _collection(f"the log of machines leaves out somebody {word}", EVENTS, f"source | {rest}")
    for word, rest in (
        ("after the end of a line", "where Account\n != 'bank\\\\saeed'"),
        ("after a remark", "where Account // who\n != 'bank\\\\saeed'"),
        ("by a name in brackets", "where ['Account'] != 'bank\\\\saeed'"),
        ("by a comparison with false", "where (Account == 'bank\\\\saeed') == false"),
        ("by a choice", "where iff(Account == 'bank\\\\saeed', false, true)"),
        ("by an expression", "where Account matches regex '^[^k]'"),
        ("and keeps one machine", "where Computer =~ 'dc01'"), ("and keeps nothing", "take 0"),
        ("and keeps what is never true", "where 1 == 2"), ("and all who they were", "project-away Acc*"),
    )
)  # fmt: skip


def _engine(name: str, **plugin: object) -> Attack:
    return Attack(name, ("FJ-ESC-111",), (k8s("example.com/v1:Engine", {
        "metadata": meta("reader"), "spec": {"plugins": [plugin]}}),), "critical",
        "whoever answers there decides what runs (see readers.extension_places)")  # fmt: skip


PROGRAM_ATTACKS = (
    _engine("a plug-in of a host that is named like a service", url="http://files.team-a.svc.example.com/reader.jar"),
    _engine("a plug-in whose path ends like a service", url="http://files.example.com/reader.svc"),
    _engine("a plug-in with a checksum that is none", url=PROGRAM, sha256="x"),
    _engine("a plug-in with a checksum of md5", url=PROGRAM, hash="md5"),
    _engine("a plug-in by ssh", url="ssh://git@files.example.com/reader"),
    Attack("an engine loads programs of a list of addresses", ("FJ-ESC-111",), (k8s("example.com/v1:Engine", {
        "metadata": meta("reader"), "spec": {"pluginUrls": [PROGRAM], "classpath": [PROGRAM]}}),), "critical",
        "whoever answers there decides what runs (see readers.extension_places)"),
)  # fmt: skip
ATTACKS = (*CEDAR_ATTACKS, *FIREWALL_ATTACKS, *TRAIL_ATTACKS, *COLLECTION_ATTACKS, *PROGRAM_ATTACKS)
