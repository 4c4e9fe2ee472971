"""What is said to a user whose input is refused."""


class BadInputError(Exception):
    """Input that is refused: one short line for each thing that is wrong, and no traceback.

    Parameters
    ----------
    *lines
        What is wrong, as ``key = value: what is allowed``.
    """

    def __init__(self, *lines: str) -> None:
        self.lines = tuple(part for line in lines for part in line.splitlines() if part.strip())
        super().__init__("\n".join(self.lines))


class LostProcessError(Exception):
    """A process that had a part of the work ended before it was done, as happens where memory runs out."""


class InterruptedRunError(Exception):
    """A run that was stopped by the user, after what it had so far was written.

    Parameters
    ----------
    folder
        Where the partial result lies.
    """

    def __init__(self, folder: object) -> None:
        super().__init__(f"stopped; the partial result is in {folder}")


def in_a_line(error: Exception) -> str:
    """What went wrong, by kind and first line."""
    told = str(error).splitlines()
    return f"{type(error).__name__}: {told[0]}" if told else type(error).__name__
