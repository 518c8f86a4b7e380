//! What is written. A connection that is dropped says goodbye, as far as that takes no waiting.

use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

use rusmpp::{CommandStatus, Pdu};
use tokio::io::{AsyncWrite as _, AsyncWriteExt as _, WriteHalf};

use super::frame::written;
use super::tls::Socket;

/// Longest wait for room to write.
const WRITING: Duration = Duration::from_secs(20);
/// The sequence number of a goodbye, to which nobody waits for an answer.
const GOODBYE: u32 = 0x7fff_ffff;

/// The half of a connection that is written.
pub(super) struct Output {
    half: WriteHalf<Box<dyn Socket>>,
    /// Whether the SMSC knows us and no frame is half written.
    may_leave: bool,
}

impl Output {
    pub(super) fn new(half: WriteHalf<Box<dyn Socket>>) -> Self {
        Self { half, may_leave: false }
    }

    /// Writes a frame.
    pub(super) async fn send(&mut self, frame: &[u8]) -> Result<(), String> {
        let could_leave = std::mem::take(&mut self.may_leave);
        let writing = async {
            self.half.write_all(frame).await?;
            self.half.flush().await
        };
        match tokio::time::timeout(WRITING, writing).await {
            Ok(Ok(())) => {
                self.may_leave = could_leave;
                Ok(())
            }
            Ok(Err(error)) => Err(error.kind().to_string()),
            Err(_) => Err("the SMSC reads nothing".to_owned()),
        }
    }

    /// The SMSC knows us: from now on we say goodbye.
    pub(super) fn bound(&mut self) {
        self.may_leave = true;
    }

    /// The SMSC does not know us any more.
    pub(super) fn unbound(&mut self) {
        self.may_leave = false;
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.may_leave {
            let goodbye = written(CommandStatus::EsmeRok, GOODBYE, Pdu::Unbind);
            let mut context = Context::from_waker(Waker::noop());
            let mut half = Pin::new(&mut self.half);
            if half.as_mut().poll_write(&mut context, &goodbye).is_ready() {
                let _ = half.poll_flush(&mut context);
            }
        }
    }
}
