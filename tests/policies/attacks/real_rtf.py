"""Attacks near the mends after published programs for AWS were read (2026-11-30)."""

from ..blind import TAGS, aws, document, policy, statement
from ..harness import UNKNOWN
from . import Attack

_SERVICES = {"Bool": {"aws:PrincipalIsAWSService": "true"}}

ATTACKS = (
    Attack("a bucket is open to every service of AWS in the name of any account", ("FJ-EXP-112",), (
        aws("s3/BucketPolicy", {"bucket": "bank-records", "policy": document(
            statement("s3:GetObject", "arn:aws:s3:::bank-records/*", _SERVICES, Principal="*"))}),),
        "critical", "the confused deputy: a service reads it for a stranger"),
    Attack("an endpoint lets callers in that are no service of AWS", ("FJ-EXP-112",), (
        aws("ec2/VpcEndpoint", {
            "vpcId": "vpc-0123456789abcdef0", "serviceName": "com.amazonaws.me-central-1.s3", "tags": TAGS,
            "policy": document(statement(
                "*", "*", {"Bool": {"aws:PrincipalIsAWSService": "false"}}, Principal="*"))}),),
        "critical", "data goes to any bucket through the endpoint"),
    Attack("records of connections go to a bucket that nothing in the plan shows", ("FJ-RES-106",), (
        aws("ec2/FlowLog", {
            "vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "s3", "logDestination": UNKNOWN,
            "tags": TAGS}),),
        "major", "a bucket abroad gets who calls whom"),
    Attack("a role deletes snapshots that lack the tag of the driver", ("FJ-IDN-109",), (policy(statement(
        "ec2:DeleteSnapshot", "*", {"StringNotLike": {"ec2:ResourceTag/CSIVolumeSnapshotName": "*"}})),),
        "major", "copies of others are gone"),
    Attack("people open workspaces by a name that they choose themselves", ("FJ-IDN-104",), (policy(statement(
        "sagemaker:CreatePresignedDomainUrl", "*",
        {"StringEquals": {"sagemaker:ResourceTag/studiouserid": "${aws:RequestTag/WorkspaceName}"}})),),
        "critical", "whoever names another's workspace gets its notebooks"),
    Attack("people open workspaces by a part of a tag of their own", ("FJ-IDN-104",), (policy(statement(
        "sagemaker:CreatePresignedDomainUrl", "*",
        {"StringLike": {"sagemaker:ResourceTag/studiouserid": "${aws:PrincipalTag/WorkspaceName}*"}})),),
        "critical", "a name that begins like another's, or is empty, opens every workspace"),
)  # fmt: skip
