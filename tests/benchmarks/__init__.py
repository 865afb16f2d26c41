"""Speed and memory, measured by hand and in the checks; never part of the tests."""
