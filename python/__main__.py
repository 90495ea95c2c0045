"""`python -I -S python UID PACKAGES FRAMEWORK`: the process of one submission in Python. docs/protocol.md says what it reads and writes."""

from scorecheck_child.child import main

main()
