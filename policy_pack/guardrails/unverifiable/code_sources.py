"""Programs that a service loads from a bucket or repository: its owner decides what runs with the resource's role, and
authorities that a load balancer loads from a bucket: its owner decides whose certificates are trusted.

A bucket of the plan is one's own; others, and repositories, are listed under `escape.code_sources`. Types and property
names by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 (a test repeats it).
"""

import re
from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, items_of, leaves, one_or_many, walk
from ..engine.rows import CONTAINER_GROUPS, PlanPredicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.hosts import is_private
from ..readers.s3_buckets import buckets_named
from ..readers.texts import read_texts
from .pipeline_sources import PIPELINE, strange_repositories
from .shared_caches import check_shared_caches

BUCKET_PATHS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("lambda/Function", "lambda/LayerVersion", "synthetics/Canary"), ("s3Bucket",)),
    **dict.fromkeys(aws("cloudfront/TrustStore"),
                    ("caCertificatesBundleSource?.caCertificatesBundleS3Location.bucket",)),
    # A certificate is of an authority that builds trust (AWS CodeBuild API, "certificate", read 2026-11-29).
    **dict.fromkeys(aws("codebuild/Project"),
                    ("source.location?", "secondarySources[*].location?", "environment?.certificate?",
                     # Files of a cache lie in the build as if it had made them (botocore 1.44.8, codebuild,
                     # ProjectCache, location; read 2026-11-30).
                     "cache?.location?")),
    # A machine starts from an image, whose programs its owner chose (botocore 1.44.8, ec2, ImportSnapshot, UserBucket,
    # and RegisterImage, ImageLocation; read 2026-11-29).
    **dict.fromkeys(aws("ebs/SnapshotImport"), ("diskContainer.userBucket?.s3Bucket",)),
    **dict.fromkeys(aws("ec2/Ami"), ("imageLocation?",)),
    # What an agent of every machine connects to and loads (botocore 1.44.8, ecs, DaemonContainerDefinition).
    **dict.fromkeys(aws("ecs/DaemonTaskDefinition"),
                    ("containerDefinitions[*].environmentFiles[*].value",
                     "containerDefinitions[*].firelensConfiguration?.options?.config-file-value?")),
    **dict.fromkeys(aws("elasticbeanstalk/ApplicationVersion"), ("bucket",)),
    **dict.fromkeys(aws("emr/Cluster"), ("bootstrapActions[*].path", "steps[*].hadoopJarStep.jar")),
    **dict.fromkeys(aws("gamelift/Build", "gamelift/Script"), ("storageLocation?.bucket",)),
    **dict.fromkeys(aws("glue/Job"), ("command.scriptLocation",)),
    **dict.fromkeys(aws("imagebuilder/Component"), ("uri",)),
    **dict.fromkeys(aws("kinesisanalyticsv2/Application"),
                    ("applicationConfiguration?.applicationCodeConfiguration?.codeContent?.s3ContentLocation?"
                     ".bucketArn",)),
    **dict.fromkeys(aws("lb/TrustStore"), ("caCertificatesBundleS3Bucket",)),
    **dict.fromkeys(aws("lb/TrustStoreRevocation"), ("revocationsS3Bucket",)),
    **dict.fromkeys(aws("mskconnect/CustomPlugin"), ("location.s3.bucketArn",)),
    **dict.fromkeys(aws("mwaa/Environment"), ("sourceBucketArn",)),
    **dict.fromkeys(aws("opensearch/Package"), ("packageSource.s3BucketName",)),
    **dict.fromkeys(aws("sagemaker/Pipeline"), ("pipelineDefinitionS3Location?.bucket",)),
}  # fmt: skip
"""Type -> paths of the buckets, as names, ARNs or addresses, with the programs that it runs, or, of a trust store, with
the authorities whose clients it lets in (botocore 1.44.8, elbv2, CreateTrustStore, read 2026-11-29)."""


def _of_studio(settings: str) -> tuple[str, ...]:
    """Returns the paths of the repositories in settings of a domain, a space or a user of SageMaker Studio."""
    apps = ("jupyterLabAppSettings", "jupyterServerAppSettings")
    return tuple(f"{settings}?.{app}?.codeRepositories[*].repositoryUrl" for app in apps)


REPOSITORY_PATHS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("codebuild/Project"), ("source.location?", "secondarySources[*].location?")),
    **dict.fromkeys(aws("apprunner/Service"), ("sourceConfiguration.codeRepository?.repositoryUrl",)),
    **dict.fromkeys(aws("sagemaker/CodeRepository"), ("gitConfig.repositoryUrl",)),
    **dict.fromkeys(aws("sagemaker/NotebookInstance"), ("defaultCodeRepository?", "additionalCodeRepositories[*]")),
    # Repositories that Studio clones for its users (Amazon SageMaker API, "CodeRepository", botocore 1.44.8), and those
    # with the skills of an agent (Amazon Bedrock AgentCore API, "HarnessSkill"); both read 2026-11-29.
    **dict.fromkeys(aws("sagemaker/Domain"), (*_of_studio("defaultUserSettings"), *_of_studio("defaultSpaceSettings"))),
    **dict.fromkeys(aws("sagemaker/Space"), _of_studio("spaceSettings")),
    **dict.fromkeys(aws("sagemaker/UserProfile"), _of_studio("userSettings")),
    **dict.fromkeys(aws("bedrock/AgentcoreHarness"), ("skills[*].git?.url",)),
    **dict.fromkeys(azure("web:WebAppSourceControl", "web:WebAppSourceControlSlot"), ("repoUrl?",)),
    **dict.fromkeys(azure("app:ContainerAppsSourceControl"), ("repoUrl?",)),
    **dict.fromkeys(azure("web:StaticSite"), ("repositoryUrl?", "templateProperties?.templateRepositoryUrl?")),
    **dict.fromkeys(azure("automation:Module", "automation:Package", "automation:PowerShell72Module",
                          "automation:Python2Package", "automation:Python3Package"), ("contentLink.uri?",)),
    # Programs of every machine of an image, and of every node of a cluster.
    **dict.fromkeys(azure("virtualmachineimages:VirtualMachineImageTemplate"),
                    ("customize[*].scriptUri?", "customize[*].sourceUri?",
                     "validate?.inVMValidations[*].scriptUri?", "validate?.inVMValidations[*].sourceUri?")),
    **dict.fromkeys(azure("hdinsight:Cluster"), ("properties?.computeProfile?.roles[*].scriptActions[*].uri",)),
    **dict.fromkeys(azure("servicefabric:ManagedClusterApplicationTypeVersion"), ("appPackageUrl?",)),
    **dict.fromkeys(azure("azurestackhci:VirtualHardDisk"), ("downloadUrl?",)),
    # What a quick task builds (pulumi-azure-native 3.29.0 docs, DockerBuildRequest, sourceLocation).
    **dict.fromkeys(azure("containerregistry:TaskRun"),
                    ("runRequest?.sourceLocation?", "runRequest?.overrideTaskStepProperties?.contextPath?")),
    **dict.fromkeys(azure("containerregistry:Task"), ("step?.contextPath?",)),
    **dict.fromkeys(azure("appplatform:ConfigServer"),
                    ("properties?.configServer?.gitProperty?.uri?",
                     "properties?.configServer?.gitProperty?.repositories[*].uri?")),
    **dict.fromkeys(azure("appplatform:ConfigurationService"),
                    ("properties?.settings?.gitProperty?.repositories[*].uri?",)),
    **dict.fromkeys(azure("appplatform:CustomizedAccelerator"), ("properties?.gitRepository.url?",)),
    **dict.fromkeys(CONTAINER_GROUPS,
                    ("volumes[*].gitRepo?.repository",)),
}  # fmt: skip
"""Type -> paths of the addresses of the repositories that it builds or runs."""
_PLUGIN_PATHS: dict[str, tuple[str, ...]] = {
    "kubernetes:extensions.istio.io/v1:WasmPlugin": ("spec.url?",),
    "kubernetes:gateway.envoyproxy.io/v1:EnvoyExtensionPolicy": (
        "spec.wasm[*].code?.image?.url?",
        "spec.wasm[*].code?.http?.url?",
    ),
    "kubernetes:kafka.strimzi.io/v1:KafkaConnect": ("spec.build?.plugins[*].artifacts[*].repository?",),
}
"""Kind -> paths of the addresses of plug-ins of its proxies (istio/api b8f8791d, extensions/v1alpha1/wasm.proto, and
envoyproxy/gateway d32f2829, api/v1alpha1/wasm_types.go) and of its connectors (strimzi/strimzi-kafka-operator 8541da1e,
api MavenArtifact); read 2026-11-29."""
_WORKFLOWS = tuple(
    f"kubernetes:argoproj.io/v1:{kind}"
    for kind in ("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow")
)
_GIT_ARTIFACT = lazy_regex(r"\.artifacts\[\d+\]\.git\.repo$")
"""Path of the repository of an artifact, whose files a step of a workflow gets and most often runs (argoproj/
argo-workflows f016ad89 pkg/apis/workflow/v1alpha1/workflow_types.go, GitArtifact, read 2026-11-29)."""
_SSH = lazy_regex(r"(?:ssh://)?(?:[\w.-]+@)?(?P<host>[\w.-]+\.[a-z]+)(?::\d+/|[:/])(?P<path>[^/].*)")
_IN_JSON = dict.fromkeys(aws("ecs/TaskDefinition"), (
    "containerDefinitions?.environmentFiles[*].value", "containerDefinitions?.credentialSpecs[*]",
    "containerDefinitions?.firelensConfiguration?.options?.config-file-value?",
))  # fmt: skip
"""Type -> paths inside JSON of buckets with what a program connects to and loads, and with where a router sends the
logs of a task (botocore 1.44.8, ecs, EnvironmentFile and FirelensConfiguration, read 2026-11-29)."""
_ALSO_BY_NAME = frozenset((*BUCKET_PATHS, *aws("sagemaker/NotebookInstance"), *azure("containerregistry:Task")))
"""Types whose property has something else than a repository if it is no address, such as the name of one in the
account (botocore 1.44.8, sagemaker, DefaultCodeRepository, read 2026-11-29), or no context at all (`/dev/null`;
MicrosoftDocs/azure-management-docs d923d588, articles/container-registry/container-registry-auto-purge.md, read
2026-11-30)."""
_IN_TEXTS = {
    **dict.fromkeys(aws("glue/Job"), "defaultArguments"),
    **dict.fromkeys(aws("glue/Trigger"), "actions"),
    **dict.fromkeys(aws("emr/Cluster"), "steps"),
    **dict.fromkeys(aws("sagemaker/Pipeline"), "pipelineDefinition"),
}
"""Type -> property in which every address of S3 is one of programs, or of what they read and write."""
_OF_PROGRAMS = lazy_regex(
    r"^(?:defaultArguments|actions\[\d+\]\.arguments)\.--(?:additional-python-modules|conf|extra-(?:files|jars|py-files)"
    r"|python-modules-installer-option|scriptLocation)\b",
    re.IGNORECASE,
)
"""Arguments of a job of Glue by which it loads programs, or settings that name them (AWS Glue, "Using job parameters in
AWS Glue jobs", read 2026-11-30)."""
_IS_PROGRAM = lazy_regex(
    r"\.(?:conf|egg|gz|jar|json|pkl|properties|py|scala|sh|so|sql|tar|tgz|toml|whl|ya?ml|zip)$", re.IGNORECASE
)
"""End of an address of a program, of a model that runs code as it is read, or of settings."""
_OF_DATA = {
    **dict.fromkeys(aws("sagemaker/Pipeline"), lazy_regex(
        r"\.Arguments\.(?:InputDataConfig\[\d+\]\.DataSource\.S3DataSource\.S3Uri|OutputDataConfig\.S3OutputPath"
        r"|TransformInput\.DataSource\.S3DataSource\.S3Uri|TransformOutput\.S3OutputPath"
        r"|ProcessingOutputConfig\.Outputs\[\d+\]\.S3Output\.S3Uri)$")),
}  # fmt: skip
"""Type -> paths in that property at which a step has data and results, which are places of data (FJ-RES-003) and no
programs: the program of a training is its image, or stands in its hyperparameters (botocore 1.44.8,
sagemaker, CreateTrainingJob, CreateTransformJob and CreateProcessingJob, read 2026-11-29)."""
_JOBS = aws("glue/Job", "glue/Trigger")
"""Types with arguments of a program's own, which are places of data unless they are of programs."""
_JAVA = azure("app:JavaComponent")
_STUDIOS = {
    **dict.fromkeys(azure("datafactory:Factory"), "repoConfiguration?"),
    **dict.fromkeys(azure("synapse:Workspace"), "workspaceRepositoryConfiguration?"),
}
"""Type -> property with the repository of its pipelines, by its parts (Data Factory REST API,
FactoryGitHubConfiguration and FactoryVSTSConfiguration; read 2026-11-30)."""
_WEBHOOK, _FORGES = aws("codebuild/Webhook")[0], {"GITLAB_GROUP": "gitlab.com"}
"""Each repository of an organisation or a group is built that a webhook names (botocore 1.44.8, codebuild,
ScopeConfiguration; Hacking-the-Cloud/hackingthe.cloud edf5d55, its page on runners of CodeBuild; read 2026-12-01)."""
_CONFIG_SERVER = lazy_regex(r"springcloudconfigserver(?:\w*)(?:uri|url|host)", re.IGNORECASE)
"""Names of settings, without separators, by which a Config Server for Spring reads the settings of all services from a
repository or a vault (MicrosoftDocs/azure-docs 0b3b325e, articles/container-apps/java-config-server-usage.md, read
2026-11-30)."""
_NAMED_REPOSITORY = lazy_regex(r"spring\.cloud\.config\.server\.git\.repos\.[\w-]{1,100}", re.IGNORECASE)
"""Setting whose value is the address itself (the same page)."""
SOURCE_TYPES = tuple(dict.fromkeys((*BUCKET_PATHS, *REPOSITORY_PATHS, *_PLUGIN_PATHS, *_IN_TEXTS, *_IN_JSON, *_JAVA,
                                    *_WORKFLOWS, *_STUDIOS, _WEBHOOK, PIPELINE)))  # fmt: skip
PROGRAM_TYPES = ("aws:", "azure-native:", "kubernetes:")
"""Every type that may load programs by a name (`loaded_programs.py`)."""
_OWN_REPOSITORY = lazy_regex(r"https://git-codecommit\.[a-z0-9-]+\.amazonaws\.com/v1/repos/")
"""Address of a repository of CodeCommit (awsdocs/aws-codecommit-user-guide 009bf86c, doc_source/regions.md, read
2026-11-30), which names no account: it is of the account whose credentials read it (aws/git-remote-codecommit, issue
19, read 2026-11-30)."""
_S3 = lazy_regex(r"\bs3[an]?://([a-z0-9][a-z0-9.-]+)")
_ONE_PLACE = lazy_regex(r"s3[an]?://[\w./=${}-]+")


def _bucket(value: str) -> str:
    """Returns the bucket of a name, ARN or address; empty for a file that the service itself has."""
    place = re.sub(r"^credentialspec(?:domainless)?:", "", value)
    match = re.fullmatch(r"(?:s3[an]?://|arn:[^:]*:s3:::)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<rest>/.*)?", place)
    return "" if match is None or (value.endswith(".jar") and "://" not in value) else match[1]


def _sources(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields where programs come from, as (path, bucket or address, whether it is a bucket)."""
    for table, is_bucket in ((BUCKET_PATHS, True), (_IN_JSON, True), (REPOSITORY_PATHS, False), (_PLUGIN_PATHS, False)):
        for pattern in table.get(resource.type, ()):
            for path, source in _texts_at(resource, pattern):
                is_place = "://" in source or resource.type not in _ALSO_BY_NAME
                if is_bucket or (is_place and not _OWN_REPOSITORY.match(source)):
                    yield path, _bucket(source) if is_bucket else source.lower(), is_bucket
    if resource.type in _STUDIOS:
        yield from _studio_repositories(resource)
    if resource.type == _WEBHOOK:
        yield from _organisations(resource)
    if resource.type in _JAVA:
        yield from _config_servers(resource)
    if resource.type in _WORKFLOWS:
        yield from _git_artifacts(resource)
    top = _IN_TEXTS.get(resource.type)
    for path, _, value, _ in read_texts(resource).leaves if top else ():
        is_of_data = (resource.type in _OF_DATA and _OF_DATA[resource.type].search(path)) or (
            resource.type in _JOBS and not _OF_PROGRAMS.match(path) and _is_place_of_data(value)
        )
        if isinstance(value, str) and re.match(rf"{top}\b", path) and not is_of_data:
            yield from ((path, name, True) for name in _S3.findall(value))


def _is_place_of_data(value: Plain) -> bool:
    """Returns whether a value is one address of S3, of a folder or of a file that is no program: where a job has its
    temporary files, its records, its data or its results, which are places of data (FJ-RES-003)."""
    return isinstance(value, str) and _ONE_PLACE.fullmatch(value) is not None and _IS_PROGRAM.search(value) is None


def _studio_repositories(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields the repository of pipelines as an address, as `_sources` does."""
    for path, parts in walk(resource.props, _STUDIOS[resource.type]):
        found = parts if isinstance(parts, dict) else {}
        account, project, name = (found.get(key) for key in ("accountName", "projectName", "repositoryName"))
        host = str(found.get("hostName") or "https://github.com").rstrip("/")
        if isinstance(account, str) and isinstance(name, str) and isinstance(project, str):
            yield f"{path}.accountName", f"https://dev.azure.com/{account}/{project}/_git/{name}".lower(), False
        elif isinstance(account, str) and isinstance(name, str):
            address = host if "://" in host else f"https://{host}"
            yield f"{path}.accountName", f"{address}/{account}/{name}".lower(), False


def _organisations(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields the organisation whose repositories a webhook builds as an address, as `_sources` does."""
    for path, scope in walk(resource.props, "scopeConfiguration?"):
        found = scope if isinstance(scope, dict) else {}
        name, host = found.get("name"), found.get("domain") or _FORGES.get(str(found.get("scope")), "github.com")
        if isinstance(name, str) and isinstance(host, str):
            yield f"{path}.name", f"https://{host}/{name}".lower(), False


def _git_artifacts(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields the repositories of a workflow outside of the network, as `_sources` does; SSH as the address of HTTPS."""
    for path, _, value in leaves(resource.props.get("spec"), "spec"):
        if _GIT_ARTIFACT.search(path) and isinstance(value, str) and "{{" not in value:
            found = _SSH.fullmatch(value.partition("://")[2] if value.startswith("http") else value)
            if found is not None and not is_private(found["host"].lower()):
                yield path, f"https://{found['host']}/{found['path']}".lower(), False


def _config_servers(resource: Resource) -> Iterator[tuple[str, str, bool]]:
    """Yields from where a component reads the settings of services, as `_sources` does."""
    for path, items in walk(resource.props, "properties?.configurations"):
        for index, item in enumerate(items_of(items)):
            setting = item if isinstance(item, dict) else {}
            stated, value = str(setting.get("propertyName")).strip(), setting.get("value")
            name = re.sub(r"[\W_]", "", stated)
            is_place = _CONFIG_SERVER.fullmatch(name) or _NAMED_REPOSITORY.fullmatch(stated)
            if isinstance(value, str) and is_place:
                yield f"{path}[{index}].value", value.lower(), False


def _texts_at(resource: Resource, pattern: str) -> Iterator[tuple[str, str]]:
    """Yields the texts at a path; an empty one for a value that is not known."""
    for path, value in walk(resource.props, pattern):
        items: list[Plain] = one_or_many(value)
        yield from ((path, item if isinstance(item, str) else "") for item in items)


def check_sources(listed: Collection[str]) -> PlanPredicate:
    """Returns the check. `listed`: buckets, and addresses of repositories or their beginnings."""
    known = tuple(item.rstrip("/").lower() for item in listed)

    def predicate(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if resource.type not in SOURCE_TYPES:
            return
        yield from check_shared_caches(resource, plan)
        for path, name in strange_repositories(resource, known):
            yield failed(f"{path} names the repository {name}, whose owner is not listed", path)
        for path, source, is_bucket in _sources(resource):
            if not source:
                continue
            is_listed = any(f"{source.removesuffix('.git')}/".startswith(f"{item}/") for item in known)
            if is_listed or (is_bucket and buckets_named(source, plan)):
                yield passed()
            else:
                kind = "bucket" if is_bucket else "repository"
                yield failed(f"{path} names the {kind} {source}, which is neither in this stack nor listed", path)

    return predicate
