"""What was recorded so far, as arrays of plain numbers for a snapshot, and back."""

from dataclasses import asdict
from typing import Any

import numpy as np

from agents import Firm
from sim.recording import LEAVER, Record, Recording, joined

RECORDED = "recording."


def arrays_of(recording: Recording) -> dict[str, np.ndarray]:
    """Everything recorded; rows of several columns as their bytes."""
    parts: dict[str, Any] = {
        "months": np.array(recording.months, np.int64),
        "firms": as_bytes(recording._firms),
        "moves": np.array(recording._moves),
        "flows": recording.flows,
        "market": np.array(recording._market),
        "leavers": as_bytes([np.concatenate(recording._leavers)] if recording._leavers else []),
    }
    for kind, rows in (("purchases", recording._purchases), ("panel", recording._panel)):
        parts |= {f"{kind}.{name}": joined(rows, (name,))[name] for name in (rows[0] if rows else ())}
    return {f"{RECORDED}{name}": values for name, values in parts.items()}


def recording_of(model: Any, record: dict[str, Any], arrays: dict[str, np.ndarray]) -> Recording:
    """The recording of a model from what ``arrays_of`` gave."""
    kept = Record(**{**record, "panel": tuple(record["panel"])})
    found = Recording(kept, model.firm_names, model.parameters)
    of = {name.removeprefix(RECORDED): v for name, v in arrays.items() if name.startswith(RECORDED)}
    table = model.table(Firm)
    found.months = of["months"].tolist()
    found._firms = list(of["firms"].view(table.copied().dtype).reshape(-1, len(table)))
    found._moves, found._flows = list(of["moves"]), list(of["flows"])
    found._market = [tuple(month) for month in of["market"].tolist()]
    found._leavers = [of["leavers"].view(LEAVER)] if of["leavers"].size else []
    for kind, rows in (("purchases", found._purchases), ("panel", found._panel)):
        names = {name: values for name, values in of.items() if name.startswith(f"{kind}.")}
        if names:
            rows.append({name.removeprefix(f"{kind}."): values for name, values in names.items()})
    return found


def options_of(record: Record) -> dict[str, Any]:
    """What a recording keeps, as plain values."""
    return asdict(record)


def as_bytes(parts: list[np.ndarray]) -> np.ndarray:
    """Records of a snapshot, which holds nothing but plain numbers, as their bytes."""
    return np.concatenate(parts).view(np.uint8) if parts else np.empty(0, np.uint8)
