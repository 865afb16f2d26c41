"""The proof that Tandem does what it says."""
