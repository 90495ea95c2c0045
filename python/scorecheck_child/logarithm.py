"""The natural logarithm as V8 computes it, bit for bit."""

import numpy as np

# ln 2 in two parts: the upper one times any exponent is exact.
LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
# Coefficients of (log(1 + s) - log(1 - s) - 2 s) / s in powers of s², the best approximation on [0, 0.1716].
EVEN = (6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01)
ODD = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)


def log(x: np.ndarray) -> np.ndarray:
    """
    log x for normal positive doubles. The C library's last bit may differ from the one that JavaScript gives, so this is the algorithm of
    Sun's fdlibm (e_log.c), which V8 uses: x = 2^k (1 + f), and log(1 + f) from s = f / (2 + f). Each line rounds as a line there does.
    """
    bits = x.view(np.int64)
    high = (bits >> 32) & 0xFFFFF
    # 1 + f is between sqrt(2)/2 and sqrt(2).
    upper = (high + 0x95F64) & 0x100000
    k = ((bits >> 52) - 1023 + (upper >> 20)).astype(np.float64)
    mantissa = (bits & 0xFFFFFFFF) | ((high | (upper ^ 0x3FF00000)) << 32)
    f = mantissa.view(np.float64) - 1.0

    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (ODD[0] + w * (ODD[1] + w * ODD[2]))
    even = z * (EVEN[0] + w * (EVEN[1] + w * (EVEN[2] + w * EVEN[3])))
    r = even + odd
    half = 0.5 * f * f
    far = k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f)
    near = k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f)
    # |f| below 2^-20: three terms of the series.
    short = f * f * (0.5 - 0.33333333333333333 * f)
    tiny = k * LN2_HIGH - ((short - k * LN2_LOW) - f)
    one = k * LN2_HIGH + k * LN2_LOW
    is_far = ((high - 0x6147A) | (0x6B851 - high)) > 0
    is_tiny = ((high + 2) & 0xFFFFF) < 3
    return np.where(f == 0, one, np.where(is_tiny, tiny, np.where(is_far, far, near)))
