//! Events of a room, in the form of all channels. Client-Server API, "Room Events", "Instant
//! Messaging", "Event replacements", "Redactions", "Receipts".

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Inbound, Status};
use bankside_domain::personal::Personal;
use bankside_service::ports::Taken;
use serde::Deserialize;
use serde_json::Value;

use super::address::{contact, is_event, is_person, is_room};
use super::body::without_quotation;
use super::rooms::{Company, Rooms};
use super::work::Job;

const INCOMPLETE: &str = "an event without the fields that each has";

#[derive(Deserialize)]
struct RoomEvent {
    #[serde(rename = "type")]
    kind: String,
    event_id: String,
    room_id: String,
    sender: String,
    origin_server_ts: Option<i64>,
    state_key: Option<String>,
    #[serde(default)]
    content: Value,
    /// Where a redaction had it before rooms of version 11.
    redacts: Option<String>,
}

impl RoomEvent {
    fn parse(value: &Value) -> Option<Self> {
        let event = Self::deserialize(value).ok()?;
        let suits =
            is_event(&event.event_id) && is_room(&event.room_id) && is_person(&event.sender);
        suits.then_some(event)
    }

    fn text(&self, pointer: &str) -> Option<&str> {
        self.content.pointer(pointer).and_then(Value::as_str)
    }
}

/// Reads a transaction's events one by one.
pub(super) struct Reader<'a> {
    own: &'a str,
    rooms: &'a Rooms,
    taken: Taken,
    jobs: Vec<Job>,
}

impl<'a> Reader<'a> {
    /// For the bank of that id; `taken` has the answer already.
    pub(super) fn new(own: &'a str, rooms: &'a Rooms, taken: Taken) -> Self {
        Self { own, rooms, taken, jobs: Vec::new() }
    }

    pub(super) fn finish(self) -> (Taken, Vec<Job>) {
        (self.taken, self.jobs)
    }

    /// One that stays in the room.
    pub(super) fn event(&mut self, value: &Value) {
        let Some(event) = RoomEvent::parse(value) else { return self.strange(INCOMPLETE) };
        if event.kind == "m.room.member" {
            return self.member(&event);
        }
        if matches!(event.kind.as_str(), "m.room.join_rules" | "m.room.history_visibility") {
            self.rooms.forget(&event.room_id);
            return self.jobs.push(Job::Look(event.room_id));
        }
        if event.sender == self.own {
            return;
        }
        match meaning(&event) {
            Ok(None) => {}
            Err(why) => self.strange(why),
            Ok(Some(_)) if !self.may_be_hers(&event) => {
                self.strange("something by a third person in a room");
            }
            Ok(Some(meaning)) => self.push(&event, &event.sender, meaning),
        }
    }

    fn may_be_hers(&self, event: &RoomEvent) -> bool {
        match self.rooms.company(&event.room_id) {
            Some(Company::Alone(customer)) => customer == event.sender,
            Some(Company::Other) => false,
            // Nothing is sent there before the homeserver has said who is in it.
            None => true,
        }
    }

    fn member(&mut self, event: &RoomEvent) {
        let who = event.state_key.as_deref().unwrap_or_default();
        let membership = event.text("/membership").unwrap_or_default();
        match membership {
            "invite" | "join" | "leave" | "ban" if who == self.own => self.we(event, membership),
            "invite" | "join" if is_person(who) => self.comes(event, who),
            "leave" | "ban" if is_person(who) => self.goes(event, who),
            "knock" => {}
            _ => self.strange("a membership that is not known"),
        }
    }

    fn we(&mut self, event: &RoomEvent, membership: &str) {
        let by_us = event.sender == self.own;
        match membership {
            "invite" if !by_us => {
                self.rooms.forget(&event.room_id);
                self.jobs.push(Job::Join(event.room_id.clone()));
                self.push(event, &event.sender, Event::Begin { reference: None });
            }
            "leave" | "ban" => {
                let customer = self.rooms.forget(&event.room_id);
                if !by_us {
                    let who = customer.as_deref().unwrap_or(&event.sender);
                    self.push(event, who, Event::Leave);
                }
            }
            _ => {}
        }
    }

    fn comes(&mut self, event: &RoomEvent, who: &str) {
        if let Some(Company::Alone(customer)) = self.rooms.company(&event.room_id)
            && customer == who
        {
            // Her name or her picture changed.
            return;
        }
        match self.rooms.forget(&event.room_id) {
            Some(customer) => {
                self.push(event, &customer, Event::Leave);
                self.strange("a third person came into a room: the bank leaves it");
                self.jobs.push(Job::Leave(event.room_id.clone()));
            }
            None => self.jobs.push(Job::Look(event.room_id.clone())),
        }
    }

    fn goes(&mut self, event: &RoomEvent, who: &str) {
        let customer = self.rooms.forget(&event.room_id);
        if customer.is_none_or(|customer| customer == who) {
            self.push(event, who, Event::Leave);
        }
        self.jobs.push(Job::Look(event.room_id.clone()));
    }

    /// One that does not stay: who read what.
    pub(super) fn short_lived(&mut self, value: &Value) {
        if value.get("type").and_then(Value::as_str) != Some("m.receipt") {
            return;
        }
        let room = value.get("room_id").and_then(Value::as_str).filter(|room| is_room(room));
        let content = value.get("content").and_then(Value::as_object);
        let (Some(room), Some(content)) = (room, content) else { return self.strange(INCOMPLETE) };
        for (of, receipts) in content.iter().filter(|(of, _)| is_event(of)) {
            for kind in ["m.read", "m.read.private"] {
                let readers = receipts.get(kind).and_then(Value::as_object);
                for (who, receipt) in readers.into_iter().flatten() {
                    self.receipt((room, who), of, receipt);
                }
            }
        }
    }

    fn receipt(&mut self, (room, who): (&str, &str), of: &str, receipt: &Value) {
        if who == self.own || !is_person(who) {
            return;
        }
        let event = Event::Status { of: Some(of.to_owned()), until: None, status: Status::Read };
        self.taken.events.push(Inbound {
            id: format!("read/{of}"),
            from: contact(room, who),
            at: receipt.get("ts").and_then(Value::as_i64).map(Timestamp::from_millis),
            language: None,
            event,
        });
    }

    fn push(&mut self, event: &RoomEvent, who: &str, meaning: Event) {
        self.taken.events.push(Inbound {
            id: event.event_id.clone(),
            from: contact(&event.room_id, who),
            at: event.origin_server_ts.map(Timestamp::from_millis),
            language: None,
            event: meaning,
        });
    }

    fn strange(&mut self, why: &str) {
        self.taken.strange.push(why.to_owned());
    }
}

/// What an event says, if it says something to the bank.
fn meaning(event: &RoomEvent) -> Result<Option<Event>, &'static str> {
    match event.kind.as_str() {
        "m.room.message" => message(event),
        "m.sticker" => Ok(Some(Event::Media)),
        "m.reaction" => Ok(Some(Event::Reaction)),
        "m.room.redaction" => {
            let of = event.text("/redacts").or(event.redacts.as_deref());
            let of = of.filter(|of| is_event(of)).ok_or(INCOMPLETE)?;
            Ok(Some(Event::Deletion { of: of.to_owned() }))
        }
        "m.room.encrypted" => Err("an encrypted event: the bank has no keys"),
        "m.room.encryption" => Err("a room was encrypted: the bank has no keys"),
        // The room's name, its picture, its rules.
        _ if event.state_key.is_some() => Ok(None),
        _ => Err("an event of a type that is not known"),
    }
}

fn message(event: &RoomEvent) -> Result<Option<Event>, &'static str> {
    let replaces = event.text("/m.relates_to/rel_type") == Some("m.replace");
    let (kind, words) = if replaces {
        (event.text("/m.new_content/msgtype"), event.text("/m.new_content/body"))
    } else {
        (event.text("/msgtype"), event.text("/body"))
    };
    match kind {
        Some("m.text" | "m.emote") => {
            let words = Personal::from(without_quotation(words.ok_or(INCOMPLETE)?));
            if !replaces {
                return Ok(Some(Event::Message { text: words }));
            }
            let of = event.text("/m.relates_to/event_id").filter(|of| is_event(of));
            Ok(Some(Event::Edit { of: of.ok_or(INCOMPLETE)?.to_owned(), text: words }))
        }
        // Programs speak so, and must not answer each other for ever.
        Some("m.notice") => Ok(None),
        Some("m.image" | "m.file" | "m.audio" | "m.video" | "m.location") => Ok(Some(Event::Media)),
        // What was redacted is pushed without its content.
        None if event.content.as_object().is_some_and(serde_json::Map::is_empty) => Ok(None),
        Some(_) | None => Err("a message of a type that is not known"),
    }
}
