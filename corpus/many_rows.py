"""Many rows -> a table, in few statements.

SQLite lets other threads have the interpreter while it takes a statement's step, and `executemany`
takes one for each row: whoever answers questions meanwhile waits for the interpreter as often.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from sqlite3 import Connection

_MOST_VALUES = 999
"""Of one statement, as SQLite before 3.32 has it."""
_MOST_ROWS = 128


def insert(
    db: Connection,
    into: str,
    rows: Iterable[Sequence[object]],
    step: Callable[[], None] = lambda: None,
) -> None:
    """Inserts *rows*, which are of one length; *into* is the statement up to its VALUES.

    *step* is called between two statements.
    """
    remaining = iter(rows)
    while some := list(islice(remaining, _MOST_ROWS)):
        n_columns = len(some[0])
        start = 0
        while start < len(some):
            n = _most(min(len(some) - start, _MOST_VALUES // n_columns))
            row = f"({', '.join('?' * n_columns)})"
            db.execute(
                f"{into} VALUES {', '.join([row] * n)}",
                list(chain.from_iterable(some[start : start + n])),
            )
            start += n
            step()


def _most(n: int) -> int:
    """The highest power of two that is not above *n*: so there are few statements to be prepared."""
    return 1 << (n.bit_length() - 1)
