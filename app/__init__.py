"""The window: the only place where Qt lives."""

from app.enduring_values import make_enduring

make_enduring()
