"""What the API server refuses of jobs on a schedule (pkg/apis/batch/validation of Kubernetes 1.34)."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.rows import Call
from falaj.sandbox.clouds.values import text

CRON_JOB = "kubernetes:batch/v1:CronJob"
POLICIES = ("Allow", "Forbid", "Replace")
RESTARTS = ("OnFailure", "Never")

_FIELD = re.compile(r"[0-9A-Za-z*?/,-]+")
_MACROS = re.compile(r"@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+")


def schedule_valid(call: Call) -> str | None:
    """Five fields or a macro, in a time zone that exists; the zone has a property of its own."""
    schedule, zone = text(call.inputs, "spec.schedule"), text(call.inputs, "spec.timeZone")
    if "TZ=" in schedule:
        return invalid(call, "spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone instead")
    fields = schedule.split()
    if not _MACROS.fullmatch(schedule) and (len(fields) != 5 or not all(map(_FIELD.fullmatch, fields))):
        found = f"expected exactly 5 fields, found {len(fields)}: [{' '.join(fields)}]"
        return invalid(call, "spec.schedule", schedule, found)
    if zone and zone not in available_timezones():
        return invalid(call, "spec.timeZone", zone, f"unknown time zone {zone}")
    return None


def runs_end(call: Call) -> str | None:
    """What is done about a run that goes on or fails; a job's pods never restart for ever."""
    policy = text(call.inputs, "spec.concurrencyPolicy") or POLICIES[0]
    if policy not in POLICIES:
        return invalid(call, "spec.concurrencyPolicy", policy, f"supported values: {', '.join(POLICIES)}")
    path = "spec.jobTemplate.spec.template.spec.restartPolicy"
    restart = text(call.inputs, path)
    if restart not in RESTARTS:
        return invalid(call, path, restart, f"supported values: {', '.join(RESTARTS)}")
    return None
