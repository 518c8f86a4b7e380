//! Doubles of channels' operators, for the demo: each has a phone to write on, and a record of every
//! byte that its servers were sent and sent themselves.
//!
//! ```text
//! Operator   a messenger or an assistant          phone -> webhook, bank's calls -> phone
//! Stage      what is on the phone, and what the servers saw
//! site       both, side by side, on an origin of its own
//! ```
//!
//! INVARIANT: a double knows what its operator would know and nothing else: it has the bank's webhook
//! and its own credentials, and is told of the bank only what the bank's real adapter says to it.
//!
//! Deliberately absent: everything that an operator does for others than this one customer, and
//! whatever would outlast the process.

mod alexa;
mod ground;
mod matrix;
mod messenger;
mod operator;
mod page;
mod site;
mod stage;
mod telegram;

use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;

use bankside_adapters::http::HttpClient;
use bankside_domain::Party;
use bankside_domain::bank::BankId;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_service::channels::Connected;
use tokio::net::TcpListener;

use ground::Ground;
pub use ground::Source;
use operator::Operator;

/// Which operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Telegram.
    Telegram,
    /// Messenger.
    Messenger,
    /// A Matrix homeserver.
    Matrix,
    /// Alexa.
    Alexa,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Telegram, Self::Messenger, Self::Matrix, Self::Alexa];

    /// As a flag says it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Telegram => "telegram",
            Self::Messenger => "messenger",
            Self::Alexa => "alexa",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Telegram => "Telegram",
            Self::Messenger => "Messenger",
            Self::Alexa => "Alexa",
        }
    }

    /// The channel's short name. The demo's own imitation of a messenger is called `messenger`.
    const fn channel(self) -> &'static str {
        match self {
            Self::Messenger => "messenger-page",
            kind => kind.id(),
        }
    }

    const fn ceiling(self) -> Ceiling {
        match self {
            Self::Alexa => Ceiling::Spoken,
            _ => Ceiling::PlatformReadable,
        }
    }
}

/// No such double.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no double of `{0}`; there are: telegram, messenger, matrix, alexa")]
pub struct UnknownKind(String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.id() == text);
        found.ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// Why the doubles do not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No address to listen on.
    #[error("no address for the operators’ doubles: {0}")]
    Listen(#[from] std::io::Error),
    /// What a double made up does not suit its adapter: a defect.
    #[error("the double of {0} does not suit its adapter: {1}")]
    Unsuited(&'static str, String),
}

/// Doubles with an address, not serving yet.
pub struct Doubles {
    listener: TcpListener,
    address: SocketAddr,
    operators: Vec<Arc<dyn Operator>>,
    ground: Arc<Ground>,
}

impl Doubles {
    /// Listens at the first of the addresses that is free.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn bind(
        kinds: &[Kind],
        addresses: &[SocketAddr],
        client: HttpClient,
        source: Source,
    ) -> Result<Self, StartError> {
        let listener = TcpListener::bind(addresses).await?;
        let address = listener.local_addr()?;
        let ground = Arc::new(Ground::new(format!("http://{address}"), client, source));
        let mut operators: Vec<Arc<dyn Operator>> = Vec::new();
        for kind in kinds {
            operators.push(match kind {
                Kind::Matrix => Arc::new(matrix::Matrix::new(ground.clone())),
                Kind::Telegram => Arc::new(telegram::Telegram::new(ground.clone())),
                Kind::Messenger => Arc::new(messenger::Messenger::new(ground.clone())),
                Kind::Alexa => Arc::new(alexa::Alexa::new(ground.clone())?),
            });
        }
        Ok(Self { listener, address, operators, ground })
    }

    /// Where they are.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The channels, for the bank's list.
    pub fn parties(&self) -> Vec<Party> {
        let party = |kind: Kind| Party {
            kind: PartyKind::Channel,
            id: kind.channel().to_owned(),
            name: kind.name().to_owned(),
            ceiling: kind.ceiling(),
        };
        self.operators.iter().map(|operator| party(operator.stage().kind)).collect()
    }

    /// The channels, as a bank is connected with them.
    ///
    /// # Errors
    /// [`StartError::Unsuited`].
    pub fn connected(&self, bank: &BankId) -> Result<Vec<Connected>, StartError> {
        let connected = |operator: &Arc<dyn Operator>| {
            let kind = operator.stage().kind;
            let channel = operator.channel();
            let channel = channel.map_err(|why| StartError::Unsuited(kind.name(), why))?;
            Ok(Connected { id: kind.channel().to_owned(), bank: bank.clone(), channel })
        };
        self.operators.iter().map(connected).collect()
    }

    /// Serves. `bank` is where the bank's own webhooks are: `http://HOST:PORT`.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn serve(self, bank: String) -> std::io::Result<()> {
        self.ground.opens(bank);
        axum::serve(self.listener, site::router(self.operators)).await
    }
}
