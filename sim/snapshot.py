"""Snapshots: state and recording in one file, arrays and JSON, nothing that could run code."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from agents.policies import FirmEntry, resolve
from sim.collecting import market_collector
from sim.parameters import as_tree, validated
from sim.remembering import arrays_of, options_of, recording_of

FORMAT = "reciprocity snapshot 3"


def save(model: Any, path: Any) -> None:
    """Write the whole state and what was recorded; the file appears whole or not at all."""
    path = Path(path)
    arrays = {}
    for kind, table in model.tables.items():
        for name, array in table.arrays.items():
            arrays[f"{kind.__name__}.{name}"] = array
    arrays["ledger.balances"], arrays["ledger.receipts"] = model.ledger.balances, model.last_receipts
    arrays["ledger.late"] = model.ledger.late()
    arrays["generation"], arrays["extra_staff"] = model.generation, model.extra_staff
    arrays |= arrays_of(model.recording)
    arrays["about"] = np.frombuffer(json.dumps(about(model)).encode(), np.uint8)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def about(model: Any) -> dict[str, Any]:
    """What is not an array: when it is, and by which parameters and policies."""
    return {
        "format": FORMAT,
        "seed": model.seed,
        "clock": model.clock,
        "demand": model.demand,
        "walking_banned": model.walking_banned,
        "policies_hold": model.policies_hold,
        "agent_id_counter": model.agent_id_counter,
        "parameters": as_tree(model.parameters),
        "entries": [as_tree(entry) for entry in model.entries],
        "passages": model.passages,
        "closures": model.closures,
        "steps": model.steps,
        "collected": {name: model.datacollector.model_vars[name] for name in market_collector().model_vars},
        "record": options_of(model.recording.record),
    }


def load(cls: Any, path: Any, threads: int) -> Any:
    """Read a state written by ``save``, to go on with so many threads.

    Raises
    ------
    ValueError
        If the file is not a snapshot, is damaged, or is of another format.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        told = json.loads(arrays["about"].tobytes())
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"{path}: not a whole snapshot of this program ({type(error).__name__})") from None
    if told.get("format") != FORMAT:
        raise ValueError(f"{path}: format {told.get('format')!r}, but this program reads {FORMAT!r}")
    return restored(cls, arrays, told, path, threads)


def restored(cls: Any, arrays: dict[str, np.ndarray], told: dict[str, Any], path: Any, threads: int) -> Any:
    """A model in the state that was read."""
    model = cls(validated(told["parameters"]), rng=told["seed"], threads=threads)
    for kind, table in model.tables.items():
        for name, array in table.arrays.items():
            read = arrays.get(f"{kind.__name__}.{name}")
            if read is None or read.shape != array.shape or read.dtype != array.dtype:
                raise ValueError(f"{path}: column {kind.__name__}.{name} is missing or of another shape")
            array[...] = read
    model.ledger.balances[:], model.last_receipts[:] = arrays["ledger.balances"], arrays["ledger.receipts"]
    model.ledger.flows[:] = arrays["ledger.late"]
    model.generation[:], model.extra_staff[:] = arrays["generation"], arrays["extra_staff"]
    for name in ("clock", "demand", "walking_banned", "policies_hold", "agent_id_counter"):
        setattr(model, name, told[name])
    adapter = TypeAdapter(FirmEntry)
    model.entries = [adapter.validate_python(entry) for entry in told["entries"]]
    model.policies = [resolve(entry, model.parameters.policy) for entry in model.entries]
    model.passages = [tuple(passage) for passage in told["passages"]]
    model.closures = [tuple(closure) for closure in told["closures"]]
    model.recording = recording_of(model, told["record"], arrays)
    model.datacollector.model_vars |= told["collected"]
    pass_time(model, told["steps"])
    return model


def pass_time(model: Any, steps: int) -> None:
    """Let so many steps of Mesa's own count and time go by, in which nothing happens."""
    lived, model._user_step = model._user_step, lambda: None
    for _ in range(steps):
        model.step()
    model._user_step = lived
