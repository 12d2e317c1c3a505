"""What is kept, where, and who may do what with it."""
