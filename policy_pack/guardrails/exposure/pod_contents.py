"""Contents of a pod: images, resource requests and limits, service account tokens, and plaintext secrets."""

from collections.abc import Iterator, Mapping

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Resource, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, Pod, PodCheck, each_pod, objects, pods
from ..readers.plaintext_secrets import judge_variable, variables

_MUTABLE_TAGS = frozenset({"latest", "main", "master", "nightly", "edge"})


def is_pinned(image: str) -> bool:
    """Returns whether an image has a digest, or a tag that is not known to be mutable."""
    if "@sha256:" in image:
        return True
    tag = image.rsplit("/", 1)[-1].partition(":")[2]
    return bool(tag) and tag.lower() not in _MUTABLE_TAGS


def _check_images(pod: Pod) -> Iterator[Outcome]:
    """Checks the images of containers, and those that are mounted as volumes."""
    volumes = [(volume.child("image"), "reference") for volume in pod.spec.children("volumes")]
    for holder, key in [*((container, "image") for container in pod.containers), *volumes]:
        image, path = holder.get(key), holder.path_to(key)
        if image is UNKNOWN or image is MISSING or is_pinned(str(image)):
            yield passed()
        else:
            yield failed(f"{path} has no version tag, or a mutable one", path)


_TEMPLATE_OF_SPARK = lazy_regex(r"spec\.(?:template\.)?(?P<part>driver|executor)\.template\.spec\.containers\[\d+\]")


def _is_sized_by_spark(container: ObjectPart) -> bool:
    """Returns whether Spark itself sets what a container takes, by the cores and the memory of the application, whose
    defaults are one core and a gibibyte: that with this name in a template of the operator (kubeflow/spark-operator
    38082f33 submission.go, podTemplateContainerName; Apache Spark, "Pod Template", an excerpt; read 2026-11-30)."""
    match = _TEMPLATE_OF_SPARK.fullmatch(container.path)
    return match is not None and container.get("name") == f"spark-kubernetes-{match['part']}"


def _resource_check(name: str, *keys: str) -> PodCheck:
    """Returns a check that each container sets the resource `name` under one of `keys`. Ephemeral containers cannot set
    any."""

    def check(pod: Pod) -> Iterator[Outcome]:
        for container in pod.containers:
            if "ephemeralContainers[" in container.path or container.is_patch or _is_sized_by_spark(container):
                continue
            resources = container.child("resources")
            values = [resources.get(key) for key in keys]
            path = resources.child(keys[0]).path_to(name)
            if UNKNOWN in (container.get("resources"), *values):
                yield undetermined(f"{path} is not known before deployment", path)
            elif all(resources.child(key).get(name) is MISSING for key in keys):
                yield failed(f"{path} is not set", path)
            else:
                yield passed()

    return check


def _check_automount(pod: Pod) -> Iterator[Outcome]:
    """Checks that the pod does not mount the token of the default service account. The token of its own account is
    allowed."""
    automount = pod.spec.get("automountServiceAccountToken")
    account = pod.spec.get("serviceAccountName")
    account = pod.spec.get("serviceAccount") if account is MISSING else account
    path = pod.spec.path_to("automountServiceAccountToken")
    if automount is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
        return
    has_own_account = account not in (MISSING, "", "default")
    is_unset_in_patch = automount is MISSING and pod.spec.is_patch
    if str(automount).lower() == "false" or has_own_account or is_unset_in_patch:
        yield passed()
    else:
        yield failed(f"{path} must be false, or serviceAccountName must name an account other than default", path)


_SECONDS_PER_DAY = 86_400
_LIFETIMES = {"serviceAccountToken": "expirationSeconds", "podCertificate": "maxExpirationSeconds"}
"""Source of a projected volume -> its life in seconds (kubernetes/api 10b39a39 core/v1/types.go, read 2026-11-29)."""


def _check_token_lifetime(pod: Pod) -> Iterator[Outcome]:
    """Checks that projected tokens and certificates are valid for at most a day, their longest default: the kubelet
    renews them."""
    for volume in pod.spec.children("volumes"):
        for source in volume.child("projected").children("sources"):
            for kind, field in _LIFETIMES.items():
                path, seconds = source.child(kind).path_to(field), source.child(kind).get(field)
                if isinstance(seconds, int | float) and seconds > _SECONDS_PER_DAY:
                    yield failed(f"{path} is longer than a day", path)


_NAMED_ELSEWHERE = lazy_regex(
    r"kubernetes:(?:serving\.kserve\.io/\w+:(?:Cluster)?ServingRuntime|postgresql\.cnpg\.io/\w+:Pooler)"
)
"""Types with containers whose account another names: the service of KServe (kserve/kserve,
pkg/apis/serving/v1alpha1/servingruntime_types.go, ServingRuntimePodSpec, read 2026-11-28), and the operator, which
makes one for each pooler (cloudnative-pg/cloudnative-pg 04a7b7de, pkg/specs/pgbouncer/deployments.go, read
2026-11-29)."""
_SPARK = lazy_regex(r"kubernetes:spark\.apache\.org/\w+:SparkApplication")
_SPARK_ACCOUNT = "spark.kubernetes.authenticate.driver.serviceAccountName"
"""Setting of Spark that names the account of the driver's pod, whatever its template says (Apache Spark, "Running Spark
on Kubernetes", as published programs have it, read 2026-11-29). Templates of executors are evaluated by themselves."""
_SERVED = ("predictor", "transformer", "explainer")
"""Parts of a service that have pods."""


def _check_served(resource: Resource) -> Iterator[Outcome]:
    """Checks the parts of services of KServe whose containers are those of a runtime."""
    for service in objects(resource, "InferenceService"):
        for part in map(service.child("spec").child, _SERVED):
            if part.get("model") is not MISSING:
                yield from _check_automount(Pod(part, part.child("metadata"), ()))


_OPERATOR_OF_SPARK = lazy_regex(r"kubernetes:sparkoperator\.k8s\.io/\w+:(?:Scheduled)?SparkApplication")
_TEMPLATES_OF_SPARK = lazy_regex(r"(?P<part>(?:spec|spec\.template)\.(?:driver|executor))\.template\.spec")


def _check_tokens(resource: Resource) -> Iterator[Outcome]:
    if _OPERATOR_OF_SPARK.fullmatch(resource.type):
        yield from _check_templates_of_spark(resource)
    elif not _NAMED_ELSEWHERE.fullmatch(resource.type):
        check = _check_executor if _has_spark_account(resource) else _check_automount
        yield from each_pod(check)(resource)
    yield from each_pod(_check_token_lifetime)(resource)
    yield from _check_served(resource)


def _check_templates_of_spark(resource: Resource) -> Iterator[Outcome]:
    """Checks the pods of an application of Kubeflow's operator. The account beside a template becomes that of its pods,
    and the driver's that of executors without one (kubeflow/spark-operator 38082f33 submission.go; apache/spark pull
    request 58343 on what earlier versions do, an excerpt; read 2026-11-30)."""
    for pod in pods(resource):
        match = _TEMPLATES_OF_SPARK.fullmatch(pod.spec.path)
        parts = (match["part"], match["part"].replace(".executor", ".driver")) if match else ()
        accounts = [value for part in parts for _, value in walk(resource.props, f"{part}.serviceAccount?")]
        names_one = next((item.strip() not in ("", "default") for item in accounts if isinstance(item, str)), False)
        yield from (passed(),) if names_one else _check_automount(pod)


def _check_executor(pod: Pod) -> Iterator[Outcome]:
    """Checks the pods of an application of Spark but its driver's, whose account its settings name."""
    if not pod.spec.path_to("").startswith("spec.driverSpec."):
        yield from _check_automount(pod)


def _has_spark_account(resource: Resource) -> bool:
    """Returns whether an application of Apache's operator for Spark names an account of its driver."""
    if not _SPARK.fullmatch(resource.type):
        return False
    settings = next((value for _, value in walk(resource.props, "spec?.sparkConf?")), None)
    account = settings.get(_SPARK_ACCOUNT) if isinstance(settings, Mapping) else None
    return isinstance(account, str) and account.strip() not in ("", "default")


def _check_environment(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        for name, value, path in variables(container.data.get("env"), container.path_to("env")):
            yield judge_variable(name, value, path)


POD_CONTENTS: tuple[Guardrail, ...] = (
    exposure_rule(312, Severity.MEDIUM, "Every image is pinned to a version",
                  "what runs tomorrow must be what was reviewed today",
                  "Set a version tag or, better, a digest (@sha256:...)",
                  predicate=each_pod(_check_images), types=KUBERNETES_TYPES),
    exposure_rule(313, Severity.MEDIUM, "Every container has a CPU request",
                  "a pod without a request can be scheduled on any node, and slows its neighbours down under load",
                  "Set resources.requests.cpu (a limit counts as well)",
                  predicate=each_pod(_resource_check("cpu", "requests", "limits")), types=KUBERNETES_TYPES),
    exposure_rule(316, Severity.MEDIUM, "Every container has a memory limit",
                  "without a limit, one container can use all memory of the node, and its neighbours are killed",
                  "Set resources.limits.memory",
                  predicate=each_pod(_resource_check("memory", "limits")), types=KUBERNETES_TYPES),
    exposure_rule(314, Severity.MEDIUM,
                  "No pod mounts the default service account's token, or a token that is valid for more than a day",
                  "the token gives an intruder access to the API server",
                  "Set automountServiceAccountToken to false, or use a service account created for this pod",
                  predicate=_check_tokens, types=KUBERNETES_TYPES),
    exposure_rule(315, Severity.CRITICAL, "The environment of a container contains no plaintext secret",
                  "everyone who can read the object, its history or its backups can read the secret",
                  "Reference a Secret with valueFrom.secretKeyRef, or mount it from the key vault",
                  predicate=each_pod(_check_environment), types=KUBERNETES_TYPES),
)  # fmt: skip
