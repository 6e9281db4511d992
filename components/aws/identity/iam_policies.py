"""IAM policy documents, and the policies of the AWS components. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Condition = Mapping[str, Mapping[str, str | Sequence[str]]]
EVERYONE = "*"


@dataclass(frozen=True)
class Statement:
    """One policy statement. `principals` is `{"Service": ...}` or `{"AWS": ...}`, and None in an identity-based
    policy."""

    sid: str
    actions: Sequence[str]
    resources: Sequence[str] = ("*",)
    principals: Mapping[str, str | Sequence[str]] | None = None
    conditions: Condition = field(default_factory=dict[str, Mapping[str, str | Sequence[str]]])
    effect: str = "Allow"

    def to_dict(self) -> dict[str, object]:
        """Returns the statement in the form that IAM reads."""
        fields: dict[str, object] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals is not None:
            fields["Principal"] = dict(self.principals)
        fields |= {"Action": list(self.actions), "Resource": list(self.resources)}
        if self.conditions:
            fields["Condition"] = {test: dict(values) for test, values in self.conditions.items()}
        return fields


def document(*statements: Statement) -> str:
    """Returns a policy document with these statements, as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement.to_dict() for statement in statements]})


def service_trust(service: str, *actions: str) -> str:
    """Returns a trust policy for one AWS service. `actions` are allowed besides `sts:AssumeRole`: Pod Identity needs
    `sts:TagSession`."""
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole", *actions],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def key_policy(account: str, *uses: Statement) -> str:
    """Returns a KMS key policy. IAM policies of the account decide who manages the key; `uses` let others use it.

    The statement for the account's root makes IAM policies apply to the key. Without it nobody could ever change the
    key again (KMS Developer Guide, default key policy).
    """
    return document(Statement("AccountManages", ("kms:*",), principals={"AWS": f"arn:aws:iam::{account}:root"}), *uses)


def logs_use(account: str, region: str, group: str) -> Statement:
    """Returns a statement that lets CloudWatch Logs use the key for one log group."""
    arn = f"arn:aws:logs:{region}:{account}:log-group:{group}"
    return Statement(
        "LogsEncrypt",
        ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
        principals={"Service": f"logs.{region}.amazonaws.com"},
        conditions={"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": arn}},
    )


def disks_use(account: str, region: str) -> Statement:
    """Returns a statement that lets principals of this account use the key through EC2, to start machines and create
    volumes.

    Naming the Auto Scaling role instead fails in a new account, where it does not exist yet: nodes then stop with
    `Client.InvalidKMSKey.InvalidState` (Karpenter's troubleshooting guide, which has this statement).
    """
    return Statement(
        "DisksThroughEc2",
        (
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:CreateGrant",
            "kms:DescribeKey",
        ),
        principals={"AWS": EVERYONE},
        conditions={"StringEquals": {"kms:ViaService": f"ec2.{region}.amazonaws.com", "kms:CallerAccount": account}},
    )


def tls_only(bucket: str, *statements: Statement) -> str:
    """Returns a bucket policy that denies plain HTTP and TLS older than 1.2, followed by `statements`. `bucket` is an
    ARN."""
    everything = (bucket, f"{bucket}/*")
    everyone = {"AWS": EVERYONE}
    return document(
        Statement("TlsOnly", ("s3:*",), everything, everyone, {"Bool": {"aws:SecureTransport": "false"}}, "Deny"),
        Statement("Tls12", ("s3:*",), everything, everyone, {"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "Deny"),
        *statements,
    )


def secrets_use(key: str) -> str:
    """Returns the IAM policy that lets a cluster's role use the key of Kubernetes secrets. `key` is an ARN."""
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants", "kms:CreateGrant")
    return document(Statement("SecretsKey", actions, (key,)))


def volume_key_use(key: str) -> str:
    """Returns the IAM policy that lets the EBS CSI driver use the key of volumes. `key` is an ARN.

    The driver may create grants only for AWS services, such as EC2, which encrypts the volume (EKS User Guide, Amazon
    EBS CSI driver, encryption with a customer-managed key).
    """
    use_actions = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")
    grant_actions = ("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant")
    aws_services_only = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return document(
        Statement("GrantToEc2", grant_actions, (key,), conditions=aws_services_only),
        Statement("UseDiskKey", use_actions, (key,)),
    )


def write_logs(group: str) -> str:
    """Returns the IAM policy that lets the flow-log role write to one log group. `group` is an ARN."""
    actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
    return document(Statement("WriteFlowLogs", actions, (f"{group}:*",)))
