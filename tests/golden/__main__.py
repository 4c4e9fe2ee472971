"""Write the golden trajectories anew: ``python -m tests.golden``."""

from tests.golden import CONFIGURATIONS, file_of, write

for name in CONFIGURATIONS:
    write(name)
    print(f"wrote {file_of(name)}")
