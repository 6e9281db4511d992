"""Credentials in the addresses of source repositories, such as https://user:token@github.com/owner/name.

Types and properties of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 (2026-11-27), after AWS Config's rule
codebuild-project-source-repo-url-check.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ..engine.reading import Plain, Resource, walk
from ..engine.rows import CONTAINER_GROUPS, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.plaintext_secrets import is_secret_value

_NOTEBOOKS = ("jupyterLabAppSettings", "jupyterServerAppSettings")


def _repositories_of(settings: str) -> tuple[str, ...]:
    return tuple(f"{settings}?.{app}?.codeRepositories[*].repositoryUrl" for app in _NOTEBOOKS)


REPOSITORIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("amplify/App"), ("repository",)),
    **dict.fromkeys(aws("apprunner/Service"), ("sourceConfiguration?.codeRepository?.repositoryUrl",)),
    **dict.fromkeys(aws("codebuild/Project"), ("source?.location", "secondarySources[*].location")),
    **dict.fromkeys(aws("glue/Job"), ("sourceControlDetails?.repository",)),
    **dict.fromkeys(aws("sagemaker/CodeRepository"), ("gitConfig?.repositoryUrl",)),
    **dict.fromkeys(aws("sagemaker/Domain"),
                    (*_repositories_of("defaultUserSettings"), *_repositories_of("defaultSpaceSettings"))),
    **dict.fromkeys(aws("sagemaker/Space"), _repositories_of("spaceSettings")),
    **dict.fromkeys(aws("sagemaker/UserProfile"), _repositories_of("userSettings")),
    **dict.fromkeys(
        azure("app:ContainerAppsSourceControl", "automation:SourceControl", "web:WebAppSourceControl",
              "web:WebAppSourceControlSlot"), ("repoUrl",)),
    **dict.fromkeys(
        CONTAINER_GROUPS, ("volumes[*].gitRepo?.repository",)),
    **dict.fromkeys(azure("containerregistry:Task"), ("trigger?.sourceTriggers[*].sourceRepository?.repositoryUrl",)),
    **dict.fromkeys(azure("kubernetesconfiguration:SourceControlConfiguration"), ("repositoryUrl",)),
    **dict.fromkeys(azure("web:StaticSite"), ("repositoryUrl", "templateProperties?.templateRepositoryUrl")),
}  # fmt: skip
"""Type -> paths of its repositories' addresses."""


def has_credentials(address: Plain) -> bool:
    """Returns whether an address contains a password or a token. A user alone is a token on GitHub; Azure DevOps,
    Bitbucket and SSH put a plain name there."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    user = parts.username or ""
    is_token = is_secret_value(user) or (parts.scheme in ("http", "https") and parts.hostname == "github.com")
    return bool(parts.password or (user and is_token))


def check_repositories(resource: Resource) -> Iterator[Outcome]:
    """Checks that the addresses of repositories contain no credentials. The message does not repeat the address."""
    for pattern in REPOSITORIES.get(resource.type, ()):
        for path, address in walk(resource.props, pattern):
            text = f"{path} contains the credentials of the repository"
            yield failed(text, path) if has_credentials(address) else passed()
