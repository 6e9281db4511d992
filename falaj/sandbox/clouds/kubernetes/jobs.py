"""Validation of CronJobs (pkg/apis/batch/validation of Kubernetes 1.36)."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_str

CRON_JOB = "kubernetes:batch/v1:CronJob"
POLICIES = ("Allow", "Forbid", "Replace")
RESTARTS = ("OnFailure", "Never")

_FIELD = re.compile(r"[0-9A-Za-z*?/,-]+")
_MACROS = re.compile(r"@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+")


def schedule_valid(op: Operation) -> str | None:
    """Checks that a schedule is five fields or a macro, without a time zone, and that `timeZone` is an IANA name."""
    schedule, zone = get_str(op.inputs, "spec.schedule"), get_str(op.inputs, "spec.timeZone")
    if "TZ=" in schedule:
        return invalid(op, "spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone instead")
    fields = schedule.split()
    if not _MACROS.fullmatch(schedule) and (len(fields) != 5 or not all(map(_FIELD.fullmatch, fields))):
        problem = f"expected exactly 5 fields, found {len(fields)}: [{' '.join(fields)}]"
        return invalid(op, "spec.schedule", schedule, problem)
    if zone and zone not in available_timezones():
        return invalid(op, "spec.timeZone", zone, f"unknown time zone {zone}")
    return None


def job_policies(op: Operation) -> str | None:
    """Checks concurrency and restart policies; the restart policy `Always` is invalid for the pods of a job."""
    policy = get_str(op.inputs, "spec.concurrencyPolicy") or POLICIES[0]
    if policy not in POLICIES:
        return invalid(op, "spec.concurrencyPolicy", policy, f"supported values: {', '.join(POLICIES)}")
    path = "spec.jobTemplate.spec.template.spec.restartPolicy"
    restart = get_str(op.inputs, path)
    if restart not in RESTARTS:
        return invalid(op, path, restart, f"supported values: {', '.join(RESTARTS)}")
    return None
