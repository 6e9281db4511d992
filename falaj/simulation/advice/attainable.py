"""Deadlines that no settings could keep. They would make every month miss a limit, so they are taken out."""

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
