"""Deadlines and ends that no settings could keep. They would make every month miss a limit, so they do not count."""

from dataclasses import replace

import numpy as np

from falaj.simulation.work import Work


def attainable(work: Work) -> tuple[Work, int]:
    """Returns the work without deadlines before the job could have ended, and how many these were."""
    jobs = work.jobs
    if jobs is None:
        return work, 0
    hopeless = jobs.submit + jobs.run > jobs.deadline
    deadline = np.where(hopeless, np.inf, jobs.deadline)
    return replace(work, jobs=replace(jobs, deadline=deadline)), int(hopeless.sum())


def unfinished_anyway(work: Work, slack_seconds: float) -> int:
    """Returns how many jobs are submitted so late that they may not have ended with the month, if each of them loses
    `slack_seconds` to waiting and starting."""
    jobs = work.jobs
    return 0 if jobs is None else int((jobs.submit + jobs.run + slack_seconds > work.length).sum())
