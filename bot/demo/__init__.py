"""The embedded demo: a Slack look-alike in the browser and simulated provider accounts."""
