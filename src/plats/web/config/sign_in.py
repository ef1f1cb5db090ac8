"""Settings of django-allauth. Of its views none is routed: ours do what they would, inside our access rules and audit.

What is used is its tables, its arithmetic for codes and keys, and its plumbing for OpenID Connect.
"""

from __future__ import annotations

from typing import Any

ALLAUTH_APPS = [
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
ALLAUTH_MIDDLEWARE = "allauth.account.middleware.AccountMiddleware"

RESTORE_LINK_SECONDS = 24 * 60 * 60
"""How long the letter's link for a new password works: until the next working day."""

ALLAUTH_SETTINGS: dict[str, Any] = {
    "PASSWORD_RESET_TIMEOUT": RESTORE_LINK_SECONDS,
    # Its own sign-in is never reached; this says what our accounts are, so that its start-up checks agree.
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "MFA_ADAPTER": "plats.web.accounts.signin.adapters.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "SOCIALACCOUNT_ADAPTER": "plats.web.accounts.signin.adapters.ProviderAdapter",
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
}
