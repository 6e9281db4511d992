"""Good idioms beside the attacks of `attacks/listed_aws_paths.py`, as AWS documents them (read 2026-12-01)."""

from ..blind import ME, policy, statement
from . import Idiom

R = "me-central-1"


def _idiom(name: str, source: str, *statements: dict[str, object]) -> Idiom:
    """Returns the idiom of one policy."""
    return Idiom(name, (policy(*statements),), source)


IDIOMS = (
    _idiom("the support desk makes users of its own pool", "Amazon Cognito, actions on user pools",
           statement(["cognito-idp:AdminCreateUser", "cognito-idp:AdminEnableUser", "cognito-idp:AdminForgetDevice"],
                     f"arn:aws:cognito-idp:{R}:{ME}:userpool/me-central-1_AbCdEfGhI"),
           statement(["cognito-idp:ListUserPools"])),
    _idiom("operators fail over the database of orders and read the state of all", "Amazon RDS, policies by name",
           statement(["rds:FailoverDBCluster", "rds:PromoteReadReplica"],
                     [f"arn:aws:rds:{R}:{ME}:cluster:orders", f"arn:aws:rds:{R}:{ME}:db:orders"]),
           statement(["rds:DescribeDBClusters", "rds:DescribeEvents"])),
    _idiom("people resume the sessions that they began", "Systems Manager, 'Sample IAM policies for Session Manager'",
           statement(["ssm:TerminateSession", "ssm:ResumeSession"],
                     "arn:aws:ssm:*:*:session/${aws:username}-*")),
    _idiom("an agent runs code in the interpreter of AWS and in its own", "Bedrock AgentCore, code interpreter",
           statement(["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter",
                      "bedrock-agentcore:StopCodeInterpreterSession"],
                     [f"arn:aws:bedrock-agentcore:{R}:aws:code-interpreter/aws.codeinterpreter.v1",
                      f"arn:aws:bedrock-agentcore:{R}:{ME}:code-interpreter/reports-AbCdEf1234"])),
    _idiom("a worker polls for the jobs of its own kind of action", "CodePipeline, custom actions",
           statement(["codepipeline:PollForJobs"],
                     f"arn:aws:codepipeline:{R}:{ME}:actiontype:Custom/Test/bank-scanner/1"),
           statement(["codepipeline:AcknowledgeJob", "codepipeline:GetJobDetails", "codepipeline:PutJobSuccessResult"],
                     f"arn:aws:codepipeline:{R}:{ME}:payments")),
    _idiom("an image factory removes images with its own tag", "Amazon EC2, 'Control access with tags'",
           statement(["ec2:DeregisterImage"], f"arn:aws:ec2:{R}::image/*",
                     {"StringEquals": {"aws:ResourceTag/factory": "bank-images"}})),
    _idiom("a program writes traces and reads its rules of sampling", "AWS X-Ray, AWSXRayDaemonWriteAccess",
           statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                      "xray:GetSamplingTargets"])),
    _idiom("operators tunnel through one endpoint to the port of SSH", "EC2 Instance Connect Endpoint, permissions",
           statement("ec2-instance-connect:OpenTunnel",
                     f"arn:aws:ec2:{R}:{ME}:instance-connect-endpoint/eice-0123456789abcdef0",
                     {"NumericEquals": {"ec2-instance-connect:remotePort": "22"}}),
           statement(["ec2:DescribeInstances", "ec2:DescribeInstanceConnectEndpoints"])),
    _idiom("an assistant has each answer checked by a guardrail", "Amazon Bedrock, 'Permissions to use guardrails'",
           statement(["bedrock:ApplyGuardrail"])),
    _idiom("a scanner reports what it found", "prowler-cloud/prowler 3e000faa, its role of a scan",
           statement(["securityhub:BatchImportFindings", "securityhub:GetFindings"])),
    _idiom("nodes pull images and a pull-through cache fills itself", "Amazon ECR, AmazonEC2ContainerRegistryPullOnly",
           statement(["ecr:BatchImportUpstreamImage", "ecr:BatchGetImage", "ecr:GetAuthorizationToken",
                      "ecr:GetDownloadUrlForLayer"])),
    _idiom("a program rotates the secret of its database", "AWS Secrets Manager, rotation",
           statement(["secretsmanager:RotateSecret"],
                     f"arn:aws:secretsmanager:{R}:{ME}:secret:orders/db-AbCdEf")),
)  # fmt: skip
