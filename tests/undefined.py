"""What an undefined template variable becomes in tests: a failure that names it."""


class UndefinedVariable(str):
    """Django asks whether '%s' is in `string_if_invalid`, and then formats the variable's name into it."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")

    def __bool__(self) -> bool:
        return True
