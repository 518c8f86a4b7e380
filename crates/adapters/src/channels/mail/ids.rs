//! Names that only this bank can have made: of messages, and the addresses to which what becomes of
//! them is told.
//!
//! INVARIANT: all of them follow from the message's own key, the person and the bank's secret, so that
//! the same message is the same however often it is sent, and a restart forgets nothing.
//! INVARIANT: a bounce or a wish to be left alone is believed for the one person to whom its address
//! was given, by its tag. The `From` of such mail proves nothing.

use super::address::{Address, MAX_LOCAL};
use crate::channels::secret::Secret;

/// Octets of a message's name: nobody finds two keys with the same one.
const NAME: usize = 12;
/// Octets of a tag.
const TAG: usize = 8;
/// Characters that a tag takes in an address: a plus sign, a letter, hexadecimal digits.
pub(super) const MAX_TAGGED: usize = MAX_LOCAL - 2 - 2 * (NAME + TAG);

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Where bounces go: the envelope's sender.
    Bounce,
    /// Where her programs send her wish to be left alone.
    Leave,
}

impl Use {
    const fn letter(self) -> char {
        match self {
            Self::Bounce => 'b',
            Self::Leave => 'u',
        }
    }
}

/// Makes names and knows them again.
#[derive(Clone)]
pub(super) struct Ids {
    pub(super) own: Address,
    pub(super) secret: Secret,
}

impl Ids {
    /// The name of the message with that key, which is its `Message-ID` without brackets.
    pub(super) fn message(&self, key: &str) -> String {
        format!("{}@{}", self.name("message", key), self.own.domain)
    }

    /// The name that all messages to a person refer to, so that her programs show them as one thread.
    pub(super) fn thread(&self, to: &Address) -> String {
        format!("{}.thread@{}", self.name("thread", &to.to_string()), self.own.domain)
    }

    /// An address for one use, one message and one person.
    pub(super) fn address(&self, what: Use, key: &str, to: &Address) -> String {
        self.address_of(what, &self.name("message", key), to)
    }

    /// The same for a message that is known by its name.
    pub(super) fn address_of(&self, what: Use, name: &str, to: &Address) -> String {
        let (tag, Address { local, domain }) = (self.tag(name, to), &self.own);
        format!("{local}+{}{name}{tag}@{domain}", what.letter())
    }

    /// What an address of ours says; nothing where it is none, or has no tag.
    pub(super) fn tagged(&self, address: &Address) -> Option<Tagged> {
        let (local, rest) = address.local.split_once('+')?;
        let is_ours = local == self.own.local && address.domain == self.own.domain;
        let what = match rest.chars().next().filter(|_| is_ours)? {
            'b' => Use::Bounce,
            'u' => Use::Leave,
            _ => return None,
        };
        let digits = rest.get(1..).filter(|rest| rest.len() == 2 * (NAME + TAG))?;
        let suits = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let (name, tag) = digits.split_at_checked(2 * NAME).filter(|_| suits)?;
        Some(Tagged { what, name: name.to_owned(), tag: tag.to_owned() })
    }

    /// Whether an address was given to that person.
    pub(super) fn is_for(&self, tagged: &Tagged, to: &Address) -> bool {
        // Compared as HMACs, so that the time it takes tells nothing.
        Secret::new(self.tag(&tagged.name, to)).is(tagged.tag.as_bytes())
    }

    /// The message that it is about, as the service knows it.
    pub(super) fn about(&self, tagged: &Tagged) -> String {
        format!("{}@{}", tagged.name, self.own.domain)
    }

    fn tag(&self, name: &str, to: &Address) -> String {
        self.short::<TAG>(&format!("bankside/mail/tag\0{name}\0{to}"))
    }

    fn name(&self, of: &str, what: &str) -> String {
        self.short::<NAME>(&format!("bankside/mail/{of}\0{what}"))
    }

    fn short<const N: usize>(&self, text: &str) -> String {
        let tag = self.secret.tag(text.as_bytes());
        hex::encode(tag.first_chunk::<N>().unwrap_or(&[0; N]))
    }
}

/// What an address with a tag says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tagged {
    pub(super) what: Use,
    pub(super) name: String,
    tag: String,
}
