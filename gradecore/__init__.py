"""The engine: effect measures, pooling, absolute effects and the rules of GRADE; no files, no Qt."""
