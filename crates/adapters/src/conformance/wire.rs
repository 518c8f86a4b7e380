//! The double of an operator that speaks with the bank by connections: a server on this machine, and
//! a conversation by each connection that it takes or makes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;

use super::desk::until;
use super::operator::Seen;
use super::specimen::Fate;

/// Bytes that are read at once.
const BUFFER: usize = 16 * 1024;
/// Things that wait to be said.
const MAX_WAITING: usize = 64;

/// What the operator hears by a connection, as it reads it.
#[derive(Clone, Debug)]
pub(super) enum Heard {
    /// It knows who speaks.
    Proven,
    /// A message, or the wish to take one back.
    Asked(Seen),
    /// What has that id was taken.
    Taken(String),
    /// What has that id was not taken.
    NotTaken(String),
    /// A connection that the operator made has ended: the bank has done with what was said by it.
    Over,
}

/// What the operator says to what it heard.
#[derive(Debug, Default)]
pub(super) struct Says {
    pub(super) bytes: Vec<u8>,
    /// Whether it ends the connection then.
    pub(super) hangs_up: bool,
}

/// One connection, as the operator sees it. No I/O: bytes in, bytes out.
pub(super) trait Conversation: Send {
    /// What it says before it hears anything.
    fn greets(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Reads on, notes what it heard, and says what it answers.
    fn hears(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Says;
}

/// A connection that the operator makes to what the bank serves.
pub(super) struct Call {
    /// The socket in the file system.
    pub(super) place: PathBuf,
    pub(super) conversation: Box<dyn Conversation>,
}

/// The protocol of an operator that the bank speaks with by connections, whoever makes them.
pub(super) trait Wire: Send + Sync {
    /// The bank connected to an operator with that answer to every message.
    fn begins(&self, fate: Fate) -> Box<dyn Conversation>;

    /// What somebody sends who means ill, or whose program is broken, each with what it is: none of
    /// it may be believed, and all of it is kept apart.
    fn hostile(&self) -> Vec<(&'static str, Vec<u8>)>;

    /// The operator at that address is about to say that by a connection of its own; nothing where it
    /// says all by those that the bank makes.
    fn calls(&self, operator: &str, said: &[u8]) -> Option<Call> {
        let _ = (operator, said);
        None
    }

    /// What has no proof, or a spoiled one, each with what it is: it is taken, and nothing comes of it.
    /// Empty where nobody else can speak.
    fn forged(&self) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }
}

/// What a double is told to do with the connection that stands.
enum Order {
    Say(Vec<u8>),
    HangUp,
}

/// The double; it ends when it is dropped.
pub(super) struct Double {
    /// Host and port.
    pub(super) address: String,
    wire: &'static dyn Wire,
    heard: Arc<watch::Sender<Vec<Heard>>>,
    /// To the newest connection.
    orders: Arc<watch::Sender<Option<mpsc::Sender<Order>>>>,
    task: AbortHandle,
}

impl Double {
    pub(super) async fn start(wire: &'static dyn Wire, fate: Fate) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("no port for the operator's double: {error}");
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?.to_string();
        let (heard, orders) =
            (Arc::<watch::Sender<_>>::default(), Arc::<watch::Sender<_>>::default());
        let (notes, newest) = (heard.clone(), orders.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (order, ordered) = mpsc::channel(MAX_WAITING);
                newest.send_replace(Some(order));
                tokio::spawn(talk(stream, wire.begins(fate), notes.clone(), ordered));
            }
        });
        Ok(Self { address, wire, heard, orders, task: task.abort_handle() })
    }

    /// What it heard, oldest first.
    pub(super) fn heard(&self) -> Vec<Heard> {
        self.heard.borrow().clone()
    }

    /// Waits until it heard that.
    pub(super) async fn until(
        &self,
        what: &str,
        is_it: impl Fn(&Heard) -> bool,
    ) -> Result<(), String> {
        until(&self.heard, what, |heard: &Vec<Heard>| heard.iter().any(&is_it)).await.map(drop)
    }

    /// Says that by the newest connection, or by one of its own where the operator makes them.
    pub(super) async fn says(&self, bytes: Vec<u8>) -> Result<(), String> {
        let Some(call) = self.wire.calls(&self.address, &bytes) else {
            return self.order(Order::Say(bytes)).await;
        };
        let stream = connected(&call.place).await?;
        tokio::spawn(tell(stream, call.conversation, bytes, self.heard.clone()));
        Ok(())
    }

    /// Whether it makes connections itself.
    pub(super) fn makes_calls(&self) -> bool {
        self.wire.calls(&self.address, &[]).is_some()
    }

    /// Says that by a connection of its own, and waits until the bank has done with it.
    pub(super) async fn calls(&self, bytes: Vec<u8>) -> Result<(), String> {
        let over =
            |heard: &Vec<Heard>| heard.iter().filter(|heard| matches!(heard, Heard::Over)).count();
        let before = over(&self.heard());
        self.says(bytes).await?;
        let is_over = |heard: &Vec<Heard>| over(heard) > before;
        until(&self.heard, "the end of the operator's connection", is_over).await.map(drop)
    }

    /// Ends the newest connection.
    pub(super) async fn hangs_up(&self) -> Result<(), String> {
        self.order(Order::HangUp).await
    }

    async fn order(&self, order: Order) -> Result<(), String> {
        let newest = self.orders.borrow().clone();
        let sent = newest.ok_or("nobody connected to the operator's double")?.send(order).await;
        sent.map_err(|_| "the channel ended its connection".to_owned())
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        // Before its port is free, after which the socket is named.
        if let Some(call) = self.wire.calls(&self.address, &[]) {
            // It may never have been served.
            std::fs::remove_file(call.place).ok();
        }
        self.task.abort();
    }
}

#[cfg(unix)]
async fn connected(place: &Path) -> Result<tokio::net::UnixStream, String> {
    let connected = tokio::net::UnixStream::connect(place).await;
    connected.map_err(|error| format!("the bank serves no connection: {error}"))
}

#[cfg(not(unix))]
async fn connected(_: &Path) -> Result<TcpStream, String> {
    Err("no such sockets on this system".to_owned())
}

/// Says all of it at once, says that no more follows, and hears what the bank answers.
async fn tell(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    mut conversation: Box<dyn Conversation>,
    bytes: Vec<u8>,
    notes: Arc<watch::Sender<Vec<Heard>>>,
) {
    let mut buffer = vec![0; BUFFER];
    // Where the bank breaks off, what it answered before is still there to be read.
    stream.write_all(&bytes).await.ok();
    stream.shutdown().await.ok();
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        let mut heard = Vec::new();
        conversation.hears(buffer.get(..read).unwrap_or_default(), &mut heard);
        notes.send_modify(|notes| notes.append(&mut heard));
    }
    notes.send_modify(|notes| notes.push(Heard::Over));
}

async fn talk(
    mut stream: TcpStream,
    mut conversation: Box<dyn Conversation>,
    notes: Arc<watch::Sender<Vec<Heard>>>,
    mut orders: mpsc::Receiver<Order>,
) {
    if stream.write_all(&conversation.greets()).await.is_err() {
        return;
    }
    let mut buffer = vec![0; BUFFER];
    loop {
        let says = tokio::select! {
            read = stream.read(&mut buffer) => {
                let Some(bytes) = read.ok().filter(|read| *read > 0).and_then(|read| buffer.get(..read))
                else { return };
                let mut heard = Vec::new();
                let says = conversation.hears(bytes, &mut heard);
                notes.send_modify(|notes| notes.append(&mut heard));
                says
            }
            Some(order) = orders.recv() => match order {
                Order::Say(bytes) => Says { bytes, hangs_up: false },
                Order::HangUp => return,
            },
        };
        // A channel that breaks off is the rules' business.
        if stream.write_all(&says.bytes).await.is_err() || says.hangs_up {
            return;
        }
    }
}
