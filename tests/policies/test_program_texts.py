"""What counts as a program in a resource, and by what it is known."""

from __future__ import annotations

import base64
import csv
import json
from typing import Any

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.engine.reading import UNKNOWN, Resource
from guardrails.engine.tokens import normalise
from guardrails.readers.program_digests import digest_of
from guardrails.readers.program_forms import is_certificate
from guardrails.readers.program_texts import Program, programs_in
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within

from .sdk_paths import has_path

CONFIG, SECRET, POD = "kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret", "kubernetes:core/v1:Pod"
RELEASE = "kubernetes:helm.sh/v3:Release"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n"
PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"
NAMES = st.sampled_from(
    ["data", "values", "config", "command", "args", "a.b", "annotations", "x-snippet", "spec", "rules"]
)
POLICY = json.dumps({"Version": "2012-10-17", "Statement": []}, indent=1)

with (DATA / "program_texts.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = [(row["type"], row["path"]) for row in csv.DictReader(_file)]


def programs(token: str, props: dict[str, Any]) -> list[Program]:
    return list(programs_in(Resource("urn:pulumi:dev::a::b::c", normalise(token), "c", props)))


def paths(token: str, props: dict[str, Any]) -> list[str]:
    return [program.path for program in programs(token, props)]


def digests(token: str, props: dict[str, Any]) -> list[str]:
    return [digest_of(program) for program in programs(token, props)]


def container(**words: Any) -> dict[str, Any]:
    return {"spec": {"containers": [{"name": "a", "image": "b", **words}]}}


@pytest.mark.parametrize(("token", "props", "expected"), [
    ("aws:mq/configuration:Configuration", {"data": "<broker>\n</broker>"}, ["data"]),
    ("aws:sqs/queue:Queue", {"deep": [{"a": {"b": "1\r2"}}]}, ["deep[0].a.b"]),
    ("aws:sqs/queue:Queue", {"description": "a\nb", "displayName": "a\nb"}, []),
    ("aws:lambda/function:Function", {"environment": {"variables": {"description": "a\nb"}}},
     ["environment.variables.description"]),
    ("aws:iot/certificate:Certificate", {"certificatePem": CERTIFICATE}, []),
    ("aws:iot/certificate:Certificate", {"certificatePem": CERTIFICATE + PRIVATE_KEY}, ["certificatePem"]),
    ("aws:ec2/keyPair:KeyPair", {"publicKey": "ssh-ed25519 AAAA a@b\n"}, []),
    ("aws:ec2/keyPair:KeyPair", {"publicKey": 'command="sh" ssh-ed25519 AAAA a@b\n'}, ["publicKey"]),
    ("aws:iam/policy:Policy", {"policy": POLICY}, []),
    ("aws:iam/role:Role", {"assumeRolePolicy": POLICY}, []),
    ("aws:sqs/queue:Queue", {"settings": POLICY}, ["settings"]),
    ("aws:iam/policy:Policy", {"policy": POLICY.replace("{", '{"States": 1,', 1)}, ["policy"]),
    ("aws:sfn/stateMachine:StateMachine", {"definition": "{}"}, ["definition"]),
    ("aws:wafv2/webAcl:WebAcl", {"rules": [{"name": "a"}]}, ["rules"]),
    ("aws:alb/listenerRule:ListenerRule", {"actions": [{"type": "forward"}], "priority": 1}, ["actions"]),
    ("aws:ec2/instance:Instance", {"userData": "reboot"}, ["userData"]),
    ("aws:codebuild/project:Project", {"source": {"type": "S3", "buildspec": "a: b"}}, ["source.buildspec"]),
    ("azure-native:apimanagement:ApiPolicy", {"value": "<policies/>", "format": "xml"}, ["value"]),
    ("azure-native:insights:ActivityLogAlert", {"condition": {"allOf": []}}, ["condition"]),
    ("azure-native:logic:Workflow", {"definition": {"actions": {}}}, ["definition"]),
    ("azure-native:compute:VirtualMachineExtension", {"settings": {"commandToExecute": "a"}}, ["settings"]),
    ("kubernetes:kyverno.io/v1:ClusterPolicy", {"spec": {"rules": [{"name": "a"}]}}, ["spec"]),
    ("kubernetes:constraints.gatekeeper.sh/v1beta1:K8sAny", {"spec": {"parameters": {"a": "b"}}}, ["spec"]),
    ("kubernetes:argoproj.io/v1alpha1:Workflow", {"spec": {"templates": [{"name": "a"}]}}, ["spec"]),
    ("kubernetes:networking.k8s.io/v1:Ingress", {"metadata": {"annotations": {
        "nginx.ingress.kubernetes.io/configuration-snippet": "deny all;", "nginx.ingress.kubernetes.io/a": "b"}}},
     ["metadata.annotations.nginx.ingress.kubernetes.io/configuration-snippet"]),
    ("kubernetes:core/v1:ConfigMapList", {"items": [{"data": {"nginx.conf": "events {}"}}]}, ["data.nginx.conf"]),
])  # fmt: skip
def test_programs_of_resources(token: str, props: dict[str, Any], expected: list[str]) -> None:
    assert paths(token, props) == expected


@pytest.mark.parametrize(("name", "text", "is_program"), [
    ("mode", "fast", False),
    ("address", "https://a.example.ae:8443", False),
    ("nginx.conf", "events {}", True),
    ("rules", "- a\n- b", True),
    ("settings", '{"a": 1}', True),
    ("settings", "a: b", True),
    ("settings", '"a b": c', True),
    ("list", "[1]", True),
    ("time", "10:30", False),
    ("ca.crt", CERTIFICATE, False),
    ("tls.key", PRIVATE_KEY, True),
    ("empty.conf", "", False),
])  # fmt: skip
def test_files_of_config_maps_and_secrets(name: str, text: str, is_program: bool) -> None:
    encoded = base64.b64encode(text.encode()).decode()
    for token, props in ((CONFIG, {"data": {name: text}}), (SECRET, {"stringData": {name: text}}),
                         (CONFIG, {"binaryData": {name: encoded}}), (SECRET, {"data": {name: encoded}})):  # fmt: skip
        assert bool(paths(token, props)) is is_program, (token, props)


@pytest.mark.parametrize("words", [
    {"command": ["sh", "-c", "a"]}, {"command": ["/bin/bash", "-euo", "pipefail", "-c", "a"]},
    {"command": ["/bin/sh"], "args": ["-lc", "a"]}, {"args": ["-c", "a; b"]}, {"args": ["-ec", "a && b"]},
    {"command": ["python3", "-c", "import a"]}, {"command": ["perl", "-ne", "print"]}, {"args": ["node", "--eval=1"]},
    {"command": ["ruby", "-e1"]}, {"command": ["psql", "-h", "db", "-c", "drop"]}, {"args": ["pwsh", "-Command", "a"]},
    {"command": ["env", "A=b", "bash", "-c", "a"]}, {"command": ["cmd.exe", "/c", "a"]}, {"command": "sh -c a"},
    {"command": ["java", "--command", "a b"]}, {"args": ["--eval=a(b)"]}, {"command": UNKNOWN},
    {"command": ["sh", "-c", UNKNOWN]}, {"command": ["CMD-SHELL", "a"]}, {"args": "pwsh -En a"}, {"args": "php -r a"},
])  # fmt: skip
def test_commands_with_programs(words: dict[str, Any]) -> None:
    assert len(programs(POD, container(**words))) == 1


@pytest.mark.parametrize("words", [
    {"command": ["server", "--config", "/etc/a.yaml"]}, {"args": ["-c", "/etc/a.yaml"]}, {"args": ["-e", "production"]},
    {"command": ["python3", "-m", "app"]}, {"command": ["python3", "/app/main.py"]}, {"args": ["--address", UNKNOWN]},
    {"command": ["sh", "-e", "/scripts/run.sh"]}, {"command": ["pwsh", "-File", "/scripts/run.ps1"]},
    {"command": ["sh", "/scripts/run.sh"]}, {"args": ["--query", "a b"]}, {"command": []}, {"args": [1, {"a": "b"}]},
])  # fmt: skip
def test_commands_without_programs(words: dict[str, Any]) -> None:
    assert programs(POD, container(**words)) == []


def test_a_command_is_one_program_with_all_of_its_words() -> None:
    (before,) = programs(POD, container(command=["sh"], args=["-c", "a"]))
    assert (before.path, before.steps) == ("spec.containers[0].command", ("spec", "containers", "command"))
    (after,) = programs(POD, container(command=["sh", "-x"], args=["-c", "a"]))
    assert digest_of(before) != digest_of(after)


def test_commands_are_found_in_json() -> None:
    definition = json.dumps([{"name": "a", "healthCheck": {"command": ["CMD-SHELL", "curl a"]}, "image": "b"}])
    assert paths("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions": definition}) == [
        "containerDefinitions[0].healthCheck.command"
    ]


@pytest.mark.parametrize(("values", "expected"), [
    ({"replicas": 2, "config": "one"}, []),
    ({"server": {"extraConfig": {"a": 1}}}, ["values.server.extraConfig"]),
    ({"configuration": [1], "alertmanager": {"config": {"route": {}}}},
     ["values.configuration", "values.alertmanager.config"]),
    ({"additionalScripts": {"a.sh": "b"}, "initScript": ["a"]}, ["values.additionalScripts", "values.initScript"]),
    ({"rules": [{"host": "a"}], "config": {}}, ["values.rules"]),
    ({"any": {"other": "a\nb"}}, ["values.any.other"]),
])  # fmt: skip
def test_values_of_charts(values: dict[str, Any], expected: list[str]) -> None:
    assert paths(RELEASE, {"values": values}) == expected
    spec = paths("kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease", {"spec": {"values": values}})
    assert spec == [f"spec.{path}" for path in expected]


def test_code_of_functions_in_the_program() -> None:
    assets = {"index.py": {"text": "print(1)"}, "lib.py": {"path": "lib.py", "hash": "a"}}
    assert paths("aws:lambda/function:Function", {"code": {"assets": assets}}) == ["code.assets.index.py.text"]


def test_a_structure_is_unknown_if_a_part_is() -> None:
    (program,) = programs("aws:sns/topicSubscription:TopicSubscription", {"filterPolicy": {"a": [{"b": UNKNOWN}]}})
    assert not program.is_known


def test_user_data_is_known_by_its_text() -> None:
    token, text = "aws:ec2/launchTemplate:LaunchTemplate", "#!/bin/sh\nreboot\n"
    encoded = base64.b64encode(text.encode()).decode()
    assert digests(token, {"userData": encoded}) == digests(token, {"userData": text})
    assert digests(token, {"userData": encoded}) != digests(token, {"userData": base64.b64encode(b"halt\n").decode()})
    compressed = base64.b64encode(b"\x1f\x8b\xff\xfe").decode()
    assert len(digests(token, {"userData": compressed})) == 1


def of_text(text: str) -> str:
    (digest,) = digests("aws:mq/configuration:Configuration", {"data": "\n" + text})
    return digest


@given(st.text(max_size=60), st.integers(0, 60), st.characters(exclude_characters=" \t\r\n"))
def test_each_character_of_a_text_decides_its_digest(text: str, at: int, other: str) -> None:
    before, after = text[:at], text[at + 1 :]
    assert of_text(before + other + after) != of_text(before + after)
    if other != text[at : at + 1]:
        assert of_text(before + other + after) != of_text(text) or text[at : at + 1] == ""


@given(st.recursive(st.text(max_size=8) | st.integers() | st.booleans(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
                    max_leaves=8), st.text(max_size=4))  # fmt: skip
def test_each_part_of_a_structure_decides_its_digest(value: Any, more: str) -> None:
    token = "aws:sns/topicSubscription:TopicSubscription"
    reference = digests(token, {"filterPolicy": {"a": value}})
    assert digests(token, {"filterPolicy": {"a": [value]}}) != reference
    assert digests(token, {"filterPolicy": {"a": value, f"b{more}": more}}) != reference


@pytest.mark.parametrize(("one", "other", "same"), [
    ("a \nb\t\n", "a\nb\n", True), ("a\r\nb\r\n", "a\nb\n", True), ("a\r\nbb\n", "a\nb\n", False),
    ("a \\ \nb", "a \\\nb", False), ("a\rb", "a\nb", False), (" a", "a", False), ("a\n", "a", False),
    ("a  b", "a b", False), ("a\n\nb", "a\nb", False),
])  # fmt: skip
def test_blanks_and_line_ends(one: str, other: str, same: bool) -> None:
    """A blank after a backslash is no blank at the end of a line for a shell, and a lone CR ends no line for it."""
    (first,), (second,) = (digests(CONFIG, {"data": {"run.sh": text}}) for text in (one, other))
    assert (first == second) is same


def test_the_order_of_names_and_the_form_of_numbers_do_not_matter_and_that_of_items_does() -> None:
    token = "aws:wafv2/webAcl:WebAcl"
    assert digests(token, {"rules": [{"a": 1.0, "b": "2"}]}) == digests(token, {"rules": [{"b": "2", "a": 1}]})
    assert digests(token, {"rules": [{"a": 1}]}) != digests(token, {"rules": [{"a": True}]})
    assert digests(token, {"rules": [1, 2]}) != digests(token, {"rules": [2, 1]})
    assert digests(token, {"rules": ["1"]}) != digests(token, {"rules": [1]})


def test_the_same_text_in_another_type_is_another_program() -> None:
    text = {"settings": "a\nb"}
    assert digests("aws:sqs/queue:Queue", text) != digests("aws:sns/topic:Topic", text)


def test_names_with_dots_are_not_taken_for_others() -> None:
    nested, dotted = {"values": {"a": {"b": {"config": [1]}}}}, {"values": {"a.b": {"config": [1]}}}
    assert digests(RELEASE, nested) != digests(RELEASE, dotted)
    assert paths(RELEASE, nested) == paths(RELEASE, dotted)


HOSTILE = (
    "a",
    "-",
    "-c",
    "/",
    " ",
    "{",
    "[",
    "a-",
    "-----BEGIN CERTIFICATE-----",
    "ssh-rsa AA ",
    "\\ \n",
    "\r\n",
    "e" * 9,
)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=6) | st.just(UNKNOWN)
    | st.sampled_from(["a\nb", '{"a": [1]}', "-c", "sh", CERTIFICATE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.sampled_from([CONFIG, SECRET, POD, RELEASE, *(token for token, _ in ROWS)]),
       st.dictionaries(NAMES, VALUES, max_size=3))  # fmt: skip
def test_no_value_stops_the_reader(token: str, props: dict[str, Any]) -> None:
    for program in programs(token, props):
        assert not program.is_known or len(digest_of(program)) == 64


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    many = text * (400_000 // len(text))
    with within(3.0):
        for token, props in (
            (CONFIG, {"data": {"a": many, many[:100_000]: "x"}}),
            (POD, container(command=["sh", f"-{many}", many], args=[many])),
            (POD, {"metadata": {"annotations": {many: "a"}}, "spec": {"text": "\n" + many}}),
            (RELEASE, {"values": {many: {"a": many}}}),
            ("aws:iam/policy:Policy", {"policy": "\n" + many}),
        ):
            digests(token, props)
        is_certificate(f"{many}!")


CODE_OF_ARCHIVES = "code.assets.*.text"
"""In the archive of a function, which the SDK has no schema of."""


def test_the_table_is_sorted_and_no_row_is_below_another() -> None:
    assert sorted(set(ROWS)) == ROWS
    listed = set(ROWS)
    parts = ((token, path, path.split(".")) for token, path in ROWS)
    assert [
        (token, path) for token, path, steps in parts
        if any((token, ".".join(steps[:end])) in listed for end in range(1, len(steps)))
    ] == []  # fmt: skip


@pytest.mark.parametrize("package", ["aws", "azure-native"])
def test_the_table_names_properties_of_the_sdk(package: str) -> None:
    rows = [row for row in ROWS if row[0].startswith(f"{package}:") and row[1] != CODE_OF_ARCHIVES]
    assert len(rows) > 100
    assert [row for row in rows if not has_path(*row)] == []
    assert [row for row in ROWS if normalise(row[0]) != row[0] and not row[0].endswith(":*")] == []
