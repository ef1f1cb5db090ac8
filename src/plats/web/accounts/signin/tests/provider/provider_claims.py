"""What the provider says about a person."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator
from provider_people import STRONG_ACR, WEAK_ACR


class Claims(OAuth2Validator):  # type: ignore[misc]
    """The address is verified for everyone but those whose user name says otherwise."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        user = request.user
        return {
            "email": user.email,
            "email_verified": user.username != "overifierad",
            "name": user.first_name,
            "acr": WEAK_ACR if user.username == "svag" else STRONG_ACR,
        }
