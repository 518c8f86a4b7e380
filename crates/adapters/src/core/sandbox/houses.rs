//! The three banks, their looks, and how their accounts are addressed.

use super::numbers;
use super::random::Stream;
use bankside_domain::account::AccountNumber;
use bankside_domain::bank::{Bank, BankId, InvalidBankId};

/// A bank of the sandbox.
pub(super) struct House {
    pub(super) slug: &'static str,
    name: &'static str,
    accent: &'static str,
    phone: &'static str,
    country: &'static str,
    /// Four letters in its account numbers and its BIC.
    letters: &'static str,
    /// Where its customers live.
    pub(super) regions: &'static [&'static str],
}

pub(super) const HOUSES: [House; 3] = [
    House {
        slug: "harbour",
        name: "Harbour Credit Union",
        accent: "teal",
        phone: "+1 555 0142",
        country: "US",
        letters: "HRBC",
        regions: &["US"],
    },
    House {
        slug: "alder",
        name: "Alder & Finch Bank",
        accent: "indigo",
        phone: "+44 20 7946 0311",
        country: "GB",
        letters: "ALDF",
        regions: &["GB", "PL", "LV", "AE"],
    },
    House {
        slug: "vela",
        name: "Banco Vela",
        accent: "ruby",
        phone: "+34 900 555 028",
        country: "ES",
        letters: "BVEL",
        regions: &["ES", "PT", "BR"],
    },
];

impl House {
    /// As the port wants it.
    ///
    /// # Errors
    /// [`InvalidBankId`]: never for the banks of this file, see the test.
    pub(super) fn bank(&self) -> Result<Bank, InvalidBankId> {
        Ok(Bank {
            id: self.id()?,
            name: self.name.to_owned(),
            accent: self.accent.to_owned(),
            support_phone: self.phone.to_owned(),
            country: self.country.to_owned(),
        })
    }

    pub(super) fn id(&self) -> Result<BankId, InvalidBankId> {
        self.slug.parse()
    }

    /// The number of an account in `country`; `euro` asks for an IBAN where there is a choice.
    pub(super) fn number(&self, country: &str, euro: bool, stream: &mut Stream) -> AccountNumber {
        match country {
            "US" => AccountNumber::RoutingAndAccount {
                routing: numbers::routing(&mut Stream::of(&[99])),
                account: stream.digits(10).into(),
            },
            "GB" if !euro => AccountNumber::SortCode {
                sort_code: "004117".to_owned(),
                account: stream.digits(8).into(),
            },
            _ => match numbers::iban(country, self.letters, stream) {
                Some(iban) => AccountNumber::Iban {
                    iban: iban.into(),
                    bic: format!("{}{country}20", self.letters),
                },
                None => AccountNumber::None { tail: stream.digits(4) },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bank_is_well_formed() {
        for house in &HOUSES {
            let bank = house.bank().unwrap();
            assert_eq!(bank.id.as_str(), house.slug);
            assert!(!house.regions.is_empty());
        }
    }
}
