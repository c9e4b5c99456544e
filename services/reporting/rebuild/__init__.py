"""How are the projections made again from the journal?"""
