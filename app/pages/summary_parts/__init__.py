"""The parts of the page of the summary of findings."""
