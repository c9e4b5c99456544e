"""What on the platform needs a person, and since when?"""
