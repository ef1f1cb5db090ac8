"""Acts on the installation itself, and the role that carries them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import Administrator, grant
from plats.web.common.permissions import Permission, Reach

READ = grant(Permission("operations.read", _("Se hur installationen mår"), Reach.EVERYWHERE), Administrator)
