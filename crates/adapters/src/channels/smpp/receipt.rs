//! Receipts. SMPP 3.4, section 5.3.2.35 and appendix B: parameters where the SMSC sets them, else the
//! text that most SMSCs write.

use bankside_domain::channel::Status;

use super::tlv::{MESSAGE_STATE, Parameters, RECEIPTED_MESSAGE_ID};

/// Most octets of a receipt's text that are looked at.
const MAX_TEXT: usize = 512;
/// Most characters of an id. SMPP 3.4, section 4.4.2.
const MAX_ID: usize = 64;

/// What the text of a receipt says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// `id`, as it is written there.
    pub id: Option<String>,
    /// `stat`, in upper case.
    pub stat: Option<String>,
}

impl Receipt {
    /// Reads `id:... sub:... dlvrd:... submit date:... done date:... stat:... err:... text:...`. What
    /// follows `text:` is the message's own words, which could look like anything.
    pub fn read(octets: &[u8]) -> Self {
        let text = String::from_utf8_lossy(octets.get(..MAX_TEXT).unwrap_or(octets));
        let mut receipt = Self::default();
        for word in text.split_ascii_whitespace() {
            let Some((name, value)) = word.split_once(':') else { continue };
            let suits = !value.is_empty() && value.len() <= MAX_ID && value.is_ascii();
            match name.to_ascii_lowercase().as_str() {
                "text" => break,
                "id" if suits && receipt.id.is_none() => receipt.id = Some(value.to_owned()),
                "stat" if suits && receipt.stat.is_none() => {
                    receipt.stat = Some(value.to_ascii_uppercase());
                }
                _ => {}
            }
        }
        receipt
    }
}

/// Whose receipt it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Id {
    /// As the SMSC answered.
    Answered(String),
    /// As its receipts write it.
    Written(String),
}

/// Which message, and what became of it; no status where that is not final.
pub(super) fn read(
    parameters: &Parameters<'_>,
    octets: &[u8],
) -> Result<(Id, Option<Status>), &'static str> {
    let text = Receipt::read(octets);
    let answered = parameters.text(RECEIPTED_MESSAGE_ID).filter(|id| id.len() <= MAX_ID);
    let id = match (answered, text.id) {
        (Some(id), _) => Id::Answered(id.to_owned()),
        (None, Some(id)) => Id::Written(id),
        (None, None) => return Err("a receipt that names no message"),
    };
    let status = match (parameters.number(MESSAGE_STATE), text.stat.as_deref()) {
        (Some(2), _) | (None, Some("DELIVRD")) => Some(Status::Delivered),
        (Some(3 | 4 | 5 | 8), _)
        | (None, Some("EXPIRED" | "DELETED" | "UNDELIV" | "REJECTD" | "REJECTED" | "FAILED")) => {
            Some(Status::Failed)
        }
        // On its way, taken by somebody for her, or the SMSC does not know.
        (Some(0 | 1 | 6 | 7), _) | (None, Some("ENROUTE" | "ACCEPTD" | "UNKNOWN")) => None,
        _ => return Err("a receipt with a state that is not known"),
    };
    Ok((id, status))
}
