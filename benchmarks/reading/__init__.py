"""How well official tables are read, family by family."""
