"""What can be known of a call flow without asking a provider: its order, its faults, its words."""
