//! Identifiers that the seed alone decides, and from which the customer is found again.
//!
//! The bytes after the UUID's variant carry the customer's index and the slot, masked by the seed,
//! and a check; so a hundred thousand customers need no table of ids.
//!
//! Deliberately absent: secrecy. An id of the sandbox proves nothing.

use super::random::Stream;
use bankside_domain::Timestamp;
use bankside_domain::customer::CustomerId;
use bankside_domain::id::{AccountId, CardId, RANDOM_BYTES, TransactionId};

/// 2019-03-01: before any history begins.
const JOINED_MS: i64 = 1_551_398_400_000;

/// Stands for the day of what was injected: past every calendar day.
pub(super) const INJECTED_DAY: u32 = u32::MAX;

const CUSTOMER: u64 = 0;
const ACCOUNT: u64 = 1;
const CARD: u64 = 2;

/// Makes and reads the ids of one seed.
#[derive(Clone, Copy)]
pub(super) struct Ids {
    seed: u64,
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub(super) fn customer(self, index: u32) -> CustomerId {
        CustomerId::new(joined(index), self.bytes(CUSTOMER, index, 0))
    }

    pub(super) fn account(self, index: u32, slot: u8) -> AccountId {
        AccountId::new(joined(index), self.bytes(ACCOUNT, index, slot))
    }

    /// The card that draws on that slot's account.
    pub(super) fn card(self, index: u32, slot: u8) -> CardId {
        CardId::new(joined(index), self.bytes(CARD, index, slot))
    }

    /// The transaction that is the `n`-th of its day.
    pub(super) fn transaction(self, index: u32, at: Timestamp, day: u32, n: u32) -> TransactionId {
        let mut stream =
            Stream::of(&[self.seed, 3, u64::from(index), u64::from(day), u64::from(n)]);
        TransactionId::new(at, taken(&mut stream))
    }

    /// The `n`-th transaction that an operator brought about for that customer.
    pub(super) fn injected(self, index: u32, at: Timestamp, n: u32) -> TransactionId {
        self.transaction(index, at, INJECTED_DAY, n)
    }

    pub(super) fn customer_of(self, id: CustomerId) -> Option<u32> {
        let (index, _) = self.read(CUSTOMER, id.as_bytes());
        (self.customer(index) == id).then_some(index)
    }

    pub(super) fn account_of(self, id: AccountId) -> Option<(u32, u8)> {
        let (index, slot) = self.read(ACCOUNT, id.as_bytes());
        (self.account(index, slot) == id).then_some((index, slot))
    }

    pub(super) fn card_of(self, id: CardId) -> Option<(u32, u8)> {
        let (index, slot) = self.read(CARD, id.as_bytes());
        (self.card(index, slot) == id).then_some((index, slot))
    }

    fn mask(self, kind: u64) -> [u8; 4] {
        let [a, b, c, d, ..] = Stream::of(&[self.seed, 4, kind]).next().to_le_bytes();
        [a, b, c, d]
    }

    fn bytes(self, kind: u64, index: u32, slot: u8) -> [u8; RANDOM_BYTES] {
        let mut stream = Stream::of(&[self.seed, 5, kind, u64::from(index), u64::from(slot)]);
        let [r0, r1, r2, r3, r4, r5, ..] = taken(&mut stream);
        let [m0, m1, m2, m3] = self.mask(kind);
        let [_, i0, i1, i2] = index.to_be_bytes();
        [r0, r1, r2, i0 ^ m0, i1 ^ m1, i2 ^ m2, slot ^ m3, r3, r4, r5]
    }

    fn read(self, kind: u64, bytes: &[u8; 16]) -> (u32, u8) {
        let [m0, m1, m2, m3] = self.mask(kind);
        let [.., i0, i1, i2, slot, _, _, _] = bytes;
        (u32::from_be_bytes([0, i0 ^ m0, i1 ^ m1, i2 ^ m2]), slot ^ m3)
    }
}

fn joined(index: u32) -> Timestamp {
    Timestamp::from_millis(JOINED_MS).plus_millis(i64::from(index) * 1_000)
}

fn taken(stream: &mut Stream) -> [u8; RANDOM_BYTES] {
    let [a, b, c, d, e, f, g, h] = stream.next().to_le_bytes();
    let [i, j, ..] = stream.next().to_le_bytes();
    [a, b, c, d, e, f, g, h, i, j]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_and_those_of_another_seed_do_not() {
        let (ids, other) = (Ids::new(7), Ids::new(8));
        for index in [0, 1, 8, 255, 256, 99_999, 0xff_ffff] {
            assert_eq!(ids.customer_of(ids.customer(index)), Some(index));
            assert_eq!(ids.account_of(ids.account(index, 3)), Some((index, 3)));
            assert_eq!(ids.card_of(ids.card(index, 2)), Some((index, 2)));
            assert_eq!(other.customer_of(ids.customer(index)), None);
        }
    }
}
