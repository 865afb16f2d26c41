"""Data without code: instruments, thresholds, themes, icons, samples."""
