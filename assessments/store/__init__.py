"""The review file: tables, journal, opening and closing."""
