"""Painting: figures and marks on any paint device."""
