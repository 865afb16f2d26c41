"""The parts of the Reconcile page: list, the two sides, the consensus, agreement."""
