"""Who may do what with which document, in which mode, also while the storage is away."""
