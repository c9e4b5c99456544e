"""How many detentions were registered, and which bottlenecks did aftercare plans find?"""
