"""Messages name properties as the program's language does, and say which value to set."""

import re
from pathlib import Path

import pulumi_aws
import pulumi_azure_native
import pulumi_kubernetes
import pytest
from guardrails.engine.evaluate import Finding
from guardrails.engine.languages import program_language, python_name, python_path
from guardrails.engine.messages import message_of
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import failed, undetermined
from guardrails.registry import ALL

from .harness import Given, Pack

GETTER = re.compile(r'@pulumi\.getter\(name="(\w+)"\)\n(?:    @\w+.*\n)*    def (\w+)\(')
MODULES = (
    (pulumi_aws, "rds", "s3", "eks", "ec2", "opensearch", "apigateway", "sagemaker"),
    (pulumi_azure_native, "containerservice", "storage", "network"),
    (pulumi_kubernetes, "core", "apps", "networking", "helm"),
)
DIFFERENT = {"sendMDNAsynchronously"}
"""Names of the SDKs that follow no rule, of 26,939 names in the three (2026-11-27)."""


def test_names_are_those_of_the_sdks() -> None:
    names = {
        pair
        for sdk, *modules in MODULES
        for module in modules
        for file in (Path(str(sdk.__file__)).parent / module).rglob("*.py")
        for pair in GETTER.findall(file.read_text())
    }
    assert len(names) > 3000
    wrong = {name: python_name(name) for name, wanted in names if python_name(name) != wanted.rstrip("_")}
    assert set(wrong) <= DIFFERENT


@pytest.mark.parametrize(
    ("token", "path", "expected"),
    [
        ("aws:s3/bucket:Bucket", "rule.applyServerSideEncryptionByDefault.sseAlgorithm",
         "rule.apply_server_side_encryption_by_default.sse_algorithm"),
        ("aws:iam/policy:Policy", "policy.Statement[0]", ""),
        ("aws:iam/role:Role", "inlinePolicies[0].policy.Statement[1]", "inline_policies[0].policy.Statement[1]"),
        ("aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions[0].portMappings",
         "container_definitions[0].portMappings"),
        ("azure-native:compute:VirtualMachine", "osProfile.linuxConfiguration.disablePasswordAuthentication",
         "os_profile.linux_configuration.disable_password_authentication"),
        ("kubernetes:apps/v1:Deployment", "spec.template.spec.containers[0].securityContext",
         "spec.template.spec.containers[0].security_context"),
        ("kubernetes:networking.k8s.io/v1:Ingress", "spec.ingressClassName", "spec.ingress_class_name"),
        ("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "rules[0].apiGroups", "rules[0].api_groups"),
        ("kubernetes:ray.io/v1:RayCluster", "spec.headGroupSpec", ""),
        ("kubernetes:helm.sh/v1:Release", "values.hostNetwork", ""),
        ("kubernetes:helm.sh/v1:Release", "valueYamlFiles[0].hostNetwork", "value_yaml_files[0].hostNetwork"),
        ("aws:lambda/function:Function", "environment.variables.MY_KeyName", ""),
        ("aws:sqs/queue:Queue", "", ""),
    ],
)  # fmt: skip
def test_a_path_is_written_as_in_python(token: str, path: str, expected: str) -> None:
    assert python_path(token, path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("name: a\nruntime: python\n", "python"), ("name: a\nruntime: {name: nodejs}\n", "nodejs"), ("[1\n", ""),
     ("name: a\n", ""), ("- a\n", "")],
)  # fmt: skip
def test_the_language_is_that_of_the_project(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "src").mkdir()
    assert program_language(tmp_path / "src") == ""
    (tmp_path / "Pulumi.yaml").write_text(text)
    assert program_language(tmp_path / "src") == expected


def messages(language: str, token: str, props: dict[str, object]) -> list[str]:
    return [item.text for item in Pack(language=language).evaluate_resource(Given(token, props))]


def test_a_python_program_reads_its_own_names() -> None:
    database = "aws:rds/instance:Instance"
    text = next(item for item in messages("python", database, {"storageEncrypted": False}) if "ENC-10" in item)
    assert "storageEncrypted (Python: storage_encrypted) must be true" in text
    assert "Fix: Set storage_encrypted to true" in text
    text = next(item for item in messages("nodejs", database, {"storageEncrypted": False}) if "ENC-10" in item)
    assert "Python" not in text
    assert "Fix: Set storageEncrypted to true" in text


RULE = next(rule for rule in ALL if rule.remedy == "Set the property in the message")


@pytest.mark.parametrize(
    ("sentence", "fix"),
    [
        ("a.b must be true", "Set a.b to true"),
        ("a.b must not be true", "Set a.b to false"),
        ("a.b must be set", "Set a.b"),
        ("a.b must not be set", "Remove a.b"),
        ("a.b must not be NONE", "Set a.b to another value than NONE"),
        ("a.b must be at least 14", "Set a.b to at least 14"),
        ("a.b is not allowed here", "Set a.b"),
    ],
)
def test_a_fix_names_property_and_value(sentence: str, fix: str) -> None:
    resource = Resource("urn", "aws:ebs/volume:Volume", "it", {})
    assert message_of(Finding(RULE, resource, failed(sentence, "a.b")), "").endswith(f"Fix: {fix}.")
    unknown = undetermined(f"{sentence}, and this is not known before deployment", "a.b")
    assert message_of(Finding(RULE, resource, unknown), "").endswith(f"Fix: {fix}.")


def test_a_known_value_replaces_the_description_of_the_value() -> None:
    resource = Resource("urn", "aws:ebs/volume:Volume", "it", {})
    rule = next(rule for rule in ALL if rule.id == "FJ-ENC-102")
    assert message_of(Finding(rule, resource, failed("encrypted must be true", "encrypted")), "").endswith(
        "Fix: Set encrypted to true."
    )
    text = message_of(Finding(rule, resource, failed("kmsKeyId must name a customer-managed key", "kmsKeyId")), "")
    assert "Fix: Set kmsKeyId, with the ARN of a customer-managed aws.kms.Key" in text


def test_no_remedy_leaves_the_reader_to_the_message() -> None:
    resource = Resource("urn", "aws:ebs/volume:Volume", "it", {})
    texts = [message_of(Finding(rule, resource, failed("a.b must be true", "a.b")), "") for rule in ALL]
    assert [text for text in texts if re.search(r"[Ss]et .*in the message|as said", text)] == []
