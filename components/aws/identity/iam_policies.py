"""IAM policy documents: statements as data, and the documents that this package's resources carry. Pure."""

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
        """As JSON has it."""
        plain: dict[str, object] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals is not None:
            plain["Principal"] = dict(self.principals)
        plain |= {"Action": list(self.actions), "Resource": list(self.resources)}
        if self.conditions:
            plain["Condition"] = {test: dict(values) for test, values in self.conditions.items()}
        return plain


def document(*statements: Statement) -> str:
    """The policy document of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement.plain() for statement in statements]})


def trust(service: str, *also: str) -> str:
    """A role's trust in one AWS service; `also` are actions beside `sts:AssumeRole` (Pod Identity tags sessions)."""
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole", *also],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def key_policy(account: str, *uses: Statement) -> str:
    """A key's policy: the account's own policies decide who manages it, and `uses` who else may use it.

    Naming the account's root is what lets IAM policies apply to the key at all; without it nobody could ever change
    the key again (KMS Developer Guide, default key policy).
    """
    return document(Statement("AccountManages", ("kms:*",), principals={"AWS": f"arn:aws:iam::{account}:root"}), *uses)


def logs_use(account: str, region: str, group: str) -> Statement:
    """CloudWatch Logs may use the key for one log group only."""
    arn = f"arn:aws:logs:{region}:{account}:log-group:{group}"
    return Statement(
        "LogsEncrypt",
        ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
        principals={"Service": f"logs.{region}.amazonaws.com"},
        conditions={"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": arn}},
    )


def disks_use(account: str, region: str) -> Statement:
    """Whoever starts machines or volumes in this account may use the key, through EC2 only.

    Naming the Auto Scaling role instead fails in a fresh account, where it does not exist yet; nodes then die with
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


def tls_only(bucket: str, *also: Statement) -> str:
    """A bucket's policy: nothing over plain HTTP or a TLS older than 1.2, and `also`. `bucket` is an ARN."""
    everything = (bucket, f"{bucket}/*")
    everyone = {"AWS": EVERYONE}
    return document(
        Statement("TlsOnly", ("s3:*",), everything, everyone, {"Bool": {"aws:SecureTransport": "false"}}, "Deny"),
        Statement("Tls12", ("s3:*",), everything, everyone, {"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "Deny"),
        *also,
    )


def secrets_use(key: str) -> str:
    """What a cluster's role may do with the key of its secrets. `key` is an ARN."""
    actions = ("kms:Encrypt", "kms:Decrypt", "kms:DescribeKey", "kms:ListGrants", "kms:CreateGrant")
    return document(Statement("SecretsKey", actions, (key,)))


def disks_of_volumes(key: str) -> str:
    """What the driver of EBS volumes may do with the key of disks. `key` is an ARN.

    Grants only for EC2, which encrypts the volume, never for whoever the driver would name (EKS User Guide, Amazon EBS
    CSI driver, encryption with a key of one's own).
    """
    use = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")
    grants = ("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant")
    for_services = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return document(
        Statement("GrantToEc2", grants, (key,), conditions=for_services), Statement("UseDiskKey", use, (key,))
    )


def write_logs(group: str) -> str:
    """What the flow-log service's role may do: write to one log group. `group` is an ARN."""
    actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
    return document(Statement("WriteFlowLogs", actions, (f"{group}:*",)))
