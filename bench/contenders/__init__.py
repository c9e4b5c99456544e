"""What is measured side by side: the platform, two other ways to build it, and the least that has to be done."""
