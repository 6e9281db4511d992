"""Requests to the API of a cluster, agents of machines, labels of parts of the cluster, and seals of vaults."""

import pytest
from guardrails.readers.hosts import is_private
from guardrails.unverifiable.changing_commands import changing, in_pods_of_others
from guardrails.unverifiable.cluster_requests import changing_request

from tests.processor_time import within

from .attacks.after_twenty_fifth_kube import synchronised
from .attacks.twenty_fifth_kube import LABEL_OF_CLUSTERS, SEALED
from .attacks.twenty_fourth_kube import settings
from .blind import TAGS, k8s, meta, pod
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


@pytest.mark.parametrize("text", [
    "curl -X POST https://api.x.ae:6443/apis/apps/v1/namespaces/a/deployments -d @a",
    "curl https://10.0.0.1/apis/batch/v1beta1/namespaces/a/jobs --json @a",
    "curl -T a.json $API/apis/x.example.ae/v1alpha1/things/a", "curl -X DELETE ${API}/api/v1/nodes/node-7",
    "requests.post(f'{base}/apis/policy/v1/namespaces/a/poddisruptionbudgets')",
    "requests.put(BASE[0] + '/api/v1/namespaces/' + name)\nrequests.put(base + '/api/v1/persistentvolumes/a')",
    "curl -X PUT https://r.x.ae/k8s/clusters/c-1/api/v1/namespaces/a/serviceaccounts/b -d @a",
    "curl -X PATCH https://api.x.ae/api/v1/namespaces/a/configmaps/b -d @a",
])  # fmt: skip
def test_requests_that_change_objects_are_found_at_any_address(text: str) -> None:
    assert changing_request(text) != ""
    assert changing(text) != ""


@pytest.mark.parametrize("text", [
    "curl https://api.x.ae:6443/apis/apps/v1/namespaces/a/deployments",
    "curl -X POST https://api.x.ae/apis/authorization.k8s.io/v1/selfsubjectaccessreviews -d @a",
    "curl -X POST https://api.x.ae/apis/registry/v3/groups/a/artifacts -d @a",
    "curl -X POST https://api.x.ae/apis/v1beta1/runs -d @a", "curl -X POST https://api.x.ae/apis/a.b/v1 -d @a",
    "curl -X POST https://t.x.ae/api/v1/namespaces/a/workflows -d @a", "curl -X POST https://t.x.ae/api/v1/nodesets",
    "curl https://api.x.ae/api/v1/nodes && curl -X POST https://x.ae", "see /apis/apps/v1/deployments -X POST",
])  # fmt: skip
def test_other_requests_are_not(text: str) -> None:
    assert changing_request(text) == ""


@pytest.mark.parametrize(("text", "found"), [
    ("curl https://$NODE:10250/run/a/b/c -d cmd=id", True), ("wscat -c wss://node-7:10250/exec/a/b/c", True),
    ("curl https://node-7:10250/containerLogs/a/b/c", True), ("curl -X POST https://n:10250/checkpoint/a/b/c", True),
    ("curl https://node-7:10250/metrics", False), ("curl https://node-7:10250/healthz", False),
    ("curl https://node-7:10255/run/a/b/c", False),
])  # fmt: skip
def test_agents_of_machines_reach_into_each_pod(text: str, *, found: bool) -> None:
    assert bool(in_pods_of_others(text, "team-a")) is found


@pytest.mark.parametrize(("text", "found"), [
    ("argocd appset create a.yaml", True), ("argocd appset delete a -y", True), ("argocd cert add-tls h", True),
    ("argocd gpg add --from a", True), ("argocd admin import -", True), ("argocd proj role add-policy a b", True),
    ("argocd proj remove-signature-key a b", True), ("argocd app delete-resource a --kind b", True),
    ("argocd cluster set a --name b", True), ("argocd repo rm a", True), ("kubectl cert-manager approve a", True),
    ("kn -n a service apply b --image c", True), ("tkn pipeline start a", True), ("talosctl -n a upgrade-k8s", True),
    ("argocd appset get a", False), ("argocd cert list", False), ("argocd admin export", False),
    ("argocd proj role list a", False), ("cmctl check api", False), ("kn service describe a", False),
    ("tkn pipelinerun logs a", False), ("talosctl health", False),
    ("tkn p start a", True), ("tkn -n a pipelines delete b -f", True), ("tkn t rm a", True), ("tkn ct start a", True),
    ("tkn hub install task a --from b", True), ("tkn hub --type tekton reinstall task a", True),
    ("tkn el delete a", True), ("tkn triggertemplate rm a", True), ("tkn hub search a", False), ("tkn p ls", False),
    ("tkn pr delete --keep 5", False), ("tkn taskrun cancel a", False), ("tkn pipeline export a", False),
    ("argocd project create a", True), ("argocd proj windows add a --kind allow", True),
    ("argocd proj windows disable-manual-sync a 0", True), ("argocd proj deny-cluster-resource a b c", True),
    ("argocd proj source-integrity git policies delete a 0", True), ("argocd app confirm-deletion a", True),
    ("argocd app actions run a scale --kind Deployment", True), ("argocd admin proj update-role-policy a b c", True),
    ("argocd admin cluster namespaces enable-namespaced-mode '*'", True),
    ("argocd app actions run a restart --kind Deployment", False), ("argocd app actions list a", False),
    ("argocd proj windows list a", False), ("argocd proj source-integrity git policies list a", False),
    ("argocd admin proj generate-spec a", False), ("argocd admin cluster stats", False),
])  # fmt: skip
def test_commands_of_deployers_change_resources(text: str, *, found: bool) -> None:
    assert bool(changing(text)) is found


@pytest.mark.parametrize("text", ["/apis/a.", "/api/v1/namespaces/a", "a.b-", "argocd proj role ", ":10250/ru"])
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    with within(4):
        changing(text * (200_000 // len(text)))
        in_pods_of_others(text * (200_000 // len(text)), "a")


def labelled(image: object, namespace: str, **labels: object) -> Given:
    """Returns a Deployment with labels of its pods."""
    return k8s("apps/v1:Deployment", {"metadata": meta("x", namespace), "spec": {
        "selector": {"matchLabels": {"app": "x"}}, "template": {
            "metadata": {"labels": {**TAGS, **labels}}, "spec": pod({"image": image})}}})  # fmt: skip


def is_refused(given: Given, text: str) -> bool:
    """Returns whether FJ-IDN-314 reports a text."""
    reports = PACK.evaluate_plan(given)
    return "FJ-IDN-314" in blocking(reports) and any(text in item.text for item in reports)


@pytest.mark.parametrize(("image", "namespace", "labels", "expected"), [
    ("r.x.ae/a/cache:1", "kube-system", {"k8s-app": "kube-dns"}, True),
    ("r.x.ae/dns/cache@sha256:00", "kube-system", {"k8s-app": "kube-dns"}, True),
    ("cache", "istio-system", {"istio": "pilot"}, True), ("r.x.ae/cache", "argocd", {"app": "argocd-redis"}, True),
    ("r.x.ae:5000/CoreDNS", "kube-system", {"app.kubernetes.io/name": "coredns"}, False),
    ("r.x.ae/a/cache:1", "team-a", {"k8s-app": "kube-dns"}, False),
    ("r.x.ae/a/cache:1", "kube-system", {"k8s-app": "cache"}, False),
    ("r.x.ae/library/redis:8", "argocd", {"app.kubernetes.io/name": "argocd-redis"}, False),
    ("r.x.ae/istio/pilot:1", "istio-system", {"app": "istiod"}, False),
    (UNKNOWN, "kube-system", {"k8s-app": "kube-dns"}, False), ("", "kube-system", {"k8s-app": "kube-dns"}, True),
])  # fmt: skip
def test_pods_with_a_label_of_a_part_have_its_image(
    image: object, namespace: str, labels: dict[str, object], *, expected: bool
) -> None:
    assert is_refused(labelled(image, namespace, **labels), "answers what the cluster asks that one") is expected


@pytest.mark.parametrize(("text", "expected"), [
    (SEALED, True), (SEALED.replace("keys.team-a.svc", "vault.team-a"), True),
    (SEALED.replace("keys.team-a.svc", "vault.vault-transit.svc"), False),
    (SEALED.replace("team-a.svc", "vault.svc"), False), (SEALED.replace("seal ", "# seal "), False),
    (SEALED.replace("transit", "awskms"), False), (SEALED.replace("keys.team-a.svc:8200", "keys.example.ae"), False),
])  # fmt: skip
def test_the_key_of_a_vault_is_in_a_vault_of_the_platform(text: str, *, expected: bool) -> None:
    assert is_refused(settings("vault-config", "vault", {"vault.hcl": text}), "say what the program does") is expected


@pytest.mark.parametrize(("labels", "data", "expected"), [
    ({LABEL_OF_CLUSTERS: "cluster"}, {"key": "server", "objectName": "a"}, True),
    ({LABEL_OF_CLUSTERS: "cluster"}, {"key": "config", "plainValue": "a"}, True),
    ({LABEL_OF_CLUSTERS: "cluster"}, {"key": "server", "plainValue": "a"}, False),
    ({LABEL_OF_CLUSTERS: "repository"}, {"key": "server", "objectName": "a"}, False), ({}, {"key": "server"}, False),
])  # fmt: skip
def test_a_volume_of_the_vault_joins_no_cluster(
    labels: dict[str, str], data: dict[str, str], *, expected: bool
) -> None:
    assert is_refused(synchronised(labels, data), "which cluster gets what Argo CD deploys") is expected


@pytest.mark.parametrize(("address", "expected"), [
    ("255.255.255.0", True), ("255.0.0.0", True), ("240.0.0.0", True), ("239.255.0.1", False), ("128.0.0.0", False),
])  # fmt: skip
def test_masks_of_networks_are_no_hosts(address: str, *, expected: bool) -> None:
    assert is_private(address) is expected
