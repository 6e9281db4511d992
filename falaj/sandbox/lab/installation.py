"""Installs CRDs, configuration and webhooks into a new laboratory."""

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from falaj.components.core.charts.charts import KUBERAY_NAMESPACE, LWS_NAMESPACE, TRAINER_NAMESPACE
from falaj.sandbox.lab import upstream_files
from falaj.sandbox.lab.api import Api, ApiError, wait_for
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.differences import laboratory_settings
from falaj.sandbox.lab.kueue_webhooks import webhook_fields
from falaj.sandbox.lab.services import LabContext

NAMESPACE = "kueue-system"

ADDONS_WITH_WEBHOOKS = ("kueue", "jobset", "trainer", "lws")
"""Add-ons with a configuration file and webhooks."""

_LABEL_OF_PODS = {"jobset": "jobset.sigs.k8s.io/jobset-name", "lws": "leaderworkerset.sigs.k8s.io/name"}
"""Add-on -> label of the pods that its chart limits its webhooks of pods to."""

_PLATFORM_CONTROLLERS = (NAMESPACE, "jobset-system", TRAINER_NAMESPACE, KUBERAY_NAMESPACE, LWS_NAMESPACE)
"""Namespaces of the service accounts as which the add-ons run. Their charts bind narrower roles to them."""


_CRD = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"}


def write_config(program: str, context: LabContext) -> None:
    """Writes the configuration file of a program: production's, with the rows of `differences.DIFFERENCES`."""
    settings = laboratory_settings(program, context)["config"]
    (context.folder / f"{program}.yaml").write_text(yaml.safe_dump(settings))


def link_trainer_certificate(context: LabContext) -> None:
    """Gives Kubeflow Trainer the certificate of its webhooks, for which it has no setting."""
    served = context.folder / "trainer" / "k8s-webhook-server" / "serving-certs"
    served.parent.mkdir(parents=True, exist_ok=True)
    if not served.exists():
        served.symlink_to(context.certificates.server.certificate.parent.resolve())


def install_definitions(api: Api, context: LabContext) -> None:
    """Installs the CRDs. Returns when the API server serves all kinds."""
    files = [
        file for source in upstream_files.DEFINITIONS for file in upstream_files.files(context.upstream_files, source)
    ]
    installed = list(manifests(files))
    for manifest in installed:
        api.apply(_without_descriptions(manifest))
    for crd in installed:
        if crd["kind"] == _CRD["kind"]:
            wait_for(lambda crd=crd: _established(api, crd), 30, f"the definition {crd['metadata']['name']}")


def _without_descriptions(schema: Any) -> Any:
    """Returns a manifest without the sentences of its schemas: 59 % of what the API server keeps and merges."""
    if isinstance(schema, list):
        return [_without_descriptions(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_descriptions(value)
        for key, value in schema.items()
        if key != "description" or not isinstance(value, str)  # a property may have that name
    }


def install(api: Api, context: LabContext) -> None:
    """Installs certificates and webhooks into a laboratory that has the CRDs."""
    for name, conversion in _conversions(context).items():
        api.merge({**_CRD, "metadata": {"name": name}}, {"spec": conversion})
    for namespace in _PLATFORM_CONTROLLERS:
        api.apply(_full_rights(namespace))
    api.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    api.apply(_certificate_secret(context))
    for addon in ADDONS_WITH_WEBHOOKS:
        for manifest in manifests(sorted((context.upstream_files / f"{addon}-webhooks").glob("*.yaml"))):
            api.apply(_with_client_config(addon, manifest, context))


def webhooks_answer(api: Api) -> bool:
    """Returns whether the add-ons' webhooks respond, tested with dry-run requests."""
    try:
        for probe in _PROBES:
            api.request("POST", api.path(probe, named=False) + "?dryRun=All", probe)
    except ApiError:
        return False
    return True


_PROBES: tuple[Mapping[str, Any], ...] = (
    {"apiVersion": "kueue.x-k8s.io/v1beta2", "kind": "ResourceFlavor", "metadata": {"name": "probe"}},
    {
        "apiVersion": "jobset.x-k8s.io/v1alpha2",
        "kind": "JobSet",
        "metadata": {"name": "probe", "namespace": "default"},
        "spec": {"replicatedJobs": []},
    },
    {
        "apiVersion": "trainer.kubeflow.org/v1alpha1",
        "kind": "TrainingRuntime",
        "metadata": {"name": "probe", "namespace": "default"},
        "spec": {"template": {"spec": {"replicatedJobs": []}}},
    },
    {
        "apiVersion": "leaderworkerset.x-k8s.io/v1",
        "kind": "LeaderWorkerSet",
        "metadata": {"name": "probe", "namespace": "default"},
        "spec": {"leaderWorkerTemplate": {"workerTemplate": {"spec": {"containers": [{"name": "probe"}]}}}},
    },
)


def _full_rights(namespace: str) -> dict[str, Any]:
    """Returns the binding of the service accounts of a controller's namespace to all rights."""
    group = f"system:serviceaccounts:{namespace}"
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": f"lab-{namespace}"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": group}],
    }


def _established(api: Api, manifest: dict[str, Any]) -> bool:
    conditions = (api.get(manifest) or {}).get("status", {}).get("conditions", ())
    return any(condition["type"] == "Established" and condition["status"] == "True" for condition in conditions)


def _certificate_secret(context: LabContext) -> dict[str, Any]:
    """Returns the secret that a cluster would mount into Kueue's pod. Kueue uses the files unchanged."""
    keys = context.certificates
    files = {
        "ca.crt": keys.authority.certificate,
        "ca.key": keys.authority.key,
        "tls.crt": keys.server.certificate,
        "tls.key": keys.server.key,
    }
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "kueue-webhook-server-cert", "namespace": NAMESPACE},
        "data": {name: base64.b64encode(path.read_bytes()).decode() for name, path in files.items()},
    }


def _client_config(addon: str, context: LabContext, path: str) -> dict[str, str]:
    """Returns the client configuration of a webhook, by URL: add-ons run as local processes, not behind a service."""
    authority = base64.b64encode(context.certificates.authority.certificate.read_bytes()).decode()
    return {"url": f"https://{ADDRESS}:{context.ports[f'{addon}-webhook']}{path}", "caBundle": authority}


def _conversions(context: LabContext) -> dict[str, dict[str, Any]]:
    """Returns name of a CRD -> its conversion webhook."""
    conversions = {}
    for patch in manifests(sorted((context.upstream_files / "kueue-conversions").glob("*.yaml"))):
        patch["spec"]["conversion"]["webhook"]["clientConfig"] = _client_config("kueue", context, "/convert")
        conversions[patch["metadata"]["name"]] = patch["spec"]
    # The kustomization of the release omits this one, which has a single version.
    conversions.pop("resourceflavors.kueue.x-k8s.io", None)
    return conversions


def _with_client_config(addon: str, manifest: dict[str, Any], context: LabContext) -> dict[str, Any]:
    """Returns a webhook configuration under the name that the add-on's certificate rotator expects."""
    manifest["metadata"]["name"] = f"{addon}-{manifest['metadata']['name']}"
    for webhook in manifest["webhooks"]:
        webhook["clientConfig"] = _client_config(addon, context, webhook["clientConfig"]["service"]["path"])
        webhook |= _chart_fields(addon, webhook["name"], context)
    return manifest


def _chart_fields(addon: str, webhook: str, context: LabContext) -> Mapping[str, Any]:
    """Returns the fields that the add-on's chart adds to a webhook."""
    if addon in _LABEL_OF_PODS:
        pods = {"matchExpressions": [{"key": _LABEL_OF_PODS[addon], "operator": "Exists"}]}
        return {"objectSelector": pods} if webhook.endswith("pod.kb.io") else {}
    if addon == "trainer":  # the chart's webhooks are those of the module
        return {}
    config = laboratory_settings("kueue", context)["config"]
    template = (context.upstream_files / "kueue-chart-webhooks" / "manifests.yaml").read_text()
    return webhook_fields(template, webhook, config)


def manifests(files: list[Path]) -> Iterator[dict[str, Any]]:
    """Yields the objects in YAML files."""
    for file in files:
        for manifest in yaml.load_all(file.read_text(), Loader=_LOADER):
            if manifest:
                yield manifest


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast as SafeLoader, if available
