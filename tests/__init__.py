"""The tests: they mirror the package, and read as sentences about the shop."""
