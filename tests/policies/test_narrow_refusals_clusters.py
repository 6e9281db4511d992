"""Good objects of clusters that a wide rule would refuse, beside the neighbours that it must refuse."""

import pytest
from guardrails.engine.reading import Plain
from guardrails.unverifiable.installs import unpinned_install

from .blind import KUBE, Props, crd, k8s, workload
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}
NAME = "kubernetes.io/metadata.name"


def _refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


def _constraint(groups: Plain, kinds: Plain) -> Given:
    return crd("constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels", {
        "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": groups, "kinds": kinds}]}})  # fmt: skip


@pytest.mark.parametrize(("groups", "kinds", "is_refused"), [
    (["serving.knative.dev"], ["Service"], False), (["batch.volcano.sh"], ["Job"], False),
    (["projectcalico.org"], ["NetworkPolicy"], False), (UNKNOWN, ["Pod"], False), ([""], [UNKNOWN], False),
    (["apps"], ["Pod"], True), ([""], ["Deployment"], True), (["apps"], ["*"], False),
    (["storage.k8s.io"], ["Pod"], True), (["apps.k8s.io"], ["Deployment"], True),
    (["cluster.x-k8s.io"], ["Machine"], False),
])  # fmt: skip
def test_kinds_of_other_projects_may_have_the_names_of_own_ones(groups: Plain, kinds: Plain, is_refused: bool) -> None:
    assert ("FJ-ESC-119" in _refused(_constraint(groups, kinds))) is is_refused


@pytest.mark.parametrize(("pattern", "is_refused"), [
    ({"metadata": {"labels": {"team": "*"}}}, False),
    ({"spec": {"containers": [{"(name)": "*", "resources": {"limits": {"memory": "*"}}}]}}, False),
    ({"spec": {"=(volumes)": [{"X(hostPath)": "*"}]}}, False),
    ({"kind": "*"}, True), ({"metadata": {"name": "?*"}}, True), ({}, True),
    ({"spec": {"=(hostNetwork)": "*"}}, True), ({"spec": {"=(hostNetwork)": "false"}}, False),
    ({"=(metadata)": {"=(labels)": {"=(team)": "*"}}}, True),
    ({"spec": {"containers": [{"=(securityContext)": {"=(privileged)": "*"}}]}}, True),
    ({"spec": {"containers": [{"image": "*"}]}}, True), ({"spec": {"containers": [{"name": "?*"}]}}, True),
])  # fmt: skip
def test_a_star_asks_for_the_field(pattern: Props, is_refused: bool) -> None:
    rule = {"name": "a", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]},
            "validate": {"failureAction": "Enforce", "message": "m", "pattern": pattern}}  # fmt: skip
    policy = crd("kyverno.io/v1:ClusterPolicy", {"rules": [rule]})
    assert ("FJ-ESC-119" in _refused(policy)) is is_refused


def _policy(rules: object, validation: str = "object.spec.x == 'a'", **spec: object) -> Given:
    return k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", {"metadata": {"name": "x"}, "spec": {
        "failurePolicy": "Fail", "matchConstraints": {"resourceRules": rules},
        "validations": [{"expression": validation}], **spec}})  # fmt: skip


OLD = {**PODS, "apiGroups": ["batch"], "apiVersions": ["v1beta1"], "resources": ["cronjobs"]}


@pytest.mark.parametrize(("rules", "is_refused"), [
    ([{**PODS, "apiVersions": UNKNOWN}], False), ([{**PODS, "resources": [UNKNOWN]}], False),
    ([OLD], True), ([{**OLD, "apiVersions": ["v1"]}, OLD], False), ([PODS, OLD], True),
])  # fmt: skip
def test_rules_of_unknown_or_of_older_versions(rules: Plain, is_refused: bool) -> None:
    assert ("FJ-ESC-119" in _refused(_policy(rules))) is is_refused


def test_variables_that_are_not_known_are_no_constants() -> None:
    variables = [{"name": "a", "expression": UNKNOWN}, {"name": "b", "expression": UNKNOWN}]
    assert "FJ-ESC-119" not in _refused(_policy([PODS], "variables.a == variables.b", variables=variables))
    exception = crd("policies.kyverno.io/v1:PolicyException", {
        "policyRefs": [{"name": "a", "kind": "ValidatingPolicy"}], "matchConditions": UNKNOWN})  # fmt: skip
    assert "FJ-ESC-103" not in _refused(exception)


def test_every_resource_has_no_subresources() -> None:
    rule = {**PODS, "resources": ["pods/exec"], "operations": ["CONNECT"]}
    out = {key: ["*"] for key in PODS}
    for resources, is_refused in ((["*"], False), (["*/*"], True)):
        constraints = {"resourceRules": [rule], "excludeResourceRules": [{**out, "resources": resources}]}
        assert ("FJ-ESC-119" in _refused(_policy([], matchConstraints=constraints))) is is_refused


@pytest.mark.parametrize(("kind", "spec", "is_refused"), [
    ("kafka.strimzi.io/v1:KafkaTopic", {"config": {"unclean.leader.election.enable": False}}, False),
    ("kafka.strimzi.io/v1:KafkaConnector", {"config": {"value.converter.schemas.enable": False}}, False),
    ("external-secrets.io/v1:PushSecret", {"data": [{"metadata": {"spec": {"overwrite": True}}}]}, False),
    ("traefik.io/v1alpha1:Middleware", {"forwardAuth": {"address": "http://a.b", "trustForwardHeader": True}}, False),
    ("traefik.io/v1alpha1:Middleware", {"forwardAuth": {"address": "http://a.b", "unheardOf": True}}, True),
])  # fmt: skip
def test_maps_of_free_form_in_kinds_that_are_known_whole(kind: str, spec: Props, is_refused: bool) -> None:
    assert ("FJ-ESC-115" in _refused(crd(kind, spec))) is is_refused


@pytest.mark.parametrize(("links", "is_refused"), [({"metadata": ("owner",)}, False), ({}, True)])
def test_an_owner_is_no_switch_if_the_plan_makes_it(links: dict[str, tuple[str, ...]], is_refused: bool) -> None:
    secret = k8s("core/v1:Secret", {"metadata": {"name": "a", "namespace": "team-a"}}, "owner")
    owner = {"apiVersion": "v1", "kind": "Secret", "name": "a", "uid": UNKNOWN, "controller": True}
    certificate = k8s("cert-manager.io/v1:Certificate", {
        "metadata": {"name": "x", "namespace": "team-a", "ownerReferences": [owner]}, "spec": {}},
        links=links)  # fmt: skip
    assert ("FJ-ESC-115" in _refused(secret, certificate)) is is_refused


@pytest.mark.parametrize(("text", "found"), [
    ("# we use npm in the image\nexec node server.js", ""), ("echo 'run npm in production mode'", ""),
    ("sh -c npm in left-pad", "npm in left-pad"), ("cd /a && npm in left-pad", "npm in left-pad"),
    ("FOO=1 bun in left-pad", "bun in left-pad"), ("npm i left-pad", "npm i left-pad"),
])  # fmt: skip
def test_words_between_names_are_no_commands(text: str, found: str) -> None:
    assert unpinned_install(text) == found


@pytest.mark.parametrize(("names", "is_refused"), [(["inference"], False), (["elsewhere"], True)])
def test_the_namespace_of_a_release_is_known(names: Plain, is_refused: bool) -> None:
    release = Given("kubernetes:helm.sh/v3:Release", {"chart": "a", "namespace": "inference"}, "a", provider=KUBE)
    selector = {"matchExpressions": [{"key": NAME, "operator": "In", "values": names}]}
    binding = k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {"metadata": {"name": "x"},
        "spec": {"policyName": "x", "validationActions": ["Deny"],
                 "matchResources": {"namespaceSelector": selector}}})  # fmt: skip
    assert ("FJ-ESC-117" in _refused(release, binding)) is is_refused


@pytest.mark.parametrize(("values", "is_refused"), [
    ({"dags": {"repository": "github.com/org/dags"}}, False),
    ({"backup": {"repository": "s3.me-central-1.amazonaws.com/bucket"}}, False),
    ({"worker": {"repository": "registry.stranger.dev/worker"}}, True),
    ({"gitea": {"repository": "registry.stranger.dev/gitea", "tag": "1"}}, True),
    ({"backup": {"repository": "registry.stranger.dev/backup", "tag": "1"}}, True),
    ({"digitalTwin": {"repository": "registry.stranger.dev/twin"}}, True),
])  # fmt: skip
def test_repositories_of_programs_and_copies_are_no_images(values: Props, is_refused: bool) -> None:
    release = Given("kubernetes:helm.sh/v3:Release", {"chart": "a", "namespace": "a", "values": values}, "a")
    assert ("FJ-ESC-113" in _refused(release)) is is_refused


@pytest.mark.parametrize("text", [
    "traefik \\\n  --api.insecure \\\n  --log=1", "[api]\ninsecure = true # " + "because " * 60,
])  # fmt: skip
def test_switches_before_the_end_of_a_line_and_long_comments(text: str) -> None:
    container = {"name": "edge", "image": "traefik:v3.5.0", "command": ["sh", "-c", text]}
    assert "FJ-IDN-313" in _refused(workload("Deployment", container))
