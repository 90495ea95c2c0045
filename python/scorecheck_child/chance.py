"""Draws elsewhere than from `random` of the contract: Python's `random`, numpy's and torch's without a generator of their own. They begin anew with each
question, so that what is wrong because of them is wrong in the same way each time; a question that is asked again has another stream."""

from __future__ import annotations

import random
import sys
from typing import Sequence

import numpy as np

LOADING = (0x5C0, 0x4EC, 0x4EC, 0x5C0)


def draw_from(key: Sequence[int]) -> None:
    """Begins anew with four 32-bit integers."""
    words = [each & 0xFFFFFFFF for each in key]
    random.seed(sum(word << 32 * i for i, word in enumerate(words)))
    np.random.seed(words)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(words[0] << 31 | words[1] >> 1)
