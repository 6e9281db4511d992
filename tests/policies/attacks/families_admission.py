"""Attacks that leave a protection of the cluster in place by name and take its effect away (2026-11-28)."""

from ..blind import TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-115", "FJ-ESC-117", "FJ-ESC-103", "FJ-ESC-119", "FJ-EXP-")
HARM = "what the protection forbids is created"
RULE = {"name": "no-host-path", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]},
        "validate": {"failureAction": "Enforce", "message": "no", "pattern": {"spec": {"=(volumes)": [{
            "X(hostPath)": "null"}]}}}}  # fmt: skip
HOOK = {"name": "v.policy.example.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
        "clientConfig": {"service": {"name": "policy", "namespace": "policy", "path": "/v", "port": 443},
                         "caBundle": "Q0E="},
        "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                   "resources": ["pods"], "scope": "Namespaced"}]}  # fmt: skip
ADMISSION = "admissionregistration.k8s.io/v1"
REFUSING = """package hosts
violation[{"msg": msg}] {
  c := input.review.object.spec.containers[_]
  CONDITION
  msg := sprintf("%v is not allowed", [c.name])
}
"""


def _kyverno(rule: dict[str, object], kind: str = "kyverno.io/v1:ClusterPolicy", **spec: object) -> tuple[Given, ...]:
    return (k8s(kind, {"metadata": meta(), "spec": {**spec, "rules": [{**RULE, **rule}]}}),)


def _validate(**fields: object) -> dict[str, object]:
    return {"validate": {**RULE["validate"], **fields}}  # type: ignore[dict-item]


def _hook(kind: str = "ValidatingWebhookConfiguration", **fields: object) -> tuple[Given, ...]:
    return (k8s(f"{ADMISSION}:{kind}", {"metadata": {"name": "policy", "labels": TAGS}, "webhooks": [
        {**HOOK, "failurePolicy": "Fail", **fields}]}),)  # fmt: skip


def _namespace(**labels: str) -> tuple[Given, ...]:
    return (k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
        **TAGS, **{f"pod-security.kubernetes.io/{key}": value for key, value in labels.items()}}}}),)  # fmt: skip


def _rego(condition: str, *helpers: str) -> tuple[Given, ...]:
    program = "\n".join((REFUSING.replace("CONDITION", condition), *helpers))
    return (k8s("templates.gatekeeper.sh/v1:ConstraintTemplate", {
        "metadata": {"name": "hosts", "labels": TAGS}, "spec": {
            "crd": {"spec": {"names": {"kind": "Hosts"}}},
            "targets": [{"target": "admission.k8s.gatekeeper.sh", "rego": program}]}}),)  # fmt: skip


def _cel(expression: str) -> tuple[Given, ...]:
    return (k8s(f"{ADMISSION}:ValidatingAdmissionPolicy", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
        "failurePolicy": "Fail", "validations": [{"expression": expression, "message": "no"}],
        "matchConstraints": {"resourceRules": [{
            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]}}
    }),)  # fmt: skip


def _cel_template(**fields: object) -> tuple[Given, ...]:
    source = {"validations": [{"expression": "variables.anyObject.spec.hostNetwork != true", "message": "no"}]}
    code = {"engine": "K8sNativeValidation", "source": {**source, **fields}}
    return (k8s("templates.gatekeeper.sh/v1:ConstraintTemplate", {
        "metadata": {"name": "hosts", "labels": TAGS}, "spec": {
            "crd": {"spec": {"names": {"kind": "Hosts"}}},
            "targets": [{"target": "admission.k8s.gatekeeper.sh", "code": [code]}]}}),)  # fmt: skip


ATTACKS = (
    Attack("a policy of Kyverno records only, by its rule", ESC, _kyverno(_validate(failureAction="Audit")),
        "critical", HARM),
    Attack("a policy of Kyverno records only, by an override for every namespace", ESC, _kyverno(_validate(
        failureActionOverrides=[{"action": "Audit", "namespaces": ["*"]}])), "critical", HARM),
    Attack("a policy of Kyverno records only, by its default", ESC, (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": meta(), "spec": {"rules": [{"name": "x", "match": RULE["match"], "validate": {
            "message": "no", "pattern": {"spec": {"hostNetwork": "false"}}}}]}}),), "critical", HARM),
    Attack("a policy of Kyverno records only, in version 2", ESC,
        _kyverno(_validate(failureAction="Audit"), "kyverno.io/v2beta1:ClusterPolicy"), "critical", HARM),
    Attack("a policy of Kyverno passes what it cannot evaluate", ESC,
        _kyverno({}, webhookConfiguration={"failurePolicy": "Ignore"}), "critical",
        "who overloads the webhook creates what he wants"),
    Attack("a policy of Kyverno passes what it cannot evaluate, by the older field", ESC,
        _kyverno({}, failurePolicy="Ignore"), "critical", "who overloads the webhook creates what he wants"),
    Attack("a policy of Kyverno is switched off at admission", ESC, _kyverno({}, admission=False), "critical", HARM),
    Attack("a policy of Kyverno excepts every namespace", ESC,
        _kyverno({"exclude": {"any": [{"resources": {"namespaces": ["*"]}}]}}), "critical", HARM),
    Attack("a policy of Kyverno excepts whoever has signed in", ESC,
        _kyverno({"exclude": {"any": [{"subjects": [{"kind": "Group", "name": "system:authenticated"}]}]}}),
        "critical", HARM),
    Attack("a policy of Kyverno excepts every service account", ESC,
        _kyverno({"exclude": {"any": [{"subjects": [{"kind": "Group", "name": "system:serviceaccounts"}]}]}}),
        "critical", HARM),
    Attack("a policy of Kyverno excepts objects with a label that anyone may set", ESC,
        _kyverno({"exclude": {"any": [{"resources": {"selector": {"matchLabels": {"skip-policy": "true"}}}}]}}),
        "major", HARM),
    Attack("a policy of Kyverno has a condition that is never met", ESC,
        _kyverno({"preconditions": {"all": [{"key": "a", "operator": "Equals", "value": "b"}]}}), "major", HARM),
    Attack("an exception of Kyverno is for every object", ESC, (k8s("kyverno.io/v2:PolicyException", {
        "metadata": meta("x", "team-a"), "spec": {"exceptions": [{"policyName": "pods", "ruleNames": ["*"]}],
                                                  "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}}}),),
        "critical", HARM),
    Attack("a constraint of Gatekeeper only warns", ESC, (k8s("constraints.gatekeeper.sh/v1beta1:K8sHostPaths", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"enforcementAction": "warn", "match": {"kinds": [{
            "apiGroups": [""], "kinds": ["Pod"]}]}}}),), "critical", HARM),
    Attack("a constraint of Gatekeeper is a dry run", ESC, (k8s("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivileged", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"enforcementAction": "dryrun"}}),), "critical", HARM),
    Attack("a constraint of Gatekeeper excepts every namespace", ESC, (
        k8s("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivileged", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "enforcementAction": "deny", "match": {"excludedNamespaces": ["*"]}}}),), "critical", HARM),
    Attack("an admission policy passes what it cannot evaluate", ESC, (k8s(f"{ADMISSION}:ValidatingAdmissionPolicy", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {
            "failurePolicy": "Ignore", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]},
            "validations": [{"expression": "object.spec.hostNetwork != true"}]}}),), "critical", HARM),
    Attack("a binding of an admission policy only warns", ESC, (k8s(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"policyName": "pods", "validationActions": ["Warn",
                                                                                                     "Audit"]}}),),
        "critical", HARM),
    Attack("a binding of an admission policy lets missing parameters pass", ESC, (
        k8s(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", {
            "metadata": {"name": "x", "labels": TAGS}, "spec": {
                "policyName": "pods", "validationActions": ["Deny"], "paramRef": {
                    "name": "p", "namespace": "policy", "parameterNotFoundAction": "Allow"}}}),), "critical", HARM),
    Attack("a webhook of a policy is ignored when it does not answer", ESC, _hook(failurePolicy="Ignore"), "critical",
        "who overloads the webhook creates what he wants"),
    Attack("a webhook of a policy is never called", ESC, _hook(matchConditions=[
        {"name": "never", "expression": "false"}]), "critical", HARM),
    Attack("a webhook of a policy excepts every service account", ESC, _hook(matchConditions=[{
        "name": "people", "expression": "!request.userInfo.username.startsWith('system:serviceaccount:')"}]),
        "critical", HARM),
    Attack("the older webhook is ignored by a patch", ESC, (k8s(f"{ADMISSION}:ValidatingWebhookConfigurationPatch", {
        "metadata": {"name": "kyverno-resource-validating-webhook-cfg"}, "webhooks": [{
            "name": "validate.kyverno.svc-fail", "failurePolicy": "Ignore"}]}),), "critical", HARM),
    Attack("a namespace lets privileged pods in", ESC, _namespace(enforce="privileged"), "critical", HARM),
    Attack("a namespace only records privileged pods", ESC, _namespace(audit="restricted", warn="restricted"),
        "critical", HARM),
    Attack("a patch lifts the restriction of a namespace", ESC, (k8s("core/v1:NamespacePatch", {
        "metadata": {"name": "team-a", "labels": {"pod-security.kubernetes.io/enforce": "privileged"}}}),),
        "critical", HARM),
    Attack("the settings of Kyverno leave every namespace out", ESC, (k8s("core/v1:ConfigMap", {
        "metadata": meta("kyverno", "kyverno"), "data": {"resourceFilters": "[*/*,*,*]",
                                                         "excludeGroups": "system:authenticated"}}),),
        "critical", HARM),
    Attack("an image policy of Sigstore lets images pass", ESC, (crd("policy.sigstore.dev/v1beta1:ClusterImagePolicy", {
        "mode": "warn", "images": [{"glob": "**"}], "authorities": [{"static": {"action": "pass"}}]}),),
        "critical", HARM),
    Attack("a template of Gatekeeper asks whether a number is false", ESC,
        _rego("not count(input.review.object.spec.containers)"), "critical", HARM),
    Attack("a template of Gatekeeper asks for pods without containers", ESC,
        _rego("count(input.review.object.spec.containers) == 0"), "critical", HARM),
    Attack("a template of Gatekeeper compares an image with itself by two names", ESC,
        _rego("image := c.image\n  image != c.image"), "critical", HARM),
    Attack("a template of Gatekeeper asks for an element of an empty list", ESC, _rego("some x in []"),
        "critical", HARM),
    Attack("a template of Gatekeeper asks for two images at once", ESC,
        _rego('c.image == "a"\n  c.image == "b"'), "critical", HARM),
    Attack("a helper of a template approves of everything by its default", ESC,
        _rego("not approved", "default approved = true"), "critical", HARM),
    Attack("a helper of a template approves of each container", ESC, _rego("not approved(c)", "approved(x) = true"),
        "critical", HARM),
    Attack("a helper of a template finds nothing", ESC, _rego("bad(c)", "bad(x) { worse(x) }", "worse(x) { false }"),
        "critical", HARM),
    Attack("a template of Gatekeeper in the newer syntax finds nothing", ESC, (k8s(
        "templates.gatekeeper.sh/v1:ConstraintTemplate", {"metadata": {"name": "hosts", "labels": TAGS}, "spec": {
            "crd": {"spec": {"names": {"kind": "Hosts"}}}, "targets": [{
                "target": "admission.k8s.gatekeeper.sh", "code": [{"engine": "Rego", "source": {
                    "version": "v1", "rego": "package hosts\nviolation contains {\"msg\": \"no\"} if bad\n"
                                             "default bad := false\n"}}]}]}}),), "critical", HARM),
    Attack("a template of Gatekeeper in CEL is never evaluated", ESC, _cel_template(
        matchCondition=[{"name": "never", "expression": "false"}]), "critical", HARM),
    Attack("a template of Gatekeeper in CEL lets pass what it cannot read", ("FJ-ESC-115",), _cel_template(
        failurePolicy="Ignore"), "high", "an object without the field that it reads passes"),
    Attack("an admission policy asks that no pod is without containers", ESC,
        _cel("size(object.spec.containers) > 0"), "critical", HARM),
    Attack("an admission policy refuses what has two values at once", ESC,
        _cel("!(object.spec.priority == 1 && object.spec.priority == 2)"), "critical", HARM),
)  # fmt: skip
