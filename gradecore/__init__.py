"""The engine: effect measures, pooling, absolute effects, the rules of GRADE; no files, no Qt."""
