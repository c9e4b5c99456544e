"""What do partners tell of somebody at no table after the team has decided, and who has read that?"""
