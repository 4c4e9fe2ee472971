"""The model: Mesa's, with agents that live in tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

import mesa
import numpy as np
from mesa.experimental.mesa_signals import ModelSignals
from numpy.typing import ArrayLike

from agents.base.agent import ColumnAgent
from agents.base.agentset import ColumnAgentSet
from agents.base.guests import Guests
from agents.base.rows import Rows
from agents.base.table import Table


class ColumnModel(mesa.Model):
    """A Mesa model whose agents are rows of tables; plain Mesa agents may live beside them.

    Parameters
    ----------
    *args, **kwargs
        Mesa's own, such as ``rng``.
    widths
        Lengths of the columns declared as wide as something named, such as ``{"firms": 5}``.

    Attributes
    ----------
    agent_classes
        The types that have a table from the start, in the order of `agent_types`. A type that is not
        listed gets its table with its first agent.
    tables
        The tables by type.
    """

    agent_classes: ClassVar[tuple[type[ColumnAgent], ...]] = ()

    def __init__(self, *args: Any, widths: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widths = dict(widths or {})
        self.tables: dict[type[ColumnAgent], Table] = {}
        self.guests: dict[type[mesa.Agent], Guests] = {}
        self.kinds: list[Table | Guests] = []  # all of them, in the order they came
        for agent_type in self.agent_classes:
            self.table_for(agent_type)

    # -- tables ------------------------------------------------------------------------------------

    def table(self, agent_type: type[ColumnAgent]) -> Table:
        """Return the table of a type."""
        if agent_type not in self.tables:
            names = ", ".join(known.__name__ for known in self.tables) or "none yet"
            raise KeyError(f"no table of {agent_type.__name__} in this model; tables: {names}")
        return self.tables[agent_type]

    def table_for(self, agent_type: type[ColumnAgent]) -> Table:
        """Return the table of a type, a new one if the type is new here."""
        if agent_type not in self.tables:
            self.tables[agent_type] = Table(agent_type, widths=self.widths, others=self.tables)
            self.kinds.append(self.tables[agent_type])
        return self.tables[agent_type]

    def add_agents[A: ColumnAgent](self, agent_type: type[A], n: int, **values: Any) -> ColumnAgentSet[A]:
        """Make ``n`` agents at once and return them; values are one number for all or one for each."""
        table = self.table_for(agent_type)
        rows = table.append(n, first_id=self.agent_id_counter, **values)
        return self._welcomed(table, np.arange(rows.start, rows.stop))

    def reuse_rows[A: ColumnAgent](
        self, agent_type: type[A], rows: ArrayLike, numbers: ArrayLike | None = None, **values: Any
    ) -> ColumnAgentSet[A]:
        """Give rows of agents who left to newcomers under new numbers, and return them (`Table.reuse`)."""
        table = self.table(agent_type)
        table.reuse(np.asarray(rows), first_id=self.agent_id_counter, numbers=numbers, **values)
        return self._welcomed(table, np.asarray(rows))

    def _welcomed(self, table: Table, rows: np.ndarray) -> ColumnAgentSet[Any]:
        """Count the new agents, tell whoever listens, and return them."""
        self.agent_id_counter += len(rows)
        made: ColumnAgentSet[Any] = ColumnAgentSet(self, [table], Rows.at(table, rows))
        if self.subscribers:
            made.do(lambda agent: self.notify("agents", ModelSignals.AGENT_ADDED, args=(agent,)))
        return made

    # -- Mesa's face -------------------------------------------------------------------------------

    @property
    def agents(self) -> ColumnAgentSet[Any]:
        """Everyone alive, of every type, in order of birth."""
        return ColumnAgentSet(self, self.kinds)

    @agents.setter
    def agents(self, _: Any) -> NoReturn:
        raise AttributeError("model.agents is Mesa's; keep your own under another name")

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], Any]:
        """The set of everyone alive by type; guests come in Mesa's own sets."""
        sets: dict[type[mesa.Agent], Any] = {}
        for agent_type, table in self.tables.items():
            sets[agent_type] = ColumnAgentSet(self, [table])
        return sets | self._agents_by_type

    @property
    def agent_types(self) -> list[type[mesa.Agent]]:
        """The types of agents: those with tables, then the guests."""
        return [*self.tables, *self._agents_by_type]

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take an agent in: a row of this model's tables, or a plain Mesa agent."""
        if not isinstance(agent, ColumnAgent):
            super().register_agent(agent)
            self._guests_like(agent).join(agent)
            return
        table, row = self._own_table(agent), agent.row
        table.arrays["unique_id"][row] = self.agent_id_counter
        table.arrays["alive"][row] = True
        self.agent_id_counter += 1
        self.notify("agents", ModelSignals.AGENT_ADDED, args=(agent,))

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Let an agent go; a KeyError if it is not here (``agent.remove()`` forgives that)."""
        if not isinstance(agent, ColumnAgent):
            super().deregister_agent(agent)
            self._guests_like(agent).leave(agent)
            return
        table = self._own_table(agent)
        if not agent.alive:
            raise KeyError(f"{agent!r} has left already")
        table.arrays["alive"][agent.row] = False
        self.notify("agents", ModelSignals.AGENT_REMOVED, args=(agent,))

    def remove_all_agents(self) -> None:
        """Call ``remove`` on everyone."""
        self.agents.do("remove")
        self.data_registry.close()

    def _guests_like(self, agent: mesa.Agent) -> Guests:
        if type(agent) not in self.guests:
            self.guests[type(agent)] = Guests(type(agent))
            self.kinds.append(self.guests[type(agent)])
        return self.guests[type(agent)]

    def _own_table(self, agent: ColumnAgent) -> Table:
        if agent._table is not self.tables.get(type(agent)):
            raise ValueError(f"{agent!r} belongs to another model")
        return agent._table
