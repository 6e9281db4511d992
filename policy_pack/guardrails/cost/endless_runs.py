"""Scheduled runs that pile up: each one never ends, and the next one starts all the same.

A run of a CronJob or of a CronWorkflow ends when its containers do, or by a deadline; the policy Allow, which is the
default of both, starts the next one beside it (kubernetes/api 10b39a39 batch/v1/types.go, ConcurrencyPolicy;
argoproj/argo-workflows f016ad89 docs/cron-workflows.md; read 2026-12-01). A command that waits for ever is meant for a
service.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, one_or_many, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_DEADLINES = ("activeDeadlineSeconds",)
_JOBS = {"CronJob": ("jobTemplate", "spec"), "CronWorkflow": ("workflowSpec",)}
"""Kind -> where the run is below `spec`."""
_ENDLESS = lazy_regex(
    r"\bsleep\s{1,9}(?:inf(?:inity)?\b|\d{6,}|\d{2,}d\b)|\btail\s{1,9}-[fF]\b|\bwhile\s{1,9}(?:true\b|:\s*;|\[\s1\s)"
    r"|\bfor\s{0,9}\(\(\s{0,9};|\bwhile\s{1,9}True\s{0,9}:"
)
_ENDS = lazy_regex(r"\b(?:break|exit|return|timeout|kill|sys\.exit)\b")
"""What may end a loop, or a program that waits."""
_LONGEST = 20_000


def check_endless_runs(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each schedule whose runs never end and start beside each other."""
    for item in expand_list(resource):
        for kind, way in _JOBS.items():
            for schedule in objects(item, kind):
                spec = run = schedule.child("spec")
                for key in way:
                    run = run.child(key)
                is_beside = spec.get("concurrencyPolicy") in (MISSING, None, "", "Allow")
                if is_beside and not _has_deadline(run) and any(map(_is_endless, _containers(run))):
                    path = spec.path_to("concurrencyPolicy")
                    yield failed(
                        f"{path} starts runs beside each other of which none ends: set a deadline or Forbid", path
                    )


def _has_deadline(run: ObjectPart) -> bool:
    inner = [run, run.child("template").child("spec"), *run.children("templates")]
    return any(part.get(key) is not MISSING for part in inner for key in _DEADLINES)


def _containers(run: ObjectPart) -> Iterator[ObjectPart]:
    """Yields the containers of a job, and those of the templates of a workflow."""
    yield from run.child("template").child("spec").children("containers")
    for template in run.children("templates"):
        yield from (template.child(key) for key in ("container", "script"))


def _is_endless(container: ObjectPart) -> bool:
    listed: list[Plain] = [container.data.get(key) for key in ("command", "args", "source")]
    text = " ".join(word for value in listed for word in texts_in(one_or_many(value)))[:_LONGEST]
    return _ENDLESS.search(text) is not None and _ENDS.search(text) is None
