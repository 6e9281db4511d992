"""IAM policy documents: statements as data, and the documents of this package's resources. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Condition = Mapping[str, Mapping[str, str | Sequence[str]]]
EVERYONE = "*"


@dataclass(frozen=True)
class Statement:
    """One statement. `principals` is `{"Service": ...}` or `{"AWS": ...}`; absent in an identity's own policy."""

    sid: str
    actions: Sequence[str]
    resources: Sequence[str] = ("*",)
    principals: Mapping[str, str | Sequence[str]] | None = None
    conditions: Condition = field(default_factory=dict[str, Mapping[str, str | Sequence[str]]])
    effect: str = "Allow"

    def plain(self) -> dict[str, object]:
        """The statement as in JSON."""
        plain: dict[str, object] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals is not None:
            plain["Principal"] = dict(self.principals)
        plain |= {"Action": list(self.actions), "Resource": list(self.resources)}
        if self.conditions:
            plain["Condition"] = {test: dict(values) for test, values in self.conditions.items()}
        return plain


def document(*statements: Statement) -> str:
    """A policy document of these statements, as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement.plain() for statement in statements]})


def trust(service: str, *actions: str) -> str:
    """Trust in one AWS service. `actions` are allowed besides `sts:AssumeRole` (Pod Identity tags sessions)."""
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole", *actions],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def key_policy(account: str, *uses: Statement) -> str:
    """A KMS key's policy: IAM policies of the account decide who manages it, `uses` allow its use to others.

    Naming the account's root makes IAM policies apply to the key. Without it nobody could ever change the key again
    (KMS Developer Guide, default key policy).
    """
    return document(Statement("AccountManages", ("kms:*",), principals={"AWS": f"arn:aws:iam::{account}:root"}), *uses)


def logs_use(account: str, region: str, group: str) -> Statement:
    """CloudWatch Logs may use the key, for one log group."""
    arn = f"arn:aws:logs:{region}:{account}:log-group:{group}"
    return Statement(
        "LogsEncrypt",
        ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
        principals={"Service": f"logs.{region}.amazonaws.com"},
        conditions={"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": arn}},
    )


def disks_use(account: str, region: str) -> Statement:
    """Principals of this account may use the key through EC2, to start machines and create volumes.

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
    """A bucket's policy: denies plain HTTP and TLS older than 1.2, and has `statements`. `bucket` is an ARN."""
    everything = (bucket, f"{bucket}/*")
    everyone = {"AWS": EVERYONE}
    return document(
        Statement("TlsOnly", ("s3:*",), everything, everyone, {"Bool": {"aws:SecureTransport": "false"}}, "Deny"),
        Statement("Tls12", ("s3:*",), everything, everyone, {"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "Deny"),
        *statements,
    )


def secrets_use(key: str) -> str:
    """A cluster role's policy on the key of its secrets. `key` is an ARN."""
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants", "kms:CreateGrant")
    return document(Statement("SecretsKey", actions, (key,)))


def volume_key_use(key: str) -> str:
    """The EBS CSI driver's policy on the key of volumes. `key` is an ARN.

    It may create grants for AWS services only, such as EC2, which encrypts the volume (EKS User Guide, Amazon EBS CSI
    driver, encryption with a customer-managed key).
    """
    use = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")
    grants = ("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant")
    for_services = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return document(
        Statement("GrantToEc2", grants, (key,), conditions=for_services), Statement("UseDiskKey", use, (key,))
    )


def write_logs(group: str) -> str:
    """Policy of the flow-log service's role: write to one log group. `group` is an ARN."""
    actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
    return document(Statement("WriteFlowLogs", actions, (f"{group}:*",)))
