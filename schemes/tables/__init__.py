"""An official scoring table in, a scheme out; see docs/reading-tables.md."""
