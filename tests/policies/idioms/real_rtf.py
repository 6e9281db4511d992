"""Good idioms in the shape of published programs for AWS, which were refused at first (2026-11-30)."""

import base64

from ..blind import KEY, ME, TAGS, aws, crd, document, k8s, meta, policy, role, statement, workload
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced

_NEURON = {"key": "aws.amazon.com/neuron", "operator": "Exists", "effect": "NoSchedule"}
_GAMES = {"key": "agones.dev/agones-system", "operator": "Equal", "value": "true", "effect": "NoExecute"}
_S3 = {"vpcId": "vpc-0123456789abcdef0", "serviceName": "com.amazonaws.me-central-1.s3", "tags": TAGS,
       "routeTableIds": ["rtb-0123456789abcdef0"]}  # fmt: skip
_OWN = {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5"}
_CLUSTER = "oidc.eks.me-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
_PEOPLE = {"Federated": f"arn:aws:iam::{ME}:saml-provider/people"}
_DOCKER = """#!/bin/bash
apt-get update
apt-get install -y docker-ce docker-ce-cli containerd.io docker-buildx-plugin
"""


def _endpoint(*statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns an endpoint of S3 with statements for everybody who reaches it."""
    return (aws("ec2/VpcEndpoint", {**_S3, "policy": document(*({**item, "Principal": "*"} for item in statements))}),)


IDIOMS = (
    Idiom("pods tolerate the taints of Neuron and of a controller of games", (
        workload("apps/v1:Deployment", {}, tolerations=[_NEURON, _GAMES]),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")),
        "aws-ia/terraform-aws-eks-blueprints patterns/aws-neuron-efa and agones-game-controller, read 2026-11-30"),
    Idiom("only jobs for Neuron get the machines of Karpenter that have it", (
        crd("karpenter.sh/v1:NodePool", {"limits": {"cpu": "96", "memory": "512Gi"}, "template": {
            "metadata": {"labels": TAGS}, "spec": {
                "taints": [{"key": "aws.amazon.com/neuron", "effect": "NoSchedule"}],
                "startupTaints": [{"key": "agones.dev/starting", "effect": "NoSchedule"}], "requirements": [],
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "neuron"}}}}),),
        "awslabs/ai-on-eks infra, read 2026-11-30", unpriced("kubernetes:karpenter.sh/v1:NodePool::it")),
    Idiom("machines install Docker with the package of containerd", (
        aws("ec2/LaunchTemplate", {
            "name": "desktops", "tags": TAGS, "userData": base64.b64encode(_DOCKER.encode()).decode(),
            "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvdb", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 100}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}),),
        "aws-samples/amazon-eks-machine-learning-with-terraform-and-kubeflow ml-ops-desktop.yaml, read 2026-11-30"),
    Idiom("a network keeps the rules that AWS gives its default network ACL", (aws("ec2/DefaultNetworkAcl", {
        "defaultNetworkAclId": UNKNOWN, "tags": TAGS, **{way: [
            {"action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0, "ruleNo": 100, "cidrBlock": "0.0.0.0/0"},
            {"action": "allow", "protocol": "-1", "fromPort": 0, "toPort": 0, "ruleNo": 101, "ipv6CidrBlock": "::/0"}]
            for way in ("ingress", "egress")}}),),
        "terraform-aws-modules/terraform-aws-vpc main.tf; AWS Security Hub CSPM, EC2.21, read 2026-11-30"),
    Idiom("records of connections go to a log group of the platform's stack", (aws("ec2/FlowLog", {
        "vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs", "logDestination": UNKNOWN,
        "iamRoleArn": UNKNOWN, "tags": TAGS}),),
        "aws-ia/terraform-aws-vpc modules/flow_logs, read 2026-11-30"),
    Idiom("a directory in the network has a domain of its own", (aws("directoryservice/Directory", {
        "name": "corp.example.com", "password": UNKNOWN, "edition": "Standard", "type": "MicrosoftAD", "tags": TAGS,
        "vpcSettings": {"vpcId": UNKNOWN, "subnetIds": [UNKNOWN, UNKNOWN]}}),),
        "terraform-aws-modules/terraform-aws-rds examples/complete-mssql, read 2026-11-30",
        unpriced("aws:directoryservice/directory:Directory::it")),
    Idiom("services of AWS that work in the network reach their own resources through its endpoint", _endpoint(
        statement("*", "*", {"StringEquals": _OWN}),
        statement("*", "*", {"Bool": {"aws:PrincipalIsAWSService": "true"}})),
        "aws-samples/data-perimeter-policy-examples vpc_endpoint_policies/README.md, read 2026-11-30",
        {"identity": {"trusted": {_OWN["aws:PrincipalOrgID"]: "our own organisation"}}}),
    Idiom("the driver of disks deletes and locks only the snapshots that it took", (policy(statement(
        ["ec2:DeleteSnapshot", "ec2:LockSnapshot"], "*",
        {"StringLike": {"ec2:ResourceTag/CSIVolumeSnapshotName": "*"}})),),
        "terraform-aws-modules/terraform-aws-eks-pod-identity aws_ebs_csi.tf, read 2026-11-30"),
    Idiom("jobs of EMR have a role for the accounts of their namespace that EMR names", (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{_CLUSTER}"},
        {"StringEquals": {f"{_CLUSTER}:aud": "sts.amazonaws.com"},
         "StringLike": {f"{_CLUSTER}:sub": f"system:serviceaccount:reports:emr-containers-sa-*-*-{ME}-abc123"}},
        "sts:AssumeRoleWithWebIdentity"),),
        "terraform-aws-modules/terraform-aws-emr modules/virtual-cluster, read 2026-11-30"),
    Idiom("people of the bank's own sign-in are named in their sessions", (aws("iam/Role", {
        "tags": TAGS, "assumeRolePolicy": document(
            {"Effect": "Allow", "Principal": _PEOPLE, "Action": "sts:AssumeRoleWithSAML",
             "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}},
            {"Effect": "Allow", "Principal": _PEOPLE, "Action": ["sts:SetSourceIdentity", "sts:TagSession"]})}),),
        "awsdocs/iam-user-guide doc_source/id_credentials_temp_control-access_monitor.md, read 2026-11-30"),
    Idiom("whoever runs an application of Elastic Beanstalk changes no other", (policy(statement(
        ["elasticbeanstalk:CreateApplicationVersion", "elasticbeanstalk:UpdateApplicationVersion"], "*",
        {"StringEquals": {"elasticbeanstalk:InApplication": [
            f"arn:aws:elasticbeanstalk:me-central-1:{ME}:application/orders"]}})),),
        "awsdocs/aws-elastic-beanstalk-developer-guide AWSHowTo.iam.example.resource.md, read 2026-11-30"),
    Idiom("people open the workspace of SageMaker that has the name in their own tag", (policy(statement(
        "sagemaker:CreatePresignedDomainUrl", "*",
        {"StringEquals": {"sagemaker:ResourceTag/studiouserid": "${aws:PrincipalTag/WorkspaceName}"}})),),
        "awsdocs/amazon-sagemaker-developer-guide a869fa5c setting-up-canvas-sso.md, read 2026-11-30"),
)  # fmt: skip
