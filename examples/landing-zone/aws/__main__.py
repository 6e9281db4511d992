"""The network of a site on AWS, and a runner of GitHub Actions inside it: both exist before the site's private API.

The output `network` is the value of `aws.network` in the stack file of the site, and `codebuild_project` the value of
the repository's variable FALAJ_CODEBUILD_PROJECT, from which the workflows make the label of jobs that run inside. The
runner has no rights of its own in the account: jobs assume the role of the pipeline by OIDC.
"""

import json

import pulumi
import pulumi_aws

from falaj.components import aws

CONFIG = pulumi.Config("landing-zone")
REGION, TAGS = CONFIG.require("region"), CONFIG.require_object("tags")
CONNECTION = CONFIG.require("connection")
JOB_MINUTES = 150
"""Longest build in minutes: a job of the workflows and the start of its machine. By default CodeBuild ends a build
after 60 minutes (CreateProject, timeoutInMinutes)."""
CONNECTION_ACTIONS = ("codeconnections:GetConnection", "codeconnections:GetConnectionToken")
"""Actions with which a project uses a GitHub App connection (CodeBuild User Guide, connections-github-app)."""
EC2_ACTIONS = (
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
)
"""Actions with which CodeBuild connects a build to a VPC (CodeBuild User Guide, VPC permissions)."""
ACCOUNT_USES_KEY = ("kms:*",)

account = aws.site_provider("landing", REGION)
here = pulumi.ResourceOptions(providers=[account])
child = pulumi.ResourceOptions(provider=account)
owner = pulumi_aws.get_caller_identity_output(opts=pulumi.InvokeOptions(provider=account)).account_id

network = aws.Network(
    "landing",
    aws.NetworkArgs(
        region=REGION,
        cidr=CONFIG.require("cidr"),
        zones=CONFIG.require_int("zones"),
        tags=TAGS,
    ),
    here,
)


def policy(*statements: dict) -> str:
    """Returns a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def key_policy(owner_id: str) -> str:
    """Returns the policy of the runner's key: identities of the account, and CloudWatch Logs for its log group."""
    root = {"AWS": f"arn:aws:iam::{owner_id}:root"}
    logs = f"arn:aws:logs:{REGION}:{owner_id}:log-group:/aws/codebuild/*"
    return policy(
        {"Sid": "Account", "Effect": "Allow", "Principal": root, "Action": ACCOUNT_USES_KEY, "Resource": "*"},
        {
            "Sid": "Logs",
            "Effect": "Allow",
            "Principal": {"Service": f"logs.{REGION}.amazonaws.com"},
            "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
        },
    )


def runner_policy(resolved: list) -> str:
    """Returns what the runner itself may do: join the VPC, write its log, use its key and the connection to the code
    host."""
    log_group, key_arn, owner_id = resolved
    interfaces = f"arn:aws:ec2:{REGION}:{owner_id}:network-interface/*"
    service = {"StringEquals": {"ec2:AuthorizedService": "codebuild.amazonaws.com"}}
    return policy(
        {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": f"{log_group}:*"},
        {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": key_arn},
        {"Effect": "Allow", "Action": EC2_ACTIONS, "Resource": "*"},
        {"Effect": "Allow", "Action": CONNECTION_ACTIONS, "Resource": CONNECTION},
        {
            "Effect": "Allow",
            "Action": "ec2:CreateNetworkInterfacePermission",
            "Resource": interfaces,
            "Condition": service,
        },
    )


key = pulumi_aws.kms.Key(
    "runner-key",
    description="Encrypts the log and the files of the runner",
    enable_key_rotation=True,
    deletion_window_in_days=30,
    policy=owner.apply(key_policy),
    tags=TAGS,
    opts=child,
)
name = f"falaj-runner-{pulumi.get_stack()}"
logs = pulumi_aws.cloudwatch.LogGroup(
    "runner-logs", name=f"/aws/codebuild/{name}", retention_in_days=90, kms_key_id=key.arn, tags=TAGS, opts=child
)
trusted = {"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}
role = pulumi_aws.iam.Role("runner-role", assume_role_policy=policy(trusted), tags=TAGS, opts=child)
rights = pulumi_aws.iam.RolePolicy(
    "runner-rights",
    role=role.name,
    policy=pulumi.Output.all(logs.arn, key.arn, owner).apply(runner_policy),
    opts=child,
)
group = pulumi_aws.ec2.SecurityGroup(
    "runner-group",
    description="The runner: no way in, HTTPS out",
    vpc_id=network.network_id,
    tags=TAGS,
    opts=child,
)
pulumi_aws.vpc.SecurityGroupEgressRule(
    "runner-https",
    security_group_id=group.id,
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
    cidr_ipv4="0.0.0.0/0",
    description="The code host, AWS and the private API server",
    tags=TAGS,
    opts=child,
)
project = pulumi_aws.codebuild.Project(
    "runner",
    name=name,
    description="Runs jobs of the platform's pipeline inside the network",
    service_role=role.arn,
    encryption_key=key.arn,
    build_timeout=JOB_MINUTES,
    artifacts={"type": "NO_ARTIFACTS"},
    environment={
        "type": "LINUX_CONTAINER",
        "compute_type": "BUILD_GENERAL1_MEDIUM",
        "image": "aws/codebuild/standard:7.0",
    },
    source={"type": "GITHUB", "location": CONFIG.require("repository")},
    vpc_config={
        "vpc_id": network.network_id,
        "subnets": network.node_subnet_ids,
        "security_group_ids": [group.id],
    },
    logs_config={"cloudwatch_logs": {"group_name": logs.name, "status": "ENABLED"}},
    tags=TAGS,
    # The build may start as soon as the project exists.
    opts=pulumi.ResourceOptions(provider=account, depends_on=[rights]),
)
# The credential of the region for GitHub: it replaces one that is there.
credential = pulumi_aws.codebuild.SourceCredential(
    "runner-source", auth_type="CODECONNECTIONS", server_type="GITHUB", token=CONNECTION, opts=child
)
pulumi_aws.codebuild.Webhook(
    "runner-jobs",
    project_name=project.name,
    build_type="BUILD",
    filter_groups=[{"filters": [{"type": "EVENT", "pattern": "WORKFLOW_JOB_QUEUED"}]}],
    opts=pulumi.ResourceOptions(provider=account, depends_on=[credential, rights]),
)

pulumi.export(
    "network",
    {
        "existing": {
            "vpc_id": network.network_id,
            "node_subnet_ids": network.node_subnet_ids,
            "control_plane_subnet_ids": network.control_plane_subnet_ids,
            "s3_endpoint_id": network.s3_endpoint_id,
        }
    },
)
pulumi.export("private_access_cidrs", [network.cidr])
pulumi.export("codebuild_project", project.name)
