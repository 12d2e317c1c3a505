"""What documents contain, whatever they are drawn as."""
