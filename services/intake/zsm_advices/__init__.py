"""Who gets which ZSM advice?"""
