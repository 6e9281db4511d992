"""Attacks by facts of vendors that were wrong or too narrow in the rules until their sources were read (2026-11-30).

Sources are those of the rules."""

import json

from ..blind import HERE, RG, TAGS, aws, az, crd, k8s, meta, pod
from ..facts_read import script, variable, volume_class
from ..harness import Given
from . import Attack

OPEN, UNCHECKED = ("FJ-EXP-",), ("FJ-ENC-425",)


def _job(device: str) -> Given:
    container = {"image": "123456789012.dkr.ecr.me-central-1.amazonaws.com/a:1", "readonlyRootFilesystem": True,
                 "linuxParameters": {"devices": [{"hostPath": device}]}}  # fmt: skip
    return aws("batch/JobDefinition", {"type": "container", "containerProperties": json.dumps(container), "tags": TAGS})


def _door(policy: str) -> Given:
    return aws("verifiedaccess/Group", {"verifiedaccessInstanceId": "vai-1", "policyDocument": policy, "tags": TAGS})


def _file(name: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


ATTACKS: tuple[Attack, ...] = (
    Attack("a job of Batch gets the directory of every device", ("FJ-EXP-115",), (_job("/dev"),), "critical",
        "the job reads the memory and the disks of the machine"),
    Attack("a job of Batch gets the disks of the machine by their numbers", ("FJ-EXP-115",), (_job("/dev/block"),),
        "critical", "the job reads and writes the disks of the machine"),
    Attack("an API takes the cookies of its users from each site of a shared domain", OPEN, (
        aws("apigatewayv2/Api", {"name": "loans", "protocolType": "HTTP", "tags": TAGS, "corsConfiguration": {
            "allowCredentials": True, "allowOrigins": ["https://*.web.core.windows.net"]}}),), "critical",
        "anyone makes a site there and reads what users see"),
    Attack("a door is open to everybody beside a limit", OPEN, (
        _door("permit(principal, action, resource) when { context.idc.groups has \"a\" || true };"),), "critical",
        "the condition is met by each request"),
    Attack("a door states its limit in a comment", OPEN, (
        _door("permit(principal, action, resource)\nwhen { true // context.idc.groups.contains(\"a\")\n};"),),
        "critical", "the policy permits everybody"),
    Attack("a network of names is every name", OPEN, (
        crd("projectcalico.org/v3:GlobalNetworkSet", {"allowedEgressDomains": ["*.com"]}, ""),), "major",
        "pods send data to a host of anybody"),
    Attack("a firewall passes packets to each port but one", ("FJ-EXP-127",), (
        aws("networkfirewall/RuleGroup", {"name": "r", "capacity": 10, "type": "STATEFUL", "tags": TAGS, "ruleGroup": {
            "rulesSource": {"rulesString": "pass tcp $HOME_NET any -> any !22 (sid:1;)"}}}),), "major",
        "no later rule sees what leaves"),
    Attack("a route of a quarter of all addresses leads to the internet", ("FJ-EXP-109",), (
        az("network:Route", {**RG, "routeTableName": "spoke", "routeName": "out", "addressPrefix": "64.0.0.0/2",
                             "nextHopType": "Internet"}),), "major", "four such routes go past the firewall"),
    Attack("a web firewall leaves out each argument with a letter", ("FJ-EXP-127",), (
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "w", "policySettings": {"state": "Enabled", "mode": "Prevention"},
            "managedRules": {"managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}],
                "exclusions": [{"matchVariable": "RequestArgNames", "selectorMatchOperator": "Contains",
                                "selector": "e"}]}}),), "major", "nearly no argument is inspected"),
    Attack("a class of shares says NFS as the type of the file system", ("FJ-ENC-424",), (
        volume_class("file.csi.azure.com", fsType="nfs", networkEndpointType="privateEndpoint"),), "major",
        "whoever is in between reads the files"),
    Attack("a job clones with a check of certificates that is empty", UNCHECKED, (
        script("git -c http.sslVerify= clone https://git.bank.ae/a"),), "major",
        "whoever is in between sends other code"),
    Attack("a file of Git switches the check of certificates off", UNCHECKED, (
        _file(".gitconfig", "[http]\n\tsslVerify = false\n"),), "major",
        "whoever is in between sends other code"),
    Attack("packages come from a host that needs no certificate", UNCHECKED, (
        _file("pip.conf", "[global]\ntrusted-host = pypi.bank.ae\n"),), "critical",
        "whoever is in between runs programs in the pod"),
    Attack("a program trusts each database that answers", UNCHECKED, (
        variable("URL", "jdbc:mariadb://db.bank.ae/x?sslMode=trust"),), "major",
        "whoever is in between reads and changes rows"),
    Attack("strangers send mail in the name of each subdomain", ("FJ-ESC-115",), (
        aws("route53/Record", {"zoneId": "z", "name": "_dmarc.bank.ae", "type": "TXT", "ttl": 300,
                               "records": ["v=DMARC1; p=reject; sp=none"]}),), "major",
        "customers get mail of strangers in the bank's name"),
    Attack("a container of Windows runs as the system by another name", ("FJ-EXP-307",), (
        k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({}, securityContext={
            "runAsNonRoot": True, "windowsOptions": {"runAsUserName": "LocalSystem"}})}),), "critical",
        "the container has each right on its machine"),
)  # fmt: skip
