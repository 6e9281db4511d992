"""Policies and roles that AWS and projects of the CNCF publish for their controllers, with an account's own names."""

from ..blind import KEY, ME, TAGS, aws, document, policy, role, statement
from ..harness import Given
from . import Idiom

MANAGED = "arn:aws:iam::aws:policy"
REGION = "me-central-1"
OIDC_HOST = f"oidc.eks.{REGION}.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"
CLUSTER = f"arn:aws:eks:{REGION}:{ME}:cluster/platform"
ORG = "o-abcdefghij"
EC2 = f"arn:aws:ec2:{REGION}"
ROOT = {"AWS": f"arn:aws:iam::{ME}:root"}
IRSA_DOC = "docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html"


def irsa(account: str) -> Given:
    """Returns the role of a service account."""
    return role({"Federated": f"arn:aws:iam::{ME}:oidc-provider/{OIDC_HOST}"},
                {"StringEquals": {f"{OIDC_HOST}:sub": f"system:serviceaccount:{account}",
                                  f"{OIDC_HOST}:aud": "sts.amazonaws.com"}},
                "sts:AssumeRoleWithWebIdentity", name="role")  # fmt: skip


def attach(name: str, policy_name: str) -> Given:
    """Returns the attachment of a managed policy to the role `role`."""
    return aws("iam/RolePolicyAttachment", {"role": "r", "policyArn": f"{MANAGED}/{policy_name}"}, name,
               links={"role": ("role",)})  # fmt: skip


def service_role(service: str, *policies: str) -> tuple[Given, ...]:
    """Returns the role of a service with managed policies."""
    return (
        aws("iam/Role", {"name": "r", "tags": TAGS, "assumeRolePolicy": document(
            {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})}, "role"),
        *(attach(f"a{index}", name) for index, name in enumerate(policies)),
    )  # fmt: skip


def tagged(key: str, *, request: bool = False, value: object = "owned") -> dict[str, object]:
    """Returns a condition on a tag of the resource, or of the request."""
    return {"StringEquals": {f"aws:{'Request' if request else 'Resource'}Tag/{key}": value}}


ALB_TAG = "elbv2.k8s.aws/cluster"
ALB = (
    statement("iam:CreateServiceLinkedRole", "*",
              {"StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}}),
    statement(["ec2:DescribeAvailabilityZones", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
               "ec2:DescribeVpcs", "ec2:GetCoipPoolUsage", "elasticloadbalancing:DescribeListeners",
               "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetHealth"]),
    statement(["acm:ListCertificates", "acm:DescribeCertificate", "cognito-idp:DescribeUserPoolClient",
               "wafv2:GetWebACL", "wafv2:GetWebACLForResource", "shield:GetSubscriptionState"]),
    statement(["ec2:CreateTags"], "arn:aws:ec2:*:*:security-group/*", {
        "StringEquals": {"ec2:CreateAction": "CreateSecurityGroup"},
        "Null": {f"aws:RequestTag/{ALB_TAG}": "false"}}),
    statement(["ec2:CreateTags", "ec2:DeleteTags"], "arn:aws:ec2:*:*:security-group/*", {
        "Null": {f"aws:RequestTag/{ALB_TAG}": "true", f"aws:ResourceTag/{ALB_TAG}": "false"}}),
    statement(["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", "ec2:DeleteSecurityGroup"], "*",
              {"Null": {f"aws:ResourceTag/{ALB_TAG}": "false"}}),
    statement(["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"], "*",
              {"Null": {f"aws:RequestTag/{ALB_TAG}": "false"}}),
    statement(["elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:DeleteLoadBalancer",
               "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:ModifyTargetGroup"], "*",
              {"Null": {f"aws:ResourceTag/{ALB_TAG}": "false"}}),
    statement(["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
              "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*"),
)  # fmt: skip
ALB_OPEN = (
    statement(["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]),
    statement("ec2:CreateSecurityGroup"),
    statement(["elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener",
               "elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteRule"]),
    statement(["elasticloadbalancing:SetWebAcl", "elasticloadbalancing:ModifyListener",
               "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:ModifyRule"]),
)  # fmt: skip
EBS_TAG = "ebs.csi.aws.com/cluster"
EBS = (
    statement(["ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeTags", "ec2:DescribeVolumes",
               "ec2:DescribeVolumesModifications", "ec2:DescribeAvailabilityZones"]),
    statement(["ec2:CreateSnapshot", "ec2:ModifyVolume"], "arn:aws:ec2:*:*:volume/*", tagged(EBS_TAG, value="true")),
    statement(["ec2:AttachVolume", "ec2:DetachVolume"], ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*"]),
    statement("ec2:CreateTags", ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*"],
              {"StringEquals": {"ec2:CreateAction": ["CreateVolume", "CreateSnapshot"]}}),
    statement("ec2:CreateVolume", "arn:aws:ec2:*:*:volume/*", tagged(EBS_TAG, request=True, value="true")),
    statement(["ec2:DeleteVolume", "ec2:DeleteSnapshot"], ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*"],
              tagged(EBS_TAG, value="true")),
    statement(["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"], KEY,
              {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
    statement(["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], KEY),
)  # fmt: skip
OWNED = "kubernetes.io/cluster/platform"
KARPENTER = (
    statement(["ec2:RunInstances", "ec2:CreateFleet"], [
        f"{EC2}::image/*", f"{EC2}::snapshot/*", f"{EC2}:*:security-group/*", f"{EC2}:*:subnet/*",
        f"{EC2}:*:capacity-reservation/*"]),
    statement(["ec2:RunInstances", "ec2:CreateFleet"], f"{EC2}:*:launch-template/*", {
        "StringEquals": {f"aws:ResourceTag/{OWNED}": "owned"}, "StringLike": {
            "aws:ResourceTag/karpenter.sh/nodepool": "*"}}),
    statement(["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"], [
        f"{EC2}:*:fleet/*", f"{EC2}:*:instance/*", f"{EC2}:*:volume/*", f"{EC2}:*:network-interface/*",
        f"{EC2}:*:launch-template/*", f"{EC2}:*:spot-instances-request/*"], {
        "StringEquals": {f"aws:RequestTag/{OWNED}": "owned", "aws:RequestTag/eks:eks-cluster-name": "platform"},
        "StringLike": {"aws:RequestTag/karpenter.sh/nodepool": "*"}}),
    statement("ec2:CreateTags", [f"{EC2}:*:fleet/*", f"{EC2}:*:instance/*", f"{EC2}:*:volume/*"], {
        "StringEquals": {f"aws:RequestTag/{OWNED}": "owned",
                         "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"]}}),
    statement(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"], [
        f"{EC2}:*:instance/*", f"{EC2}:*:launch-template/*"], tagged(OWNED)),
    statement(["ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeSubnets",
               "ec2:DescribeSpotPriceHistory"], "*", {"StringEquals": {"aws:RequestedRegion": REGION}}),
    statement("ssm:GetParameter", f"arn:aws:ssm:{REGION}::parameter/aws/service/*"),
    statement("pricing:GetProducts"),
    statement(["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], f"arn:aws:sqs:{REGION}:{ME}:platform"),
    statement("iam:PassRole", f"arn:aws:iam::{ME}:role/KarpenterNodeRole-platform",
              {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
    statement("eks:DescribeCluster", CLUSTER),
)  # fmt: skip


def bucket_policy(*statements: dict[str, object]) -> Given:
    """Returns the policy of the bucket `logs`."""
    return aws("s3/BucketPolicy", {"bucket": "logs", "policy": document(*statements)})


TLS_ONLY = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Sid": "DenyInsecureTransport",
            "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip


def allow(principal: object, action: object, resource: object, condition: object = None) -> dict[str, object]:
    """Returns a statement of a resource policy."""
    extra = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource, **extra}


def key_policy(*statements: dict[str, object]) -> Given:
    """Returns a key with the account's administrators and further users."""
    return aws("kms/Key", {"description": "x", "enableKeyRotation": True, "deletionWindowInDays": 30, "tags": TAGS,
                           "policy": document(allow(ROOT, "kms:*", "*"), *statements)})  # fmt: skip


TRAIL = f"arn:aws:cloudtrail:{REGION}:{ME}:trail/platform"
TLS_QUEUE = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": f"arn:aws:sqs:{REGION}:{ME}:platform",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("AWS Load Balancer Controller: the statements that are limited by its tag", (policy(*ALB),),
          "kubernetes-sigs/aws-load-balancer-controller docs/install/iam_policy.json"),
    Idiom("AWS Load Balancer Controller: the whole published policy", (policy(*ALB, *ALB_OPEN),),
          "kubernetes-sigs/aws-load-balancer-controller docs/install/iam_policy.json", {"presets": ["alb-controller"]}),
    Idiom("EBS CSI driver with a customer-managed key", (policy(*EBS), irsa("kube-system:ebs-csi-controller-sa")),
          "kubernetes-sigs/aws-ebs-csi-driver docs/example-iam-policy.json"),
    Idiom("Karpenter controller", (policy(*KARPENTER), irsa("karpenter:karpenter")),
          "aws/karpenter-provider-aws .../getting-started-with-karpenter/cloudformation.yaml"),
    Idiom("Cluster Autoscaler, limited by the tag of the cluster", (policy(
        statement(["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeTags", "ec2:DescribeInstanceTypes",
                   "ec2:GetInstanceTypesFromInstanceRequirements", "eks:DescribeNodegroup"]),
        statement(["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"], "*",
                  tagged("k8s.io/cluster-autoscaler/platform"))),),
        "kubernetes/autoscaler cluster-autoscaler/cloudprovider/aws/README.md"),
    Idiom("external-dns in one zone", (policy(
        statement("route53:ChangeResourceRecordSets", ZONE),
        statement(["route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResources"])),
        irsa("external-dns:external-dns")), "kubernetes-sigs/external-dns docs/tutorials/aws.md"),
    Idiom("cert-manager with DNS challenges", (policy(
        statement("route53:GetChange", "arn:aws:route53:::change/*"),
        statement(["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], ZONE),
        statement("route53:ListHostedZonesByName")), irsa("cert-manager:cert-manager")),
        "cert-manager.io/docs/configuration/acme/dns01/route53"),
    Idiom("External Secrets of one prefix", (policy(
        statement(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                  f"arn:aws:secretsmanager:{REGION}:{ME}:secret:platform/*"),
        statement("secretsmanager:ListSecrets"), statement("kms:Decrypt", KEY)),
        irsa("external-secrets:external-secrets")), "external-secrets.io/latest/provider/aws-secrets-manager"),
    Idiom("Velero with one bucket", (policy(
        statement(["ec2:DescribeVolumes", "ec2:DescribeSnapshots"]),
        statement(["ec2:CreateSnapshot", "ec2:CreateVolume", "ec2:DeleteSnapshot"],
                  ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*"],
                  tagged("kubernetes.io/cluster/platform")),
        statement(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
                  "arn:aws:s3:::platform-velero/*"),
        statement("s3:ListBucket", "arn:aws:s3:::platform-velero")), irsa("velero:velero-server")),
        "velero-io/velero-plugin-for-aws README.md"),
    Idiom("role of a service account with the VPC CNI's policy",
          (irsa("kube-system:aws-node"), attach("cni", "AmazonEKS_CNI_Policy")), IRSA_DOC,
          doubt="the managed policy changes network interfaces of the whole account; AWS recommends it for this role"),
    Idiom("role of EKS nodes", service_role("ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy",
                                            "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"),
          "docs.aws.amazon.com/eks/latest/userguide/create-node-role.html"),
    Idiom("role of an EKS cluster", service_role("eks.amazonaws.com", "AmazonEKSClusterPolicy"),
          "docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html"),
    Idiom("execution role of a function in a VPC", service_role(
        "lambda.amazonaws.com", "service-role/AWSLambdaVPCAccessExecutionRole"),
        "docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"),
    Idiom("role for enhanced monitoring of RDS", service_role(
        "monitoring.rds.amazonaws.com", "service-role/AmazonRDSEnhancedMonitoringRole"),
        "terraform-aws-modules/terraform-aws-rds modules/db_instance"),
    Idiom("role of AWS Backup", service_role(
        "backup.amazonaws.com", "service-role/AWSBackupServiceRolePolicyForBackup",
        "service-role/AWSBackupServiceRolePolicyForRestores"),
        "docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"),
    Idiom("flow logs to CloudWatch", (
        role({"Service": "vpc-flow-logs.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}),
        policy(statement(["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                         f"arn:aws:logs:{REGION}:{ME}:log-group:/vpc/flow:*"))),
        "docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html"),
    Idiom("GitHub Actions role for one environment", (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
        {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                          "token.actions.githubusercontent.com:sub": "repo:example/platform:environment:prod"}},
        "sts:AssumeRoleWithWebIdentity"),
        aws("iam/OpenIdConnectProvider", {"url": "https://token.actions.githubusercontent.com",
                                          "clientIdLists": ["sts.amazonaws.com"], "tags": TAGS}, "provider")),
        "docs.github.com/actions/security-for-github-actions, OpenID Connect in AWS"),
    Idiom("role of EKS Pod Identity", (role(
        {"Service": "pods.eks.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}},
        ["sts:AssumeRole", "sts:TagSession"]),
        aws("eks/PodIdentityAssociation", {"clusterName": "platform", "namespace": "orders",
                                           "serviceAccount": "orders", "tags": TAGS,
                                           "roleArn": f"arn:aws:iam::{ME}:role/orders"}, "association")),
        "docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html"),
    Idiom("bucket policy for TLS only", (bucket_policy(TLS_ONLY),), "AWS Config rule s3-bucket-ssl-requests-only"),
    Idiom("bucket policy of CloudTrail", (bucket_policy(
        allow({"Service": "cloudtrail.amazonaws.com"}, "s3:GetBucketAcl", "arn:aws:s3:::logs",
              {"StringEquals": {"aws:SourceArn": TRAIL}}),
        allow({"Service": "cloudtrail.amazonaws.com"}, "s3:PutObject", f"arn:aws:s3:::logs/AWSLogs/{ME}/*", {
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": TRAIL}}), TLS_ONLY),),
        "docs.aws.amazon.com/awscloudtrail, Amazon S3 bucket policy for CloudTrail"),
    Idiom("bucket policy of load balancers' access logs", (bucket_policy(
        allow({"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}, "s3:PutObject",
              f"arn:aws:s3:::logs/alb/AWSLogs/{ME}/*"), TLS_ONLY),),
        "docs.aws.amazon.com/elasticloadbalancing, Enable access logs"),
    Idiom("key for log groups", (key_policy(allow(
        {"Service": f"logs.{REGION}.amazonaws.com"},
        ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"], "*",
        {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{REGION}:{ME}:*"}})),),
        "docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"),
    Idiom("key for node volumes, with a grant for Auto Scaling", (key_policy(
        allow({"AWS": f"arn:aws:iam::{ME}:role/aws-service-role/autoscaling.amazonaws.com/"
                      "AWSServiceRoleForAutoScaling"},
              ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], "*"),
        allow({"AWS": f"arn:aws:iam::{ME}:role/aws-service-role/autoscaling.amazonaws.com/"
                      "AWSServiceRoleForAutoScaling"}, "kms:CreateGrant", "*",
              {"Bool": {"kms:GrantIsForAWSResource": "true"}})),),
        "docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html"),
    Idiom("Karpenter's interruption queue", (
        aws("sqs/Queue", {"name": "platform", "messageRetentionSeconds": 300, "kmsMasterKeyId": KEY, "tags": TAGS}),
        aws("sqs/QueuePolicy", {"queueUrl": "q", "policy": document(
            allow({"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]}, "sqs:SendMessage",
                  f"arn:aws:sqs:{REGION}:{ME}:platform", {"StringEquals": {"aws:SourceAccount": ME}}),
            TLS_QUEUE)}, "policy")), "aws/karpenter-provider-aws .../cloudformation.yaml"),
    Idiom("bucket that the organisation reads", (bucket_policy(
        allow("*", "s3:GetObject", "arn:aws:s3:::logs/*", {"StringEquals": {"aws:PrincipalOrgID": ORG}}), TLS_ONLY),),
        "docs.aws.amazon.com/IAM, aws:PrincipalOrgID",
        {"identity": {"trusted": {ORG: "the bank's own organisation"}}}),
)  # fmt: skip
