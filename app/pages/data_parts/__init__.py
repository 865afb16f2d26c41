"""The parts of the page Data & pooling: sheet, settings, results and what follows from them."""
