"""Which records are of one person, as intake announces it: links between ids, in force until they are ended.

Nobody moves a row: a service keeps what it knows under the ids that it heard, and asks `AliasStore` which ids belong
together. So ending a link restores exactly what was before, and every old id still works.
"""
