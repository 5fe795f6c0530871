"""The clock: every job in one catalogue, and the beat that makes them due."""
