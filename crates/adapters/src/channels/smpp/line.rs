//! A connection to the SMSC: made, bound, read and written until it ends. SMPP 3.4, section 2.

use std::convert::Infallible;
use std::time::Duration;

use bankside_service::ports::{Inlet, SendError};
use bytes::BytesMut;
use rusmpp::pdus::BindTransceiver;
use rusmpp::types::COctetString;
use rusmpp::values::InterfaceVersion;
use rusmpp::{CommandId, CommandStatus, Pdu};
use tokio::io::{AsyncReadExt as _, ReadHalf};
use tokio::sync::mpsc;

use super::deliver::read;
use super::frame::{BadLength, Frame, written};
use super::lanes::{Desk, Lanes, lanes};
use super::output::Output;
use super::session::{Out, Session};
use super::settings::Settings;
use super::tls::{Socket, connect};
use super::{Smpp, fault};

/// Longest wait until the SMSC knows us, and until it lets us go.
const OPENING: Duration = Duration::from_secs(10);
const CLOSING: Duration = Duration::from_secs(2);
/// Longest wait until what was read from an ended connection is committed.
const FINISHING: Duration = Duration::from_secs(20);
/// Between two looks at what has waited too long.
const MINUTE: Duration = Duration::from_secs(60);
/// Octets that are read at once.
const BUFFER: usize = 16 * 1024;
/// Frames before the answer to a bind that have nothing to do with it.
const MAX_BEFORE: usize = 16;
/// The bind's sequence number.
const BIND: u32 = 1;

/// A connection that is bound.
pub(super) struct Line {
    input: Input,
    output: Output,
}

/// What comes by it.
struct Input {
    half: ReadHalf<Box<dyn Socket>>,
    read: BytesMut,
}

/// How it ended.
enum End {
    /// It broke, or the SMSC fell silent.
    Broken(String),
    /// The SMSC ended it, by a request with that sequence number.
    Unbound(u32),
    /// What came cannot be cut into frames.
    Unreadable,
}

impl Line {
    /// Connects, and binds as transceiver.
    pub(super) async fn open(settings: &Settings) -> Result<Self, SendError> {
        let opened = tokio::time::timeout(OPENING, Self::bind(settings)).await;
        opened.unwrap_or_else(|_| Err(fault::later("the SMSC is silent")))
    }

    async fn bind(settings: &Settings) -> Result<Self, SendError> {
        let (input, output) = tokio::io::split(connect(settings).await?);
        let mut input = Input { half: input, read: BytesMut::new() };
        let mut output = Output::new(output);
        let bind = written(CommandStatus::EsmeRok, BIND, bind(settings)?);
        output.send(&bind).await.map_err(|why| fault::later(&why))?;
        for _ in 0..MAX_BEFORE {
            let answer = input.next().await.map_err(|end| fault::later(&end.why()))?;
            if !answer.is_answer() || answer.sequence() != BIND {
                continue;
            }
            if answer.status() != 0 {
                return Err(fault::of_bind(answer.status()));
            }
            if answer.command() != u32::from(CommandId::BindTransceiverResp) {
                return Err(fault::refused("it has no transceivers"));
            }
            output.bound();
            return Ok(Self { input, output });
        }
        Err(fault::later("the SMSC did not answer the bind"))
    }

    /// Says goodbye, and waits a moment for the SMSC to say it too.
    pub(super) async fn close(mut self) {
        let goodbye = written(CommandStatus::EsmeRok, BIND + 1, Pdu::Unbind);
        self.output.unbound();
        if self.output.send(&goodbye).await.is_err() {
            return;
        }
        let answered = async {
            while let Ok(frame) = self.input.next().await {
                if frame.command() == u32::from(CommandId::UnbindResp) {
                    return;
                }
            }
        };
        // It is closed all the same.
        tokio::time::timeout(CLOSING, answered).await.ok();
    }

    /// Reads and writes until it ends; why it did.
    pub(super) async fn hold(
        self,
        smpp: &Smpp,
        session: &Session,
        mut out: mpsc::Receiver<Out>,
        inlet: &dyn Inlet,
    ) -> String {
        let Self { mut input, mut output } = self;
        let desk = Desk { smpp, session, inlet };
        let (lanes, taking) = lanes();
        let mut taking = std::pin::pin!(desk.run(taking));
        let end = tokio::select! {
            end = reads(&mut input, &smpp.settings, session, &lanes) => end,
            why = writes(&mut output, session, &mut out) => End::Broken(why),
            never = ages(&desk) => match never {},
            () = &mut taking => End::Broken("nothing is taken any more".to_owned()),
        };
        drop(lanes);
        session.stop();
        // What was read is still committed, and answered where that can be heard.
        let finishing = tokio::time::timeout(FINISHING, &mut taking);
        let broke = tokio::select! {
            finished = finishing => finished.is_err(),
            _ = writes(&mut output, session, &mut out) => true,
        };
        if broke {
            out.close();
            tokio::time::timeout(FINISHING, taking).await.ok();
        } else {
            end.tell(&mut output, &mut out).await;
        }
        end.why()
    }
}

impl End {
    fn why(&self) -> String {
        match self {
            Self::Broken(why) => why.clone(),
            Self::Unbound(_) => "the SMSC ended the session".to_owned(),
            Self::Unreadable => format!("the SMSC sent {BadLength}"),
        }
    }

    /// Writes what is left, and what the SMSC should know.
    async fn tell(&self, output: &mut Output, out: &mut mpsc::Receiver<Out>) {
        while let Ok(next) = out.try_recv() {
            if next.asks.is_none() && output.send(&next.bytes).await.is_err() {
                return;
            }
        }
        let last = match self {
            Self::Broken(_) => return,
            Self::Unbound(sequence) => written(CommandStatus::EsmeRok, *sequence, Pdu::UnbindResp),
            Self::Unreadable => written(CommandStatus::EsmeRinvcmdlen, 0, Pdu::GenericNack),
        };
        if output.send(&last).await.is_ok() && matches!(self, Self::Unbound(_)) {
            output.unbound();
        }
    }
}

fn bind(settings: &Settings) -> Result<BindTransceiver, SendError> {
    let unbuilt = |_| fault::refused("no bind can be made of it");
    let password = settings.password.reveal().to_owned();
    Ok(BindTransceiver::builder()
        .system_id(COctetString::from_string(settings.system_id.clone()).map_err(unbuilt)?)
        .password(COctetString::from_string(password).map_err(unbuilt)?)
        .system_type(COctetString::from_string(settings.system_type.clone()).map_err(unbuilt)?)
        .interface_version(InterfaceVersion::Smpp3_4)
        .build())
}

impl Input {
    /// The next frame; may be dropped and called again.
    async fn next(&mut self) -> Result<Frame, End> {
        loop {
            match Frame::cut(&mut self.read) {
                Ok(Some(frame)) => return Ok(frame),
                Ok(None) => {}
                Err(BadLength) => return Err(End::Unreadable),
            }
            self.read.reserve(BUFFER);
            match self.half.read_buf(&mut self.read).await {
                Ok(0) => return Err(End::Broken("the SMSC hung up".to_owned())),
                Ok(_) => {}
                Err(error) => return Err(End::Broken(error.kind().to_string())),
            }
        }
    }
}

async fn reads(input: &mut Input, settings: &Settings, session: &Session, lanes: &Lanes) -> End {
    let mut is_silent = false;
    loop {
        match tokio::time::timeout(settings.enquire, input.next()).await {
            Ok(Ok(frame)) => {
                is_silent = false;
                if let Some(end) = takes(frame, settings, session, lanes) {
                    return end;
                }
            }
            Ok(Err(end)) => return end,
            Err(_) if is_silent => return End::Broken("the SMSC is silent".to_owned()),
            Err(_) => {
                is_silent = true;
                session.probe();
            }
        }
    }
}

fn takes(frame: Frame, settings: &Settings, session: &Session, lanes: &Lanes) -> Option<End> {
    let (sequence, ok) = (frame.sequence(), CommandStatus::EsmeRok);
    if frame.is_answer() {
        session.answered(frame);
        return None;
    }
    match CommandId::from(frame.command()) {
        CommandId::EnquireLink => session.say(written(ok, sequence, Pdu::EnquireLinkResp)),
        CommandId::Unbind => return Some(End::Unbound(sequence)),
        CommandId::DeliverSm => {
            if !lanes.put(read(settings, &frame), frame) {
                session.refuse(sequence);
            }
        }
        // They are not answered.
        CommandId::AlertNotification | CommandId::Outbind => {}
        _ => session.say(written(CommandStatus::EsmeRinvcmdid, sequence, Pdu::GenericNack)),
    }
    None
}

async fn writes(output: &mut Output, session: &Session, out: &mut mpsc::Receiver<Out>) -> String {
    while let Some(next) = out.recv().await {
        if next.asks.is_some_and(|sequence| !session.is_wanted(sequence)) {
            continue;
        }
        if let Err(why) = output.send(&next.bytes).await {
            return why;
        }
    }
    "the service ends".to_owned()
}

async fn ages(desk: &Desk<'_>) -> Infallible {
    loop {
        tokio::time::sleep(MINUTE).await;
        desk.age().await;
    }
}
