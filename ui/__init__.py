"""View pieces that pages share."""
