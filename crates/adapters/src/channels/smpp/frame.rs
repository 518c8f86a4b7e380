//! Frames: a header of sixteen octets and a body. SMPP 3.4, section 3.2.

use std::fmt;

use bytes::{Buf as _, BytesMut};
use rusmpp::encode::Length as _;
use rusmpp::encode::owned::Encode as _;
use rusmpp::{Command, CommandStatus, Pdu};

/// Octets of a header: length, command, status, sequence number.
const HEADER: usize = 16;
/// Most octets of a frame: a `message_payload` of 64 KiB is the most that SMPP knows, and nobody
/// writes so much.
const MAX_LENGTH: usize = 64 * 1024;
/// The bit that tells answers.
const ANSWER: u32 = 0x8000_0000;

/// A length that no frame has: what follows cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a frame of a length that SMPP does not have")]
pub struct BadLength;

/// One frame, as it came. Its `Debug` shows no body, which holds words of hers.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame(Vec<u8>);

impl Frame {
    /// Takes the next whole frame off the front of what was read; nothing where more must be read.
    ///
    /// # Errors
    /// [`BadLength`].
    pub fn cut(read: &mut BytesMut) -> Result<Option<Self>, BadLength> {
        let Some(length) = read.first_chunk().map(|head| u32::from_be_bytes(*head)) else {
            return Ok(None);
        };
        let length = usize::try_from(length).map_err(|_| BadLength)?;
        if !(HEADER..=MAX_LENGTH).contains(&length) {
            return Err(BadLength);
        }
        Ok((read.remaining() >= length).then(|| Self(read.split_to(length).to_vec())))
    }

    /// `command_id`.
    pub fn command(&self) -> u32 {
        self.word(4)
    }

    /// `command_status`.
    pub fn status(&self) -> u32 {
        self.word(8)
    }

    /// `sequence_number`.
    pub fn sequence(&self) -> u32 {
        self.word(12)
    }

    /// What follows the header.
    pub fn body(&self) -> &[u8] {
        self.0.get(HEADER..).unwrap_or_default()
    }

    /// The whole of it.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether it answers a request.
    pub(super) fn is_answer(&self) -> bool {
        self.command() & ANSWER != 0
    }

    fn word(&self, at: usize) -> u32 {
        let word = self.0.get(at..).and_then(|rest| rest.first_chunk());
        word.map_or(0, |word| u32::from_be_bytes(*word))
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frame")
            .field("command", &self.command())
            .field("length", &self.0.len())
            .finish_non_exhaustive()
    }
}

/// A frame of ours, as it goes on the wire.
pub(super) fn written(status: CommandStatus, sequence: u32, pdu: impl Into<Pdu>) -> Vec<u8> {
    let command = Command::new(status, sequence, pdu);
    let mut body = BytesMut::with_capacity(command.length());
    command.encode(&mut body);
    let length = u32::try_from(body.len().saturating_add(4)).unwrap_or(u32::MAX);
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(&body);
    bytes
}
