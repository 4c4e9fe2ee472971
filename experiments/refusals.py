"""Turn what Hydra, OmegaConf and Pydantic refuse into short lines: key = value: what is allowed."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from hydra.errors import HydraException, MissingConfigException
from omegaconf.errors import InterpolationResolutionError, MissingMandatoryValue, OmegaConfBaseException
from pydantic import ValidationError

from experiments.catalogue import allowed, general, parameters, unknown
from experiments.errors import BadInputError

_OVERRIDE = re.compile(r"Error merging override ([^=]+)=(.*)", re.S)
_OWN = re.compile(r"firms\.([^.=]+)\.(?:policy\.\w+\.\w+\.)?(\w+) = ([^:]*): Input should")
_OWN_RULE = re.compile(r"firms\.([^.=:]+)\.(\w+ [^=:]*)$")
_VALUE = re.compile(r"[Vv]alue '([^']*)'")
_KEY = re.compile(r"Could not (?:override|delete from config\.) '([^']+)'")


def refused_values(error: ValidationError) -> BadInputError:
    """Say which values are out of range, of a wrong type or unknown: all at once."""
    return BadInputError(*(_value_line(issue) for issue in error.errors(include_url=False)))


def _value_line(issue: Any) -> str:
    key = ".".join(str(part) for part in issue["loc"])
    message = issue["msg"].removeprefix("Value error, ")
    if issue["type"] == "value_error" and not key:
        return "\n".join(_own_parameter(line, issue["input"]) for line in message.splitlines())
    if issue["type"] == "value_error":
        return message if message.startswith(f"{key.split('.')[0]}.") else f"{key}: {message}"
    shown = "" if isinstance(issue["input"], dict | list) else f" = {issue['input']}"
    if issue["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"{key}{shown}: {unknown(key)}"
    return f"{key}{shown}: {allowed(key) or message[0].lower() + message[1:]}"


def _own_parameter(line: str, tree: Any) -> str:
    """A firm's own parameter of an option, refused by that option: say the whole key and what is allowed."""
    found = _OWN.match(line)
    policy = tree["firms"][found[1]].get("policy", {}) if found and isinstance(tree, dict) else {}
    for family, options in policy.items():
        for option, values in options.items():
            key = f"policy.{family}.{option}.{found[2] if found else ''}"
            if found and found[2] in values and allowed(key):
                return f"firms.{found[1]}.{key} = {found[3]}: {allowed(key)}"
    return _OWN_RULE.sub(r"firms.\1.policy: \2", line)


def refused_config(error: Exception) -> BadInputError:
    """Say what Hydra could not compose."""
    cause = error.__cause__
    text = str(error)
    if merging := _OVERRIDE.match(text):
        return BadInputError(_merge_line(merging[1].lstrip("+~"), merging[2], cause))
    if missing := _KEY.match(text):
        return BadInputError(f"{missing[1]}: {_no_such_key(missing[1])}")
    if isinstance(error, MissingConfigException):
        return BadInputError(_missing_line(error))
    if "Ambiguous value" in text:
        line = text.split("'")[1]
        return BadInputError(f"{line}: several values; add --multirun to run each, or write a list as [1,2]")
    return BadInputError(_plain(error))


def _no_such_key(key: str) -> str:
    parts = key.split(".")
    if parts[0] == "hydra":
        return "Hydra has no such setting"
    if parts[0] in ("firms", "shocks") and len(parts) > 1 and general(key) in parameters():
        return f"no {parts[0][:-1]} of this name here; +{key}=... adds one"
    return unknown(key)


def _merge_line(key: str, value: str, cause: BaseException | None) -> str:
    full_key = getattr(cause, "full_key", None) or key
    if isinstance(cause, OmegaConfBaseException) and "not in" in str(cause).splitlines()[0]:
        return f"{full_key} = {value}: {unknown(full_key)}"
    if full_key.startswith(f"{key}.") and (found := _VALUE.search(str(cause))):
        key, value = full_key, found[1]
    return f"{key} = {value}: {allowed(key) or _group_of_keys(key) or unknown(key)}"


def _group_of_keys(key: str) -> str:
    below = [name for name in parameters() if name.startswith(general(key) + ".")]
    return f"a group of keys, such as {below[0]}" if below else ""


def _missing_line(error: MissingConfigException) -> str:
    name = error.missing_cfg_file or ""
    if error.options:
        group, _, option = name.rpartition("/")
        return f"{group} = {option}: one of {listed(option, error.options, group)}"
    return f"{name}: no such preset or configuration file"


def _plain(error: Exception) -> str:
    if isinstance(error, MissingMandatoryValue):
        return f"{getattr(error, 'full_key', '')}: a value is required"
    if isinstance(error, InterpolationResolutionError):
        return f"{getattr(error, 'full_key', '')}: {str(error).splitlines()[0]}"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if isinstance(error.__cause__, OmegaConfBaseException):
        full_key = getattr(error.__cause__, "full_key", "")
        lines.append(f"{full_key}: {str(error.__cause__).splitlines()[0]}" if full_key else "")
    return "; ".join(line for line in lines if line)


REFUSED = (HydraException, OmegaConfBaseException)
"""What composing a configuration raises."""


def listed(given: str, options: Sequence[str], group: str, most: int = 10) -> str:
    """The options; of many, those nearest to what was given, and where all are listed."""
    if len(options) <= most:
        return ", ".join(options)
    near = get_close_matches(str(given), options, 4, 0.0)
    return f"{', '.join(near)} and {len(options) - len(near)} more: reciprocity describe {group}s"
