"""Exposure of Kubernetes workloads: ingresses, namespaces, default accounts, and plaintext secrets in config maps."""

import re
from collections.abc import Iterator, Mapping

from ..engine.families import exposure_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, leaves, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectCheck, ObjectPart, each_object
from ..readers.plaintext_secrets import decode, describes_secrets, has_secret_lines, is_secret_value, judge_variable
from .custom_secrets import check_custom_secrets


def _annotations(item: ObjectPart) -> Plain:
    annotations = item.child("metadata").get("annotations")
    return {} if annotations is MISSING else annotations


_PUBLIC_ANNOTATIONS: dict[str, tuple[str, ...]] = {
    "alb.ingress.kubernetes.io/scheme": ("internet-facing",),
    "alb.ingress.kubernetes.io/frontend-nlb-scheme": ("internet-facing",),
    "appgw.ingress.kubernetes.io/use-private-ip": ("false",),
    "tailscale.com/funnel": ("true",),
}
_NGINX = "nginx.ingress.kubernetes.io/"
_VERBATIM_ANNOTATIONS = ("auth-url", "auth-tls-match-cn", "mirror-target", "mirror-host")
"""Annotations that ingress-nginx copies verbatim into its configuration (CVE-2025-1097, 1098, 24514)."""
_SNIPPET = lazy_regex(
    r"(?:nginx\.ingress\.kubernetes\.io|nginx\.(?:org|com)|haproxy\.(?:org|com)|haproxy-ingress\.github\.io"
    r"|ingress\.kubernetes\.io)/(?:[\w.-]*-snippets?|config-(?:backend|frontend|global|defaults|proxy|sections|tcp)\w*)"
)
"""Annotations with lines of a proxy's configuration: kubernetes/ingress-nginx dbb11b92, nginx/kubernetes-ingress
0eb3072d, haproxytech/kubernetes-ingress fc120676 (with its three prefixes) and jcmoraisjr/haproxy-ingress 465a51ce,
read 2026-11-28."""
_NGINX_GROUP = "kubernetes:k8s.nginx.org/"
"""Group of NGINX Ingress Controller, whose fields that end in `-snippets` or `Snippets` are lines of configuration."""
_INJECTION = lazy_regex(r"[;{}|#\n]")
_END_OF_LINE = lazy_regex(r"[;\n]")
"""What ends a line of nginx, and so begins one of the annotation's own, wherever the controller copies it."""
_BETWEEN_ITEMS = lazy_regex(r",\s{1,99}")
_LISTS = ("whitelist-source-range", "allowlist-source-range", "denylist-source-range", "cors-allow-origin",
          "cors-allow-headers", "cors-allow-methods", "cors-expose-headers", "server-alias")  # fmt: skip
"""Annotations with a list, whose items may stand on lines of their own (kubernetes/ingress-nginx dbb11b92
docs/user-guide/nginx-configuration/annotations.md, read 2026-11-29)."""
_QUOTED = lazy_regex(r"""(?<![^ \t])(?:"[^"\n{}]{0,300}"|'[^'\n{}]{0,300}')(?![^ \t;])""")
"""A word in quotes, in which nginx takes no `;` for the end of a line: elsewhere in a word, quotes are letters."""
_PATH_INJECTION = lazy_regex(
    r"[\r\n\"]|;(?:[\s{}#]|$)|_by_lua|/etc/(?:passwd|shadow|group|nginx|ingress-controller)\b"
    r"|/var/run/secrets\b|/(?:etc|var/run)/kubernetes(?:/|$)",
    re.IGNORECASE,
)
"""What a path of an Ingress has that ends a word or a line of nginx, or leads to its files (CVE-2021-25745,
CVE-2021-25748; kubernetes/ingress-nginx dbb11b92 internal/ingress/inspector/rules.go, read 2026-11-30; kyverno/policies
b9c4317c nginx-ingress/restrict-ingress-paths, read 2026-12-01). A semicolon
within a segment is part of it, such as `/orders;v=1` (RFC 3986, 3.3)."""
_PUBLIC_CLASSES = ("azure-alb-external",)
_TUNNEL_CLASSES = ("ngrok", "tailscale", "cloudflare-tunnel", "inlets")
_TUNNEL_CONTROLLERS = lazy_regex(r"(?:.*\.)?(?:ngrok|tailscale)\.com/.*|.*\bcloudflare-tunnel\b.*")
"""Classes of ingresses, and their controllers, whose vendor lets callers in, as the operators of ngrok, Tailscale
and Cloudflare Tunnel are known to call them, not read."""
_APPLICATION_GATEWAY_CLASSES = "azure-application-gateway", "azure/application-gateway"


def _ends_its_line(name: str, value: str) -> bool:
    """Returns whether the value of an annotation of ingress-nginx begins a line of configuration of its own."""
    if name in _VERBATIM_ANNOTATIONS:
        return _INJECTION.search(value) is not None
    text = value.strip()
    if name in _LISTS:
        text = _BETWEEN_ITEMS.sub(",", text)
    elif name == "proxy-cookie-path" and "\\" not in text:
        text = _QUOTED.sub("", text)
    return _END_OF_LINE.search(text if name in _LISTS else text.rstrip().removesuffix(";")) is not None


def _check_ingress(item: ObjectPart) -> Iterator[Outcome]:
    annotations, spec = _annotations(item), item.child("spec")
    if not isinstance(annotations, dict):
        yield undetermined("its annotations are not known before deployment", "metadata.annotations")
        return
    for key, public_values in _PUBLIC_ANNOTATIONS.items():
        if str(annotations.get(key)).lower() in public_values:
            yield failed(f"annotation {key} makes it public", item.child("metadata").path_to("annotations"))
    classes = (spec.get("ingressClassName"), annotations.get("kubernetes.io/ingress.class"))
    is_private = str(annotations.get("appgw.ingress.kubernetes.io/use-private-ip")).lower() == "true"
    if any(name in _TUNNEL_CLASSES for name in classes):
        yield failed("its class is a tunnel of a vendor, who lets callers in", "spec.ingressClassName")
    if any(name in _PUBLIC_CLASSES for name in classes):
        yield failed(
            "its class is Application Gateway for Containers, whose frontends are public", "spec.ingressClassName"
        )
    if any(name in _APPLICATION_GATEWAY_CLASSES for name in classes) and not is_private:
        yield failed("an Application Gateway is public unless use-private-ip is true", "metadata.annotations")
    for key in annotations:
        is_snippet = _SNIPPET.fullmatch(key) is not None
        name = key.removeprefix(_NGINX)
        if is_snippet or (name != key and _ends_its_line(name, str(annotations[key]))):
            yield failed(f"annotation {key} injects configuration into the ingress controller", "metadata.annotations")
    for path in (path for rule in spec.children("rules") for path in rule.child("http").children("paths")):
        if _PATH_INJECTION.search(str(path.get("path"))):
            yield failed(f"{path.path_to('path')} injects configuration into the ingress controller", path.path)
    yield passed()


def _check_class(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    for key in ("controller", "controllerName"):
        if _TUNNEL_CONTROLLERS.fullmatch(str(spec.get(key))):
            yield failed(f"{spec.path_to(key)} is a tunnel of a vendor, who lets callers in", spec.path_to(key))


def _check_snippets(resource: Resource) -> Iterator[Outcome]:
    for item in expand_list(resource):
        for path, key, value in leaves(item.props.get("spec"), "spec") if item.type.startswith(_NGINX_GROUP) else ():
            if key.lower().endswith("snippets") and value not in ("", None):
                yield failed(f"{path} injects configuration into the ingress controller", path)


def _check_entries(resource: Resource) -> Iterator[Outcome]:
    yield from _check_snippets(resource)
    yield from each_object(_check_ingress, "Ingress")(resource)
    yield from each_object(_check_class, "IngressClass", "GatewayClass")(resource)


_ANSWER = "use-annotation"
"""Name of the port of a service that stands for an action in an annotation, such as a fixed answer to hosts that no
rule names (kubernetes-sigs/aws-load-balancer-controller 225f44568, docs/guide/ingress/annotations.md, read
2026-11-29)."""


def _is_an_answer(backend: ObjectPart) -> bool:
    """Returns whether a backend is an action of the load balancer and no program."""
    return backend.child("service").child("port").get("name") == _ANSWER


def _check_hosts(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    if spec.get("defaultBackend") is not MISSING and not _is_an_answer(spec.child("defaultBackend")):
        yield failed(f"{spec.path_to('defaultBackend')} serves every host", spec.path_to("defaultBackend"))
    for rule in item.child("spec").children("rules"):
        host = rule.get("host")
        if host is UNKNOWN:
            yield passed()
        elif host in (MISSING, "") or str(host).startswith("*"):
            yield failed(f"{rule.path_to('host')} must name one host", rule.path_to("host"))
        else:
            yield passed()


_POD_SECURITY = "pod-security.kubernetes.io/"
"""Beginning of the labels of the Pod Security levels. `audit` and `warn` let a pod in (Kubernetes, "Pod Security
Admission", read 2026-11-28); one without any leaves it to the rules on pods, and is reported (FJ-EXP-333)."""


def _check_namespace(allowed: Mapping[str, str]) -> ObjectCheck:
    def check(item: ObjectPart) -> Iterator[Outcome]:
        metadata = item.child("metadata")
        labels, is_listed = metadata.child("labels"), str(metadata.get("name")) in allowed
        level = labels.get(f"{_POD_SECURITY}enforce")
        only_records = level is MISSING and any(f"{_POD_SECURITY}{mode}" in labels.data for mode in ("audit", "warn"))
        if level == "privileged" and not is_listed:
            yield failed("it allows privileged pods (pod-security label)", "metadata.labels")
        elif only_records and not is_listed and not item.is_patch:
            yield failed(
                "it records privileged pods and allows them: no pod-security label enforces", "metadata.labels"
            )
        else:
            yield passed()

    return check


def _check_config_map(item: ObjectPart) -> Iterator[Outcome]:
    for key in ("data", "binaryData"):
        data = item.child(key)
        for name, text in data.data.items():
            value = decode(text) if key == "binaryData" and isinstance(text, str) else text
            if isinstance(value, str) and has_secret_lines(value):
                yield failed(f"{data.path_to(name)} contains a plaintext secret", data.path_to(name))
            yield passed() if describes_secrets(value) else judge_variable(name, value, data.path_to(name))


_PROVIDER = "pulumi:providers:kubernetes"


def _has_secret_object(value: Plain) -> bool:
    """Returns whether a value is a Secret with data, or has one in it, as a list of objects."""
    items = [value]
    while items:
        item = items.pop()
        if isinstance(item, dict):
            has_data = any(isinstance(data := item.get(key), dict) and data for key in ("data", "stringData"))
            if item.get("kind") == "Secret" and has_data:
                return True
            items.extend(item.values())
        elif isinstance(item, list):
            items.extend(item)
    return False


def _check_releases(provider: Resource) -> Iterator[Outcome]:
    """Checks that a provider keeps the values of releases in Secrets, as by default (pulumi-kubernetes 4.34.2,
    HelmReleaseSettings.driver)."""
    settings = from_json(provider.get("helmReleaseSettings"))
    driver = settings.get("driver") if isinstance(settings, dict) else None
    is_config_map = str(driver).lower() in ("configmap", "configmaps")
    text = "helmReleaseSettings.driver writes the values of releases, with their secrets, into ConfigMaps"
    yield failed(text, "helmReleaseSettings.driver") if is_config_map else passed()


def _check_plaintext(resource: Resource) -> Iterator[Outcome]:
    if resource.type == _PROVIDER:
        yield from _check_releases(resource)
        return
    yield from each_object(_check_config_map, "ConfigMap")(resource)
    for item in expand_list(resource):
        yield from check_custom_secrets(item)
        yield from _check_annotated(item)


def _check_annotated(item: Resource) -> Iterator[Outcome]:
    """Checks that no annotation has a secret: whoever reads an object reads them, also those of a Secret that kubectl
    wrote down in one (Kubernetes, "Well-Known Labels, Annotations and Taints", last-applied-configuration)."""
    for root in ("metadata.annotations", "spec.template.metadata.annotations"):
        for path, annotations in walk(item.props, root.replace(".", "?.") + "?"):
            for key, value in annotations.items() if isinstance(annotations, dict) else ():
                text = value if isinstance(value, str) else ""
                if is_secret_value(text) or has_secret_lines(text) or _has_secret_object(from_json(text)):
                    yield failed(f"{path}.{key} contains a plaintext secret", path)


_CLOUD_ROLES = ("eks.amazonaws.com/role-arn", "azure.workload.identity/client-id", "iam.gke.io/gcp-service-account")
"""Annotations by which pods of an account get an identity of a cloud (external-secrets/external-secrets cc5bfbc2
docs/provider/aws-access.md; Azure/azure-workload-identity 04d01a2f docs/book/src/topics/
service-account-labels-and-annotations.md; the former, docs/provider/google-secrets-manager.md, for GKE; read
2026-11-29)."""


def _check_default_account(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that the default service account, which pods without their own account use, mounts no token."""
    if item.child("metadata").get("name") == "default" and not item.is_patch:
        automount = item.get("automountServiceAccountToken")
        text = "automountServiceAccountToken must be false for the default account of pods"
        yield passed() if str(automount).lower() == "false" else failed(text, "automountServiceAccountToken")
        for key in _CLOUD_ROLES:
            path = item.child("metadata").child("annotations").path_to(key)
            is_set = item.child("metadata").child("annotations").get(key) not in (MISSING, "")
            yield failed(f"{path} gives every pod without an account a role of the cloud", path) if is_set else passed()


_ENTRY_POINT = "an entry point that nobody monitors is an entry point for attackers"

KUBERNETES_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(322, Severity.HIGH, "Ingresses are reachable from private networks only, and inject no configuration",
                  _ENTRY_POINT,
                  "Set alb.ingress.kubernetes.io/scheme to internal or appgw.ingress.kubernetes.io/use-private-ip to "
                  '"true"; remove snippets and tailscale.com/funnel',
                  predicate=_check_entries, types=KUBERNETES_TYPES),
    exposure_rule(323, Severity.MEDIUM, "Ingresses list the hosts that they serve",
                  "an ingress for every host also answers for names of others",
                  "Set a host without a wildcard in each rule, and no defaultBackend but a load balancer's action",
                  predicate=each_object(_check_hosts, "Ingress"), types=KUBERNETES_TYPES),
    exposure_rule(326, Severity.CRITICAL, "Config maps and custom resources contain no plaintext secret",
                  "config maps and custom resources are not encrypted like secrets, and more people may read them",
                  "Move it to a Secret that is filled from the key vault, and refer to it; leave out the provider's "
                  "helm_release_settings.driver",
                  predicate=_check_plaintext, types=(*KUBERNETES_TYPES, _PROVIDER)),
    exposure_rule(327, Severity.MEDIUM, "The default service account mounts no token",
                  "the token gives an intruder access to the API server",
                  "Set automountServiceAccountToken to false on it",
                  predicate=each_object(_check_default_account, "ServiceAccount"), types=KUBERNETES_TYPES),
)  # fmt: skip


def namespace_guardrail(privileged: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail of namespaces. `privileged`: namespace that may have the privileged level -> reason."""
    return exposure_rule(
        325,
        Severity.HIGH,
        "No namespace has the privileged Pod Security level, or a level that it only records, unless it is listed",
        "one privileged pod controls the node and every tenant's pods on it",
        "Set pod-security.kubernetes.io/enforce to restricted or baseline, or list the namespace "
        "under kubernetes.privileged_namespaces in enforcement.yaml, with the reason",
        predicate=each_object(_check_namespace(privileged), "Namespace"),
        types=KUBERNETES_TYPES,
    )
