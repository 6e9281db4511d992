"""Places of extensions, preloaded programs, skipped policies and rules of firewalls in texts, case by case."""

from typing import Any

import pytest
from guardrails.engine.reading import Resource, plain
from guardrails.readers.extension_places import is_extension_place, is_program_of_cluster
from guardrails.readers.firewall_texts import with_rules
from guardrails.readers.texts import read_texts
from guardrails.unverifiable.preloaded_programs import preloaded_programs
from guardrails.unverifiable.served_programs import served_programs
from guardrails.unverifiable.unconfined_fields import check_unconfined

FILES = "https://files.dc1.internal"
SUM = "0e9e39f249a16976918f6564b8830bc894c89659a16976918f6564b8830bc894"


def resource(kind: str, props: dict[str, Any]) -> Resource:
    """Returns a resource of a type, by its token."""
    return Resource(f"urn:pulumi:a::b::{kind}::x", kind, "x", plain(props))  # type: ignore[arg-type]


def served(spec: dict[str, Any], namespace: str = "team-a") -> list[str]:
    """Returns what an object loads."""
    item = resource("kubernetes:x.io/v1:X", {"metadata": {"namespace": namespace}, "spec": spec})
    return [source for _, source in served_programs(item, read_texts(item).leaves)]


@pytest.mark.parametrize(("path", "key", "text", "is_place"), [
    ("spec.extensions[0].extensionUri", "extensionUri", FILES, True),
    ("spec.build.plugins[0].artifacts[0].url", "url", FILES, True),
    ("spec.general.pluginsList[0]", "pluginsList", FILES, True),
    ("values.plugins.install[1]", "install", FILES, True),
    ("spec.env[0].value", "GF_INSTALL_PLUGINS", FILES, True),
    ("spec.libraries[0].file", "file", f"{FILES}/a.jar", True),
    ("spec.libraries[0].file", "file", f"{FILES}/a", False),
    ("spec.plugins[0].config.url", "url", FILES, False),
    ("data.extensions[0].backend.services[0].url", "url", FILES, False),
    ("values.env.AUDIOBOOK_LIBRARY_URL", "AUDIOBOOK_LIBRARY_URL", FILES, False),
])  # fmt: skip
def test_places_of_extensions_are_read_by_name(path: str, key: str, text: str, is_place: bool) -> None:
    assert is_extension_place(path, key, text) is is_place


def test_other_places_of_programs_are_those_of_services_of_the_cluster() -> None:
    assert is_program_of_cluster("spec.job.entryPointUri")
    assert not is_program_of_cluster("spec.job.url")


@pytest.mark.parametrize(("item", "sources"), [
    ({"url": f"{FILES}/a"}, [f"{FILES}/a"]),
    ({"url": f"{FILES}/a", "sha256": SUM}, []),
    ({"url": f"{FILES}/a", "sha256": ""}, [f"{FILES}/a"]),
    ({"url": f"oci://quay.io/somebody/a@sha256:{SUM}"}, []),
    ({"url": "http://localhost:8080/a"}, []),
    ({"url": "https://files.team-a.svc/a"}, []),
    ({"url": "https://files.team-b.svc/a"}, ["https://files.team-b.svc/a"]),
    ({"url": "https://github.com/somebody/a"}, []),
    ({"package": "@somebody/a@1.0.0"}, ["npm:@somebody/a"]),
    ({"package": "@somebody/a@1.0.0", "integrity": "sha512-" + "A" * 86 + "=="}, []),
    ({"package": "./dist/a"}, []),
    ({"url": None, "package": 5}, []),
])  # fmt: skip
def test_an_extension_needs_a_checksum(item: dict[str, Any], sources: list[str]) -> None:
    assert served({"plugins": [item]}) == sources


def test_modules_of_traefik_are_of_a_forge() -> None:
    assert served({"plugins": {"geo": {"moduleName": "github.com/a/b"}}}) == ["https://github.com/a/b"]
    assert served({"args": ["--experimental.plugins.geo.modulename=github.com/a/b"]}) == ["https://github.com/a/b"]


@pytest.mark.parametrize(("volume", "files"), [
    ({"persistentVolumeClaim": {"claimName": "c"}}, ["file:/d/x.so", "file:/d/y.so"]),
    ({"emptyDir": {}}, []),
    ({"configMap": {"name": "c"}}, []),
])  # fmt: skip
def test_a_file_that_is_loaded_first_comes_with_the_pod(volume: dict[str, Any], files: list[str]) -> None:
    pod = resource("kubernetes:core/v1:Pod", {"metadata": {}, "spec": {
        "volumes": [{"name": "v", **volume}], "containers": [{
            "name": "a", "image": "a", "volumeMounts": [{"name": "v", "mountPath": "/d/"}],
            "args": ["LD_PRELOAD=/d/y.so a"],
            "env": [{"name": "LD_PRELOAD", "value": "/usr/lib/a.so /d/x.so"}, {"name": "PATH", "value": "/d/bin"},
                    {"name": "LD_AUDIT", "value": None}]}]}})  # fmt: skip
    assert [file for _, file in preloaded_programs(pod)] == files


@pytest.mark.parametrize(("condition", "is_refused"), [
    ({"predicate": "request.method == 'POST'"}, False),
    ({"predicate": "request.path.matches('^/a')"}, False),
    ({"predicate": "request.path.matches('/a')"}, True),
    ({"predicate": "request.path.contains('/a')"}, True),
    ({"predicate": "request.headers['a'] == 'b'"}, True),
    ({"predicate": "false"}, True),
    ({"selector": "request.path", "operator": "matches", "value": "^/a"}, False),
    ({"selector": "request.path", "operator": "matches", "value": "/a"}, True),
    ({"selector": "auth.identity.realm_access.roles", "operator": "excl", "value": "a"}, False),
    ({"any": [{"predicate": "request.host == 'a'"}, {"predicate": "request.query != 'a'"}]}, True),
    ({"patternRef": "known"}, False),
    ({"patternRef": "unknown"}, True),
    (5, True),
])  # fmt: skip
def test_conditions_read_what_callers_cannot_write(condition: object, is_refused: bool) -> None:
    item = resource("kubernetes:authorino.kuadrant.io/v1:AuthConfig", {"kind": "AuthConfig", "spec": {
        "when": [condition], "authentication": {"a": {"jwt": {}}}, "patterns": {
            "known": [{"selector": "request.method", "operator": "eq", "value": "GET"}]}}})  # fmt: skip
    assert bool(list(check_unconfined(item))) is is_refused


def test_rules_in_a_text_have_the_names_of_properties() -> None:
    text = '[{"Name": "a", "OVERRIDEACTION": {"Count": {}}, "Statement": {"IPSetReferenceStatement": {"ARN": "b"}}}]'
    found = with_rules(resource("aws:wafv2/webAcl:WebAcl", {"ruleJson": text, "rules": []}))
    assert found.props["rules"] == [
        {"name": "a", "overrideAction": {"count": {}}, "statement": {"ipSetReferenceStatement": {"arn": "b"}}}
    ]
    odd = resource("aws:wafv2/webAcl:WebAcl", {"ruleJson": 5})
    assert with_rules(odd) is odd
