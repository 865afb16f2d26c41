"""The engine: effect measures, pooling, absolute effects and the rules of GRADE; no files, no Qt.

The way in: describe the studies (``data``), choose a plan (``profiles``), pool (``pooling``). Many
analyses at once in arrays: ``batch``. What hangs on single studies: ``sensitivity``. Around the
pool: ``subgroups``, ``meta_regression``, ``small_studies``; before it ``conversions``, after it
``absolute_effects``. Calculations described in a file of cases: ``case_types``.
"""
