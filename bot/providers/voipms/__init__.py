"""VoIP.ms: one address for over 200 functions, answers that say everything in a status word."""
