"""Which trajectories does the weighing team want, and what came of it?"""
