"""What a cell of a spreadsheet says as text; a NIK that the spreadsheet keeps as a number is not guessed at.

Spreadsheets keep 15 digits of a number: a 16-digit number is whole only where its last digit is not 0 (then it never
went through that rounding) and it is below 2^53, from where on neighbours are two apart.
"""

from __future__ import annotations

import math
from typing import Final

EXACT_BELOW: Final = 2**53
ROUNDED_FROM: Final = 10**15
# Below this a number with decimals is an age or an amount.
LONG_FROM: Final = 10**9


def cell_text(cell: object) -> str:
    """A cell as the reader of rows wants it: text as it is, numbers without `.0`, damaged numbers recognisable."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, int | float):
        return number_text(cell)
    return str(cell)


def number_text(number: float) -> str:
    """A number cell as text; one that can be no whole NIK is written as spoilt numbers are, so that it is rejected."""
    if isinstance(number, float) and not number.is_integer():
        return f"{number!r}E+0" if abs(number) >= LONG_FROM and math.isfinite(number) else str(number)
    whole = int(number)
    if abs(whole) >= ROUNDED_FROM and (whole % 10 == 0 or abs(whole) >= EXACT_BELOW or whole < 0):
        return f"{whole}.0"
    return str(whole)
