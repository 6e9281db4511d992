"""Targets of replication and export: in the stack, on the list of known locations, or refused."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

GROUP = "/subscriptions/s/resourceGroups/g/providers"
SERVERS = f"{GROUP}/Microsoft.Sql/servers"
HUB = f"{GROUP}/Microsoft.OperationalInsights/workspaces/hub"
KNOWN = {"central-logs": "me-central-1, confirmed by the owner", f"{SERVERS}/HUB": "uaecentral, confirmed by the owner"}


def _pack(**residency: object) -> Pack:
    return Pack(Enforcement.model_validate({"default": {}, "residency": residency}))


def _residency_rules(*plan: Given, pack: Pack | None = None) -> set[str]:
    return {rule for rule in blocking((pack or Pack()).evaluate_stack(*plan)) if rule.startswith("FJ-RES")}


def _azure(kind: str, name: str, **props: Any) -> Given:
    links = props.pop("links", {})
    return Given(f"azure-native:{kind}", {"tags": TAGS, "location": "uaenorth", **props}, name, links=links)


def _partners(value: str, **links: tuple[str, ...]) -> Given:
    props = {"partnerServers": [{"id": value}], "serverName": "a"}
    return Given("azure-native:sql:FailoverGroup", props, "group", links=links)


SERVER = _azure("sql:Server", "b", serverName="falaj-b")
FOREIGN_SERVER = _azure("sql:Server", "b", serverName="falaj-b", location="westeurope")


def test_a_failover_partner_is_in_the_stack_or_known() -> None:
    assert _residency_rules(_partners(UNKNOWN)) == {"FJ-RES-208"}
    assert _residency_rules(_partners(f"{SERVERS}/elsewhere")) == {"FJ-RES-208"}
    assert _residency_rules(SERVER, _partners(UNKNOWN, partnerServers=("b",))) == set()
    assert _residency_rules(SERVER, _partners(f"{SERVERS}/Falaj-B")) == set()
    assert _residency_rules(SERVER, _partners(f"{SERVERS}/elsewhere")) == {"FJ-RES-208"}
    assert _residency_rules(FOREIGN_SERVER, _partners(UNKNOWN, partnerServers=("b",))) == {"FJ-RES-208"}
    pack = _pack(known=KNOWN)
    assert _residency_rules(_partners(f"{SERVERS}/hub"), pack=pack) == set()
    assert _residency_rules(_partners(f"{SERVERS}/other"), pack=pack) == {"FJ-RES-208"}
    assert _residency_rules(_partners(f"{SERVERS}/hub2"), pack=pack) == {"FJ-RES-208"}


def test_failover_pairs_within_the_uae_pass() -> None:
    pair = _azure("sql:Server", "b", serverName="falaj-b", location="UAE Central")
    assert _residency_rules(pair, _partners(UNKNOWN, partnerServers=("b",))) == set()


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("sql:InstanceFailoverGroup", {"managedInstancePairs": [{"partnerManagedInstanceId": "/subscriptions/x/b"}]}),
        ("sql:Database", {"sourceDatabaseId": "/subscriptions/x/b"}),
        ("dbforpostgresql:Server", {"sourceServerResourceId": "/subscriptions/x/b"}),
        ("dbformysql:Server", {"sourceServerResourceId": "/subscriptions/x/b"}),
        ("storage:ObjectReplicationPolicy", {"destinationAccount": "backup"}),
        ("eventhub:DisasterRecoveryConfig", {"partnerNamespace": "/subscriptions/x/b"}),
        ("servicebus:DisasterRecoveryConfig", {"partnerNamespace": "/subscriptions/x/b"}),
        ("redis:LinkedServer", {"linkedRedisCacheId": "/subscriptions/x/b"}),
        ("cache:LinkedServer", {"linkedRedisCacheId": "/subscriptions/x/b"}),
        ("redisenterprise:Database", {"geoReplication": {"linkedDatabases": [{"id": "/subscriptions/x/b"}]}}),
        ("network:VirtualNetworkPeering", {"remoteVirtualNetwork": {"id": "/subscriptions/x/b"}}),
        ("network/v20240501:VirtualNetworkPeering", {"remoteVirtualNetwork": {"id": "/subscriptions/x/b"}}),
    ],
)
def test_every_reference_to_a_replication_partner_is_checked(kind: str, props: dict[str, object]) -> None:
    resource = Given(f"azure-native:{kind}", {"tags": TAGS, "location": "uaenorth", **props}, "tie")
    assert _residency_rules(resource) == {"FJ-RES-208"}
    assert (
        _residency_rules(
            resource, pack=_pack(known={"/subscriptions/x/": "uaenorth, our own", "backup": "uaenorth, our own"})
        )
        == set()
    )
    other_props = {key: value for key, value in resource.props.items() if key not in props}
    assert "FJ-RES-208" not in _residency_rules(Given(resource.type, other_props, "tie"))


def test_exports_go_to_known_buckets() -> None:
    def export(bucket: str, **links: tuple[str, ...]) -> Given:
        return Given("aws:dynamodb/tableExport:TableExport", {"s3Bucket": bucket}, "export", links=links)

    bucket = Given("aws:s3/bucket:Bucket", {"tags": TAGS, "bucket": "exports"}, "data")
    assert _residency_rules(export("elsewhere")) == {"FJ-RES-106"}
    assert _residency_rules(export(UNKNOWN)) == {"FJ-RES-106"}
    assert _residency_rules(bucket, export("exports")) == set()
    assert _residency_rules(bucket, export(UNKNOWN, s3Bucket=("data",))) == set()
    assert _residency_rules(export("central-logs"), pack=_pack(known=KNOWN)) == set()
    findings = {"destinationArn": "arn:aws:s3:::elsewhere", "kmsKeyArn": UNKNOWN}
    assert _residency_rules(Given("aws:guardduty/publishingDestination:PublishingDestination", findings)) == {
        "FJ-RES-106"
    }


@pytest.mark.parametrize("level", ["", "Subscription", "ManagementGroup"])
def test_logs_are_refused_if_the_plan_shows_a_foreign_destination(level: str) -> None:
    def logs(workspace: str, **links: tuple[str, ...]) -> Given:
        return Given(f"azure-native:monitor:{level}DiagnosticSetting", {"workspaceId": workspace}, "logs", links=links)

    foreign = _azure("operationalinsights:Workspace", "hub", workspaceName="hub", location="westeurope")
    domestic = _azure("operationalinsights:Workspace", "hub", workspaceName="hub")
    group = _azure("resources:ResourceGroup", "hub", location="westeurope")
    link = _azure("privatedns:VirtualNetworkLink", "hub", virtualNetworkLinkName="hub", location="global")
    account = _azure("storage:StorageAccount", "hub", accountName="hub", location="westeurope")
    linked = logs(UNKNOWN, workspaceId=("hub",))

    def reports(plan: tuple[Given, ...], read: tuple[Given, ...] = ()) -> set[str]:
        return {item.rule for item in Pack().evaluate_stack(*plan, read=read) if "'logs'" in item.text}

    assert reports((logs(HUB),)) == reports((logs(UNKNOWN),)) == set()
    assert reports((domestic, linked)) == reports((domestic, logs(HUB))) == set()
    assert reports((link, linked)) == reports((link, logs(HUB))) == reports((account, logs(HUB))) == set()
    assert reports((foreign, linked)) == reports((foreign, logs(HUB.upper()))) == {"FJ-RES-209"}
    assert reports((linked,), read=(foreign,)) == {"FJ-RES-209"}
    assert reports((linked,), read=(domestic,)) == set()
    assert reports((group, linked)) == {"FJ-RES-209"}


def test_global_services_may_be_allowed_with_a_reason() -> None:
    shield = Given("aws:shield/protection:Protection", {"tags": TAGS})
    pack = _pack(global_services={"aws:shield/": "protection of addresses; holds no data"})
    (refused,) = Pack().evaluate_resource(shield)
    assert (refused.rule, "under residency.global_services" in refused.text) == ("FJ-RES-102", True)
    assert blocking(pack.evaluate_resource(shield)) == set()
    assert blocking(pack.evaluate_resource(Given("aws:waf/ipSet:IpSet", {}))) == {"FJ-RES-102"}
    domain = Given("azure-native:domainregistration:Domain", {"tags": TAGS, "location": "global"})
    assert blocking(Pack().evaluate_resource(domain)) == {"FJ-ESC-112", "FJ-RES-201"}
    allowed = _pack(global_services={"azure-native:domainregistration:": "names only; holds no data"})
    assert blocking(allowed.evaluate_resource(domain)) == {"FJ-ESC-112"}


def test_an_allowed_cloudfront_distribution_still_requires_tls() -> None:
    cdn = Given("aws:cloudfront/distribution:Distribution", {
        "tags": TAGS, "viewerCertificate": {"acmCertificateArn": "a", "minimumProtocolVersion": "TLSv1.2_2021"},
        "defaultCacheBehavior": {"viewerProtocolPolicy": "redirect-to-https"},
        "origins": [{"customOriginConfig": {"originProtocolPolicy": "https-only", "originSslProtocols": ["TLSv1.2"]}}],
    })  # fmt: skip
    assert blocking(Pack().evaluate_resource(cdn)) == {"FJ-RES-102"}
    allowed = _pack(global_services={"aws:cloudfront/": "static pages; nothing of a customer's"})
    assert "FJ-ENC-401" not in rules(allowed.evaluate_resource(cdn))
    for weak in (
        {"viewerCertificate": {"cloudfrontDefaultCertificate": True}},
        {"defaultCacheBehavior": {"viewerProtocolPolicy": "allow-all"}},
        {
            "origins": [
                {"customOriginConfig": {"originProtocolPolicy": "match-viewer", "originSslProtocols": ["TLSv1.2"]}}
            ]
        },
        {"origins": [{"customOriginConfig": {"originProtocolPolicy": "https-only", "originSslProtocols": ["SSLv3"]}}]},
    ):
        assert blocking(allowed.evaluate_resource(Given(cdn.type, {**cdn.props, **weak}))) == {"FJ-ENC-401"}


@pytest.mark.parametrize(
    "residency",
    [
        {"known": {"bucket": "short"}},
        {"known": ["bucket"]},
        {"known": {"": "all of it is in the UAE"}},
        {"known": {"/": "all of it is in the UAE"}},
        {"known": {"/subscriptions/": "all of it is in the UAE"}},
        {"known": {"blob.core.windows.net": "our accounts are in the UAE"}},
        {"known": {"azurewebsites.net": "our apps are in the UAE"}},
        {"known": {"s3.amazonaws.com": "our buckets are in the UAE"}},
        {"known": {"co.ae": "companies of the UAE"}},
        {"known": {"@": "our own mail in the UAE"}},
        {"global_services": {"aws": "everything of this cloud"}},
        {"global_services": {"kubernetes:core/": "has no place at all"}},
        {"other": {}},
    ],
)
def test_invalid_settings_are_refused(residency: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _pack(**residency)
