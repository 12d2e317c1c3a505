"""What the app must stand: being killed, being shared, being used by many."""
