"""The platform's handlers on nameko as it comes; README.md says what is weaker then."""
