"""Tokens and roles that a team's object asks for, which are more than the team's own.

external-secrets/external-secrets cc5bfbc22, types_github.go and the CRD of SecretStore (`sessionTags`), read
2026-11-29; GitHub, "Create an installation access token for an app" as psmodule.io quotes it (a token without a list of
repositories is for all of the installation), read 2026-11-30; session tags by botocore 1.44.8, eks,
CreatePodIdentityAssociation; awslabs/kubeflow-manifests, "Profiles" (the controller adds the profile's account to the
trust of the role), read 2026-11-29, and kubeflow/kubeflow 5245689 components/profile-controller/controllers/
plugin_workload_identity.go (the same for WorkloadIdentity), read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from .namespace_loans import is_known, namespace_of

_OF_EVERYBODY = lazy_regex(
    r"administration|workflows|secrets|actions_variables|environments|members|repository_hooks|dependabot_secrets"
    r"|codespaces_secrets|organization_(?!projects|plan|events|copilot)\w+|enterprise_\w+|secret_scanning\w*"
)
"""Permissions by which a token changes who reviews, what runs with which secret, and who is a member."""
_HARMLESS = ("read", "none", "")


def check_repository_token(item: ObjectPart) -> Iterator[Outcome]:
    """Checks a token of GitHub: it administers nothing, and writes only to repositories that are listed. Without
    permissions it has all those of the app."""
    spec = item.child("spec")
    spec = spec.child("generator").child("githubAccessTokenSpec") if "generator" in spec.data else spec
    permissions, repositories = spec.get("permissions"), spec.get("repositories")
    if not spec.data or UNKNOWN in (permissions, repositories) or item.is_patch:
        return
    written = [key for key, value in spec.child("permissions").data.items()
               if value is not UNKNOWN and str(value).lower() not in _HARMLESS]  # fmt: skip
    for key in filter(_OF_EVERYBODY.fullmatch, written):
        path = spec.child("permissions").path_to(key)
        yield failed(f"{path} lets whoever has the token change reviews, secrets or members", path)
    is_wide = repositories in (MISSING, []) and (bool(written) or permissions in (MISSING, {}))
    text = f"{spec.path} is a token that writes to each repository of the organisation"
    yield failed(text, spec.path) if is_wide else passed()


_WRITES = lazy_regex(r"write_\w+")


def _check_registry(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks that a token for a registry of Azure names its repositories."""
    is_unlimited = spec.get("scope") in (MISSING, "") and not spec.is_patch and "registry" in spec.data
    text = f"{spec.path} has no scope, so that the token is for each repository of the registry"
    yield failed(text, spec.path_to("registry")) if is_unlimited else passed()


def _check_gitlab(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks that a token of GitLab that writes is one of a project."""
    scopes = spec.get("scopes")
    is_writing = any(_WRITES.fullmatch(str(scope)) for scope in (scopes if isinstance(scopes, list) else ()))
    is_wide = is_writing and spec.get("groupID") is not MISSING
    text = f"{spec.path_to('groupID')} lets the token write to each project of the group"
    yield failed(text, spec.path_to("groupID")) if is_wide else passed()


def _check_grafana(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks that an account of Grafana whose token a namespace gets administers nothing."""
    path = spec.child("serviceAccount").path_to("role")
    is_administrator = str(spec.child("serviceAccount").get("role")).lower() == "admin"
    text = f"{path} lets whoever has the token change users, boards and sources of data of all teams"
    yield failed(text, path) if is_administrator else passed()


def check_spec_of_token(item: ObjectPart) -> Iterator[Outcome]:
    """Checks an object that makes a token, or one that does so for every namespace."""
    spec, kind = item.child("spec"), str(item.get("kind"))
    made = spec.child("generator")
    yield from _check_registry(made.child("acrAccessTokenSpec") if "generator" in spec.data else spec)
    yield from _check_gitlab(made.child("gitlabDeployTokenSpec") if "generator" in spec.data else spec)
    yield from _check_grafana(made.child("grafanaSpec") if "generator" in spec.data else ObjectPart("", {}))
    yield from check_repository_token(item) if kind == "ClusterGenerator" else ()


_NAMESPACE_TAG = lazy_regex(r"(?:.*[-_/:.])?(?:(?:kubernetes|k8s|kube)[-_]?)?namespace(?:[-_]name)?", re.IGNORECASE)
_TAG = lazy_regex(r"(?P<entry>.*\b(?:sessionTags|tags)\[\d{1,4}\])\.[kK]ey")
_WITH_TAGS = ("kubernetes:external-secrets.io/", "kubernetes:generators.external-secrets.io/",
              "kubernetes:secrets-store.csi.x-k8s.io/", "kubernetes:secrets.hashicorp.com/")  # fmt: skip


def check_session_tags(item: Resource) -> Iterator[Outcome]:
    """Checks that the session of a team's store says no other namespace than its own: roles for all teams compare the
    tag with that of a secret."""
    part = ObjectPart("", item.props)
    if not item.type.startswith(_WITH_TAGS) or not is_known(part):
        return
    own = namespace_of(part)
    stated = {path: value for path, _, value in leaves(item.props.get("spec"), "spec")}
    for path, key in stated.items():
        found = _TAG.fullmatch(path) if isinstance(key, str) and _NAMESPACE_TAG.fullmatch(key.strip()) else None
        value = next((stated[name] for end in ("value", "Value")
                      if found and (name := f"{found['entry']}.{end}") in stated), own)  # fmt: skip
        is_own = value in (own, UNKNOWN)
        text = f"{path} with {value}: the role takes whoever reads by the store for that namespace"
        yield passed() if is_own else failed(text, path)


_ROLE = lazy_regex(r"(?:.*[/:])?(?P<name>[^/:@]{1,128})(?:@.*)?")
"""Name of a role of AWS by its ARN, or of an account of Google by its address."""
_OF_NOTEBOOKS = lazy_regex(r"(?:^|[-_.])(?:kubeflow|notebooks?|profiles?|jupyter|default|users?)(?:$|[-_.])")
_SHORT = 3
"""Letters up to which a word of a name says nothing about whose a role is."""


def check_profile(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that notebooks of a profile take a role that has the profile's name, or is for notebooks."""
    own = item.child("metadata").get("name")
    for plugin in item.child("spec").children("plugins") if isinstance(own, str) else ():
        for key in ("awsIamRole", "gcpServiceAccount"):
            role, path = plugin.child("spec").get(key), plugin.child("spec").path_to(key)
            found = _ROLE.fullmatch(role) if isinstance(role, str) and role is not UNKNOWN else None
            words = [own, *(word for word in re.split(r"[-_.]", str(own)) if len(word) > _SHORT and word != "team")]
            is_own = found is None or any(word.lower() in found["name"].lower() for word in words)
            is_own = is_own or (found is not None and _OF_NOTEBOOKS.search(found["name"].lower()) is not None)
            text = f"{path} gives notebooks of {own} a role that has neither its name nor that of notebooks"
            yield passed() if is_own else failed(text, path)
