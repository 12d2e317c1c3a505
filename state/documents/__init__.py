"""The documents that are kept, and every change to them."""
