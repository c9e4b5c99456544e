"""Mogelijke dubbelen: records that may be of one person or family, and what people decide on them."""
