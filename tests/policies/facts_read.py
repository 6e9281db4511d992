"""Resources whose facts were held against the sources of vendors."""

from .blind import TAGS, k8s, meta, pod
from .harness import Given, Pack, rules

PACK = Pack()


def refuses(given: Given, rule: str) -> bool:
    """Returns whether a rule refuses a resource."""
    return rule in rules(PACK.evaluate_resource(given))


def script(text: str) -> Given:
    """Returns a Pod that runs a script."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"command": ["sh", "-c", text]})})


def variable(name: str, value: str) -> Given:
    """Returns a Pod with a variable."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"env": [{"name": name, "value": value}]})})


def volume_class(driver: str, **parameters: str) -> Given:
    """Returns a class of volumes."""
    tags = ",".join(f"{key}={value}" for key, value in TAGS.items())
    return k8s("storage.k8s.io/v1:StorageClass", {"metadata": meta("c"), "provisioner": driver, "parameters": {
        "skuName": "Premium_ZRS", "tags": tags, **parameters}})  # fmt: skip
