"""The assessment document and where it is kept."""
