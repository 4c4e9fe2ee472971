"""All points with their results, as one table."""

import numpy as np
import polars as pl

from experiments.sensitivity.study import Study


def as_table(study: Study) -> pl.DataFrame:
    """A row a point and luck: part of the design, what is moved, from where, and every result."""
    about, values = [], []
    for point, found in zip(study.points, study.found, strict=True):
        for luck, row in enumerate(found.values, 1):
            about.append((str(point.stage), point.moved, point.start, luck, found.refused))
            values.append(row)
    schema = {
        "stage": pl.String,
        "moved": pl.String,
        "start": pl.Int32,
        "luck": pl.Int32,
        "refused": pl.String,
    }
    table = pl.DataFrame(about, schema=schema, orient="row")
    columns = np.array(values, np.float32).T
    return table.with_columns(
        *(
            pl.Series(line.name, column).fill_nan(None)
            for line, column in zip(study.headlines, columns, strict=True)
        )
    )
