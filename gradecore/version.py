"""The version of the engine, kept with every result."""

ENGINE_VERSION = "1.2.0"
