"""Facts of vendors on exposure that were held against their sources on 2026-11-30: each refused case passed before, and
each silent one that stands beside a reason was refused."""

import json

import pytest
from guardrails.engine.verdicts import Verdict
from guardrails.exposure.cors import NAMED_ORIGINS
from guardrails.exposure.verified_access import LIMITED_PERMITS
from guardrails.readers.host_directories import has_keys_of_others

from tests.processor_time import within

from .blind import HERE, RG, TAGS, aws, az, crd, k8s, meta, pod
from .facts_read import refuses, script, variable, volume_class
from .harness import Given


@pytest.mark.parametrize("origin", [
    "https://*.web.core.windows.net", "https://*.blob.core.windows.net", "https://*.azurefd.net",
    "https://*.azurecontainerapps.io", "https://*.uaenorth.cloudapp.azure.com", "https://*.uaenorth-01.azurewebsites.net",
    "https://*.trafficmanager.net", "https://*.a.run.app", "https://*.fly.dev", "https://*.ngrok.app", "https://*.hf.space",
    "https://*.s3.amazonaws.com", "https://*.s3.me-central-1.amazonaws.com", "https://*.s3-website-us-east-1.amazonaws.com",
    "https://*.me-central-1.elb.amazonaws.com", "https://*.execute-api.me-central-1.amazonaws.com",
    "https://*.me-central-1.elasticbeanstalk.com", "https://*.lambda-url.me-central-1.on.aws",
    "https://*.me-central-1.awsapprunner.com", "http*", "https*", "https://app.*", "https://app.bank.ae*", "https://*github.io",
    "https://*:8443", "https://*.github.io/",
])  # fmt: skip
def test_origins_of_everybody(origin: str) -> None:
    """publicsuffix/list e8c9a2b2 (names below a suffix belong to different owners); an asterisk may stand anywhere
    (awsdocs/amazon-s3-userguide cc53dd6 doc_source/ManageCorsUsing.md)."""
    assert NAMED_ORIGINS.judge([origin]) is Verdict.FAIL


@pytest.mark.parametrize("origin", [
    "https://*.bank.ae", "https://app.bank.ae", "http://localhost:*", "https://app.bank.ae:*", "https://app.bank.ae/*",
    "https://app-*.bank.ae", "https://*.bank.blob.core.windows.net", "https://bank.s3.me-central-1.amazonaws.com",
    "https://d111111abcdef8.cloudfront.net", "https://*.apps.bank.azurecontainerapps.io", "capacitor://localhost",
])  # fmt: skip
def test_origins_of_the_bank(origin: str) -> None:
    assert NAMED_ORIGINS.judge([origin]) is Verdict.PASS


@pytest.mark.parametrize(("permit", "verdict"), [
    ("permit(principal, action, resource) when { true // context.idc.user.email\n};", Verdict.FAIL),
    ("// context.idc.groups\npermit(principal, action, resource) when { true };", Verdict.FAIL),
    ('permit(principal, action, resource) when { "context.idc.user" == "context.idc.user" };', Verdict.FAIL),
    ('permit(principal, action, resource) when { context.idc.user.email like "*@bank.ae" || true };', Verdict.FAIL),
    ('permit(principal, action, resource) when { context.jamf.isManaged == true || context.idc.admin };', Verdict.PASS),
    ('permit(principal, action, resource) when { context.idc.user.email like "*@bank.ae" // the bank; nobody else\n};',
     Verdict.PASS),
    ('permit(principal, action, resource) when { context["idc"]["groups"].contains("https://bank.ae/staff") };',
     Verdict.PASS),
])  # fmt: skip
def test_comments_and_texts_of_verified_access_limit_nobody(permit: str, verdict: Verdict) -> None:
    """AWS Verified Access, "Verified Access policy statement structure": a comment begins with // and ends with its
    line."""
    assert LIMITED_PERMITS.judge(permit) is verdict


@pytest.mark.parametrize(("port", "refused"), [
    ({"port": "0", "endPort": 0}, True), ({"port": "0", "endPort": 443}, False), ({"port": "443", "endPort": 0}, False),
])  # fmt: skip
def test_the_port_zero_of_cilium(port: object, *, refused: bool) -> None:
    """cilium/cilium pkg/policy/api/l4.go (PortProtocolAny is 0/ANY; endPort is 0 unless it is set)."""
    rule = {"toCIDR": ["0.0.0.0/0"], "toPorts": [{"ports": [port]}]}
    spec = {"endpointSelector": {"matchLabels": {"app": "x"}}, "egress": [rule]}
    assert refuses(crd("cilium.io/v2:CiliumNetworkPolicy", spec), "FJ-EXP-324") is refused


@pytest.mark.parametrize(("name", "refused"), [
    ("*", True), ("*.com", True), ("www.*.com", True), ("api.*", True), ("update.*.bank.ae", False),
    ("*.bank.ae", False), ("s3.*.amazonaws.com", False), ("db.*.svc.cluster.local", False),
])  # fmt: skip
def test_names_of_hosts_of_calico(name: str, *, refused: bool) -> None:
    """Calico Enterprise, "Global network set" (allowedEgressDomains) and "DNS policy" (an asterisk may be any part)."""
    given = crd("projectcalico.org/v3:GlobalNetworkSet", {"nets": [], "allowedEgressDomains": [name]})
    assert refuses(given, "FJ-EXP-324") is refused
    rule = {"action": "Allow", "destination": {"domains": [name]}}
    given = crd("projectcalico.org/v3:NetworkPolicy", {"selector": "app == 'x'", "types": ["Egress"], "egress": [rule]})
    assert refuses(given, "FJ-EXP-324") is refused


@pytest.mark.parametrize(("rule", "refused"), [
    ("pass tcp any any -> any [1:65535] (sid:1;)", True), ("pass tcp any any -> any 0: (sid:1;)", True),
    ("pass tcp any any -> any !25 (sid:1;)", True), ("pass ip any any -> ![10.0.0.0/8] any (sid:1;)", True),
    ("pass ip [any] any -> [0.0.0.0/0] any (sid:1;)", True), ("pass http2 any any -> any any (sid:1;)", True),
    ("pass tcp-pkt any any -> any any (sid:1;)", True), ("pass tcp any any -> any 1024: (sid:1;)", True),
    ("pass tcp any any -> any 32768: (sid:1;)", False),
    ("pass tcp any any -> 10.0.0.0/8 [1:65535] (sid:1;)", False), ("pass udp any any -> any 53 (sid:1;)", False),
    ('pass tls any any -> any [1:65535] (tls.sni; content:"bank.ae"; sid:1;)', False),
])  # fmt: skip
def test_rules_of_suricata_that_pass_everything(rule: str, *, refused: bool) -> None:
    """OISF/suricata doc/userguide/rules/intro.rst 0130ed7c (ranges, groups and negation of addresses and ports)."""
    group = {"name": "r", "capacity": 10, "type": "STATEFUL", "ruleGroup": {"rulesSource": {"rulesString": rule}}}
    assert refuses(aws("networkfirewall/RuleGroup", {**group, "tags": TAGS}), "FJ-EXP-127") is refused


@pytest.mark.parametrize(("driver", "parameters", "refused"), [
    ("file.csi.azure.com", {"publicNetworkAccess": "Disabled"}, False),
    ("file.csi.azure.com", {"publicnetworkaccess": "Enabled"}, True),
    ("file.csi.azure.com", {"networkEndpointType": "serviceEndpoint"}, True),
    ("block.csi.red.ddn.com", {}, False), ("manila.csi.openstack.org", {}, False),
    ("qumulo.csi.k8s.io", {}, False), ("csi.qumulo.com", {}, True), ("com.vdura.csi.panfs", {}, False),
    ("filex.csi.hpe.com", {}, False),
])  # fmt: skip
def test_volumes_of_accounts_and_vendors(driver: str, parameters: dict[str, str], *, refused: bool) -> None:
    """azurefile-csi-driver 7b5ae18e docs/driver-parameters.md; kubernetes-csi/docs 883ce07
    book/src/drivers.md."""
    assert refuses(volume_class(driver, **parameters), "FJ-EXP-317") is refused


@pytest.mark.parametrize(("prefix", "refused"), [
    ("0.0.0.0/0", True), ("64.0.0.0/2", True), ("8.0.0.0/7", True), ("2000::/3", True), ("23.102.135.246/32", False),
    ("10.0.0.0/8", False), ("AzureMonitor", False),
])  # fmt: skip
def test_routes_to_the_internet_past_a_firewall(prefix: str, *, refused: bool) -> None:
    """MicrosoftDocs/azure-docs 0239a4e2 articles/virtual-network/virtual-networks-udr-overview.md."""
    route = {**RG, "routeTableName": "t", "routeName": "r", "addressPrefix": prefix, "nextHopType": "Internet"}
    assert refuses(az("network:Route", route), "FJ-EXP-109") is refused


@pytest.mark.parametrize(("record", "refused"), [
    ("v=DMARC1; p=reject; sp=none", True), ("v=DMARC1; p=reject; pct=0", True), ("v=DMARC1; p=none", True),
    ("v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@bank.ae", False), ("v=DMARC1; p=reject; pct=100", False),
    ("v=DMARC1; p=reject; sp=quarantine", False),
])  # fmt: skip
def test_records_that_let_strangers_send_mail(record: str, *, refused: bool) -> None:
    """IANA, DMARC Tag Registry: `sp` is the policy of subdomains, and `pct` the rate of what is sampled."""
    given = aws("route53/Record", {"zoneId": "z", "name": "_dmarc.bank.ae", "type": "TXT", "records": [record]})
    assert refuses(given, "FJ-ESC-115") is refused


@pytest.mark.parametrize(("operator", "selector", "refused"), [
    ("Contains", "e", True), ("StartsWith", "s", True), ("Equals", "e", False), ("StartsWith", "csrf", False),
])  # fmt: skip
def test_an_exclusion_of_one_letter_is_of_nearly_everything(operator: str, selector: str, *, refused: bool) -> None:
    """MicrosoftDocs/azure-docs 00dceadd articles/web-application-firewall/ag/application-gateway-waf-configuration.md
    (operators)."""
    entry = {"matchVariable": "RequestArgNames", "selectorMatchOperator": operator, "selector": selector}
    managed = {"managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}]}
    given = az("network:WebApplicationFirewallPolicy", {
        **HERE, "policyName": "w", "policySettings": {"state": "Enabled", "mode": "Prevention"},
        "managedRules": {**managed, "exclusions": [entry]}})  # fmt: skip
    assert refuses(given, "FJ-EXP-127") is refused


@pytest.mark.parametrize(("key", "refused"), [
    ("spark.kubernetes.node.selector.node-role.kubernetes.io/control-plane", True),
    ("spark.kubernetes.executor.node.selector.node-role.kubernetes.io/master", True),
    ("spark.kubernetes.node.selector.pool", False),
])  # fmt: skip
def test_programs_of_spark_choose_machines_by_a_setting(key: str, *, refused: bool) -> None:
    """apache/spark 00185e3d docs/running-on-kubernetes.md, spark.kubernetes.node.selector.[labelKey]."""
    given = crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {"type": "Python", "sparkConf": {key: "x"}})
    assert refuses(given, "FJ-EXP-302") is refused


@pytest.mark.parametrize(("device", "refused"), [
    ("/dev", True), ("/dev/", True), ("/dev/block", True), ("/dev/block/259:0", True), ("/dev/char/1:1", True),
    ("/dev/md0", True), ("/dev/md/root", True), ("/dev/mmcblk0p1", True), ("/dev/nbd0", True), ("/dev/dasda1", True),
    ("/dev/drbd0", True), ("/dev/sg0", True), ("/dev/core", True), ("/dev/root", True), ("/dev/snapshot", True),
    ("/dev/sdaa1", True), ("/dev/nvme0n1p1", True), ("/dev/disk/by-id/a", True), ("//dev//mem", True),
    ("/dev/neuron0", False), ("/dev/fuse", False), ("/dev/nvidia0", False), ("/dev/nvidiactl", False),
    ("/dev/infiniband/uverbs0", False), ("/dev/net/tun", False), ("/dev/char/195:0", False),
    ("/dev/dri/renderD128", False), ("/dev/hugepages", False), ("/dev/portal0", False),
    ("/dev/sgx_enclave", False), ("/dev/nitro_enclaves", False),
])  # fmt: skip
def test_devices_with_the_memory_and_disks_of_the_host(device: str, *, refused: bool) -> None:
    container = {"image": "a:1", "linuxParameters": {"devices": [{"hostPath": device}]}}
    job = Given(
        "aws:batch/jobDefinition:JobDefinition", {"type": "container", "containerProperties": json.dumps(container)}
    )
    assert refuses(job, "FJ-EXP-115") is refused


@pytest.mark.parametrize(("directory", "refused"), [
    ("/var/lib/k0s", True), ("/var/lib/k0s/pki/ca.key", True), ("/run/k0s", True),
    ("/var/run/k0s/containerd.sock", True), ("/etc/k0s/k0s.yaml", True),
    ("/var/lib/k0s/kubelet/plugins/example.com", False),
    ("/var/lib/k0s/kubelet/device-plugins", False), ("/var/log/k0s", False), ("/etc/kube", False),
])  # fmt: skip
def test_directories_of_k0s(directory: str, *, refused: bool) -> None:
    assert has_keys_of_others(directory, is_written=True) is refused


@pytest.mark.parametrize(("user", "refused"), [
    ("LocalSystem", True), (r"NT AUTHORITY\LocalSystem", True), (r".\LocalSystem", True),
    (r"NT AUTHORITY\SYSTEM", True), (r"NT AUTHORITY\LocalService", False), ("ContainerUser", False),
    ("LocalSystemReader", False),
])  # fmt: skip
def test_users_of_windows_with_every_right(user: str, *, refused: bool) -> None:
    context = {"runAsNonRoot": True, "windowsOptions": {"runAsUserName": user}}
    given = k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({}, securityContext=context)})
    assert refuses(given, "FJ-EXP-307") is refused


def test_hostile_texts_take_no_time() -> None:
    with within(10):
        for text in ("*." * 10_000, "a." * 10_000, "https://" + "*" * 20_000, "s3." * 7_000, "x" * 20_000):
            NAMED_ORIGINS.judge([text])
            LIMITED_PERMITS.judge(f'permit(principal, action, resource) when {{ "{text}')
            LIMITED_PERMITS.judge("permit" + '"' * 20_000 + "\\" * 20_000)
            refuses(crd("projectcalico.org/v3:GlobalNetworkSet", {"allowedEgressDomains": [text]}), "FJ-EXP-324")
            refuses(script("git " + "-c " * 7_000 + text), "FJ-ENC-425")
            refuses(variable("URL", "ssl " * 5_000 + text), "FJ-ENC-425")
            rule = f"pass tcp any any -> ![{'10.0.0.0/8,' * 2_000} any"
            refuses(
                aws("networkfirewall/RuleGroup", {"ruleGroup": {"rulesSource": {"rulesString": rule}}}), "FJ-EXP-127"
            )
