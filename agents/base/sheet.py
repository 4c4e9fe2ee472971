"""One agent's numbers, for plain Python that reads a few of them or writes many."""

from typing import TYPE_CHECKING, Any

from agents.base.columns import no_such_column
from agents.base.table import Table

_OWN = ("row", "_table")


class Sheet:
    """The numbers of one row as plain attributes; what is set is not written until ``write``.

    Reading an attribute is several times faster than through a handle, and a change that is
    not wanted after all is dropped by not writing it.
    """

    def __init__(self, table: Table, row: int) -> None:
        own = self.__dict__
        own["row"], own["_table"] = row, table

    def changes(self) -> dict[str, Any]:
        """What was set."""
        return {name: value for name, value in self.__dict__.items() if name not in _OWN}

    def write(self) -> None:
        """Check what was set against the columns' bounds, and write it.

        Raises
        ------
        AttributeError
            If something was set that is not a column.
        ValueError
            If a number is outside the bounds of its column.
        """
        table, row = self._table, self.row
        for name, value in self.changes().items():
            column = table.agent_type.columns.get(name)
            if column is None:
                raise AttributeError(no_such_column(table.agent_type, name))
            table.arrays[name][row] = value if column.allows(value) else table.accepted(column, value)

    if TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None: ...

    def __getattr__(self, name: str) -> Any:
        array = self._table.arrays.get(name)
        if array is None:
            raise AttributeError(no_such_column(self._table.agent_type, name))
        return array.item(self.row) if array.ndim == 1 else array[self.row]
