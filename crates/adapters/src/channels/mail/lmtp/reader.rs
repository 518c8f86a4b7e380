//! Bytes of a connection, cut into commands and messages. RFC 5321, sections 2.3.8 and 4.5.2: only CR
//! and LF together end a line, and only a full stop on a line of its own ends a message, so that no
//! two programs on the way see different ends.

use std::borrow::Cow;

use smtp_proto::request::receiver::{DataReceiver, RequestReceiver};
use smtp_proto::{Error, Request};

use super::MAX_MESSAGE;

/// What came.
#[derive(Debug)]
pub enum Came<'a> {
    /// A command.
    Command(Request<Cow<'a, str>>),
    /// A line that is no command that can be read.
    Unknown(Error),
    /// A line that is longer than any command. What follows is not read.
    Endless,
    /// A message without its last line.
    Message(Vec<u8>),
    /// One that is longer than [`MAX_MESSAGE`]; none of it is kept.
    TooLong,
}

/// Reads a connection.
#[derive(Default)]
pub struct Reader {
    commands: RequestReceiver,
    message: Option<Coming>,
}

struct Coming {
    receiver: DataReceiver,
    bytes: Vec<u8>,
    beyond: bool,
}

impl Reader {
    /// From now on a message comes.
    pub fn expect_message(&mut self) {
        let receiver = DataReceiver::new();
        self.message = Some(Coming { receiver, bytes: Vec::new(), beyond: false });
    }

    /// Reads on; nothing where the bytes are used up.
    pub fn read<'a, 'b: 'a>(
        &'a mut self,
        bytes: &mut std::slice::Iter<'b, u8>,
    ) -> Option<Came<'a>> {
        if self.message.is_some() {
            return self.reads_message(bytes);
        }
        if bytes.as_slice().is_empty() {
            return None;
        }
        match self.commands.ingest(bytes) {
            Ok(command) => Some(Came::Command(command)),
            Err(Error::NeedsMoreData { .. }) => None,
            Err(Error::ResponseTooLong) => Some(Came::Endless),
            Err(error) => Some(Came::Unknown(error)),
        }
    }

    fn reads_message(&mut self, bytes: &mut std::slice::Iter<'_, u8>) -> Option<Came<'static>> {
        let coming = self.message.as_mut()?;
        let ended = coming.receiver.ingest(bytes, &mut coming.bytes);
        if coming.bytes.len() > MAX_MESSAGE {
            coming.beyond = true;
        }
        if coming.beyond {
            coming.bytes = Vec::new();
        }
        if !ended {
            return None;
        }
        let Coming { bytes, beyond, .. } = self.message.take()?;
        Some(if beyond { Came::TooLong } else { Came::Message(bytes) })
    }
}
