//! What the bank says about its skill.

use rustls_pki_types::{CertificateDer, TrustAnchor};

/// Where Amazon keeps its certificates.
const CERTIFICATES: &str = "https://s3.amazonaws.com";
/// What every skill's id begins with.
const SKILL: &str = "amzn1.ask.skill.";
/// Longest id of a skill, in bytes.
const MAX_SKILL: usize = 256;

/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No id of a skill.
    #[error("`{0}` is no skill's id: it begins with `amzn1.ask.skill.`")]
    Skill(String),
    /// Not an authority's certificate.
    #[error("this is no certificate of an authority: {0}")]
    Root(String),
}

/// Whom a certificate must lead to.
#[derive(Clone)]
pub struct Roots(pub(super) Vec<TrustAnchor<'static>>);

impl Default for Roots {
    /// The authorities that browsers know (Mozilla's list).
    fn default() -> Self {
        Self(webpki_roots::TLS_SERVER_ROOTS.to_vec())
    }
}

impl Roots {
    /// One authority alone, for a double of Alexa.
    ///
    /// # Errors
    /// [`SettingsError::Root`].
    pub fn only(certificate: &CertificateDer<'_>) -> Result<Self, SettingsError> {
        let anchor = webpki::anchor_from_trusted_cert(certificate);
        let anchor = anchor.map_err(|error| SettingsError::Root(error.to_string()))?;
        Ok(Self(vec![anchor.to_owned()]))
    }
}

impl std::fmt::Debug for Roots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Roots({})", self.0.len())
    }
}

/// A skill as the bank knows it.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(super) skill: String,
    pub(super) roots: Roots,
    /// Where certificates are fetched, without a slash at its end.
    pub(super) certificates: String,
    /// Where progressive answers may go besides Amazon's own places.
    pub(super) endpoints: Vec<String>,
}

impl Settings {
    /// Of a skill's id, as the developer console shows it.
    ///
    /// # Errors
    /// [`SettingsError::Skill`].
    pub fn parse(skill: &str) -> Result<Self, SettingsError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let suits = skill.len() <= MAX_SKILL && skill.bytes().all(plain);
        if !suits || skill.strip_prefix(SKILL).is_none_or(str::is_empty) {
            return Err(SettingsError::Skill(skill.to_owned()));
        }
        Ok(Self {
            skill: skill.to_owned(),
            roots: Roots::default(),
            certificates: CERTIFICATES.to_owned(),
            endpoints: Vec::new(),
        })
    }

    /// Takes requests of a double of Alexa: its authority, and where it is reached.
    #[must_use]
    pub fn of_double(self, roots: Roots, at: &str) -> Self {
        let at = at.trim_end_matches('/').to_owned();
        Self { roots, certificates: at.clone(), endpoints: vec![at], ..self }
    }
}
