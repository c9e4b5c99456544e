"""What do partners tell of somebody at a table after the weighing team has decided, and who has read that?"""
