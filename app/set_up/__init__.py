"""What happens before the program: the right Python, its packages, the libraries of the system.

Everything in this package works with the standard library alone. What runs at every start
(``starting``, ``requirements``, ``screen``) imports next to nothing; what speaks or repairs is
imported when it is needed.
"""
