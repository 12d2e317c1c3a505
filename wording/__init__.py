"""Every sentence and label made from facts; nowhere else is a result put into words."""
