//! Entry bundles (C2SP tlog-tiles): entries one after the other, each behind its length as
//! a big-endian 16-bit number.

use crate::leaf::{LEAF_LEN, Leaf};
use crate::path::TILE_WIDTH;

/// Why bytes are not an entry bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The bytes end inside the entry at this position of the bundle.
    #[error("the bundle ends inside its entry {0}")]
    Truncated(usize),
    /// More than 256 entries.
    #[error("the bundle has more than {TILE_WIDTH} entries")]
    TooMany,
}

/// Cuts a bundle into its entries. Total: any bytes are read or refused.
///
/// # Errors
/// See [`BundleError`].
pub fn parse(bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        if entries.len() == usize::from(TILE_WIDTH) {
            return Err(BundleError::TooMany);
        }
        let (entry, after) = split_entry(rest).ok_or(BundleError::Truncated(entries.len()))?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

/// Appends the leaves to a bundle's bytes.
pub fn append(bytes: &mut Vec<u8>, leaves: impl IntoIterator<Item = Leaf>) {
    const LENGTH: [u8; 2] = (LEAF_LEN as u16).to_be_bytes();
    for leaf in leaves {
        bytes.extend_from_slice(&LENGTH);
        bytes.extend_from_slice(&leaf.to_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Hash256;
    use proptest::prelude::*;

    #[test]
    fn table() {
        let check = |bytes: &[u8], want: Result<Vec<&[u8]>, BundleError>| {
            assert_eq!(parse(bytes), want, "{bytes:?}");
        };
        check(&[], Ok(vec![]));
        check(&[0, 0], Ok(vec![&[]]));
        check(&[0, 1, 9, 0, 2, 7, 8], Ok(vec![&[9], &[7, 8]]));
        check(&[0], Err(BundleError::Truncated(0)));
        check(&[0, 1], Err(BundleError::Truncated(0)));
        check(&[0, 1, 9, 1, 0, 7], Err(BundleError::Truncated(1)));
        check(&[0; 514], Err(BundleError::TooMany));
        assert_eq!(parse(&[0; 512]).unwrap().len(), 256);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_there(bytes: Vec<u8>) {
            if let Ok(entries) = parse(&bytes) {
                let mut again = Vec::new();
                for entry in entries {
                    again.extend_from_slice(&u16::try_from(entry.len()).unwrap().to_be_bytes());
                    again.extend_from_slice(entry);
                }
                prop_assert_eq!(again, bytes);
            }
        }

        #[test]
        fn leaves_come_back(roots in prop::collection::vec(any::<[u8; 32]>(), 0..=256)) {
            let leaves: Vec<_> = roots.into_iter().map(|r| Leaf::Heads(Hash256(r))).collect();
            let mut bytes = Vec::new();
            append(&mut bytes, leaves.iter().copied());
            let read: Vec<_> = parse(&bytes).unwrap().into_iter().map(Leaf::parse).collect();
            prop_assert_eq!(read, leaves.into_iter().map(Some).collect::<Vec<_>>());
        }
    }
}
