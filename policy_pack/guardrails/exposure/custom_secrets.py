"""Plaintext secrets in custom resources, whose fields also take a reference to a Secret: passwords and tokens by their
names, variables and settings of programs outside the containers of a pod, and texts in a known format of a key."""

import re
from collections.abc import Container, Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves, walk
from ..engine.verdicts import Outcome, Verdict, failed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import pods
from ..readers.plaintext_secrets import is_reference, is_secret_value, judge_variable, variables
from ..readers.texts import read_texts

_PASSWORD = lazy_regex(r"(?!.*secret_)(?:.*[./_-])?(?:password|passwd)|.*(?:Password|Passwd)")
"""Fields with a password; not those with the place of a Secret, as `k8s_secret_password` of the operator of ClickHouse
(Altinity/clickhouse-operator 50e8d049 docs/security_hardening.md, read 2026-11-29), whose `users` have the name before
a slash, as `admin/password`."""
_TOKEN = lazy_regex(r"\.bearertokenauth(?:/[\w.-]{1,60})?\.token(?:s\[\d+\])?$")
"""Tokens of the OpenTelemetry Collector (open-telemetry/opentelemetry-collector-contrib,
extension/bearertokenauthextension/config.go, Tokens, read 2026-11-29)."""
_NAMES_KEY = lazy_regex(r"(?:secret|ref|from|encryptedData)\w*(?:\[\d+\])?\.[^.]*$", re.IGNORECASE)
"""Path of a value that is the name of a key of a Secret, as `passwordSecret.password` of Strimzi, or that only the
cluster can read (SealedSecret, `encryptedData`)."""
_ENCRYPTED = lazy_regex(r"^spec\.encryptedData\b")
_READ_LATER = lazy_regex(
    r"\$\{|\$__|\$\(|\{\{|<<|%\{|\A\$\w|\A(?:ref\+|vault:|secret:|env:)"
    r"|\AENC\[AES256_GCM,"
)
"""A value that a program reads from a variable, a file or a template when it starts, or that SOPS encrypted (getsops/
sops 15e36f97 aes/cipher.go, read 2026-11-30)."""
_VARIABLES = frozenset({"env", "envVars", "sparkConf", "hadoopConf", "flinkConfiguration", "environment", "stringData"})
"""Fields with variables or settings, and what a kind of its own writes into a Secret: KubeRay `autoscalerOptions`,
Kubeflow Trainer, Spark operator, GPU operator (their API types at feeaf72f, 8c0f5059, 38082f33) and Flink operator
(apache/flink-kubernetes-operator 6e9caeb4 docs/content/docs/custom-resource/reference.md); read 2026-11-29."""
_NAMES_SECRET = lazy_regex(
    r"spark\.kubernetes\.(?:(?:driver|executor)\.(?:secretKeyRef|secrets)\..+|container\.image\.pullSecrets"
    r"|kerberos\.tokenSecret\.(?:name|itemKey))"
    r"|kubernetes\.(?:env\.secretKeyRef|secrets|container\.image\.pull-secrets)"
    r"|(?:spark\.hadoop\.)?fs\.s3a\.(?:[\w.-]{1,99}\.)?aws\.credentials\.provider(?:\.mapping)?"
)
"""Settings with the name of a Secret, its key, or where a pod has its files, and with the classes by which S3A signs in
(apache/hadoop 3b20f6be hadoop-tools/hadoop-aws/src/site/markdown/tools/hadoop-aws/authentication.md; awslabs/
data-on-eks, taxi-trip.yaml; read 2026-11-30) (`secretKeyRef` of Spark found as a string, `secrets` and
`kerberos.tokenSecret` by apache/spark 00185e3d docs/running-on-kubernetes.md, read 2026-11-30; `pull-secrets` by
apache/flink, KubernetesConfigOptions, an excerpt, `kubernetes.secrets` by apache/flink-kubernetes-operator 6e9caeb4
examples/flink-tls-example; read 2026-11-29)."""
_CERTIFICATES = lazy_regex(r"\.target\.additionalFormats\.(?:jks|pkcs12)\.password$|truststore\.password$")
_OF_EVERY_STORE = "changeit"
"""Password that Java and trust-manager have for a store of public certificates (cert-manager/trust-manager, API of
Bundle, `additionalFormats.jks.password`, fc1b53dd, read 2026-11-29): it keeps nothing secret."""
_OF_EVERY_OBJECT = frozenset({"apiVersion", "kind", "metadata", "status"})
_VALUES = lazy_regex(r"(?:^|\.)values(?:Content|Template)?\.")
"""Path of values of a chart in one text: `helm.values` of an Application of Argo CD (argoproj/argo-cd 37ee0097, its
CRD), `valuesContent` of a HelmChart of k3s (k3s-io/helm-controller 21a911f doc/helmchart.md, read
2026-11-30)."""
_PARAMETERS = ("spec?.source?.helm?.parameters?", "spec?.sources[*].helm?.parameters?")
_LONGEST = 300
_KYVERNO = "kubernetes:kyverno.io/"
_GENERATED = lazy_regex(r"\.generate(?:\.foreach\[\d+\])?\.data\.(?:stringData|data)\.")
"""Path of what a rule of Kyverno writes into a Secret or a ConfigMap (kyverno/kyverno 111e07bb, its CRD)."""
_TEMPLATE_OF_STEPS = "stepTemplate"
_OF_PODS = frozenset({"containers", "initContainers", "ephemeralContainers", _TEMPLATE_OF_STEPS})
"""Fields that the rule on containers reads itself, where a container has an image; Tekton's template is part of each of
its steps."""
_IN_PATCHES = lazy_regex(r"\.podSpecPatch\.(?:.{1,200}\.)?env\[\d+\]\.value$")
"""Path of a variable in a patch of a pod that is one text (argoproj/argo-workflows f016ad89 docs/fields.md, read
2026-11-30)."""
_ELSEWHERE = lazy_regex(rf"\.(?:{'|'.join(_OF_PODS | _VARIABLES)})(?:[.\[]|$)")
"""Paths whose texts are read as variables, here or by the rule on containers."""


def check_custom_secrets(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each password, token or key that stands in a custom resource, and an outcome for each
    variable."""
    if resource.type.startswith(_KYVERNO):
        yield from _check_generated(resource)
    if not is_custom(resource):
        return
    fields = [(name, value) for name, value in resource.props.items() if name not in _OF_EVERY_OBJECT]
    found = {path for path, key, value in _texts(resource, fields) if _is_secret(path, key, value)}
    for path in sorted(found):
        yield failed(f"{path} contains a plaintext secret", path)
    for leaf in read_texts(resource).leaves:
        if leaf.is_in_text and _IN_PATCHES.search(leaf.path[-_LONGEST:]) and leaf.path not in found:
            yield judge_variable(leaf.key, leaf.value, leaf.path)
    of_containers = {container.path_to("env") for pod in pods(resource) for container in pod.containers}
    given = (item for field, value in fields for item in _variables({field: value}, "", of_containers))
    for name, value, path in given:
        is_harmless = _NAMES_SECRET.fullmatch(name) is not None or _opens_certificates(path, value)
        is_harmless = is_harmless or (isinstance(value, str) and _READ_LATER.match(value) is not None)
        if path not in found and (not is_harmless or is_secret_value(value)):
            yield judge_variable(name, value, path)


def _check_generated(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each secret that a policy of Kyverno writes into the objects that it generates."""
    for path, key, value in leaves(resource.props.get("spec"), "spec"):
        is_text = isinstance(value, str) and not _READ_LATER.search(value)
        if is_text and _GENERATED.search(path[-_LONGEST:]) and judge_variable(key, value, path).verdict is Verdict.FAIL:
            yield failed(f"{path} contains a plaintext secret", path)


def _texts(resource: Resource, fields: Iterable[tuple[str, Plain]]) -> Iterator[tuple[str, str, str]]:
    """Yields the texts of fields as (path, key, text), and those in the values of a chart that are one text."""
    for name, value in fields:
        yield from ((path, key, text) for path, key, text in leaves(value, name) if isinstance(text, str))
        for path, parameters in (item for place in _PARAMETERS for item in walk({name: value}, place)):
            given = variables(parameters, path)
            yield from ((place, key, text) for key, text, place in given if isinstance(text, str))
    for leaf in read_texts(resource).leaves:
        if leaf.is_in_text and isinstance(leaf.value, str) and _VALUES.search(leaf.path[:_LONGEST]):
            yield leaf.path, leaf.key, leaf.value


def _is_secret(path: str, key: str, value: str) -> bool:
    is_named = _PASSWORD.fullmatch(key[:200]) is not None or _TOKEN.search(path[-200:]) is not None
    if is_named and not _NAMES_KEY.search(path[-200:]) and not _READ_LATER.search(value):
        return not is_reference(value) and not _opens_certificates(path, value)
    return is_secret_value(value) and not _ENCRYPTED.match(path) and not _ELSEWHERE.search(path)


def _opens_certificates(path: str, value: Plain) -> bool:
    return value == _OF_EVERY_STORE and _CERTIFICATES.search(path[-200:]) is not None


def _variables(value: Plain, path: str, of_containers: Container[str]) -> Iterator[tuple[str, Plain, str]]:
    """Yields the variables as (name, value, path), but for those at paths of containers."""
    if isinstance(value, dict):
        for key, item in value.items():
            place = f"{path}.{key}" if path else key
            if key in _VARIABLES and place not in of_containers:
                yield from variables(item, place)
            elif key != _TEMPLATE_OF_STEPS and key not in _VARIABLES:
                yield from _variables(item, place, of_containers)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _variables(item, f"{path}[{index}]", of_containers)
