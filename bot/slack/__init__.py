"""The only place that knows Slack: declarations to Bolt, values to Block Kit."""
