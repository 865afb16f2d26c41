"""The rules of GRADE: levels, arithmetic, facts and prompts; people decide."""
