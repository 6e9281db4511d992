"""Repositories from which a pipeline of AWS takes programs through a connection to a forge.

A pipeline names an owner and a repository, and the connection says at which forge (AWS CodePipeline User Guide,
"CodeStarSourceConnection": FullRepositoryId; botocore 1.44.8, codestar-connections, ProviderType), so that they are
held against the owners of the addresses that the settings list, once there are any. An address of a whole server has
every owner. Who brings in a repository of his own has the role of what builds it (Hacking-the-Cloud/hackingthe.cloud
edf5d55, its page on runners of CodeBuild; read 2026-12-01).
"""

from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, each_item, walk
from ..engine.rows import aws

PIPELINE = aws("codepipeline/Pipeline")[0]
_OWNER = lazy_regex(r"https?://[^/]{1,253}/(?P<path>.{1,512})")
_SERVER = lazy_regex(r"https?://[^/]{1,253}")


def strange_repositories(resource: Resource, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yields the path and the name of each repository of a pipeline whose owner is none of the known addresses, in
    lower case and without a slash at their end."""
    owners = [match["path"].removesuffix(".git") for item in known if (match := _OWNER.fullmatch(item))]
    if resource.type != PIPELINE or not owners or any(_SERVER.fullmatch(item) for item in known):
        return
    for path, action in each_item(walk(resource.props, "stages[*].actions[*]")):
        fields = action if isinstance(action, dict) else {}
        settings = fields.get("configuration")
        stated = settings if isinstance(settings, dict) and fields.get("category") == "Source" else {}
        name = stated.get("FullRepositoryId") or f"{stated.get('Owner')}/{stated.get('Repo')}" * ("Owner" in stated)
        if isinstance(name, str) and name and not any(f"{name.lower()}/".startswith(f"{item}/") for item in owners):
            yield f"{path}.configuration", name
