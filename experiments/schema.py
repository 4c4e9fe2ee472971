"""What one run is told: the model's parameters, and how long, with which chance, and what to keep.

The same classes check a run in Python and are Hydra's schema: one definition, two layers of checks.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError, model_validator

from agents.base.parameters import group, parameter
from agents.policies import MODES, FirmEntry, chosen
from sim.parameters import Parameters, default_firms, one_line
from sim.shocks import Shock, ShockKind

ENTRIES: dict[str, type] = {"firms": FirmEntry, "shocks": Shock}
"""The mappings by name to which a user can add entries."""


@group
class RecordOptions:
    """What a run writes down beside its monthly numbers; nothing of it changes what happens."""

    leavers: Annotated[bool, parameter("1", "keep who left whom for whom, when and why")] = True
    flows: Annotated[bool, parameter("1", "keep the monthly matrix of money flows")] = True
    purchases: Annotated[bool, parameter("1", "by repertoire: keep who bought how often from which firm")] = (
        True
    )
    panel: Annotated[int, parameter("customer", "customers followed month by month", 0, 1_000_000)] = 0
    snapshots: Annotated[list[int], parameter("month", "months after which the whole model is saved")] = (
        field(default_factory=list)
    )

    @model_validator(mode="after")
    def _snapshots_are_months(self) -> "RecordOptions":
        if any(month < 0 for month in self.snapshots):
            raise ValueError(f"record.snapshots = {self.snapshots}: whole numbers of at least 0")
        return self


@group
class OutputOptions:
    """Where results go, and which of them."""

    folder: Annotated[str, parameter("1", "folder in which every run makes a new folder of its own")] = (
        "outputs"
    )
    figures: Annotated[bool, parameter("1", "draw the figures")] = True
    report: Annotated[bool, parameter("1", "write the report")] = True

    @model_validator(mode="after")
    def _folder_has_a_name(self) -> "OutputOptions":
        if not self.folder.strip():
            raise ValueError(f"output.folder = {self.folder!r}: the name of a folder is needed")
        return self


@group
class Run(Parameters):
    """One run: all that decides it."""

    experiment_name: Annotated[str | None, parameter("1", "name of the question that is asked; a label")] = (
        None
    )
    seed: Annotated[int, parameter("1", "number that decides all chance", 0, 2**63 - 1)] = 1
    months: Annotated[int, parameter("month", "length of the run after burn-in", 0, 100_000)] = 120
    threads: Annotated[int, parameter("1", "threads; they change no result", 1, 256)] = 1
    record: RecordOptions = field(default_factory=RecordOptions)
    output: OutputOptions = field(default_factory=OutputOptions)

    @model_validator(mode="after")
    def _all_within_the_run(self) -> "Run":
        late = [
            f"shocks.{name}.month = {shock.month}: after the end; allowed: below months = {self.months}"
            for name, shock in self.shocks.items()
            if shock.month >= self.months
        ]
        if max(self.record.snapshots, default=0) > self.months:
            snapshots = self.record.snapshots
            late.append(
                f"record.snapshots = {snapshots}: after the end; allowed: up to months = {self.months}"
            )
        entrants = [name for name, shock in self.shocks.items() if shock.kind == ShockKind.entrant]
        if len(entrants) > self.market.entrants:
            late.append(
                f"market.entrants = {self.market.entrants}: at least {len(entrants)}, for entrants by shock"
            )
        late += [line for name in self.firms for line in self._refused_own_parameters(name)]
        if late:
            raise ValueError("\n".join(late))
        return self

    def _refused_own_parameters(self, firm: str) -> Iterator[str]:
        """A firm's own parameters of options: out of bounds, or of an option that it can never follow."""
        entry = self.firms[firm]
        for family, options in entry.policy.items():
            followed = {chosen(entry, family)}
            if entry.mode is not None:
                followed |= {preset[family] for preset in MODES.values() if family in preset}
            for option, values in options.items():
                key = f"firms.{firm}.policy.{family}.{option}"
                if option not in followed and str(entry.adaptation) != "imitation":
                    yield f"{key}: nothing uses it; the firm follows {chosen(entry, family)}"
                try:
                    replace(getattr(getattr(self.policy, family), option), **values)
                except ValidationError as error:
                    yield from (
                        f"{key}{'.' if ' = ' in line else ': '}{line}"
                        for line in one_line(error).splitlines()
                    )


LABELS = ("experiment_name", "threads", "record", "output")
"""Keys that change nothing of what happens in a run."""


@cache
def store_schema() -> None:
    """Make the schema known to Hydra: the whole run without firms, and the default firms as an industry."""
    from hydra.core.config_store import ConfigStore  # noqa: PLC0415 - in Python one does without Hydra
    from omegaconf import OmegaConf  # noqa: PLC0415

    store = ConfigStore.instance()
    node = OmegaConf.structured(Run)
    node.firms = {}
    store.store(name="run_schema", node=node)
    store.store(group="industry", name="unlike", node=OmegaConf.structured(default_firms()), package="firms")


def store_entry(table: str, name: str) -> None:
    """Make a new entry of a mapping by name known to Hydra, so that its keys and types are checked too."""
    from hydra.core.config_store import ConfigStore  # noqa: PLC0415

    node = {name: ENTRIES[table]}
    ConfigStore.instance().store(group="added", name=f"{table}-{name}", node=node, package=table)


def checked(tree: Any) -> Run:
    """Return the run of a plain tree of names and numbers.

    Raises
    ------
    BadInputError
        A line for each value that is refused.
    """
    try:
        return TypeAdapter(Run).validate_python(tree)
    except ValidationError as error:
        from experiments.refusals import refused_values  # noqa: PLC0415 - only when something is wrong

        raise refused_values(error) from None
