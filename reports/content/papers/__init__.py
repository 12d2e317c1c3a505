"""Papers of a project: what is known of it, and blanks with a sentence on what belongs there.

A paper is a function of a `Ground` and the deliverable that it is, and returns a `Document`. What
nobody has entered stays a blank. Figures are those of one snapshot, which the paper names.
"""
