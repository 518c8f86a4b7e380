//! Optional parameters. SMPP 3.4, section 5.3. They are read kindly: a value is whatever octets stand
//! there, since some SMSCs leave out the NUL at the end of a string.

pub(super) const RECEIPTED_MESSAGE_ID: u16 = 0x001e;
pub(super) const SAR_REFERENCE: u16 = 0x020c;
pub(super) const SAR_TOTAL: u16 = 0x020e;
pub(super) const SAR_NUMBER: u16 = 0x020f;
pub(super) const MESSAGE_PAYLOAD: u16 = 0x0424;
pub(super) const MESSAGE_STATE: u16 = 0x0427;

/// Most parameters of a frame.
const MAX_PARAMETERS: usize = 64;

/// The parameters of one frame.
#[derive(Debug, Default)]
pub(super) struct Parameters<'a>(Vec<(u16, &'a [u8])>);

impl<'a> Parameters<'a> {
    /// Reads them; nothing where one is cut off, or there are too many.
    pub(super) fn parse(mut rest: &'a [u8]) -> Option<Self> {
        let mut found = Vec::new();
        while !rest.is_empty() {
            let (tag, after) = rest.split_first_chunk::<2>()?;
            let (length, after) = after.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (value, after) = after.split_at_checked(length)?;
            if found.len() == MAX_PARAMETERS {
                return None;
            }
            found.push((u16::from_be_bytes(*tag), value));
            rest = after;
        }
        Some(Self(found))
    }

    /// The octets of one.
    pub(super) fn octets(&self, tag: u16) -> Option<&'a [u8]> {
        self.0.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value)
    }

    /// A number in network order, of at most two octets.
    pub(super) fn number(&self, tag: u16) -> Option<u16> {
        match self.octets(tag)? {
            [only] => Some(u16::from(*only)),
            [high, low] => Some(u16::from_be_bytes([*high, *low])),
            _ => None,
        }
    }

    /// A string, up to its NUL.
    pub(super) fn text(&self, tag: u16) -> Option<&'a str> {
        let octets = self.octets(tag)?;
        let end = octets.iter().position(|octet| *octet == 0).unwrap_or(octets.len());
        std::str::from_utf8(octets.get(..end)?).ok().filter(|text| !text.is_empty())
    }
}
