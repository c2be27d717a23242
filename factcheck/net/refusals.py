"""Why something could not be fetched, each with a stable code and plain words."""


class FetchError(Exception):
    """Nothing usable came. `code` is stable, `detail` a sentence for people,
    `is_temporary` whether trying again later may help."""

    code = "fetch_failed"
    is_temporary = False

    def __init__(self, detail: str) -> None:
        super().__init__(f"{self.code}: {detail}")
        self.detail = detail


class AddressInvalid(FetchError):
    """The address is no http or https address that may be asked."""

    code = "address_invalid"


class AddressRefused(FetchError):
    """The name leads into a private network, to this machine, or nowhere public."""

    code = "address_refused"


class TooManyRedirects(FetchError):
    """The page leads from one address to the next without end."""

    code = "too_many_redirects"


class NameUnknown(FetchError):
    """There is no such host name."""

    code = "name_unknown"


class NameServerSilent(FetchError):
    """The name could not be looked up just now."""

    code = "name_lookup_failed"
    is_temporary = True


class Unreachable(FetchError):
    """No connection, or it broke."""

    code = "unreachable"
    is_temporary = True


class TimedOut(FetchError):
    """It took longer than the whole request may take."""

    code = "timed_out"
    is_temporary = True


class CertificateInvalid(FetchError):
    """The server cannot show that it is who it says."""

    code = "certificate_invalid"


class BodyTooLarge(FetchError):
    """More bytes than are read, counted as they are after unpacking."""

    code = "response_too_large"


class ResponseBroken(FetchError):
    """What came is no sound HTTP, or is packed in a way that cannot be read."""

    code = "response_broken"


class StatusRefused(FetchError):
    """The server answered, with an error status."""

    code = "status_refused"

    def __init__(self, status: int) -> None:
        super().__init__(_in_words(status))
        self.status = status
        self.is_temporary = status in {408, 425, 429} or status >= 500


def _in_words(status: int) -> str:
    match status:
        case 401 | 402 | 403 | 451:
            return f"The site refuses to show this page to the desk (status {status}): paste its text instead"
        case 404 | 410:
            return f"The site has no such page (status {status})"
        case 429:
            return "The site asks to be left alone for a while (status 429)"
        case _ if status >= 500:
            return f"The site has a fault of its own just now (status {status})"
        case _:
            return f"The site answered with status {status}"
