"""Who is somebody, and who was told so?"""
