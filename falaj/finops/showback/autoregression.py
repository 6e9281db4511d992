"""Linear regression of a daily series whose errors are a first-order autoregression, with missing days.

The correlation of consecutive days is never known from a few weeks, so all values of a grid are kept, each with its
likelihood: who takes the estimate for the truth is too sure of everything that follows from it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

CORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Correlations of consecutive days that are considered."""

_SMALL = 1e-12


@dataclass(frozen=True)
class Whitening:
    """The transformation to independent errors for one correlation. `gaps` are the days since the previous one."""

    correlation: float
    gaps: "Values"

    def __call__(self, values: "Values") -> "Values":
        """Returns a series, or the columns of a matrix, with independent errors of variance 1."""
        import numpy as np

        weights = (self.correlation**self.gaps).reshape(-1, *[1] * (values.ndim - 1))
        result = values.astype(float)
        result[1:] = (values[1:] - weights * values[:-1]) / np.sqrt(1 - weights**2)
        return result

    @property
    def log_determinant(self) -> float:
        """Logarithm of the determinant of the correlation matrix of all days."""
        import numpy as np

        return float(np.log1p(-(self.correlation ** (2 * self.gaps))).sum())


@dataclass(frozen=True)
class Fit:
    """A least-squares fit for one correlation. `spread` is the covariance of the coefficients in error variances."""

    correlation: float
    coefficients: "Values"
    spread: "Values"
    squares: float
    degrees_of_freedom: int
    log_likelihood: float


def whitenings(days: "Values") -> list[Whitening]:
    """Returns the transformations of all correlations for days in chronological order."""
    import numpy as np

    return [Whitening(correlation, np.diff(days)) for correlation in CORRELATIONS]


def fits(days: "Values", design: "Values", values: "Values", prior: "Values") -> list[Fit]:
    """Returns the fit of each correlation, with its likelihood after the coefficients and the error variance have been
    integrated out.

    `prior` has one standard deviation for each coefficient, in standard deviations of the error, around zero; infinite
    ones do not count.
    """
    import numpy as np

    finite = np.isfinite(prior)
    rows, rows_scale = np.diag(1 / prior)[finite], -float(np.log(prior[finite]).sum())
    result: list[Fit] = []
    for whiten in whitenings(days):
        matrix = np.vstack([whiten(design), rows])
        target = np.concatenate([whiten(values), np.zeros(len(rows))])
        spread: Values = np.asarray(np.linalg.pinv(matrix.T @ matrix), dtype=np.float64)
        coefficients = spread @ (matrix.T @ target)
        residual = target - matrix @ coefficients
        squares = float(residual @ residual) + _SMALL
        degrees = max(len(values) + len(rows) - int(np.linalg.matrix_rank(matrix)), 1)
        _, log_determinant = np.linalg.slogdet(spread)
        log_likelihood = (log_determinant - whiten.log_determinant - degrees * np.log(squares)) / 2 + rows_scale
        result.append(Fit(whiten.correlation, coefficients, spread, squares, degrees, float(log_likelihood)))
    return result
