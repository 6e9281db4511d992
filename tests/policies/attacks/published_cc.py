"""Attacks beside the good idioms of `idioms/published_cc.py`: conditions that name nothing (2026-11-30)."""

from ..blind import ME, policy, statement
from . import Attack


def _every(service: str, *kinds: str) -> list[str]:
    return [f"arn:aws:{service}:me-central-1:{ME}:{kind}" for kind in kinds]


ATTACKS = (
    Attack("routes of every network lead elsewhere, whatever the network", ("FJ-IDN-109",), (policy(
        statement("ec2:DisassociateRouteTable", _every("ec2", "subnet/*", "route-table/*"),
                  {"ArnLike": {"ec2:Vpc": [f"arn:aws:ec2:me-central-1:{ME}:vpc/vpc-{digit}*"
                                           for digit in "0123456789abcdef"]}})),)),
    Attack("every service of every cluster of containers is changed", ("FJ-IDN-109",), (policy(
        statement("ecs:UpdateService", _every("ecs", "service/*"),
                  {"ArnLike": {"ecs:cluster": f"arn:aws:ecs:me-central-1:{ME}:cluster/*"}})),)),
    Attack("every function gets its events from elsewhere", ("FJ-IDN-109",), (policy(
        statement("lambda:UpdateEventSourceMapping", "*",
                  {"ArnLike": {"lambda:FunctionArn": f"arn:aws:lambda:me-central-1:{ME}:function:*"}})),)),
    Attack("databases of others are deleted for a tag that the request brings", ("FJ-IDN-109",), (policy(
        statement("rds:DeleteDBCluster", _every("rds", "cluster:*"),
                  {"StringEquals": {"rds:req-tag/team": "payments"}})),)),
    Attack("notebooks of every user get another script at their start", ("FJ-IDN-109",), (policy(
        statement(["sagemaker:UpdateTrialComponent", "sagemaker:UpdateDomain"],
                  _every("sagemaker", "experiment-trial-component/*", "domain/*"))),)),
)  # fmt: skip
