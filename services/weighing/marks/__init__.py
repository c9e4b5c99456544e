"""What is particular about an item of the agenda: it is urgent, linked with others, or settled beforehand?"""
