"""Turns the review's data into the plain evidence of GRADE, and that into facts and prompts.

Everything computed lies here in one piece: what the page shows beside a decision is what is
frozen with the finished rating and compared with later. The assessor's own answers to prompts
are not among the frozen facts; they belong to the rating.
"""

from __future__ import annotations
