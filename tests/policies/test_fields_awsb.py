"""Every property of the reviewed types of AWS, but for those of networks, machines and stores of files, was read by
somebody who asked what an attacker would do with it.

`fields_read_awsb.csv` has the modules of pulumi-aws with the names of the properties, at any depth, of the types that
the pack accepts, as read on 2026-11-29 (pulumi-aws 7.51.1); `attacks.fields_awsb_*` has what came of it. A new SDK with
a new name, or a type that is newly reviewed, fails here until somebody has read it: write an attack for what it opens,
a row or a check for the attack, and its name into the list.
"""

import csv
from collections import defaultdict
from pathlib import Path

from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types

from falaj.sandbox.clouds.sdk_schema import sdk

from .enumerations import types_in

SDK = sdk("pulumi_aws")
READ = Path(__file__).with_name("fields_read_awsb.csv")
_DEPTH = 6
_READ_ELSEWHERE = (
    "alb apigateway apigatewayv2 appautoscaling appmesh apprunner appsync arczonalshift autoscaling backup batch "
    "cloudfront datasync directconnect dlm drs ebs ec2 ec2clientvpn ec2transitgateway ecr ecrpublic ecs efs eks "
    "elasticbeanstalk elb fms fsx glacier globalaccelerator imagebuilder lambda lb lightsail networkfirewall "
    "networkflowmonitor networkmanager networkmonitor outposts rbin route53 route53domains route53recoverycontrol "
    "route53recoveryreadiness s3 s3control s3outposts s3tables servicediscovery shield storagegateway transfer "
    "verifiedaccess vpc vpclattice waf wafregional wafv2"
)
"""Modules of networks, machines and stores of files, between spaces."""


def declared_names() -> dict[str, set[str]]:
    """Returns the modules with the names of the properties of their accepted types."""
    names: dict[str, set[str]] = defaultdict(set)
    for token in (evaluated_types(ALL) | reviewed_types().keys()) & SDK.tokens.keys():
        module = token.split(":")[1].split("/")[0]
        if module not in _READ_ELSEWHERE.split():
            paths = types_in(SDK, SDK.schema(token).inputs, _DEPTH)
            names[module].update(path.rpartition(".")[2] for path, _ in paths)
    return names


def test_every_name_was_read() -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        read = {row["module"]: set(row["names"].split()) for row in csv.DictReader(file)}
    declared = declared_names()
    unread = {module: sorted(names - read.get(module, set())) for module, names in declared.items()}
    assert {module: names for module, names in unread.items() if names} == {}
    assert sorted(read.keys() - declared.keys()) == []
    assert list(read) == sorted(read)
