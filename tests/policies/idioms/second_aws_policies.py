"""Policies, trust and resource policies as AWS's own guides write them, second blind set."""

from ..blind import KEY, ME, TAGS, aws, document, policy, role, statement
from ..harness import Given
from . import Idiom
from .aws_policies import ORG, REGION, ROOT, attach, irsa, service_role

DOCS = "docs.aws.amazon.com"
BUCKET = "arn:aws:s3:::orders"
LOGS = f"arn:aws:logs:{REGION}:{ME}:log-group"
OURS = {"identity": {"trusted": {ORG: "the bank's own organisation"}}}
SOURCE = {"StringEquals": {"aws:SourceAccount": ME}}
NO_TLS = {"Effect": "Deny", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def by(service: str, action: object, resource: object, condition: object) -> dict[str, object]:
    """Returns a statement for a service of AWS."""
    return statement(action, resource, condition, Principal={"Service": f"{service}.amazonaws.com"})


def bucket_policy(bucket: str, *statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns the policy of a bucket that also denies requests without TLS."""
    arn = f"arn:aws:s3:::{bucket}"
    tls = {**NO_TLS, "Action": "s3:*", "Resource": [arn, f"{arn}/*"]}
    return (aws("s3/BucketPolicy", {"bucket": bucket, "policy": document(*statements, tls)}),)


def key_policy(*statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns a key that its account administers."""
    own = statement("kms:*", "*", None, Principal=ROOT)
    return (aws("kms/Key", {"enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
                            "policy": document(own, *statements)}),)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("EFS CSI driver with access points that carry its tag", (irsa("kube-system:efs-csi-controller-sa"), policy(
        statement(["elasticfilesystem:DescribeAccessPoints", "elasticfilesystem:DescribeFileSystems",
                   "elasticfilesystem:DescribeMountTargets", "ec2:DescribeAvailabilityZones"]),
        statement("elasticfilesystem:CreateAccessPoint", "*", {
            "Null": {"aws:RequestTag/efs.csi.aws.com/cluster": "false"},
            "ForAllValues:StringEquals": {"aws:TagKeys": "efs.csi.aws.com/cluster"}}),
        statement("elasticfilesystem:DeleteAccessPoint", "*", {
            "StringLike": {"aws:ResourceTag/efs.csi.aws.com/cluster": "true"}}))),
        "kubernetes-sigs/aws-efs-csi-driver docs/iam-policy-example.json",
        {"identity": {"unrestricted_actions": {
            "elasticfilesystem:CreateAccessPoint": "as the driver's project publishes it"}}}),
    Idiom("Secrets Store CSI for one secret", (irsa("orders:orders"), policy(
        statement(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                  f"arn:aws:secretsmanager:{REGION}:{ME}:secret:orders/db-AbCdEf"), statement("kms:Decrypt", KEY))),
        f"{DOCS}/secretsmanager/latest/userguide/integrating_csi_driver.html"),
    Idiom("remote write to one workspace of Managed Prometheus", (irsa("monitoring:prometheus"), policy(
        statement(["aps:RemoteWrite", "aps:GetSeries", "aps:GetLabels", "aps:GetMetricMetadata"],
                  f"arn:aws:aps:{REGION}:{ME}:workspace/ws-12345678"))),
        f"{DOCS}/prometheus/latest/userguide/set-up-irsa.html"),
    Idiom("Fluent Bit for the log groups of the cluster", (irsa("logging:fluent-bit"), policy(
        statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                  [f"{LOGS}:/aws/eks/platform/*", f"{LOGS}:/aws/eks/platform/*:log-stream:*"]))),
        f"{DOCS}/AmazonCloudWatch/latest/monitoring/Container-Insights-setup-logs-FluentBit.html"),
    Idiom("CloudWatch agent", (policy(
        statement(["cloudwatch:PutMetricData", "ec2:DescribeVolumes", "ec2:DescribeTags", "logs:DescribeLogGroups",
                   "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules"]),
        statement("ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ME}:parameter/AmazonCloudWatch-linux")),),
        f"{DOCS}/aws-managed-policy/latest/reference/CloudWatchAgentServerPolicy.html"),
    Idiom("machine that is managed by Session Manager, with encrypted logs", (*service_role("ec2.amazonaws.com"),
        policy(
        statement(["ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel",
                   "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]),
        statement("s3:PutObject", "arn:aws:s3:::session-logs/ssm/*"), statement("s3:GetEncryptionConfiguration",
                                                                                 "arn:aws:s3:::session-logs"),
        statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("iam/InstanceProfile", {"role": "r", "tags": TAGS}, "profile")),
        f"{DOCS}/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html"),
    Idiom("execution role of a task of ECS", (*service_role("ecs-tasks.amazonaws.com"), policy(
        statement("ecr:GetAuthorizationToken"),
        statement(["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
                  f"arn:aws:ecr:{REGION}:{ME}:repository/orders"),
        statement(["logs:CreateLogStream", "logs:PutLogEvents"], f"{LOGS}:/ecs/orders:*"),
        statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ME}:secret:orders/*"),
        statement("kms:Decrypt", KEY))), f"{DOCS}/AmazonECS/latest/developerguide/task_execution_IAM_role.html"),
    Idiom("function that reads a stream", (*service_role("lambda.amazonaws.com"), policy(
        statement(["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
                   "kinesis:ListShards", "kinesis:SubscribeToShard"], f"arn:aws:kinesis:{REGION}:{ME}:stream/orders"),
        statement("kms:Decrypt", KEY), statement("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ME}:orders-dead"))),
        f"{DOCS}/lambda/latest/dg/with-kinesis.html"),
    Idiom("replication of a bucket to another bucket of the account", (*service_role("s3.amazonaws.com"), policy(
        statement(["s3:GetReplicationConfiguration", "s3:ListBucket"], BUCKET),
        statement(["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
                  f"{BUCKET}/*"),
        statement(["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], "arn:aws:s3:::orders-copy/*"),
        statement("kms:Decrypt", KEY, {"StringLike": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}),
        statement("kms:Encrypt", KEY, {"StringLike": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}))),
        f"{DOCS}/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html"),
    Idiom("role of the recorder of Config", service_role("config.amazonaws.com", "service-role/AWS_ConfigRole"),
          f"{DOCS}/config/latest/developerguide/iamrole-permissions.html"),
    Idiom("rule of EventBridge that starts one state machine", (*service_role("events.amazonaws.com"), policy(
        statement("states:StartExecution", f"arn:aws:states:{REGION}:{ME}:stateMachine:orders"))),
        f"{DOCS}/eventbridge/latest/userguide/eb-use-identity-based.html"),
    Idiom("state machine that delivers its logs", (*service_role("states.amazonaws.com"), policy(
        statement(["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
                   "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
                   "logs:DescribeLogGroups"]))), f"{DOCS}/step-functions/latest/dg/cw-logs.html",
        {"identity": {"unrestricted_actions": dict.fromkeys(
            ("logs:CreateLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:PutResourcePolicy"),
            "AWS requires every resource for the delivery of logs")}}),
    Idiom("network role of DMS", service_role("dms.amazonaws.com", "service-role/AmazonDMSVPCManagementRole"),
          f"{DOCS}/dms/latest/userguide/security-iam.html"),
    Idiom("service control policy against the root user, leaving and switching off trails", (aws(
        "organizations/Policy", {"name": "baseline", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS,
            "content": document(
            {"Effect": "Deny", "Action": "*", "Resource": "*",
             "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}},
            {"Effect": "Deny", "Action": ["organizations:LeaveOrganization", "cloudtrail:StopLogging",
                                          "cloudtrail:DeleteTrail"], "Resource": "*"})}),),
        f"{DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html"),
    Idiom("resource control policy for identities of the organisation only", (aws(
        "organizations/Policy", {"name": "perimeter", "type": "RESOURCE_CONTROL_POLICY", "tags": TAGS,
                                 "content": document({
            "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:*"],
            "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORG},
                                           "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}})}),),
        "aws-samples/data-perimeter-policy-examples", OURS),
    Idiom("key of a trail", key_policy(
        by("cloudtrail", "kms:GenerateDataKey*", "*", {
            "StringEquals": {"aws:SourceArn": f"arn:aws:cloudtrail:{REGION}:{ME}:trail/org"},
            "StringLike": {"kms:EncryptionContext:aws:cloudtrail:arn": f"arn:aws:cloudtrail:*:{ME}:trail/*"}}),
        by("cloudtrail", "kms:DescribeKey", "*", SOURCE)),
        f"{DOCS}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html"),
    Idiom("key of a topic to which EventBridge publishes", key_policy(
        by("events", ["kms:GenerateDataKey", "kms:Decrypt"], "*", SOURCE)),
        f"{DOCS}/eventbridge/latest/userguide/eb-encryption-key-policy.html"),
    Idiom("bucket of Config's deliveries", bucket_policy(
        "config-history",
        by("config", ["s3:GetBucketAcl", "s3:ListBucket"], "arn:aws:s3:::config-history", SOURCE),
        by("config", "s3:PutObject", f"arn:aws:s3:::config-history/AWSLogs/{ME}/Config/*", {
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": ME}})),
        f"{DOCS}/config/latest/developerguide/s3-bucket-policy.html"),
    Idiom("bucket of flow logs", bucket_policy(
        "flow-logs", by("delivery.logs", "s3:PutObject", f"arn:aws:s3:::flow-logs/AWSLogs/{ME}/*", {
            "StringEquals": {"aws:SourceAccount": ME, "s3:x-amz-acl": "bucket-owner-full-control"},
            "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{REGION}:{ME}:*"}}),
        by("delivery.logs", "s3:GetBucketAcl", "arn:aws:s3:::flow-logs", {
            **SOURCE, "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{REGION}:{ME}:*"}})),
        f"{DOCS}/vpc/latest/userguide/flow-logs-s3-permissions.html"),
    Idiom("queue for events of one bucket", (aws("sqs/QueuePolicy", {
        "queueUrl": f"https://sqs.{REGION}.amazonaws.com/{ME}/uploads", "policy": document(
            by("s3", "sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ME}:uploads", {
                **SOURCE, "ArnLike": {"aws:SourceArn": BUCKET}}),
            {**NO_TLS, "Action": "sqs:*", "Resource": f"arn:aws:sqs:{REGION}:{ME}:uploads"})}),),
        f"{DOCS}/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"),
    Idiom("repository from which the organisation pulls", (aws("ecr/RepositoryPolicy", {
        "repository": "base", "policy": document({
            "Sid": "Pull", "Effect": "Allow", "Principal": "*",
            "Action": ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability"],
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORG}}})}),),
        f"{DOCS}/AmazonECR/latest/userguide/repository-policy-examples.html", OURS),
    Idiom("role for machines of the data centre by Roles Anywhere", (aws("iam/Role", {
        "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"},
            "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], "Condition": {
                "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "backup.dc1.example.ae"},
                "ArnEquals": {"aws:SourceArn": f"arn:aws:rolesanywhere:{REGION}:{ME}:trust-anchor/"
                                               "11111111-2222-3333-4444-555555555555"}}})}),),
        f"{DOCS}/rolesanywhere/latest/userguide/trust-model.html"),
    Idiom("role for people who sign in by SAML", (role(
        {"Federated": f"arn:aws:iam::{ME}:saml-provider/bank"},
        {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}, "sts:AssumeRoleWithSAML"),),
        f"{DOCS}/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html"),
    Idiom("role of one branch of a project of GitLab", (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/gitlab.com"},
        {"StringEquals": {"gitlab.com:aud": "https://gitlab.com",
                          "gitlab.com:sub": "project_path:bank/platform:ref_type:branch:ref:main"}},
        "sts:AssumeRoleWithWebIdentity"),), "docs.gitlab.com/ci/cloud_services/aws",
        {"identity": {"repositories": {"https://gitlab.com/bank": "the group of the bank"}}}),
    Idiom("one model of Bedrock, and the profile of pods on Fargate", (irsa("chat:chat"), policy(
        statement(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
                  f"arn:aws:bedrock:{REGION}::foundation-model/anthropic.claude-3-haiku-20240307-v1:0")),
        aws("iam/Role", {"name": "f", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "eks-fargate-pods.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"ArnLike": {"aws:SourceArn": f"arn:aws:eks:{REGION}:{ME}:fargateprofile/platform/*"}}})},
            "fargate"), attach("f", "AmazonEKSFargatePodExecutionRolePolicy")),
        f"{DOCS}/eks/latest/userguide/pod-execution-role.html"),
)  # fmt: skip
