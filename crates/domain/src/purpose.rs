//! Why data may leave: a closed set, each with its W3C Data Privacy Vocabulary identifier.
//!
//! What is prohibited has no value in [`Purpose`], so that no code can grant it; it is refused by
//! name, see [`Prohibited`].
//!
//! Source: W3C DPV 2.x, purposes taxonomy (<https://w3id.org/dpv#>).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A purpose that a customer can consent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Show and explain her accounts and transactions.
    AccountInformation,
    /// Warn of and ask about suspicious use.
    FraudAlerts,
    /// Answer her questions and requests.
    Support,
    /// Change settings, freeze a card.
    AccountManagement,
    /// Send and request money.
    Payments,
    /// Order from merchants.
    Orders,
    /// Offers by her own bank: a separate opt-in, never bundled.
    Offers,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 7] = [
        Self::AccountInformation,
        Self::FraudAlerts,
        Self::Support,
        Self::AccountManagement,
        Self::Payments,
        Self::Orders,
        Self::Offers,
    ];

    /// Name on the wire and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AccountInformation => "account_information",
            Self::FraudAlerts => "fraud_alerts",
            Self::Support => "support",
            Self::AccountManagement => "account_management",
            Self::Payments => "payments",
            Self::Orders => "orders",
            Self::Offers => "offers",
        }
    }

    /// The closest concept of the W3C Data Privacy Vocabulary.
    pub const fn dpv(self) -> &'static str {
        match self {
            Self::AccountInformation => "https://w3id.org/dpv#RequestedServiceProvision",
            Self::FraudAlerts => "https://w3id.org/dpv#FraudPreventionAndDetection",
            Self::Support => "https://w3id.org/dpv#CustomerCare",
            Self::AccountManagement => "https://w3id.org/dpv#AccountManagement",
            Self::Payments => "https://w3id.org/dpv#PaymentManagement",
            Self::Orders => "https://w3id.org/dpv#CustomerOrderManagement",
            Self::Offers => "https://w3id.org/dpv#DirectMarketing",
        }
    }
}

/// A purpose that is never granted, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prohibited {
    /// Showing or targeting advertisements.
    Advertising,
    /// Building a profile for advertisements.
    AdProfiling,
    /// Selling the recipient's other products.
    CrossSelling,
    /// Selling or passing on the data.
    Sale,
    /// Training models on it.
    ModelTraining,
}

impl Prohibited {
    /// Names and DPV identifiers under which it is asked for.
    const NAMES: [(&'static str, Self); 13] = [
        ("advertising", Self::Advertising),
        ("ads", Self::Advertising),
        ("https://w3id.org/dpv#advertising", Self::Advertising),
        ("https://w3id.org/dpv#targetedadvertising", Self::Advertising),
        ("profiling", Self::AdProfiling),
        ("ad_profiling", Self::AdProfiling),
        ("https://w3id.org/dpv#personalisedadvertising", Self::AdProfiling),
        ("cross_selling", Self::CrossSelling),
        ("cross-selling", Self::CrossSelling),
        ("sale", Self::Sale),
        ("https://w3id.org/dpv#selldatatothirdparties", Self::Sale),
        ("model_training", Self::ModelTraining),
        ("machine_learning", Self::ModelTraining),
    ];

    /// What it is, in a sentence that can be shown.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Advertising => "customer data is never given for advertising",
            Self::AdProfiling => "customer data is never given to build profiles for advertising",
            Self::CrossSelling => {
                "customer data is never given to sell the recipient's other products"
            }
            Self::Sale => "customer data is never sold or passed on",
            Self::ModelTraining => "customer data is never given to train models",
        }
    }
}

/// Why a purpose that was named is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurposeError {
    /// It is one of those that nobody is given.
    #[error("`{name}` is refused: {}", .prohibited.reason())]
    Prohibited {
        /// As asked.
        name: String,
        /// Which one it is.
        prohibited: Prohibited,
    },
    /// Nothing here has that name.
    #[error(
        "`{0}` is not a purpose; name one of account_information, fraud_alerts, support, account_management, payments, orders, offers"
    )]
    Unknown(String),
}

impl FromStr for Purpose {
    type Err = PurposeError;

    fn from_str(text: &str) -> Result<Self, PurposeError> {
        if let Some(purpose) = Self::ALL.into_iter().find(|p| p.code() == text || p.dpv() == text) {
            return Ok(purpose);
        }
        let name: String = text.chars().take(80).collect();
        let folded = name.to_ascii_lowercase();
        let prohibited = Prohibited::NAMES.into_iter().find(|(n, _)| *n == folded);
        Err(match prohibited {
            Some((_, prohibited)) => PurposeError::Prohibited { name, prohibited },
            None => PurposeError::Unknown(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_is_found_by_code_and_by_dpv() {
        for purpose in Purpose::ALL {
            assert_eq!(purpose.code().parse(), Ok(purpose));
            assert_eq!(purpose.dpv().parse(), Ok(purpose));
        }
    }

    #[test]
    fn what_is_prohibited_is_refused_by_name() {
        for (name, expect) in Prohibited::NAMES {
            let refused = name.to_uppercase().parse::<Purpose>().unwrap_err();
            assert!(
                matches!(&refused, PurposeError::Prohibited { prohibited, .. } if *prohibited == expect),
                "{name}: {refused}"
            );
        }
        assert!(matches!("science".parse::<Purpose>(), Err(PurposeError::Unknown(_))));
    }
}
