"""Good idioms with names that receive nothing, in the shape of published programs; they were refused at first
(2026-11-30)."""

import json

from ..blind import HERE, KEY, ME, TAGS, aws, az
from . import Idiom, unpriced

_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFh5bGVuZS1leGFtcGxlLWtleS1vZi1ub2JvZHktMDAwMQ operator@laptop.example.com"
_DOCS = "pulumi-aws 7.51.1, example of {}, read 2026-11-30"

IDIOMS = (
    Idiom("a public key says in its comment whose it is", (
        aws("ec2/KeyPair", {"keyName": "operators", "publicKey": _KEY, "tags": TAGS}),
        az("compute:SshPublicKey", {**HERE, "sshPublicKeyName": "operators", "publicKey": _KEY})),
        _DOCS.format("aws.ec2.KeyPair")),
    Idiom("an API of one's own is known by its address in tokens", (aws("cognito/ResourceServer", {
        "userPoolId": "me-central-1_AbCdEf123", "identifier": "https://orders.example.com", "name": "orders",
        "scopes": [{"scopeName": "read", "scopeDescription": "Reads orders"}]}),),
        _DOCS.format("aws.cognito.ResourceServer")),
    Idiom("answers are kept by what was asked", (aws("appsync/Resolver", {
        "apiId": "abcdefghij", "type": "Query", "field": "order", "dataSource": "orders", "cachingConfig": {
            "cachingKeys": ["$context.arguments.id", "$context.identity.sub"], "ttl": 60}}),),
        _DOCS.format("aws.appsync.Resolver")),
    Idiom("findings of one product are closed by a rule that compares fields", (aws("securityhub/AutomationRuleV2", {
        "ruleName": "lower", "ruleOrder": 1.0, "description": "Lowers findings of tests", "tags": TAGS,
        "criteria": {"ocsfFindingCriteriaJson": json.dumps({"CompositeFilters": [{"StringFilters": [{
            "FieldName": "metadata.product.name", "Filter": {"Value": "Inspector", "Comparison": "EQUALS"}}]}]})},
        "action": {"type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": {"comment": "Of the tests"}}}),),
        _DOCS.format("aws.securityhub.AutomationRuleV2")),
    Idiom("the firewall reads all that leaves by TLS", (aws("networkfirewall/TlsInspectionConfiguration", {
        "name": "outbound", "tags": TAGS, "encryptionConfigurations": [{"keyId": KEY, "type": "CUSTOMER_KMS"}],
        "tlsInspectionConfiguration": {"serverCertificateConfiguration": {
            "certificateAuthorityArn": f"arn:aws:acm:me-central-1:{ME}:certificate/1111",
            "checkCertificateRevocationStatus": {"revokedStatusAction": "REJECT", "unknownStatusAction": "REJECT"},
            "scopes": [{
                "protocols": [6], "sources": [{"addressDefinition": "0.0.0.0/0"}],
                "sourcePorts": [{"fromPort": 0, "toPort": 65535}],
                "destinations": [{"addressDefinition": "0.0.0.0/0"}],
                "destinationPorts": [{"fromPort": 443, "toPort": 443}]}]}}}),),
        _DOCS.format("aws.networkfirewall.TlsInspectionConfiguration"),
        unpriced("aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration::it")),
    Idiom("names of the head office are asked for at its own address, in IPv6", (aws("route53/ResolverRule", {
        "domainName": "corp.example.ae", "ruleType": "FORWARD", "name": "corp", "tags": TAGS,
        "resolverEndpointId": "rslvr-out-0123456789abcdef0",
        "targetIps": [{"ipv6": "2001:DB8:1686:2000::36", "port": 53, "protocol": "Do53"}]}),),
        _DOCS.format("aws.route53.ResolverRule"),
        {"residency": {"known": {"2001:db8:1686:2000::36": "the name server of the head office in Abu Dhabi"}}}),
)  # fmt: skip
