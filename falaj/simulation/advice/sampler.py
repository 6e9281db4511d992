"""Optuna's sampler of selections, in memory and with a seed. Only this module imports Optuna."""

from collections.abc import Sequence

import optuna
from optuna.distributions import CategoricalDistribution
from optuna.samplers import TPESampler
from optuna.trial import Trial, TrialState, create_trial

from falaj.simulation.advice.choices import Choice
from falaj.simulation.advice.laboratory import Selection
from falaj.simulation.advice.limits import Limits, Measures, excesses


class Sampler:
    """Proposes selections from what earlier ones cost."""

    def __init__(self, choices: Sequence[Choice], seed: int) -> None:
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._study = optuna.create_study(
            directions=["minimize", "minimize"], sampler=TPESampler(seed=seed, n_startup_trials=0, multivariate=True)
        )
        self._space = {choice.name: CategoricalDistribution(range(len(choice.alternatives))) for choice in choices}
        self._asked: Trial | None = None

    def add(self, selection: Selection, month: Measures, limits: Limits) -> None:
        """Tells of a month that the sampler has not proposed."""
        trial = create_trial(
            params=dict(zip(self._space, selection, strict=True)),
            distributions={**self._space},
            values=[month.aed, month.wait_seconds],
        )
        for name, excess in excesses(month, limits).items():
            trial.set_constraint(name, excess)
        self._study.add_trial(trial)

    def propose(self) -> Selection:
        """Returns the next selection to simulate."""
        asked = self._asked = self._study.ask({**self._space})
        return tuple(int(asked.params[name]) for name in self._space)

    def tell(self, month: Measures | None, limits: Limits) -> None:
        """Tells of the month of the last proposal; None if its settings are invalid."""
        assert self._asked is not None  # noqa: S101 - asked before
        if month is None:
            self._study.tell(self._asked, state=TrialState.FAIL)
            return
        for name, excess in excesses(month, limits).items():
            self._asked.set_constraint(name, excess)
        self._study.tell(self._asked, [month.aed, month.wait_seconds])
