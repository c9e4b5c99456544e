"""How is every event kept, and how does it become a row that figures count?"""
