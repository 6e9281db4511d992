"""Attacks on objects whose API groups a team lists: modes that only watch, credentials that are passed on, signatures
of anybody, checks that are ignored.

Written on 2026-11-30 after the seventeenth set, as those of `after_seventeenth_groups`.
"""

from typing import cast

from ..blind import ME, TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

SWITCH, NAMED = ("FJ-ESC-115",), ("FJ-IDN-313",)
MIRROR = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
DIGEST = "@sha256:" + "d" * 64
KUBEWARDEN, FLUX, OPENSHIFT = "policies.kubewarden.io/v1", "source.toolkit.fluxcd.io/v1", "config.openshift.io/v1"
SIGSTORE = "policy.sigstore.dev/v1beta1"


def _of(kind: str, spec: dict[str, object]) -> tuple[Given, ...]:
    return (crd(kind, spec),)


def _policy(kind: str, **spec: object) -> tuple[Given, ...]:
    """Returns a policy of Kubewarden."""
    return _of(f"{KUBEWARDEN}:{kind}", {
        "module": f"registry://{MIRROR}/pod-privileged{DIGEST}", "mutating": False, "settings": {}, "rules": [{
            "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
        **spec})  # fmt: skip


def _source(**verify: object) -> tuple[Given, ...]:
    """Returns a source of Flux that verifies a signature."""
    return _of(f"{FLUX}:OCIRepository", {
        "url": f"oci://{MIRROR}/apps", "interval": "5m", "verify": {"provider": "cosign", **verify}})  # fmt: skip


def _signed(glob: str, *authorities: object) -> tuple[Given, ...]:
    return _of(f"{SIGSTORE}:ClusterImagePolicy", {"images": [{"glob": glob}], "authorities": list(authorities)})


def _set(generator: dict[str, object], project: str = "payments", namespace: str = "payments") -> tuple[Given, ...]:
    """Returns an ApplicationSet with one generator."""
    return (k8s("argoproj.io/v1alpha1:ApplicationSet", {"metadata": meta("everything", "argocd"), "spec": {
        "goTemplate": True, "generators": [generator], "template": {
            "metadata": {"name": "{{ .repository }}"}, "spec": {
                "project": project, "source": {"repoURL": "{{ .url }}", "targetRevision": "{{ .sha }}", "path": "d"},
                "destination": {"server": "https://kubernetes.default.svc", "namespace": namespace}}}}},
        "everything"),)  # fmt: skip


def _found(**provider: object) -> dict[str, object]:
    return {"gitea": {"owner": "bank", "api": "https://git.git.svc", "allBranches": True}, **provider}


def _step(**step: object) -> tuple[Given, ...]:
    """Returns a task of Tekton with one step more than the release of an image."""
    closed = {"securityContext": {
        "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "computeResources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {
            "cpu": "1", "memory": "128Mi"}}}  # fmt: skip
    return (k8s("tekton.dev/v1:Task", {"metadata": meta("release", "builds"), "spec": {"steps": [
        {"image": f"{MIRROR}/tools{DIGEST}", **closed, **step},
        {"name": "promote", "image": f"{MIRROR}/crane{DIGEST}", **closed, "command": ["crane", "tag", "a", "b"]}]}},
        "release"),)  # fmt: skip


def _pool(**budget: object) -> tuple[Given, ...]:
    """Returns a pool of machines with one budget of disruption."""
    return (k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "services", "labels": TAGS}, "spec": {
        "limits": {"cpu": "128", "memory": "512Gi"}, "disruption": {
            "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [budget]},
        "template": {"metadata": {"labels": TAGS}, "spec": {
            "expireAfter": "720h", "nodeClassRef": {
                "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "bank"}, "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7i.2xlarge"]}]}}}},
        "services"),)  # fmt: skip


def _plugin(reference: str) -> tuple[Given, ...]:
    """Returns workers of Kafka with a plug-in in an image."""
    return _of("kafka.strimzi.io/v1:KafkaConnect", {
        "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "groupId": "connect", "configStorageTopic":
        "configs", "offsetStorageTopic": "offsets", "statusStorageTopic": "status", "tls": {"trustedCertificates": [
            {"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]}, "plugins": [
                {"name": "sink", "artifacts": [{"type": "image", "reference": reference}]}]})  # fmt: skip


def _chart(chart: str, version: str, **values: object) -> tuple[Given, ...]:
    return release(chart, version, values)


WATCHING = (
    Attack("a group of policies of Kubewarden only watches", SWITCH, _policy(
        "ClusterAdmissionPolicyGroup", mode="monitor"), "major", "privileged pods start and a line is written"),
    Attack("objects pass while a policy of Kubewarden does not answer", SWITCH, _policy(
        "AdmissionPolicy", failurePolicy="Ignore"), "major", "policy_types.go, FailurePolicy"),
    Attack("policies of Kubewarden come over plain text", SWITCH, _of(f"{KUBEWARDEN}:PolicyServer", {
        "image": f"{MIRROR}/policy-server{DIGEST}", "replicas": 2, "insecureSources": ["registry.bank.svc:5000"]}),
        "major", "whoever is in between decides what starts"),
    Attack("a policy on images only warns", SWITCH, _of(f"{SIGSTORE}:ClusterImagePolicy", {
        "mode": "warn", "images": [{"glob": "**"}], "authorities": [{"key": {"secretRef": {"name": "bank"}}}]}),
        "major", "images that nobody signed start"),
    Attack("a policy of NeuVector on pods only watches", SWITCH, _of("neuvector.com/v1:NvSecurityRule", {
        "target": {"policymode": "Monitor", "selector": {"name": "nv.x"}}, "ingress": [], "egress": []}), "major",
        "neuvector-helm 900de6f4a, charts/crd"),
    Attack("admission by NeuVector only watches", SWITCH, _of("neuvector.com/v1:NvAdmissionControlSecurityRule", {
        "config": {"mode": "monitor", "enable": True, "client_mode": "service"}, "rules": []}), "major", "the same"),
    Attack("a firewall of F5 is transparent", SWITCH, _of("appprotect.f5.com/v1beta1:APPolicy", {
        "policy": {"name": "x", "enforcementMode": "transparent"}}), "major", "attacks pass and are written down"),
    Attack("open-appsec only learns", SWITCH, _of("openappsec.io/v1beta1:Policy", {"default": {
        "mode": "detect-learn"}}), "major", "attacks pass and are written down"),
    Attack("a profile of seccomp only writes down", SWITCH, _of(
        "security-profiles-operator.x-k8s.io/v1beta1:SeccompProfile", {"defaultAction": "SCMP_ACT_LOG"}), "major",
        "programs call every function of the kernel"),
    Attack("a profile of SELinux is permissive", SWITCH, _of(
        "security-profiles-operator.x-k8s.io/v1:SelinuxProfile", {"mode": "Permissive"}), "major", "the same"),
    Attack("what is done in an OpenShift is recorded by nobody", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "audit": {"profile": "None"}}), "critical", "openshift/api 2a3d73913, types_apiserver.go"),
    Attack("secrets of an OpenShift lie in plain text", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "encryption": {"type": "identity"}}), "critical", "the same"),
    Attack("pages of everybody act in an OpenShift", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "additionalCORSAllowedOrigins": ["(?i).*"]}), "major", "the same"),
    Attack("an OpenShift takes outdated TLS", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "tlsSecurityProfile": {"type": "Old", "old": {}}}), "major", "TLS 1.0 and broken ciphers"),
    Attack("tokens of an OpenShift are valid for a year", SWITCH, _of(f"{OPENSHIFT}:OAuth", {
        "tokenConfig": {"accessTokenMaxAgeSeconds": 31536000}}), "major", "a copied token is as good"),
)  # fmt: skip
PASSED_ON = (
    Attack("the login of charts goes to each repository of Fleet", SWITCH, _of("fleet.cattle.io/v1alpha1:GitRepo", {
        "repo": "https://git.git.svc/apps", "branch": "main", "helmSecretName": "charts"}), "major",
        "without helmRepoURLRegex it is always used"),
    Attack("Sveltos hands the login of charts to each host", SWITCH, _of(
        "config.projectsveltos.io/v1beta1:ClusterProfile", {"helmCharts": [{"options": {"passCredentialsAll": True}}]}),
        "major", "passCredentialsAll"),
    Attack("a bucket of Flux is read in plain text", SWITCH, _of(f"{FLUX}:Bucket", {
        "bucketName": "b", "endpoint": "minio.flux-system.svc:9000", "insecure": True, "interval": "5m"}), "major",
        "what the cluster runs comes from there"),
    Attack("Flux runs what anybody signed", SWITCH, _source(), "critical", "neither a key nor a signer"),
    Attack("Flux runs what anybody of any issuer signed", SWITCH, _source(matchOIDCIdentity=[
        {"issuer": "^https://.*$", "subject": ".*"}]), "critical", "each subject is fine"),
    Attack("images that anybody signed start", SWITCH, _signed("**", {"keyless": {
        "identities": [{"issuerRegExp": ".*", "subjectRegExp": ".*"}]}}), "critical", "each subject is fine"),
    Attack("every image passes for signed", SWITCH, _signed("**", {"static": {"action": "pass"}}), "critical",
        "static"),
    Attack("a machine that joins believes whoever answers", SWITCH, _of(
        "bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig", {"joinConfiguration": {"discovery": {"bootstrapToken": {
            "unsafeSkipCAVerification": True}}}}), "major", "its token too"),
    Attack("each proposal of a change is deployed into payments", ("FJ-ESC-",), _set({"pullRequest": {
        "github": {"owner": "bank", "repo": "pay", "api": "https://git.git.svc"}}}), "critical", "before a review"),
    Attack("branches are filtered by an expression that each has", SWITCH, _set({"scmProvider": _found(
        filters=[{"branchMatch": ".*"}])}), "critical", "as without a filter"),
    Attack("branches are found by a generator in another", SWITCH, _set({"matrix": {"generators": [
        {"list": {"elements": [{"a": "b"}]}}, {"scmProvider": _found()}]}}), "critical", "the same"),
    Attack("a repository chooses the project of its deployment", SWITCH, _set({"scmProvider": {
        "gitea": {"owner": "bank", "api": "https://git.git.svc"}}}, "{{ .repository }}", "apps-{{ .repository }}"),
        "critical", "argo-cd, applicationset/Security.md"),
    Attack("a sum that is wrong is of no account", SWITCH, _step(
        name="check", onError="continue", script="#!/bin/sh\nsha256sum -c /sums\n"), "major", "the next step runs"),
    Attack("a task that checks signatures may fail", SWITCH, (k8s("tekton.dev/v1:Pipeline", {
        "metadata": meta("release", "builds"), "spec": {"tasks": [
            {"name": "signatures", "onError": "continue", "taskRef": {"name": "verify-image"}},
            {"name": "promote", "taskRef": {"name": "promote"}, "runAfter": ["signatures"]}]}}, "release"),), "major",
        "the next task runs (tektoncd/pipeline, docs/pipelines.md)"),
    Attack("a workflow goes on after a wrong signature", SWITCH, (k8s("argoproj.io/v1alpha1:WorkflowTemplate", {
        "metadata": meta("release", "builds"), "spec": {"entrypoint": "main", "templates": [{"name": "main", "steps": [
            [{"name": "attestations", "template": "check", "continueOn": {"failed": True}}],
            [{"name": "promote", "template": "promote"}]]}]}}, "release"),), "major", "continueOn.failed"),
    Attack("a script goes on after a wrong signature", ("FJ-IDN-313",), _step(
        name="check", script="#!/bin/sh\ncosign verify --key /keys/a.pub $IMAGE || true\n"), "major", "|| true"),
    Attack("a program of a stranger's account is a plug-in of Kafka", ("FJ-ESC-116",), _plugin(
        "999988887777.dkr.ecr.me-central-1.amazonaws.com/sink:3.2"), "critical", "it runs with the workers' key"),
    Attack("a firewall of the web tells a team of each request", ("FJ-IDN-",), (
        k8s("k8s.nginx.org/v1:Policy", {"metadata": meta("waf", "payments"), "spec": {"waf": {
            "enable": True, "apPolicy": "strict", "securityLogs": [{"enable": True, "apLogConf": "all", "logDest":
                "syslog:server=tap.team-b.svc.cluster.local:514"}]}}}, "waf"),), "critical",
        "addresses, paths and bodies of customers"),
    Attack("machines are never given back, in percent", SWITCH, _pool(nodes="0%"), "minor", "and never renewed"),
    Attack("machines are never given back, for each reason", SWITCH, _pool(
        nodes="0", reasons=["Empty", "Drifted", "Underutilized"]), "minor", "the list has them all"),
    Attack("a program keeps questions for models beside its bills", NAMED, (
        cast("Given", workload("apps/v1:Deployment", {"image": f"{MIRROR}/litellm{DIGEST}", "env": [
            {"name": "STORE_PROMPTS_IN_SPEND_LOGS", "value": "True"}]})),), "major",
        "administrators of bills read them"),
    Attack("the memory of a vault is anybody's", NAMED, _chart("vault", "0.31.0", server={"standalone": {
        "enabled": True, "config": 'listener "tcp" {\n  address = "[::]:8200"\n  profiling {\n'
        '    unauthenticated_pprof_access = true\n  }\n}\n'}}), "critical", "profiles of the heap without a token"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*WATCHING, *PASSED_ON)
