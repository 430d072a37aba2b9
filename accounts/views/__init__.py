"""Pages: coming in, and about people."""

from accounts.views.signing_in import SignIn as SignIn
