"""Figures: what is drawn, as marks that any painter can put on any sheet."""
