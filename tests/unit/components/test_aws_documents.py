"""IAM policy documents grant exactly what each service needs."""

import json

from falaj.components.aws.identity import iam_policies as documents

ACCOUNT = "123456789012"


def _by_sid(text: str) -> dict[str, dict[str, object]]:
    return {statement["Sid"]: statement for statement in json.loads(text)["Statement"]}


def test_a_key_policy_leaves_the_key_to_the_account_and_nothing_else() -> None:
    assert _by_sid(documents.key_policy(ACCOUNT)) == {
        "AccountManages": {
            "Sid": "AccountManages",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": ["kms:*"],
            "Resource": ["*"],
        }
    }


def test_logs_use_a_key_for_one_group_only() -> None:
    use = documents.logs_use(ACCOUNT, "me-central-1", "/aws/eks/uae/cluster").to_dict()
    assert use["Principal"] == {"Service": "logs.me-central-1.amazonaws.com"}
    assert use["Condition"] == {
        "ArnEquals": {
            "kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:me-central-1:{ACCOUNT}:log-group:/aws/eks/uae/cluster"
        }
    }


def test_disks_use_a_key_only_through_ec2_of_the_region_and_from_the_account() -> None:
    use = documents.disks_use(ACCOUNT, "me-central-1").to_dict()
    assert use["Principal"] == {"AWS": "*"}
    assert set(use["Action"]) == {  # type: ignore[call-overload]
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncrypt*",
        "kms:GenerateDataKey*",
        "kms:CreateGrant",
        "kms:DescribeKey",
    }
    assert use["Condition"] == {
        "StringEquals": {"kms:ViaService": "ec2.me-central-1.amazonaws.com", "kms:CallerAccount": ACCOUNT}
    }


def test_a_bucket_policy_only_denies() -> None:
    statements = _by_sid(documents.tls_only("arn:aws:s3:::b"))
    assert {sid: statement["Effect"] for sid, statement in statements.items()} == {"TlsOnly": "Deny", "Tls12": "Deny"}
    for statement in statements.values():
        assert (statement["Action"], statement["Principal"]) == (["s3:*"], {"AWS": "*"})
        assert statement["Resource"] == ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]
    assert statements["TlsOnly"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert statements["Tls12"]["Condition"] == {"NumericLessThan": {"s3:TlsVersion": "1.2"}}


def test_no_identity_policy_allows_all_actions_on_all_resources() -> None:
    for text in (documents.secrets_use("arn:key"), documents.write_logs("arn:group")):
        for statement in _by_sid(text).values():
            assert statement["Resource"] in (["arn:key"], ["arn:group:*"])
            assert not any(action.endswith(":*") or action == "*" for action in statement["Action"])  # type: ignore[attr-defined]


def test_a_role_trusts_one_service() -> None:
    assert json.loads(documents.service_trust("pods.eks.amazonaws.com", "sts:TagSession"))["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "pods.eks.amazonaws.com"},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
        }
    ]
