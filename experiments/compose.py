"""Compose runs with Hydra: presets, overrides and files become checked runs before anything starts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from hydra import compose, initialize_config_dir, initialize_config_module
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override, Quote, QuotedString
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from experiments.errors import BadInputError
from experiments.outside import check_folder
from experiments.refusals import REFUSED, refused_config
from experiments.schema import ENTRIES, Run, checked, store_entry, store_schema

OURS = "configs"
GROUPS = ("industry", "market", "population", "mode", "shock", "experiment")
"""Groups of presets; ``experiment=NAME`` and ``+experiment=NAME`` are the same."""


class Request(NamedTuple):
    """What the command line asks for: overrides, and where configuration files stand."""

    overrides: tuple[str, ...] = ()
    folder: str | None = None
    name: str = "config"

    @property
    def own_root(self) -> bool:
        """Whether the first file that is read comes from the user's folder."""
        return self.folder is not None and any(
            Path(self.folder, self.name + end).is_file() for end in ("", ".yaml", ".yml")
        )


class Composed(NamedTuple):
    """A checked run, its configuration, and the folders that Hydra's own settings ask for."""

    run: Run
    config: DictConfig
    folder: str
    sweep_folder: str


def prepared(request: Request) -> Request:
    """Check the user's files and bring overrides into the form that Hydra takes."""
    store_schema()
    if request.folder is not None:
        check_folder(Path(request.folder))
    overrides = list(request.overrides)
    if refused := [text for text in overrides if text.lstrip("+~").startswith("hydra.searchpath")]:
        raise BadInputError(f"{refused[0]}: name a folder of configuration files with --config-dir")
    parsed = parse(overrides)
    ready = request._replace(overrides=(*map(_in_hydras_form, parsed), *_search_in(request)))
    return ready._replace(overrides=(*ready.overrides, *_added_entries(ready, parsed)))


def _search_in(request: Request) -> list[str]:
    if request.folder is None:
        return []
    other = f"pkg://{OURS}" if request.own_root else f"file://{Path(request.folder).resolve()}"
    return [f"hydra.searchpath=[{quoted(other)}]"]


def _added_entries(request: Request, parsed: Sequence[Override]) -> list[str]:
    """Give every firm and shock that the command line adds its own schema, after those that are there."""
    wanted = dict.fromkeys(entry for override in parsed for entry in _new_entry(override))
    if not wanted:
        return []
    presets = [text for text in request.overrides if text.split("=")[0] in (*GROUPS, "hydra.searchpath")]
    there = _composed(request._replace(overrides=points(request._replace(overrides=tuple(presets)))[0]))
    new = [(table, name) for table, name in wanted if name not in there[table]]
    for table, name in new:
        store_entry(table, name)
    return [f"added=[{','.join(f'{table}-{name}' for table, name in new)}]"] if new else []


def parse(overrides: Sequence[str]) -> list[Override]:
    """Parse overrides as Hydra does."""
    parser = OverridesParser.create()
    parsed, refused = [], []
    for text in overrides:
        try:
            parsed.append(parser.parse_override(text))
        except HydraException:
            refused.append(
                f"{text}: not KEY=VALUE as Hydra reads it; quote odd characters: KEY='\"VALUE\"'; "
                "a name in KEY is letters, digits, - and _, and begins with a letter or _"
            )
    if refused:
        raise BadInputError(*refused)
    return parsed


def _new_entry(override: Override) -> list[tuple[str, str]]:
    """The mapping and the name that ``+firms.NAME...`` adds to."""
    table, _, rest = override.key_or_group.partition(".")
    adds = override.is_add() or override.is_force_add()
    return [(table, rest.split(".")[0])] if adds and table in ENTRIES and rest else []


def _in_hydras_form(override: Override) -> str:
    text, key = str(override.input_line), override.key_or_group
    if override.is_delete():
        if key not in GROUPS and not any(key.startswith(f"{table}.") for table in (*ENTRIES, "hydra")):
            raise BadInputError(f"{text}: only an entry can be taken out, as in ~firms.NAME or ~shocks.NAME")
        return text
    if key in GROUPS:
        return text.lstrip("+")
    if not override.is_sweep_override() and override.value() == {}:
        raise BadInputError(f"{text}: an empty group changes nothing; ~firms.NAME takes an entry out")
    below_policy = key.startswith("firms.") and ".policy." in key
    return "++" + text.lstrip("+") if below_policy or _new_entry(override) else text


def quoted(text: str) -> str:
    """A text as Hydra reads it back unchanged."""
    return QuotedString(text, Quote.single).with_quotes()


@contextmanager
def _search_path(request: Request) -> Iterator[None]:
    own = str(Path(str(request.folder)).resolve())
    ours = initialize_config_module(OURS, version_base="1.3") if not request.own_root else None
    with ours or initialize_config_dir(own, version_base="1.3"):
        yield


def composed(request: Request) -> Composed:
    """Compose one run from a prepared request and check it.

    Raises
    ------
    BadInputError
        A line for each key or value that is refused.
    """
    config = _composed(request)
    plain = without_hydra(config)
    run = run_of(plain)
    try:
        return Composed(run, plain, str(config.hydra.run.dir), str(config.hydra.sweep.dir))
    except REFUSED as error:
        raise refused_config(error) from None


def _composed(request: Request) -> DictConfig:
    try:
        with _search_path(request):
            return compose(request.name, list(request.overrides), return_hydra_config=True)
    except REFUSED as error:
        raise refused_config(error) from None


def without_hydra(config: DictConfig) -> DictConfig:
    """The configuration without Hydra's own settings."""
    tree = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
    OmegaConf.set_struct(tree, True)
    return tree


def run_of(config: DictConfig) -> Run:
    """The checked run of a composed configuration."""
    try:
        tree: Any = OmegaConf.to_container(config, resolve=True, throw_on_missing=True, enum_to_str=True)
    except REFUSED as error:
        raise refused_config(error) from None
    return checked(tree)


def points(request: Request) -> list[tuple[str, ...]]:
    """The overrides of each run of a sweep, in Hydra's order; what only a sweeper can spell out is not."""
    choices: list[list[str]] = []
    for override in parse(request.overrides):
        if not override.is_sweep_override():
            choices.append([str(override.input_line)])
        elif override.is_discrete_sweep():
            key = override.get_key_element()
            choices.append([f"{key}={value}" for value in override.sweep_string_iterator()])
    return list(product(*choices))
