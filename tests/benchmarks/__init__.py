"""One script per claim about speed; each prints `what | ours | peer | ratio | target`, measured in one run.

    python -m tests.benchmarks              all of them, and a copy in tests/benchmarks/results.md
    python -m tests.benchmarks.first_rows   one of them

Machines are shared and noisy: a figure counts only as a ratio to its peer in the same run. Shops are made once by
`tests.benchmarks.shop` and kept in the user's cache folder.
"""
