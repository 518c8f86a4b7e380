//! What the first start, and a recovery, print. The link itself, and who comes in by it, are the
//! service's.

use bankside_service::token::Token;

/// The words around a set-up link.
pub(crate) fn announce(url: &str, token: &Token) -> String {
    format!(
        "\nSet-up link for one operator, valid for a day, for one registration, and shown this \
         once:\n\n  {url}/setup/{}\n\nThe console is at {url}/console/\n\
         Lost the link, or the passkey? bankside admin recover --config FILE\n",
        token.expose()
    )
}
