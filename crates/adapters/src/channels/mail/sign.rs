//! DKIM signatures of the bank's own: RFC 6376, for banks whose mail server does not make them.

use mail_auth::common::crypto::{RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;

use super::settings::Dkim;
use crate::channels::secret::Secret;

/// What is signed: whatever she or her program sees or acts on. The wishes to be left alone are among
/// them, as RFC 8058, section 4 asks.
const HEADERS: [&str; 15] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    // Twice, so that nobody adds another.
    "From",
    "Subject",
];

/// The key; nothing where it is none.
pub(super) fn key(pem: &Secret) -> Option<RsaKey<Sha256>> {
    let der = PrivateKeyDer::from_pem_slice(pem.reveal().as_bytes()).ok()?;
    RsaKey::from_key_der(der).ok()
}

/// The header that signs a message, with its end of line.
pub(super) fn header(dkim: &Dkim, domain: &str, message: &[u8]) -> Option<String> {
    let signer = DkimSigner::from_key(key(&dkim.key)?)
        .domain(domain)
        .selector(&*dkim.selector)
        .headers(HEADERS);
    Some(signer.sign(message).ok()?.to_header())
}
