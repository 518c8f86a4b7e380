//! Where the SMSC is, who the bank is there, and which of its habits it has.

use std::fmt;
use std::time::Duration;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use serde::{Deserialize, Serialize};

use crate::channels::secret::Secret;
use crate::channels::sms;

/// Most characters of each, without the NUL at its end. SMPP 3.4, section 4.1.1.
const MAX_SYSTEM_ID: usize = 15;
const MAX_PASSWORD: usize = 8;
const MAX_SYSTEM_TYPE: usize = 12;
/// Messages that the SMSC has not answered yet, where nothing else is configured.
const WINDOW: u16 = 10;
/// Most of them.
const MAX_WINDOW: u16 = 1000;
/// Seconds without a word after which the SMSC is asked whether it is there.
const ENQUIRE: u16 = 30;
/// Longest such silence that can be configured.
const MAX_ENQUIRE: u16 = 600;
/// Longest number that is a code of a network rather than a subscriber's.
const MAX_SHORT_CODE: usize = 6;

/// Why an SMSC cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not where an SMSC can be.
    #[error("the server must be `HOST:PORT`, as `smsc.example:2775`")]
    Server,
    /// The field has no room for it, or it is not readable.
    #[error("the {0} must be printable ASCII of {1} to {2} characters (SMPP 3.4, section 4.1.1)")]
    Credential(&'static str, usize, usize),
    /// Not what a telephone shows as a sender.
    #[error("the sender must be a number of at most 15 digits or a name of at most 11 characters")]
    Sender,
    /// No authority would be trusted.
    #[error("the file of authorities must hold certificates in PEM")]
    Authorities,
    /// Nothing could be sent, or no SMSC allows so much.
    #[error("the window must be 1 to 1000 messages")]
    Window,
    /// Too often, or so seldom that a dead connection is not seen.
    #[error("`enquire_seconds` must be 1 to 600")]
    Enquire,
}

/// Type of number and numbering plan. SMPP 3.4, sections 5.2.5 and 5.2.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Type of number.
    pub ton: u8,
    /// Numbering plan indicator.
    pub npi: u8,
}

/// How a message travels that is too long for one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Long {
    /// In parts with a header of the user's data, which every SMSC passes on unread. Its reference has
    /// 8 bits: all telephones know it, and 153 septets stay for the text, as everywhere they are
    /// counted. 3GPP TS 23.040, section 9.2.3.24.1.
    #[default]
    Udh,
    /// In parts with `sar_*` parameters. SMPP 3.4, section 5.3.2.22.
    Sar,
    /// Whole, in `message_payload`: the SMSC cuts it. SMPP 3.4, section 5.3.2.32.
    Payload,
}

/// How a receipt's text writes the id that the SMSC answered with: some count in hexadecimal here and
/// in decimal there. The parameter `receipted_message_id` is always as it was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptIds {
    /// As it was answered.
    #[default]
    Same,
    /// In decimal, while answers are in hexadecimal.
    Decimal,
    /// In hexadecimal, while answers are in decimal.
    Hexadecimal,
}

/// Who proves that the server is the SMSC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tls<'a> {
    /// Nobody: the way there is the bank's own network or a tunnel.
    #[default]
    None,
    /// An authority that browsers trust.
    Public,
    /// One of these authorities, in PEM.
    Of(&'a [u8]),
}

/// What differs between SMSCs; the default suits most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// `system_type`, where the SMSC wants one.
    pub system_type: &'a str,
    /// Encryption.
    pub tls: Tls<'a>,
    /// Of the sender; else by what it looks like.
    pub source: Option<Address>,
    /// Of customers; else international, ISDN.
    pub destination: Option<Address>,
    /// Long messages.
    pub long: Long,
    /// Ids in receipts.
    pub receipt_ids: ReceiptIds,
    /// Whether numbers of customers without `+`, `00` or an international type are of the world too.
    pub international: bool,
    /// Messages that the SMSC may leave unanswered.
    pub window: Option<u16>,
    /// Seconds without a word after which the SMSC is asked whether it is there.
    pub enquire_seconds: Option<u16>,
}

/// An SMSC and an account there. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct Settings {
    pub(super) server: String,
    pub(super) system_id: String,
    pub(super) password: Secret,
    pub(super) system_type: String,
    pub(super) sender: String,
    pub(super) source: Address,
    pub(super) destination: Address,
    pub(super) trust: Option<Trust>,
    pub(super) long: Long,
    pub(super) receipt_ids: ReceiptIds,
    pub(super) international: bool,
    pub(super) window: u16,
    pub(super) enquire: Duration,
}

/// Whom TLS believes.
#[derive(Clone, Debug)]
pub(super) enum Trust {
    Public,
    Of(Vec<CertificateDer<'static>>),
}

impl Settings {
    /// From `HOST:PORT` of the SMSC, the account's `system_id` and password, the number or name that
    /// customers see, and the SMSC's habits.
    ///
    /// # Errors
    /// [`SettingsError`]; it never shows what was given.
    pub fn parse(
        server: &str,
        (system_id, password): (&str, &str),
        sender: &str,
        options: Options<'_>,
    ) -> Result<Self, SettingsError> {
        let sender = sms::sender(sender).ok_or(SettingsError::Sender)?;
        let window = options.window.unwrap_or(WINDOW);
        let enquire = options.enquire_seconds.unwrap_or(ENQUIRE);
        if !(1..=MAX_WINDOW).contains(&window) {
            return Err(SettingsError::Window);
        }
        if !(1..=MAX_ENQUIRE).contains(&enquire) {
            return Err(SettingsError::Enquire);
        }
        Ok(Self {
            server: address(server).ok_or(SettingsError::Server)?,
            system_id: field("system_id", system_id, 1, MAX_SYSTEM_ID)?,
            password: Secret::new(field("password", password, 1, MAX_PASSWORD)?),
            system_type: field("system_type", options.system_type, 0, MAX_SYSTEM_TYPE)?,
            source: options.source.unwrap_or_else(|| looks_like(&sender)),
            destination: options.destination.unwrap_or(INTERNATIONAL),
            sender: sender.trim_start_matches('+').to_owned(),
            trust: trust(options.tls)?,
            long: options.long,
            receipt_ids: options.receipt_ids,
            international: options.international,
            window,
            enquire: Duration::from_secs(enquire.into()),
        })
    }

    /// The name of the server, without its port.
    pub(super) fn host(&self) -> &str {
        let host = self.server.rsplit_once(':').map_or(self.server.as_str(), |(host, _)| host);
        host.trim_start_matches('[').trim_end_matches(']')
    }
}

/// International, ISDN (E.164).
const INTERNATIONAL: Address = Address { ton: 1, npi: 1 };
/// Network specific, unknown.
const SHORT_CODE: Address = Address { ton: 3, npi: 0 };
/// Alphanumeric, unknown.
const NAME: Address = Address { ton: 5, npi: 0 };

fn looks_like(sender: &str) -> Address {
    let digits = sender.trim_start_matches('+');
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        NAME
    } else if digits.len() <= MAX_SHORT_CODE && digits == sender {
        SHORT_CODE
    } else {
        INTERNATIONAL
    }
}

fn address(server: &str) -> Option<String> {
    let (host, port) = server.rsplit_once(':')?;
    let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
    let suits = is_port && !host.is_empty() && !server.contains(['/', '@', ' ']);
    suits.then(|| server.to_owned())
}

fn field(
    name: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<String, SettingsError> {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let suits = printable && (least..=most).contains(&text.len());
    suits.then(|| text.to_owned()).ok_or(SettingsError::Credential(name, least, most))
}

fn trust(tls: Tls<'_>) -> Result<Option<Trust>, SettingsError> {
    let pem = match tls {
        Tls::None => return Ok(None),
        Tls::Public => return Ok(Some(Trust::Public)),
        Tls::Of(pem) => pem,
    };
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.ok().filter(|found| !found.is_empty());
    Ok(Some(Trust::Of(found.ok_or(SettingsError::Authorities)?)))
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .field("system_id", &self.system_id)
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}
