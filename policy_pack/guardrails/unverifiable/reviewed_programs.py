"""Programs in the plan are those that somebody has reviewed: a mode that a team switches on.

Guardrails read queries, definitions of workflows, policies of APIs, scripts and configuration files for what they know
to be harmful. What such a text does cannot be decided in general, so what is not understood passes (DESIGN, section
5). A team that wants more requires that each of them is reviewed: `reviewed_programs.yaml` has its digest, as a lock
file has those of packages, and a changed text wants another review.

A disabled mode reads nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from ..engine.enforcement import Enforcement, Level
from ..engine.families import unverifiable_rule
from ..engine.reading import Resource
from ..engine.reviewed_programs import FILE, ReviewedProgram
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, Verdict, failed, undetermined
from ..readers.program_digests import digest_of
from ..readers.program_texts import Program, programs_in

_RULE = replace(
    unverifiable_rule(
        127, Severity.HIGH, "Programs in the plan are those that somebody has reviewed",
        "no rule decides in general what a query, a workflow, a script or a configuration file does",
        "Read the program, and let `falaj guardrails review EVIDENCE --by NAME --reason TEXT` add its digest to "
        f"{FILE} of the policy pack; a changed program wants another review",
    ),
    is_opt_in=True,
)  # fmt: skip

RULE_ID = _RULE.id


def _outcome(program: Program, reviewed: Mapping[str, ReviewedProgram]) -> Outcome:
    path = program.path
    if not program.is_known:
        return undetermined(f"{path} is a program of which a part is not known before deployment", path)
    digest = digest_of(program)
    review = reviewed.get(digest)
    if review is None:
        return failed(f"{path} is a program that nobody has reviewed (sha256:{digest})", path)
    sentence = f"{path} was reviewed by {review.reviewed_by} on {review.date} (sha256:{digest})"
    return Outcome(Verdict.PASS, sentence, path)


def _check(settings: Enforcement, reviewed: Mapping[str, ReviewedProgram]) -> Predicate:
    @cache
    def is_disabled(stack: str) -> bool:
        return settings.level(stack, _RULE) is Level.DISABLED

    def predicate(resource: Resource) -> Iterator[Outcome]:
        is_component = resource.provider is None and not resource.type.startswith("pulumi:providers:")
        if is_disabled(resource.stack) or is_component:
            return
        yield from (_outcome(program, reviewed) for program in programs_in(resource))

    return predicate


def reviewed_program_guardrail(settings: Enforcement, reviewed: Mapping[str, ReviewedProgram]) -> Guardrail:
    """Returns the guardrail, with the levels of the settings and the reviews by digest."""
    return replace(_RULE, predicate=_check(settings, reviewed))
