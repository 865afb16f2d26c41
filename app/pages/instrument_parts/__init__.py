"""Parts of the tab Instruments: designs, outcome groups, cards of instruments, own files."""
