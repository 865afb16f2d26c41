"""The parts of the page of report and export."""
