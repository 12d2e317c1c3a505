"""What a finding is worth and what to do next: pure functions above scoring."""
