//! Headers of the user's data: which part of a long message this is. 3GPP TS 23.040, section 9.2.3.24.

/// Information elements.
const CONCATENATED_8: u8 = 0x00;
const CONCATENATED_16: u8 = 0x08;
const PORTS_8: u8 = 0x04;
const PORTS_16: u8 = 0x05;
const LOCKING_TABLE: u8 = 0x25;

/// Which part of which message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) reference: u16,
    pub(super) total: u8,
    /// From 1.
    pub(super) number: u8,
}

/// What a header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) place: Option<Place>,
    /// For a program on the telephone rather than for a person.
    pub(super) to_program: bool,
    /// In an alphabet whose table is another one.
    pub(super) other_table: bool,
}

/// Reads a header, and what follows it; nothing where it is cut off.
pub(super) fn split(octets: &[u8]) -> Option<(Header, &[u8])> {
    let (&length, rest) = octets.split_first()?;
    let (mut elements, text) = rest.split_at_checked(usize::from(length))?;
    let mut header = Header::default();
    while let [id, length, rest @ ..] = elements {
        let (value, after) = rest.split_at_checked(usize::from(*length))?;
        match (*id, value) {
            (CONCATENATED_8, [reference, total, number]) => {
                header.place = Some(place(u16::from(*reference), *total, *number));
            }
            (CONCATENATED_16, [high, low, total, number]) => {
                header.place = Some(place(u16::from_be_bytes([*high, *low]), *total, *number));
            }
            (PORTS_8 | PORTS_16, _) => header.to_program = true,
            (LOCKING_TABLE, _) => header.other_table = true,
            _ => {}
        }
        elements = after;
    }
    elements.is_empty().then_some((header, text))
}

fn place(reference: u16, total: u8, number: u8) -> Place {
    Place { reference, total, number }
}

/// The header of a part, with a reference of 8 bits.
pub(super) fn written(reference: u8, total: u8, number: u8) -> [u8; 6] {
    [5, CONCATENATED_8, 3, reference, total, number]
}
