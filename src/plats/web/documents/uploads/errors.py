"""Why a file is not taken. Each of the four checks has an error of its own, and each sentence says what to do."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class UploadError(ValidationError):
    """A file that is not taken; the message is for the person who sent it and never repeats what is in the file."""


class TypeNotAllowedError(UploadError):
    """A type of file that nobody has decided to take."""


class NotHonestError(UploadError):
    """A file that is something else than its name says."""


class DoesNotOpenError(UploadError):
    """A file that cannot be opened, or not without harm."""


class TooLargeError(UploadError):
    """A file, or what is packed in it, that is larger than the limit."""
