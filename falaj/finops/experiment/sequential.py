"""Confidence sequences: intervals that remain valid however often they are evaluated.

The unit is a day. A week has seven of them, so the error of their variance counts: the interval is that of the mixture
t-test, which is exact for any number of normal days (Wang and Ramdas, "Anytime-valid t-tests and confidence sequences
for Gaussian means with unknown variance", arXiv 2310.03722, 2024; in the closed form of Lindon, Ham, Tingley and
Bojinov, arXiv 2210.08589, and of their R package avlm 0.1.0, read on 2026-11-27). With many days it becomes the
asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Annals of Statistics 52(6), 2024).
"""

import math


def tuning(alpha: float, days: int) -> float:
    """Returns the mixture's variance, in variances of one day, with which the interval is about narrowest after `days`
    days (Waudby-Smith and others, equation 8).
    """
    two_log = -2 * math.log(alpha)
    return (two_log + math.log(two_log) + 1) / days


def critical_value(days: int, alpha: float, first: int) -> float:
    """Returns half the width of the interval after `days` days, in standard errors.

    The interval is tuned for `first` days, the earliest evaluation. Infinite if so few days never suffice.
    """
    share = 1 / (1 + days * tuning(alpha, first))
    powered = (share * alpha**2) ** (1 / days)
    return math.sqrt((days - 1) * (1 - powered) / (powered - share)) if powered > share else math.inf
