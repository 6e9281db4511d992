"""Selections of AWS Backup, and what the account has opted in to."""

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSUME
from tests.unit.clouds.driver import Driver, refused

VAULT, PLAN, SELECTION = "aws:backup/vault:Vault", "aws:backup/plan:Plan", "aws:backup/selection:Selection"


def test_a_selection_by_tag_protects_what_the_account_has_opted_in_to(aws: Driver) -> None:
    vault = aws.create(VAULT, "vault", name="vault")
    rule: Json = {"ruleName": "r", "targetVaultName": vault.name}
    plan = aws.create(PLAN, "p", rules=[rule])
    role = aws.create("aws:iam/role:Role", "r", assumeRolePolicy=ASSUME)
    selection: dict[str, Json] = {"planId": plan.id, "iamRoleArn": role["arn"]}
    tag: Json = {"type": "STRINGEQUALS", "key": "k", "value": "v"}
    for inputs in ({"resources": ["*"]}, {"selectionTags": [tag]}):
        assert "protects nothing: no opt-in to EBS, EFS, S3" in refused(
            lambda inputs=inputs: aws.create(SELECTION, "s", **selection, **inputs)
        )
    aws.create(SELECTION, "named", **selection, resources=["arn:aws:ec2:*:*:volume/*"])
    opt_in: Json = {"EBS": True, "EFS": True, "S3": True}
    aws.create("aws:backup/regionSettings:RegionSettings", "o", resourceTypeOptInPreference=opt_in)
    aws.create(SELECTION, "s", **selection, resources=["*"])
