"""Confidence sequences: intervals that remain valid however often they are evaluated.

Asymptotic confidence sequence with a normal mixture (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of
Statistics 52(6), 2024, theorem 2.2): the mixture of the sequential probability ratio test, with the variance estimated.
The chance that the truth is ever outside is at most alpha in the limit; the tests simulate what it is from window 20
on.
"""

import math

MOST_FACTOR = 100
"""An experiment that needs more than so many times its plan will not end."""


def tuning(alpha: float, planned: int) -> float:
    """The mixture's rho squared that makes the interval narrowest after `planned` windows (ibid., equation 8)."""
    two_log = -2 * math.log(alpha)
    return (two_log + math.log(two_log) + 1) / planned


def margin(windows: int, alpha: float, planned: int) -> float:
    """Half the width of the interval after so many windows, in standard deviations of one window."""
    rho2 = tuning(alpha, planned)
    grown = windows * rho2 + 1
    return math.sqrt(2 * grown / (windows**2 * rho2) * math.log(math.sqrt(grown) / alpha))


def windows_needed(distance: float, deviation: float, alpha: float, planned: int) -> int | None:
    """After how many windows the interval is narrower than `distance` to either side; None where it never will be."""
    if distance <= 0:
        return None
    low, high = 1, planned * MOST_FACTOR
    if margin(high, alpha, planned) * deviation >= distance:
        return None
    while low < high:
        middle = (low + high) // 2
        if margin(middle, alpha, planned) * deviation < distance:
            high = middle
        else:
            low = middle + 1
    return low
