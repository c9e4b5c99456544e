"""Which cases a table discusses, where and when."""
