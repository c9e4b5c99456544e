"""How much went through, by the minute and by the day, and which problems were there when?"""
