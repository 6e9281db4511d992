"""Good idioms with names that receive nothing, in the shape of published programs; they were refused at first
(2026-11-30)."""

import json

from ..blind import HERE, TAGS, aws, az
from . import Idiom

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
)  # fmt: skip
