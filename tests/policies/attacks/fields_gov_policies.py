"""Attacks on policies of a cluster, found by reading every field of their kinds (2026-11-29, fields of governance).

Fields and defaults by kyverno/kyverno 111e07bbec (config/crds), open-policy-agent/gatekeeper dd8507eb97
(charts/gatekeeper/crds), argoproj/argo-cd 37ee0097cf (manifests/crds) and the API reference of Kubernetes 1.36; read
2026-11-29. Each passed the pack before.
"""

from collections.abc import Mapping

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-",)
IDN = ("FJ-IDN-",)
PODS = {"any": [{"resources": {"kinds": ["Pod"]}}]}
CLOSED = {"pattern": {"spec": {"hostNetwork": "false"}}}
HERE = "https://kubernetes.default.svc"
GITHUB = "https://token.actions.githubusercontent.com"
ASKED = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}
NO_HOST = {"expression": "!has(object.spec.hostNetwork) || !object.spec.hostNetwork", "message": "no host network"}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _rule(validate: Mapping[str, object], **more: object) -> tuple[Given, ...]:
    rule = {"name": "r", "match": PODS, "validate": {"failureAction": "Enforce", "message": "no", **validate}, **more}
    return (_top("kyverno.io/v1:ClusterPolicy", "pods", {"rules": [rule]}),)


def _signed(entry: object, **more: object) -> tuple[Given, ...]:
    images = {"imageReferences": ["registry.dc1.example.ae/*"], "failureAction": "Enforce",
              "attestors": [{"entries": [entry]}], **more}  # fmt: skip
    rules = [{"name": "signed", "match": PODS, "verifyImages": [images]}]
    return (_top("kyverno.io/v1:ClusterPolicy", "signed", {"rules": rules}),)


def _images(signer: object, expression: str, **more: object) -> tuple[Given, ...]:
    return (_top("policies.kyverno.io/v1beta1:ImageValidatingPolicy", "signed", {
        "validationActions": ["Deny"], "matchConstraints": {"resourceRules": [ASKED]},
        "matchImageReferences": [{"glob": "registry.dc1.example.ae/*"}],
        "attestors": [{"name": "bank", "cosign": {"keyless": {"identities": [signer]}}}],
        "validations": [{"expression": expression, "message": "not signed"}], **more}),)  # fmt: skip


def _exception(kind: str, **spec: object) -> tuple[Given, ...]:
    return (k8s(kind, {"metadata": meta("agents", "kyverno"), "spec": spec}),)


def _constraint(kind: str, match: Mapping[str, object] | None = None, **spec: object) -> tuple[Given, ...]:
    return (_top(f"constraints.gatekeeper.sh/v1beta1:{kind}", "pods", {
        "enforcementAction": "deny",
        "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}], **(match or {})}, **spec}),)  # fmt: skip


def _admission(binding: Mapping[str, object], **policy: object) -> tuple[Given, ...]:
    spec = {"failurePolicy": "Fail", "matchConstraints": {"resourceRules": [ASKED]}, "validations": [NO_HOST]}
    kind = "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy"
    return (_top(kind, "no-host", {**spec, **policy}), _top(f"{kind}Binding", "no-host-binding", {
        "policyName": "no-host", "validationActions": ["Deny"], **binding}))  # fmt: skip


def _config(**spec: object) -> tuple[Given, ...]:
    return (k8s("config.gatekeeper.sh/v1alpha1:Config", {
        "metadata": meta("config", "gatekeeper-system"), "spec": spec}),)  # fmt: skip


def _project(**more: object) -> tuple[Given, ...]:
    spec = {"sourceRepos": ["https://git.dc1.example.ae/team-a/apps.git"],
            "destinations": [{"server": HERE, "namespace": "team-a"}], **more}  # fmt: skip
    return (k8s("argoproj.io/v1alpha1:AppProject", {"metadata": meta("team-a", "argocd"), "spec": spec}),)


OPT_OUT = {"matchExpressions": [{"key": "skip", "operator": "DoesNotExist"}]}
COUNTED = "images.containers.map(image, verifyImageSignatures(image, [attestors.bank])).all(e, e > 0)"
REF = {"exceptions": [{"policyName": "pods", "ruleNames": ["r"]}]}

ATTACKS: tuple[Attack, ...] = (
    Attack("images are accepted that anybody signed in a pipeline", ESC, _signed(
        {"keyless": {"issuer": GITHUB, "subject": "*"}}),
        "critical", "each account of GitHub signs an image that starts (Kyverno, KeylessAttestor.subject)"),
    Attack("images are accepted by an expression for every signer", ESC, _signed(
        {"keyless": {"issuer": GITHUB, "subjectRegExp": "^https://github\\.com/.+$"}}),
        "critical", "each account of GitHub signs an image that starts (Kyverno, subjectRegExp)"),
    Attack("images are accepted of every signer of an issuer", ESC, _signed(
        {"keyless": {"issuer": "https://accounts.google.com"}}),
        "critical", "each account of Google signs an image that starts (Kyverno, KeylessAttestor)"),
    Attack("images whose policy is in CEL are accepted of every signer", ESC, _images(
        {"issuer": GITHUB, "subjectRegExp": ".*"}, COUNTED),
        "critical", "each account of GitHub signs an image that starts (Kyverno, cosign.keyless.identities)"),
    Attack("signatures are counted from nought", ESC, _images(
        {"issuer": GITHUB, "subject": "https://github.com/bank/images/.github/workflows/build.yml@refs/heads/main"},
        COUNTED.replace("e > 0", "e >= 0")),
        "critical", "an image without a signature starts (Kyverno, ImageValidatingPolicy, validations)"),
    Attack("images need no signature in a policy in CEL", ESC, _images(
        {"issuer": GITHUB, "subject": "https://github.com/bank/images/.github/workflows/build.yml@refs/heads/main"},
        COUNTED, validationConfigurations={"required": False}),
        "critical", "an image without a signature starts (Kyverno, validationConfigurations.required)"),
    Attack("images whose signatures count are all skipped", ESC, _signed(
        {"keys": {"kms": "awskms:///alias/signing"}}, skipImageReferences=["registry.dc1.example.ae/*"]),
        "critical", "no image is verified (Kyverno, skipImageReferences)"),
    Attack("a pod's isolation is taken out of the standard again", ESC, _rule({"podSecurity": {
        "level": "baseline", "version": "latest", "exclude": [
            {"controlName": "Privileged Containers", "images": ["*"]}, {"controlName": "HostPath Volumes"}]}}),
        "critical", "a privileged pod starts (Kyverno, podSecurity.exclude)"),
    Attack("whoever may edit a namespace is left out of a policy", ESC, _rule(
        CLOSED, exclude={"any": [{"clusterRoles": ["edit", "view"]}]}),
        "critical", "each team has the role edit (Kyverno, exclude.any.clusterRoles)"),
    Attack("a policy is passed over for pods with an annotation", ESC, _rule(CLOSED, preconditions={"all": [
        {"key": "{{ request.object.metadata.annotations.skip || '' }}", "operator": "NotEquals", "value": "true"}]}),
        "major", "whoever writes a pod writes the annotation (Kyverno, preconditions)"),
    Attack("an exception is for a name in every namespace", ESC, _exception(
        "kyverno.io/v2:PolicyException", **REF,
        match={"any": [{"resources": {"kinds": ["Pod"], "names": ["agent"]}}]}),
        "major", "each team calls its pod agent (Kyverno, PolicyException.match)"),
    Attack("an exception is for whatever an account writes", ESC, _exception(
        "kyverno.io/v2:PolicyException", **REF,
        match={"any": [{"subjects": [{"kind": "Group", "name": "system:serviceaccounts"}]}]}),
        "critical", "each controller and pipeline writes what it likes (Kyverno, PolicyException.match)"),
    Attack("an exception of a policy in CEL is for every image", ESC, _exception(
        "policies.kyverno.io/v1beta1:PolicyException", policyRefs=[{"name": "signed", "kind": "ImageValidatingPolicy"}],
        images=["*"], matchConditions=[{"name": "n", "expression": "object.metadata.name == 'agent'"}]),
        "major", "whoever calls a pod agent starts any image (Kyverno, PolicyException.images)"),
    Attack("an exception of a policy in CEL asks for nothing that objects lack", ESC, _exception(
        "policies.kyverno.io/v1beta1:PolicyException", policyRefs=[{"name": "pods", "kind": "ValidatingPolicy"}],
        matchConditions=[{"name": "n", "expression": "has(object.metadata)"}]),
        "critical", "every object is left out (Kyverno, PolicyException.matchConditions)"),
    Attack("a constraint leaves out pods by a label of their own", ESC, _constraint(
        "K8sPSPPrivilegedContainer", {"labelSelector": OPT_OUT}),
        "critical", "whoever writes a pod sets the label (Gatekeeper, match.labelSelector)"),
    Attack("a constraint leaves out every image", ESC, _constraint(
        "K8sPSPPrivilegedContainer", parameters={"exemptImages": ["*"]}),
        "critical", "no container is evaluated (Gatekeeper library, exemptImages)"),
    Attack("a constraint allows repositories that begin with nothing", ESC, _constraint(
        "K8sAllowedRepos", parameters={"repos": [""]}),
        "critical", "every image begins so (Gatekeeper library, K8sAllowedRepos)"),
    Attack("a constraint denies in the audit only", ESC, _constraint(
        "K8sPSPPrivilegedContainer", enforcementAction="scoped", scopedEnforcementActions=[
            {"action": "deny", "enforcementPoints": [{"name": "audit.gatekeeper.sh"}]}]),
        "critical", "what is forbidden is created (Gatekeeper, scopedEnforcementActions.enforcementPoints)"),
    Attack("namespaces of teams are left out of Gatekeeper by a wildcard", ESC, _config(
        match=[{"excludedNamespaces": ["team-*"], "processes": ["*"]}]),
        "critical", "no constraint is evaluated there (Gatekeeper, Config.match)"),
    Attack("Gatekeeper writes what it knows into its log", ESC, _config(validation={"traces": [
        {"user": "ci", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "dump": "All"}]}),
        "major", "whoever reads logs reads each object that is kept (Gatekeeper, Config.validation.traces.dump)"),
    Attack("Gatekeeper keeps every secret for programs of constraints", ESC, _config(sync={"syncOnly": [
        {"group": "", "version": "v1", "kind": "Secret"}]}),
        "major", "who writes a template reads them by its message (Gatekeeper, Config.sync.syncOnly)"),
    Attack("a policy in CEL is asked when pods are deleted only", ESC, _admission(
        {}, matchConstraints={"resourceRules": [{**ASKED, "operations": ["DELETE"]}]}),
        "critical", "what it forbids is created (Kubernetes, NamedRuleWithOperations.operations)"),
    Attack("a policy in CEL leaves out pods by a label of their own", ESC, _admission(
        {}, matchConstraints={"resourceRules": [ASKED], "objectSelector": OPT_OUT}),
        "critical", "whoever writes a pod sets the label (Kubernetes, MatchResources.objectSelector)"),
    Attack("a binding leaves out pods by a label of their own", ESC, _admission(
        {"matchResources": {"objectSelector": OPT_OUT}}),
        "critical", "whoever writes a pod sets the label (Kubernetes, MatchResources.objectSelector)"),
    Attack("a binding takes out again what its policy is for", ESC, _admission(
        {"matchResources": {"excludeResourceRules": [{**ASKED, "operations": ["*"]}]}}),
        "critical", "no pod is evaluated (Kubernetes, MatchResources.excludeResourceRules)"),
    Attack("a binding is for other objects than its policy", ESC, _admission({"matchResources": {"resourceRules": [
        {**ASKED, "apiGroups": ["apps"], "resources": ["deployments"]}]}}),
        "critical", "no object is evaluated (Kubernetes, MatchResources.resourceRules)"),
    Attack("a team's map says what a policy refuses", ESC, _admission(
        {"paramRef": {"name": "limits", "namespace": "team-a", "parameterNotFoundAction": "Deny"}},
        paramKind={"apiVersion": "v1", "kind": "ConfigMap"}),
        "critical", "the team allows itself what it likes (Kubernetes, ParamRef.namespace)"),
    Attack("the map of each team's own namespace says what a policy refuses there", ESC, _admission(
        {"paramRef": {"name": "limits", "parameterNotFoundAction": "Deny"}},
        paramKind={"apiVersion": "v1", "kind": "ConfigMap"}),
        "critical", "the team allows itself what it likes (kubernetes/api, ParamRef: the namespace of the object)"),
    Attack("a project of a team deploys objects of the cluster", IDN, _project(
        clusterResourceWhitelist=[{"group": "rbac.authorization.k8s.io", "kind": "ClusterRoleBinding"}]),
        "critical", "the team's repository makes it administrator (Argo CD, clusterResourceWhitelist)"),
    Attack("a project of a team deploys into the namespace of Argo CD", IDN, _project(
        destinations=[{"server": HERE, "namespace": "team-a"}, {"server": HERE, "namespace": "argocd"}]),
        "critical", "the team's repository adds projects of any right (Argo CD, 'Declarative Setup')"),
    Attack("a token of a project does not expire", IDN, _project(roles=[
        {"name": "ci", "policies": ["p, proj:team-a:ci, applications, sync, team-a/*, allow"],
         "jwtTokens": [{"iat": 1795420800, "id": "ci"}]}]),
        "major", "who copied it deploys until somebody removes it (Argo CD, roles.jwtTokens.exp)"),
    Attack("a project of a team is applied by an account of payments", IDN, _project(destinationServiceAccounts=[
        {"server": HERE, "namespace": "team-a", "defaultServiceAccount": "payments:deployer"}]),
        "critical", "the team's repository acts with the rights of payments (Argo CD, destinationServiceAccounts)"),
)  # fmt: skip
