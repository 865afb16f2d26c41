"""The sub-commands of ``main.py``: everything that can be done without a window.

Each module named in ``COMMANDS`` has ``NAME`` (the word typed), ``SUMMARY`` (one line),
``arguments(parser)`` which describes its options, and ``run(options)`` which does the work and
returns the exit status. What is heavy is imported inside ``run``.
"""

COMMANDS: tuple[str, ...] = (
    "assessments.commands.demo",
    "assessments.commands.export",
    "assessments.commands.judge",
    "assessments.commands.check_instrument",
    "assessments.commands.pool",
    "assessments.commands.certainty",
)
