r"""WGS 84 latitude and longitude to SWEREF 99 TM (EPSG:3006).

Lantmäteriet's published Gauss conformal projection (transverse Mercator) in Krüger's series; GRS 80, central
meridian 15° E, scale 0.9996, false northing 0 m, false easting 500 000 m. WGS 84 and SWEREF 99 are
taken as the same datum: they differ by less than a metre, less than the positions we read are given to.

.. math::
    \varphi^* = \varphi - \sin\varphi \cos\varphi (A + B \sin^2\varphi + C \sin^4\varphi + D \sin^6\varphi)

    \xi' = \arctan(\tan\varphi^* / \cos\delta\lambda), \quad
    \eta' = \operatorname{artanh}(\cos\varphi^* \sin\delta\lambda)

    N = k_0 \hat a (\xi' + \sum \beta_i \sin 2i\xi' \cosh 2i\eta'), \quad
    E = k_0 \hat a (\eta' + \sum \beta_i \cos 2i\xi' \sinh 2i\eta') + 500\,000
"""

from __future__ import annotations

import math

_AXIS_METRES = 6378137.0
_FLATTENING = 1 / 298.257222101
_CENTRAL_MERIDIAN_DEGREES = 15.0
_SCALE = 0.9996
_FALSE_EASTING_METRES = 500_000.0

# Wide around Sweden, so that swapped latitude and longitude are caught.
_LATITUDES = (54.0, 70.0)
_LONGITUDES = (9.0, 26.0)


def to_sweref(latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing in metres, (x, y) of EPSG:3006, of a position in degrees.

    Parameters:  latitude 54-70, longitude 9-26 (degrees north and east): Sweden with a margin
    Returns:     (x, y) metres, within a millimetre of the projection's definition
    Raises:      ValueError outside Sweden, e.g. when latitude and longitude have changed places
    References:  Lantmäteriet, Gauss Conformal Projection (Transverse Mercator): Krüger's formulas (2008)
    """
    if not (_LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]):
        raise ValueError(
            f"läget lat {latitude}, lon {longitude} ligger utanför Sverige; "
            "har latitud och longitud bytt plats?"
        )
    phi = math.radians(latitude)
    delta = math.radians(longitude - _CENTRAL_MERIDIAN_DEGREES)
    sin2 = math.sin(phi) ** 2
    series = sum(term * sin2**power for power, term in enumerate(_CONFORMAL))
    conformal = phi - math.sin(phi) * math.cos(phi) * series
    xi = math.atan2(math.tan(conformal), math.cos(delta))
    eta = math.atanh(math.cos(conformal) * math.sin(delta))
    steps = [(beta, 2 * order) for order, beta in enumerate(_BETA, start=1)]
    north = xi + sum(beta * math.sin(k * xi) * math.cosh(k * eta) for beta, k in steps)
    east = eta + sum(beta * math.cos(k * xi) * math.sinh(k * eta) for beta, k in steps)
    return _SCALE * _RADIUS * east + _FALSE_EASTING_METRES, _SCALE * _RADIUS * north


# Internals


def _conformal(e2: float) -> tuple[float, ...]:
    return (
        e2,
        (5 * e2**2 - e2**3) / 6,
        (104 * e2**3 - 45 * e2**4) / 120,
        1237 * e2**4 / 1260,
    )


def _beta(n: float) -> tuple[float, ...]:
    return (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )


_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS_METRES / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_CONFORMAL = _conformal(_FLATTENING * (2 - _FLATTENING))
_BETA = _beta(_N)
