"""What do municipalities ask the house on a BIJ notice, and what does it advise?"""
