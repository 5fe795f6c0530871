"""Plain values and pure functions: no I/O, no provider's words, no Slack words."""
