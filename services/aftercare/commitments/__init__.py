"""What is promised to whom on a budget line, and how much of it is paid or given back."""
