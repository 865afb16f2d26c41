"""The parts of the page GRADE."""
