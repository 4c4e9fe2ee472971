"""The command `reciprocity`."""

import sys

USAGE = """usage: reciprocity run [KEY=VALUE ...] [--multirun KEY=VALUE,VALUE ...]

  run    run a small market into a new folder of outputs/; keys and units stand in configs/config.yaml"""


def main() -> None:
    """Hand the rest of the command line to the verb that was named."""
    if sys.argv[1:2] == ["run"]:
        from experiments import run  # noqa: PLC0415 - the usage text should not wait for the imports

        sys.argv = ["reciprocity run", *sys.argv[2:]]
        run.main()
    elif sys.argv[1:] in ([], ["-h"], ["--help"]):
        print(USAGE)
    else:
        sys.exit(f"error: reciprocity knows no `{sys.argv[1]}` (yet)\n{USAGE}")
