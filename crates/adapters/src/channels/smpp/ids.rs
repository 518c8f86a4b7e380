//! Ids of messages, in the one form in which answers and receipts can be told to mean the same.

use super::receipt::Id;
use super::settings::ReceiptIds;

impl ReceiptIds {
    /// Of an id that the SMSC answered with.
    pub(super) fn answered(self, id: &str) -> String {
        match self {
            Self::Same => id.to_owned(),
            Self::Decimal => decimal(id, 16),
            Self::Hexadecimal => decimal(id, 10),
        }
    }

    /// Of an id that a receipt names.
    pub(super) fn receipted(self, id: &Id) -> String {
        match (self, id) {
            (_, Id::Answered(id)) => self.answered(id),
            (Self::Same, Id::Written(id)) => id.clone(),
            (Self::Decimal, Id::Written(id)) => decimal(id, 10),
            (Self::Hexadecimal, Id::Written(id)) => decimal(id, 16),
        }
    }
}

/// In decimal and without zeros before it; as it is where it is no number.
fn decimal(id: &str, radix: u32) -> String {
    match u128::from_str_radix(id, radix) {
        Ok(number) => number.to_string(),
        Err(_) => id.to_owned(),
    }
}
