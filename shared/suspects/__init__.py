"""That a case of somebody runs at ZSM, as services show it that weigh the person's case or treat it at a table.

Each of them has the table `suspects` of its own, made by a migration of its own.
"""
