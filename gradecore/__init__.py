"""The engine: effect measures, pooling, absolute effects and the rules of GRADE; no files, no Qt.

The way in: describe the studies (``gradecore.data``), choose a plan (``gradecore.profiles``),
pool (``gradecore.pooling``); many analyses at once in arrays: ``gradecore.batch``.
"""
