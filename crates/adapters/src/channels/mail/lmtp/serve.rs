//! A socket, and the connections to it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::super::settings::Place;
use super::{Came, Envelope, Reader, Session, Step, Verdict};

/// Connections at the same time; a mail server makes a few, and tries again.
const MAX_CONNECTIONS: usize = 8;
/// Longest wait for the next bytes: RFC 5321, section 4.5.3.2 asks for five minutes, between servers
/// that are far apart.
const SILENCE: Duration = Duration::from_secs(60);
/// Longest wait for room to write.
const WRITING: Duration = Duration::from_secs(20);
/// Longest wait until a message is committed. The mail server tries again after that, and the same
/// message twice is one.
const COMMITTING: Duration = Duration::from_secs(60);
/// Longest that a connection may last, however lively it is.
const LASTING: Duration = Duration::from_secs(600);
/// Bytes that are read at once.
const BUFFER: usize = 16 * 1024;
/// Pause after a connection could not be accepted: too many files are open, perhaps.
const BREATH: Duration = Duration::from_millis(100);

/// Where messages are taken.
#[async_trait]
pub(in super::super) trait Desk: Send + Sync + 'static {
    /// The bank's own address.
    fn own(&self) -> String;

    /// Tells that the socket is open.
    fn opened(&self);

    /// Takes a message; returns once it is committed.
    async fn take(&self, envelope: &Envelope, message: &[u8]) -> Verdict;
}

/// Serves until the socket breaks; why it did.
pub(in super::super) async fn serve(place: &Place, desk: Arc<dyn Desk>) -> String {
    let opened = match place {
        Place::Tcp(address) => match TcpListener::bind(address).await {
            Ok(listener) => Socket::Tcp(listener),
            Err(error) => return cannot(&error),
        },
        #[cfg(unix)]
        Place::Unix(path) => match unix::open(path).await {
            Ok(listener) => Socket::Unix(listener),
            Err(error) => return cannot(&error),
        },
        #[cfg(not(unix))]
        Place::Unix(_) => return "no such sockets on this system".to_owned(),
    };
    desk.opened();
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    // They end with what serves them.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(permit) = room.clone().acquire_owned().await else {
            return "the service ends".to_owned();
        };
        let desk = desk.clone();
        let Ok(stream) = opened.accept().await else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        connections.spawn(async move {
            // A connection that breaks or lasts too long was told nothing that is not so.
            tokio::time::timeout(LASTING, talk(stream, &*desk)).await.ok();
            drop(permit);
        });
    }
}

fn cannot(error: &std::io::Error) -> String {
    format!("the LMTP address cannot be served: {}", error.kind())
}

enum Socket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Socket {
    async fn accept(&self) -> std::io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(listener) => Box::new(listener.accept().await?.0),
            #[cfg(unix)]
            Self::Unix(listener) => Box::new(listener.accept().await?.0),
        })
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    use std::path::Path;

    use tokio::net::{UnixListener, UnixStream};

    /// Owner and group: the mail server is in the group.
    const MODE: u32 = 0o660;

    /// Opens a socket. One that is left from a process that is gone is taken away.
    pub(super) async fn open(path: &Path) -> std::io::Result<UnixListener> {
        let left = tokio::fs::symlink_metadata(path).await;
        let is_socket = left.is_ok_and(|left| left.file_type().is_socket());
        if is_socket && UnixStream::connect(path).await.is_err() {
            tokio::fs::remove_file(path).await?;
        }
        let listener = UnixListener::bind(path)?;
        tokio::fs::set_permissions(path, std::fs::Permissions::from_mode(MODE)).await?;
        Ok(listener)
    }
}

/// Talks until one side ends; nobody needs to know why.
async fn talk(mut stream: Box<dyn Stream>, desk: &dyn Desk) -> Option<()> {
    let mut session = Session::new(&desk.own())?;
    let mut reader = Reader::default();
    say(&mut stream, &session.greeting()).await?;
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = tokio::time::timeout(SILENCE, stream.read(&mut buffer)).await.ok()?.ok()?;
        let mut bytes = buffer.get(..read).filter(|bytes| !bytes.is_empty())?.iter();
        let mut answers = String::new();
        loop {
            let step = match reader.read(&mut bytes) {
                None => break,
                Some(Came::Command(command)) => session.command(command),
                Some(Came::Unknown(error)) => session.unknown(&error),
                Some(Came::Endless) => Step::End("500 5.5.2 the line is too long\r\n".to_owned()),
                Some(Came::Message(message)) => {
                    let envelope = session.envelope();
                    Step::Say(committed(desk, &envelope, &message).await)
                }
                Some(Came::TooLong) => Step::Say(Session::too_long(&session.envelope())),
            };
            match step {
                Step::Say(answer) => answers.push_str(&answer),
                Step::Message(answer) => {
                    reader.expect_message();
                    answers.push_str(&answer);
                }
                Step::End(answer) => {
                    answers.push_str(&answer);
                    return say(&mut stream, &answers).await;
                }
            }
        }
        say(&mut stream, &answers).await?;
    }
}

async fn committed(desk: &dyn Desk, envelope: &Envelope, message: &[u8]) -> String {
    let taking = tokio::time::timeout(COMMITTING, desk.take(envelope, message)).await;
    Session::answers(envelope, taking.unwrap_or(Verdict::Later))
}

async fn say(stream: &mut Box<dyn Stream>, text: &str) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    tokio::time::timeout(WRITING, stream.write_all(text.as_bytes())).await.ok()?.ok()
}
