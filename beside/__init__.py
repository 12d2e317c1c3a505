"""Long work in processes beside the server's, so that nobody's click waits for it.

Needs nothing but Python: what is worked on is a function that can be imported, with its inputs.
"""
