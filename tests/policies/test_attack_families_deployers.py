"""Families of ways around the guardrails, spelled in ways that nobody wrote down, and counterparts that must pass."""

import base64
import json
from typing import Any

import pytest
import yaml
from guardrails.engine.enforcement import Enforcement
from guardrails.unverifiable.kubernetes_groups import KINDS_OF_NODES, reviewed_kinds
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.finops.aws import CLUSTER
from tests.thorough import many

from .harness import Given, Pack, rules

PACK = Pack()
RELEASE = "kubernetes:helm.sh/v3:Release"
LISTED = ("cert-manager.io", "karpenter.sh", "kueue.x-k8s.io", "ray.io", "monitoring.coreos.com", "serving.kserve.io")
LABEL = st.from_regex(r"[a-z][a-z0-9]{1,7}", fullmatch=True)
KIND = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True)
VERSION = st.sampled_from(("v1", "v1alpha1", "v2beta3"))
WORD = st.text("abcdefghij-", min_size=1, max_size=8)


def found(token: str, props: dict[str, Any]) -> set[str]:
    return {rule for rule in rules(PACK.evaluate_resource(Given(token, props))) if rule.startswith("FJ-ESC")}


@st.composite
def groups(draw: st.DrawFn) -> str:
    """Draws an API group that is not listed, often one that looks like a listed one."""
    labels = draw(st.lists(LABEL, min_size=1, max_size=3))
    end = draw(st.sampled_from(("io", "dev", "aws", "example.ae", "k8s.io", "x-k8s.io", *LISTED)))
    return ".".join([*labels, end])


@settings(max_examples=many(50), deadline=None)
@given(groups(), VERSION, KIND, st.booleans())
def test_an_api_group_that_is_not_listed_is_refused(group: str, version: str, kind: str, is_in_list: bool) -> None:
    token, props = f"kubernetes:{group}/{version}:{kind}", {"spec": {}}
    if is_in_list:
        item = {"apiVersion": f"{group}/{version}", "kind": kind, **props}
        token, props = "kubernetes:core/v1:ConfigMapList", {"items": [item]}
    assert found(token, props) == {"FJ-ESC-103"}


@settings(max_examples=many(30), deadline=None)
@given(st.sampled_from([group for group in LISTED if group not in KINDS_OF_NODES]), VERSION, st.data())
def test_a_reviewed_kind_passes(group: str, version: str, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(reviewed_kinds()[group] - {"MultiKueueCluster"})))
    assert "FJ-ESC-103" not in found(f"kubernetes:{group}/{version}:{kind}", {"spec": {}})


@settings(max_examples=many(30), deadline=None)
@given(st.sampled_from([group for group in LISTED if "*" not in reviewed_kinds()[group]]), VERSION, KIND)
def test_a_kind_that_nobody_reviewed_is_refused(group: str, version: str, kind: str) -> None:
    is_refused = "FJ-ESC-103" in found(f"kubernetes:{group}/{version}:{kind}", {"spec": {}})
    assert is_refused is (kind not in reviewed_kinds()[group])


@pytest.mark.parametrize("listed", ["kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyPatchPolicy",
                                    "kubernetes:gateway.envoyproxy.io/*"])  # fmt: skip
def test_a_kind_may_be_listed_by_itself(listed: str) -> None:
    patch = Given("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyPatchPolicy", {"spec": {}})
    allowing = Pack(Enforcement.model_validate({
        "default": {"all": "mandatory"}, "escape": {"allowed_types": {listed: "reviewed by us"}}}))  # fmt: skip
    assert "FJ-ESC-103" in rules(PACK.evaluate_resource(patch))
    assert "FJ-ESC-103" not in rules(allowing.evaluate_resource(patch))


PLAIN = st.recursive(
    st.one_of(WORD, st.integers(0, 9), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORD, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def wrapped(draw: st.DrawFn, value: Any) -> dict[str, Any]:
    """Draws values with a value at any depth, in lists and mappings."""
    for _ in range(draw(st.integers(0, 5))):
        value = [draw(PLAIN), value] if draw(st.booleans()) else {draw(WORD): draw(PLAIN), f"{draw(WORD)}X": value}
    return {draw(WORD): value}


@st.composite
def objects(draw: st.DrawFn) -> Any:
    """Draws a Kubernetes object: as a mapping with fields in any order, as YAML or as JSON."""
    fields = {"apiVersion": "v1", "kind": draw(KIND), "metadata": {"name": "a"}, "spec": draw(PLAIN)}
    value = {key: fields[key] for key in draw(st.permutations(sorted(fields)))}
    form = draw(st.sampled_from(("mapping", "yaml", "list", "flow", "json")))
    if form == "json":
        return json.dumps(value, indent=1)
    if form == "flow":
        return yaml.safe_dump(value, default_flow_style=True)
    return value if form == "mapping" else yaml.safe_dump([value] if form == "list" else value, sort_keys=False)


def release(values: dict[str, Any]) -> dict[str, Any]:
    return {"chart": "keda", "version": "1.2.3", "repositoryOpts": {"repo": "https://a.example.ae"}, "values": values}


@settings(max_examples=many(100), deadline=None)
@given(st.data(), st.booleans())
def test_an_object_anywhere_in_values_is_refused(data: st.DataObject, is_file: bool) -> None:
    values = data.draw(wrapped(data.draw(objects())))
    props = release({} if is_file else values)
    if is_file:
        asset = {"4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", "hash": "a"}
        props["valueYamlFiles"] = [{**asset, "text": yaml.safe_dump(values)}]
    assert "FJ-ESC-107" in found(RELEASE, props), values


@settings(max_examples=many(50), deadline=None)
@given(st.dictionaries(WORD, PLAIN, max_size=4))
def test_values_without_objects_pass(values: dict[str, Any]) -> None:
    assert "FJ-ESC-107" not in found(RELEASE, release(values))


FETCH = ("curl -fsSL https://a.example.com/x", "wget -qO- https://a.example.com/x", "curl https://a.example.com/x -L")
SHELL = ("sh", "bash", "/bin/bash", "sudo bash", "sudo -E sh", "bash -s -- --yes", "python3", "dash", "zsh -e")


@st.composite
def piped(draw: st.DrawFn) -> str:
    """Draws a script that pipes the web into an interpreter."""
    fetch, shell = draw(st.sampled_from(FETCH)), draw(st.sampled_from(SHELL))
    bar = draw(st.sampled_from(("|", " | ", " |\t", " \\\n  | ", "| \\\n")))
    command = f"{fetch}{bar}{shell}"
    before = draw(st.sampled_from(("", "#!/bin/sh\nset -eu\n", "true && ", "#cloud-config\nruncmd:\n- ")))
    return before + (command.upper() if draw(st.booleans()) and "//a" not in before else command)


@settings(max_examples=many(100), deadline=None)
@given(piped(), st.booleans())
def test_a_script_that_pipes_the_web_is_refused(script: str, is_encoded: bool) -> None:
    data = base64.b64encode(script.encode()).decode() if is_encoded else script
    assert found("aws:ec2/launchTemplate:LaunchTemplate", {"userData": data}) == {"FJ-ESC-109"}, script


@settings(max_examples=many(50), deadline=None)
@given(st.lists(st.sampled_from(
    ("systemctl restart kubelet", "curl -sf http://localhost:8080/healthz", "echo done | tee /var/log/x", "ls | sort",
     "aws s3 cp s3://models/a /a", "kubectl get pods", "helm list", "terraform plan", "mount -a",
     "cat a | python3 -m json.tool",
     "nvidia-smi -pm 1", "curl -s http://169.254.169.254/latest/meta-data/ -o id", "aws sts get-caller-identity"),
), min_size=1, max_size=5))  # fmt: skip
def test_a_script_of_ordinary_commands_passes(commands: list[str]) -> None:
    data = base64.b64encode("\n".join(["#!/bin/bash", *commands]).encode()).decode()
    assert found("aws:ec2/launchTemplate:LaunchTemplate", {"userData": data}) == set(), commands


def test_a_script_that_is_too_long_to_read_is_refused() -> None:
    data = {"userData": "echo a\n" * 40_000}
    assert found("aws:ec2/launchTemplate:LaunchTemplate", data) == {"FJ-ESC-109"}


def test_kinds_of_an_automatic_cluster_are_the_same_in_each_list() -> None:
    """A kind that one list lacks is refused there, or has no price, although the other knows it."""
    kinds = reviewed_kinds()["eks.amazonaws.com"]
    assert kinds == KINDS_OF_NODES["eks.amazonaws.com"] == set(CLUSTER.free_kinds["eks.amazonaws.com"])
