"""Cost tags of machines that fleets, spot requests, compute environments and node groups launch.

None of these passes its own tags on to its machines: those come from the launch specification, from
`computeResources.tags`, or from the launch template (botocore 1.44.8: CreateNodegroup `tags`, ComputeResource `tags`,
CreateFleet, RequestSpotInstances and SpotFleetLaunchSpecification `TagSpecifications`; AWS Batch User Guide, tags on
Fargate; read 2026-11-27). Property names are of pulumi-aws 7.51.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, walk
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.effective_tags import judge_tags, merge
from ..readers.kubernetes_objects import name_key

_LAUNCH_TEMPLATES = ("aws:ec2/launchTemplate:LaunchTemplate",)


@dataclass(frozen=True)
class _Launcher:
    """Where a type has its launch templates, and the tags that its machines get without one.

    `templates` are paths of references to launch templates by id or name; `tags` is the path of the machines' own tags;
    `template` is the property that is missing where there is no launch template.
    """

    templates: tuple[str, ...]
    tags: str = ""
    template: str = "launchTemplate"


_LAUNCHERS: dict[str, _Launcher] = {
    "aws:ec2/fleet:Fleet": _Launcher(
        tuple(f"launchTemplateConfigs[*].launchTemplateSpecification?.launchTemplate{key}?" for key in ("Id", "Name")),
        template="launchTemplateConfigs",
    ),
    "aws:ec2/spotFleetRequest:SpotFleetRequest": _Launcher(
        tuple(f"launchTemplateConfigs[*].launchTemplateSpecification?.{key}?" for key in ("id", "name")),
        "launchSpecifications[*].tags",
        "launchTemplateConfigs",
    ),
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": _Launcher(("launchTemplate?.id?", "launchTemplate?.name?")),
    "aws:batch/computeEnvironment:ComputeEnvironment": _Launcher(
        tuple(f"computeResources?.launchTemplate?.launchTemplate{key}?" for key in ("Id", "Name")),
        "computeResources?.tags",
        "computeResources.launchTemplate",
    ),
    "aws:eks/nodeGroup:NodeGroup": _Launcher(("launchTemplate?.id?", "launchTemplate?.name?")),
}
LAUNCHER_TYPES = tuple(_LAUNCHERS)


def check_launcher(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether the machines of a launcher get the cost tags: its launch templates are in the plan, where they are
    evaluated themselves, or it states the tags of the machines."""
    launcher = _LAUNCHERS.get(resource.type)
    if launcher is None or not _launches_machines(resource):
        return
    references = [found for path in launcher.templates for found in walk(resource.props, path)]
    outcomes = [_judge_template(resource, plan, path, reference) for path, reference in references]
    has_lists = "[*]" in launcher.tags  # each item describes machines of its own, beside those of launch templates
    tags = list(walk(resource.props, launcher.tags)) if launcher.tags else []
    # Machines of a compute environment get its tags for them whatever the template has (AWS Batch, "Control access to
    # compute resource tags with condition keys", read 2026-11-30).
    is_tagged = not has_lists and any(isinstance(value, dict) for _, value in tags)
    is_of_stack = all(outcome.verdict is Verdict.PASS for outcome in outcomes)
    if references and (is_of_stack or not is_tagged):
        yield from outcomes
        tags = tags if has_lists else []
    for path, value in tags:
        yield from judge_tags(merge(value), f"a machine that it launches ({path})", path)
    if not references and not tags:
        yield failed("it has no launch template, so its machines have no cost tags", launcher.template)


def _launches_machines(resource: Resource) -> bool:
    """Returns whether a resource launches machines in the account: tasks on Fargate are none, and the machines of an
    unmanaged compute environment are launched elsewhere."""
    if resource.type != "aws:batch/computeEnvironment:ComputeEnvironment":
        return True
    kinds = [value for _, value in walk(resource.props, "computeResources?.type")]
    return bool(kinds) and not all(isinstance(kind, str) and kind.upper().startswith("FARGATE") for kind in kinds)


def _template_names(item: Resource) -> tuple[str, ...]:
    return (name_key(item.get("name")), item.name) if item.type in _LAUNCH_TEMPLATES else ()


def _judge_template(resource: Resource, plan: Plan, path: str, reference: Plain) -> Outcome:
    key = path.partition(".")[0].partition("[")[0]
    depends_on = any(item.type in _LAUNCH_TEMPLATES for item in plan.dependencies_of(resource, key))
    is_named = reference is not UNKNOWN and name_key(reference) in plan.by_key(_template_names)
    if depends_on or is_named:
        return passed()
    return failed(f"{path} is no launch template of the stack, so nobody knows the tags of its machines", path)
