"""Good idioms close to the mended lists of sentences and of places (2026-11-30).

Shapes by the documents of the vendors; names and numbers invented.
"""

from ..blind import k8s, meta
from . import Idiom, unpriced
from .listed_sentences import CEDAR, NONE, WAF, _acl, _allow, _collection, _filter, _permits

IDIOMS = (
    Idiom("permits by tags, groups, addresses and branches", _permits(
        'when { principal.hasTag("role") && principal.getTag("role") == "admin" }',
        'when { principal.getTag("team") == resource.getTag("team") }',
        'when { principal.hasTag("scope") && principal.getTag("scope") like "*refund:write*" }',
        'when { principal.groups.containsAny([Group::"a", Group::"b"]) }',
        "when { resource.readers.contains(principal) }",
        'when { !(principal.role != "auditor") }',
        'when { context.now < datetime("2027-01-01T00:00:00Z") }',
        'when { principal.risk.lessThan(decimal("0.5")) }',
        'when { principal is User in Group::"desk" }',
        'when { if principal.kind == "then else" then principal in Group::"desk" else false }'), CEDAR),
    Idiom("the web firewall lets in a proxy by its secret in one of two headers", _acl(
        _allow({"byteMatchStatement": {
            "searchString": "d41d8cd98f00b204e9800998ecf8427e", "positionalConstraint": "EXACTLY", "fieldToMatch": {
                "headers": [{"matchScope": "VALUE", "oversizeHandling": "NO_MATCH", "matchPattern": {
                    "includedHeaders": ["x-origin-verify", "x-origin"]}}]}, "textTransformations": NONE}}),
        _allow({"labelMatchStatement": {"scope": "LABEL", "key": "awswaf:managed:token:accepted"}})), WAF),
    Idiom("alarms leave out what is only read, what services do, and kinds of calls", (
        _filter("calls", '{ ($.eventSource = "ec2.amazonaws.com") && ($.readOnly != "true") && '
                         '($.eventType != "AwsServiceEvent") && ($.eventName != "Describe*") }'),
        _filter("root", '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && '
                        '($.eventName = %Create|Delete%) }')),
        "CIS Amazon Web Services Foundations Benchmark"),
    Idiom("logs keep kinds of records, and those that say who it was", (
        _collection("dcr-kinds", "Microsoft-SecurityEvent", "source | where EventID in (4624, 4625, 4688)"),
        _collection("dcr-who", "Microsoft-SecurityEvent", "source | where isnotempty(Account) and EventID != 8002"),
        _collection("dcr-levels", "Microsoft-Syslog",
                    "source // all but noise\n | where SeverityLevel in ('error', 'crit') | extend Site = 'dubai'")),
        "Azure Monitor, 'Sample transformations in Azure Monitor'"),
    Idiom("plug-ins of one's own namespace, and with a checksum", (k8s("example.com/v1:Engine", {
        "metadata": meta("reader"), "spec": {"plugins": [
            {"url": "http://files/reader.jar"}, {"url": "http://files.team-a.svc:8080/reader.jar"},
            {"url": "http://files.team-a.svc.cluster.local/reader.jar"},
            {"url": "http://files.team-b.svc/reader.jar", "sha256": "a" * 64},
            {"url": "http://files.team-b.svc/b.jar", "integrity": "sha512-" + "Ab1/" * 21 + "AA=="}]}}),),
        "argoproj/argo-rollouts, docs/plugins.md", {
            "escape": {"allowed_types": {"kubernetes:example.com/v1:Engine": "runs the reader with its plug-ins"}},
            **unpriced("kubernetes:example.com/v1:Engine::it")}),
)  # fmt: skip
