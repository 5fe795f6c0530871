"""One tree of errors; each has a sentence for a person and a hint of what to do next.

    BotError
      UserMistake: UsageError, NotAllowed, TooLate, NotThere
      Unsupported
      ProviderError: ProviderUnreachable, OutcomeUnknown, AuthFailed, NotFound, RateLimited,
                     ProviderRejected, ProviderGarbled
      DeliveryRefused
    SetupError

An exception's docstring is its default message. `SetupError` stands outside so that nothing that
forgives a `BotError` can forgive a wrong installation.
"""

from __future__ import annotations

import re


class BotError(Exception):
    """Something went wrong."""

    default_hint = ""

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        self.user_message = message or (type(self).__doc__ or "").strip()
        self.hint = self.default_hint if hint is None else hint
        super().__init__(self.user_message)

    @property
    def kind(self) -> str:
        """The class's name in the spelling of the command line's JSON: `not_allowed`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()


class UserMistake(BotError):
    """That cannot be done as asked."""


class UsageError(UserMistake):
    """Those words do not make a command."""

    def __init__(
        self, message: str | None = None, *, hint: str | None = None, usage: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.usage = usage


class NotAllowed(UserMistake):
    """You may not do that."""


class TooLate(UserMistake):
    """This was already settled, or has changed meanwhile."""


class NotThere(UserMistake):
    """There is no such thing."""


class Unsupported(BotError):
    """The provider cannot do that."""

    def __init__(self, provider: str, capability: str, note: str) -> None:
        self.provider, self.capability, self.note = provider, capability, note
        super().__init__(f"{provider} cannot do this ({capability}): {note}.")


class ProviderError(BotError):
    """The provider did not do it.

    Attributes:
        provider: title of the provider, as people know it.
        operation: the provider's own name of the call.
        code: the provider's status or error word, as it came.
        reply: what it answered, shortened and without secrets; for the log, never for a channel.
    """

    says = "did not do it"

    def __init__(
        self,
        provider: str,
        operation: str,
        *,
        words: str = "",
        code: str = "",
        reply: str = "",
        hint: str | None = None,
    ) -> None:
        self.provider, self.operation, self.code, self.reply = provider, operation, code, reply
        sentence = f"{provider} {self.says}"
        super().__init__(f"{sentence}: {words}" if words else f"{sentence}.", hint=hint)


class ProviderUnreachable(ProviderError):
    """No connection, or no answer to a read in time."""

    says = "could not be reached"
    default_hint = "Nothing was changed. Try again in a minute; `/phone status` shows the account."


class OutcomeUnknown(ProviderError):
    """No usable answer to a write: it may have happened. It is never sent again by itself."""

    says = "gave no usable answer, so the outcome is unknown"
    default_hint = "It was not sent again. Look at the object before you repeat it."


class AuthFailed(ProviderError):
    """The provider refused our credentials or our address."""

    says = "refused the credentials"
    default_hint = (
        "An admin checks the account's credentials in the settings, and that this "
        "machine's IP address is allowed in the provider's dashboard."
    )


class NotFound(ProviderError):
    """The provider has no such object."""

    says = "has no such object"
    default_hint = "It may have been deleted elsewhere; list again to see what is there now."


class RateLimited(ProviderError):
    """The provider asks us to slow down."""

    says = "asks us to slow down"
    default_hint = "Nothing was changed. Try again in a minute."

    def __init__(
        self, provider: str, operation: str, *, retry_after: float | None = None, code: str = ""
    ) -> None:
        super().__init__(provider, operation, code=code)
        self.retry_after = retry_after


class ProviderRejected(ProviderError):
    """Understood and refused; the provider's own words are shown."""

    says = "refused"


class ProviderGarbled(ProviderError):
    """Answered, but not in the agreed form; the body is kept for the log."""

    says = "answered something that cannot be read"
    default_hint = "Try again; if it stays, an admin finds the answer in the log."


class DeliveryRefused(BotError):
    """This delivery could not be verified."""


class SetupError(Exception):
    """The installation is wrong; the start stops with this sentence.

    Attributes:
        key: the setting that is wrong, where it is one.
        hint: the remedy.
    """

    def __init__(self, message: str, *, key: str = "", hint: str = "") -> None:
        self.key, self.hint, self.user_message = key, hint, message
        super().__init__(message)
