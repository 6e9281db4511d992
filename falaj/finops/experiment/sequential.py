"""Confidence sequences: intervals that remain valid however often they are evaluated.

Asymptotic confidence sequence with a normal mixture (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of
Statistics 52(6), 2024, theorem 2.2): the mixture sequential probability ratio test with estimated variance.
Asymptotically, the probability that the true value is ever outside is at most alpha; the tests simulate it from window
20 on.
"""

import math

MAX_PLAN_FACTOR = 100
"""An experiment that needs more than this multiple of its planned windows is considered undecidable."""


def tuning(alpha: float, planned: int) -> float:
    """Returns the mixture's rho squared that minimises the interval's width after `planned` windows (ibid., equation
    8).
    """
    two_log = -2 * math.log(alpha)
    return (two_log + math.log(two_log) + 1) / planned


def margin(windows: int, alpha: float, planned: int) -> float:
    """Returns half the width of the interval after `windows` windows, in standard deviations of one window."""
    rho2 = tuning(alpha, planned)
    scaled = windows * rho2 + 1
    return math.sqrt(2 * scaled / (windows**2 * rho2) * math.log(math.sqrt(scaled) / alpha))


def windows_needed(distance: float, deviation: float, alpha: float, planned: int) -> int | None:
    """Returns the number of windows after which half the interval is narrower than `distance`; None if it never is."""
    if distance <= 0:
        return None
    low, high = 1, planned * MAX_PLAN_FACTOR
    if margin(high, alpha, planned) * deviation >= distance:
        return None
    while low < high:
        middle = (low + high) // 2
        if margin(middle, alpha, planned) * deviation < distance:
            high = middle
        else:
            low = middle + 1
    return low
