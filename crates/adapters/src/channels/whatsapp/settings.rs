//! What an operator of the bank configures for a number.

use std::collections::BTreeMap;

use bankside_domain::customer::Language;

use super::capabilities::TITLE;
use crate::channels::graph::{Api, NodeId, Template};
use crate::channels::secret::Secret;

/// The label of the button that opens a list, where none is configured: a sign for every language.
pub const LIST_BUTTON: &str = "☰";

/// A number and its app.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Token of a system user, with `whatsapp_business_messaging`.
    pub token: Secret,
    /// Secret of the app that the token and the webhook belong to.
    pub app_secret: Secret,
    /// What the handshake of the webhook must know.
    pub verify_token: Secret,
    /// Id of the number; not the number itself.
    pub number: NodeId,
    /// Where the Graph API is.
    pub api: Api,
    /// Approved templates. Without one for her language she is not knocked for.
    pub templates: BTreeMap<Language, Template>,
    /// The button that opens a list of answers.
    pub list_button: ListButton,
}

/// Why a label cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` must have 1 to {most} characters", most = TITLE.most)]
pub struct ListButtonError(String);

/// The label of the button that opens a list: 1 to 20 characters, one for all languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListButton(String);

impl Default for ListButton {
    fn default() -> Self {
        Self(LIST_BUTTON.to_owned())
    }
}

impl ListButton {
    /// From the configuration.
    ///
    /// # Errors
    /// [`ListButtonError`].
    pub fn parse(label: &str) -> Result<Self, ListButtonError> {
        if label.trim().is_empty() || !TITLE.holds(label) {
            return Err(ListButtonError(label.to_owned()));
        }
        Ok(Self(label.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_fits_its_button() {
        for (label, fits) in [("Choose", true), ("", false), (" ", false), ("اختر", true)] {
            assert_eq!(ListButton::parse(label).is_ok(), fits, "{label:?}");
        }
        assert!(ListButton::parse(&"a".repeat(21)).is_err());
        assert!(ListButton::parse(LIST_BUTTON).is_ok());
    }
}
