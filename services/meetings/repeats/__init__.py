"""Who is referred again while a table case runs, and does the plan still stand?"""
