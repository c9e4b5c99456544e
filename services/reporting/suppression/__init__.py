"""Which counts are left out of figures that leave the house, so that small counts give nobody away?"""
