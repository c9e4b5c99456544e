"""What is lent to whom, and how much of it is paid back or overdue."""
