//! Postfix, a customer's mailbox, and the bank's channel between them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bankside_adapters::channels::mail::{Given, Mail, Settings};
use bankside_domain::channel::Inbound;
use bankside_service::ports::{Channel as _, Inlet, NotTaken};
use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::dns::Dns;

/// Longest wait for anything: Postfix starts slowly on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pause between two looks at something that another process does.
const LOOK: Duration = Duration::from_millis(100);

pub const OWN: &str = "bank@chat.bank.example";
pub const HER: &str = "her@mail.example";

/// Hands on what comes in.
struct Desk {
    tell: UnboundedSender<Inbound>,
    refuses: AtomicBool,
    refused: AtomicBool,
}

#[async_trait]
impl Inlet for Desk {
    fn connected(&self) {}

    async fn take(&self, event: &Inbound) -> Result<(), NotTaken> {
        if self.refuses.load(Ordering::SeqCst) {
            self.refused.store(true, Ordering::SeqCst);
            return Err(NotTaken);
        }
        self.tell.send(event.clone()).map_err(|_| NotTaken)
    }

    async fn keep_apart(&self, why: &str, _: &[u8]) -> Result<(), NotTaken> {
        panic!("strange: {why}");
    }
}

/// The mail server; it ends with the test.
struct Postfix {
    process: Child,
    folder: PathBuf,
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let mut stop = Command::new("postfix");
        stop.arg("-c").arg(self.folder.join("etc")).arg("abort");
        stop.stdout(Stdio::null()).stderr(Stdio::null()).status().ok();
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

pub struct World {
    pub channel: Arc<Mail>,
    desk: Arc<Desk>,
    events: UnboundedReceiver<Inbound>,
    folder: tempfile::TempDir,
    port: u16,
    _dns: Dns,
    _server: Postfix,
}

impl World {
    pub async fn start(dns: Dns) -> Option<Self> {
        if Command::new("postconf").arg("mail_version").output().is_err() {
            eprintln!("skipped: mail: Postfix is missing");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        if std::os::unix::fs::chown(folder.path(), Some(0), None).is_err() {
            eprintln!("skipped: mail: Postfix can only be started by root");
            return None;
        }
        let [port, lmtp] = [free(), free()];
        let (lmtp, resolver) = (format!("127.0.0.1:{lmtp}"), dns.address.to_string());
        let settings = Settings::parse(&Given {
            address: OWN,
            name: Some("Harbour Bank"),
            submission: &format!("smtp://127.0.0.1:{port}"),
            lmtp: &lmtp,
            secret: "a-secret-of-this-test-0123",
            resolver: Some(&resolver),
            hook: "https://bank.example/hook/mail",
            ..Given::default()
        });
        let channel = Arc::new(Mail::new(settings.unwrap()).unwrap());
        let (tell, events) = unbounded_channel();
        let (refuses, refused) = (AtomicBool::new(false), AtomicBool::new(false));
        let desk = Arc::new(Desk { tell, refuses, refused });
        tokio::spawn(listen(channel.clone(), desk.clone()));
        let server = postfix(folder.path(), port, &lmtp);
        let world = Self { channel, desk, events, folder, port, _dns: dns, _server: server };
        world.until("the server answers", async || world.channel.test().await.is_ok()).await;
        Some(world)
    }

    /// Somebody hands a message over to the mail server.
    pub async fn mails(&self, from: &str, message: &str) {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1");
        let transport = transport.port(self.port).build::<Tokio1Executor>();
        let from = Some(from.parse().unwrap());
        let envelope = Envelope::new(from, vec![OWN.parse().unwrap()]).unwrap();
        transport.send_raw(&envelope, message.as_bytes()).await.unwrap();
    }

    pub async fn next(&mut self) -> Inbound {
        match tokio::time::timeout(PATIENCE, self.events.recv()).await {
            Ok(event) => event.unwrap(),
            Err(_) => panic!("no event: {}", self.log()),
        }
    }

    /// What came and was not asked for.
    pub fn rest(&mut self) -> Vec<Inbound> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }

    /// Waits until the mail server handed over so many messages to the bank since it started.
    pub async fn handed_over(&self, count: usize) {
        let sent = || {
            let log = self.log();
            log.lines()
                .filter(|line| line.contains("/lmtp[") && line.contains("status=sent"))
                .count()
        };
        self.until("messages are handed over", async || sent() >= count).await;
        assert_eq!(sent(), count, "{}", self.log());
    }

    pub fn refuses(&self, refuses: bool) {
        self.desk.refuses.store(refuses, Ordering::SeqCst);
    }

    pub async fn refused(&self) {
        let refused = || self.desk.refused.load(Ordering::SeqCst);
        self.until("a message is refused", async || refused()).await;
    }

    /// Her messages, once there are so many.
    pub async fn inbox(&self, count: usize) -> Vec<String> {
        let new = self.folder.path().join("boxes/her/new");
        let names = || {
            let entries = std::fs::read_dir(&new).into_iter().flatten();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
            names.sort();
            names
        };
        self.until("she has mail", async || names().len() >= count).await;
        names().iter().map(|name| std::fs::read_to_string(name).unwrap()).collect()
    }

    async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let waiting = async {
            while !holds().await {
                tokio::time::sleep(LOOK).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            panic!("{what}: {}", self.log());
        }
    }

    fn log(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.folder.path().join(name));
        format!("{}{}", read("out").unwrap_or_default(), read("log").unwrap_or_default())
    }
}

async fn listen(channel: Arc<Mail>, desk: Arc<Desk>) {
    loop {
        channel.listen(desk.clone()).await;
        tokio::time::sleep(LOOK).await;
    }
}

fn free() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// `mail.example` is a domain with one mailbox; mail to `gone.example` is taken and comes
/// back: it goes to a server that has no such mailbox.
fn configure(folder: &Path, port: u16, lmtp: &str) {
    use std::os::unix::fs::PermissionsExt as _;

    // Postfix gives up its rights, and must still reach its files.
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["etc", "queue", "data", "boxes"] {
        std::fs::create_dir(folder.join(name)).unwrap();
    }
    let data = folder.join("data");
    let id = |of: &str| {
        let out = Command::new("id").args([of, "postfix"]).output().unwrap().stdout;
        String::from_utf8(out).unwrap().trim().parse::<u32>().unwrap()
    };
    let (user, group) = (id("-u"), id("-g"));
    for owned in [&data, &folder.join("boxes")] {
        std::os::unix::fs::chown(owned, Some(user), Some(group)).unwrap();
    }
    let place = folder.to_str().unwrap();
    let main = format!(
        "compatibility_level = 3.6\nqueue_directory = {place}/queue\ndata_directory = {place}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         maillog_file = {place}/log\nmaillog_file_prefixes = {place}\n\
         inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\n\
         myhostname = mx.bank.example\nmyorigin = mx.bank.example\nmydestination =\n\
         local_recipient_maps =\nalias_maps =\nalias_database =\n\
         recipient_delimiter = +\nrelay_domains = chat.bank.example\n\
         relay_recipient_maps = inline:{{ bank@chat.bank.example=ok }}\n\
         transport_maps = inline:{{ chat.bank.example=lmtp:inet:{lmtp}, gone.example=lmtp:inet:{lmtp} }}\n\
         virtual_mailbox_domains = mail.example\nvirtual_mailbox_base = {place}/boxes\n\
         virtual_mailbox_maps = inline:{{ her@mail.example=her/ }}\n\
         virtual_minimum_uid = 1\nvirtual_uid_maps = static:{user}\nvirtual_gid_maps = static:{group}\n\
         queue_run_delay = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 1s\n\
         disable_dns_lookups = yes\nsmtpd_peername_lookup = no\n"
    );
    std::fs::write(folder.join("etc/main.cf"), main).unwrap();
    let mut master = format!("127.0.0.1:{port} inet n - n - - smtpd\n");
    for (name, program) in [
        ("pickup", "n - n 60 1 pickup"),
        ("cleanup", "n - n - 0 cleanup"),
        ("qmgr", "n - n 300 1 qmgr"),
        ("rewrite", "- - n - - trivial-rewrite"),
        ("bounce", "- - n - 0 bounce"),
        ("defer", "- - n - 0 bounce"),
        ("trace", "- - n - 0 bounce"),
        ("proxymap", "- - n - - proxymap"),
        ("smtp", "- - n - - smtp"),
        ("relay", "- - n - - smtp"),
        ("error", "- - n - - error"),
        ("retry", "- - n - - error"),
        ("virtual", "- n n - - virtual"),
        ("lmtp", "- - n - - lmtp"),
        ("anvil", "- - n - 1 anvil"),
    ] {
        master.push_str(&format!("{name} unix {program}\n"));
    }
    master.push_str("postlog unix-dgram n - n - 1 postlogd\n");
    std::fs::write(folder.join("etc/master.cf"), master).unwrap();
}

fn postfix(folder: &Path, port: u16, lmtp: &str) -> Postfix {
    configure(folder, port, lmtp);
    let out = std::fs::File::create(folder.join("out")).unwrap();
    let mut command = Command::new("postfix");
    command.arg("-c").arg(folder.join("etc")).arg("start-fg").current_dir(folder);
    command.stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out);
    Postfix { process: command.spawn().unwrap(), folder: folder.to_owned() }
}
