"""Properties that switch something are in a position of which somebody knows what it does.

A guardrail refuses the positions that it knows; a boolean that no guardrail reads would pass with whatever it opens,
grants, sends or leaves unencrypted. So booleans are an allow-list, like types (`reviewed_types`): each has a row in the
table of switches. Texts and numbers have rows where one of their values is dangerous, and so have the fields of
Kubernetes objects.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, each_item, walk
from ..engine.rows import Guardrail, Predicate, Severity, aws
from ..engine.tokens import normalise
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.firewall_texts import with_rules
from ..readers.kubernetes_objects import KUBERNETES_TYPES, is_patch
from ..readers.network_rules import read_rules
from .agent_settings import check_agent_settings
from .alarm_actions import check_alarm_actions
from .anomaly_thresholds import check_anomaly_thresholds
from .approval_pools import check_approval_pools
from .assigned_values import check_assigned
from .audit_policies import check_audit_policies
from .aws_narrowings import check_narrowings
from .backup_retention import check_retention
from .backup_schedules import check_backup_schedules
from .branches_of_persons import check_branches_of_persons
from .chart_specs import chart_specs
from .conda_channels import check_channels
from .contradictions import check_contradictions
from .control_parameters import check_control_parameters
from .cost_splits import check_cost_splits
from .counted_groups import check_counted_groups
from .decided_values import check_decided_values
from .dependent_switches import check_dependent
from .device_destinations import check_device_destinations
from .disabled_functions import check_disabled_functions
from .disclosed_contents import check_disclosed
from .edge_rules import check_edge_rules
from .empty_denials import check_empty_denials
from .empty_filters import check_empty_filters
from .enclave_policies import check_enclave_policy
from .enforced_guardrails import check_enforced_guardrails
from .excluded_volumes import check_excluded_volumes
from .exempting_lists import check_exempting_lists
from .extension_settings import check_extension_settings
from .failed_alerts import check_failed_alerts
from .followed_images import check_followed_images
from .generated_deployments import check_generated
from .handed_on_annotations import check_handed_on
from .home_region import check_home_region
from .ignored_changes import ignored_changes
from .ignored_checks import check_ignored
from .ignored_drift import check_ignored_drift
from .kafka_listeners import unchecked_callers
from .left_out_of_backups import check_left_out_of_backups
from .left_out_persons import check_left_out_persons
from .listed_parameters import check_listed_parameters
from .lost_records import check_lost_records
from .mesh_parts import paths_of_istio
from .named_callers import check_named_callers
from .open_fields import check_open_fields
from .open_meshes import check_open_meshes
from .open_signers import check_open_signers
from .opened_tls import check_opened_tls
from .operator_backups import check_operator_backups
from .patched_agents import check_patched_agents
from .paused_alarms import check_paused_alarms
from .pipeline_reviews import check_pipeline_reviews
from .policy_parameters import check_policy_parameters
from .postgres_rules import check_postgres_rules
from .promotions import check_promotions
from .quotas import check_quota
from .refusals_of_everybody import check_refusals, check_refused_copies
from .remembered_answers import check_remembered_answers
from .remembered_sign_ins import check_remembered_sign_ins
from .reviewed_types import evaluated_types, reviewed_types
from .rewritten_callers import check_rewritten_callers
from .roles_of_administrators import check_roles_of_administrators
from .same_elements import check_same_elements
from .self_approvals import check_self_approvals
from .service_routes import check_service_routes
from .shadowed_tables import check_shadowed_tables
from .shared_caches import check_shared_caches
from .shared_memories import check_shared_memories
from .shared_segments import check_shared_segments
from .short_lives import check_short_lives
from .silenced_alarms import check_silenced_alarms
from .skipped_stages import check_skipped_stages
from .statements_of_callers import check_statements_of_callers
from .switch_rows import EVERY_KIND, PHRASES, SwitchRow, condition, packages, table
from .templated_commands import check_templated_commands
from .unbounded_queues import check_unbounded_queues
from .unconfined_fields import check_unconfined
from .unheeded_approvals import check_unheeded_approvals
from .void_protections import VOID_OBJECTS, VOID_SETTINGS, VOID_WITH_PLAN
from .voided_settings import VOIDED, VOIDED_IN_PLAN
from .watching_modes import check_watching
from .wide_grants import check_wide_grants

_WITH_OPTIONS = aws("elasticbeanstalk/Environment", "elasticbeanstalk/ConfigurationTemplate")
_MARKS = lazy_regex(r"\[[*+]\]|\?")
_INDEX = lazy_regex(r"\[\d+\]")
_OF_CALLER = lazy_regex(r"\.(?:endpoints?|upstreams?|targets?)\.(?:[\w-]{1,60}\.){0,3}authentication\.type")
"""End of the path of how an object signs in to another program, which is not how others sign in to it
(gravitee-io/gravitee-kubernetes-operator 5c55586f examples/apim/api_definition/v4/api-v4-llm-proxy.yml; read
2026-11-30)."""
_WITH_REFUSALS = "kubernetes:agentgateway.dev/"
"""Types whose rules refuse what they match if their `action` is Deny (agentgateway/agentgateway 75b4e6ce
controller/api/v1alpha1/agentgateway/rbac.go, read 2026-11-30)."""
_BEST_FIRST = (Verdict.PASS, Verdict.UNDETERMINED, Verdict.FAIL)
_OF_ALL = (
    check_same_elements, check_listed_parameters, check_audit_policies, check_disclosed, check_short_lives,
    check_ignored, check_roles_of_administrators, check_self_approvals,
)  # fmt: skip
_OF_CLOUDS = (
    *_OF_ALL, check_alarm_actions, check_edge_rules, check_channels, check_home_region, check_retention,
    check_decided_values, check_dependent, check_enclave_policy, check_quota, check_remembered_answers,
    check_empty_filters, check_contradictions, check_cost_splits, check_anomaly_thresholds, check_lost_records,
    check_narrowings, check_shadowed_tables, check_policy_parameters, check_extension_settings, check_named_callers,
    check_counted_groups, check_skipped_stages, check_empty_denials, check_pipeline_reviews, check_enforced_guardrails,
    check_refusals, check_shared_segments, check_statements_of_callers, check_left_out_persons, check_rewritten_callers,
    check_control_parameters, check_shared_memories, check_excluded_volumes, check_device_destinations,
    check_templated_commands, check_approval_pools, check_unheeded_approvals, check_branches_of_persons,
    check_disabled_functions, *VOID_SETTINGS, *VOIDED,
)  # fmt: skip
_OF_OBJECTS = (
    *_OF_ALL, unchecked_callers, check_postgres_rules, check_agent_settings, check_followed_images, check_assigned,
    check_ignored_drift, check_left_out_of_backups, check_opened_tls, check_service_routes, check_silenced_alarms,
    check_unbounded_queues, check_paused_alarms, check_remembered_sign_ins, check_generated,
    check_patched_agents, check_open_fields, check_open_meshes, check_open_signers, check_unconfined, check_watching,
    check_wide_grants, check_handed_on, *VOID_OBJECTS,
)  # fmt: skip
_WITH_PLAN = (
    check_backup_schedules, check_operator_backups, check_refused_copies, check_shared_caches, check_promotions,
    check_failed_alerts, check_exempting_lists, *VOID_WITH_PLAN, *VOIDED_IN_PLAN,
)  # fmt: skip
"""Checks of what a row of one path cannot state: of resources of the clouds, of Kubernetes objects, and of the plan."""
Positions = tuple[tuple[str, Plain], ...]
"""Paths without indices, and the scalars there."""


def _positions(value: Plain, path: str = "") -> Iterator[tuple[str, Plain]]:
    """Yields every scalar with its path without indices: a list of one item and the item itself are equivalent.

    An empty object is a position too, such as the action `{count: {}}`. The table writes it `{}`.
    """
    if isinstance(value, dict):
        if not value:
            yield path, "{}"
        for name, item in value.items():
            yield from _positions(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for item in value:
            yield from _positions(item, path)
    elif value is not None:
        yield path, value


def _options(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields the option settings of Elastic Beanstalk as `settings.NAMESPACE.NAME`, with `_` for each colon."""
    for item in read_rules(resource.props.get("settings")) if resource.type in _WITH_OPTIONS else ():
        namespace, name = (str(item.get(key)).strip() for key in ("namespace", "name"))
        if (value := item.get("value")) is UNKNOWN or isinstance(value, str | bool | float):
            yield f"settings.{namespace.replace(':', '_')}.{name}", value


def _of_refusals(positions: Iterable[tuple[str, Plain]]) -> frozenset[str]:
    """Returns the paths of expressions that say which calls are refused, not which pass."""
    actions = [(path.removesuffix(".action"), str(value).strip().lower()) for path, value in positions
               if path.endswith(".action")]  # fmt: skip
    others = {owner for owner, action in actions if action != "deny"}
    return frozenset(f"{owner}.policy.matchExpressions" for owner, _ in actions if owner not in others)


@cache
def _row(token: str, path: str) -> SwitchRow | None:
    row = table().find(token, path)
    found = _OF_CALLER.search(path) if row is not None and row.type == EVERY_KIND else None
    return None if found is not None and found.end() == len(path) else row


def _judge(path: str, value: Plain, row: SwitchRow) -> Outcome:
    rule = condition(row.safe)
    verdict = rule.judge(value)
    if verdict is Verdict.PASS or (verdict is Verdict.UNDETERMINED and row.covers_every_key):
        return passed()
    if verdict is Verdict.UNDETERMINED:
        if rule.requirement == PHRASES[""]:
            return undetermined(f"{path} is not known before deployment, and with some values {row.why}", path)
        return undetermined(f"{path} {rule.requirement}, and this is not known before deployment", path)
    return failed(f"{path} {rule.requirement}: otherwise {row.why}", path)


def _evaluated_paths(guardrails: Collection[Guardrail]) -> frozenset[tuple[str, str]]:
    """Returns the types and paths, without marks of lists, of properties that rows of other guardrails evaluate."""
    checks = (check for item in guardrails for check in item.checks)
    return frozenset((token, _MARKS.sub("", check.path)) for check in checks for token in check.tokens)


def _split(switch: str) -> tuple[str, str]:
    """Returns the type and the path of a switch in the settings."""
    token, _, path = switch.rpartition(":")
    return normalise(token), path


def _outcomes(positions: Iterable[tuple[str, Plain]], token: str) -> Iterator[Outcome]:
    """Yields the outcomes of the positions; of those of which one is enough, the best."""
    alternatives: dict[str, list[Outcome]] = defaultdict(list)
    for path, value in positions:
        row = _row(token, path)
        is_complete = not token.startswith(KUBERNETES_TYPES) or (
            path.startswith("spec.") and table().knows_every_boolean(token)
        )
        if row is None and isinstance(value, bool) and is_complete:
            yield failed(f"no guardrail knows what {path} of {token} opens, grants or sends", path)
        elif row is not None and row.one_is_enough:
            alternatives[path].append(_judge(path, value, row))
        elif row is not None and row.is_evaluated_where_set:
            yield _judge(path, value, row)
    for outcomes in alternatives.values():
        yield min(outcomes, key=lambda outcome: _BEST_FIRST.index(outcome.verdict))


def _of_charts(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of what a chart's values say for an object that the chart creates."""
    for place, token, spec in chart_specs(resource):
        for path, value in _positions(spec, "spec"):
            row = _row(token, path)
            if row is not None and row.is_evaluated_where_set and not row.one_is_enough:
                yield _judge(f"{place}{path.removeprefix('spec')}", value, row)


def _required(resource: Resource, positions: Positions, row: SwitchRow) -> Iterator[Outcome]:
    """Yields the outcomes of a property that must be set."""
    if not row.one_is_enough:
        found = ((path, MISSING if value == [] else value) for path, value in walk(resource.props, row.path))
        yield from (_judge(path, value, row) for path, value in each_item(found))
    elif all(path != row.path for path, _ in positions):
        yield _judge(row.path, MISSING, row)


def _check_switches(guardrails: Collection[Guardrail], allowed: Mapping[str, str]) -> Predicate:
    known = evaluated_types(guardrails) | reviewed_types().keys()
    allowed_paths = {_split(switch) for switch in allowed}
    settled = allowed_paths | _evaluated_paths(guardrails)

    def evaluate(resource: Resource) -> Iterator[Outcome]:
        is_object = resource.type.startswith(KUBERNETES_TYPES)
        token = table().token_of_rows(resource.type) if is_object else resource.type
        if not (token if is_object else token in known):
            return

        positions = (*_positions(with_rules(resource).props), *_options(resource))
        left_out = _of_refusals(positions) if token.startswith(_WITH_REFUSALS) else paths_of_istio(resource)
        yield from _outcomes([(path, value) for path, value in positions
                              if (token, path) not in settled and path not in left_out], token)  # fmt: skip
        # A patch may omit what the object has.
        for row in () if is_patch(resource) else table().required(token):
            if (token, _MARKS.sub("", row.path)) not in allowed_paths:
                yield from _required(resource, positions, row)

    check_ignored_changes = ignored_changes(guardrails)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from _of_charts(resource)
        yield from check_ignored_changes(resource)
        checks = _OF_OBJECTS if resource.type.startswith(KUBERNETES_TYPES) else _OF_CLOUDS
        for item in expand_list(resource):
            yield from evaluate(item)
            for outcome in (outcome for check in checks for outcome in check(item)):
                token = table().token_of_rows(item.type) or item.type
                if (token, _INDEX.sub("", outcome.path)) not in allowed_paths:
                    yield outcome

    return predicate


def _check_with_plan(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for check in _WITH_PLAN:
        yield from check(resource, plan)


def switch_guardrail(guardrails: Collection[Guardrail], allowed: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `guardrails` are all others; `allowed` are the switches in the settings."""
    return unverifiable_rule(
        115, Severity.HIGH, "Switches of reviewed types are in a reviewed position",
        "a property that no guardrail reads passes with whatever it opens, grants, sends or leaves unprotected",
        "Set the property as the message says, or remove one that no guardrail knows; or read what it does, and list "
        "it as TYPE:PATH under escape.allowed_switches in enforcement.yaml, with the reason",
        predicate=_check_switches(guardrails, allowed), plan_predicate=_check_with_plan,
        types=(*packages(), *KUBERNETES_TYPES),
    )  # fmt: skip
