"""Where documents are kept: a folder or a database, behind one protocol."""
