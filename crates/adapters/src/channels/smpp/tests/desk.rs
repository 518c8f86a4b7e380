//! How deliveries are committed and answered, without a connection.

use async_trait::async_trait;
use bankside_service::ports::NotTaken;
use rusmpp::types::OctetString;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::super::deliver::read;
use super::super::lanes::{Desk, lanes};
use super::*;

/// Tells what was kept apart, and takes the rest.
struct Aside(UnboundedSender<(String, Vec<u8>)>);

#[async_trait]
impl Inlet for Aside {
    fn connected(&self) {}

    async fn take(&self, _: &Inbound) -> Result<(), NotTaken> {
        Ok(())
    }

    async fn keep_apart(&self, why: &str, bytes: &[u8]) -> Result<(), NotTaken> {
        self.0.send((why.to_owned(), bytes.to_vec())).map_err(|_| NotTaken)
    }
}

fn part(sequence: u32, reference: u8, number: u8) -> Frame {
    let mut pdu = delivery(0x40, 0, b"");
    pdu.set_short_message(
        OctetString::from_vec(vec![5, 0, 3, reference, 3, number, b'a']).unwrap(),
    );
    frame(sequence, pdu, &[])
}

/// Half a message is never understood: after ten minutes its parts are kept apart, and answered.
#[tokio::test]
async fn what_does_not_become_whole_is_kept_apart() {
    let smpp = Smpp::new(settings(Options::default()), 1);
    let (standing, mut out) = smpp.begin();
    let (tell, mut aside) = unbounded_channel();
    let inlet = Aside(tell);
    let desk = Desk { smpp: &smpp, session: &standing.session, inlet: &inlet };
    let (to, taking) = lanes();
    let frames = [part(1, 9, 2), part(2, 9, 1)];
    for frame in &frames {
        assert!(to.put(read(&smpp.settings, frame), frame.clone()));
    }
    drop(to);
    desk.run(taking).await;
    assert!(out.try_recv().is_err(), "they wait for the third");
    for _ in 0..9 {
        desk.age().await;
    }
    assert!(aside.try_recv().is_err());
    desk.age().await;
    let (why, bytes) = aside.try_recv().unwrap();
    assert!(why.contains("did not come"));
    assert_eq!(bytes, [frames[1].bytes(), frames[0].bytes()].concat());
    for _ in 0..2 {
        let answer = out.try_recv().unwrap().bytes;
        assert_eq!(answer[4..12], [0x80, 0, 0, 5, 0, 0, 0, 0]);
    }
}

/// A sender who begins too much is kept apart and answered; a full lane is told to wait.
#[tokio::test]
async fn too_much_is_bounded() {
    let smpp = Smpp::new(settings(Options::default()), 1);
    let (standing, mut out) = smpp.begin();
    let (tell, mut aside) = unbounded_channel();
    let inlet = Aside(tell);
    let desk = Desk { smpp: &smpp, session: &standing.session, inlet: &inlet };
    let (to, taking) = lanes();
    for reference in 0..5 {
        let frame = part(u32::from(reference), reference, 1);
        assert!(to.put(read(&smpp.settings, &frame), frame));
    }
    let mut lost = 0;
    for sequence in 0..100 {
        let frame = frame(sequence, delivery(0, 0, b"x"), &[]);
        lost += usize::from(!to.put(read(&smpp.settings, &frame), frame));
    }
    assert_eq!(lost, 100 - (64 - 5));
    drop(to);
    desk.run(taking).await;
    assert!(aside.try_recv().unwrap().0.contains("too many"));
    assert!(aside.try_recv().is_err());
    let mut answered = 0;
    while out.try_recv().is_ok() {
        answered += 1;
    }
    assert_eq!(answered, 1 + (64 - 5));
}
