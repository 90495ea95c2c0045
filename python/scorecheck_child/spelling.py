"""Names of the contract, which writes them in camel case, as Python spells them."""

import re


def snake_case(name: str) -> str:
    """`dsmTarget` -> `dsm_target`; what has no capital stays."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def camel_case(name: str) -> str:
    """`t_end` -> `tEnd`, the inverse of `snake_case` on names of the contract."""
    return re.sub(r"(?<=[a-z0-9])_([a-z0-9])", lambda match: match[1].upper(), name)
