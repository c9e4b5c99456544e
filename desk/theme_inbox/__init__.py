"""Thema-postvak: what is there of a sealed theme, for its role alone?"""
