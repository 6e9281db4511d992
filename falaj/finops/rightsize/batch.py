"""Machines of CPU work that is split into tasks."""

import math

from falaj.facts.machines import Machine
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.profile import Batch, Precision, within_hours
from falaj.finops.rightsize.work import Availability, Obstacle, Refusal, Work, WorkOn, machine_count


def batch_on(profile: Batch) -> WorkOn:
    """Returns the function that finds the work on a machine."""

    def work_on(machine: Machine, _precision: Precision, stock: Availability, elapsed: float) -> Work | Refusal:
        return _batch(profile, machine, stock, elapsed)

    return work_on


def _batch(profile: Batch, machine: Machine, stock: Availability, elapsed_factor: float) -> Work | Refusal:
    tasks_per_machine = min(
        (machine.vcpu or 0) // profile.task_vcpu,
        int((machine.memory_gib or 0) * assumptions.USABLE.value // profile.memory_gib),
    )
    if tasks_per_machine < 1:
        return Obstacle.MEMORY, f"has no room for a task of {profile.task_vcpu} vCPU and {profile.memory_gib:g} GiB"
    single_machine_hours = profile.vcpu_hours / (tasks_per_machine * profile.task_vcpu)
    count = max(1, math.ceil(single_machine_hours * elapsed_factor / within_hours(profile) - 1e-9))
    most = min(profile.most_machines, stock.limit or profile.most_machines)
    if count > most:
        hours, required = single_machine_hours / most * elapsed_factor, within_hours(profile)
        return Obstacle.DEADLINE, f"{machine_count(most)} together: {hours:,.0f} h, {required:,.0f} h required"
    elapsed = single_machine_hours / count
    return Work(
        count=count,
        hours=(elapsed + assumptions.START_HOURS.value) * profile.runs_per_month,
        elapsed_hours=elapsed,
        per_second=tasks_per_machine * count * profile.task_vcpu,
        measured=True,
    )
