//! Addresses of mail: RFC 5321, section 4.1.2; RFC 6531 for those beyond ASCII.
//!
//! One mailbox is one contact, however it is written: the domain in its ASCII form (IDNA), letters of
//! ASCII in lower case. A quoted local part is nobody's: no mailbox of a person needs one, and what is
//! in quotes is read differently by different programs.

use std::fmt;

use bankside_domain::channel::Contact;
use url::Host;

/// Octets of a local part. RFC 5321, section 4.5.3.1.1.
pub(super) const MAX_LOCAL: usize = 64;
/// Octets of a whole address: a path of 256 (section 4.5.3.1.3) without its brackets.
const MAX_ADDRESS: usize = 254;

/// A mailbox, normalised.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) local: String,
    pub(super) domain: String,
}

impl Address {
    /// Reads one, without brackets or a name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.rsplit_once('@')?;
        let Host::Domain(domain) = Host::parse(domain).ok()? else { return None };
        let domain = domain.strip_suffix('.').unwrap_or(&domain).to_owned();
        let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_of_atom);
        let suits = local.len() <= MAX_LOCAL
            && local.split('.').all(is_atom)
            && domain.contains('.')
            && local.len() + 1 + domain.len() <= MAX_ADDRESS;
        suits.then(|| Self { local: local.to_ascii_lowercase(), domain })
    }

    /// Of a contact that was kept.
    pub(super) fn of(contact: &Contact) -> Option<Self> {
        Self::parse(contact.address())
    }

    /// As a contact.
    pub(super) fn contact(&self) -> Contact {
        Contact::new(self.to_string())
    }
}

/// RFC 5322, section 3.2.3; RFC 6532, section 3.2, without marks that nobody sees.
fn is_of_atom(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

/// A person's address is shown by no log.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(••)")
    }
}
