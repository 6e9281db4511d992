"""Mutations of planned resources that the scanners must find, which proves that the scanners work."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.scan.plan import Planned

REMOVED = object()


@dataclass(frozen=True)
class Broken:
    """One property of all planned resources of a type, set to `value` or removed, and the rules that must report it.

    `rules` is a list such as `checkov CKV_AWS_53, trivy AWS-0086`; `where` is a pattern of the resources' labels.
    """

    type: str
    path: tuple[str | int, ...]
    value: Any
    rules: str
    where: str = "*"


def document(*actions: str, effect: str = "Allow", **more: Any) -> str:
    """Returns a policy document with one statement for all resources."""
    statement = {"Effect": effect, "Action": list(actions), "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


EKS = "aws:eks/cluster:Cluster"
SG = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
NSG = "azure-native:network:NetworkSecurityGroup"
AKS = "azure-native:containerservice:ManagedCluster"
ACCOUNT = "azure-native:storage:StorageAccount"
VAULT = "azure-native:keyvault:Vault"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
IMDS = ("metadataOptions", "httpTokens")
INTERNET = {
    "name": "ssh",
    "access": "Allow",
    "direction": "Inbound",
    "priority": 100,
    "protocol": "Tcp",
    "sourceAddressPrefix": "*",
    "sourcePortRange": "*",
    "destinationAddressPrefix": "*",
    "destinationPortRange": "22",
}

BROKEN = [
    Broken(BLOCK, ("blockPublicAcls",), False, "checkov CKV_AWS_53, trivy AWS-0086"),
    Broken("aws:s3/bucketPolicy:BucketPolicy", ("policy",), document("s3:*", Principal="*"), "checkov CKV_AWS_70"),
    Broken("aws:ec2/launchTemplate:LaunchTemplate", IMDS, "optional", "checkov CKV_AWS_79, trivy AWS-0130"),
    Broken(SG, ("cidrIpv4",), "0.0.0.0/0", "trivy AWS-0107", "*-network-endpoints-*"),
    Broken(SG, ("fromPort",), 22, "checkov CKV_AWS_24"),
    Broken(EKS, ("vpcConfig", "endpointPublicAccess"), True, "checkov CKV_AWS_39, trivy AWS-0040"),
    Broken(EKS, ("encryptionConfig", "resources"), [], "checkov CKV_AWS_58, trivy AWS-0039"),
    Broken("aws:kms/key:Key", ("enableKeyRotation",), False, "checkov CKV_AWS_7, trivy AWS-0065"),
    Broken("aws:sns/topic:Topic", ("kmsMasterKeyId",), REMOVED, "checkov CKV_AWS_26, trivy AWS-0095"),
    Broken("aws:cloudwatch/logGroup:LogGroup", ("kmsKeyId",), REMOVED, "checkov CKV_AWS_158, trivy AWS-0017"),
    Broken(ROLE_POLICY, ("policy",), document("*"), "checkov CKV_AWS_62, checkov CKV_AWS_355"),
    Broken(ACCOUNT, ("enableHttpsTrafficOnly",), False, "checkov CKV_AZURE_3, trivy AZU-0008"),
    Broken(ACCOUNT, ("minimumTlsVersion",), "TLS1_0", "checkov CKV_AZURE_44, trivy AZU-0011"),
    Broken(ACCOUNT, ("networkRuleSet", "defaultAction"), "Allow", "checkov CKV_AZURE_35, trivy AZU-0012"),
    Broken(NSG, ("securityRules", 0), INTERNET, "checkov CKV_AZURE_10, trivy AZU-0050"),
    Broken(AKS, ("enableRBAC",), False, "checkov CKV_AZURE_5, trivy AZU-0042"),
    Broken(AKS, ("apiServerAccessProfile", "enablePrivateCluster"), False, "trivy AZU-0041, trivy AZU-0065"),
    Broken(VAULT, ("properties", "enablePurgeProtection"), REMOVED, "checkov CKV_AZURE_110, trivy AZU-0016"),
    Broken("aws:eks/nodeGroup:NodeGroup", ("capacityType",), "SPOTTY", "cfn-lint E3030"),
    Broken("aws:ec2/vpc:Vpc", ("cidrBlock",), "10.30.0.0/99", "cfn-lint E3002"),
    Broken("aws:iam/role:Role", ("assumeRolePolicy",), REMOVED, "cfn-lint E3003"),
    Broken(TOPIC_POLICY, ("policy",), document("sns:Publsh", Principal={"AWS": "1"}), "parliament UNKNOWN_ACTION"),
]


def broken(plans: Iterable[Planned], mutations: Iterable[Broken]) -> list[Planned]:
    """Returns the planned resources with every mutation applied to all resources of its type."""
    result = {(item.type, item.label): item for item in plans}
    for mutation in mutations:
        for key, item in result.items():
            if item.type == mutation.type:
                inputs = copy.deepcopy(dict(item.inputs))
                *parents, last = mutation.path
                target: Any = inputs
                for segment in parents:
                    target = target[segment]
                if mutation.value is REMOVED:
                    del target[last]
                else:
                    target[last] = mutation.value
                result[key] = replace(item, inputs=inputs)
    return list(result.values())
