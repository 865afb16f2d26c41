"""The parts of the page Risk of bias."""
