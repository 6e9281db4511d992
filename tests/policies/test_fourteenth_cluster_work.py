"""Families of the second half of the fourteenth set of attacks on clusters: work, storage, records and charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import ME, TAGS, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
CROSSING, SWITCH, ROW, CHART, DEFAULT = "FJ-IDN-314", "FJ-IDN-313", "FJ-ESC-115", "FJ-ESC-124", "FJ-RES-114"
TEAMS = st.from_regex(r"\Ateam-[b-z][a-z0-9]{0,8}\Z")


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def top(kind: str, spec: object, name: str = "x") -> Given:
    """Returns an object of the cluster."""
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


@given(team=TEAMS, role=st.sampled_from(("payments-ledger", "ledger", "admin", "core/payments")))
def test_roles_of_profiles(team: str, role: str) -> None:
    def profile(name: str) -> Given:
        aws = {"kind": "AwsIamForServiceAccount", "spec": {"awsIamRole": f"arn:aws:iam::{ME}:role/{name}"}}
        return top("kubeflow.org/v1:Profile", {"plugins": [aws]}, team)

    assert CROSSING in refused(profile(role))
    for own in (team, f"bank-{team}-s3", "kubeflow-notebooks", "core/default-notebook"):
        assert CROSSING not in refused(profile(own))
    account = {"kind": "WorkloadIdentity", "spec": {"gcpServiceAccount": f"{role.rpartition('/')[2]}@p.iam.x"}}
    assert CROSSING in refused(top("kubeflow.org/v1:Profile", {"plugins": [account]}, team))


@pytest.mark.parametrize("plugins", [UNKNOWN, None, ["x"], [{}], [{"spec": 1}], [{"spec": {"awsIamRole": UNKNOWN}}]])
def test_odd_plugins_of_profiles(plugins: object) -> None:
    assert CROSSING not in refused(top("kubeflow.org/v1:Profile", {"plugins": plugins}))


@pytest.mark.parametrize(("control", "watched", "is_refused"), [
    ("team-a", ["payments"], True), ("team-a", ["team-a", "payments"], True), ("team-a", ["team-a"], False),
    ("logging", ["payments"], False), ("cattle-logging-system", ["payments"], False), ("monitoring", ["a"], False),
    ("team-a", UNKNOWN, False), (UNKNOWN, ["payments"], False),
])  # fmt: skip
def test_records_of_other_namespaces(control: str, watched: object, *, is_refused: bool) -> None:
    spec = {"controlNamespace": control, "watchNamespaces": watched}
    assert (CROSSING in refused(top("logging.banzaicloud.io/v1beta1:Logging", spec))) is is_refused


@pytest.mark.parametrize(("path", "is_refused"), [
    ("/", True), ("", True), ("/volumes", True), ("/volumes/csi", True), ("//volumes//csi/", True),
    ("/volumes/csi/csi-vol-1/2", False), ("/shared/models", False), ("/volumes/csi/models", False),
])  # fmt: skip
def test_folders_of_all_volumes(path: str, *, is_refused: bool) -> None:
    csi = {"driver": "cephfs.csi.ceph.com", "volumeHandle": "x", "volumeAttributes": {"rootPath": path}}
    assert (ROW in refused(top("core/v1:PersistentVolume", {"csi": csi}))) is is_refused


@pytest.mark.parametrize(("text", "is_refused"), [
    ("xff:\n  internalProxies: '.*'\n", True), ("xff:\n  internalProxies: '.+'\n", True),
    ("xff:\n  internalProxies: '^(.*)$'\n", True), ("xff:\n  internalProxies: '0.0.0.0/0'\n", True),
    (r"xff: {internalProxies: '10\.20\.0\.\d+'}", False), ("DISALLOWED_SQL_FUNCTIONS = {}\n", True),
    ("DISALLOWED_SQL_FUNCTIONS = dict()\n", True),
    ('DISALLOWED_SQL_FUNCTIONS = {"postgresql": {"version"}}\n', False), ("LANGFUSE_DEFAULT_ORG_ROLE=OWNER\n", True),
    ("LANGFUSE_DEFAULT_PROJECT_ROLE=admin\n", True), ("LANGFUSE_DEFAULT_ORG_ROLE=VIEWER\n", False),
])  # fmt: skip
def test_settings_of_programs(text: str, *, is_refused: bool) -> None:
    file = "superset_config.py" if text.startswith("DISALLOWED") else "settings.yml"
    settings = k8s("core/v1:ConfigMap", {"metadata": meta("x"), "data": {file: text}})
    assert (SWITCH in refused(settings)) is is_refused


GUARDED = {"proxy_config": {"guardrails": [{"guardrail_name": "a", "litellm_params": {"guardrail": "lasso"}}]}}
OWN = {"guardrail": "lakera_v2", "api_base": "https://lakera.guard.svc:8443"}


@pytest.mark.parametrize(("chart", "values", "is_refused"), [
    ("litellm-helm", GUARDED, True),
    ("litellm-helm", {"proxy_config": {"guardrails": [{"litellm_params": OWN}]}}, False),
    ("litellm-helm", {"proxy_config": {"guardrails": [{"litellm_params": {"guardrail": "presidio"}}]}}, False),
    ("cluster-autoscaler", {"extraArgs": {"scale-down-enabled": False}}, True),
    ("cluster-autoscaler", {"extraArgs": {"scale-down-enabled": True}}, False),
    ("jupyterhub", {"scheduling": {"userPlaceholder": {"replicas": 100.0}}}, True),
    ("jupyterhub", {"scheduling": {"userPlaceholder": {"replicas": 10}}}, False),
])  # fmt: skip
def test_values_of_charts(chart: str, values: object, *, is_refused: bool) -> None:
    release = {"chart": chart, "version": "1.0.0", "namespace": "x", "values": values}
    assert (CHART in refused(Given("kubernetes:helm.sh/v3:Release", release))) is is_refused


@pytest.mark.parametrize(("key", "address"), [
    ("MISTRAL_OCR_API_KEY", "MISTRAL_OCR_API_BASE_URL"), ("DATALAB_MARKER_API_KEY", "DATALAB_MARKER_API_BASE_URL"),
    ("LAKERA_API_KEY", "LAKERA_API_BASE"),
])  # fmt: skip
def test_vendors_that_read_documents_and_questions(key: str, address: str) -> None:
    def program(*env: tuple[str, str]) -> Given:
        variables = [{"name": name, "value": value} for name, value in env]
        return k8s("core/v1:Pod", {"metadata": meta("x"), "spec": {"containers": [{"name": "x", "env": variables}]}})

    assert DEFAULT in refused(program((key, "k")))
    assert DEFAULT not in refused(program((key, "k"), (address, "https://models.inference.svc:8443")))
