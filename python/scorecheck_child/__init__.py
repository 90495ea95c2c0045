"""The child of the sandbox for submissions in Python. Everything here can be changed by the submission, and the parent believes none of it."""
