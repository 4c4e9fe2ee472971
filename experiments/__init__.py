"""What we ask: runs, statistics, figures and reports."""
