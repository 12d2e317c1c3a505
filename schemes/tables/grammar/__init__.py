"""The language of the 考评办法: what a row's text says that it costs.

Pure functions of text; docs/reading-tables.md has the table of forms. What is not understood is
never guessed: it is handed back as unread, word for word.
"""

from schemes.tables.grammar.facts import Effect, Reading, Rule, Unread
from schemes.tables.grammar.method import read_method
from schemes.tables.grammar.starred import read_rule

__all__ = ["Effect", "Reading", "Rule", "Unread", "read_method", "read_rule"]
