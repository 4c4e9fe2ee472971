"""Guests: plain Mesa agents beside the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import mesa


class Guests:
    """Plain Mesa agents of one type, seen as a table; they keep their own attributes.

    Rows are in order of birth, never reused, and forget those who leave.
    """

    def __init__(self, agent_type: type[mesa.Agent]) -> None:
        self.agent_type = agent_type
        self.members: list[mesa.Agent | None] = []
        self.ids: list[int] = []
        self.rows: dict[mesa.Agent, int] = {}

    def join(self, agent: mesa.Agent) -> None:
        """Add an agent that has its unique_id."""
        self.rows[agent] = len(self.members)
        self.members.append(agent)
        self.ids.append(agent.unique_id)

    def leave(self, agent: mesa.Agent) -> None:
        """Forget an agent."""
        self.members[self.rows.pop(agent)] = None

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """The columns every table has; a guest's number is its row."""
        return {
            "unique_id": np.array(self.ids, np.int64),
            "alive": np.array([member is not None for member in self.members], np.bool_),
            "number": np.arange(len(self.members)),
        }

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def count(self) -> int:
        """Return how many agents are alive."""
        return len(self.rows)

    def holds(self, row: int, number: int) -> bool:
        """Whether the agent of a row is still here."""
        return self.members[row] is not None

    def handle(self, model: mesa.Model, row: int, number: int) -> mesa.Agent:
        """Return the agent of a row."""
        member = self.members[row]
        assert member is not None
        return member
