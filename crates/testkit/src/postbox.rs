//! A channel whose operator is the test: it keeps what it is sent, and fails when told to. Or one that
//! is spoken with, and is answered in its own request.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bankside_domain::channel::{
    Answers, Capabilities, Contact, Count, Event, Inbound, Links, Retraction, Text, Window,
};
use bankside_domain::customer::Language;
use bankside_service::channels::Frame;
use bankside_service::ports::{
    Answer, Channel, Delivered, Distrust, Ended, Inlet, NotTaken, Reply, SendError, Taken,
};
use tokio::sync::{mpsc, oneshot, watch};

/// How often a waiting test looks.
const LOOK: Duration = Duration::from_millis(5);
/// How long it waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was handed over.
#[derive(Clone, Debug)]
pub struct Sent {
    /// To whom.
    pub to: Contact,
    /// What.
    pub frame: Frame,
    /// Under which key.
    pub key: String,
}

/// What happens on a connection.
#[derive(Debug)]
enum Happening {
    Event(Inbound, oneshot::Sender<Result<(), NotTaken>>),
    Breaks(&'static str),
    Panics,
}

/// A connection of the channel's own.
#[derive(Debug)]
struct Wire {
    tell: mpsc::UnboundedSender<Happening>,
    told: tokio::sync::Mutex<mpsc::UnboundedReceiver<Happening>>,
    /// How many listen, which is one or none.
    listening: AtomicUsize,
}

/// One that listens.
struct Ear<'a>(&'a AtomicUsize);

impl Drop for Ear<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The operator.
#[derive(Debug)]
pub struct Postbox {
    can: Capabilities,
    sent: Mutex<Vec<Sent>>,
    failures: Mutex<VecDeque<SendError>>,
    /// Every message fails with it, as long as it stands there.
    down: Mutex<Option<SendError>>,
    /// How long it waits for an answer in its own request.
    within: Option<Duration>,
    replies: Mutex<Vec<Reply>>,
    held_on: Mutex<Vec<String>>,
    wire: Option<Wire>,
    /// Whether what is handed over is answered.
    answers: watch::Sender<bool>,
    /// What was taken back: to whom, and by which id.
    retracted: Mutex<Vec<(Contact, String)>>,
    /// Whom the template was sent to.
    knocks: Mutex<Vec<Contact>>,
    /// Whether deliveries are understood.
    understands: AtomicBool,
}

/// What proves a delivery, in the header [`PROOF`].
pub const SECRET: &str = "of the postbox";
/// The header.
pub const PROOF: &str = "x-postbox";

impl Default for Postbox {
    fn default() -> Self {
        let chars = |most| Text { most, count: Count::Chars };
        let can = Capabilities {
            text: chars(2_000),
            messages: 3,
            buttons: Some(Answers { most: 3, label: chars(20), above: None }),
            list: None,
            links: Links::InText,
            rich: false,
            spoken: false,
            window: None,
            retraction: Retraction::Always,
            edits: false,
            delivered: true,
            read: true,
            typing: false,
        };
        Self::with(can)
    }
}

impl Postbox {
    /// One of that table.
    pub fn with(can: Capabilities) -> Self {
        Self {
            can,
            sent: Mutex::default(),
            failures: Mutex::default(),
            down: Mutex::default(),
            within: None,
            replies: Mutex::default(),
            held_on: Mutex::default(),
            wire: None,
            answers: watch::Sender::new(true),
            retracted: Mutex::default(),
            knocks: Mutex::default(),
            understands: AtomicBool::new(true),
        }
    }

    /// A voice assistant, which waits so long.
    pub fn spoken(within: Duration) -> Self {
        let can = Capabilities {
            text: Text { most: 1_200, count: Count::Chars },
            messages: 1,
            buttons: None,
            links: Links::Elsewhere,
            spoken: true,
            ..Self::default().can
        };
        Self { within: Some(within), ..Self::with(can) }
    }

    /// One that the bank may write to for so long after her last message, in milliseconds, and then
    /// perhaps by a template.
    pub fn for_a_while(millis: i64, template: bool) -> Self {
        Self::with(Capabilities {
            window: Some(Window { millis, template }),
            ..Self::default().can
        })
    }

    /// Whom the template was sent to, in its order.
    pub fn knocks(&self) -> Vec<Contact> {
        self.knocks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was answered in its requests.
    pub fn replies(&self) -> Vec<Reply> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was said while an answer took its time.
    pub fn held_on(&self) -> Vec<String> {
        self.held_on.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One that is listened to by a connection.
    pub fn on_a_wire() -> Self {
        let (tell, told) = mpsc::unbounded_channel();
        let wire =
            Wire { tell, told: tokio::sync::Mutex::new(told), listening: AtomicUsize::new(0) };
        Self { wire: Some(wire), ..Self::default() }
    }

    /// How many listen to it.
    pub fn listening(&self) -> usize {
        self.wire.as_ref().map_or(0, |wire| wire.listening.load(Ordering::SeqCst))
    }

    /// Hands in an event, now or as soon as somebody listens; what became of it.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn hands_in(&self, event: Inbound) -> Result<(), NotTaken> {
        let (tell, told) = oneshot::channel();
        self.happens(Happening::Event(event, tell));
        tokio::time::timeout(PATIENCE, told)
            .await
            .expect("somebody listens")
            .unwrap_or(Err(NotTaken))
    }

    /// The connection breaks.
    pub fn breaks(&self, why: &'static str) {
        self.happens(Happening::Breaks(why));
    }

    /// Who holds the connection panics.
    pub fn panics(&self) {
        self.happens(Happening::Panics);
    }

    fn happens(&self, happening: Happening) {
        self.wire.as_ref().expect("a postbox on a wire").tell.send(happening).unwrap();
    }

    /// Answers nothing of what it is handed over from now on, or all of it.
    pub fn answers(&self, does: bool) {
        self.answers.send_replace(does);
    }

    /// Understands deliveries from now on, or none of them.
    pub fn understands(&self, does: bool) {
        self.understands.store(does, Ordering::SeqCst);
    }

    /// What was taken back, in its order.
    pub fn retracted(&self) -> Vec<(Contact, String)> {
        self.retracted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn failure(&self) -> Option<SendError> {
        let down = self.down.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let failure = self.failures.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        down.or(failure)
    }

    /// Fails the next message with that.
    pub fn fails_once(&self, error: SendError) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).push_back(error);
    }

    /// Fails every message with that, or none any more.
    pub fn is_down(&self, error: Option<SendError>) {
        *self.down.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }

    /// Everything that was handed over.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many messages were handed over; all of them.
    pub async fn holds(&self, count: usize) -> Vec<Sent> {
        let looking = async {
            while self.sent().len() < count {
                tokio::time::sleep(LOOK).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, looking).await;
        let sent = self.sent();
        assert!(waited.is_ok(), "{} of {count} messages within {PATIENCE:?}: {sent:?}", sent.len());
        sent
    }
}

#[async_trait]
impl Channel for Postbox {
    fn can(&self) -> &Capabilities {
        &self.can
    }

    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        if let Some(error) = self.failure() {
            return Err(error);
        }
        let id = {
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            sent.push(Sent { to: to.clone(), frame: frame.clone(), key: key.to_owned() });
            format!("operator-{}", sent.len())
        };
        // The box is there as long as somebody sends to it.
        drop(self.answers.subscribe().wait_for(|answers| *answers).await);
        Ok(Some(id))
    }

    async fn knock(&self, to: &Contact, _: Language) -> Result<Option<String>, SendError> {
        self.knocks.lock().unwrap_or_else(PoisonError::into_inner).push(to.clone());
        Ok(None)
    }

    async fn retract(&self, to: &Contact, id: &str) -> Result<(), SendError> {
        if let Some(error) = self.failure() {
            return Err(error);
        }
        let mut retracted = self.retracted.lock().unwrap_or_else(PoisonError::into_inner);
        retracted.push((to.clone(), id.to_owned()));
        Ok(())
    }

    fn answers_within(&self) -> Option<Duration> {
        self.within
    }

    fn respond(&self, _: &Delivered<'_>, reply: &Reply) -> Answer {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner).push(reply.clone());
        Answer::text(reply.text())
    }

    async fn hold_on(&self, _: &Delivered<'_>, words: &str) {
        self.held_on.lock().unwrap_or_else(PoisonError::into_inner).push(words.to_owned());
    }

    async fn listen(&self, inlet: Arc<dyn Inlet>) -> Ended {
        let Some(wire) = &self.wire else { return Ended::NoLine };
        let mut told = wire.told.lock().await;
        wire.listening.fetch_add(1, Ordering::SeqCst);
        let _ear = Ear(&wire.listening);
        inlet.connected();
        loop {
            match told.recv().await {
                Some(Happening::Event(event, tell)) => {
                    tell.send(inlet.take(&event).await).ok();
                }
                Some(Happening::Breaks(why)) => return Ended::Broken { why: why.to_owned() },
                Some(Happening::Panics) => panic!("as the test wants"),
                None => return Ended::NoLine,
            }
        }
    }

    /// A delivery is `id|address|words`.
    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        if (request.header)(PROOF) != Some(SECRET) {
            return Err(Distrust::NotProven("not the postbox's"));
        }
        let body = String::from_utf8_lossy(request.body);
        let parts: Vec<_> = body.split('|').collect();
        let mut taken = Taken::default();
        match parts.as_slice() {
            [id, from, text] if self.understands.load(Ordering::SeqCst) => {
                taken.events.push(Inbound {
                    id: (*id).to_owned(),
                    from: Contact::new(*from),
                    at: None,
                    language: None,
                    event: Event::Message { text: (*text).to_owned().into() },
                });
            }
            _ => taken.strange.push("no delivery of a postbox".to_owned()),
        }
        Ok(taken)
    }

    async fn test(&self) -> Result<String, SendError> {
        Ok("postbox".to_owned())
    }
}
